#include "subject.h"
#include "../source.h"
#include <stdio.h>
#include <string.h>

static bool fail(char *problem, size_t size, const char *path, const char *reason) {
  snprintf(problem, size, "%.300s: %s", path, reason);
  return false;
}

static const char *const ENDINGS[LANGUAGE_COUNT] = {
    [LANGUAGE_PYTHON] = "py", [LANGUAGE_JAVASCRIPT] = "js", [LANGUAGE_TYPESCRIPT] = "ts", [LANGUAGE_TSX] = "tsx"};

static Language language_called(const char *name) {
  for (Language language = LANGUAGE_NONE + 1; language < LANGUAGE_COUNT; language++)
    if (!strcmp(name, language_name(language)))
      return language;
  return language_of_id(name);
}

static bool open_text(Subject *subject, const json_t *arguments, const char *text, Arena *arena, char *problem,
                      size_t size) {
  const char *language = json_string_value(json_object_get(arguments, "language"));
  subject->language = language ? language_called(language) : LANGUAGE_NONE;
  if (subject->language == LANGUAGE_NONE)
    return fail(problem, size, "text", "needs a \"language\": python, javascript, typescript or tsx");
  size_t length = json_string_length(json_object_get(arguments, "text"));
  if (length > (size_t)SOURCE_LIMIT_MIB * 1024 * 1024)
    return fail(problem, size, "text", "is larger than 4 MiB");
  subject->path = arena_printf(arena, "text.%s", ENDINGS[subject->language]);
  subject->text = text_new(text, length);
  return true;
}

static bool open_file(Subject *subject, const Folders *folders, Arena *arena, char *problem, size_t size) {
  char reason[256];
  subject->real = folders_resolve(folders, subject->path, arena, reason, sizeof reason);
  if (!subject->real)
    return fail(problem, size, subject->path, reason);
  Source source;
  if (!source_read(subject->real, &source, reason, sizeof reason))
    return fail(problem, size, subject->path, reason);
  subject->language = language_of_file(subject->real, source.bytes, source.length);
  if (subject->language != LANGUAGE_NONE)
    subject->text = text_new(source.bytes, source.length);
  source_done(&source);
  return subject->text || fail(problem, size, subject->path, "is not a Python, JavaScript or TypeScript source file");
}

// The configuration of a file, where that lies below the folders too.
static Config *config_of(const Subject *subject, const Folders *folders, Configs *configs, Arena *arena) {
  char reason[256];
  Config *config = subject->real ? configs_find(configs, subject->real) : NULL;
  if (!config || folders_resolve(folders, config_path(config), arena, reason, sizeof reason))
    return config;
  config_free(config);
  return NULL;
}

static bool analyse(Subject *subject, const SubjectRequest *request) {
  Arena *arena = request->arena;
  Configs *configs = configs_new();
  Config *config = config_of(subject, request->folders, configs, arena);
  RuleChoice *choice = rule_choice_new(arena);
  choice->preview = true;
  AnalysisOptions options = config_options(&config, 1, subject->real ? subject->real : subject->path, choice, arena);
  Syntax *syntax = syntax_parse(subject->language, subject->text, NULL);
  job_progress(request->job, 1, 0, "analysing");
  subject->analysis = analysis_run(syntax, &options, job_cancel(request->job));
  syntax_free(syntax);
  config_free(config);
  configs_free(configs);
  if (!subject->analysis)
    text_unref(subject->text);
  return subject->analysis;
}

bool subject_open(Subject *subject, const SubjectRequest *request, char *problem, size_t size) {
  const json_t *arguments = request->arguments;
  *subject = (Subject){0};
  problem[0] = '\0';
  const char *text = json_string_value(json_object_get(arguments, "text"));
  subject->path = json_string_value(json_object_get(arguments, "path"));
  if (!text == !subject->path)
    return fail(problem, size, "arguments", "name either a \"path\", or a \"text\" and its \"language\"");
  bool opened = text ? open_text(subject, arguments, text, request->arena, problem, size)
                     : open_file(subject, request->folders, request->arena, problem, size);
  return opened && analyse(subject, request);
}

void subject_close(Subject *subject) {
  analysis_free(subject->analysis);
  text_unref(subject->text);
}
