#include "jobs.h"
#include "base/arena.h"
#include <stdio.h>
#include <stdlib.h>
#include <utlist.h>
#include <uv.h>

typedef struct Progress {
  uint32_t step, total;
  char message[100];
} Progress;

struct Job {
  uv_work_t work;
  Jobs *jobs;
  JobTask task;
  Cancel cancel;
  Progress progress; // under the lock of the jobs
  uint32_t told;     // the last step that the client was told of
  Job *prev, *next;
};

struct Jobs {
  Loop *loop;
  Rpc *rpc;
  void (*settled)(void *context);
  void *context;
  Job *items;
  uint32_t count;
  uv_async_t moved; // some job has made progress
  uv_mutex_t lock;
};

static void on_moved(uv_async_t *handle);

Jobs *jobs_new(Loop *loop, Rpc *rpc, void (*settled)(void *context), void *context) {
  Jobs *jobs = memory_alloc(sizeof *jobs);
  *jobs = (Jobs){.loop = loop, .rpc = rpc, .settled = settled, .context = context};
  if (uv_async_init(loop, &jobs->moved, on_moved) < 0 || uv_mutex_init(&jobs->lock) < 0)
    abort(); // out of memory, or of file descriptors before anything is open
  jobs->moved.data = jobs;
  return jobs;
}

static void on_closed(uv_handle_t *handle) {
  Jobs *jobs = handle->data;
  uv_mutex_destroy(&jobs->lock);
  free(jobs);
}

void jobs_free(Jobs *jobs) {
  if (jobs)
    uv_close((uv_handle_t *)&jobs->moved, on_closed);
}

bool jobs_idle(const Jobs *jobs) {
  return jobs->count == 0;
}

bool jobs_full(const Jobs *jobs) {
  return jobs->count >= JOB_LIMIT;
}

// --- Progress ------------------------------------------------------------------------------------------------------

static void tell_progress(Job *job) {
  Jobs *jobs = job->jobs;
  uv_mutex_lock(&jobs->lock);
  Progress progress = job->progress;
  uv_mutex_unlock(&jobs->lock);
  if (!job->task.progress_token || progress.step == job->told || rpc_cancelled(job->task.request))
    return;
  job->told = progress.step;
  json_t *params = json_pack("{s:O, s:I, s:s}", "progressToken", job->task.progress_token, "progress",
                             (json_int_t)progress.step, "message", progress.message);
  if (progress.total)
    json_object_set_new(params, "total", json_integer(progress.total));
  rpc_notify(jobs->rpc, "notifications/progress", params);
}

static void on_moved(uv_async_t *handle) {
  Jobs *jobs = handle->data;
  Job *job;
  DL_FOREACH(jobs->items, job) {
    tell_progress(job);
  }
}

void job_progress(Job *job, uint32_t step, uint32_t total, const char *message) {
  Progress progress = {step, total, ""};
  snprintf(progress.message, sizeof progress.message, "%s", message);
  uv_mutex_lock(&job->jobs->lock);
  job->progress = progress;
  uv_mutex_unlock(&job->jobs->lock);
  uv_async_send(&job->jobs->moved);
}

// --- Beginning and end ---------------------------------------------------------------------------------------------

static void work(uv_work_t *request) {
  Job *job = request->data;
  if (!cancel_raised(&job->cancel))
    job->task.work(job->task.context, job);
}

static void after_work(uv_work_t *request, int status) {
  (void)status; // cancelled or not, the request is answered
  Job *job = request->data;
  Jobs *jobs = job->jobs;
  tell_progress(job);
  job->task.done(job->task.context);
  DL_DELETE(jobs->items, job);
  jobs->count--;
  json_decref(job->task.progress_token);
  free(job);
  if (jobs->count == 0 && jobs->settled)
    jobs->settled(jobs->context);
}

void jobs_start(Jobs *jobs, const JobTask *task) {
  Job *job = memory_alloc(sizeof *job);
  job->work.data = job;
  job->jobs = jobs;
  job->task = *task;
  json_incref(job->task.progress_token);
  DL_APPEND(jobs->items, job);
  jobs->count++;
  uv_queue_work(jobs->loop, &job->work, work, after_work);
}

static void cancel(Job *job) {
  cancel_raise(&job->cancel);
  uv_cancel((uv_req_t *)&job->work); // fails for one that has begun, which looks at the flag
}

void jobs_look_for_cancelled(Jobs *jobs) {
  Job *job;
  DL_FOREACH(jobs->items, job) {
    if (rpc_cancelled(job->task.request))
      cancel(job);
  }
}

void jobs_cancel_all(Jobs *jobs) {
  Job *job;
  DL_FOREACH(jobs->items, job) {
    cancel(job);
  }
}

Cancel *job_cancel(Job *job) {
  return &job->cancel;
}
