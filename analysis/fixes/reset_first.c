// An event that is cleared or replaced behind the work is reset right after the wait, before the work.
#include "region.h"
#include "statement.h"
#include <string.h>

typedef struct Reset {
  TSNode reset;  // the statement that resets the event
  TSNode wait;   // the statement that waits, in a list that holds both
  TSNode clause; // the `finally` that holds nothing but the reset; a null node for none
} Reset;

// The statement of a list around `reset` that holds the wait.
static TSNode find_wait(TSNode reset, Span wait) {
  for (TSNode node = ts_node_parent(reset); !ts_node_is_null(node); node = ts_node_parent(node)) {
    if (!syntax_node_is(node, "block") || !span_holds(syntax_node_span(node), wait))
      continue;
    for (uint32_t i = 0; i < ts_node_named_child_count(node); i++)
      if (span_holds(syntax_node_span(ts_node_named_child(node, i)), wait))
        return ts_node_named_child(node, i);
  }
  return (TSNode){0};
}

static bool find(const FixRun *run, Reset *reset) {
  static const char *const STATEMENTS[] = {"expression_statement", NULL};
  const Candidate *candidate = &run->report->candidate;
  reset->reset = syntax_node_enclosing(source_node(&run->source, candidate->second), STATEMENTS);
  if (ts_node_is_null(reset->reset) || !statement_stands_alone(&run->source, reset->reset))
    return false;
  reset->wait = find_wait(reset->reset, candidate->first);
  TSNode list = ts_node_parent(reset->reset), owner = ts_node_parent(list);
  bool alone = ts_node_named_child_count(list) == 1;
  reset->clause = alone ? owner : (TSNode){0};
  return !ts_node_is_null(reset->wait) && (!alone || syntax_node_is(owner, "finally_clause"));
}

static void delete_lines(const FixRun *run, Edits *edits, TSNode node) {
  const Source *source = &run->source;
  edits_delete(edits, (Span){source_line_start(source, ts_node_start_byte(node)),
                             source_next_line(source, ts_node_end_byte(node))});
}

// A `try` that is left with nothing to do goes; one with other clauses loses its `finally`.
static bool drop_finally(const FixRun *run, Edits *edits, TSNode clause) {
  TSNode try = ts_node_parent(clause), body = syntax_node_field(try, "body");
  const Source *source = &run->source;
  delete_lines(run, edits, clause);
  if (ts_node_named_child_count(try) > 2)
    return true;
  uint32_t first = source_line_start(source, ts_node_start_byte(body));
  if (first <= ts_node_start_byte(try))
    return false;
  Region region = {.first = syntax_node_child(body, 0),
                   .span = {first, source_line_end(source, ts_node_end_byte(body))}};
  edits_delete(edits, (Span){source_line_start(source, ts_node_start_byte(try)), first});
  region_dedent(run, edits, &region,
                strlen(source_indent(source, run->arena, ts_node_start_byte(body))) -
                    strlen(source_indent(source, run->arena, ts_node_start_byte(try))));
  return true;
}

void reset_first_fix(FixRun *run) {
  const Source *source = &run->source;
  Reset reset;
  if (!find(run, &reset))
    return;
  Edits edits = {.arena = run->arena};
  const char *text = source_copy(source, run->arena, syntax_node_span(reset.reset));
  const char *indent = source_indent(source, run->arena, ts_node_start_byte(reset.wait));
  edits_insert(&edits, source_line_end(source, ts_node_end_byte(reset.wait)), "\n%s%s", indent, text);
  if (ts_node_is_null(reset.clause))
    statement_remove(run, &edits, reset.reset);
  else if (!drop_finally(run, &edits, reset.clause))
    return;
  fix_offer(run, &edits, false, "Reset `%s` right after the wait",
            rule_location(run->rules, run->report->candidate.location));
}
