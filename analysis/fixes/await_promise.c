// `save(x);` becomes `await save(x);`, and `rows.map(save);` becomes `await Promise.all(rows.map(save));`. Where
// nothing can be awaited, a dropped promise gets a handler for its rejection.
#include "javascript_call.h"

static const char TITLE[] = "Add `await`";

// Whether the report is about what the call does with its callback, and not about the call's own promise.
static bool is_about_callback(const FixRun *run, TSNode call) {
  const Function *function = fix_function(run, run->report->function);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    bool calls = instruction->op == OP_CALL || instruction->op == OP_CALL_METHOD;
    if (!calls || instruction->span.start != ts_node_start_byte(call) ||
        instruction->span.end != ts_node_end_byte(call))
      continue;
    const Model *model = values_model(run->rules->file->values, run->report->function, instruction, NULL);
    uint32_t takes = EFFECT_DROPS | EFFECT_TESTS | EFFECT_FOLDS | EFFECT_EXECUTES;
    if (model && model->effects & takes)
      return true;
  }
  return false;
}

static bool is_mapped(const FixRun *run, TSNode call) {
  JavaScriptCallback callback;
  return javascript_callback_of(call, &callback) &&
         (javascript_calls(run, &callback, "map") || javascript_calls(run, &callback, "flatMap"));
}

static void offer_await(FixRun *run, TSNode call) {
  Edits edits = {.arena = run->arena};
  bool all = syntax_node_is(ts_node_parent(call), "expression_statement") && is_mapped(run, call);
  if (all) {
    edits_insert(&edits, ts_node_start_byte(call), "await Promise.all(");
    edits_insert(&edits, ts_node_end_byte(call), ")");
  } else {
    javascript_await(&edits, call);
  }
  if (!fix_offer(run, &edits, false, "%s", all ? "Await all the promises" : TITLE))
    fix_refuse(run, TITLE, "it would %s", run->objection);
}

static void offer_handler(FixRun *run, TSNode call) {
  Edits edits = {.arena = run->arena};
  if (is_mapped(run, call)) {
    edits_insert(&edits, ts_node_start_byte(call), "Promise.all(");
    edits_insert(&edits, ts_node_end_byte(call), ")");
  }
  edits_insert(&edits, ts_node_end_byte(call), ".catch(console.error)");
  if (!fix_offer(run, &edits, true, "Handle the rejection: there is no waiting here"))
    fix_refuse(run, TITLE, "%s", javascript_why_no_await(run));
}

void await_promise_fix(FixRun *run) {
  TSNode call = javascript_call_at(run, run->report->finding.span);
  if (ts_node_is_null(call) || is_about_callback(run, call) || syntax_node_is(ts_node_parent(call), "await_expression"))
    return;
  if (javascript_can_await(run, call))
    offer_await(run, call);
  else if (syntax_node_is(ts_node_parent(call), "expression_statement"))
    offer_handler(run, call);
  else
    fix_refuse(run, TITLE, "%s", javascript_why_no_await(run));
}
