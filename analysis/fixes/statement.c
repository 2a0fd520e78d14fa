#include "statement.h"

// JavaScript's statements without a semicolon hold the comment that follows.
Span statement_span(TSNode statement) {
  Span span = syntax_node_span(statement);
  for (uint32_t i = ts_node_child_count(statement); i-- > 0;) {
    TSNode child = ts_node_child(statement, i);
    if (syntax_node_is(child, "comment") || ts_node_end_byte(child) == ts_node_start_byte(child))
      continue;
    span.end = ts_node_end_byte(child);
    break;
  }
  return span;
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
