// `save()` becomes `await save()`.
#include "fix.h"

static const char *const OPERANDS[] = {"attribute", "subscript", "call", NULL};
static const char *const GENERATORS[] = {"generator_expression", NULL};

// `f().name`, `f()[0]`, `f()()`: `await` would take the whole.
static bool binds_tighter(TSNode call) {
  TSNode parent = ts_node_parent(call);
  return syntax_node_is_one_of(parent, OPERANDS) && ts_node_start_byte(parent) == ts_node_start_byte(call);
}

// `any(f(x) for x in xs)`: with an `await` in it, the generator would be asynchronous, which `any` does not take.
static bool make_list(Edits *edits, TSNode call, TSNode function) {
  TSNode generator = syntax_node_enclosing(call, GENERATORS);
  if (ts_node_is_null(generator) || ts_node_start_byte(generator) < ts_node_start_byte(function))
    return true;
  if (!syntax_node_is(ts_node_parent(generator), "call"))
    return false;
  edits_insert(edits, ts_node_start_byte(generator) + 1, "[");
  edits_insert(edits, ts_node_end_byte(generator) - 1, "]");
  return true;
}

void add_await_fix(FixRun *run) {
  static const char TITLE[] = "Add `await`";
  TSNode call = source_node(&run->source, run->report->finding.span), function = syntax_node_function(call);
  if (!syntax_node_is(call, "call"))
    return;
  if (ts_node_is_null(function) || !syntax_node_is_async(function) ||
      !span_holds(syntax_node_span(syntax_node_field(function, "body")), syntax_node_span(call))) {
    fix_refuse(run, TITLE, "the code around it is not async and cannot wait");
    return;
  }
  Edits edits = {.arena = run->arena};
  if (!make_list(&edits, call, function))
    return;
  bool parentheses = binds_tighter(call);
  edits_insert(&edits, ts_node_start_byte(call), parentheses ? "(await " : "await ");
  if (parentheses)
    edits_insert(&edits, ts_node_end_byte(call), ")");
  fix_offer(run, &edits, false, "%s", TITLE);
}
