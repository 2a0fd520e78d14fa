#include "python_insert.h"
#include "region.h"
#include <string.h>

TSNode python_outermost_statement(TSNode node) {
  TSNode function = syntax_node_function(node), body = syntax_node_field(function, "body");
  for (TSNode parent = ts_node_parent(node); !ts_node_is_null(parent); parent = ts_node_parent(parent)) {
    if (ts_node_is_null(function) ? syntax_node_is(parent, "module") : ts_node_eq(parent, body))
      return node;
    node = parent;
  }
  return node;
}

// Where the comment lines right above begin, or the statement itself.
static uint32_t above_comments(const Source *source, TSNode statement) {
  uint32_t start = ts_node_start_byte(statement);
  for (TSNode node = ts_node_prev_sibling(statement); syntax_node_is(node, "comment");
       node = ts_node_prev_sibling(node)) {
    bool adjoins = source_next_line(source, ts_node_end_byte(node)) == source_line_start(source, start);
    if (!adjoins || !source_starts_line(source, ts_node_start_byte(node)))
      break;
    start = ts_node_start_byte(node);
  }
  return start;
}

static const char *indented(const FixRun *run, const char *text, const char *indent, const char *unit) {
  const char *result = "";
  while (*text) {
    size_t length = strcspn(text, "\n"), tabs = strspn(text, "\t");
    const char *line = arena_copy(run->arena, text + tabs, length - tabs);
    if (length)
      result = arena_printf(run->arena, "%s%s", result, indent);
    for (size_t i = 0; i < tabs; i++)
      result = arena_printf(run->arena, "%s%s", result, unit);
    result = arena_printf(run->arena, "%s%s\n", result, line);
    text += length + (text[length] == '\n');
  }
  return result;
}

void python_insert_before(const FixRun *run, Edits *edits, TSNode statement, const char *text) {
  const Source *source = &run->source;
  uint32_t start = ts_node_start_byte(statement);
  const char *indent = source_indent(source, run->arena, start), *unit = region_indent_unit(run, statement);
  if (source_starts_line(source, start)) {
    uint32_t at = source_line_start(source, above_comments(source, statement));
    edits_insert(edits, at, "%s", indented(run, text, indent, unit));
    return;
  }
  indent = arena_printf(run->arena, "%s%s", indent, unit);
  uint32_t blank = start;
  while (source->bytes[blank - 1] == ' ' || source->bytes[blank - 1] == '\t')
    blank--;
  edits_replace(edits, (Span){blank, start}, "\n%s%s", indented(run, text, indent, unit), indent);
}
