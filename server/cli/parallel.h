// Work on many items on several threads, its results handed out in order.
#ifndef RACEWISE_CLI_PARALLEL_H
#define RACEWISE_CLI_PARALLEL_H

#include <stdbool.h>
#include <stdint.h>

typedef struct ParallelTask {
  // Runs on any thread, several at a time; the result is the receiver's.
  void *(*work)(void *context, uint32_t index);
  // Runs on the calling thread, in order of index.
  void (*deliver)(void *context, uint32_t index, void *result);
  void *context;
} ParallelTask;

// Does the items 0 to `count` - 1 on `jobs` threads (on the calling one when that is 1 or no thread can be started).
// At most 16 results a thread wait for their delivery, so that memory grows with `jobs` and not with `count`.
void parallel_run(const ParallelTask *task, uint32_t count, uint32_t jobs);

// How many threads the machine runs at once; at least 1.
uint32_t parallel_jobs(void);

#endif
