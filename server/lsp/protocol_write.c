#include "base/arena.h"
#include "protocol.h"
#include <stdlib.h>
#include <string.h>

// Registrations by the ids that we give them.
#define CONFIGURATION_ID "configuration"
#define WATCHERS_ID "files"
#define DIAGNOSTICS_ID "diagnostics"

// With an id, and a selector that leaves it to the client which documents these are, they can be unregistered although
// `initialize` has brought them.
static json_t *write_diagnostic_options(const Client *client, bool whole_workspace) {
  json_t *options = json_pack("{s:s, s:b, s:b}", "identifier", "racewise", "interFileDependencies", 0,
                              "workspaceDiagnostics", whole_workspace);
  if (client->registers_diagnostics)
    json_object_update_new(options, json_pack("{s:s, s:n}", "id", DIAGNOSTICS_ID, "documentSelector"));
  return options;
}

json_t *protocol_write_initialize_result(const Client *client, bool whole_workspace) {
  static const char *const ENCODINGS[] = {[TEXT_UTF8] = "utf-8", [TEXT_UTF16] = "utf-16", [TEXT_UTF32] = "utf-32"};
  json_t *pull = client->pull_diagnostics ? write_diagnostic_options(client, whole_workspace) : NULL;
  json_t *sync = json_pack("{s:b, s:i, s:b}", "openClose", 1, "change", 2, "save", 1);
  json_t *actions = json_pack("{s:[s, s], s:b}", "codeActionKinds", CODE_ACTION_QUICK_FIX, CODE_ACTION_FIX_ALL,
                              "resolveProvider", client->resolves_edits);
  json_t *commands = json_pack("[s, s, s, s, s, s]", COMMAND_FIX_ALL, COMMAND_EXPLAIN_RULE, COMMAND_EXPLAIN_PLACE,
                               COMMAND_AUDIT, COMMAND_PROMPT, COMMAND_DEBUG_INFO);
  json_t *capabilities =
      json_pack("{s:s, s:o, s:o, s:b, s:b, s:b, s:{s:b}, s:{s:o}, s:{s:{s:b, s:b}}, s:o*}", "positionEncoding",
                ENCODINGS[client->encoding], "textDocumentSync", sync, "codeActionProvider", actions, "hoverProvider",
                1, "documentHighlightProvider", 1, "inlayHintProvider", 1, "codeLensProvider", "resolveProvider", 0,
                "executeCommandProvider", "commands", commands, "workspace", "workspaceFolders", "supported", 1,
                "changeNotifications", 1, "diagnosticProvider", pull);
  return json_pack("{s:o, s:{s:s, s:s}}", "capabilities", capabilities, "serverInfo", "name", "racewise", "version",
                   RACEWISE_VERSION);
}

json_t *protocol_write_position(const Text *text, uint32_t offset, TextEncoding encoding) {
  TextPosition position = text_position(text, offset, encoding);
  return json_pack("{s:I, s:I}", "line", (json_int_t)position.line, "character", (json_int_t)position.column);
}

json_t *protocol_write_range(const Text *text, Span span, TextEncoding encoding) {
  return json_pack("{s:o, s:o}", "start", protocol_write_position(text, span.start, encoding), "end",
                   protocol_write_position(text, span.end, encoding));
}

json_t *protocol_write_string(const char *text) {
  json_t *string = json_string(text);
  if (string)
    return string;
  size_t length = strlen(text);
  char *ascii = memory_alloc(length + 1);
  for (size_t i = 0; i < length; i++)
    ascii[i] = (unsigned char)text[i] < 0x80 ? text[i] : '?';
  string = json_string(ascii);
  free(ascii);
  return string;
}

static json_t *write_watchers(bool whole_workspace) {
  json_t *watchers = json_pack("[{s:s}]", "globPattern", "**/{racewise.toml,pyproject.toml,package.json}");
  if (whole_workspace)
    json_array_append_new(watchers,
                          json_pack("{s:s}", "globPattern", "**/*.{py,pyw,pyi,js,mjs,cjs,jsx,ts,mts,cts,tsx}"));
  return watchers;
}

static json_t *write_registration(const char *id, const char *method, json_t *options) {
  return json_pack("{s:s, s:s, s:o}", "id", id, "method", method, "registerOptions", options);
}

static json_t *write_watchers_registration(bool whole_workspace) {
  return write_registration(WATCHERS_ID, "workspace/didChangeWatchedFiles",
                            json_pack("{s:o}", "watchers", write_watchers(whole_workspace)));
}

json_t *protocol_write_registrations(const Client *client, bool whole_workspace) {
  json_t *registrations = json_array();
  if (client->registers_configuration)
    json_array_append_new(registrations, write_registration(CONFIGURATION_ID, "workspace/didChangeConfiguration",
                                                            json_pack("{s:s}", "section", SETTINGS_SECTION)));
  if (client->registers_watchers)
    json_array_append_new(registrations, write_watchers_registration(whole_workspace));
  return registrations;
}

json_t *protocol_write_changed_registrations(const Client *client, bool whole_workspace, json_t **unregistrations) {
  json_t *registrations = json_array(), *registration;
  size_t index;
  *unregistrations = json_array();
  if (client->registers_watchers)
    json_array_append_new(registrations, write_watchers_registration(whole_workspace));
  if (client->pull_diagnostics && client->registers_diagnostics)
    json_array_append_new(registrations, write_registration(DIAGNOSTICS_ID, "textDocument/diagnostic",
                                                            write_diagnostic_options(client, whole_workspace)));
  json_array_foreach(registrations, index, registration) {
    json_array_append_new(*unregistrations, json_pack("{s:O, s:O}", "id", json_object_get(registration, "id"), "method",
                                                      json_object_get(registration, "method")));
  }
  return registrations;
}

// --- Diagnostics ---------------------------------------------------------------------------------------------------

static int severity_number(Severity severity) {
  static const int NUMBERS[] = {[SEVERITY_ERROR] = 1, [SEVERITY_WARNING] = 2, [SEVERITY_INFO] = 3, [SEVERITY_HINT] = 4};
  return NUMBERS[severity];
}

static json_t *write_related(const Client *client, const Document *document, const Finding *finding) {
  if (!client->related_information || finding->related_count == 0)
    return NULL;
  json_t *related = json_array();
  for (uint32_t i = 0; i < finding->related_count; i++) {
    const Place *place = &finding->related[i];
    json_t *range = protocol_write_range(document->text, place->span, client->encoding);
    json_array_append_new(related, json_pack("{s:{s:s, s:o}, s:o}", "location", "uri", document->uri, "range", range,
                                             "message", protocol_write_string(place->message)));
  }
  return related;
}

// A build that knows no address for the rules' pages links to none.
static json_t *write_link(const Client *client, const Finding *finding) {
  if (!client->code_description || RACEWISE_RULE_PAGES[0] == '\0')
    return NULL;
  return json_pack("{s:s++}", "href", RACEWISE_RULE_PAGES, finding->rule, "");
}

static json_t *write_data(const Client *client, const Finding *finding) {
  if (!client->diagnostic_data)
    return NULL;
  return json_pack("{s:s, s:s}", "rule", finding->rule, "confidence", confidence_name(finding->confidence));
}

json_t *protocol_write_problem(const Client *client, const Document *document, const ConfigProblem *problem) {
  return json_pack("{s:o, s:i, s:s, s:s, s:o}", "range",
                   protocol_write_range(document->text, problem->span, client->encoding), "severity",
                   severity_number(SEVERITY_ERROR), "code", "configuration", "source", "racewise", "message",
                   protocol_write_string(problem->message));
}

json_t *protocol_write_diagnostic(const Client *client, const Document *document, const Finding *finding) {
  return json_pack("{s:o, s:i, s:s, s:o*, s:s, s:o, s:o*, s:o*}", "range",
                   protocol_write_range(document->text, finding->span, client->encoding), "severity",
                   severity_number(finding->severity), "code", finding->rule, "codeDescription",
                   write_link(client, finding), "source", "racewise", "message",
                   protocol_write_string(finding->message), "relatedInformation",
                   write_related(client, document, finding), "data", write_data(client, finding));
}

json_t *protocol_write_publish(const char *uri, const int64_t *version, json_t *items) {
  json_t *params = json_pack("{s:s, s:o}", "uri", uri, "diagnostics", items);
  if (version)
    json_object_set_new(params, "version", json_integer(*version));
  return params;
}

json_t *protocol_write_full_report(const char *result_id, json_t *items) {
  return json_pack("{s:s, s:s*, s:o}", "kind", "full", "resultId", result_id, "items", items);
}

json_t *protocol_write_unchanged_report(const char *result_id) {
  return json_pack("{s:s, s:s}", "kind", "unchanged", "resultId", result_id);
}
