// What a call has put where others put theirs, and a function that it calls reads there, is passed on as an argument.
#include "parked.h"
#include <string.h>

typedef struct PassedOn {
  FunctionId function; // that reads it
  TSNode call;         // of it
  TSNode definition;
} PassedOn;

static const Edge *edge_at(const FixRun *run, Span call) {
  const Candidate *candidate = &run->report->candidate;
  for (const Edge *edge = run->rules->graph->from[candidate->origin]; edge; edge = edge->next_from) {
    Span span = fix_function(run, edge->caller)->code.items[edge->instruction].span;
    if (edge->kind != EDGE_HANDLER && edge->kind != EDGE_CALLBACK && span_holds(call, span))
      return edge;
  }
  return NULL;
}

static TSNode definition_of(const FixRun *run, FunctionId id) {
  TSNode node = source_node(&run->source, fix_function(run, id)->span);
  return syntax_node_function(node);
}

static TSNode call_of(const FixRun *run, Span span) {
  static const char *const CALLS[] = {"call", "call_expression", NULL};
  static const char *const AWAITS[] = {"await", "await_expression", NULL};
  TSNode node = source_node(&run->source, span), none = {0};
  node = syntax_node_is_one_of(node, AWAITS) ? syntax_node_child(node, 0) : node;
  return syntax_node_is_one_of(node, CALLS) ? node : none;
}

static bool find(const FixRun *run, PassedOn *passed) {
  Span second = run->report->candidate.second;
  const Edge *edge = edge_at(run, second);
  if (!edge || edge->passed)
    return false;
  passed->function = edge->callee.function;
  Span span = fix_function(run, edge->caller)->code.items[edge->instruction].span;
  passed->call = call_of(run, span);
  passed->definition = definition_of(run, passed->function);
  return !ts_node_is_null(passed->call) && !ts_node_is_null(syntax_node_field(passed->definition, "parameters"));
}

static bool is_called_once(const FixRun *run, FunctionId function) {
  const Edge *edge = run->rules->graph->into[function];
  return edge && !edge->next_into;
}

// Whether nobody outside of the file is meant to call it.
static bool is_private(const FixRun *run, const PassedOn *passed) {
  const char *called = fix_symbol(run, fix_function(run, passed->function)->name);
  bool method = fix_function(run, passed->function)->flags & FUNCTION_METHOD;
  if (*called == '_' || *called == '#')
    return true;
  for (TSNode node = passed->definition; !method && !run->source.python; node = ts_node_parent(node)) {
    if (ts_node_is_null(node))
      return true;
    if (syntax_node_is(node, "export_statement"))
      return false;
  }
  return false;
}

// ": string" of the caller's parameter that is passed on; "" where it has none.
static const char *type_of(const FixRun *run, TSNode call, const char *name) {
  TSNode parameters = syntax_node_field(syntax_node_function(call), "parameters");
  for (uint32_t i = 0; !ts_node_is_null(parameters) && i < ts_node_named_child_count(parameters); i++) {
    TSNode parameter = ts_node_named_child(parameters, i), pattern = syntax_node_field(parameter, "pattern");
    TSNode type = syntax_node_field(parameter, "type");
    if (!ts_node_is_null(pattern) && !ts_node_is_null(type) &&
        source_equals(&run->source, syntax_node_span(pattern), name))
      return source_copy(&run->source, run->arena, syntax_node_span(type));
  }
  return "";
}

// The new parameter; NULL where others may call without it.
static const char *parameter_of(const FixRun *run, const PassedOn *passed, const Parked *parked, const char *local) {
  if (!is_private(run, passed) || !is_called_once(run, passed->function))
    return NULL;
  if (!run->source.typescript)
    return parked->name;
  const char *type = type_of(run, passed->call, local);
  return *type ? arena_printf(run->arena, "%s%s", parked->name, type) : NULL;
}

static void add_to_list(Edits *edits, TSNode list, const char *text) {
  TSNode last = syntax_node_last_child(list);
  uint32_t close = ts_node_end_byte(list) - 1;
  if (ts_node_is_null(last))
    edits_insert(edits, close, "%s", text);
  else
    edits_insert(edits, ts_node_end_byte(last), ", %s", text);
}

// As many arguments as parameters, all of them by position.
static bool is_filled(const FixRun *run, const PassedOn *passed) {
  static const char *const OTHERS[] = {"keyword_argument", "list_splat", "dictionary_splat",
                                       "spread_element",   "comment",    NULL};
  TSNode arguments = syntax_node_field(passed->call, "arguments");
  const Function *function = fix_function(run, passed->function);
  uint32_t parameters = ts_node_named_child_count(syntax_node_field(passed->definition, "parameters"));
  bool receiver = run->source.python && (function->flags & FUNCTION_METHOD);
  for (uint32_t i = 0; i < ts_node_named_child_count(arguments); i++)
    if (syntax_node_is_one_of(ts_node_named_child(arguments, i), OTHERS))
      return false;
  return !ts_node_is_null(arguments) && ts_node_named_child_count(arguments) + receiver == parameters;
}

void pass_on_fix(FixRun *run) {
  Parked parked;
  PassedOn passed;
  if (!parked_find(run, &parked) || !find(run, &passed) || !is_filled(run, &passed))
    return;
  TSNode body = syntax_node_field(passed.definition, "body");
  Edits edits = {.arena = run->arena};
  const char *local = parked_local(run, &edits, &parked, run->report->candidate.second.end);
  const char *parameter = parameter_of(run, &passed, &parked, local);
  if (!parameter ||
      (strcmp(parked.name, parked.text) != 0 && source_uses(&run->source, syntax_node_span(body), parked.name, false)))
    return;
  if (!parked_replace(run, &edits, &parked, body, 0, parked.name))
    return;
  add_to_list(&edits, syntax_node_field(passed.definition, "parameters"), parameter);
  add_to_list(&edits, syntax_node_field(passed.call, "arguments"), local);
  fix_offer(run, &edits, false, "Pass `%s` on as an argument", local);
}
