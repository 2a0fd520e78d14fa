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

// The blanks in front of a statement, with the semicolon that parts it from the one before.
static Span gap_before(const Source *source, TSNode statement) {
  uint32_t end = ts_node_start_byte(statement), start = end;
  while (start && strchr(" \t;", source->bytes[start - 1]))
    start--;
  return (Span){start, end};
}

// `a; b`, `if x: a; b`: the line is broken in front of `b`, and behind the colon.
static void insert_inside_line(const FixRun *run, Edits *edits, TSNode statement, const char *text) {
  TSNode first = syntax_node_child(ts_node_parent(statement), 0);
  bool behind_colon = !source_starts_line(&run->source, ts_node_start_byte(first));
  const char *indent = source_indent(&run->source, run->arena, ts_node_start_byte(first));
  const char *unit = region_indent_unit(run, statement);
  if (behind_colon)
    indent = arena_printf(run->arena, "%s%s", indent, unit);
  if (behind_colon && !ts_node_eq(first, statement))
    edits_replace(edits, gap_before(&run->source, first), "\n%s", indent);
  edits_replace(edits, gap_before(&run->source, statement), "\n%s%s", indented(run, text, indent, unit), indent);
}

void python_insert_before(const FixRun *run, Edits *edits, TSNode statement, const char *text) {
  const Source *source = &run->source;
  uint32_t start = ts_node_start_byte(statement);
  if (!source_starts_line(source, start)) {
    insert_inside_line(run, edits, statement, text);
    return;
  }
  const char *indent = source_indent(source, run->arena, start), *unit = region_indent_unit(run, statement);
  uint32_t at = source_line_start(source, above_comments(source, statement));
  edits_insert(edits, at, "%s", indented(run, text, indent, unit));
}
