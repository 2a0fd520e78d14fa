#include "protocol.h"
#include <stdio.h>
#include <string.h>

// --- Capabilities --------------------------------------------------------------------------------------------------

// The member at a path such as "textDocument/codeAction"; NULL when any part is missing.
static const json_t *member(const json_t *json, const char *path) {
  while (json && *path) {
    size_t length = strcspn(path, "/");
    json = json_object_getn(json, path, length);
    path += length + (path[length] == '/');
  }
  return json;
}

static bool announces(const json_t *capabilities, const char *path) {
  return json_is_true(member(capabilities, path));
}

// Whether an array of strings at a path holds one of them.
static bool lists(const json_t *capabilities, const char *path, const char *wanted) {
  size_t index;
  const json_t *array = member(capabilities, path);
  for (index = 0; index < json_array_size(array); index++) {
    const char *value = json_string_value(json_array_get(array, index));
    if (value && strcmp(value, wanted) == 0)
      return true;
  }
  return false;
}

// LSP 3.18 lets a client announce these for pulled diagnostics apart from published ones.
static bool announces_for_diagnostics(const json_t *capabilities, const char *name) {
  return announces(member(capabilities, "textDocument/publishDiagnostics"), name) ||
         announces(member(capabilities, "textDocument/diagnostic"), name);
}

static bool read_encoding(const char *name, TextEncoding *encoding) {
  static const char *const NAMES[] = {[TEXT_UTF8] = "utf-8", [TEXT_UTF16] = "utf-16", [TEXT_UTF32] = "utf-32"};
  for (int i = TEXT_UTF8; i <= TEXT_UTF32; i++) {
    if (!name || strcmp(name, NAMES[i]) != 0)
      continue;
    *encoding = (TextEncoding)i;
    return true;
  }
  return false;
}

// UTF-8 if the client offers it, since it costs nothing to convert; else what it likes best; UTF-16 if it does not say.
static TextEncoding choose_encoding(const json_t *offered) {
  TextEncoding chosen = TEXT_UTF16;
  for (size_t i = json_array_size(offered); i-- > 0;) {
    TextEncoding encoding;
    if (!read_encoding(json_string_value(json_array_get(offered, i)), &encoding))
      continue;
    if (encoding == TEXT_UTF8)
      return TEXT_UTF8;
    chosen = encoding;
  }
  return chosen;
}

bool protocol_read_client(json_t *params, Client *client, json_error_t *error) {
  json_t *process_id = NULL, *capabilities;
  if (json_unpack_ex(params, error, 0, "{s?o, s:o}", "processId", &process_id, "capabilities", &capabilities) < 0)
    return false;
  if (!json_is_object(capabilities)) {
    snprintf(error->text, sizeof error->text, "capabilities must be an object");
    return false;
  }
  *client = (Client){
      .process_id = json_integer_value(process_id),
      .encoding = choose_encoding(member(capabilities, "general/positionEncodings")),
      .related_information = announces_for_diagnostics(capabilities, "relatedInformation"),
      .code_description = announces_for_diagnostics(capabilities, "codeDescriptionSupport"),
      .diagnostic_data = announces_for_diagnostics(capabilities, "dataSupport"),
      .pull_diagnostics = json_is_object(member(capabilities, "textDocument/diagnostic")),
      .refresh_diagnostics = announces(capabilities, "workspace/diagnostics/refreshSupport"),
      .document_changes = announces(capabilities, "workspace/workspaceEdit/documentChanges"),
      .markdown_hover = lists(capabilities, "textDocument/hover/contentFormat", "markdown"),
      .apply_edit = announces(capabilities, "workspace/applyEdit"),
      .configuration = announces(capabilities, "workspace/configuration"),
      .registers_configuration = announces(capabilities, "workspace/didChangeConfiguration/dynamicRegistration"),
      .registers_watchers = announces(capabilities, "workspace/didChangeWatchedFiles/dynamicRegistration"),
      .registers_diagnostics = announces(capabilities, "textDocument/diagnostic/dynamicRegistration"),
      .refresh_inlay_hints = announces(capabilities, "workspace/inlayHint/refreshSupport"),
      .refresh_code_lenses = announces(capabilities, "workspace/codeLens/refreshSupport"),
      .progress = announces(capabilities, "window/workDoneProgress"),
      .snippet_edits = announces(capabilities, "workspace/workspaceEdit/snippetEditSupport"),
      .change_annotations = member(capabilities, "workspace/workspaceEdit/changeAnnotationSupport") != NULL,
      .resolves_edits = announces(capabilities, "textDocument/codeAction/dataSupport") &&
                        lists(capabilities, "textDocument/codeAction/resolveSupport/properties", "edit"),
      .creates_files = announces(capabilities, "workspace/workspaceEdit/documentChanges") &&
                       lists(capabilities, "workspace/workspaceEdit/resourceOperations", "create"),
      .disabled_actions = announces(capabilities, "textDocument/codeAction/disabledSupport"),
      .preferred_actions = announces(capabilities, "textDocument/codeAction/isPreferredSupport"),
  };
  const char *name = json_string_value(member(params, "clientInfo/name"));
  snprintf(client->name, sizeof client->name, "%s", name ? name : "");
  return true;
}

// --- Places --------------------------------------------------------------------------------------------------------

// LSP's uinteger goes to 2^31 - 1, but clients say "to the end" with larger numbers too.
static bool read_uinteger(json_int_t value, uint32_t *result) {
  if (value < 0)
    return false;
  *result = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
  return true;
}

static bool read_position(json_t *json, TextPosition *position, json_error_t *error) {
  json_int_t line, character;
  if (json_unpack_ex(json, error, 0, "{s:I, s:I}", "line", &line, "character", &character) < 0)
    return false;
  if (read_uinteger(line, &position->line) && read_uinteger(character, &position->column))
    return true;
  snprintf(error->text, sizeof error->text, "a position's line and character must not be negative");
  return false;
}

static bool is_after(TextPosition a, TextPosition b) {
  return a.line > b.line || (a.line == b.line && a.column > b.column);
}

// A range that runs backwards is turned round.
static bool read_range(json_t *json, Range *range, json_error_t *error) {
  json_t *start, *end;
  if (json_unpack_ex(json, error, 0, "{s:o, s:o}", "start", &start, "end", &end) < 0)
    return false;
  if (!read_position(start, &range->start, error) || !read_position(end, &range->end, error))
    return false;
  if (is_after(range->start, range->end))
    *range = (Range){range->end, range->start};
  return true;
}

// --- Text synchronisation ------------------------------------------------------------------------------------------

bool protocol_read_document_uri(json_t *params, const char **uri, json_error_t *error) {
  return json_unpack_ex(params, error, 0, "{s:{s:s}}", "textDocument", "uri", uri) == 0;
}

bool protocol_read_position(json_t *params, PositionParams *at, json_error_t *error) {
  json_t *position;
  return json_unpack_ex(params, error, 0, "{s:{s:s}, s:o}", "textDocument", "uri", &at->uri, "position", &position) ==
             0 &&
         read_position(position, &at->position, error);
}

bool protocol_read_command(json_t *params, CommandParams *command, json_error_t *error) {
  json_t *arguments = NULL;
  json_error_t ignored;
  if (json_unpack_ex(params, error, 0, "{s:s, s?o}", "command", &command->name, "arguments", &arguments) < 0)
    return false;
  command->text = json_string_value(json_array_get(arguments, 0));
  command->word = json_string_value(json_array_get(arguments, 1));
  json_t *position = json_array_get(arguments, command->word ? 2 : 1);
  command->has_position = read_position(position, &command->position, &ignored);
  return true;
}

bool protocol_read_range(json_t *params, RangeParams *asked, json_error_t *error) {
  json_t *range;
  return json_unpack_ex(params, error, 0, "{s:{s:s}, s:o}", "textDocument", "uri", &asked->uri, "range", &range) == 0 &&
         read_range(range, &asked->range, error);
}

bool protocol_read_open(json_t *params, OpenParams *open, json_error_t *error) {
  json_int_t version = 0;
  if (json_unpack_ex(params, error, 0, "{s:{s:s, s:s, s?I, s:s%}}", "textDocument", "uri", &open->uri, "languageId",
                     &open->language_id, "version", &version, "text", &open->text, &open->text_length) < 0)
    return false;
  open->version = version;
  return true;
}

bool protocol_read_changes(json_t *params, ChangeParams *changes, json_error_t *error) {
  json_t *version = NULL, *array;
  if (json_unpack_ex(params, error, 0, "{s:{s:s, s?o}, s:o}", "textDocument", "uri", &changes->uri, "version", &version,
                     "contentChanges", &array) < 0)
    return false;
  if (!json_is_array(array)) {
    snprintf(error->text, sizeof error->text, "contentChanges must be an array");
    return false;
  }
  changes->has_version = json_is_integer(version);
  changes->version = json_integer_value(version);
  changes->changes = array;
  return true;
}

bool protocol_read_change(json_t *json, Change *change, json_error_t *error) {
  json_t *range = NULL;
  if (json_unpack_ex(json, error, 0, "{s?o, s:s%}", "range", &range, "text", &change->text, &change->text_length) < 0)
    return false;
  change->whole = !range || json_is_null(range);
  return change->whole || read_range(range, &change->range, error);
}

// --- Requests ------------------------------------------------------------------------------------------------------

bool protocol_read_code_action(json_t *params, CodeActionParams *action, json_error_t *error) {
  json_t *range, *diagnostics = NULL, *only = NULL, *trigger = NULL;
  if (json_unpack_ex(params, error, 0, "{s:{s:s}, s:o, s:{s?o, s?o, s?o}}", "textDocument", "uri", &action->uri,
                     "range", &range, "context", "diagnostics", &diagnostics, "only", &only, "triggerKind",
                     &trigger) < 0)
    return false;
  action->automatic = json_integer_value(trigger) == 2;
  action->diagnostics = json_is_array(diagnostics) ? diagnostics : NULL;
  action->only = json_is_array(only) ? only : NULL;
  return read_range(range, &action->range, error);
}

bool protocol_read_action_data(json_t *params, ActionData *data, json_error_t *error) {
  json_int_t generation, finding;
  if (json_unpack_ex(params, error, 0, "{s:s, s:s, s:{s:s, s:I, s:I}}", "title", &data->title, "kind", &data->kind,
                     "data", "uri", &data->uri, "generation", &generation, "finding", &finding) < 0)
    return false;
  data->generation = (uint64_t)generation;
  data->finding = finding >= 0 && finding < UINT32_MAX ? (uint32_t)finding : UINT32_MAX;
  return true;
}

bool protocol_read_pull(json_t *params, PullParams *pull, json_error_t *error) {
  json_t *previous = NULL;
  if (json_unpack_ex(params, error, 0, "{s:{s:s}, s?o}", "textDocument", "uri", &pull->uri, "previousResultId",
                     &previous) < 0)
    return false;
  pull->previous_result_id = json_string_value(previous);
  return true;
}

bool protocol_is_diagnostic_of(json_t *diagnostic, const Finding *finding, const Text *text, TextEncoding encoding) {
  const char *code = NULL;
  json_t *json_range = NULL;
  json_error_t error;
  Range range;
  if (json_unpack(diagnostic, "{s:s, s:o}", "code", &code, "range", &json_range) < 0 || !code ||
      strcmp(code, finding->rule) != 0 || !read_range(json_range, &range, &error))
    return false;
  return text_offset(text, range.start, encoding) <= finding->span.end &&
         text_offset(text, range.end, encoding) >= finding->span.start;
}
