// Two locks that are taken in opposite orders: the inner one is taken first here, too, and held all along.
#include "javascript_call.h"

// The call of the same method around the function that the inner call stands in: `outer.runExclusive(() => …)`.
static TSNode outer_call(const FixRun *run, const JavaScriptCallback *inner) {
  const char *method = source_copy(&run->source, run->arena, syntax_node_span(inner->method));
  for (TSNode node = ts_node_parent(inner->call); !ts_node_is_null(node); node = ts_node_parent(node)) {
    JavaScriptCallback outer;
    if (syntax_node_is_function(node) && !syntax_node_is(node, "arrow_function"))
      break;
    if (syntax_node_is(node, "call_expression") && javascript_callback_of(node, &outer) &&
        javascript_calls(run, &outer, method))
      return node;
  }
  return (TSNode){0};
}

// `this.lock`, or a variable of the file or of a function around the outer call: it means the same around that.
static bool is_known_outside(const FixRun *run, TSNode lock, TSNode outer) {
  while (syntax_node_is(lock, "member_expression"))
    lock = syntax_node_field(lock, "object");
  if (syntax_node_is(lock, "this"))
    return true;
  const char *name = source_copy(&run->source, run->arena, syntax_node_span(lock));
  const Module *module = fix_module(run);
  bool known = false;
  for (VariableId id = 1; id < module->variables.count; id++) {
    const Variable *variable = module_variable(module, id);
    if (!source_equals(&run->source, variable->declaration, name))
      continue;
    Span owner = fix_function(run, variable->owner)->span;
    bool local = variable->kind == VARIABLE_LOCAL;
    if (local && span_holds(syntax_node_span(outer), owner))
      return false;
    known |= !local || span_holds(owner, syntax_node_span(outer));
  }
  return syntax_node_is(lock, "identifier") && known;
}

void order_locks_fix(FixRun *run) {
  JavaScriptCallback inner;
  TSNode call = javascript_call_at(run, run->report->finding.span);
  if (ts_node_is_null(call) || !javascript_callback_of(call, &inner) || ts_node_is_null(inner.method))
    return;
  TSNode outer = outer_call(run, &inner);
  bool only = ts_node_named_child_count(syntax_node_field(call, "arguments")) == 1;
  if (ts_node_is_null(outer) || !only || !inner.is_function || !is_known_outside(run, inner.receiver, outer))
    return;
  Edits edits = {.arena = run->arena};
  Span taken = {ts_node_start_byte(call), ts_node_end_byte(inner.method)};
  edits_insert(&edits, ts_node_start_byte(outer), "%s(() => ", source_copy(&run->source, run->arena, taken));
  edits_insert(&edits, ts_node_end_byte(outer), ")");
  edits_replace(&edits, (Span){taken.start, ts_node_start_byte(inner.argument)}, "(");
  edits_replace(&edits, (Span){ts_node_end_byte(inner.argument), ts_node_end_byte(call)}, ")()");
  if (!fix_offer(run, &edits, false, "Take the locks in the same order as elsewhere"))
    fix_refuse(run, "Take the locks in the same order as elsewhere", "it would %s", run->objection);
}
