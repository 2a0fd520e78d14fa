#include "configure.h"
#include "handlers.h"
#include "publish.h"
#include "waiting.h"
#include "whole_workspace.h"
#include <string.h>
#include <strings.h>

// A notebook's cell is a piece of a program; alone it means nothing.
static bool is_notebook_cell(const char *uri) {
  return strncasecmp(uri, "vscode-notebook-cell:", strlen("vscode-notebook-cell:")) == 0;
}

// The editor's word counts; the name decides where an editor has its own name for the language, and about JSX, of which
// some editors do not tell.
static Language language_of(const OpenParams *open) {
  if (is_notebook_cell(open->uri))
    return LANGUAGE_NONE;
  Language told = language_of_id(open->language_id), named = language_of_path(open->uri);
  bool unknown = told == LANGUAGE_NONE || (told == LANGUAGE_TYPESCRIPT && named == LANGUAGE_TSX);
  return unknown ? named : told;
}

static void close_document(Session *session, Document *document) {
  whole_workspace_closing(session, document);
  scheduler_forget(session->scheduler, document);
  extras_forget(session->extras, document);
  waiting_wake(session, document, true);
  publish_clear(session, document);
  documents_close(&session->documents, document);
}

void handle_did_open(Session *session, json_t *params, RpcRequest *request) {
  OpenParams open;
  json_error_t error;
  if (!protocol_read_open(params, &open, &error)) {
    refuse_params(session, request, "textDocument/didOpen", &error);
    return;
  }
  Document *document = documents_find(&session->documents, open.uri);
  if (document) {
    log_write(session->log, LOG_WARNING, "%s was opened twice: taking the new text", open.uri);
    close_document(session, document);
  }
  Text *text = text_new(open.text, open.text_length);
  document = documents_open(&session->documents, open.uri, language_of(&open), open.version, text);
  configure_document(session, document);
  scheduler_update(session->scheduler, document);
}

static Text *apply_change(const Text *text, const Change *change, TextEncoding encoding) {
  if (change->whole)
    return text_new(change->text, change->text_length);
  Span span = {text_offset(text, change->range.start, encoding), text_offset(text, change->range.end, encoding)};
  return text_edit(text, (TextEdit){span, change->text, (uint32_t)change->text_length});
}

// The text after all changes, each of which is told in terms of the text before it. Changes that cannot be read are
// left out: the next whole text puts things right.
static Text *apply_changes(Session *session, Text *text, const json_t *changes) {
  text = text_ref(text);
  size_t index;
  json_t *json;
  json_array_foreach(changes, index, json) {
    Change change;
    json_error_t error;
    if (!protocol_read_change(json, &change, &error)) {
      refuse_params(session, NULL, "a change in textDocument/didChange", &error);
      continue;
    }
    Text *changed = apply_change(text, &change, session->client.encoding);
    text_unref(text);
    text = changed;
  }
  return text;
}

void handle_did_change(Session *session, json_t *params, RpcRequest *request) {
  ChangeParams changes;
  json_error_t error;
  if (!protocol_read_changes(params, &changes, &error)) {
    refuse_params(session, request, "textDocument/didChange", &error);
    return;
  }
  Document *document = documents_find(&session->documents, changes.uri);
  if (!document) {
    log_write(session->log, LOG_WARNING, "ignoring a change of %s, which is not open", changes.uri);
    return;
  }
  if (changes.has_version && changes.version <= document->version)
    log_write(session->log, LOG_WARNING, "%s changes from version %lld to %lld", changes.uri,
              (long long)document->version, (long long)changes.version);
  int64_t version = changes.has_version ? changes.version : document->version;
  Text *text = apply_changes(session, document->text, changes.changes);
  documents_change(&session->documents, document, version, text);
  configure_document(session, document);
  extras_forget(session->extras, document);
  scheduler_update(session->scheduler, document);
}

void handle_did_close(Session *session, json_t *params, RpcRequest *request) {
  const char *uri;
  json_error_t error;
  if (!protocol_read_document_uri(params, &uri, &error)) {
    refuse_params(session, request, "textDocument/didClose", &error);
    return;
  }
  Document *document = documents_find(&session->documents, uri);
  if (!document) {
    log_write(session->log, LOG_WARNING, "ignoring that %s is closed: it is not open", uri);
    return;
  }
  close_document(session, document);
  whole_workspace_touch(session, false);
}
