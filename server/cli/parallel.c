#include "parallel.h"

#include "../../analysis/base/arena.h"
#include <stdlib.h>
#include <uv.h>

enum { WAITING_PER_JOB = 16, MOST_JOBS = 256 };

typedef struct Slot {
  void *result;
  bool ready;
} Slot;

typedef struct Crew {
  const ParallelTask *task;
  uv_mutex_t mutex;
  uv_cond_t room;  // an item was delivered
  uv_cond_t ready; // a result is there
  Slot *slots;     // a ring of `window`: item i is in slot i % window
  uint32_t window, count, next, delivered;
} Crew;

static bool take(Crew *crew, uint32_t *index) {
  uv_mutex_lock(&crew->mutex);
  while (crew->next < crew->count && crew->next - crew->delivered >= crew->window)
    uv_cond_wait(&crew->room, &crew->mutex);
  bool taken = crew->next < crew->count;
  if (taken)
    *index = crew->next++;
  uv_mutex_unlock(&crew->mutex);
  return taken;
}

static void put(Crew *crew, uint32_t index, void *result) {
  uv_mutex_lock(&crew->mutex);
  crew->slots[index % crew->window] = (Slot){result, true};
  if (index == crew->delivered)
    uv_cond_signal(&crew->ready);
  uv_mutex_unlock(&crew->mutex);
}

static void work(void *argument) {
  Crew *crew = argument;
  uint32_t index;
  while (take(crew, &index))
    put(crew, index, crew->task->work(crew->task->context, index));
}

static void *receive(Crew *crew, uint32_t index) {
  Slot *slot = &crew->slots[index % crew->window];
  uv_mutex_lock(&crew->mutex);
  while (!slot->ready)
    uv_cond_wait(&crew->ready, &crew->mutex);
  void *result = slot->result;
  slot->ready = false;
  crew->delivered++;
  uv_cond_broadcast(&crew->room);
  uv_mutex_unlock(&crew->mutex);
  return result;
}

static void run_alone(const ParallelTask *task, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    task->deliver(task->context, i, task->work(task->context, i));
}

static void run_crew(Crew *crew, uint32_t jobs) {
  uv_thread_t threads[MOST_JOBS];
  uint32_t started = 0;
  while (started < jobs && !uv_thread_create(&threads[started], work, crew))
    started++;
  if (!started)
    run_alone(crew->task, crew->count);
  for (uint32_t i = 0; started && i < crew->count; i++)
    crew->task->deliver(crew->task->context, i, receive(crew, i));
  for (uint32_t i = 0; i < started; i++)
    uv_thread_join(&threads[i]);
}

static bool open_crew(Crew *crew) {
  if (uv_mutex_init(&crew->mutex))
    return false;
  if (!uv_cond_init(&crew->room)) {
    if (!uv_cond_init(&crew->ready))
      return true;
    uv_cond_destroy(&crew->room);
  }
  uv_mutex_destroy(&crew->mutex);
  return false;
}

static void close_crew(Crew *crew) {
  uv_cond_destroy(&crew->ready);
  uv_cond_destroy(&crew->room);
  uv_mutex_destroy(&crew->mutex);
}

void parallel_run(const ParallelTask *task, uint32_t count, uint32_t jobs) {
  jobs = jobs > MOST_JOBS ? MOST_JOBS : jobs > count ? count : jobs;
  Crew crew = {.task = task, .count = count, .window = jobs * WAITING_PER_JOB};
  if (jobs <= 1 || !open_crew(&crew)) {
    run_alone(task, count);
    return;
  }
  crew.slots = memory_alloc(crew.window * sizeof *crew.slots);
  run_crew(&crew, jobs);
  free(crew.slots);
  close_crew(&crew);
}

uint32_t parallel_jobs(void) {
  unsigned jobs = uv_available_parallelism();
  return jobs < 1 ? 1 : jobs > MOST_JOBS ? MOST_JOBS : jobs;
}
