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
  bool markdown_hover;
  bool apply_edit;
  bool configuration; // can be asked for settings
  bool registers_configuration, registers_watchers, registers_diagnostics;
  bool refresh_inlay_hints, refresh_code_lenses;
  bool progress;
  bool snippet_edits;
  bool change_annotations;
  bool disabled_actions;
  bool preferred_actions;
  bool resolves_edits;
  bool creates_files;
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
  bool automatic;            // nobody waits: the cursor has moved
} CodeActionParams;

typedef struct PositionParams {
  const char *uri;
  TextPosition position;
} PositionParams;

typedef struct CommandParams {
  const char *name;
  const char *text;      // the first argument, when it is a string; else NULL
  const char *word;      // the second, likewise
  TextPosition position; // the one behind these
  bool has_position;
} CommandParams;

typedef struct RangeParams {
  const char *uri;
  Range range;
} RangeParams;

// What a code action says of itself, for `codeAction/resolve`.
typedef struct ActionData {
  const char *uri;
  uint64_t generation; // of the document
  const char *kind;
  uint32_t finding; // its index
  const char *title;
} ActionData;

typedef struct PullParams {
  const char *uri, *previous_result_id; // the latter NULL when there is none
} PullParams;

bool protocol_read_client(json_t *params, Client *client, json_error_t *error);
bool protocol_read_document_uri(json_t *params, const char **uri, json_error_t *error);
bool protocol_read_position(json_t *params, PositionParams *at, json_error_t *error);
bool protocol_read_command(json_t *params, CommandParams *command, json_error_t *error);
bool protocol_read_range(json_t *params, RangeParams *asked, json_error_t *error);
bool protocol_read_open(json_t *params, OpenParams *open, json_error_t *error);
bool protocol_read_changes(json_t *params, ChangeParams *changes, json_error_t *error);
bool protocol_read_change(json_t *json, Change *change, json_error_t *error);
bool protocol_read_code_action(json_t *params, CodeActionParams *action, json_error_t *error);
// False too for an action that is not one of ours.
bool protocol_read_action_data(json_t *params, ActionData *data, json_error_t *error);
bool protocol_read_pull(json_t *params, PullParams *pull, json_error_t *error);

// Whether a diagnostic that the client sent back is this finding.
bool protocol_is_diagnostic_of(json_t *diagnostic, const Finding *finding, const Text *text, TextEncoding encoding);

// Where clients keep our settings.
#define SETTINGS_SECTION "racewise"

// The commands of `workspace/executeCommand`.
#define COMMAND_FIX_ALL "racewise.applyAllFixes"      // (uri): applies all safe fixes
#define COMMAND_EXPLAIN_RULE "racewise.explainRule"   // (name): what a rule is about, as Markdown
#define COMMAND_EXPLAIN_PLACE "racewise.explainPlace" // (uri, position): what a hover there says
#define COMMAND_AUDIT "racewise.audit"                // (uri): the audit, as Markdown
#define COMMAND_PROMPT "racewise.prompt"              // (uri, kind, position?): a prompt for an assistant, as Markdown
#define COMMAND_DEBUG_INFO "racewise.debugInfo"       // (): what a report of a problem should hold, as text

#define CODE_ACTION_QUICK_FIX "quickfix"
#define CODE_ACTION_FIX_ALL "source.fixAll.racewise"
#define FIX_ALL_TITLE "Apply all safe fixes of Racewise"
#define STRESS_TITLE "Generate a stress test"

json_t *protocol_write_position(const Text *text, uint32_t offset, TextEncoding encoding);
json_t *protocol_write_range(const Text *text, Span span, TextEncoding encoding);
// Text that a finding is told in. Should it hold anything but UTF-8, which JSON cannot, only its ASCII is kept.
json_t *protocol_write_string(const char *text);
json_t *protocol_write_initialize_result(const Client *client, bool whole_workspace);
// What the client is to tell us of: settings, configuration files, and source files for those who look at all of them.
json_t *protocol_write_registrations(const Client *client, bool whole_workspace);
// Those of the registrations that are others once the whole workspace is looked at, or no more, and, in
// `unregistrations`, what they take the place of. Both are empty for a client that takes none.
json_t *protocol_write_changed_registrations(const Client *client, bool whole_workspace, json_t **unregistrations);
json_t *protocol_write_diagnostic(const Client *client, const Document *document, const Finding *finding);
json_t *protocol_write_problem(const Client *client, const Document *document, const ConfigProblem *problem);
// Take over `items`.
json_t *protocol_write_publish(const char *uri, const int64_t *version, json_t *items);
json_t *protocol_write_full_report(const char *result_id, json_t *items); // `result_id` may be NULL
json_t *protocol_write_unchanged_report(const char *result_id);

// A change of one document.
typedef struct DocumentEdit {
  const TextEdit *edits; // in order of position
  uint32_t count;
  bool is_snippet;        // the text holds a snippet's marks; only where the client takes them
  const char *to_confirm; // what the user is asked to confirm, where the client can; NULL for nothing
} DocumentEdit;

// Versioned where the client can check the version, so that an edit for an older text is refused and not misapplied.
json_t *protocol_write_edit(const Client *client, const Document *document, DocumentEdit edit);

// A new file with a text; only where the client creates files.
json_t *protocol_write_new_file(const char *uri, const char *text);

typedef struct CodeAction {
  const char *title, *kind;
  const char *disabled; // the reason; NULL for an action that can be applied
  bool preferred;
  json_t *diagnostics, *edit, *data, *command; // taken over; NULL for none
} CodeAction;

json_t *protocol_write_code_action(const Client *client, CodeAction action);
json_t *protocol_write_action_data(const Document *document, uint32_t finding);

json_t *protocol_write_hover(const Client *client, const Document *document, const char *text, Span span);
// A hint at an offset, for a suspension in the middle of what the finding is about.
json_t *protocol_write_hint(const Client *client, const Document *document, uint32_t offset, const Finding *finding);
// The command that explains what is known at an offset.
json_t *protocol_write_explain(const Client *client, const Document *document, const char *title, uint32_t about);
// A lens whose command explains what is shared at the offset `about`.
json_t *protocol_write_lens(const Client *client, const Document *document, Span span, const char *title,
                            uint32_t about);
json_t *protocol_write_highlight(const Client *client, const Document *document, Span span, bool writes);

#endif
