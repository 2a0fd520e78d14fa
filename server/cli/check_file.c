#include "check_file.h"

#include "add_ignores.h"
#include "asynchronous.h"
#include "machine_made.h"
#include "stored_file.h"
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

// --- Checking afresh

// A request with all that goes into its answer.
typedef struct Job {
  const FileRequest *request;
  AnalysisOptions options;
  CacheKey asked; // by the cache: what is asked of the content
} Job;

static void check_text(CheckedFile *file, Language language, const Source *source, const Job *job) {
  Text *text = text_new(source->bytes, source->length);
  file->form = source->form;
  analyse(file, language, text, &job->options);
  change(file, text, job->request->selection);
  text_unref(text);
  select_findings(file, job->request->selection);
}

static void check_source(CheckedFile *file, Language language, const Source *source, const Job *job) {
  const char *maker;
  if (language == LANGUAGE_NONE)
    refuse(file, FILE_UNREAD, NO_LANGUAGE);
  else if (!asynchronous_text(language, source->bytes, source->length))
    file->state = FILE_QUIET;
  else if (!job->request->wanted && (maker = machine_made(language, source->bytes, source->length)))
    refuse(file, FILE_SKIPPED, maker);
  else
    check_text(file, language, source, job);
}

// --- Asking the cache first

static CacheKey key_of_options(const AnalysisOptions *options, const FileRequest *request) {
  uint32_t rules;
  analysis_rules(&rules);
  const int asked[] = {request->selection->severity, request->selection->offers, request->wanted, options->preview,
                       options->unsuppressed};
  CacheKey key = cache_key((CacheKey){0}, asked, sizeof asked);
  for (uint32_t i = 0; options->rules && i < rules; i++) {
    const RuleSetting *rule = &options->rules[i];
    const int setting[] = {rule->enabled, rule->severity, rule->confidence};
    key = cache_key(key, setting, sizeof setting);
  }
  for (uint32_t i = 0; i < options->own_count; i++) {
    key = cache_key(key, &options->own[i].kind, sizeof options->own[i].kind);
    key = cache_key(key, options->own[i].path, strlen(options->own[i].path));
  }
  return key;
}

static bool makes_changes(const Selection *selection) {
  return selection->fixes != FIX_NOTHING || selection->ignore_reason;
}

// Findings need the text; and those that are to be fixed, the analysis.
static bool recall_quiet(CheckedFile *file, const Cache *cache, CacheKey content) {
  uint32_t length;
  const unsigned char *bytes = cache_find(cache, content, &length);
  return bytes && !stored_file_has_findings(bytes, length) && stored_file_read(file, bytes, length);
}

static bool recall(CheckedFile *file, const Cache *cache, CacheKey content, const Source *source) {
  uint32_t length;
  const unsigned char *bytes = cache_find(cache, content, &length);
  if (!bytes || !stored_file_read(file, bytes, length))
    return false;
  if (file->shown_count)
    file->text = text_new(source->bytes, source->length);
  return true;
}

static void remember(const CheckedFile *file, Cache *cache, const CacheFile *place, CacheKey content) {
  uint32_t length;
  void *bytes = stored_file_write(file, &length);
  cache_put(cache, place, content, bytes, length);
  free(bytes);
}

static void check_or_recall(CheckedFile *file, const Source *source, const Job *job, const CacheFile *place) {
  const FileRequest *request = job->request;
  Language language = language_of_file(request->path, source->bytes, source->length);
  CacheKey asked = cache_key(job->asked, &language, sizeof language), known;
  CacheKey content = cache_key(asked, source->bytes, source->length);
  bool changes = makes_changes(request->selection);
  bool recalled = changes ? recall_quiet(file, request->cache, content) : recall(file, request->cache, content, source);
  if (!recalled)
    check_source(file, language, source, job);
  bool is_known = recalled && cache_content(request->cache, place, &known) && !cache_key_compare(&known, &content);
  if (!is_known && file->state != FILE_UNREAD && !(changes && (file->after || file->shown_count)))
    remember(file, request->cache, place, content);
}

// --- One file

static bool read_source(CheckedFile *file, const FileRequest *request, Source *source) {
  char problem[256] = "";
  bool read = request->from_stdin ? source_read_stream(stdin, source, problem, sizeof problem)
                                  : source_read(request->path, source, problem, sizeof problem);
  if (!read)
    refuse(file, FILE_UNREAD, problem);
  return read;
}

static void check_fresh(CheckedFile *file, const Job *job) {
  Source source;
  if (!read_source(file, job->request, &source))
    return;
  check_source(file, language_of_file(job->request->path, source.bytes, source.length), &source, job);
  source_done(&source);
}

static void check_cached(CheckedFile *file, Job *job) {
  const FileRequest *request = job->request;
  CacheFile place;
  CacheKey content;
  Source source;
  job->asked = key_of_options(&job->options, request);
  place.key = cache_key(job->asked, request->path, strlen(request->path));
  if (!cache_stamp(request->path, &place.stamp)) {
    check_fresh(file, job);
    return;
  }
  if ((cache_content(request->cache, &place, &content) && recall_quiet(file, request->cache, content)) ||
      !read_source(file, request, &source))
    return;
  check_or_recall(file, &source, job, &place);
  source_done(&source);
}

CheckedFile *check_file(const FileRequest *request) {
  CheckedFile *file = memory_alloc(sizeof *file);
  if (language_of_path(request->path) == LANGUAGE_NONE && !language_needs_text(request->path)) {
    refuse(file, FILE_UNREAD, NO_LANGUAGE);
    return file;
  }
  Arena *arena = arena_new();
  Config *config = request->config;
  Job job = {.request = request,
             .options = config_options(&config, 1, request->path, request->selection->choice, arena)};
  job.options.unsuppressed = request->selection->unsuppressed;
  if (request->cache && !request->from_stdin)
    check_cached(file, &job);
  else
    check_fresh(file, &job);
  arena_free(arena);
  return file;
}

void checked_file_done(CheckedFile *file) {
  analysis_free(file->analysis);
  arena_free(file->stored);
  text_unref(file->text);
  text_unref(file->before);
  text_unref(file->after);
  free(file->shown);
  free(file->problem);
}

void checked_file_free(CheckedFile *file) {
  if (file)
    checked_file_done(file);
  free(file);
}
