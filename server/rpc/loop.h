// The event loop that the server's handles live on: libuv's, for those who need to know no more of it.
#ifndef RACEWISE_SERVER_RPC_LOOP_H
#define RACEWISE_SERVER_RPC_LOOP_H

typedef struct uv_loop_s Loop;

// NULL when the system gives none; the reason is then in `*error`.
Loop *loop_new(const char **error);
// Only when no handle is left. NULL is allowed.
void loop_free(Loop *loop);

// Until `loop_stop`, or until no handle is left.
void loop_run(Loop *loop);
void loop_stop(Loop *loop);

#endif
