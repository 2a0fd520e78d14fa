#include "stale_token.h"
#include "javascript_import.h"
#include "javascript_place.h"
#include "lock_sites.h"
#include "template.h"
#include <string.h>

static const char *const LISTS[] = {"program", "statement_block", "switch_case", "switch_default", NULL};

static FunctionId function_id(const FixRun *run, TSNode node) {
  Span span = syntax_node_span(node);
  for (FunctionId id = 1; id < fix_module(run)->functions.count; id++)
    if (fix_function(run, id)->span.start == span.start && fix_function(run, id)->span.end == span.end)
      return id;
  return 0;
}

static TSNode node_of(const FixRun *run, FunctionId id) {
  return syntax_node_function(source_node(&run->source, fix_function(run, id)->span));
}

static const char *fresh_name(const FixRun *run, const char *name) {
  return source_fresh_name(&run->source, run->arena, name, false);
}

// Makes `text` the beginning of a function's body.
static void begin_body(const FixRun *run, Edits *edits, TSNode body, const char *text) {
  TSNode first = ts_node_named_child(body, 0);
  if (ts_node_is_null(first) || !source_starts_line(&run->source, ts_node_start_byte(first)))
    edits_insert(edits, ts_node_start_byte(body) + 1, " %s;", text);
  else
    edits_insert(edits, ts_node_start_byte(first), "%s", template_text(run, first, "%s;\n\f", text));
}

// --- effects

static const Instruction *call_of_edge(const FixRun *run, const Edge *edge) {
  return &fix_function(run, edge->caller)->code.items[edge->instruction];
}

static bool cleans_up(const Model *model) {
  return model && model->kind == MODEL_EFFECT && model->effects & EFFECT_CLEANS;
}

// Whether the function is handed to a library as an effect, in the very call it is written in.
static bool is_effect(const FixRun *run, TSNode function) {
  FunctionId id = function_id(run, function);
  const CallGraph *graph = run->rules->graph;
  for (uint32_t i = 0; id && i < graph->count; i++) {
    const Edge *edge = &graph->edges[i];
    if (edge->callee.function != id || edge->kind != EDGE_HANDLER)
      continue;
    const Instruction *call = call_of_edge(run, edge);
    if (span_holds(call->span, syntax_node_span(function)) &&
        cleans_up(values_model(run->rules->file->values, edge->caller, call, NULL)))
      return true;
  }
  return false;
}

// The effect around a node whose clean-up runs before its next turn; a null node where there is none.
static TSNode effect_around(const FixRun *run, TSNode node) {
  node = syntax_node_function(node);
  while (!ts_node_is_null(node) && !is_effect(run, node))
    node = syntax_node_function(ts_node_parent(node));
  return node;
}

// `return () => clear(timer);`, `return unsubscribe;`: the new statement comes first.
static bool extend_cleanup(const FixRun *run, Edits *edits, TSNode cleanup, const char *statement) {
  TSNode body = syntax_node_field(cleanup, "body");
  if (syntax_node_is(body, "statement_block")) {
    begin_body(run, edits, body, statement);
    return true;
  }
  TSNode old = syntax_node_is(cleanup, "arrow_function") ? body : cleanup;
  bool called = syntax_node_is(cleanup, "identifier");
  if (!called && !syntax_node_is(cleanup, "arrow_function"))
    return false;
  edits_insert(edits, ts_node_start_byte(old), "%s",
               template_text(run, cleanup, "%s{\n\f\t%s;\n\f\t", called ? "() => " : "", statement));
  edits_insert(edits, ts_node_end_byte(old), "%s", template_text(run, cleanup, "%s;\n\f}", called ? "()" : ""));
  return true;
}

static bool add_cleanup(const FixRun *run, Edits *edits, TSNode body, const char *statement) {
  TSNode last = ts_node_named_child(body, ts_node_named_child_count(body) - 1);
  if (syntax_node_is(last, "return_statement") && ts_node_named_child_count(last))
    return extend_cleanup(run, edits, ts_node_named_child(last, 0), statement);
  const char *text = template_text(run, last, "\n\freturn () => {\n\f\t%s;\n\f};", statement);
  edits_insert(edits, ts_node_end_byte(last), "%s", text);
  return true;
}

// Makes one statement the first of the effect, and another the first of its clean-up.
static bool begin_and_clean(const FixRun *run, Edits *edits, TSNode effect, const char *begin, const char *clean) {
  TSNode body = syntax_node_field(effect, "body");
  if (syntax_node_is_async(effect) || !ts_node_named_child_count(body))
    return false;
  if (syntax_node_is(body, "statement_block")) {
    begin_body(run, edits, body, begin);
    return add_cleanup(run, edits, body, clean);
  }
  edits_insert(edits, ts_node_start_byte(body), "%s", template_text(run, effect, "{\n\f\t%s;\n\f\t", begin));
  edits_insert(edits, ts_node_end_byte(body), "%s",
               template_text(run, effect, ";\n\f\treturn () => {\n\f\t\t%s;\n\f\t};\n\f}", clean));
  return true;
}

static bool make_flag(const FixRun *run, Edits *edits, TSNode effect, StaleToken *token) {
  const char *flag = source_uses(&run->source, syntax_node_span(effect), "ignore", false) ? "isStale" : "ignore";
  token->stale = flag;
  token->fresh = arena_printf(run->arena, "!%s", flag);
  token->title = "Ignore the answer after the clean-up";
  return begin_and_clean(run, edits, effect, arena_printf(run->arena, "let %s = false", flag),
                         arena_printf(run->arena, "%s = true", flag));
}

bool stale_token_abort(const FixRun *run, Edits *edits, TSNode store, StaleToken *token, TSNode *effect) {
  *effect = effect_around(run, store);
  if (ts_node_is_null(*effect) || source_uses(&run->source, syntax_node_span(*effect), "controller", false))
    return false;
  token->stale = "controller.signal.aborted";
  token->fresh = "!controller.signal.aborted";
  token->title = "Abort the request in the clean-up";
  return begin_and_clean(run, edits, *effect, "const controller = new AbortController()", "controller.abort()");
}

// --- numbered requests

// The function that a library calls anew to render: what it declares does not last.
static bool is_component(const FixRun *run, FunctionId id) {
  const Module *module = fix_module(run);
  for (VariableId variable = 1; variable < module->variables.count; variable++)
    if (run->rules->file->is_state[variable] && module_variable(module, variable)->owner == id)
      return true;
  const Function *function = fix_function(run, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    if ((call->op == OP_CALL || call->op == OP_CALL_METHOD) &&
        cleans_up(values_model(run->rules->file->values, id, call, NULL)))
      return true;
  }
  return false;
}

typedef struct Stored {
  bool on_receiver; // `this.item = …`
  FunctionId owner; // of the variable that `rows.value = …` begins with, or of the setter; 0 where it is not known
} Stored;

static FunctionId owner_of(const FixRun *run, const char *name, FunctionId from) {
  const Module *module = fix_module(run);
  for (FunctionId owner = from; owner; owner = fix_function(run, owner)->parent)
    for (VariableId id = 1; id < module->variables.count; id++)
      if (module_variable(module, id)->owner == owner &&
          strcmp(fix_symbol(run, module_variable(module, id)->name), name) == 0)
        return owner;
  return 0;
}

static Stored find_stored(const FixRun *run, TSNode store) {
  TSNode target = syntax_node_field(store, syntax_node_is(store, "call_expression") ? "function" : "left");
  while (syntax_node_is(target, "member_expression") || syntax_node_is(target, "subscript_expression"))
    target = syntax_node_field(target, "object");
  Stored stored = {.on_receiver = syntax_node_is(target, "this")};
  if (syntax_node_is(target, "identifier"))
    stored.owner =
        owner_of(run, source_copy(&run->source, run->arena, syntax_node_span(target)), run->report->candidate.origin);
  return stored;
}

// The outermost function that runs anew for each request: a method, or the one below the owner of what is stored.
static FunctionId run_for_each(const FixRun *run, Stored stored) {
  FunctionId id = run->report->candidate.origin;
  for (;;) {
    FunctionId parent = fix_function(run, id)->parent;
    bool method =
        fix_function(run, id)->flags & FUNCTION_METHOD || fix_function(run, parent)->flags & FUNCTION_CONSTRUCTOR;
    if (parent <= 1 || parent == stored.owner || (stored.on_receiver && method))
      return id;
    id = parent;
  }
}

static bool number_in_class(const FixRun *run, Edits *edits, FunctionId handler, const char **latest) {
  FunctionId method = lock_receiver_method(run, handler);
  JavaScriptPlace place = {.class_id = method ? fix_function(run, method)->class_id : 0};
  const char *reach = place.class_id ? javascript_place_reach(run, &place, handler) : NULL;
  // What an object literal or a prototype makes has no body for fields.
  if (!reach || module_class(fix_module(run), place.class_id)->flags & (CLASS_LITERAL | CLASS_PROTOTYPE))
    return false;
  const char *name = javascript_place_name(run, &place, "latestRequest");
  javascript_place_add(run, edits, &place, template_text(run, node_of(run, handler), "%s = 0;", name));
  *latest = arena_printf(run->arena, "%s%s", reach, name);
  return true;
}

// In a component, a ref outlasts the renderings.
static bool number_in_ref(const FixRun *run, Edits *edits, TSNode statement, const char **latest) {
  const char *ref = javascript_import_hook(run, edits, "useRef");
  if (!ref)
    return false;
  const char *name = fresh_name(run, "latestRequest");
  javascript_insert_before(run, edits, statement, template_text(run, statement, "const %s = %s(0);\n\f", name, ref));
  *latest = arena_printf(run->arena, "%s.current", name);
  return true;
}

static TSNode statement_around(TSNode node) {
  while (!ts_node_is_null(node) && !syntax_node_is_one_of(ts_node_parent(node), LISTS))
    node = ts_node_parent(node);
  return node;
}

static bool make_number(const FixRun *run, Edits *edits, TSNode store, StaleToken *token) {
  Stored stored = find_stored(run, store);
  FunctionId handler = run_for_each(run, stored);
  TSNode function = node_of(run, handler), body = syntax_node_field(function, "body");
  TSNode statement = statement_around(function);
  const char *latest, *number = fresh_name(run, "request");
  if (!syntax_node_is(body, "statement_block") || ts_node_is_null(statement))
    return false;
  if (stored.on_receiver) {
    if (!number_in_class(run, edits, handler, &latest))
      return false;
  } else if (is_component(run, fix_function(run, handler)->parent)) {
    if (!number_in_ref(run, edits, statement, &latest))
      return false;
  } else {
    latest = fresh_name(run, "latestRequest");
    javascript_insert_before(run, edits, statement, template_text(run, statement, "let %s = 0;\n\f", latest));
  }
  begin_body(run, edits, body, arena_printf(run->arena, "const %s = ++%s", number, latest));
  token->stale = arena_printf(run->arena, "%s !== %s", number, latest);
  token->fresh = arena_printf(run->arena, "%s === %s", number, latest);
  token->title = "Ignore the answer when a newer request was made";
  return true;
}

bool stale_token_make(const FixRun *run, Edits *edits, TSNode store, StaleToken *token) {
  TSNode effect = effect_around(run, store);
  return ts_node_is_null(effect) ? make_number(run, edits, store, token) : make_flag(run, edits, effect, token);
}
