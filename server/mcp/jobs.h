// Requests that take their time: made on the pool, while the loop answers others. A client may take one back, and hears
// how far one is.
//
// A job is begun and ended on the loop; its work runs on a thread of the pool, and there the functions of the second
// part are for it alone.
#ifndef RACEWISE_SERVER_MCP_JOBS_H
#define RACEWISE_SERVER_MCP_JOBS_H

#include "../rpc/loop.h"
#include "../rpc/rpc.h"
#include "base/cancel.h"
#include <stdint.h>

typedef struct Jobs Jobs;
typedef struct Job Job;

enum { JOB_LIMIT = 1000 }; // at once, most of them waiting for a thread

// Calls `settled`, unless that is NULL, whenever the last job has ended.
Jobs *jobs_new(Loop *loop, Rpc *rpc, void (*settled)(void *context), void *context);
// When none is left. The memory goes when the loop has run once more. NULL is allowed.
void jobs_free(Jobs *jobs);

bool jobs_idle(const Jobs *jobs);
bool jobs_full(const Jobs *jobs);

// What a request asks for.
typedef struct JobTask {
  void *context;
  void (*work)(void *context, Job *job); // on the pool; not called where the request is taken back before
  void (*done)(void *context);           // on the loop: answers the request
  RpcRequest *request;
  json_t *progress_token; // of a client that wants to hear how far it is; borrowed, NULL for none
} JobTask;

void jobs_start(Jobs *jobs, const JobTask *task); // not when full
void jobs_look_for_cancelled(Jobs *jobs);         // stops the jobs whose requests are cancelled (`rpc_cancelled`)
void jobs_cancel_all(Jobs *jobs);

// --- On the pool

Cancel *job_cancel(Job *job);

// Tells that step `step` begins, from 1 on and each higher than the last, of `total`; 0 where that is not known yet.
void job_progress(Job *job, uint32_t step, uint32_t total, const char *message);

#endif
