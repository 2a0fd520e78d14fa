#include "javascript_call.h"
#include <string.h>

static const char *const CALLS[] = {"call_expression", "new_expression", NULL};

// What is called. The grammar reads `await f<T>(…)` as a call of `await f`.
static TSNode called_by(TSNode call) {
  TSNode called = syntax_node_field(call, "function");
  return syntax_node_is(called, "await_expression") ? ts_node_named_child(called, 0) : called;
}

TSNode javascript_call_at(const FixRun *run, Span span) {
  TSNode node = source_node(&run->source, span);
  if (syntax_node_is(node, "await_expression") && ts_node_start_byte(node) == span.start) {
    node = ts_node_named_child(node, 0);
    span.start = ts_node_start_byte(node);
  }
  node = syntax_node_enclosing(node, CALLS);
  while (!ts_node_is_null(node) && ts_node_start_byte(node) > span.start)
    node = syntax_node_enclosing(ts_node_parent(node), CALLS);
  bool begins = !ts_node_is_null(node) && ts_node_start_byte(node) == span.start;
  return begins ? node : (TSNode){0};
}

// --- callbacks

static void add_parameter(JavaScriptCallback *callback, TSNode parameter) {
  bool typed = syntax_node_is(parameter, "required_parameter");
  TSNode name = typed ? syntax_node_field(parameter, "pattern") : parameter;
  static const char *const NAMES[] = {"identifier", "object_pattern", "array_pattern", NULL};
  bool plain = syntax_node_is_one_of(name, NAMES) && ts_node_is_null(syntax_node_field(parameter, "value"));
  if (!plain || callback->parameter_count == CALLBACK_PARAMETERS)
    callback->plain = false;
  else
    callback->parameters[callback->parameter_count++] = name;
}

static void take_function(JavaScriptCallback *callback) {
  TSNode function = callback->argument, single = syntax_node_field(function, "parameter");
  callback->is_function = callback->plain = true;
  callback->arrow = syntax_node_is(function, "arrow_function");
  callback->body = syntax_node_field(function, "body");
  if (!ts_node_is_null(single))
    add_parameter(callback, single);
  TSNode list = syntax_node_field(function, "parameters");
  for (uint32_t i = 0; !ts_node_is_null(list) && i < ts_node_named_child_count(list); i++)
    add_parameter(callback, ts_node_named_child(list, i));
}

bool javascript_callback_of(TSNode call, JavaScriptCallback *callback) {
  *callback = (JavaScriptCallback){.call = call};
  TSNode called = called_by(call), arguments = syntax_node_field(call, "arguments");
  if (ts_node_is_null(arguments) || !ts_node_named_child_count(arguments))
    return false;
  if (syntax_node_is(called, "member_expression")) {
    callback->receiver = syntax_node_field(called, "object");
    callback->method = syntax_node_field(called, "property");
  } else if (!syntax_node_is(call, "new_expression")) {
    return false;
  }
  callback->argument = ts_node_named_child(arguments, 0);
  if (syntax_node_is(callback->argument, "arrow_function") || syntax_node_is(callback->argument, "function_expression"))
    take_function(callback);
  return !syntax_node_is(callback->argument, "comment") && !syntax_node_is(callback->argument, "spread_element");
}

bool javascript_calls(const FixRun *run, const JavaScriptCallback *callback, const char *name) {
  return !ts_node_is_null(callback->method) && source_equals(&run->source, syntax_node_span(callback->method), name);
}

// --- await

// Files with imports or exports are modules, where `await` may stand at the top level.
static bool is_module(const FixRun *run) {
  for (uint32_t i = 0; i < ts_node_named_child_count(run->source.root); i++) {
    TSNode statement = ts_node_named_child(run->source.root, i);
    if (syntax_node_is(statement, "import_statement") || syntax_node_is(statement, "export_statement"))
      return true;
  }
  return false;
}

bool javascript_can_await(const FixRun *run, TSNode node) {
  Span span = syntax_node_span(node);
  for (TSNode outside = ts_node_parent(node); !ts_node_is_null(outside); outside = ts_node_parent(outside)) {
    if (syntax_node_is(outside, "class_body"))
      return false;
    if (syntax_node_is_function(outside))
      return syntax_node_is_async(outside) && span_holds(syntax_node_span(syntax_node_field(outside, "body")), span);
  }
  return is_module(run);
}

const char *javascript_why_no_await(const FixRun *run) {
  if (fix_function(run, run->report->function)->flags & FUNCTION_MODULE)
    return "nothing can be awaited here";
  return arena_printf(run->arena, "`%s` is not async and cannot wait",
                      rule_function(run->rules, run->report->function));
}

static bool needs_parentheses(TSNode expression) {
  static const char *const CLOSER[] = {
      "unary_expression", "binary_expression",   "spread_element",       "as_expression",
      "new_expression",   "non_null_expression", "satisfies_expression", NULL,
  };
  static const char *const FIELDS[] = {"object", "function", "constructor", NULL};
  TSNode outside = ts_node_parent(expression);
  if (syntax_node_is_one_of(outside, CLOSER))
    return true;
  if (syntax_node_is(outside, "ternary_expression"))
    return ts_node_eq(syntax_node_field(outside, "condition"), expression);
  for (const char *const *field = FIELDS; *field; field++)
    if (ts_node_eq(syntax_node_field(outside, *field), expression))
      return true;
  return false;
}

void javascript_await(Edits *edits, TSNode expression) {
  bool parentheses = needs_parentheses(expression);
  edits_insert(edits, ts_node_start_byte(expression), parentheses ? "(await " : "await ");
  if (parentheses)
    edits_insert(edits, ts_node_end_byte(expression), ")");
}

// --- names

typedef struct NameSearch {
  const FixRun *run;
  const char *name;
  bool found;
} NameSearch;

static bool look_for_name(TSNode node, void *context) {
  static const char *const IDENTIFIERS[] = {"identifier", "shorthand_property_identifier",
                                            "shorthand_property_identifier_pattern", NULL};
  NameSearch *search = context;
  if (syntax_node_is_one_of(node, IDENTIFIERS) &&
      source_equals(&search->run->source, syntax_node_span(node), search->name))
    search->found = true;
  return !search->found;
}

bool javascript_names(const FixRun *run, TSNode node, const char *name) {
  NameSearch search = {run, name, false};
  syntax_node_walk(node, look_for_name, &search);
  return search.found;
}

typedef struct ThisSearch {
  const FixRun *run;
  TSNode top;
  bool found;
} ThisSearch;

static bool look_for_this(TSNode node, void *context) {
  ThisSearch *search = context;
  if (search->found)
    return false;
  if (!ts_node_eq(node, search->top) && syntax_node_is_function(node) && !syntax_node_is(node, "arrow_function"))
    return false;
  bool arguments =
      syntax_node_is(node, "identifier") && source_equals(&search->run->source, syntax_node_span(node), "arguments");
  if (arguments || syntax_node_is(node, "this") || syntax_node_is(node, "super"))
    search->found = true;
  return true;
}

bool javascript_uses_this(const FixRun *run, TSNode node) {
  ThisSearch search = {run, node, false};
  syntax_node_walk(node, look_for_this, &search);
  return search.found;
}
