// Numbers are this machine's, strings have their length in front and a NUL behind. The state and the number of findings
// come first.
#include "stored_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// --- Writing

static void put_number(FILE *out, uint32_t number) {
  fwrite(&number, sizeof number, 1, out);
}

static void put_bytes(FILE *out, const char *bytes, uint32_t length) {
  put_number(out, length);
  fwrite(bytes, 1, length, out);
  fputc(0, out);
}

static void put_string(FILE *out, const char *string) {
  put_bytes(out, string, (uint32_t)strlen(string));
}

static void put_span(FILE *out, Span span) {
  put_number(out, span.start);
  put_number(out, span.end);
}

static void put_finding(FILE *out, const Finding *finding) {
  put_string(out, finding->rule);
  put_number(out, finding->severity);
  put_number(out, finding->confidence);
  put_string(out, finding->message);
  put_span(out, finding->span);
  put_string(out, finding->function);
  put_string(out, finding->variable);
  put_number(out, finding->related_count);
  for (uint32_t i = 0; i < finding->related_count; i++) {
    put_number(out, finding->related[i].role);
    put_span(out, finding->related[i].span);
    put_string(out, finding->related[i].message);
  }
  put_number(out, finding->step_count);
  for (uint32_t i = 0; i < finding->step_count; i++) {
    put_number(out, finding->steps[i].task);
    put_span(out, finding->steps[i].span);
    put_string(out, finding->steps[i].text);
  }
}

static void put_fix(FILE *out, const Fix *fix) {
  put_string(out, fix->id);
  put_string(out, fix->title);
  put_number(out, fix->disabled != NULL);
  put_string(out, fix->disabled ? fix->disabled : "");
  put_number(out, fix->preferred);
  put_number(out, fix->safe);
  put_number(out, fix->edit_count);
  for (uint32_t i = 0; i < fix->edit_count; i++) {
    put_span(out, fix->edits[i].span);
    put_bytes(out, fix->edits[i].bytes, fix->edits[i].length);
  }
}

void *stored_file_write(const CheckedFile *file, uint32_t *length) {
  char *bytes = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&bytes, &size);
  if (!out)
    abort();
  put_number(out, file->state);
  put_number(out, file->shown_count);
  put_string(out, file->problem ? file->problem : "");
  for (uint32_t i = 0; i < file->shown_count; i++) {
    put_finding(out, file->shown[i].finding);
    put_number(out, file->shown[i].fix_count);
    for (uint32_t j = 0; j < file->shown[i].fix_count; j++)
      put_fix(out, &file->shown[i].fixes[j]);
  }
  fclose(out);
  *length = (uint32_t)size;
  return bytes;
}

// --- Reading: what does not fit leaves the reader failed, and all that it gives from then on is empty

typedef struct Reader {
  const unsigned char *at, *end;
  Arena *arena;
  bool failed;
} Reader;

static uint32_t get_number(Reader *reader) {
  uint32_t number = 0;
  if ((size_t)(reader->end - reader->at) < sizeof number) {
    reader->failed = true;
    return 0;
  }
  memcpy(&number, reader->at, sizeof number);
  reader->at += sizeof number;
  return number;
}

// A number of things of which each takes at least four bytes.
static uint32_t get_count(Reader *reader) {
  uint32_t count = get_number(reader);
  if (count <= (size_t)(reader->end - reader->at) / sizeof(uint32_t))
    return count;
  reader->failed = true;
  return 0;
}

static const char *get_bytes(Reader *reader, uint32_t *length) {
  *length = get_number(reader);
  if ((size_t)(reader->end - reader->at) <= *length || reader->at[*length]) {
    reader->failed = true;
    *length = 0;
    return "";
  }
  const char *bytes = arena_copy(reader->arena, (const char *)reader->at, *length);
  reader->at += *length + 1;
  return bytes;
}

static const char *get_string(Reader *reader) {
  return get_bytes(reader, &(uint32_t){0});
}

static Span get_span(Reader *reader) {
  uint32_t start = get_number(reader);
  return (Span){start, get_number(reader)};
}

static uint32_t get_below(Reader *reader, uint32_t limit) {
  uint32_t number = get_number(reader);
  reader->failed |= number >= limit;
  return number < limit ? number : 0;
}

static const Place *get_places(Reader *reader, uint32_t *count) {
  Place *places = ARENA_ARRAY(reader->arena, Place, *count = get_count(reader));
  for (uint32_t i = 0; i < *count; i++) {
    places[i].role = (PlaceRole)get_below(reader, PLACE_SPAWN + 1);
    places[i].span = get_span(reader);
    places[i].message = get_string(reader);
  }
  return places;
}

static const Step *get_steps(Reader *reader, uint32_t *count) {
  Step *steps = ARENA_ARRAY(reader->arena, Step, *count = get_count(reader));
  for (uint32_t i = 0; i < *count; i++) {
    steps[i].task = (uint8_t)get_below(reader, 2);
    steps[i].span = get_span(reader);
    steps[i].text = get_string(reader);
  }
  return steps;
}

static const Finding *get_finding(Reader *reader) {
  Finding *finding = ARENA_NEW(reader->arena, Finding);
  finding->rule = get_string(reader);
  finding->severity = (Severity)get_below(reader, SEVERITY_HINT + 1);
  finding->confidence = (Confidence)get_below(reader, CONFIDENCE_LOW + 1);
  finding->message = get_string(reader);
  finding->span = get_span(reader);
  finding->function = get_string(reader);
  finding->variable = get_string(reader);
  finding->related = get_places(reader, &finding->related_count);
  finding->steps = get_steps(reader, &finding->step_count);
  return finding;
}

static const TextEdit *get_edits(Reader *reader, uint32_t *count) {
  TextEdit *edits = ARENA_ARRAY(reader->arena, TextEdit, *count = get_count(reader));
  for (uint32_t i = 0; i < *count; i++) {
    edits[i].span = get_span(reader);
    edits[i].bytes = get_bytes(reader, &edits[i].length);
  }
  return edits;
}

static const Fix *get_fixes(Reader *reader, uint32_t *count) {
  Fix *fixes = ARENA_ARRAY(reader->arena, Fix, *count = get_count(reader));
  for (uint32_t i = 0; i < *count; i++) {
    fixes[i].id = get_string(reader);
    fixes[i].title = get_string(reader);
    bool disabled = get_below(reader, 2);
    const char *reason = get_string(reader);
    fixes[i].disabled = disabled ? reason : NULL;
    fixes[i].preferred = get_below(reader, 2);
    fixes[i].safe = get_below(reader, 2);
    fixes[i].edits = get_edits(reader, &fixes[i].edit_count);
  }
  return fixes;
}

static void fill(CheckedFile *file, Reader *reader, FileState state, uint32_t count) {
  const char *problem = get_string(reader);
  file->state = state;
  if (*problem)
    file->problem = strcpy(memory_alloc(strlen(problem) + 1), problem);
  file->shown = memory_alloc(count * sizeof *file->shown);
  for (uint32_t i = 0; i < count; i++) {
    ShownFinding *shown = &file->shown[file->shown_count++];
    shown->finding = get_finding(reader);
    shown->fixes = get_fixes(reader, &shown->fix_count);
    reader->failed |= rule_index(shown->finding->rule) == rule_index("");
  }
}

bool stored_file_read(CheckedFile *file, const unsigned char *bytes, uint32_t length) {
  CheckedFile filled = {.recalled = true, .stored = arena_new()};
  Reader reader = {bytes, bytes + length, filled.stored, false};
  FileState state = (FileState)get_below(&reader, FILE_UNREAD);
  fill(&filled, &reader, state, get_count(&reader));
  if (!reader.failed && reader.at == reader.end) {
    *file = filled;
    return true;
  }
  checked_file_done(&filled);
  return false;
}

bool stored_file_has_findings(const unsigned char *bytes, uint32_t length) {
  Reader reader = {bytes, bytes + length, NULL, false};
  get_number(&reader);
  return get_number(&reader) || reader.failed;
}
