#include "config.h"

#include "../source.h"
#include "choices.h"
#include "forms.h"
#include "glob.h"
#include "keys.h"
#include "path.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct Config {
  atomic_uint references;
  Arena *arena;
  const char *path, *folder;
  Text *text;
  bool present;
  Said said;
  Reading reading;
};

// --- the forms of files

// The table that speaks to Racewise; NULL where there is none, or after a complaint.
static Value *whole_toml(Reading *reading) {
  return toml_read(reading);
}

static bool mentions(const Reading *reading, const char *words) {
  return strstr(reading->bytes, words);
}

// What is wrong elsewhere in a file that may only name us as a package is for others to tell.
static Value *tool_toml(Reading *reading) {
  if (!mentions(reading, "racewise"))
    return NULL;
  Value *whole = toml_read(reading);
  if (!mentions(reading, "tool.racewise"))
    reading->problems.count = 0;
  return value_get(value_get(whole, "tool"), "racewise");
}

static Value *package_json(Reading *reading) {
  return mentions(reading, "\"racewise\"") ? json_read(reading, "racewise") : NULL;
}

typedef struct Form {
  const char *name;
  Value *(*read)(Reading *reading);
} Form;

// The first of a folder counts.
static const Form FORMS[] = {
    {"racewise.toml", whole_toml}, {"pyproject.toml", tool_toml}, {"package.json", package_json}};

const char *config_file_name(int index) {
  return index < (int)(sizeof FORMS / sizeof *FORMS) ? FORMS[index].name : NULL;
}

static const char *last_part(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

bool config_is_file(const char *path) {
  const char *name;
  for (int i = 0; (name = config_file_name(i)); i++)
    if (!strcmp(last_part(path), name))
      return true;
  return false;
}

// A file that is named on the command line may be called anything: its ending tells what it is.
static const Form *form_of(const char *path) {
  for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
    if (!strcmp(last_part(path), FORMS[i].name))
      return &FORMS[i];
  size_t length = strlen(path);
  return length > 5 && !strcmp(path + length - 5, ".json") ? &FORMS[2] : &FORMS[0];
}

// --- making

static Config *config_new(const char *path) {
  Arena *arena = arena_new();
  Config *config = ARENA_NEW(arena, Config);
  atomic_init(&config->references, 1);
  config->arena = config->reading.arena = arena;
  config->path = path ? path_absolute(path, arena) : "";
  config->folder = path ? path_folder(config->path, arena) : "/";
  config->said.choice = rule_choice_new(arena);
  return config;
}

// What is said by a file with a problem is forgotten.
static void take(Config *config, const Value *table) {
  Said said = {0};
  config->present = table || config->reading.problems.count;
  if (table && table->kind == VALUE_TABLE)
    keys_read(&config->reading, table, &said);
  else if (table)
    reading_complain(&config->reading, table->span, "the configuration is a table, not %s",
                     value_kind_name(table->kind));
  if (table && !config->reading.problems.count)
    config->said = said;
}

Config *config_read(const char *path, const char *bytes, size_t length) {
  Config *config = config_new(path);
  config->text = text_new(bytes, length);
  config->reading.bytes = text_bytes(config->text);
  config->reading.length = text_length(config->text);
  take(config, form_of(path)->read(&config->reading));
  return config;
}

Config *config_read_file(const char *path) {
  char problem[256];
  Source source;
  if (source_read(path, &source, problem, sizeof problem)) {
    Config *config = config_read(path, source.bytes, source.length);
    source_done(&source);
    return config;
  }
  Config *config = config_new(path);
  reading_complain(&config->reading, (Span){0}, "%s", problem);
  config->present = true;
  return config;
}

Config *config_read_settings(const json_t *settings, const char *folder) {
  Config *config = config_new(NULL);
  if (folder)
    config->folder = path_absolute(folder, config->arena);
  take(config, json_value(settings, config->arena));
  return config;
}

Config *config_ref(Config *config) {
  atomic_fetch_add_explicit(&config->references, 1, memory_order_relaxed);
  return config;
}

void config_free(Config *config) {
  if (!config || atomic_fetch_sub_explicit(&config->references, 1, memory_order_acq_rel) > 1)
    return;
  text_unref(config->text);
  arena_free(config->arena);
}

// --- asking

const char *config_path(const Config *config) {
  return config->path;
}

Text *config_text(const Config *config) {
  return config->text;
}

bool config_is_present(const Config *config) {
  return config->present;
}

uint32_t config_problem_count(const Config *config) {
  return config->reading.problems.count;
}

const ConfigProblem *config_problem(const Config *config, uint32_t index) {
  return &config->reading.problems.items[index];
}

const char *config_complaint(const Config *config, Arena *arena) {
  uint32_t count = config_problem_count(config);
  if (!count)
    return NULL;
  const ConfigProblem *problem = config_problem(config, 0);
  const char *place = config->path[0] ? path_shown(config->path, arena) : "the editor's settings";
  if (config->text && config->path[0]) {
    TextPosition at = text_position(config->text, problem->span.start, TEXT_UTF32);
    place = arena_printf(arena, "%s:%u:%u", place, at.line + 1, at.column + 1);
  }
  const char *more = count > 1 ? arena_printf(arena, " (and %u more)", count - 1) : "";
  return arena_printf(arena, "%s: %s%s", place, problem->message, more);
}

static const char *relative(const Config *config, const char *path, Arena *arena) {
  return path_below(path_absolute(path, arena), config->folder);
}

const char *config_prompts(const Config *config, Arena *arena) {
  if (!config || !config->said.prompts)
    return NULL;
  const char *folder = config->said.prompts;
  return *folder == '/' ? folder : arena_printf(arena, "%s/%s", config->folder, folder);
}

bool config_excludes(const Config *config, const char *path) {
  bool excluded = false;
  if (!config || !config->said.exclude.count)
    return false;
  Arena *arena = arena_new();
  const char *below = relative(config, path, arena);
  for (uint32_t i = 0; below && i < config->said.exclude.count; i++)
    excluded |= glob_matches(config->said.exclude.items[i], below);
  arena_free(arena);
  return excluded;
}

// --- what all sources together say

typedef ARRAY(const RuleChoice *) Choices;

static void add_choices(const Config *config, const char *path, Choices *choices, Arena *arena) {
  array_push(arena, choices, config->said.choice);
  const char *below = config->said.overrides.count ? relative(config, path, arena) : NULL;
  for (uint32_t i = 0; below && i < config->said.overrides.count; i++)
    if (glob_matches(config->said.overrides.items[i].glob, below))
      array_push(arena, choices, config->said.overrides.items[i].choice);
}

static void add_own(const Config *config, AnalysisOptions *options, Arena *arena) {
  uint32_t count = config->said.own.count;
  OwnModel *own = ARENA_ARRAY(arena, OwnModel, options->own_count + count);
  if (options->own_count)
    memcpy(own, options->own, options->own_count * sizeof *own);
  if (count)
    memcpy(own + options->own_count, config->said.own.items, count * sizeof *own);
  options->own = own;
  options->own_count += count;
}

AnalysisOptions config_options(Config *const *configs, uint32_t count, const char *path, const RuleChoice *last,
                               Arena *arena) {
  AnalysisOptions options = {0};
  Choices choices = {0};
  for (uint32_t i = 0; i < count; i++) {
    if (!configs[i])
      continue;
    add_choices(configs[i], path, &choices, arena);
    add_own(configs[i], &options, arena);
  }
  if (last)
    array_push(arena, &choices, last);
  rule_choices_apply(choices.items, choices.count, &options, arena);
  return options;
}
