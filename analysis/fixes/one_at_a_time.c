// What serves one task at a time, or is looked at and changed in two steps, is used under a lock; pieces of work that
// share a session are done one after the other.
#include "held_lock.h"
#include "python_insert.h"
#include "python_lock.h"
#include <string.h>

static bool wrap_span(FixRun *run, FunctionId function, Span span, const char *what) {
  Region region;
  if (!region_of(run, function, span, &region) || python_lock_widen(run, function, &region))
    return false;
  PythonPlace place;
  python_lock_plan_for(run, function, &place);
  const char *lock = python_place_reach(run, &place, function);
  if (!lock)
    return false;
  Edits edits = {.arena = run->arena};
  python_lock_make(run, &edits, &place);
  python_lock_wrap(run, &edits, &region, lock);
  return fix_offer(run, &edits, false, "%s", what);
}

// Only the tasks of this process wait for it.
void lock_external_fix(FixRun *run) {
  const Candidate *candidate = &run->report->candidate;
  Span span = span_join(span_join(candidate->first, candidate->suspension), candidate->second);
  const char *title =
      arena_printf(run->arena, "Wrap in %s.Lock, for the tasks of this process", python_lock_library(run));
  wrap_span(run, candidate->origin, span, title);
}

// --- a session

typedef struct Uses {
  const FixRun *run;
  const char *name;
  Span span; // from the first use to the last
} Uses;

static bool look_for_use(TSNode node, void *context) {
  Uses *uses = context;
  if (syntax_node_is_function(node))
    return false;
  if (!source_equals(&uses->run->source, syntax_node_span(node), uses->name))
    return true;
  uses->span = uses->span.end ? span_join(uses->span, syntax_node_span(node)) : syntax_node_span(node);
  return false;
}

// All that the function does with the session.
void lock_session_fix(FixRun *run) {
  Span use = fix_place(run, PLACE_SECOND_ACCESS);
  FunctionId function = held_lock_function(run, use);
  TSNode definition = syntax_node_function(source_node(&run->source, use));
  if (ts_node_is_null(definition) || !use.end || strchr(run->report->finding.variable, '.') == NULL)
    return;
  Uses uses = {run, run->report->finding.variable, use};
  TSNode body = syntax_node_field(definition, "body");
  if (!syntax_node_is(body, "block"))
    return;
  for (uint32_t i = 0; i < ts_node_named_child_count(body); i++)
    syntax_node_walk(ts_node_named_child(body, i), look_for_use, &uses);
  wrap_span(run, function, uses.span,
            arena_printf(run->arena, "Use `%s` under %s.Lock", uses.name, python_lock_library(run)));
}

// `await gather(a(session), b(session))` becomes `[await a(session), await b(session)]`.
void one_after_another_fix(FixRun *run) {
  TSNode gather = source_node(&run->source, fix_place(run, PLACE_SPAWN)), await = ts_node_parent(gather);
  TSNode arguments = syntax_node_field(gather, "arguments");
  if (!syntax_node_is(await, "await") || !syntax_node_is(arguments, "argument_list"))
    return;
  Edits edits = {.arena = run->arena};
  edits_replace(&edits, (Span){ts_node_start_byte(await), ts_node_start_byte(arguments) + 1}, "[");
  edits_replace(&edits, (Span){ts_node_end_byte(arguments) - 1, ts_node_end_byte(arguments)}, "]");
  for (uint32_t i = 0; i < ts_node_named_child_count(arguments); i++) {
    TSNode argument = ts_node_named_child(arguments, i);
    if (syntax_node_is(argument, "comment"))
      continue;
    if (!syntax_node_is(argument, "call"))
      return;
    edits_insert(&edits, ts_node_start_byte(argument), "await ");
  }
  fix_offer(run, &edits, false, "Do them one after another");
}
