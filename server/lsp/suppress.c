#include "suppress.h"
#include <stdio.h>
#include <string.h>

static const char IGNORE[] = "racewise: ignore[";

static const char *comment_mark(const Document *document) {
  return document->language == LANGUAGE_PYTHON ? "#" : "//";
}

// Whether text put here would not be code: inside a string, a template, a comment or markup, or behind a backslash that
// continues the line.
static bool is_inside_text(const Document *document, uint32_t offset) {
  const char *bytes = text_bytes(document->text);
  if (offset > 0 && bytes[offset - 1] == '\\')
    return true;
  TSNode node = syntax_root(analysis_syntax(document->analysis));
  for (node = ts_node_descendant_for_byte_range(node, offset, offset); !ts_node_is_null(node);
       node = ts_node_parent(node)) {
    const char *type = ts_node_type(node);
    bool holds_text = strstr(type, "string") || strstr(type, "comment") || strstr(type, "jsx") || strstr(type, "regex");
    if (holds_text && ts_node_start_byte(node) < offset && offset < ts_node_end_byte(node))
      return true;
  }
  return false;
}

// Where the rules of a suppression on this line end; 0 when it has none.
static uint32_t end_of_rules(const Text *text, Span line) {
  const char *bytes = text_bytes(text), *end = bytes + line.end;
  for (const char *at = bytes + line.start; at + sizeof IGNORE - 1 < end; at++) {
    if (memcmp(at, IGNORE, sizeof IGNORE - 1) != 0)
      continue;
    const char *bracket = memchr(at, ']', (size_t)(end - at));
    return bracket ? (uint32_t)(bracket - bytes) : 0;
  }
  return 0;
}

static uint32_t indentation(const Text *text, Span line) {
  uint32_t size = 0;
  while (line.start + size < line.end && strchr(" \t", text_bytes(text)[line.start + size]))
    size++;
  return size;
}

static void insert(SuppressEdit *suppress, uint32_t offset) {
  suppress->edit = (TextEdit){{offset, offset}, suppress->text, (uint32_t)strlen(suppress->text)};
}

bool suppress_edit(const Document *document, const Finding *finding, bool snippet, SuppressEdit *suppress) {
  const Text *text = document->text;
  Span line = text_line(text, text_position(text, finding->span.start, TEXT_UTF8).line);
  const char *mark = comment_mark(document), *reason = snippet ? "${1:reason}" : "", *last = snippet ? "$0" : "";
  size_t size = sizeof suppress->text;
  uint32_t rules = end_of_rules(text, line), indent = indentation(text, line);
  if (rules > 0) {
    snprintf(suppress->text, size, ", %s%s", finding->rule, last);
    insert(suppress, rules);
    return true;
  }
  if (!is_inside_text(document, line.end)) {
    snprintf(suppress->text, size, "  %s %s%s] -- %s%s", mark, IGNORE, finding->rule, reason, last);
    insert(suppress, line.end);
    return true;
  }
  if (is_inside_text(document, line.start) || (line.start > 1 && text_bytes(text)[line.start - 2] == '\\'))
    return false;
  snprintf(suppress->text, size, "%s %s%s] -- %s\n%.*s%s", mark, IGNORE, finding->rule, reason,
           (int)(indent < 64 ? indent : 64), text_bytes(text) + line.start, last);
  insert(suppress, line.start + indent);
  return true;
}
