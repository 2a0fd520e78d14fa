// `seen = x`, `await f()`, `x = seen + 1`: the read moves behind the await, to where it is used first, if need be into
// the function that continues.
#include "effects.h"
#include "region.h"
#include "statement.h"

static const char *const READS[] = {"expression_statement", "lexical_declaration", "variable_declaration", NULL};

typedef struct Read {
  TSNode statement, name, value;
} Read;

// `name = value` around the first access.
static bool find_read(const FixRun *run, const Candidate *candidate, Read *read) {
  read->statement = syntax_node_enclosing(source_node(&run->source, candidate->first), READS);
  TSNode binding = statement_only_part(read->statement);
  bool declares = syntax_node_is(binding, "variable_declarator");
  if (!declares && !syntax_node_is(binding, "assignment"))
    return false;
  read->name = syntax_node_field(binding, declares ? "name" : "left");
  read->value = syntax_node_field(binding, declares ? "value" : "right");
  return syntax_node_is(read->name, "identifier") && !ts_node_is_null(read->value) &&
         span_holds(syntax_node_span(read->value), candidate->first);
}

static bool fills_its_lines(const Source *source, TSNode statement) {
  TSNode before = ts_node_prev_named_sibling(statement), behind = ts_node_next_named_sibling(statement);
  uint32_t start = ts_node_start_byte(statement), end = ts_node_end_byte(statement);
  if (!source_starts_line(source, start) || ts_node_is_null(behind))
    return false;
  if (!ts_node_is_null(before) && source_line_end(source, ts_node_end_byte(before)) >= start)
    return false;
  return syntax_node_is(behind, "comment") || source_line_end(source, end) < ts_node_start_byte(behind);
}

// The first statement behind the read that uses what it binds.
static TSNode first_use(const FixRun *run, const Read *read, const char *local) {
  TSNode node = read->statement;
  do
    node = ts_node_next_named_sibling(node);
  while (!ts_node_is_null(node) &&
         (syntax_node_is(node, "comment") || !source_uses(&run->source, syntax_node_span(node), local, false)));
  return node;
}

// Whether the name is used where the list of the read does not reach: in a `finally`, in another turn of a loop.
static bool is_used_outside(const FixRun *run, const Read *read, const char *local) {
  TSNode function = syntax_node_function(read->statement);
  if (ts_node_is_null(function))
    return true;
  uint32_t end = ts_node_end_byte(ts_node_parent(read->statement));
  return source_uses(&run->source, (Span){ts_node_start_byte(function), ts_node_start_byte(read->statement)}, local,
                     false) ||
         source_uses(&run->source, (Span){end, ts_node_end_byte(function)}, local, false);
}

// The first statement of the continuation around the write that uses the name, which nothing outside of it does.
static TSNode use_in_continuation(const FixRun *run, const Read *read, const char *local) {
  const Source *source = &run->source;
  TSNode none = {0}, function = syntax_node_function(source_node(source, run->report->candidate.second));
  TSNode body = ts_node_is_null(function) ? function : syntax_node_field(function, "body");
  TSNode list = ts_node_parent(read->statement);
  if (ts_node_is_null(body) || ts_node_eq(syntax_node_function(read->statement), function) ||
      !span_holds(syntax_node_span(list), syntax_node_span(function)) ||
      ts_node_start_byte(function) < ts_node_end_byte(read->statement))
    return none;
  Span before = {ts_node_end_byte(read->statement), ts_node_start_byte(body)};
  Span behind = {ts_node_end_byte(body), ts_node_end_byte(list)};
  if (source_uses(source, before, local, false) || source_uses(source, behind, local, false))
    return none;
  for (uint32_t i = 0; i < ts_node_named_child_count(body); i++)
    if (source_uses(source, syntax_node_span(ts_node_named_child(body, i)), local, false))
      return ts_node_named_child(body, i);
  return none;
}

static void move_into_continuation(FixRun *run, const Read *read, const char *local) {
  const Source *source = &run->source;
  TSNode use = use_in_continuation(run, read, local);
  Span value = syntax_node_span(read->value);
  if (ts_node_is_null(use) || !source_starts_line(source, ts_node_start_byte(use)) ||
      !fills_its_lines(source, read->statement) || is_used_outside(run, read, local) ||
      !effects_is_pure(run, run->report->candidate.origin, value))
    return;
  Edits edits = {.arena = run->arena};
  edits_delete(&edits, (Span){source_line_start(source, ts_node_start_byte(read->statement)),
                              source_next_line(source, ts_node_end_byte(read->statement))});
  uint32_t start = ts_node_start_byte(read->statement);
  edits_insert(
      &edits, ts_node_start_byte(use), "%s\n%s",
      source_copy(source, run->arena, (Span){start, source_line_end(source, ts_node_end_byte(read->statement))}),
      source_indent(source, run->arena, ts_node_start_byte(use)));
  fix_offer(run, &edits, true, "Read `%s` where it is written", run->report->finding.variable);
}

void read_after_await_fix(FixRun *run) {
  const Candidate *candidate = &run->report->candidate;
  const Source *source = &run->source;
  Read read;
  if (!find_read(run, candidate, &read) || !fills_its_lines(source, read.statement))
    return;
  const char *local = source_copy(source, run->arena, syntax_node_span(read.name));
  move_into_continuation(run, &read, local);
  TSNode use = first_use(run, &read, local);
  if (ts_node_is_null(use) || !source_starts_line(source, ts_node_start_byte(use)))
    return;
  Span between = {ts_node_end_byte(read.statement), ts_node_start_byte(use)};
  Span value = syntax_node_span(read.value);
  if (!span_holds(between, candidate->suspension) || candidate->second.end <= between.end)
    return;
  if (is_used_outside(run, &read, local) || !effects_is_pure(run, candidate->origin, value))
    return;
  if (effects_rebinds(run, candidate->origin, between, value))
    return;
  Edits edits = {.arena = run->arena};
  Span lines = {source_line_start(source, ts_node_start_byte(read.statement)),
                source_next_line(source, ts_node_end_byte(read.statement))};
  edits_delete(&edits, lines);
  edits_insert(&edits, source_line_start(source, between.end), "%s", source_copy(source, run->arena, lines));
  fix_offer(run, &edits, true, "Read `%s` after the await", run->report->finding.variable);
}
