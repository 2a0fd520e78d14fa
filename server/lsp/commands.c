// The commands of `workspace/executeCommand`.
#include "../manual.h"
#include "assist.h"
#include "handlers.h"
#include "known_place.h"
#include "waiting.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// --- All safe fixes ------------------------------------------------------------------------------------------------

static bool answer_fix_all(Session *session, Document *document, json_t *params, RpcRequest *request) {
  (void)params;
  FixAll all = {0};
  bool is_known = document && document->language != LANGUAGE_NONE;
  if (is_known && (!document_is_analysed(document) || !extras_fix_all(session->extras, document, &all)))
    return false;
  if (all.count > 0) {
    json_t *edit =
        protocol_write_edit(&session->client, document, (DocumentEdit){.edits = all.edits, .count = all.count});
    rpc_ask(session->rpc, "workspace/applyEdit", json_pack("{s:s, s:o}", "label", FIX_ALL_TITLE, "edit", edit), NULL,
            NULL);
  }
  rpc_succeed(request, NULL);
  return true;
}

static void fix_all(Session *session, const CommandParams *command, json_t *params, RpcRequest *request) {
  if (!session->client.apply_edit)
    rpc_fail(request, RPC_REQUEST_FAILED, "the client does not apply edits (workspace.applyEdit)");
  else
    waiting_answer(session, documents_find(&session->documents, command->text), answer_fix_all, params, request);
}

// --- Explanations --------------------------------------------------------------------------------------------------

static void explain_rule(Session *session, const CommandParams *command, json_t *params, RpcRequest *request) {
  (void)session, (void)params;
  const char *page = manual_page(command->text);
  if (page)
    rpc_succeed(request, json_string(page));
  else
    rpc_fail(request, RPC_INVALID_PARAMS, "there is no rule %s; see `racewise rules`", command->text);
}

// For those who click on a lens the explanation is shown; for those who ask it is the result.
static bool answer_explain_place(Session *session, Document *document, json_t *params, RpcRequest *request) {
  CommandParams command;
  json_error_t error;
  KnownPlace place = {0};
  bool is_known = document && document->language != LANGUAGE_NONE && protocol_read_command(params, &command, &error);
  if (is_known && !known_place(session, document, command.position, &place))
    return false;
  char *shown = is_known ? known_place_text(document, &place, false) : NULL;
  char *result = is_known ? known_place_text(document, &place, true) : NULL;
  if (shown)
    rpc_notify(session->rpc, "window/showMessage",
               json_pack("{s:i, s:o}", "type", 3, "message", protocol_write_string(shown)));
  rpc_succeed(request, result ? protocol_write_string(result) : NULL);
  free(shown);
  free(result);
  return true;
}

static void explain_place(Session *session, const CommandParams *command, json_t *params, RpcRequest *request) {
  waiting_answer(session, documents_find(&session->documents, command->text), answer_explain_place, params, request);
}

// --- What a report of a problem should hold ------------------------------------------------------------------------

static void print_documents(FILE *out, const Documents *documents) {
  Document *document, *next;
  HASH_ITER(hh, documents->first, document, next) {
    fprintf(out, "document: %s, %" PRIu32 " bytes", language_name(document->language), text_length(document->text));
    if (document_is_analysed(document))
      fprintf(out, ", %" PRIu32 " findings\n", analysis_finding_count(document->analysis));
    else
      fputs(document->language == LANGUAGE_NONE ? ", not analysed\n" : ", being analysed\n", out);
  }
}

static void debug_info(Session *session, const CommandParams *command, json_t *params, RpcRequest *request) {
  (void)command, (void)params;
  static const char *const ENCODINGS[] = {[TEXT_UTF8] = "utf-8", [TEXT_UTF16] = "utf-16", [TEXT_UTF32] = "utf-32"};
  const Client *client = &session->client;
  char *text;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  if (!out) {
    rpc_fail(request, RPC_INTERNAL_ERROR, "out of memory");
    return;
  }
  fprintf(out, "racewise %s\nclient: %s\npositions: %s\ndiagnostics: %s\n", RACEWISE_VERSION,
          client->name[0] ? client->name : "unnamed", ENCODINGS[client->encoding],
          client->pull_diagnostics ? "pulled" : "published");
  print_documents(out, &session->documents);
  fclose(out);
  rpc_succeed(request, protocol_write_string(text));
  free(text);
}

// --- The request ---------------------------------------------------------------------------------------------------

typedef enum Arguments { ARGUMENTS_NONE, ARGUMENTS_TEXT, ARGUMENTS_TEXT_POSITION } Arguments;

typedef struct Command {
  const char *name;
  Arguments arguments;
  void (*execute)(Session *session, const CommandParams *command, json_t *params, RpcRequest *request);
} Command;

static const Command COMMANDS[] = {
    {COMMAND_FIX_ALL, ARGUMENTS_TEXT, fix_all},
    {COMMAND_EXPLAIN_RULE, ARGUMENTS_TEXT, explain_rule},
    {COMMAND_EXPLAIN_PLACE, ARGUMENTS_TEXT_POSITION, explain_place},
    {COMMAND_AUDIT, ARGUMENTS_TEXT, assist_audit},
    {COMMAND_PROMPT, ARGUMENTS_TEXT, assist_prompt},
    {COMMAND_DEBUG_INFO, ARGUMENTS_NONE, debug_info},
};

static const Command *find_command(const char *name) {
  for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++)
    if (strcmp(COMMANDS[i].name, name) == 0)
      return &COMMANDS[i];
  return NULL;
}

void handle_execute_command(Session *session, json_t *params, RpcRequest *request) {
  CommandParams given;
  json_error_t error;
  if (!protocol_read_command(params, &given, &error)) {
    refuse_params(session, request, "workspace/executeCommand", &error);
    return;
  }
  const Command *command = find_command(given.name);
  if (!command)
    rpc_fail(request, RPC_INVALID_PARAMS, "there is no command %s", given.name);
  else if (command->arguments != ARGUMENTS_NONE && !given.text)
    rpc_fail(request, RPC_INVALID_PARAMS, "%s takes a string as its first argument", given.name);
  else if (command->arguments == ARGUMENTS_TEXT_POSITION && !given.has_position)
    rpc_fail(request, RPC_INVALID_PARAMS, "%s takes a position as its second argument", given.name);
  else
    command->execute(session, &given, params, request);
}
