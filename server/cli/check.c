// `racewise check`: finds the files, analyses them in parallel, writes the findings in order.
#include "cli.h"

#include "../source.h"
#include "check_configs.h"
#include "check_file.h"
#include "complain.h"
#include "discover.h"
#include "display.h"
#include "output.h"
#include "parallel.h"
#include "style.h"
#include <errno.h>
#include <string.h>

enum { STATUS_CLEAN = 0, STATUS_FINDINGS = 1, STATUS_FAILURE = 2 };

typedef struct Check {
  const CheckOptions *options;
  Selection selection;
  SourceFiles files;
  ConfigList configs; // by file
  const OutputFormat *format;
  Output output;
  bool failed; // a file that was named could not be read, or one not be fixed
} Check;

static void *check_one(void *context, uint32_t index) {
  const Check *check = context;
  return check_file(check->files.items[index].path, check->options->stdin_filename, &check->selection,
                    check->configs.items[index]);
}

static void write_finding(Check *check, const Report *report) {
  if (check->format->finding)
    check->format->finding(&check->output, report);
  check->output.tally.findings++;
  check->output.tally.by_rule[rule_index(report->finding->rule)]++;
}

static const Identity *identify(const CheckedFile *file, Arena *arena) {
  const Finding **findings = ARENA_ARRAY(arena, const Finding *, file->shown_count);
  for (uint32_t i = 0; i < file->shown_count; i++)
    findings[i] = file->shown[i].finding;
  return identities_of(file->text, findings, file->shown_count, arena);
}

static void write_findings(Check *check, const char *path, const CheckedFile *file) {
  Arena *arena = arena_new();
  const Identity *identities = identify(file, arena);
  if (check->format->file_begin)
    check->format->file_begin(&check->output, path, file->shown_count);
  for (uint32_t i = 0; i < file->shown_count; i++) {
    const ShownFinding *shown = &file->shown[i];
    write_finding(check, &(Report){path, file->text, shown->finding, &identities[i], shown->fixes, shown->fix_count});
  }
  if (check->format->file_end)
    check->format->file_end(&check->output);
  arena_free(arena);
}

// A file found in a folder that cannot be read is told and no more; one that was asked for by name is a failure.
static void count_file(Check *check, const SourceFile *source, const CheckedFile *file) {
  Tally *tally = &check->output.tally;
  tally->files++;
  tally->quiet += file->state == FILE_QUIET;
  tally->unread += file->state == FILE_UNREAD;
  tally->racy += file->shown_count > 0;
  check->failed |= file->state == FILE_UNREAD && source->named;
  if (file->state == FILE_UNREAD)
    complain("%s: %s", source->path, file->problem);
  else if (check->options->verbose)
    complain("%s: %s", source->path, file->state == FILE_QUIET ? "holds nothing asynchronous" : "analysed");
}

// Tells, or makes, the change that the fixes are.
static void change_file(Check *check, const char *path, const CheckedFile *file) {
  char problem[256];
  check->output.tally.fixed += file->fixed_count;
  if (check->format->changed)
    check->format->changed(&check->output, path, file->before, file->after);
  if (!check->options->fix || check->options->diff ||
      source_replace(path, text_bytes(file->after), text_length(file->after), file->has_mark, problem, sizeof problem))
    return;
  complain("%s: %s", path, problem);
  check->failed = true;
}

static void deliver(void *context, uint32_t index, void *result) {
  Check *check = context;
  CheckedFile *file = result;
  const SourceFile *source = &check->files.items[index];
  count_file(check, source, file);
  if (file->after)
    change_file(check, source->path, file);
  if (file->shown_count)
    write_findings(check, source->path, file);
  checked_file_free(file);
}

static void run(Check *check) {
  const ParallelTask task = {check_one, deliver, check};
  if (check->format->begin)
    check->format->begin(&check->output);
  parallel_run(&task, check->files.count, check->options->jobs);
  if (check->format->end)
    check->format->end(&check->output);
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

static bool find_files(Check *check, Arena *arena) {
  if (!check->options->stdin_filename)
    return discover(&check->options->paths, check->options->no_default_exclude, arena, &check->files);
  array_push(arena, &check->files, ((SourceFile){check->options->stdin_filename, true}));
  return true;
}

// The format, what is shown, the files and what they go by, the output.
static bool prepare(Check *check, Arena *arena) {
  const CheckOptions *options = check->options;
  uint32_t rule_count;
  analysis_rules(&rule_count);
  check->format = options->diff         ? output_diff()
                  : options->statistics ? output_statistics()
                                        : output_format(options->format);
  check->output = (Output){.quiet = options->quiet, .tally.by_rule = ARENA_ARRAY(arena, uint32_t, rule_count + 1)};
  if (!selection_of(options, arena, &check->selection))
    return false;
  check->selection.offers = check->format->fixes;
  if (!find_files(check, arena) || !check_configs_find(options, arena, &check->files, &check->configs) ||
      !open_output(check))
    return false;
  check->output.colour = colour_wanted((ColourChoice)options->color, check->output.stream);
  return true;
}

static int finish(Check *check) {
  if (!close_output(check) || check->failed)
    return STATUS_FAILURE;
  bool found = check->output.tally.findings || (check->options->diff && check->output.tally.fixed);
  return found && !check->options->exit_zero ? STATUS_FINDINGS : STATUS_CLEAN;
}

static int check_with(const CheckOptions *options, Arena *arena) {
  Check check = {.options = options};
  int status = STATUS_FAILURE;
  if (prepare(&check, arena)) {
    run(&check);
    status = finish(&check);
  }
  check_configs_free(&check.configs);
  return status;
}

int check_main(int argc, char **argv) {
  Arena *arena = arena_new();
  CheckOptions options;
  int status = STATUS_FAILURE;
  display_start();
  if (check_options_parse(&options, arena, argc, argv)) {
    if (options.help)
      check_options_help(stdout);
    status = options.help ? STATUS_CLEAN : check_with(&options, arena);
  }
  arena_free(arena);
  return status;
}
