#include "handlers.h"
#include <stdlib.h>
#include <string.h>

// Which states of the lifecycle a method is for.
typedef enum Gate { GATE_STARTING, GATE_RUNNING, GATE_ALWAYS } Gate;

typedef struct Method {
  const char *name;
  bool is_request;
  Gate gate;
  Handler *handle;
} Method;

static const Method METHODS[] = {
    {"initialize", true, GATE_STARTING, handle_initialize},
    {"initialized", false, GATE_RUNNING, handle_initialized},
    {"shutdown", true, GATE_RUNNING, handle_shutdown},
    {"$/setTrace", false, GATE_RUNNING, handle_set_trace},
    {"exit", false, GATE_ALWAYS, handle_exit},
    {"textDocument/didOpen", false, GATE_RUNNING, handle_did_open},
    {"textDocument/didChange", false, GATE_RUNNING, handle_did_change},
    {"textDocument/didClose", false, GATE_RUNNING, handle_did_close},
    {"textDocument/didSave", false, GATE_RUNNING, handle_did_save},
    {"textDocument/willSave", false, GATE_RUNNING, handle_nothing},
    {"textDocument/diagnostic", true, GATE_RUNNING, handle_pull_diagnostics},
    {"textDocument/codeAction", true, GATE_RUNNING, handle_code_action},
    {"codeAction/resolve", true, GATE_RUNNING, handle_resolve_code_action},
    {"textDocument/hover", true, GATE_RUNNING, handle_hover},
    {"textDocument/documentHighlight", true, GATE_RUNNING, handle_highlight},
    {"textDocument/inlayHint", true, GATE_RUNNING, handle_inlay_hints},
    {"textDocument/codeLens", true, GATE_RUNNING, handle_code_lenses},
    {"workspace/executeCommand", true, GATE_RUNNING, handle_execute_command},
    {"workspace/didChangeConfiguration", false, GATE_RUNNING, handle_did_change_configuration},
    {"workspace/diagnostic", true, GATE_RUNNING, handle_workspace_diagnostic},
    {"workspace/didChangeWorkspaceFolders", false, GATE_RUNNING, handle_did_change_folders},
    {"workspace/didChangeWatchedFiles", false, GATE_RUNNING, handle_did_change_watched_files},
};

// Tells a client that traces what has arrived, with its parameters where it wants every word.
static void trace(Session *session, const char *name, const json_t *params, bool is_request) {
  if (session->trace == TRACE_OFF)
    return;
  json_t *told =
      json_pack("{s:o}", "message", json_sprintf("received the %s %s", is_request ? "request" : "notification", name));
  if (session->trace == TRACE_VERBOSE && params) {
    char *text = json_dumps(params, JSON_COMPACT | JSON_ENCODE_ANY);
    json_object_set_new(told, "verbose", json_string(text ? text : ""));
    free(text);
  }
  rpc_notify(session->rpc, "$/logTrace", told);
}

static const Method *find_method(const char *name, bool is_request) {
  for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++)
    if (METHODS[i].is_request == is_request && strcmp(METHODS[i].name, name) == 0)
      return &METHODS[i];
  return NULL;
}

static void handle_notification(Session *session, const char *name, json_t *params) {
  const Method *method = find_method(name, false);
  if (!method && strncmp(name, "$/", 2) != 0)
    log_write(session->log, LOG_INFO, "ignoring the notification %s: it is not known here", name);
  if (method && (method->gate == GATE_ALWAYS || session->lifecycle == LIFECYCLE_RUNNING))
    method->handle(session, params, NULL);
}

static void handle_request(Session *session, const char *name, json_t *params, RpcRequest *request) {
  const Method *method = find_method(name, true);
  bool is_first = method && method->gate == GATE_STARTING;
  if (session->lifecycle == LIFECYCLE_STARTING && !is_first)
    rpc_fail(request, RPC_SERVER_NOT_INITIALIZED, "%s came before initialize", name);
  else if (session->lifecycle == LIFECYCLE_SHUT_DOWN)
    rpc_fail(request, RPC_INVALID_REQUEST, "%s came after shutdown", name);
  else if (!method)
    rpc_fail(request, RPC_METHOD_NOT_FOUND, "the method %s is not known here", name);
  else if (session->lifecycle == LIFECYCLE_RUNNING && is_first)
    rpc_fail(request, RPC_INVALID_REQUEST, "%s came a second time", name);
  else
    method->handle(session, params, request);
}

void session_handle(Session *session, const char *name, json_t *params, RpcRequest *request) {
  trace(session, name, params, request != NULL);
  if (request)
    handle_request(session, name, params, request);
  else
    handle_notification(session, name, params);
}

void refuse_params(Session *session, RpcRequest *request, const char *method, const json_error_t *error) {
  if (request)
    rpc_fail(request, RPC_INVALID_PARAMS, "the parameters of %s are wrong: %s", method, error->text);
  else
    log_write(session->log, LOG_WARNING, "ignoring %s, whose parameters are wrong: %s", method, error->text);
}
