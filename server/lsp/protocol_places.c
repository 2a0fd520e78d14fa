// What is shown about places: hovers, highlights, hints and lenses.
#include "protocol.h"
#include <stdio.h>

json_t *protocol_write_hover(const Client *client, const Document *document, const char *text, Span span) {
  const char *kind = client->markdown_hover ? "markdown" : "plaintext";
  return json_pack("{s:{s:s, s:o}, s:o}", "contents", "kind", kind, "value", protocol_write_string(text), "range",
                   protocol_write_range(document->text, span, client->encoding));
}

json_t *protocol_write_highlight(const Client *client, const Document *document, Span span, bool writes) {
  enum { READ = 2, WRITE = 3 };
  return json_pack("{s:o, s:i}", "range", protocol_write_range(document->text, span, client->encoding), "kind",
                   writes ? WRITE : READ);
}

json_t *protocol_write_hint(const Client *client, const Document *document, uint32_t offset, const Finding *finding) {
  json_t *position = protocol_write_position(document->text, offset, client->encoding);
  char label[256];
  snprintf(label, sizeof label, "%.200s may change here", finding->variable);
  return json_pack("{s:o, s:o, s:o, s:b}", "position", position, "label", protocol_write_string(label), "tooltip",
                   protocol_write_string(finding->message), "paddingLeft", 1);
}

json_t *protocol_write_explain(const Client *client, const Document *document, const char *title, uint32_t about) {
  json_t *position = protocol_write_position(document->text, about, client->encoding);
  return json_pack("{s:o, s:s, s:[s, o]}", "title", protocol_write_string(title), "command", COMMAND_EXPLAIN_PLACE,
                   "arguments", document->uri, position);
}

json_t *protocol_write_lens(const Client *client, const Document *document, Span span, const char *title,
                            uint32_t about) {
  return json_pack("{s:o, s:o}", "range", protocol_write_range(document->text, span, client->encoding), "command",
                   protocol_write_explain(client, document, title, about));
}
