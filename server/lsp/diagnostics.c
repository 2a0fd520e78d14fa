#include "handlers.h"
#include "publish.h"
#include "waiting.h"
#include "whole_workspace.h"

static bool answer_pull(Session *session, Document *document, json_t *params, RpcRequest *request) {
  PullParams pull;
  json_error_t error;
  if (document && document->language != LANGUAGE_NONE && !document_is_analysed(document))
    return false;
  if (!document || !protocol_read_pull(params, &pull, &error))
    rpc_succeed(request, protocol_write_full_report(NULL, json_array()));
  else
    rpc_succeed(request, publish_report(session, document, pull.previous_result_id));
  return true;
}

void handle_pull_diagnostics(Session *session, json_t *params, RpcRequest *request) {
  PullParams pull;
  json_error_t error;
  if (!protocol_read_pull(params, &pull, &error))
    refuse_params(session, request, "textDocument/diagnostic", &error);
  else
    waiting_answer(session, documents_find(&session->documents, pull.uri), answer_pull, params, request);
}

void session_analysed(void *context, Document *document) {
  Session *session = context;
  if (session->lifecycle != LIFECYCLE_RUNNING)
    return;
  publish_findings(session, document);
  waiting_wake(session, document, false);
}

void session_made(void *context, Document *document) {
  waiting_wake(context, document, false);
}

void session_resume(Session *session) {
  publish_held_back(session);
  whole_workspace_resume(session);
}
