// Analyses open documents on libuv's thread pool.
//
// At most one run per document is under way. A document that changes meanwhile raises its flag, and the newest text is
// run as soon as the worker lets go: nothing ever waits behind an outdated text, and there is no fixed delay.
#ifndef RACEWISE_SERVER_SCHEDULER_H
#define RACEWISE_SERVER_SCHEDULER_H

#include "document.h"
#include "rpc/loop.h"

typedef struct Scheduler Scheduler;

// Called on the loop when a document has an analysis of its present text; again when that one has been settled.
typedef void SchedulerReady(void *context, Document *document);

Scheduler *scheduler_new(Loop *loop, SchedulerReady *ready, void *context);
// Only when idle.
void scheduler_free(Scheduler *scheduler);

// The document is new or has changed.
void scheduler_update(Scheduler *scheduler, Document *document);
// The document is about to be closed: its run is cancelled and its result dropped.
void scheduler_forget(Scheduler *scheduler, const Document *document);

// No run is under way.
bool scheduler_idle(const Scheduler *scheduler);

#endif
