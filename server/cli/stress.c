// `racewise stress`: writes a test that fails while a race is there.
#include "cli.h"

#include "../config/config.h"
#include "../source.h"
#include "../stress_project.h"
#include "complain.h"
#include "options.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct StressArguments {
  const char *output;
  uint32_t tasks, seed;
  int framework; // -1: as the project does
  bool force, help;
  Words places;
} StressArguments;

static const char *framework_choice(int index) {
  return stress_framework_name((StressFramework)index);
}

#define FIELD(name) offsetof(StressArguments, name)

static const Option OPTIONS[] = {
    {"output", 'o', OPTION_TEXT, FIELD(output), "FILE", NULL, "write there (- for stdout), not beside the source"},
    {"tasks", 0, OPTION_NUMBER, FIELD(tasks), "N", NULL, "how many tasks the test starts (1000)"},
    {"seed", 0, OPTION_NUMBER, FIELD(seed), "N", NULL, "what the test shakes the schedule by (1)"},
    {"framework", 0, OPTION_CHOICE, FIELD(framework), NULL, framework_choice, "what the test is for"},
    {"force", 0, OPTION_FLAG, FIELD(force), NULL, NULL, "replace a file that is there"},
    {"help", 'h', OPTION_FLAG, FIELD(help), NULL, NULL, "this text"},
};

const OptionTable STRESS_TABLE = {
    .verb = "stress",
    .operands = "FILE:FUNCTION|FILE:LINE",
    .summary = "Write a test that fails while a race is there: the same calls one after another and at once.",
    .options = OPTIONS,
    .count = sizeof OPTIONS / sizeof *OPTIONS,
    .notes =
        "The race is a finding of lost-update, check-then-act or iterate-across-await in the function, or at the\n"
        "line. Without --framework the test is for what the project uses: pytest, vitest or jest; else plain Python\n"
        "or node:test.\n"
        "What the test leaves to you is told on stderr and marked TODO(racewise) in it.\n\n"
        "Exit status: 0 written, 1 no such finding, 2 wrong usage or a failure.\n",
};

// Where the race is: what stands behind the last colon of the operand.
typedef struct Target {
  const char *path;
  const char *function; // NULL where a line is given
  unsigned line;
} Target;

static bool read_target(const char *operand, Arena *arena, Target *target) {
  const char *colon = strrchr(operand, ':');
  if (!colon || colon == operand || !colon[1]) {
    complain("%s: say which function or line: FILE:FUNCTION or FILE:LINE", operand);
    return false;
  }
  char *end;
  unsigned long line = strtoul(colon + 1, &end, 10);
  bool is_line = !*end && colon[1] >= '0' && colon[1] <= '9';
  *target = (Target){arena_copy(arena, operand, (size_t)(colon - operand)), is_line ? NULL : colon + 1,
                     is_line && line < UINT32_MAX ? (unsigned)line : 0};
  return true;
}

static Analysis *analyse(const char *path, Arena *arena) {
  Source source;
  char problem[256];
  if (!source_read(path, &source, problem, sizeof problem)) {
    complain("%s: %s", path, problem);
    return NULL;
  }
  Configs *configs = configs_new();
  Config *config = configs_find(configs, path);
  RuleChoice *choice = rule_choice_new(arena);
  choice->preview = true;
  AnalysisOptions options = config_options(&config, 1, path, choice, arena);
  Text *text = text_new(source.bytes, source.length);
  Syntax *syntax = syntax_parse(language_of_path(path), text, NULL);
  Analysis *analysis = analysis_run(syntax, &options, NULL);
  syntax_free(syntax);
  text_unref(text);
  config_free(config);
  configs_free(configs);
  source_done(&source);
  return analysis;
}

static bool write_test(const char *path, const char *text, bool force) {
  bool to_stdout = !strcmp(path, "-");
  if (!to_stdout && !force && access(path, F_OK) == 0) {
    complain("%s is there already: --force replaces it, -o FILE writes another", path);
    return false;
  }
  FILE *file = to_stdout ? stdout : fopen(path, "w");
  bool failed = !file || fputs(text, file) < 0 || fflush(file);
  int error = errno;
  if (file && !to_stdout)
    failed |= fclose(file) != 0;
  if (failed)
    complain("%s: cannot be written: %s", path, strerror(error));
  return !failed;
}

static int write_for(Analysis *analysis, uint32_t index, const Target *target, const StressArguments *arguments,
                     Arena *arena) {
  Language language = language_of_path(target->path);
  const Finding *finding = analysis_finding(analysis, index);
  StressFramework framework = arguments->framework >= 0 ? (StressFramework)arguments->framework
                                                        : stress_project_framework(target->path, language);
  const char *file = arguments->output;
  if (!file)
    file = stress_project_file(target->path, framework, language, finding->function, arena);
  const char *from = strcmp(file, "-") ? file : target->path;
  StressOptions options = {.path = stress_project_relative(from, target->path, arena),
                           .framework = framework,
                           .tasks = arguments->tasks,
                           .seed = arguments->seed};
  const StressTest *test = analysis_stress(analysis, index, &options);
  if (!test)
    complain("%s: no stress test can be written for it", target->path);
  if (!test || !write_test(file, test->text, arguments->force))
    return 2;
  for (uint32_t i = 0; i < test->gap_count; i++)
    complain("note: TODO(racewise) in %s: %s", file, test->gaps[i]);
  if (strcmp(file, "-"))
    printf("%s: %s of `%s`\n", file, finding->rule, finding->variable);
  return fflush(stdout) ? 2 : 0;
}

static int stress(const Target *target, const StressArguments *arguments, Arena *arena) {
  Language language = language_of_path(target->path);
  if (language == LANGUAGE_NONE) {
    complain("%s: is not a Python, JavaScript or TypeScript source file by its name's ending", target->path);
    return 2;
  }
  if (arguments->framework >= 0 && !stress_framework_fits((StressFramework)arguments->framework, language)) {
    complain("--framework %s is not for %s", framework_choice(arguments->framework), language_name(language));
    return 2;
  }
  Analysis *analysis = analyse(target->path, arena);
  if (!analysis)
    return 2;
  uint32_t index = stress_project_finding(analysis, target->function, target->line);
  int status = 1;
  if (index < analysis_finding_count(analysis))
    status = write_for(analysis, index, target, arguments, arena);
  else if (target->function)
    complain("%s: no lost-update, check-then-act or iterate-across-await in %s", target->path, target->function);
  else
    complain("%s: no lost-update, check-then-act or iterate-across-await at line %u", target->path, target->line);
  analysis_free(analysis);
  return status;
}

int stress_main(int argc, char **argv) {
  Arena *arena = arena_new();
  StressArguments arguments = {.tasks = 1000, .seed = 1, .framework = -1};
  Target target;
  int status = 2;
  if (options_parse(&STRESS_TABLE, arena, argc, argv, &arguments, &arguments.places)) {
    if (arguments.help) {
      options_help(&STRESS_TABLE, stdout);
      status = 0;
    } else if (arguments.places.count != 1) {
      complain("stress takes one place: FILE:FUNCTION or FILE:LINE");
    } else if (read_target(arguments.places.items[0], arena, &target)) {
      status = stress(&target, &arguments, arena);
    }
  }
  arena_free(arena);
  return status;
}
