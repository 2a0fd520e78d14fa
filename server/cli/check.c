// `racewise check`: finds the files, analyses them in parallel, writes the findings in order.
#include "cli.h"

#include "../../analysis/syntax/tree_pool.h"
#include "../source.h"
#include "baseline.h"
#include "check_configs.h"
#include "check_file.h"
#include "complain.h"
#include "discover.h"
#include "display.h"
#include "output.h"
#include "parallel.h"
#include "progress_bar.h"
#include "style.h"
#include "watch.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_CLEAN = 0, STATUS_FINDINGS = 1, STATUS_FAILURE = 2 };

typedef struct Check {
  const CheckOptions *options;
  Selection selection;
  SourceFiles files;
  ConfigList configs; // by file
  const OutputFormat *format;
  Output output;
  Cache *cache;       // NULL for none
  Baseline *baseline; // what is known, or with --write-baseline what will be; NULL for none
  ProgressBar progress;
  bool failed; // a file that was named could not be read, or one not be changed
} Check;

static void *check_one(void *context, uint32_t index) {
  const Check *check = context;
  const CheckOptions *options = check->options;
  const SourceFile *source = &check->files.items[index];
  return check_file(&(FileRequest){
      .path = source->path,
      .from_stdin = options->stdin_filename,
      .wanted = source->named && !options->force_exclude,
      .selection = &check->selection,
      .config = check->configs.items[index],
      .cache = check->cache,
  });
}

static const Identity *identify(const CheckedFile *file, Arena *arena) {
  const Finding **findings = ARENA_ARRAY(arena, const Finding *, file->shown_count);
  for (uint32_t i = 0; i < file->shown_count; i++)
    findings[i] = file->shown[i].finding;
  return identities_of(file->text, findings, file->shown_count, arena);
}

// Whether the finding is not to be told because it is known, or is made known by this run.
static bool is_known(Check *check, const char *path, const Identity *identity) {
  if (!check->baseline)
    return false;
  if (check->options->write_baseline)
    baseline_add(check->baseline, path, identity);
  return check->options->write_baseline || baseline_has(check->baseline, path, identity);
}

static Report *new_reports(Check *check, const char *path, const CheckedFile *file, Arena *arena, uint32_t *count) {
  const Identity *identities = identify(file, arena);
  Report *reports = ARENA_ARRAY(arena, Report, file->shown_count);
  *count = 0;
  for (uint32_t i = 0; i < file->shown_count; i++) {
    const ShownFinding *shown = &file->shown[i];
    if (!is_known(check, path, &identities[i]))
      reports[(*count)++] = (Report){path, file->text, shown->finding, &identities[i], shown->fixes, shown->fix_count};
  }
  check->output.tally.known += file->shown_count - *count;
  return reports;
}

static void write_finding(Check *check, const Report *report) {
  Tally *tally = &check->output.tally;
  if (check->format->finding)
    check->format->finding(&check->output, report);
  tally->findings++;
  tally->by_rule[rule_index(report->finding->rule)]++;
  tally->by_severity[report->finding->severity]++;
}

static void write_findings(Check *check, const char *path, const CheckedFile *file) {
  Arena *arena = arena_new();
  uint32_t count;
  const Report *reports = new_reports(check, path, file, arena, &count);
  check->output.tally.racy += count > 0;
  if (count && check->format->file_begin)
    check->format->file_begin(&check->output, path, count);
  for (uint32_t i = 0; i < count; i++)
    write_finding(check, &reports[i]);
  if (count && check->format->file_end)
    check->format->file_end(&check->output);
  arena_free(arena);
}

static const char *state_of(const CheckedFile *file) {
  return file->problem ? file->problem : file->state == FILE_QUIET ? "holds nothing asynchronous" : "analysed";
}

// A file found in a folder that cannot be read is told and no more; one that was asked for by name is a failure.
static void count_file(Check *check, const SourceFile *source, const CheckedFile *file) {
  Tally *tally = &check->output.tally;
  tally->files++;
  tally->quiet += file->state == FILE_QUIET;
  tally->skipped += file->state == FILE_SKIPPED;
  tally->unread += file->state == FILE_UNREAD;
  check->failed |= file->state == FILE_UNREAD && source->named;
  if (file->state == FILE_UNREAD || check->options->verbose)
    complain("%s: %s%s", source->path, state_of(file), file->recalled ? " (cached)" : "");
}

// Tells, or makes, the change that the fixes are.
static void change_file(Check *check, const char *path, const CheckedFile *file) {
  char problem[256];
  check->output.tally.changed++;
  check->output.tally.fixed += file->fixed_count;
  check->output.tally.ignored += file->ignored_count;
  if (check->format->changed)
    check->format->changed(&check->output, path, file->before, file->after);
  if (check->options->diff ||
      source_replace(path, text_bytes(file->after), text_length(file->after), &file->form, problem, sizeof problem))
    return;
  complain("%s: %s", path, problem);
  check->failed = true;
}

static void deliver(void *context, uint32_t index, void *result) {
  Check *check = context;
  CheckedFile *file = result;
  const SourceFile *source = &check->files.items[index];
  if (file->shown_count || file->after || file->state == FILE_UNREAD || check->options->verbose)
    progress_bar_hide(&check->progress);
  count_file(check, source, file);
  if (file->after)
    change_file(check, source->path, file);
  if (file->shown_count && !check->options->fix_only)
    write_findings(check, source->path, file);
  checked_file_free(file);
  cache_step(check->cache);
  progress_bar_step(&check->progress, index + 1);
}

static bool open_output(Check *check) {
  const char *path = check->options->output_file;
  check->output.stream = path ? fopen(path, "w") : stdout;
  if (!check->output.stream)
    complain("%s: cannot be written: %s", path, strerror(errno));
  return check->output.stream;
}

static bool close_output(Check *check) {
  FILE *stream = check->output.stream;
  bool failed = fflush(stream) || ferror(stream);
  int error = errno;
  if (stream != stdout && fclose(stream)) {
    failed = true;
    error = errno;
  }
  if (failed)
    complain("%s: cannot be written: %s", check->options->output_file ? check->options->output_file : "stdout",
             strerror(error));
  return !failed;
}

static DiscoverOptions discover_options(const CheckOptions *options) {
  return (DiscoverOptions){.everything = options->no_default_exclude, .git = !options->no_respect_gitignore};
}

static bool find_files(Check *check, Arena *arena) {
  if (!check->options->stdin_filename)
    return discover(&check->options->paths, discover_options(check->options), arena, &check->files);
  array_push(arena, &check->files, ((SourceFile){check->options->stdin_filename, true}));
  return true;
}

static const OutputFormat *choose_format(const CheckOptions *options) {
  return options->diff             ? output_diff()
         : options->write_baseline ? output_nothing()
         : options->fix_only       ? output_fixes()
         : options->statistics     ? output_statistics()
                                   : output_format(options->format);
}

static bool open_baseline(Check *check) {
  const CheckOptions *options = check->options;
  if (options->baseline)
    check->baseline = options->write_baseline ? baseline_new(options->baseline) : baseline_read(options->baseline);
  return check->baseline || !options->baseline;
}

// The format, what is shown, the files and what they go by, the output.
static bool prepare(Check *check, Arena *arena) {
  const CheckOptions *options = check->options;
  uint32_t rule_count;
  analysis_rules(&rule_count);
  check->format = choose_format(options);
  check->output = (Output){.quiet = options->quiet, .tally.by_rule = ARENA_ARRAY(arena, uint32_t, rule_count + 1)};
  if (!selection_of(options, arena, &check->selection))
    return false;
  check->selection.offers = check->format->fixes || options->show_fixes;
  if (!find_files(check, arena) || !check_configs_find(options, arena, &check->files, &check->configs) ||
      !open_baseline(check) || !open_output(check))
    return false;
  check->output.colour = colour_wanted((ColourChoice)options->color, check->output.stream);
  return true;
}

// With --max-warnings only errors and too many warnings count.
static bool is_found(const Check *check) {
  const Tally *tally = &check->output.tally;
  if (tally->fixed && check->options->exit_non_zero_on_fix)
    return true;
  const uint32_t warnings = tally->by_severity[SEVERITY_WARNING];
  int64_t most = check->options->max_warnings;
  if (most < 0)
    return tally->findings || (check->options->diff && (tally->fixed || tally->ignored));
  if (warnings > most)
    complain("%u warning%s, more than the %u of --max-warnings", warnings, warnings == 1 ? "" : "s", (unsigned)most);
  return tally->by_severity[SEVERITY_ERROR] || warnings > most;
}

static bool write_baseline(Check *check) {
  const CheckOptions *options = check->options;
  uint32_t known = check->output.tally.known;
  if (!options->write_baseline)
    return true;
  bool written = baseline_write(check->baseline);
  if (written && !options->quiet)
    fprintf(check->output.stream, "Wrote %u finding%s to %s.\n", known, known == 1 ? "" : "s", options->baseline);
  return written;
}

static int finish(Check *check) {
  bool written = write_baseline(check);
  if (!close_output(check) || check->failed || !written)
    return STATUS_FAILURE;
  return is_found(check) && !check->options->exit_zero ? STATUS_FINDINGS : STATUS_CLEAN;
}

static int run(Check *check) {
  const ParallelTask task = {check_one, deliver, check};
  check->progress = progress_bar_new(check->files.count, check->options->quiet || check->options->verbose);
  if (check->format->begin)
    check->format->begin(&check->output);
  if (!check->options->no_cache && !check->options->stdin_filename && !getenv("RACEWISE_NO_CACHE"))
    check->cache = cache_open(check->options->cache_dir);
  parallel_run(&task, check->files.count, check->options->jobs);
  cache_close(check->cache);
  progress_bar_hide(&check->progress);
  if (check->format->end)
    check->format->end(&check->output);
  return finish(check);
}

static int list_files(Check *check) {
  for (uint32_t i = 0; i < check->files.count; i++)
    fprintf(check->output.stream, "%s\n", check->files.items[i].path);
  return close_output(check) ? STATUS_CLEAN : STATUS_FAILURE;
}

static int check_with(const CheckOptions *options, Arena *arena) {
  Check check = {.options = options};
  int status = STATUS_FAILURE;
  if (prepare(&check, arena))
    status = options->show_files ? list_files(&check) : run(&check);
  baseline_free(check.baseline);
  check_configs_free(&check.configs);
  return status;
}

// With --watch each round takes the place of the one before.
static void check_round(void *context) {
  const CheckOptions *options = context;
  Arena *arena = arena_new();
  if (isatty(STDOUT_FILENO) && !options->output_file)
    fputs("\033[H\033[2J\033[3J", stdout);
  check_with(options, arena);
  fflush(stdout);
  arena_free(arena);
}

static int check_or_watch(CheckOptions *options, Arena *arena) {
  if (!options->watch)
    return check_with(options, arena);
  return watch(&(WatchTask){
      .paths = &options->paths,
      .options = discover_options(options),
      .config = options->config,
      .quiet = options->quiet,
      .round = check_round,
      .context = options,
  });
}

int check_main(int argc, char **argv) {
  Arena *arena = arena_new();
  CheckOptions options;
  int status = STATUS_FAILURE;
  display_start();
  tree_pools_install();
  if (check_options_parse(&options, arena, argc, argv)) {
    if (options.help)
      check_options_help(stdout);
    status = options.help ? STATUS_CLEAN : check_or_watch(&options, arena);
  }
  arena_free(arena);
  return status;
}
