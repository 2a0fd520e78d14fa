#include "statement.h"

// A list of `case` clauses is no list of statements.
bool statement_is_list(TSNode node) {
  static const char *const LISTS[] = {"block", "module", "statement_block", "program", NULL};
  return syntax_node_is_one_of(node, LISTS) && !syntax_node_is(ts_node_parent(node), "match_statement");
}

TSNode statement_list(TSNode node) {
  while (!ts_node_is_null(node) && !statement_is_list(node))
    node = ts_node_parent(node);
  return node;
}

TSNode statement_holding(TSNode list, TSNode node) {
  for (TSNode outer = ts_node_parent(node); !ts_node_is_null(outer) && !ts_node_eq(outer, list);
       outer = ts_node_parent(node))
    node = outer;
  return node;
}

// `;` of the line behind a statement, where it keeps what follows there apart: `a()` and `;[b, c].forEach(f)`.
static bool is_of_next_line(TSNode token) {
  TSNode before = ts_node_prev_sibling(token);
  return syntax_node_is(token, ";") && !ts_node_is_null(before) &&
         ts_node_end_point(before).row < ts_node_start_point(token).row;
}

// JavaScript's statements without a semicolon hold the comment that follows.
Span statement_span(TSNode statement) {
  Span span = syntax_node_span(statement);
  for (uint32_t i = ts_node_child_count(statement); i-- > 0;) {
    TSNode child = ts_node_child(statement, i);
    if (syntax_node_is(child, "comment") || is_of_next_line(child) ||
        ts_node_end_byte(child) == ts_node_start_byte(child))
      continue;
    span.end = ts_node_end_byte(child);
    break;
  }
  return span;
}

TSNode statement_only_part(TSNode statement) {
  TSNode part = {0}, none = {0};
  uint32_t count = ts_node_is_null(statement) ? 0 : ts_node_named_child_count(statement);
  for (uint32_t i = 0; i < count; i++) {
    TSNode child = ts_node_named_child(statement, i);
    if (syntax_node_is(child, "comment"))
      continue;
    if (!ts_node_is_null(part))
      return none;
    part = child;
  }
  return part;
}

bool statement_stands_alone(const Source *source, TSNode statement) {
  TSNode next = ts_node_next_sibling(statement);
  uint32_t end = ts_node_end_byte(statement);
  return source_starts_line(source, ts_node_start_byte(statement)) &&
         (ts_node_is_null(next) || syntax_node_is(next, "comment") ||
          source_line_end(source, end) < ts_node_start_byte(next));
}

void statement_remove(const FixRun *run, Edits *edits, TSNode statement) {
  const Source *source = &run->source;
  uint32_t start = ts_node_start_byte(statement), end = statement_span(statement).end, rest = end;
  while (rest < source->length && (source->bytes[rest] == ' ' || source->bytes[rest] == '\t'))
    rest++;
  if (rest < source_line_end(source, end))
    edits_delete(edits, (Span){start, rest});
  else
    edits_delete(edits, (Span){source_line_start(source, start), source_next_line(source, end)});
}
