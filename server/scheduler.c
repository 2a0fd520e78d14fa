#include "scheduler.h"
#include "base/arena.h"
#include <stdlib.h>
#include <utlist.h>
#include <uv.h>

typedef struct Run {
  uv_work_t work;
  Scheduler *scheduler;
  Document *document; // NULL once forgotten
  Snapshot *snapshot;
  Cancel cancel;
  struct Run *prev, *next;
} Run;

struct Scheduler {
  Loop *loop;
  SchedulerReady *ready;
  void *context;
  Run *runs; // as many as documents that are being analysed: few
};

Scheduler *scheduler_new(Loop *loop, SchedulerReady *ready, void *context) {
  Scheduler *scheduler = memory_alloc(sizeof *scheduler);
  *scheduler = (Scheduler){.loop = loop, .ready = ready, .context = context};
  return scheduler;
}

void scheduler_free(Scheduler *scheduler) {
  free(scheduler);
}

bool scheduler_idle(const Scheduler *scheduler) {
  return !scheduler->runs;
}

static Run *find_run(const Scheduler *scheduler, const Document *document) {
  Run *run;
  DL_SEARCH_SCALAR(scheduler->runs, run, document, document);
  return run;
}

static void work(uv_work_t *request) {
  Run *run = request->data;
  snapshot_run(run->snapshot, &run->cancel);
}

static void start(Scheduler *scheduler, Document *document);

static void after_work(uv_work_t *request, int status) {
  (void)status; // never cancelled by libuv: we do not ask it to
  Run *run = request->data;
  Scheduler *scheduler = run->scheduler;
  Document *document = run->document;
  bool ready = document && document_accept(document, run->snapshot);
  DL_DELETE(scheduler->runs, run);
  snapshot_free(run->snapshot);
  free(run);
  if (document && !document_is_settled(document))
    start(scheduler, document);
  if (ready)
    scheduler->ready(scheduler->context, document);
}

static void start(Scheduler *scheduler, Document *document) {
  Run *run = memory_alloc(sizeof *run);
  run->scheduler = scheduler;
  run->document = document;
  run->snapshot = snapshot_new(document);
  run->work.data = run;
  DL_APPEND(scheduler->runs, run);
  uv_queue_work(scheduler->loop, &run->work, work, after_work);
}

void scheduler_update(Scheduler *scheduler, Document *document) {
  Run *run = find_run(scheduler, document);
  if (run)
    cancel_raise(&run->cancel);
  else if (!document_is_settled(document))
    start(scheduler, document);
}

void scheduler_forget(Scheduler *scheduler, const Document *document) {
  Run *run = find_run(scheduler, document);
  if (!run)
    return;
  cancel_raise(&run->cancel);
  run->document = NULL;
}
