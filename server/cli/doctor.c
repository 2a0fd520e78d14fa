// `racewise doctor`: what Racewise finds in a folder, for whoever wonders why it does what it does.
#include "cli.h"

#include "../config/config.h"
#include "../config/path.h"
#include "cache_folder.h"
#include "check_configs.h"
#include "git.h"
#include "parallel.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

const OptionTable DOCTOR_TABLE = {
    .verb = "doctor",
    .operands = "[PATH]",
    .summary = "Tell what is found here: program, configuration, models, files, git, cache.",
    .options = HELP_ONLY,
    .count = 1,
    .notes = "Exit status: 0 all well, 1 something is wrong (marked with !), 2 wrong usage.\n",
};

typedef struct Doctor {
  Arena *arena;
  const char *path;
  bool ill;
} Doctor;

static void row(const char *name, const char *text) {
  printf("  %-14s %s\n", name, text);
}

static void wrong(Doctor *doctor, const char *name, const char *text) {
  printf("! %-14s %s\n", name, text);
  doctor->ill = true;
}

static const char *first_line(Doctor *doctor, const char *const *arguments) {
  size_t length;
  const char *output = git_run(doctor->arena, ".", arguments, &length);
  return output ? arena_copy(doctor->arena, output, strcspn(output, "\n")) : NULL;
}

static void tell_program(Doctor *doctor) {
  char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  row("version", "racewise " RACEWISE_VERSION);
  if (length > 0)
    row("program", arena_copy(doctor->arena, path, (size_t)length));
  row("libraries", arena_printf(doctor->arena, "libuv %s, jansson %s", uv_version_string(), jansson_version_str()));
  row("jobs", arena_printf(doctor->arena, "%u", parallel_jobs()));
}

static void tell_rules(Doctor *doctor, const AnalysisOptions *options) {
  uint32_t count, enabled = 0;
  analysis_rules(&count);
  for (uint32_t i = 0; i < count; i++)
    enabled += options->rules[i].enabled;
  row("rules", arena_printf(doctor->arena, "%u of %u are on", enabled, count));
  row("own models", arena_printf(doctor->arena, "%u", options->own_count));
}

static void tell_config(Doctor *doctor) {
  Configs *configs = configs_new();
  const char *inside = path_join(doctor->path, "any.py", doctor->arena);
  Config *config = configs_find(configs, inside);
  const char *complaint = config ? config_complaint(config, doctor->arena) : NULL;
  if (complaint)
    wrong(doctor, "configuration", complaint);
  else
    row("configuration", config ? config_path(config) : "none: the defaults hold");
  AnalysisOptions options = config_options(&config, 1, inside, rule_choice_new(doctor->arena), doctor->arena);
  tell_rules(doctor, &options);
  config_free(config);
  configs_free(configs);
}

static void tell_git(Doctor *doctor) {
  const char *version = first_line(doctor, (const char *const[]){"--version", NULL});
  const char *top = git_top(doctor->arena, doctor->path);
  row("git", version ? version : "not found: nothing is left out for being ignored");
  if (version)
    row("working copy", top ? top : "none");
}

static void count_languages(const SourceFiles *files, uint32_t counts[LANGUAGE_COUNT]) {
  for (uint32_t i = 0; i < files->count; i++)
    counts[language_of_path(files->items[i].path)]++;
}

static bool find_files(Doctor *doctor, SourceFiles *files) {
  Words operands = {0};
  array_push(doctor->arena, &operands, doctor->path);
  return discover(&operands, (DiscoverOptions){.git = true}, doctor->arena, files);
}

static void tell_files(Doctor *doctor, const SourceFiles *files) {
  uint32_t counts[LANGUAGE_COUNT] = {0};
  count_languages(files, counts);
  row("files", arena_printf(doctor->arena, "%u: %u Python, %u JavaScript, %u TypeScript, %u scripts without an ending",
                            files->count, counts[LANGUAGE_PYTHON], counts[LANGUAGE_JAVASCRIPT],
                            counts[LANGUAGE_TYPESCRIPT] + counts[LANGUAGE_TSX], counts[LANGUAGE_NONE]));
}

static void tell_cache(Doctor *doctor) {
  const char *folder = cache_folder(NULL, doctor->arena);
  struct stat status;
  if (getenv("RACEWISE_NO_CACHE"))
    row("cache", "off: RACEWISE_NO_CACHE is set");
  else if (!folder)
    row("cache", "off: there is no HOME for it");
  else if (!stat(folder, &status) && access(folder, W_OK | X_OK))
    wrong(doctor, "cache", arena_printf(doctor->arena, "%s cannot be written to", folder));
  else if (!stat(cache_folder_pack(folder, doctor->arena), &status))
    row("cache", arena_printf(doctor->arena, "%s (%lld KiB of runs in this folder)", folder,
                              (long long)(status.st_size + 1023) / 1024));
  else
    row("cache", arena_printf(doctor->arena, "%s (nothing yet of runs in this folder)", folder));
}

static int examine(Doctor *doctor) {
  SourceFiles files = {0};
  if (!find_files(doctor, &files))
    return 2;
  tell_program(doctor);
  tell_git(doctor);
  tell_cache(doctor);
  tell_files(doctor, &files);
  tell_config(doctor);
  return fflush(stdout) ? 2 : doctor->ill;
}

int doctor_main(int argc, char **argv) {
  Doctor doctor = {.arena = arena_new()};
  Words operands = {0};
  int status;
  if (options_parse_plain(&DOCTOR_TABLE, doctor.arena, argc, argv, &operands, &status)) {
    doctor.path = operands.count ? operands.items[0] : ".";
    status = options_at_most(&DOCTOR_TABLE, &operands, 1) ? examine(&doctor) : 2;
  }
  arena_free(doctor.arena);
  return status;
}
