#include "stress_project.h"

#include "source.h"
#include <ctype.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// --- what a project tests with

typedef struct Sign {
  const char *file;
  const char *word; // that it holds; NULL where it is enough that it is there
} Sign;

static const Sign PYTEST_SIGNS[] = {
    {"pytest.ini", NULL},
    {"conftest.py", NULL},
    {"pyproject.toml", "pytest"},
    {"setup.cfg", "pytest"},
    {"tox.ini", "pytest"},
    {"requirements.txt", "pytest"},
    {"requirements-dev.txt", "pytest"},
    {"requirements.in", "pytest"},
    {"Pipfile", "pytest"},
};

// The folder of a path as the file system knows it; "" where it does not. `folder` has room for PATH_MAX bytes.
static void real_folder(const char *path, Arena *arena, char *folder) {
  const char *slash = strrchr(path, '/');
  const char *above = !slash ? "." : slash == path ? "/" : arena_copy(arena, path, (size_t)(slash - path));
  if (!realpath(above, folder))
    folder[0] = '\0';
}

static bool holds(const char *path, const char *word) {
  Source source;
  char problem[256];
  if (!source_read(path, &source, problem, sizeof problem))
    return false;
  bool found = strstr(source.bytes, word) != NULL;
  source_done(&source);
  return found;
}

static bool uses_pytest(const char *folder, Arena *arena) {
  for (size_t i = 0; i < sizeof PYTEST_SIGNS / sizeof *PYTEST_SIGNS; i++) {
    const char *path = arena_printf(arena, "%s/%s", folder, PYTEST_SIGNS[i].file);
    if (PYTEST_SIGNS[i].word ? holds(path, PYTEST_SIGNS[i].word) : access(path, R_OK) == 0)
      return true;
  }
  return false;
}

static bool depends_on(const json_t *package, const char *name) {
  return json_object_get(json_object_get(package, "devDependencies"), name) ||
         json_object_get(json_object_get(package, "dependencies"), name);
}

// The nearest package.json decides; `*framework` stays where there is none.
static bool read_package(const char *folder, Arena *arena, StressFramework *framework) {
  json_t *package = json_load_file(arena_printf(arena, "%s/package.json", folder), 0, NULL);
  if (!package)
    return false;
  if (depends_on(package, "vitest"))
    *framework = STRESS_VITEST;
  else if (depends_on(package, "jest") || json_object_get(package, "jest"))
    *framework = STRESS_JEST;
  bool decided = *framework != STRESS_NODE || json_object_get(package, "devDependencies") != NULL;
  json_decref(package);
  return decided;
}

static bool go_up(char *folder) {
  char *slash = strrchr(folder, '/');
  if (!slash || !folder[1])
    return false;
  slash[slash == folder ? 1 : 0] = '\0';
  return true;
}

StressFramework stress_project_framework(const char *path, Language language) {
  bool python = language == LANGUAGE_PYTHON;
  StressFramework framework = python ? STRESS_PLAIN : STRESS_NODE;
  Arena *arena = arena_new();
  char folder[PATH_MAX];
  real_folder(path, arena, folder);
  for (bool up = folder[0] != '\0', found = false; up && !found; up = go_up(folder)) {
    found = python ? uses_pytest(folder, arena) : read_package(folder, arena, &framework);
    if (found && python)
      framework = STRESS_PYTEST;
    found = found || access(arena_printf(arena, "%s/.git", folder), F_OK) == 0;
  }
  arena_free(arena);
  return framework;
}

bool stress_framework_fits(StressFramework framework, Language language) {
  return framework == STRESS_PLAIN || (framework == STRESS_PYTEST) == (language == LANGUAGE_PYTHON);
}

// --- where a test goes

// "Cart.add" as a part of a file name.
static const char *name_part(const char *function, Arena *arena) {
  char *part = arena_copy(arena, function[0] ? function : "module", function[0] ? strlen(function) : 6), *out = part;
  for (const char *in = part; *in; in++)
    if (isalnum((unsigned char)*in))
      *out++ = *in;
    else if (out > part && out[-1] != '_')
      *out++ = '_';
  *out = '\0';
  return part;
}

const char *stress_project_file(const char *path, StressFramework framework, Language language, const char *function,
                                Arena *arena) {
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
  int folder = (int)(name - path), stem = (int)(dot ? (size_t)(dot - name) : strlen(name));
  const char *part = name_part(function, arena);
  if (language == LANGUAGE_PYTHON)
    return arena_printf(arena, "%.*stest_stress_%.*s_%s.py", folder, path, stem, name, part);
  return arena_printf(arena, "%.*s%.*s.%s.stress.%s", folder, path, stem, name, part,
                      framework == STRESS_PLAIN  ? "mjs"
                      : framework == STRESS_JEST ? "test.js"
                                                 : "test.mjs");
}

const char *stress_project_relative(const char *from, const char *to, Arena *arena) {
  char here[PATH_MAX], there[PATH_MAX];
  real_folder(from, arena, here);
  real_folder(to, arena, there);
  if (!here[0] || !there[0])
    return to;
  const char *name = strrchr(to, '/') ? strrchr(to, '/') + 1 : to;
  size_t common = 0;
  for (size_t i = 0;; i++) {
    bool here_ends = !here[i] || here[i] == '/', there_ends = !there[i] || there[i] == '/';
    if (here_ends && there_ends)
      common = i;
    if (here[i] != there[i] || !here[i])
      break;
  }
  const char *path = arena_printf(arena, "%s%s%s", there[common] ? there + common + 1 : "",
                                  there[common] && there[common + 1] ? "/" : "", name);
  for (const char *at = here + common; *at; at++)
    if (*at == '/' && at[1])
      path = arena_printf(arena, "../%s", path);
  return path;
}

// --- which finding

static bool names(const Finding *finding, const char *function) {
  const char *dot = strrchr(finding->function, '.');
  return !strcmp(finding->function, function) || (dot && !strcmp(dot + 1, function));
}

static bool touches(const Analysis *analysis, Span span, unsigned line) {
  const Text *text = syntax_text(analysis_syntax(analysis));
  unsigned first = text_position(text, span.start, TEXT_UTF8).line + 1;
  return line >= first && line <= text_position(text, span.end, TEXT_UTF8).line + 1;
}

static bool is_at(const Analysis *analysis, const Finding *finding, unsigned line) {
  if (touches(analysis, finding->span, line))
    return true;
  for (uint32_t i = 0; i < finding->related_count; i++)
    if (touches(analysis, finding->related[i].span, line))
      return true;
  return false;
}

uint32_t stress_project_finding(const Analysis *analysis, const char *function, unsigned line) {
  uint32_t count = analysis_finding_count(analysis);
  for (uint32_t i = 0; i < count; i++) {
    const Finding *finding = analysis_finding(analysis, i);
    if (analysis_can_stress(finding) && (function ? names(finding, function) : is_at(analysis, finding, line)))
      return i;
  }
  return count;
}
