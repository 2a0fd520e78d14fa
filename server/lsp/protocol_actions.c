// Edits and code actions.
#include "protocol.h"

// --- Edits ---------------------------------------------------------------------------------------------------------

// The client asks before it applies what carries this annotation.
static const char CONFIRMED[] = "confirmed";

static bool asks_first(const Client *client, DocumentEdit edit) {
  return edit.to_confirm && client->change_annotations && client->document_changes;
}

static json_t *write_text_edit(const Client *client, const Text *text, const TextEdit *edit, DocumentEdit whole) {
  json_t *range = protocol_write_range(text, edit->span, client->encoding);
  json_t *bytes = json_stringn(edit->length > 0 ? edit->bytes : "", edit->length);
  json_t *json = whole.is_snippet
                     ? json_pack("{s:o, s:{s:s, s:o}}", "range", range, "snippet", "kind", "snippet", "value", bytes)
                     : json_pack("{s:o, s:o}", "range", range, "newText", bytes);
  if (asks_first(client, whole))
    json_object_set_new(json, "annotationId", json_string(CONFIRMED));
  return json;
}

json_t *protocol_write_edit(const Client *client, const Document *document, DocumentEdit edit) {
  json_t *edits = json_array();
  for (uint32_t i = 0; i < edit.count; i++)
    json_array_append_new(edits, write_text_edit(client, document->text, &edit.edits[i], edit));
  if (!client->document_changes)
    return json_pack("{s:{s:o}}", "changes", document->uri, edits);
  json_t *json = json_pack("{s:[{s:{s:s, s:I}, s:o}]}", "documentChanges", "textDocument", "uri", document->uri,
                           "version", (json_int_t)document->version, "edits", edits);
  if (asks_first(client, edit))
    json_object_set_new(json, "changeAnnotations",
                        json_pack("{s:{s:s, s:b, s:s}}", CONFIRMED, "label", edit.to_confirm, "needsConfirmation", 1,
                                  "description", "may change what a correct run does"));
  return json;
}

json_t *protocol_write_new_file(const char *uri, const char *text) {
  json_t *nowhere =
      json_pack("{s:{s:i, s:i}, s:{s:i, s:i}}", "start", "line", 0, "character", 0, "end", "line", 0, "character", 0);
  return json_pack("{s:[{s:s, s:s, s:{s:b}}, {s:{s:s, s:n}, s:[{s:o, s:o}]}]}", "documentChanges", "kind", "create",
                   "uri", uri, "options", "overwrite", 0, "textDocument", "uri", uri, "version", "edits", "range",
                   nowhere, "newText", protocol_write_string(text));
}

// --- Code actions --------------------------------------------------------------------------------------------------

json_t *protocol_write_code_action(const Client *client, CodeAction action) {
  json_t *json =
      json_pack("{s:s, s:s, s:o*}", "title", action.title, "kind", action.kind, "diagnostics", action.diagnostics);
  if (action.disabled)
    json_object_set_new(json, "disabled", json_pack("{s:s}", "reason", action.disabled));
  if (action.preferred && client->preferred_actions)
    json_object_set_new(json, "isPreferred", json_true());
  if (action.edit)
    json_object_set_new(json, "edit", action.edit);
  if (action.command)
    json_object_set_new(json, "command", action.command);
  if (action.data)
    json_object_set_new(json, "data", action.data);
  return json;
}

json_t *protocol_write_action_data(const Document *document, uint32_t finding) {
  return json_pack("{s:s, s:I, s:I}", "uri", document->uri, "generation", (json_int_t)document->generation, "finding",
                   (json_int_t)finding);
}
