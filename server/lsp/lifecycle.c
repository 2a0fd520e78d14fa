#include "handlers.h"
#include "publish.h"
#include "waiting.h"
#include "whole_workspace.h"
#include <string.h>

static Trace read_trace(const json_t *json) {
  static const char *const NAMES[] = {[TRACE_OFF] = "off", [TRACE_MESSAGES] = "messages", [TRACE_VERBOSE] = "verbose"};
  const char *name = json_string_value(json);
  for (int i = TRACE_OFF; name && i <= TRACE_VERBOSE; i++)
    if (strcmp(name, NAMES[i]) == 0)
      return (Trace)i;
  return TRACE_OFF;
}

void handle_set_trace(Session *session, json_t *params, RpcRequest *request) {
  (void)request;
  session->trace = read_trace(json_object_get(params, "value"));
}

void handle_initialize(Session *session, json_t *params, RpcRequest *request) {
  json_error_t error;
  if (!protocol_read_client(params, &session->client, &error)) {
    refuse_params(session, request, "initialize", &error);
    return;
  }
  session->lifecycle = LIFECYCLE_RUNNING;
  session->trace = read_trace(json_object_get(params, "trace"));
  workspace_start(&session->workspace, params, session->log);
  log_write(session->log, LOG_INFO, "the client is %s", session->client.name[0] ? session->client.name : "unnamed");
  session->announced_whole = session->workspace.settings.whole_workspace;
  rpc_succeed(request, protocol_write_initialize_result(&session->client, session->announced_whole));
  if (session->client.process_id != 0)
    session->host.watch_process(session->host.context, session->client.process_id);
}

void handle_shutdown(Session *session, json_t *params, RpcRequest *request) {
  (void)params;
  session->lifecycle = LIFECYCLE_SHUT_DOWN;
  waiting_fail_all(session, "the server is shutting down");
  whole_workspace_end(session);
  rpc_succeed(request, NULL);
}

void handle_exit(Session *session, json_t *params, RpcRequest *request) {
  (void)params;
  (void)request;
  session->host.leave(session->host.context);
}

void handle_nothing(Session *session, json_t *params, RpcRequest *request) {
  (void)session;
  (void)params;
  (void)request;
}

int session_exit_status(const Session *session) {
  return session->lifecycle == LIFECYCLE_SHUT_DOWN ? 0 : 1;
}

void session_end(Session *session) {
  waiting_fail_all(session, "the server is shutting down");
  whole_workspace_end(session);
  Document *document, *next;
  HASH_ITER(hh, session->documents.first, document, next) {
    scheduler_forget(session->scheduler, document);
    extras_forget(session->extras, document);
    publish_forget(document);
    documents_close(&session->documents, document);
  }
  workspace_done(&session->workspace);
  configs_free(session->configs);
}
