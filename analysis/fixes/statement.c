#include "statement.h"

bool statement_stands_alone(const Source *source, TSNode statement) {
  TSNode next = ts_node_next_sibling(statement);
  uint32_t end = ts_node_end_byte(statement);
  return source_starts_line(source, ts_node_start_byte(statement)) &&
         (ts_node_is_null(next) || syntax_node_is(next, "comment") ||
          source_line_end(source, end) < ts_node_start_byte(next));
}

void statement_remove(const FixRun *run, Edits *edits, TSNode statement) {
  const Source *source = &run->source;
  uint32_t start = ts_node_start_byte(statement), end = ts_node_end_byte(statement), rest = end;
  while (rest < source->length && (source->bytes[rest] == ' ' || source->bytes[rest] == '\t'))
    rest++;
  if (rest < source_line_end(source, end))
    edits_delete(edits, (Span){start, rest});
  else
    edits_delete(edits, (Span){source_line_start(source, start), source_next_line(source, end)});
}
