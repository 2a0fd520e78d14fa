#include "handlers.h"
#include "waiting.h"
#include <string.h>

// Kinds form a tree: a client that asks for "quickfix" wants "quickfix.x" too.
static bool kind_is_wanted(const json_t *only, const char *kind) {
  if (!only)
    return true;
  size_t index;
  json_t *json;
  json_array_foreach(only, index, json) {
    const char *wanted = json_string_value(json);
    size_t length = wanted ? strlen(wanted) : 0;
    if (wanted &&
        (length == 0 || (strncmp(kind, wanted, length) == 0 && (kind[length] == '\0' || kind[length] == '.'))))
      return true;
  }
  return false;
}

// What one request asks about, in terms of the document's text.
typedef struct Query {
  Session *session;
  Document *document;
  const CodeActionParams *params;
  Span span;
} Query;

// The client's own diagnostic for the finding; NULL when it sent none.
static json_t *find_diagnostic(const Query *query, const Finding *finding) {
  size_t index;
  json_t *json;
  json_array_foreach(query->params->diagnostics, index, json) {
    if (protocol_is_diagnostic_of(json, finding, query->document->text, query->session->client.encoding))
      return json;
  }
  return NULL;
}

// A finding is meant when the range touches it or the client names it: some send the cursor as the range and the
// diagnostics of the whole line.
static bool is_meant(const Query *query, const Finding *finding, const json_t *diagnostic) {
  return diagnostic || (query->span.start <= finding->span.end && finding->span.start <= query->span.end);
}

static void add_fixes(const Query *query, uint32_t index, json_t *actions) {
  const Client *client = &query->session->client;
  const Finding *finding = analysis_finding(query->document->analysis, index);
  json_t *diagnostic = find_diagnostic(query, finding);
  if (!is_meant(query, finding, diagnostic))
    return;
  json_t *own = diagnostic ? json_incref(diagnostic) : protocol_write_diagnostic(client, query->document, finding);
  uint32_t count;
  const Fix *fixes = analysis_fixes(query->document->analysis, index, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (fixes[i].disabled && !client->disabled_actions)
      continue;
    json_t *diagnostics = json_pack("[O]", own);
    json_array_append_new(actions, protocol_write_quick_fix(client, query->document, &fixes[i], diagnostics));
  }
  json_decref(own);
}

static json_t *quick_fixes(Session *session, Document *document, const CodeActionParams *params) {
  TextEncoding encoding = session->client.encoding;
  Span span = {text_offset(document->text, params->range.start, encoding),
               text_offset(document->text, params->range.end, encoding)};
  Query query = {session, document, params, span};
  json_t *actions = json_array();
  for (uint32_t i = 0; i < analysis_finding_count(document->analysis); i++)
    add_fixes(&query, i, actions);
  return actions;
}

static void answer_code_action(Session *session, Document *document, json_t *params, RpcRequest *request) {
  CodeActionParams action;
  json_error_t error;
  if (!document || !document_is_analysed(document) || !protocol_read_code_action(params, &action, &error))
    rpc_succeed(request, json_array());
  else
    rpc_succeed(request, quick_fixes(session, document, &action));
}

void handle_code_action(Session *session, json_t *params, RpcRequest *request) {
  CodeActionParams action;
  json_error_t error;
  if (!protocol_read_code_action(params, &action, &error))
    refuse_params(session, request, "textDocument/codeAction", &error);
  else if (!kind_is_wanted(action.only, CODE_ACTION_QUICK_FIX))
    rpc_succeed(request, json_array());
  else
    waiting_answer(session, documents_find(&session->documents, action.uri), answer_code_action, params, request);
}
