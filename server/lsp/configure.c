#include "configure.h"

#include "base/arena.h"
#include "handlers.h"
#include "publish.h"

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
  if (!document->path)
    return;
  if (document->language == LANGUAGE_NONE) {
    if (config_is_file(document->path))
      check_content(session, document);
    return;
  }
  Config *settings = session->editor_config ? config_ref(session->editor_config) : NULL;
  const Config *before = document->config;
  documents_configure(&session->documents, document, configs_find(session->configs, document->path), settings);
  if (document->config != before)
    tell_problems(session, document);
}

void configure_all(Session *session) {
  Document *document, *next;
  HASH_ITER(hh, session->documents.first, document, next) {
    if (document->language == LANGUAGE_NONE)
      continue;
    uint64_t generation = document->generation;
    configure_document(session, document);
    if (document->generation == generation)
      continue;
    extras_forget(session->extras, document);
    scheduler_update(session->scheduler, document);
  }
}

void handle_did_save(Session *session, json_t *params, RpcRequest *request) {
  (void)params;
  (void)request;
  configure_all(session);
}

void handle_did_change_watched_files(Session *session, json_t *params, RpcRequest *request) {
  (void)params;
  (void)request;
  configure_all(session);
}
