#include "client_process.h"
#include "base/arena.h"
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <uv.h>

enum { ASK_MILLISECONDS = 3000 };

struct ClientProcess {
  pid_t id;
  int descriptor; // Linux's handle on a process, readable when it ends; -1 without
  uv_poll_t poll;
  uv_timer_t timer;
  int open_handles;
  void (*died)(void *context);
  void *context;
};

static int open_process(pid_t id) {
#ifdef SYS_pidfd_open
  return (int)syscall(SYS_pidfd_open, id, 0);
#else
  (void)id;
  errno = ENOSYS;
  return -1;
#endif
}

static void tell(ClientProcess *process) {
  uv_timer_stop(&process->timer);
  if (process->descriptor >= 0)
    uv_poll_stop(&process->poll);
  process->died(process->context);
}

static void on_readable(uv_poll_t *poll, int status, int events) {
  (void)events;
  if (status == 0)
    tell(poll->data);
}

static void on_timer(uv_timer_t *timer) {
  ClientProcess *process = timer->data;
  if (kill(process->id, 0) < 0 && errno == ESRCH)
    tell(process);
}

ClientProcess *client_process_watch(Loop *loop, int64_t id, void (*died)(void *context), void *context) {
  ClientProcess *process = memory_alloc(sizeof *process);
  process->id = id > 0 && id <= INT_MAX ? (pid_t)id : INT_MAX; // beyond what a process may have: it does not exist
  process->died = died;
  process->context = context;
  process->open_handles = 1;
  uv_timer_init(loop, &process->timer);
  process->timer.data = process;
  process->descriptor = open_process(process->id);
  if (process->descriptor < 0) {
    uv_timer_start(&process->timer, on_timer, 0, ASK_MILLISECONDS);
    return process;
  }
  process->open_handles++;
  uv_poll_init(loop, &process->poll, process->descriptor);
  process->poll.data = process;
  uv_poll_start(&process->poll, UV_READABLE, on_readable);
  return process;
}

static void on_closed(uv_handle_t *handle) {
  ClientProcess *process = handle->data;
  if (--process->open_handles > 0)
    return;
  if (process->descriptor >= 0)
    close(process->descriptor);
  free(process);
}

void client_process_free(ClientProcess *process) {
  if (!process)
    return;
  uv_close((uv_handle_t *)&process->timer, on_closed);
  if (process->descriptor >= 0)
    uv_close((uv_handle_t *)&process->poll, on_closed);
}
