#include "waiting.h"
#include "base/arena.h"
#include <stdlib.h>
#include <utlist.h>

struct WaitingRequest {
  Document *document;
  Answer *answer;
  json_t *params;
  RpcRequest *request;
  WaitingRequest *prev, *next;
};

void waiting_answer(Session *session, Document *document, Answer *answer, json_t *params, RpcRequest *request) {
  if (answer(session, document, params, request))
    return;
  WaitingRequest *waiting = memory_alloc(sizeof *waiting);
  *waiting = (WaitingRequest){document, answer, json_incref(params), request, NULL, NULL};
  DL_APPEND(session->waiting, waiting);
}

static void remove_waiting(Session *session, WaitingRequest *waiting) {
  DL_DELETE(session->waiting, waiting);
  json_decref(waiting->params);
  free(waiting);
}

static bool try_again(Session *session, const WaitingRequest *waiting, bool closed) {
  if (!rpc_cancelled(waiting->request))
    return waiting->answer(session, closed ? NULL : waiting->document, waiting->params, waiting->request);
  rpc_succeed(waiting->request, NULL);
  return true;
}

void waiting_wake(Session *session, Document *document, bool closed) {
  WaitingRequest *waiting, *next;
  DL_FOREACH_SAFE(session->waiting, waiting, next) {
    if (waiting->document == document && try_again(session, waiting, closed))
      remove_waiting(session, waiting);
  }
}

void waiting_fail_all(Session *session, const char *reason) {
  WaitingRequest *waiting, *next;
  DL_FOREACH_SAFE(session->waiting, waiting, next) {
    rpc_fail(waiting->request, RPC_REQUEST_FAILED, "%s", reason);
    remove_waiting(session, waiting);
  }
}
