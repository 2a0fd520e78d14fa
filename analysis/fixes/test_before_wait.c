// `await new Promise((resolve) => { wake = resolve; })` gets a test of what whoever calls `wake` adds to.
#include "javascript_call.h"
#include <string.h>

typedef struct Filled {
  const FixRun *run;
  Span call;   // of the resolver
  Span waiter; // the function that waits, which must use it too
  const char *name, *size;
} Filled;

static bool is_reachable(const FixRun *run, TSNode object) {
  if (syntax_node_is(object, "identifier"))
    return true;
  return syntax_node_is(object, "member_expression") && syntax_node_is(syntax_node_field(object, "object"), "this") &&
         source_uses(&run->source, syntax_node_span(object), "this", false);
}

static const char *size_of(const FixRun *run, const JavaScriptCallback *call) {
  if (javascript_calls(run, call, "push") || javascript_calls(run, call, "unshift"))
    return "length";
  return javascript_calls(run, call, "add") || javascript_calls(run, call, "set") ? "size" : NULL;
}

// `jobs.push(job)` beside the call of the resolver.
static bool look_for_filled(TSNode node, void *context) {
  Filled *filled = context;
  const FixRun *run = filled->run;
  JavaScriptCallback call;
  if (!syntax_node_is(node, "call_expression") || !javascript_callback_of(node, &call) ||
      ts_node_is_null(call.receiver))
    return true;
  const char *size = size_of(run, &call);
  const char *name = source_copy(&run->source, run->arena, syntax_node_span(call.receiver));
  if (size && !filled->name && is_reachable(run, call.receiver) &&
      source_uses(&run->source, filled->waiter, strrchr(name, '.') ? strrchr(name, '.') + 1 : name, true)) {
    filled->name = name;
    filled->size = size;
  }
  return true;
}

void test_before_wait_fix(FixRun *run) {
  static const char *const STATEMENTS[] = {"expression_statement", NULL};
  const Candidate *candidate = &run->report->candidate;
  Span call = fix_place(run, PLACE_CONFLICT);
  TSNode caller = syntax_node_function(source_node(&run->source, call));
  TSNode wait = syntax_node_enclosing(source_node(&run->source, candidate->first), STATEMENTS);
  if (!candidate->location || ts_node_is_null(caller) || ts_node_is_null(wait) ||
      !syntax_node_is(syntax_node_child(wait, 0), "await_expression"))
    return;
  Filled filled = {.run = run, .call = call, .waiter = syntax_node_span(syntax_node_function(wait))};
  syntax_node_walk(caller, look_for_filled, &filled);
  if (!filled.name)
    return;
  Edits edits = {.arena = run->arena};
  edits_insert(&edits, ts_node_start_byte(wait), "while (%s.%s === 0) ", filled.name, filled.size);
  fix_offer(run, &edits, false, "Wait only while `%s` is empty", filled.name);
}
