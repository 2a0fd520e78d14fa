// `items.forEach(async (item) => { … })` becomes `for (const item of items) { … }`, one after the other, or
// `await Promise.all(items.map(async (item) => { … }))`, all at once. The same for a `map` whose promises are dropped.
#include "javascript_call.h"
#include "template.h"

static const char LOOP_TITLE[] = "Loop with `for…of`, one after the other";

// --- what the body must do without

typedef struct Returns {
  const FixRun *run;
  TSNode body;
  ARRAY(TSNode) items;
  bool in_loop; // one of them stands in a loop of the body: `continue` would be that loop's
  bool value;   // one of them, which is not the end of the body, gives a value
} Returns;

static bool is_last(const Returns *returns, TSNode statement) {
  return ts_node_eq(ts_node_parent(statement), returns->body) && ts_node_is_null(ts_node_next_named_sibling(statement));
}

static bool look_for_return(TSNode node, void *context) {
  static const char *const LOOPS[] = {"while_statement", "for_statement", "for_in_statement", "do_statement", NULL};
  Returns *returns = context;
  if (syntax_node_is_function(node))
    return false;
  if (!syntax_node_is(node, "return_statement"))
    return true;
  TSNode loop = syntax_node_enclosing(node, LOOPS);
  array_push(returns->run->arena, &returns->items, node);
  returns->in_loop |= !ts_node_is_null(loop) && span_holds(syntax_node_span(returns->body), syntax_node_span(loop));
  returns->value |= ts_node_named_child_count(node) && !is_last(returns, node);
  return true;
}

static bool has_comment(TSNode arguments) {
  for (uint32_t i = 0; i < ts_node_named_child_count(arguments); i++)
    if (syntax_node_is(ts_node_named_child(arguments, i), "comment"))
      return true;
  return false;
}

typedef struct Changes {
  const FixRun *run;
  Span pattern;
  bool found;
} Changes;

static bool look_for_change(TSNode node, void *context) {
  Changes *changes = context;
  TSNode target = syntax_node_field(node, "left");
  if (syntax_node_is(node, "update_expression"))
    target = syntax_node_field(node, "argument");
  bool assigns = syntax_node_is(node, "assignment_expression") ||
                 syntax_node_is(node, "augmented_assignment_expression") || syntax_node_is(node, "update_expression");
  if (assigns && syntax_node_is(target, "identifier")) {
    const char *name = source_copy(&changes->run->source, changes->run->arena, syntax_node_span(target));
    changes->found |= source_uses(&changes->run->source, changes->pattern, name, false);
  }
  return !changes->found;
}

// Whether the body sets what the pattern binds.
static bool assigns(const FixRun *run, TSNode body, TSNode pattern) {
  Changes changes = {run, syntax_node_span(pattern), false};
  syntax_node_walk(body, look_for_change, &changes);
  return changes.found;
}

// --- writing

// A `return` ends a turn of the loop; the promise that the last one gives is awaited.
static void write_returns(Edits *edits, const Returns *returns) {
  for (uint32_t i = 0; i < returns->items.count; i++) {
    TSNode statement = returns->items.items[i], value = ts_node_named_child(statement, 0);
    Span span = syntax_node_span(statement);
    if (ts_node_is_null(value)) {
      edits_replace(edits, (Span){span.start, span.start + 6}, "continue");
      continue;
    }
    bool awaits = syntax_node_is(value, "await_expression");
    edits_replace(edits, (Span){span.start, ts_node_start_byte(value)}, awaits ? "" : "await ");
  }
}

static const char *head_of_loop(const FixRun *run, const JavaScriptCallback *callback) {
  const Source *source = &run->source;
  const char *items = source_copy(source, run->arena, syntax_node_span(callback->receiver));
  const char *item = source_copy(source, run->arena, syntax_node_span(callback->parameters[0]));
  const char *keyword = assigns(run, callback->body, callback->parameters[0]) ? "let" : "const";
  if (callback->parameter_count == 1)
    return arena_printf(run->arena, "for (%s %s of %s) ", keyword, item, items);
  const char *index = source_copy(source, run->arena, syntax_node_span(callback->parameters[1]));
  return arena_printf(run->arena, "for (%s [%s, %s] of %s.entries()) ", keyword, index, item, items);
}

static void write_loop(const FixRun *run, Edits *edits, const JavaScriptCallback *callback, const Returns *returns) {
  Span call = syntax_node_span(callback->call), body = syntax_node_span(callback->body);
  edits_replace(edits, (Span){call.start, body.start}, "%s", head_of_loop(run, callback));
  if (syntax_node_is(callback->body, "statement_block")) {
    write_returns(edits, returns);
    edits_delete(edits, (Span){body.end, ts_node_end_byte(ts_node_parent(callback->call))});
    return;
  }
  bool awaits = syntax_node_is(callback->body, "await_expression");
  edits_insert(edits, body.start, "%s", template_text(run, callback->call, "{\n\f\t%s", awaits ? "" : "await "));
  edits_replace(edits, (Span){body.end, ts_node_end_byte(ts_node_parent(callback->call))}, "%s",
                template_text(run, callback->call, ";\n\f}"));
}

static bool can_loop(const FixRun *run, const JavaScriptCallback *callback, Returns *returns) {
  bool simple =
      callback->is_function && callback->plain && callback->parameter_count >= 1 && callback->parameter_count <= 2;
  TSNode statement = ts_node_parent(callback->call);
  if (!simple || !syntax_node_is(statement, "expression_statement") ||
      !source_starts_line(&run->source, ts_node_start_byte(statement)))
    return false;
  if (!callback->arrow && javascript_uses_this(run, callback->body))
    return false;
  *returns = (Returns){.run = run, .body = callback->body};
  syntax_node_walk(callback->body, look_for_return, returns);
  return !returns->in_loop && !returns->value && !has_comment(syntax_node_field(callback->call, "arguments")) &&
         syntax_node_has_token(syntax_node_field(callback->call, "function"), ".");
}

static bool offer_loop(FixRun *run, const JavaScriptCallback *callback) {
  Returns returns;
  if (!can_loop(run, callback, &returns))
    return false;
  Edits edits = {.arena = run->arena};
  write_loop(run, &edits, callback, &returns);
  return fix_offer(run, &edits, false, "%s", LOOP_TITLE);
}

static bool offer_all(FixRun *run, const JavaScriptCallback *callback) {
  if (!syntax_node_is(ts_node_parent(callback->call), "expression_statement") ||
      !syntax_node_has_token(syntax_node_field(callback->call, "function"), "."))
    return false;
  Edits edits = {.arena = run->arena};
  edits_insert(&edits, ts_node_start_byte(callback->call), "await Promise.all(");
  edits_replace(&edits, syntax_node_span(callback->method), "map");
  edits_insert(&edits, ts_node_end_byte(callback->call), ")");
  return fix_offer(run, &edits, false, "Await all with `Promise.all`, at once");
}

void for_each_fix(FixRun *run) {
  JavaScriptCallback callback;
  TSNode call = javascript_call_at(run, run->report->finding.span);
  if (ts_node_is_null(call) || !javascript_callback_of(call, &callback))
    return;
  if (!javascript_calls(run, &callback, "forEach") && !javascript_calls(run, &callback, "map"))
    return;
  if (!javascript_can_await(run, call)) {
    fix_refuse(run, LOOP_TITLE, "%s", javascript_why_no_await(run));
    return;
  }
  bool loop = offer_loop(run, &callback);
  bool all = javascript_calls(run, &callback, "forEach") && offer_all(run, &callback);
  if (!loop && !all && run->objection)
    fix_refuse(run, LOOP_TITLE, "it would %s", run->objection);
}
