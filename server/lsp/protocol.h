// The shapes of LSP's JSON (3.17): the only place that knows them.
//
// `protocol_read_…` functions take what a client sent and return false when it is not what the specification asks for;
// `error->text` then says what. What they give points into `params`, unless said otherwise. `protocol_write_…`
// functions return a new reference.
#ifndef RACEWISE_SERVER_LSP_PROTOCOL_H
#define RACEWISE_SERVER_LSP_PROTOCOL_H

#include "../document.h"
#include <jansson.h>

// What a client announced in `initialize`.
typedef struct Client {
  char name[64];      // "" when it does not say
  int64_t process_id; // 0 when it does not say
  TextEncoding encoding;
  bool related_information;
  bool code_description;
  bool diagnostic_data;
  bool pull_diagnostics;
  bool refresh_diagnostics;
  bool document_changes;
  bool disabled_actions;
  bool preferred_actions;
} Client;

typedef struct Range {
  TextPosition start, end;
} Range;

typedef struct OpenParams {
  const char *uri, *language_id, *text;
  size_t text_length;
  int64_t version;
} OpenParams;

typedef struct ChangeParams {
  const char *uri;
  int64_t version;
  bool has_version;
  const json_t *changes; // an array; each is read by `protocol_read_change`
} ChangeParams;

typedef struct Change {
  bool whole; // the text replaces the document
  Range range;
  const char *text;
  size_t text_length;
} Change;

typedef struct CodeActionParams {
  const char *uri;
  Range range;
  const json_t *diagnostics; // an array; NULL when the client sent none
  const json_t *only;        // an array of kinds; NULL for all
} CodeActionParams;

typedef struct PullParams {
  const char *uri, *previous_result_id; // the latter NULL when there is none
} PullParams;

bool protocol_read_client(json_t *params, Client *client, json_error_t *error);
bool protocol_read_document_uri(json_t *params, const char **uri, json_error_t *error);
bool protocol_read_open(json_t *params, OpenParams *open, json_error_t *error);
bool protocol_read_changes(json_t *params, ChangeParams *changes, json_error_t *error);
bool protocol_read_change(json_t *json, Change *change, json_error_t *error);
bool protocol_read_code_action(json_t *params, CodeActionParams *action, json_error_t *error);
bool protocol_read_pull(json_t *params, PullParams *pull, json_error_t *error);

// Whether a diagnostic that the client sent back is this finding.
bool protocol_is_diagnostic_of(json_t *diagnostic, const Finding *finding, const Text *text, TextEncoding encoding);

// The kind of all our code actions so far.
#define CODE_ACTION_QUICK_FIX "quickfix"

json_t *protocol_write_initialize_result(const Client *client);
json_t *protocol_write_diagnostic(const Client *client, const Document *document, const Finding *finding);
// Take over `items`.
json_t *protocol_write_publish(const char *uri, const int64_t *version, json_t *items);
json_t *protocol_write_full_report(const char *result_id, json_t *items); // `result_id` may be NULL
json_t *protocol_write_unchanged_report(const char *result_id);
// Takes over `diagnostics`.
json_t *protocol_write_quick_fix(const Client *client, const Document *document, const Fix *fix, json_t *diagnostics);

#endif
