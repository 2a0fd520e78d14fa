// Two locks that are taken in opposite orders are taken in one.
#include "held_lock.h"
#include "python_with.h"

// The item of the same text that is entered before this one, in the same function.
static TSNode outer_item(const FixRun *run, TSNode item, const char *text) {
  TSNode function = syntax_node_function(item);
  for (TSNode with = python_with_statement(item); !ts_node_is_null(with);
       with = python_with_statement(ts_node_parent(with))) {
    TSNode clause = syntax_node_child(with, 0);
    if (!ts_node_eq(syntax_node_function(with), function))
      break;
    for (uint32_t i = 0; i < ts_node_named_child_count(clause); i++) {
      TSNode other = ts_node_named_child(clause, i);
      if (ts_node_end_byte(other) <= ts_node_start_byte(item) &&
          source_equals(&run->source, syntax_node_span(other), text))
        return other;
    }
  }
  return (TSNode){0};
}

static bool swap(FixRun *run, TSNode inner, const char *outer_text) {
  TSNode outer = outer_item(run, inner, outer_text);
  if (ts_node_is_null(outer))
    return false;
  Edits edits = {.arena = run->arena};
  edits_replace(&edits, syntax_node_span(outer), "%s", source_copy(&run->source, run->arena, syntax_node_span(inner)));
  edits_replace(&edits, syntax_node_span(inner), "%s", outer_text);
  FunctionId function = held_lock_function(run, syntax_node_span(inner));
  return fix_offer(run, &edits, false, "Take the two locks in the other order in `%s`",
                   rule_function(run->rules, function));
}

void swap_locks_fix(FixRun *run) {
  TSNode here = python_with_item(run, run->report->finding.span), there = python_with_item(run, held_lock_taken(run));
  if (ts_node_is_null(here) || ts_node_is_null(there) || ts_node_eq(here, there))
    return;
  const char *first = source_copy(&run->source, run->arena, syntax_node_span(here));
  const char *second = source_copy(&run->source, run->arena, syntax_node_span(there));
  if (!swap(run, here, second))
    swap(run, there, first);
}
