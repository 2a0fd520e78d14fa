#include "handlers.h"

#include "../suppress.h"
#include "../uri.h"
#include "waiting.h"
#include <stdlib.h>
#include <string.h>

// --- Kinds ---------------------------------------------------------------------------------------------------------

// Kinds form a tree: a client that asks for "quickfix" wants "quickfix.x" too.
static bool kind_is_listed(const json_t *only, const char *kind) {
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

static bool kind_is_wanted(const json_t *only, const char *kind) {
  return !only || kind_is_listed(only, kind);
}

// --- What is asked about -------------------------------------------------------------------------------------------

// What one request asks about, in terms of the document's text, and the answer so far.
typedef struct Query {
  Session *session;
  Document *document;
  const CodeActionParams *params;
  Span span;
  json_t *actions;
  bool is_whole;     // nothing is still to be made
  bool has_safe_fix; // one of the actions is a safe fix
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

// The diagnostics that an action for the finding says it resolves.
static json_t *diagnostics_of(const Query *query, const Finding *finding, json_t *sent) {
  if (sent)
    return json_pack("[O]", sent);
  return json_pack("[o]", protocol_write_diagnostic(&query->session->client, query->document, finding));
}

static void add_action(Query *query, CodeAction action) {
  json_array_append_new(query->actions, protocol_write_code_action(&query->session->client, action));
}

// --- Fixes ---------------------------------------------------------------------------------------------------------

static json_t *fix_edit(const Session *session, const Document *document, const Fix *fix) {
  bool asks = !fix->safe && workspace_settings(&session->workspace, document->path)->confirm_unsafe_fixes;
  DocumentEdit edit = {.edits = fix->edits, .count = fix->edit_count, .to_confirm = asks ? fix->title : NULL};
  return protocol_write_edit(&session->client, document, edit);
}

static void add_fix(Query *query, uint32_t index, const Fix *fix, json_t *diagnostics) {
  const Client *client = &query->session->client;
  bool lazy = client->resolves_edits && !fix->disabled;
  add_action(query, (CodeAction){
                        .title = fix->title,
                        .kind = CODE_ACTION_QUICK_FIX,
                        .disabled = fix->disabled,
                        .preferred = fix->preferred && !fix->disabled,
                        .diagnostics = diagnostics,
                        .edit = lazy || fix->disabled ? NULL : fix_edit(query->session, query->document, fix),
                        .data = lazy ? protocol_write_action_data(query->document, index) : NULL,
                    });
  query->has_safe_fix |= fix_is_of_level(fix, FIX_SAFE);
}

typedef void Adder(Query *query, uint32_t index, const Finding *finding, json_t *sent);

static void add_fixes(Query *query, uint32_t index, const Finding *finding, json_t *sent) {
  FixList fixes;
  if (!extras_fixes(query->session->extras, query->document, index, &fixes)) {
    query->is_whole = false;
    return;
  }
  for (uint32_t i = 0; i < fixes.count; i++)
    if (!fixes.items[i].disabled || query->session->client.disabled_actions)
      add_fix(query, index, &fixes.items[i], diagnostics_of(query, finding, sent));
}

static void add_comment(Query *query, const Finding *finding, json_t *sent, DocumentEdit edit) {
  char title[128];
  snprintf(title, sizeof title, "Ignore %s here, with a reason", finding->rule);
  add_action(query, (CodeAction){
                        .title = title,
                        .kind = CODE_ACTION_QUICK_FIX,
                        .diagnostics = diagnostics_of(query, finding, sent),
                        .edit = protocol_write_edit(&query->session->client, query->document, edit),
                    });
}

static void add_suppression(Query *query, uint32_t index, const Finding *finding, json_t *sent) {
  (void)index;
  if (!suppress_can_hide(finding->rule))
    return;
  const Client *client = &query->session->client;
  bool snippet = client->snippet_edits && client->document_changes;
  const Text *text = query->document->text;
  Suppress suppress = {
      .syntax = analysis_syntax(query->document->analysis),
      .line = text_position(text, finding->span.start, TEXT_UTF8).line,
      .rules = finding->rule,
      .reason = snippet ? "${1:reason}" : "",
      .last = snippet ? "$0" : "",
  };
  TextEdit comment;
  Arena *arena = arena_new();
  if (suppress_edit(&suppress, arena, &comment))
    add_comment(query, finding, sent, (DocumentEdit){.edits = &comment, .count = 1, .is_snippet = snippet});
  arena_free(arena);
}

static void add_explanation(Query *query, uint32_t index, const Finding *finding, json_t *sent) {
  (void)index;
  static const char TITLE[] = "Explain this race";
  add_action(query, (CodeAction){
                        .title = TITLE,
                        .kind = CODE_ACTION_QUICK_FIX,
                        .diagnostics = diagnostics_of(query, finding, sent),
                        .command = protocol_write_explain(&query->session->client, query->document, TITLE,
                                                          finding->span.start),
                    });
}

static void add_for_what_is_meant(Query *query, Adder *add) {
  for (uint32_t i = 0; i < analysis_finding_count(query->document->analysis); i++) {
    const Finding *finding = analysis_finding(query->document->analysis, i);
    json_t *sent = find_diagnostic(query, finding);
    if (is_meant(query, finding, sent))
      add(query, i, finding, sent);
  }
}

// --- Stress tests --------------------------------------------------------------------------------------------------

// Written only when it is chosen, into a new file.
static void add_stress_test(Query *query, uint32_t index, const Finding *finding, json_t *sent) {
  const Client *client = &query->session->client;
  if (client->creates_files && client->resolves_edits && query->document->path && analysis_can_stress(finding))
    add_action(query, (CodeAction){.title = STRESS_TITLE,
                                   .kind = CODE_ACTION_QUICK_FIX,
                                   .diagnostics = diagnostics_of(query, finding, sent),
                                   .data = protocol_write_action_data(query->document, index)});
}

// False when it is still to be written.
static bool find_stress_test(Session *session, Document *document, uint32_t finding, json_t **edit) {
  NewTest test;
  if (!document->path || !analysis_can_stress(analysis_finding(document->analysis, finding)))
    return true;
  if (!extras_stress_test(session->extras, document, finding, &test))
    return false;
  char *uri = path_uri(test.path);
  *edit = protocol_write_new_file(uri, test.text);
  free(uri);
  return true;
}

// --- All safe fixes ------------------------------------------------------------------------------------------------

static json_t *fix_all_edit(const Client *client, const Document *document, FixAll all) {
  return protocol_write_edit(client, document, (DocumentEdit){.edits = all.edits, .count = all.count});
}

// Asked for by its kind: there is an action only if there is something to fix.
static void add_fix_all(Query *query) {
  FixAll all;
  if (!extras_fix_all(query->session->extras, query->document, &all))
    query->is_whole = false;
  else if (all.count > 0)
    add_action(query, (CodeAction){.title = FIX_ALL_TITLE,
                                   .kind = CODE_ACTION_FIX_ALL,
                                   .edit = fix_all_edit(&query->session->client, query->document, all)});
}

// In a menu of everything: where a safe fix is in it too, and made only when it is chosen.
static void add_fix_all_to_menu(Query *query) {
  if (query->has_safe_fix && query->session->client.resolves_edits)
    add_action(query, (CodeAction){.title = FIX_ALL_TITLE,
                                   .kind = CODE_ACTION_FIX_ALL,
                                   .data = protocol_write_action_data(query->document, 0)});
}

// --- The request ---------------------------------------------------------------------------------------------------

// Explanations and suppressions come last.
static void add_actions(Query *query) {
  const json_t *only = query->params->only;
  bool quick_fixes = kind_is_wanted(only, CODE_ACTION_QUICK_FIX);
  if (quick_fixes)
    add_for_what_is_meant(query, add_fixes);
  if (!only)
    add_fix_all_to_menu(query);
  else if (kind_is_listed(only, CODE_ACTION_FIX_ALL))
    add_fix_all(query);
  if (quick_fixes) {
    add_for_what_is_meant(query, add_stress_test);
    add_for_what_is_meant(query, add_explanation);
    add_for_what_is_meant(query, add_suppression);
  }
}

// Editors ask at every move of the cursor, where nobody waits: they get what is known by now. Whoever asks for a menu
// or for an action by its kind gets the whole answer.
static bool answer_query(Session *session, Document *document, const CodeActionParams *params, RpcRequest *request) {
  TextEncoding encoding = session->client.encoding;
  Span span = {text_offset(document->text, params->range.start, encoding),
               text_offset(document->text, params->range.end, encoding)};
  Query query = {session, document, params, span, json_array(), .is_whole = true};
  add_actions(&query);
  bool done = query.is_whole || (params->automatic && !params->only);
  if (done)
    rpc_succeed(request, query.actions);
  else
    json_decref(query.actions);
  return done;
}

static bool answer_code_action(Session *session, Document *document, json_t *params, RpcRequest *request) {
  CodeActionParams action;
  json_error_t error;
  if (document && document->language != LANGUAGE_NONE && protocol_read_code_action(params, &action, &error))
    return document_is_analysed(document) && answer_query(session, document, &action, request);
  rpc_succeed(request, json_array());
  return true;
}

void handle_code_action(Session *session, json_t *params, RpcRequest *request) {
  CodeActionParams action;
  json_error_t error;
  if (!protocol_read_code_action(params, &action, &error))
    refuse_params(session, request, "textDocument/codeAction", &error);
  else if (!kind_is_wanted(action.only, CODE_ACTION_QUICK_FIX) && !kind_is_wanted(action.only, CODE_ACTION_FIX_ALL))
    rpc_succeed(request, json_array());
  else
    waiting_answer(session, documents_find(&session->documents, action.uri), answer_code_action, params, request);
}

// --- Resolving -----------------------------------------------------------------------------------------------------

// The edit of an action that was offered. False when it is still to be made; `*edit` is NULL where there is none.
static bool find_edit(Session *session, Document *document, const ActionData *data, json_t **edit) {
  *edit = NULL;
  FixAll all;
  FixList fixes;
  if (strcmp(data->kind, CODE_ACTION_FIX_ALL) == 0) {
    if (!extras_fix_all(session->extras, document, &all))
      return false;
    *edit = fix_all_edit(&session->client, document, all);
    return true;
  }
  if (data->finding >= analysis_finding_count(document->analysis))
    return true;
  if (strcmp(data->title, STRESS_TITLE) == 0)
    return find_stress_test(session, document, data->finding, edit);
  if (!extras_fixes(session->extras, document, data->finding, &fixes))
    return false;
  for (uint32_t i = 0; i < fixes.count && !*edit; i++)
    if (!fixes.items[i].disabled && strcmp(fixes.items[i].title, data->title) == 0)
      *edit = fix_edit(session, document, &fixes.items[i]);
  return true;
}

static bool answer_resolve(Session *session, Document *document, json_t *params, RpcRequest *request) {
  ActionData data;
  json_error_t error;
  json_t *edit = NULL;
  bool is_current = document && document->language != LANGUAGE_NONE &&
                    protocol_read_action_data(params, &data, &error) && data.generation == document->generation;
  if (is_current && (!document_is_analysed(document) || !find_edit(session, document, &data, &edit)))
    return false;
  if (!edit) {
    rpc_fail(request, RPC_CONTENT_MODIFIED, "the document has changed since this action was offered");
    return true;
  }
  json_t *action = json_copy(params);
  json_object_set_new(action, "edit", edit);
  rpc_succeed(request, action);
  return true;
}

void handle_resolve_code_action(Session *session, json_t *params, RpcRequest *request) {
  ActionData data;
  json_error_t error;
  if (json_is_object(json_object_get(params, "edit")) || json_is_object(json_object_get(params, "command")))
    rpc_succeed(request, json_incref(params)); // it was offered with all that it does
  else if (!protocol_read_action_data(params, &data, &error))
    refuse_params(session, request, "codeAction/resolve", &error);
  else
    waiting_answer(session, documents_find(&session->documents, data.uri), answer_resolve, params, request);
}
