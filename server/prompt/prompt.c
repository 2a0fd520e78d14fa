#include "prompt.h"

#include "../embedded.h"
#include "../source.h"
#include "../template.h"
#include "facts.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *prompt_kind_name(int kind) {
  static const char *const NAMES[] = {"write", "audit", "fix", "test", NULL};
  return NAMES[kind];
}

// --- Templates -----------------------------------------------------------------------------------------------------

typedef struct Finder {
  const PromptRequest *request;
  Arena *arena;
  const char *problem; // of a template that cannot be read; NULL for none
} Finder;

static const char *language_folder(Language language) {
  return language == LANGUAGE_PYTHON ? "python" : "javascript";
}

static TemplateText read_own(Finder *finder, const char *path) {
  Source source;
  char problem[256];
  if (access(path, F_OK) != 0)
    return (TemplateText){0};
  if (!source_read(path, &source, problem, sizeof problem)) {
    finder->problem = arena_printf(finder->arena, "%s: %s", path, problem);
    return (TemplateText){path, ""};
  }
  TemplateText text = {path, arena_copy(finder->arena, source.bytes, source.length)};
  source_done(&source);
  return text;
}

static TemplateText built_in(const char *name) {
  const EmbeddedFile *file = embedded_file(name);
  return file ? (TemplateText){file->name, file->text} : (TemplateText){0};
}

static const char *own_folder(const PromptRequest *request) {
  return request->folder || !request->subject ? request->folder : request->subject->templates;
}

static bool is_folder(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static TemplateText find_template(void *context, const char *name) {
  Finder *finder = context;
  const char *language = language_folder(finder->request->language), *folder = own_folder(finder->request);
  TemplateText text = {0};
  if (strchr(name, '/'))
    return text;
  if (folder)
    text = read_own(finder, arena_printf(finder->arena, "%s/%s/%s.md", folder, language, name));
  if (folder && !text.text)
    text = read_own(finder, arena_printf(finder->arena, "%s/%s.md", folder, name));
  if (!text.text)
    text = built_in(arena_printf(finder->arena, "prompts/%s/%s.md", language, name));
  return text.text ? text : built_in(arena_printf(finder->arena, "prompts/%s.md", name));
}

// --- Values --------------------------------------------------------------------------------------------------------

static const char *const RUNTIMES[] = {"JavaScript on Node.js", "Python with asyncio"};
static const char *const TESTING[] = {
    "Use node:test, or vitest or jest where the project has them. Start the tasks with `Promise.all`.",
    "Use pytest, and `asyncio.run` in the test where the project has no plugin for async tests. Start the tasks with "
    "`asyncio.gather`.",
};

static const char *runtime_of(Language language) {
  bool typed = language == LANGUAGE_TYPESCRIPT || language == LANGUAGE_TSX;
  return typed ? "TypeScript on Node.js" : RUNTIMES[language == LANGUAGE_PYTHON];
}

enum { VALUE_COUNT = 17 };

static void value(TemplateValue *values, uint32_t *count, const char *name, const char *text) {
  values[(*count)++] = (TemplateValue){.name = name, .text = text};
}

// `scope` is NULL where there is no file.
static uint32_t make_values(const PromptRequest *request, const PromptScope *scope, TemplateValue *values) {
  uint32_t count = 0;
  bool python = request->language == LANGUAGE_PYTHON;
  bool steps = request->kind == PROMPT_FIX || request->kind == PROMPT_TEST;
  value(values, &count, "path", scope ? request->subject->path : "");
  value(values, &count, "runtime", runtime_of(request->language));
  value(values, &count, "language", language_name(request->language));
  value(values, &count, "fence", language_folder(request->language));
  value(values, &count, "testing", TESTING[python]);
  value(values, &count, "tasks", scope ? prompt_tasks(scope) : "");
  value(values, &count, "shared", scope ? prompt_shared(scope) : "");
  value(values, &count, "locks", scope ? prompt_locks(scope) : "");
  value(values, &count, "outside", scope ? prompt_outside(scope) : "");
  value(values, &count, "points", scope ? prompt_points(scope) : "");
  value(values, &count, "windows", scope ? prompt_windows(scope) : "");
  value(values, &count, "unknown", scope ? prompt_unknown(scope) : "");
  value(values, &count, "findings", scope ? prompt_findings(scope, steps) : "");
  value(values, &count, "code", scope && steps ? prompt_code(scope) : "");
  value(values, &count, "one", scope && scope->finding_count == 1 ? "1" : "");
  return count;
}

// --- The prompt ----------------------------------------------------------------------------------------------------

static size_t characters_of(const char *text) {
  size_t count = 0;
  for (; *text; text++)
    count += ((unsigned char)*text & 0xC0) != 0x80;
  return count;
}

static const char *fill(const PromptRequest *request, const PromptScope *scope, Arena *arena, const char **problem) {
  TemplateValue values[VALUE_COUNT];
  uint32_t count = make_values(request, scope, values);
  Finder finder = {request, arena, NULL};
  Template template = {.text = find_template(&finder, prompt_kind_name(request->kind)),
                       .values = {values, count},
                       .find = find_template,
                       .context = &finder};
  const char *text = template_fill(&template, arena, problem);
  if (finder.problem)
    *problem = finder.problem;
  return finder.problem ? NULL : text;
}

// The line of the finding that is nearest to the line asked about; 0 for none.
static unsigned nearest_line(const PromptRequest *request) {
  unsigned best = 0;
  for (uint32_t i = 0; i < analysis_finding_count(request->subject->analysis); i++) {
    unsigned line = audit_line(request->subject, analysis_finding(request->subject->analysis, i)->span);
    if (!best || abs((int)line - (int)request->line) < abs((int)best - (int)request->line))
      best = line;
  }
  return best;
}

static const char *complaint(const PromptRequest *request, Arena *arena) {
  unsigned line = nearest_line(request);
  const char *path = request->subject->path;
  if (!line)
    return arena_printf(arena, "%s: nothing is found there; `racewise prompt audit %s` asks for a review", path, path);
  return arena_printf(arena, "%s:%u: nothing is found on this line; the nearest finding is on line %u", path,
                      request->line, line);
}

const char *prompt_make(const PromptRequest *request, Arena *arena, const char **problem) {
  static const uint32_t MOST[] = {100, 60, 40, 30, 20, 15, 12, 9, 7, 5, 4, 3, 2, 1};
  const char *folder = own_folder(request);
  *problem = folder && !is_folder(folder) ? arena_printf(arena, "%s: there is no such folder", folder) : NULL;
  if (*problem)
    return NULL;
  if (!request->subject)
    return fill(request, NULL, arena, problem);
  PromptScope scope = {.subject = request->subject, .line = request->line};
  bool needs_findings = request->kind == PROMPT_FIX || request->line;
  if (!prompt_scope_find(&scope) || (needs_findings && scope.finding_count == 0)) {
    *problem = complaint(request, arena);
    return NULL;
  }
  const char *text = NULL;
  for (size_t i = 0; i < sizeof MOST / sizeof *MOST; i++) {
    scope.most = MOST[i];
    text = fill(request, &scope, arena, problem);
    if (!text || characters_of(text) <= PROMPT_LIMIT)
      break;
  }
  return text;
}
