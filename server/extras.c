#include "extras.h"
#include "base/arena.h"
#include "line_diff.h"
#include "stress_project.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <utlist.h>
#include <uv.h>

enum { MOST_JOBS = 2 };

typedef enum ExtraState { EXTRA_UNWANTED, EXTRA_WANTED, EXTRA_MADE } ExtraState;

// The extras of an analysis: those of the whole, then the fixes of each finding, then the stress tests.
enum { EXTRA_SHARED, EXTRA_AUDIT, EXTRA_FIX_ALL, EXTRA_FIXES };

// What has been made of one document's analysis.
typedef struct Entry {
  Document *document;
  Analysis *analysis;
  uint32_t extra_count;
  uint8_t *states; // ExtraState by extra
  Arena *arena;    // of `all`; NULL before that is made
  FixAll all;
  NewTest *tests; // by finding; in `test_arena`
  Arena *test_arena;
  struct Job *job; // under way; NULL for none
  struct Entry *prev, *next;
} Entry;

// One extra being made.
typedef struct Job {
  uv_work_t work;
  Extras *extras;
  Entry *entry; // NULL once nobody waits for it
  Analysis *analysis;
  uint32_t extra;
  Arena *arena;
  FixAll all;
  char *path; // of the document
  NewTest test;
  Cancel cancel;
} Job;

struct Extras {
  Loop *loop;
  ExtrasReady *ready;
  void *context;
  Entry *entries; // as many as documents that somebody asked about: few
  int running;
};

Extras *extras_new(Loop *loop, ExtrasReady *ready, void *context) {
  Extras *extras = memory_alloc(sizeof *extras);
  *extras = (Extras){.loop = loop, .ready = ready, .context = context};
  return extras;
}

void extras_free(Extras *extras) {
  free(extras);
}

bool extras_idle(const Extras *extras) {
  return extras->running == 0;
}

// --- On a worker ---------------------------------------------------------------------------------------------------

static bool wants_every(const void *context, const Finding *finding) {
  (void)context, (void)finding;
  return true;
}

static void make_all(Job *job) {
  Analysis *fixed = analysis_ref(job->analysis);
  FixRequest request = {.level = FIX_SAFE, .wants = wants_every, .cancel = &job->cancel};
  job->arena = arena_new();
  if (apply_fixes(&fixed, &request) > 0)
    job->all.edits = line_diff_edits(job->arena, syntax_text(analysis_syntax(job->analysis)),
                                     syntax_text(analysis_syntax(fixed)), &job->all.count);
  analysis_free(fixed);
}

// The first name beside the source that is not taken.
static const char *new_path(const Job *job, StressFramework framework, Language language, uint32_t finding) {
  const char *function = analysis_finding(job->analysis, finding)->function;
  const char *path = stress_project_file(job->path, framework, language, function, job->arena);
  for (int i = 2; i < 100 && access(path, F_OK) == 0; i++)
    path =
        stress_project_file(job->path, framework, language, arena_printf(job->arena, "%s_%d", function, i), job->arena);
  return path;
}

static void make_test(Job *job, uint32_t finding) {
  Language language = syntax_language(analysis_syntax(job->analysis));
  const char *slash = strrchr(job->path, '/');
  StressOptions options = {slash ? slash + 1 : job->path, stress_project_framework(job->path, language), 1000, 1};
  job->arena = arena_new();
  job->test.path = new_path(job, options.framework, language, finding);
  job->test.text = analysis_stress(job->analysis, finding, &options)->text;
}

static void work(uv_work_t *work) {
  Job *job = work->data;
  if (job->extra == EXTRA_SHARED)
    analysis_find_shared(job->analysis, &job->cancel);
  else if (job->extra == EXTRA_AUDIT)
    analysis_make_audit(job->analysis, &job->cancel);
  else if (job->extra == EXTRA_FIX_ALL)
    make_all(job);
  else if (job->extra - EXTRA_FIXES < analysis_finding_count(job->analysis))
    analysis_make_fixes(job->analysis, job->extra - EXTRA_FIXES, &job->cancel);
  else
    make_test(job, job->extra - EXTRA_FIXES - analysis_finding_count(job->analysis));
}

// --- On the loop ---------------------------------------------------------------------------------------------------

static void start_what_is_wanted(Extras *extras);

static void take_over(Entry *entry, Job *job) {
  entry->job = NULL;
  entry->states[job->extra] = EXTRA_MADE;
  uint32_t tests = EXTRA_FIXES + analysis_finding_count(entry->analysis);
  if (job->extra >= tests)
    entry->tests[job->extra - tests] =
        (NewTest){arena_copy(entry->test_arena, job->test.path, strlen(job->test.path)), job->test.text};
  if (job->extra != EXTRA_FIX_ALL)
    return;
  entry->arena = job->arena;
  entry->all = job->all;
  job->arena = NULL;
}

static void after_work(uv_work_t *work, int status) {
  (void)status; // never cancelled by libuv: we do not ask it to
  Job *job = work->data;
  Extras *extras = job->extras;
  Document *document = job->entry ? job->entry->document : NULL;
  extras->running--;
  if (job->entry)
    take_over(job->entry, job);
  analysis_free(job->analysis);
  arena_free(job->arena);
  free(job->path);
  free(job);
  start_what_is_wanted(extras);
  if (document)
    extras->ready(extras->context, document);
}

static void start(Extras *extras, Entry *entry, uint32_t extra) {
  Job *job = memory_alloc(sizeof *job);
  *job = (Job){.extras = extras, .entry = entry, .extra = extra};
  job->analysis = analysis_ref(entry->analysis);
  job->path = entry->document->path ? strdup(entry->document->path) : NULL;
  job->work.data = job;
  entry->job = job;
  extras->running++;
  uv_queue_work(extras->loop, &job->work, work, after_work);
}

static void start_what_is_wanted(Extras *extras) {
  Entry *entry;
  DL_FOREACH(extras->entries, entry) {
    for (uint32_t i = 0; !entry->job && extras->running < MOST_JOBS && i < entry->extra_count; i++)
      if (entry->states[i] == EXTRA_WANTED)
        start(extras, entry, i);
  }
}

static void entry_free(Extras *extras, Entry *entry) {
  if (entry->job) {
    cancel_raise(&entry->job->cancel);
    entry->job->entry = NULL;
  }
  DL_DELETE(extras->entries, entry);
  analysis_free(entry->analysis);
  arena_free(entry->arena);
  arena_free(entry->test_arena);
  free(entry->states);
  free(entry);
}

static Entry *entry_new(Extras *extras, Document *document) {
  Entry *entry = memory_alloc(sizeof *entry);
  entry->document = document;
  entry->analysis = analysis_ref(document->analysis);
  uint32_t findings = analysis_finding_count(document->analysis);
  entry->extra_count = EXTRA_FIXES + 2 * findings;
  entry->test_arena = arena_new();
  entry->tests = ARENA_ARRAY(entry->test_arena, NewTest, findings);
  entry->states = memory_alloc(entry->extra_count);
  DL_APPEND(extras->entries, entry);
  return entry;
}

void extras_forget(Extras *extras, const Document *document) {
  Entry *entry;
  DL_SEARCH_SCALAR(extras->entries, entry, document, document);
  if (entry)
    entry_free(extras, entry);
}

// The entry of the document's present analysis.
static Entry *entry_of(Extras *extras, Document *document) {
  Entry *entry;
  DL_SEARCH_SCALAR(extras->entries, entry, document, document);
  if (entry && entry->analysis == document->analysis)
    return entry;
  if (entry)
    entry_free(extras, entry);
  return entry_new(extras, document);
}

static bool is_made(Extras *extras, Entry *entry, uint32_t extra) {
  if (entry->states[extra] == EXTRA_UNWANTED) {
    entry->states[extra] = EXTRA_WANTED;
    start_what_is_wanted(extras);
  }
  return entry->states[extra] == EXTRA_MADE;
}

bool extras_fixes(Extras *extras, Document *document, uint32_t finding, FixList *fixes) {
  Entry *entry = entry_of(extras, document);
  if (!is_made(extras, entry, EXTRA_FIXES + finding))
    return false;
  fixes->items = analysis_fixes(entry->analysis, finding, &fixes->count);
  return true;
}

bool extras_fix_all(Extras *extras, Document *document, FixAll *all) {
  Entry *entry = entry_of(extras, document);
  if (!is_made(extras, entry, EXTRA_FIX_ALL))
    return false;
  *all = entry->all;
  return true;
}

bool extras_shared(Extras *extras, Document *document, SharedList *shared) {
  Entry *entry = entry_of(extras, document);
  if (!is_made(extras, entry, EXTRA_SHARED))
    return false;
  shared->items = analysis_shared(entry->analysis, &shared->count);
  return true;
}

bool extras_stress_test(Extras *extras, Document *document, uint32_t finding, NewTest *test) {
  Entry *entry = entry_of(extras, document);
  if (!is_made(extras, entry, EXTRA_FIXES + analysis_finding_count(entry->analysis) + finding))
    return false;
  *test = entry->tests[finding];
  return true;
}

bool extras_audit(Extras *extras, Document *document) {
  return is_made(extras, entry_of(extras, document), EXTRA_AUDIT);
}
