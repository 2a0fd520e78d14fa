#include "check_file.h"

#include "add_ignores.h"
#include "asynchronous.h"
#include "machine_made.h"
#include <stdlib.h>
#include <string.h>

static const char NO_LANGUAGE[] =
    "is not a Python, JavaScript or TypeScript source file by its name's ending, nor by its first line";

static void refuse(CheckedFile *file, FileState state, const char *problem) {
  file->state = state;
  file->problem = memory_alloc(strlen(problem) + 1);
  strcpy(file->problem, problem);
}

static void analyse(CheckedFile *file, Language language, Text *text, const AnalysisOptions *options) {
  Syntax *syntax = syntax_parse(language, text, NULL);
  file->analysis = analysis_run(syntax, options, NULL);
  syntax_free(syntax);
}

static bool is_selected(const void *selection, const Finding *finding) {
  return selection_has(selection, finding);
}

static void change(CheckedFile *file, Text *text, const Selection *selection) {
  FixRequest fixes = {selection->fixes, is_selected, selection, NULL};
  file->fixed_count = apply_fixes(&file->analysis, &fixes);
  if (selection->ignore_reason)
    file->ignored_count =
        add_ignores(&file->analysis, &(IgnoreRequest){selection->ignore_reason, is_selected, selection});
  if (!file->fixed_count && !file->ignored_count)
    return;
  file->before = text_ref(text);
  file->after = text_ref(syntax_text(analysis_syntax(file->analysis)));
}

static void show(CheckedFile *file, uint32_t index, bool offers) {
  ShownFinding *shown = &file->shown[file->shown_count++];
  *shown = (ShownFinding){.finding = analysis_finding(file->analysis, index)};
  if (offers)
    shown->fixes = analysis_fixes(file->analysis, index, &shown->fix_count);
}

// Makes the fixes here, on the worker's thread, and keeps the analysis only where it is still needed.
static void select_findings(CheckedFile *file, const Selection *selection) {
  uint32_t count = analysis_finding_count(file->analysis);
  file->shown = memory_alloc(count * sizeof *file->shown);
  for (uint32_t i = 0; i < count; i++)
    if (selection_has(selection, analysis_finding(file->analysis, i)))
      show(file, i, selection->offers);
  if (file->shown_count) {
    file->text = text_ref(syntax_text(analysis_syntax(file->analysis)));
    return;
  }
  analysis_free(file->analysis);
  file->analysis = NULL;
}

static void check_text(CheckedFile *file, Language language, const Source *source, const FileRequest *request) {
  Arena *arena = arena_new();
  Config *config = request->config;
  AnalysisOptions options = config_options(&config, 1, request->path, request->selection->choice, arena);
  Text *text = text_new(source->bytes, source->length);
  file->form = source->form;
  analyse(file, language, text, &options);
  change(file, text, request->selection);
  text_unref(text);
  select_findings(file, request->selection);
  arena_free(arena);
}

static void check_source(CheckedFile *file, const Source *source, const FileRequest *request) {
  Language language = language_of_file(request->path, source->bytes, source->length);
  const char *maker;
  if (language == LANGUAGE_NONE)
    refuse(file, FILE_UNREAD, NO_LANGUAGE);
  else if (!asynchronous_text(language, source->bytes, source->length))
    file->state = FILE_QUIET;
  else if (!request->wanted && (maker = machine_made(language, source->bytes, source->length)))
    refuse(file, FILE_SKIPPED, maker);
  else
    check_text(file, language, source, request);
}

static bool read_source(const FileRequest *request, Source *source, char *problem, size_t size) {
  return request->from_stdin ? source_read_stream(stdin, source, problem, size)
                             : source_read(request->path, source, problem, size);
}

CheckedFile *check_file(const FileRequest *request) {
  CheckedFile *file = memory_alloc(sizeof *file);
  Source source;
  char problem[256];
  if (language_of_path(request->path) == LANGUAGE_NONE && !language_needs_text(request->path)) {
    refuse(file, FILE_UNREAD, NO_LANGUAGE);
  } else if (!read_source(request, &source, problem, sizeof problem)) {
    refuse(file, FILE_UNREAD, problem);
  } else {
    check_source(file, &source, request);
    source_done(&source);
  }
  return file;
}

void checked_file_free(CheckedFile *file) {
  if (!file)
    return;
  analysis_free(file->analysis);
  text_unref(file->text);
  text_unref(file->before);
  text_unref(file->after);
  free(file->shown);
  free(file->problem);
  free(file);
}
