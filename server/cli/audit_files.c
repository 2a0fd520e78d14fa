#include "audit_files.h"

#include "../source.h"
#include "asynchronous.h"
#include "check_configs.h"
#include "complain.h"
#include "discover.h"
#include "machine_made.h"
#include "parallel.h"
#include "selection.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool audit_options_parse(const OptionTable *table, Arena *arena, int argc, char **argv, AuditFilesOptions *options) {
  options->check = (CheckOptions){.jobs = parallel_jobs(), .severity = SEVERITY_HINT, .confidence = -1};
  return options_parse(table, arena, argc, argv, options, &options->check.paths);
}

// A file, once a worker has looked at it.
typedef struct AuditedFile {
  Analysis *analysis; // owned; NULL where there is none
  char problem[256];  // why it could not be read; "" where it could
} AuditedFile;

typedef struct Walk {
  AuditRun *run;
  Selection selection;
  SourceFiles files;
  ConfigList configs; // by file
} Walk;

// --- On a worker ---------------------------------------------------------------------------------------------------

static const char NO_LANGUAGE[] = "is not a Python, JavaScript or TypeScript source file by its name's ending";

// Nothing asynchronous is in it, or no person wrote it.
static bool is_left_out(Language language, const Source *source) {
  return !asynchronous_text(language, source->bytes, source->length) ||
         machine_made(language, source->bytes, source->length);
}

static void analyse(AuditedFile *file, const Walk *walk, uint32_t index, const Source *source) {
  const char *path = walk->files.items[index].path;
  Language language = language_of_file(path, source->bytes, source->length);
  if (language == LANGUAGE_NONE)
    strcpy(file->problem, NO_LANGUAGE);
  if (language == LANGUAGE_NONE || (!walk->files.items[index].named && is_left_out(language, source)))
    return;
  Arena *arena = arena_new();
  AnalysisOptions options = config_options(&walk->configs.items[index], 1, path, walk->selection.choice, arena);
  Text *text = text_new(source->bytes, source->length);
  Syntax *syntax = syntax_parse(language, text, NULL);
  file->analysis = analysis_run(syntax, &options, NULL);
  analysis_make_audit(file->analysis, NULL);
  syntax_free(syntax);
  text_unref(text);
  arena_free(arena);
}

static void *audit_one(void *context, uint32_t index) {
  const Walk *walk = context;
  const char *path = walk->files.items[index].path;
  AuditedFile *file = memory_alloc(sizeof *file);
  Source source;
  bool from_stdin = walk->run->options->stdin_filename;
  if (language_of_path(path) == LANGUAGE_NONE && !language_needs_text(path)) {
    strcpy(file->problem, NO_LANGUAGE);
  } else if (from_stdin ? source_read_stream(stdin, &source, file->problem, sizeof file->problem)
                        : source_read(path, &source, file->problem, sizeof file->problem)) {
    *file->problem = '\0';
    analyse(file, walk, index, &source);
    source_done(&source);
  }
  return file;
}

// --- In order ------------------------------------------------------------------------------------------------------

static void deliver(void *context, uint32_t index, void *result) {
  Walk *walk = context;
  AuditRun *run = walk->run;
  AuditedFile *file = result;
  const SourceFile *source = &walk->files.items[index];
  run->files++;
  if (*file->problem) {
    complain("%s: %s", source->path, file->problem);
    run->unread++;
    run->failed |= source->named;
  } else if (!file->analysis) {
    run->quiet++;
  } else {
    Arena *arena = arena_new();
    AuditSubject subject = audit_subject(source->path, file->analysis, arena);
    subject.templates = config_prompts(walk->configs.items[index], arena);
    run->findings += analysis_finding_count(file->analysis);
    run->file(run->context, &subject);
    arena_free(arena);
  }
  analysis_free(file->analysis);
  free(file);
}

static bool find_files(Walk *walk, Arena *arena) {
  const CheckOptions *options = walk->run->options;
  DiscoverOptions wanted = {.everything = options->no_default_exclude, .git = !options->no_respect_gitignore};
  if (!options->stdin_filename)
    return discover(&options->paths, wanted, arena, &walk->files);
  array_push(arena, &walk->files, ((SourceFile){options->stdin_filename, true}));
  return true;
}

bool audit_files(AuditRun *run) {
  Arena *arena = arena_new();
  Walk walk = {.run = run};
  bool begun = selection_of(run->options, arena, &walk.selection) && find_files(&walk, arena) &&
               check_configs_find(run->options, arena, &walk.files, &walk.configs);
  const ParallelTask task = {audit_one, deliver, &walk};
  if (begun)
    parallel_run(&task, walk.files.count, run->options->jobs);
  check_configs_free(&walk.configs);
  arena_free(arena);
  return begun;
}

int audit_status(const AuditRun *run, bool findings_count) {
  return run->failed ? 2 : findings_count && run->findings > 0;
}

// --- Where it is written -------------------------------------------------------------------------------------------

FILE *audit_open(const char *path) {
  FILE *stream = path ? fopen(path, "w") : stdout;
  if (!stream)
    complain("%s: cannot be written: %s", path, strerror(errno));
  return stream;
}

bool audit_close(FILE *stream, const char *path) {
  bool failed = fflush(stream) || ferror(stream);
  int error = errno;
  if (stream != stdout && fclose(stream)) {
    failed = true;
    error = errno;
  }
  if (failed)
    complain("%s: cannot be written: %s", path ? path : "stdout", strerror(error));
  return !failed;
}
