#include "baseline.h"

#include "../config/path.h"
#include "complain.h"
#include "json_text.h"
#include "replace_file.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

enum { VERSION = 1 };

typedef struct Known {
  const char *key; // path, rule, function and line, separated by line breaks
  const char *path, *rule, *function, *line;
  uint32_t count;
  UT_hash_handle hh;
} Known;

struct Baseline {
  Arena *arena;
  const char *path, *folder; // of the file; the folder is absolute
  Known *known;              // uthash's
};

Baseline *baseline_new(const char *path) {
  Baseline *baseline = memory_alloc(sizeof *baseline);
  baseline->arena = arena_new();
  baseline->path = arena_copy(baseline->arena, path, strlen(path));
  baseline->folder = path_folder(path_absolute(path, baseline->arena), baseline->arena);
  return baseline;
}

void baseline_free(Baseline *baseline) {
  if (!baseline)
    return;
  HASH_CLEAR(hh, baseline->known);
  arena_free(baseline->arena);
  free(baseline);
}

// As JSON holds it, so that what is read back is the same.
static const char *valid(const char *text, Arena *arena) {
  json_t *json = json_text(text);
  const char *copy = arena_copy(arena, json_string_value(json), json_string_length(json));
  json_decref(json);
  return copy;
}

static const char *path_in(const Baseline *baseline, const char *path, Arena *arena) {
  const char *absolute = path_absolute(path, arena), *below = path_below(absolute, baseline->folder);
  return valid(below ? below : absolute, arena);
}

static Known *describe(const char *path, const Identity *identity, Arena *arena) {
  Known *known = ARENA_NEW(arena, Known);
  known->path = path;
  known->rule = identity->rule;
  known->function = valid(identity->function, arena);
  known->line = valid(identity->line, arena);
  known->key = arena_printf(arena, "%s\n%s\n%s\n%s", path, known->rule, known->function, known->line);
  return known;
}

static Known *find(const Baseline *baseline, const Known *wanted) {
  Known *known;
  HASH_FIND_STR(baseline->known, wanted->key, known);
  return known;
}

static void add(Baseline *baseline, Known *known, uint32_t count) {
  Known *there = find(baseline, known);
  if (!there) {
    HASH_ADD_KEYPTR(hh, baseline->known, known->key, strlen(known->key), known);
    there = known;
  }
  there->count += count;
}

bool baseline_has(const Baseline *baseline, const char *path, const Identity *identity) {
  Arena *arena = arena_new();
  const Known *known = find(baseline, describe(path_in(baseline, path, arena), identity, arena));
  bool has = known && identity->occurrence < known->count;
  arena_free(arena);
  return has;
}

void baseline_add(Baseline *baseline, const char *path, const Identity *identity) {
  Arena *arena = baseline->arena;
  Identity kept = *identity;
  kept.rule = arena_copy(arena, identity->rule, strlen(identity->rule));
  add(baseline, describe(path_in(baseline, path, arena), &kept, arena), 1);
}

static bool read_finding(Baseline *baseline, const json_t *json) {
  Identity identity;
  const char *path;
  json_int_t count;
  if (json_unpack((json_t *)json, "{s:s, s:s, s:s, s:s, s:I}", "path", &path, "rule", &identity.rule, "function",
                  &identity.function, "line", &identity.line, "count", &count) ||
      count < 1 || count > INT32_MAX)
    return false;
  identity.rule = valid(identity.rule, baseline->arena);
  add(baseline, describe(valid(path, baseline->arena), &identity, baseline->arena), (uint32_t)count);
  return true;
}

static bool read_findings(Baseline *baseline, const json_t *json) {
  const json_t *findings = json_object_get(json, "findings");
  size_t at;
  json_t *finding;
  if (json_integer_value(json_object_get(json, "version")) != VERSION || !json_is_array(findings)) {
    complain("%s: is no baseline of this version; --write-baseline writes one", baseline->path);
    return false;
  }
  json_array_foreach(findings, at, finding) {
    if (read_finding(baseline, finding))
      continue;
    complain("%s: finding %zu is not complete; --write-baseline writes the file anew", baseline->path, at + 1);
    return false;
  }
  return true;
}

Baseline *baseline_read(const char *path) {
  json_error_t error;
  FILE *file = fopen(path, "r");
  if (!file) {
    complain("%s: cannot be read: %s%s", path, strerror(errno),
             errno == ENOENT ? "; --write-baseline writes the baseline" : "");
    return NULL;
  }
  json_t *json = json_loadf(file, JSON_REJECT_DUPLICATES, &error);
  fclose(file);
  Baseline *baseline = baseline_new(path);
  if (!json)
    complain("%s:%d:%d: is not valid JSON: %s", path, error.line, error.column, error.text);
  if (!json || !read_findings(baseline, json)) {
    baseline_free(baseline);
    baseline = NULL;
  }
  json_decref(json);
  return baseline;
}

static int compare(const void *left, const void *right) {
  return strcmp((*(const Known *const *)left)->key, (*(const Known *const *)right)->key);
}

static void write_known(FILE *out, const Known *known, bool first) {
  json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:I}", "path", known->path, "rule", known->rule, "function",
                           known->function, "line", known->line, "count", (json_int_t)known->count);
  fputs(first ? "\n" : ",\n", out);
  json_dumpf(json, out, 0);
  json_decref(json);
}

static void write_all(const Baseline *baseline, FILE *out) {
  uint32_t count = HASH_COUNT(baseline->known), at = 0;
  const Known **order = memory_alloc((count + 1) * sizeof *order);
  for (const Known *known = baseline->known; known; known = known->hh.next)
    order[at++] = known;
  qsort(order, count, sizeof *order, compare);
  fprintf(out, "{\"version\": %d, \"findings\": [", VERSION);
  for (uint32_t i = 0; i < count; i++)
    write_known(out, order[i], i == 0);
  fputs(count ? "\n]}\n" : "]}\n", out);
  free(order);
}

bool baseline_write(const Baseline *baseline) {
  Replacement replacement;
  bool opened = replacement_open(&replacement, baseline->path);
  if (opened)
    write_all(baseline, replacement.stream);
  bool written = opened && replacement_finish(&replacement);
  if (!written)
    complain("%s: cannot be written: %s", baseline->path, strerror(errno));
  return written;
}
