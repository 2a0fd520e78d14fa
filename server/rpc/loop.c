#include "loop.h"
#include "base/arena.h"
#include <stdlib.h>
#include <uv.h>

Loop *loop_new(const char **error) {
  uv_loop_t *loop = memory_alloc(sizeof *loop);
  int status = uv_loop_init(loop);
  if (status == 0)
    return loop;
  *error = uv_strerror(status);
  free(loop);
  return NULL;
}

void loop_free(Loop *loop) {
  if (!loop)
    return;
  uv_loop_close(loop);
  free(loop);
}

void loop_run(Loop *loop) {
  uv_run(loop, UV_RUN_DEFAULT);
}

void loop_stop(Loop *loop) {
  uv_stop(loop);
}
