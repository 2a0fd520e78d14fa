#include "suppress.h"
#include <string.h>

static const char IGNORE[] = "racewise: ignore[";

bool suppress_can_hide(const char *rule) {
  const char *kind = strrchr(rule, '-');
  return !kind || strcmp(kind, "-suppression") != 0;
}

static const char *comment_mark(const Syntax *syntax) {
  return syntax_language(syntax) == LANGUAGE_PYTHON ? "#" : "//";
}

// Whether text put here would not be code: inside a string, a template, a comment or markup, or behind a backslash that
// continues the line.
static bool is_inside_text(const Syntax *syntax, uint32_t offset) {
  const char *bytes = text_bytes(syntax_text(syntax));
  if (offset > 0 && bytes[offset - 1] == '\\')
    return true;
  TSNode node = syntax_root(syntax);
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

static bool insert(TextEdit *edit, uint32_t offset, const char *bytes) {
  *edit = (TextEdit){{offset, offset}, bytes, (uint32_t)strlen(bytes)};
  return true;
}

bool suppress_edit(const Suppress *suppress, Arena *arena, TextEdit *edit) {
  const Syntax *syntax = suppress->syntax;
  const Text *text = syntax_text(syntax);
  Span line = text_line(text, suppress->line);
  uint32_t rules = end_of_rules(text, line), indent = indentation(text, line);
  if (rules > 0)
    return insert(edit, rules, arena_printf(arena, ", %s%s", suppress->rules, suppress->last));
  const char *comment =
      arena_printf(arena, "%s %s%s] -- %s", comment_mark(syntax), IGNORE, suppress->rules, suppress->reason);
  if (!is_inside_text(syntax, line.end))
    return insert(edit, line.end, arena_printf(arena, "  %s%s", comment, suppress->last));
  if (is_inside_text(syntax, line.start) || (line.start > 1 && text_bytes(text)[line.start - 2] == '\\'))
    return false;
  return insert(edit, line.start + indent,
                arena_printf(arena, "%s\n%.*s%s", comment, (int)indent, text_bytes(text) + line.start, suppress->last));
}
