#include "fixer.h"
#include "base/arena.h"
#include "line_diff.h"
#include <stdlib.h>
#include <utlist.h>
#include <uv.h>

enum { MOST_JOBS = 2 };

typedef enum FixState { FIX_UNWANTED, FIX_WANTED, FIX_MADE } FixState;

// What is known of the fixes of one document's analysis.
typedef struct Bench {
  Document *document;
  Analysis *analysis;
  uint32_t finding_count;
  uint8_t *states; // FixState by finding, and behind them that of all fixes together
  Arena *arena;    // of `all`; NULL before that is made
  FixAll all;
  struct Job *job; // under way; NULL for none
  struct Bench *prev, *next;
} Bench;

// One finding's fixes being made, or all together.
typedef struct Job {
  uv_work_t work;
  Fixer *fixer;
  Bench *bench; // NULL once nobody waits for it
  Analysis *analysis;
  uint32_t item; // index into the bench's states
  bool is_all;
  Arena *arena;
  FixAll all;
  Cancel cancel;
} Job;

struct Fixer {
  Loop *loop;
  FixerReady *ready;
  void *context;
  Bench *benches; // as many as documents whose fixes somebody asked for: few
  int running;
};

Fixer *fixer_new(Loop *loop, FixerReady *ready, void *context) {
  Fixer *fixer = memory_alloc(sizeof *fixer);
  *fixer = (Fixer){.loop = loop, .ready = ready, .context = context};
  return fixer;
}

void fixer_free(Fixer *fixer) {
  free(fixer);
}

bool fixer_idle(const Fixer *fixer) {
  return fixer->running == 0;
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

static void work(uv_work_t *work) {
  Job *job = work->data;
  if (job->is_all)
    make_all(job);
  else
    analysis_make_fixes(job->analysis, job->item, &job->cancel);
}

// --- On the loop ---------------------------------------------------------------------------------------------------

static void start_what_is_wanted(Fixer *fixer);

static void take_over(Bench *bench, Job *job) {
  bench->job = NULL;
  bench->states[job->item] = FIX_MADE;
  if (!job->is_all)
    return;
  bench->arena = job->arena;
  bench->all = job->all;
  job->arena = NULL;
}

static void after_work(uv_work_t *work, int status) {
  (void)status; // never cancelled by libuv: we do not ask it to
  Job *job = work->data;
  Fixer *fixer = job->fixer;
  Document *document = job->bench ? job->bench->document : NULL;
  fixer->running--;
  if (job->bench)
    take_over(job->bench, job);
  analysis_free(job->analysis);
  arena_free(job->arena);
  free(job);
  start_what_is_wanted(fixer);
  if (document)
    fixer->ready(fixer->context, document);
}

static void start(Fixer *fixer, Bench *bench, uint32_t item) {
  Job *job = memory_alloc(sizeof *job);
  *job = (Job){.fixer = fixer, .bench = bench, .item = item, .is_all = item == bench->finding_count};
  job->analysis = analysis_ref(bench->analysis);
  job->work.data = job;
  bench->job = job;
  fixer->running++;
  uv_queue_work(fixer->loop, &job->work, work, after_work);
}

static void start_what_is_wanted(Fixer *fixer) {
  Bench *bench;
  DL_FOREACH(fixer->benches, bench) {
    for (uint32_t i = 0; !bench->job && fixer->running < MOST_JOBS && i <= bench->finding_count; i++)
      if (bench->states[i] == FIX_WANTED)
        start(fixer, bench, i);
  }
}

static void bench_free(Fixer *fixer, Bench *bench) {
  if (bench->job) {
    cancel_raise(&bench->job->cancel);
    bench->job->bench = NULL;
  }
  DL_DELETE(fixer->benches, bench);
  analysis_free(bench->analysis);
  arena_free(bench->arena);
  free(bench->states);
  free(bench);
}

static Bench *bench_new(Fixer *fixer, Document *document) {
  Bench *bench = memory_alloc(sizeof *bench);
  bench->document = document;
  bench->analysis = analysis_ref(document->analysis);
  bench->finding_count = analysis_finding_count(document->analysis);
  bench->states = memory_alloc(bench->finding_count + 1);
  DL_APPEND(fixer->benches, bench);
  return bench;
}

void fixer_forget(Fixer *fixer, const Document *document) {
  Bench *bench;
  DL_SEARCH_SCALAR(fixer->benches, bench, document, document);
  if (bench)
    bench_free(fixer, bench);
}

// The bench of the document's present analysis.
static Bench *bench_of(Fixer *fixer, Document *document) {
  Bench *bench;
  DL_SEARCH_SCALAR(fixer->benches, bench, document, document);
  if (bench && bench->analysis == document->analysis)
    return bench;
  if (bench)
    bench_free(fixer, bench);
  return bench_new(fixer, document);
}

static bool is_made(Fixer *fixer, Bench *bench, uint32_t item) {
  if (bench->states[item] == FIX_UNWANTED) {
    bench->states[item] = FIX_WANTED;
    start_what_is_wanted(fixer);
  }
  return bench->states[item] == FIX_MADE;
}

bool fixer_fixes(Fixer *fixer, Document *document, uint32_t finding, FixList *fixes) {
  Bench *bench = bench_of(fixer, document);
  if (!is_made(fixer, bench, finding))
    return false;
  fixes->items = analysis_fixes(bench->analysis, finding, &fixes->count);
  return true;
}

bool fixer_fix_all(Fixer *fixer, Document *document, FixAll *all) {
  Bench *bench = bench_of(fixer, document);
  if (!is_made(fixer, bench, bench->finding_count))
    return false;
  *all = bench->all;
  return true;
}
