// `seen = x`, `await f()`, `x = seen + 1`: the read moves behind the await, next to the write.
#include "region.h"

static const char *const READS[] = {"expression_statement", "lexical_declaration", "variable_declaration", NULL};
static const char *const NOT_MOVABLE[] = {"await", "await_expression", "call", "call_expression", "yield", NULL};

// The variable that a statement `name = expression` binds; a null node where it is another statement.
static TSNode bound_name(TSNode statement) {
  TSNode none = {0};
  TSNode binding = ts_node_named_child(statement, 0);
  if (ts_node_named_child_count(statement) != 1 || !syntax_node_is_one_of(statement, READS)) return none;
  TSNode name = syntax_node_is(binding, "variable_declarator") ? syntax_node_field(binding, "name") : syntax_node_field(binding, "left");
  bool binds = syntax_node_is(binding, "assignment") || syntax_node_is(binding, "variable_declarator");
  return binds && syntax_node_is(name, "identifier") ? name : none;
}

static TSNode statement_before(const Region *region, Span first) {
  TSNode none = {0};
  for (uint32_t i = 0; i < ts_node_named_child_count(region->list); i++) {
    TSNode child = ts_node_named_child(region->list, i);
    if (span_holds(syntax_node_span(child), first)) return child;
  }
  return none;
}

void read_after_await_fix(FixRun *run) {
  const Candidate *candidate = &run->report->candidate;
  Source *source = &run->source;
  Region write;
  if (!region_of(source, candidate->second, &write) || !ts_node_eq(write.first, write.last)) return;
  TSNode read = statement_before(&write, candidate->first);
  if (ts_node_is_null(read) || ts_node_eq(read, write.first)) return;
  TSNode name = bound_name(read);
  if (ts_node_is_null(name) || !source_starts_line(source, ts_node_start_byte(read))) return;
  if (source_has(source, syntax_node_span(read), NOT_MOVABLE) || source_has(source, write.span, NOT_MOVABLE)) return;
  const char *local = source_copy(source, run->arena, syntax_node_span(name));
  Span between = {ts_node_end_byte(read), write.span.start};
  if (candidate->suspension.start < between.start || candidate->suspension.end > between.end) return;
  if (source_uses(source, between, local, false)) return;
  Edits edits = {.arena = run->arena};
  uint32_t start = source_line_start(source, ts_node_start_byte(read));
  uint32_t next = source_next_line(source, ts_node_end_byte(read));
  Span line = {ts_node_start_byte(read), source_line_end(source, ts_node_end_byte(read))};
  edits_insert(&edits, write.span.start, "%s\n%s", source_copy(source, run->arena, line),
               source_indent(source, run->arena, write.span.start));
  edits_delete(&edits, (Span){start, next});
  fix_offer(run, &edits, true, "Read `%s` after the await", run->report->finding.variable);
}
