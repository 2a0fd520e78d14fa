// A lock that the task, or the one that waits for it, holds already is not taken again.
#include "held_lock.h"
#include "python_with.h"

// Whether only code of the file may call it.
static bool is_internal(const FixRun *run, FunctionId id) {
  const Function *function = fix_function(run, id);
  bool nested = function->parent && !(fix_function(run, function->parent)->flags & FUNCTION_MODULE);
  return function->flags & FUNCTION_PRIVATE || (nested && !function->class_id);
}

// Whether all who call or start the function hold the lock.
static bool is_always_held(const FixRun *run, FunctionId function, Location lock) {
  const CallGraph *graph = run->rules->graph;
  bool called = false;
  if (!is_internal(run, function))
    return false;
  for (uint32_t i = 0; i < graph->count; i++) {
    if (graph->edges[i].callee.function != function)
      continue;
    called = true;
    if (!held_lock_at(run, &graph->edges[i], lock))
      return false;
  }
  return called;
}

// A `with` of the same lock around the item, in the same function.
static bool is_inside_another(const FixRun *run, TSNode item) {
  const char *text = source_copy(&run->source, run->arena, syntax_node_span(item));
  TSNode function = syntax_node_function(item);
  for (TSNode with = python_with_statement(ts_node_parent(python_with_statement(item))); !ts_node_is_null(with);
       with = python_with_statement(ts_node_parent(with))) {
    TSNode clause = syntax_node_child(with, 0);
    if (!ts_node_eq(syntax_node_function(with), function))
      return false;
    for (uint32_t i = 0; i < ts_node_named_child_count(clause); i++)
      if (source_equals(&run->source, syntax_node_span(ts_node_named_child(clause, i)), text))
        return true;
  }
  return false;
}

void drop_lock_fix(FixRun *run) {
  Span taken = held_lock_taken(run);
  TSNode item = python_with_item(run, taken);
  if (ts_node_is_null(item))
    return;
  FunctionId function = held_lock_function(run, taken);
  if (!is_inside_another(run, item) && !is_always_held(run, function, run->report->candidate.location))
    return;
  Edits edits = {.arena = run->arena};
  if (python_with_remove(run, &edits, item))
    fix_offer(run, &edits, false, "Do not take `%s` again", run->report->finding.variable);
}
