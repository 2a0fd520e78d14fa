#include "assist.h"

#include "../audit/document.h"
#include "../prompt/prompt.h"
#include "waiting.h"
#include <stdlib.h>
#include <string.h>
#include <utlist.h>

// What people call the document: its path, in the folder that they opened where it is in one.
static const char *name_of(const Session *session, const Document *document) {
  const char *path = document->path ? document->path : document->uri;
  const Folder *folder;
  DL_FOREACH(session->workspace.folders, folder) {
    size_t length = folder->path ? strlen(folder->path) : 0;
    if (length && strncmp(path, folder->path, length) == 0 && path[length] == '/')
      return path + length + 1;
  }
  return path;
}

static bool answer_audit(Session *session, Document *document, json_t *params, RpcRequest *request) {
  (void)params;
  bool is_known = document && document->language != LANGUAGE_NONE;
  if (is_known && (!document_is_analysed(document) || !extras_audit(session->extras, document)))
    return false;
  char *text = is_known ? audit_markdown(name_of(session, document), document->analysis) : NULL;
  rpc_succeed(request, text ? protocol_write_string(text) : NULL);
  free(text);
  return true;
}

void assist_audit(Session *session, const CommandParams *command, json_t *params, RpcRequest *request) {
  waiting_answer(session, documents_find(&session->documents, command->text), answer_audit, params, request);
}

static bool read_kind(const char *word, PromptKind *kind) {
  const char *name;
  for (int i = 0; (name = prompt_kind_name(i)); i++)
    if (strcmp(name, word) == 0) {
      *kind = (PromptKind)i;
      return true;
    }
  return false;
}

static const char *templates_of(Session *session, const Document *document, Arena *arena) {
  const Settings *settings = workspace_settings(&session->workspace, document->path);
  const char *chosen = config_prompts(settings->config, arena);
  if (chosen || !document->path)
    return chosen;
  Config *config = configs_find(session->configs, document->path);
  const char *folder = config_prompts(config, arena);
  folder = folder ? arena_copy(arena, folder, strlen(folder)) : NULL;
  config_free(config);
  return folder;
}

static void write_prompt(Session *session, Document *document, const CommandParams *command, PromptKind kind,
                         RpcRequest *request) {
  Arena *arena = arena_new();
  AuditSubject subject = audit_subject(name_of(session, document), document->analysis, arena);
  subject.templates = templates_of(session, document, arena);
  uint32_t offset = text_offset(document->text, command->position, session->client.encoding);
  PromptRequest wanted = {.kind = kind,
                          .subject = &subject,
                          .language = document->language,
                          .line = command->has_position ? audit_line(&subject, (Span){offset, offset}) : 0};
  const char *problem, *text = prompt_make(&wanted, arena, &problem);
  if (text)
    rpc_succeed(request, protocol_write_string(text));
  else
    rpc_fail(request, RPC_REQUEST_FAILED, "%s", problem);
  arena_free(arena);
}

static bool answer_prompt(Session *session, Document *document, json_t *params, RpcRequest *request) {
  CommandParams command;
  json_error_t error;
  PromptKind kind;
  bool is_known = document && document->language != LANGUAGE_NONE && protocol_read_command(params, &command, &error) &&
                  read_kind(command.word, &kind);
  if (is_known && (!document_is_analysed(document) || !extras_audit(session->extras, document)))
    return false;
  if (is_known)
    write_prompt(session, document, &command, kind, request);
  else
    rpc_succeed(request, NULL);
  return true;
}

void assist_prompt(Session *session, const CommandParams *command, json_t *params, RpcRequest *request) {
  PromptKind kind;
  if (!command->word || !read_kind(command->word, &kind))
    rpc_fail(request, RPC_INVALID_PARAMS, "%s takes write, audit, fix or test as its second argument", command->name);
  else
    waiting_answer(session, documents_find(&session->documents, command->text), answer_prompt, params, request);
}
