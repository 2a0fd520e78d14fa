#include "configure.h"

#include "base/arena.h"
#include "handlers.h"
#include "publish.h"
#include "whole_workspace.h"

// One message for a configuration, however many documents go by it.
static bool is_known(const Session *session, const Document *except, const Config *config) {
  Document *document, *next;
  HASH_ITER(hh, session->documents.first, document, next) {
    if (document != except && document->config == config)
      return true;
  }
  return false;
}

static void tell_problems(Session *session, const Document *document) {
  if (!document->config || !config_problem_count(document->config) || is_known(session, document, document->config))
    return;
  enum { MESSAGE_ERROR = 1 };
  Arena *arena = arena_new();
  const char *message =
      arena_printf(arena, "Racewise goes by its defaults. %s", config_complaint(document->config, arena));
  rpc_notify(session->rpc, "window/showMessage", json_pack("{s:i, s:s}", "type", MESSAGE_ERROR, "message", message));
  arena_free(arena);
}

// A configuration file's own text, as it is typed.
static void check_content(Session *session, Document *document) {
  config_free(document->content);
  document->content = config_read(document->path, text_bytes(document->text), text_length(document->text));
  publish_findings(session, document);
}

void configure_document(Session *session, Document *document) {
  if (document->language == LANGUAGE_NONE) {
    if (document->path && config_is_file(document->path))
      check_content(session, document);
    return;
  }
  Config *said = workspace_settings(&session->workspace, document->path)->config;
  Config *settings = said ? config_ref(said) : NULL;
  const Config *before = document->config;
  Config *found = document->path ? configs_find(session->configs, document->path) : NULL;
  documents_configure(&session->documents, document, found, settings);
  if (document->config != before)
    tell_problems(session, document);
}

// A client that pulls does not know that it should.
static void ask_to_pull(Session *session) {
  if (session->client.pull_diagnostics && session->client.refresh_diagnostics)
    rpc_ask(session->rpc, "workspace/diagnostic/refresh", NULL, NULL, NULL);
}

void configure_all(Session *session) {
  bool changed = false;
  Document *document, *next;
  HASH_ITER(hh, session->documents.first, document, next) {
    if (document->language == LANGUAGE_NONE)
      continue;
    uint64_t generation = document->generation;
    configure_document(session, document);
    if (document->generation == generation)
      continue;
    changed = true;
    extras_forget(session->extras, document);
    scheduler_update(session->scheduler, document);
  }
  if (changed)
    ask_to_pull(session);
}

// Whether a message that names files names one that may hold a configuration.
static bool names_config(const json_t *params) {
  const json_t *changes = json_object_get(params, "changes");
  const char *saved = json_string_value(json_object_get(json_object_get(params, "textDocument"), "uri"));
  for (size_t i = 0; i < json_array_size(changes); i++) {
    const char *uri = json_string_value(json_object_get(json_array_get(changes, i), "uri"));
    if (uri && config_is_file(uri))
      return true;
  }
  return saved && config_is_file(saved);
}

void handle_did_save(Session *session, json_t *params, RpcRequest *request) {
  (void)request;
  configure_all(session);
  whole_workspace_touch(session, names_config(params));
}

void handle_did_change_watched_files(Session *session, json_t *params, RpcRequest *request) {
  handle_did_save(session, params, request);
}
