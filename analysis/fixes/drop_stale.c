// An answer that comes after a newer request was made is not stored.
#include "hoist.h"
#include "javascript_call.h"
#include "stale_token.h"
#include "template.h"

static const char *const LISTS[] = {"program", "statement_block", "switch_case", "switch_default", NULL};
static const char *const STORES[] = {"assignment_expression", "augmented_assignment_expression", "call_expression",
                                     NULL};
static const char *const RETURNS[] = {"return_statement", NULL};
static const char *const AWAITS[] = {"await_expression", NULL};

typedef struct Stale {
  TSNode store;     // the assignment, or the call of a setter
  TSNode statement; // of the store, in the list where the request is awaited
  TSNode function;  // around the store
  bool returns;     // the function gives a value: it is not left early
} Stale;

// The statement of the innermost list around both that holds the inner node; a null node where there is none.
static TSNode statement_beside(TSNode inner, Span other) {
  for (TSNode node = inner; !ts_node_is_null(node); node = ts_node_parent(node)) {
    TSNode list = ts_node_parent(node);
    if (syntax_node_is_function(node))
      break;
    if (syntax_node_is_one_of(list, LISTS) && span_holds(syntax_node_span(list), other))
      return node;
  }
  return (TSNode){0};
}

static bool gives_value(TSNode function) {
  TSNode body = syntax_node_field(function, "body");
  if (!syntax_node_is(body, "statement_block"))
    return false;
  for (uint32_t i = 0; i < ts_node_named_child_count(body); i++) {
    TSNode statement = ts_node_named_child(body, i);
    if (syntax_node_is(statement, "return_statement") && ts_node_named_child_count(statement))
      return true;
  }
  return false;
}

static bool find_store(const FixRun *run, Stale *stale) {
  const Candidate *candidate = &run->report->candidate;
  stale->store = syntax_node_enclosing(source_node(&run->source, candidate->second), STORES);
  if (ts_node_is_null(stale->store))
    return false;
  stale->function = syntax_node_function(stale->store);
  if (ts_node_is_null(stale->function))
    return false;
  TSNode body = syntax_node_field(stale->function, "body");
  bool here = span_holds(syntax_node_span(body), candidate->first);
  stale->statement = statement_beside(stale->store, here ? candidate->first : syntax_node_span(stale->store));
  stale->returns = gives_value(stale->function);
  return true;
}

// --- writing

// `(answer) => setItems(answer)` becomes `(answer) => { if (!ignore) setItems(answer); }`.
static void guard_expression(const FixRun *run, Edits *edits, TSNode arrow, const char *fresh) {
  TSNode body = syntax_node_field(arrow, "body");
  edits_insert(edits, ts_node_start_byte(body), "%s", template_text(run, arrow, "{\n\f\tif (%s) ", fresh));
  edits_insert(edits, ts_node_end_byte(body), "%s", template_text(run, arrow, ";\n\f}"));
}

// `.then(setItems)`.
static void guard_setter(const FixRun *run, Edits *edits, TSNode setter, const char *fresh) {
  const char *name = source_copy(&run->source, run->arena, syntax_node_span(setter));
  edits_replace(edits, syntax_node_span(setter), "%s",
                template_text(run, setter, "(answer) => {\n\f\tif (%s) %s(answer);\n\f}", fresh, name));
}

static void guard_statement(const FixRun *run, Edits *edits, const Stale *stale, const StaleToken *token) {
  TSNode statement = stale->statement;
  uint32_t start = ts_node_start_byte(statement);
  Hoist hoist;
  const char *bindings = "";
  if (source_has(&run->source, syntax_node_span(statement), AWAITS) &&
      hoist_plan(run, run->report->candidate.origin, statement, &hoist)) {
    const char *gap = template_text(run, statement, "\n\f");
    bindings = arena_printf(run->arena, "%s%s", hoist_write(run, edits, &hoist, run->source.semicolons, gap), gap);
  }
  if (stale->returns)
    edits_insert(edits, start, "%sif (%s) ", bindings, token->fresh);
  else
    edits_insert(edits, start, "%s", template_text(run, statement, "%sif (%s) return;\n\f", bindings, token->stale));
}

static TSNode setter_argument(const FixRun *run, TSNode call) {
  JavaScriptCallback continuation;
  bool then = javascript_callback_of(call, &continuation) && !ts_node_is_null(continuation.method) &&
              syntax_node_is(continuation.argument, "identifier");
  return then && run->report->candidate.first.start == run->report->candidate.second.start ? continuation.argument
                                                                                           : (TSNode){0};
}

static bool guard_store(const FixRun *run, Edits *edits, const Stale *stale, const StaleToken *token) {
  TSNode setter = setter_argument(run, stale->store);
  if (!ts_node_is_null(setter))
    guard_setter(run, edits, setter, token->fresh);
  else if (!syntax_node_is(syntax_node_field(stale->function, "body"), "statement_block"))
    guard_expression(run, edits, stale->function, token->fresh);
  else if (!ts_node_is_null(stale->statement))
    guard_statement(run, edits, stale, token);
  else
    return false;
  return true;
}

// --- failures that come too late

static void guard_block(const FixRun *run, Edits *edits, TSNode block, const StaleToken *token) {
  TSNode first = ts_node_named_child(block, 0);
  if (ts_node_is_null(first) || source_has(&run->source, syntax_node_span(block), RETURNS))
    return;
  if (source_starts_line(&run->source, ts_node_start_byte(first)))
    edits_insert(edits, ts_node_start_byte(first), "%s",
                 template_text(run, first, "if (%s) return;\n\f", token->stale));
  else
    edits_insert(edits, ts_node_start_byte(first), "if (%s) return; ", token->stale);
}

static void guard_handler(const FixRun *run, Edits *edits, TSNode handler, const StaleToken *token) {
  TSNode body = syntax_node_field(handler, "body");
  if (syntax_node_is(handler, "identifier"))
    guard_setter(run, edits, handler, token->fresh);
  else if (syntax_node_is(body, "statement_block"))
    guard_block(run, edits, body, token);
  else if (syntax_node_is(handler, "arrow_function"))
    guard_expression(run, edits, handler, token->fresh);
}

// The `catch` of the `try` around the request, or what `.then` and `.catch` were given for failures.
static void guard_failures(const FixRun *run, Edits *edits, const Stale *stale, const StaleToken *token) {
  static const char *const TRIES[] = {"try_statement", NULL};
  TSNode try = syntax_node_enclosing(stale->statement, TRIES);
  if (!ts_node_is_null(try) && span_holds(syntax_node_span(stale->function), syntax_node_span(try)))
    guard_block(run, edits, syntax_node_field(syntax_node_field(try, "handler"), "body"), token);
  TSNode arguments = ts_node_parent(stale->function), call = ts_node_parent(arguments);
  if (!syntax_node_is(arguments, "arguments"))
    return;
  if (ts_node_named_child_count(arguments) > 1)
    guard_handler(run, edits, ts_node_named_child(arguments, 1), token);
  TSNode next = ts_node_parent(ts_node_parent(call));
  JavaScriptCallback continuation;
  if (syntax_node_is(next, "call_expression") && javascript_callback_of(next, &continuation) &&
      javascript_calls(run, &continuation, "catch"))
    guard_handler(run, edits, continuation.argument, token);
}

static bool attempt(FixRun *run, const Stale *stale, bool failures) {
  Edits edits = {.arena = run->arena};
  StaleToken token;
  if (!stale_token_make(run, &edits, stale->store, &token) || !guard_store(run, &edits, stale, &token))
    return false;
  if (failures)
    guard_failures(run, &edits, stale, &token);
  return fix_offer(run, &edits, false, "%s", token.title);
}

void drop_stale_fix(FixRun *run) {
  Stale stale;
  if (!find_store(run, &stale) || attempt(run, &stale, false) || attempt(run, &stale, true))
    return;
  if (run->objection)
    fix_refuse(run, "Ignore the answer when a newer request was made", "it would %s", run->objection);
}

// --- requests that are aborted

typedef struct Requests {
  const FixRun *run;
  TSNode call; // the last one
  uint32_t count;
} Requests;

static bool look_for_request(TSNode node, void *context) {
  Requests *requests = context;
  TSNode called = syntax_node_field(node, "function");
  if (syntax_node_is(node, "call_expression") && syntax_node_is(called, "identifier") &&
      source_equals(&requests->run->source, syntax_node_span(called), "fetch")) {
    requests->call = node;
    requests->count++;
  }
  return true;
}

// `fetch(url)` gets `{ signal: controller.signal }`.
static bool add_signal(const FixRun *run, Edits *edits, TSNode effect) {
  Requests requests = {.run = run};
  syntax_node_walk(effect, look_for_request, &requests);
  TSNode arguments = syntax_node_field(requests.call, "arguments"), last = syntax_node_last_child(arguments);
  if (requests.count != 1 || !ts_node_named_child_count(arguments) || ts_node_named_child_count(arguments) > 2)
    return false;
  if (ts_node_named_child_count(arguments) == 1)
    edits_insert(edits, ts_node_end_byte(last), ", { signal: controller.signal }");
  else if (syntax_node_is(last, "object") && ts_node_named_child_count(last))
    edits_insert(edits, ts_node_end_byte(syntax_node_last_child(last)), ", signal: controller.signal");
  else
    return false;
  return true;
}

// What is aborted fails: only where failures are handled already, which then leave this one alone.
void abort_stale_fix(FixRun *run) {
  Stale stale;
  StaleToken token;
  TSNode effect;
  Edits edits = {.arena = run->arena};
  if (!find_store(run, &stale) || !stale_token_abort(run, &edits, stale.store, &token, &effect) ||
      !add_signal(run, &edits, effect) || !guard_store(run, &edits, &stale, &token))
    return;
  uint32_t before = edits.items.count;
  guard_failures(run, &edits, &stale, &token);
  if (edits.items.count > before)
    fix_offer(run, &edits, false, "%s", token.title);
}
