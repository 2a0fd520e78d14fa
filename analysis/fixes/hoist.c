#include "hoist.h"
#include "effects.h"
#include <ctype.h>
#include <string.h>

static const char *const AWAITS[] = {"await", "await_expression", NULL};
// Where an operand may not be evaluated at all, or more than once.
static const char *const CONDITIONAL[] = {
    "conditional_expression", "boolean_operator",
    "ternary_expression",     "list_comprehension",
    "set_comprehension",      "dictionary_comprehension",
    "generator_expression",   "comparison_operator",
    "optional_chain",         NULL,
};
static const char *const LOGICAL[] = {"&&", "||", "?\?", "&&=", "||=", "?\?=", NULL};

static bool collect(TSNode node, void *context) {
  Hoist *hoist = context;
  if (syntax_node_is_function(node))
    return false;
  if (!ts_node_is_named(node) || !syntax_node_is_one_of(node, AWAITS))
    return true;
  if (hoist->count < HOIST_LIMIT)
    hoist->awaits[hoist->count++] = node;
  else
    hoist->too_many = true;
  return false;
}

static bool is_unconditional(TSNode await, TSNode statement) {
  for (TSNode node = ts_node_parent(await); !ts_node_eq(node, statement); node = ts_node_parent(node)) {
    if (ts_node_is_null(node) || syntax_node_is_one_of(node, CONDITIONAL))
      return false;
    for (const char *const *operator_ = LOGICAL; *operator_; operator_++)
      if (syntax_node_has_token(node, *operator_))
        return false;
  }
  return true;
}

bool hoist_plan(const FixRun *run, FunctionId id, TSNode statement, Hoist *hoist) {
  *hoist = (Hoist){.statement = statement};
  syntax_node_walk(statement, collect, hoist);
  uint32_t start = ts_node_start_byte(statement);
  for (uint32_t i = 0; i < hoist->count; i++) {
    Span span = syntax_node_span(hoist->awaits[i]);
    if (!is_unconditional(hoist->awaits[i], statement))
      return false;
    if (!effects_calls_are_pure(run, id, (Span){start, span.start}))
      return false;
    start = span.end;
  }
  return hoist->count && !hoist->too_many;
}

bool hoist_takes(const Hoist *hoist, Span access) {
  for (uint32_t i = 0; i < hoist->count; i++)
    if (span_holds(syntax_node_span(hoist->awaits[i]), access))
      return true;
  return false;
}

// --- names

// "size" of `fetch_size(…)` and `api.getSize(…)`; NULL where the name of what is called tells of no result.
static const char *noun_of(const FixRun *run, TSNode await) {
  static const char *const VERBS[] = {"get",   "fetch",   "load",      "read",  "find",
                                      "query", "compute", "calculate", "count", NULL};
  TSNode called = syntax_node_field(ts_node_named_child(await, 0), "function");
  if (ts_node_is_null(called))
    return NULL;
  if (ts_node_named_child_count(called))
    called = ts_node_named_child(called, ts_node_named_child_count(called) - 1);
  char *name = source_copy(&run->source, run->arena, syntax_node_span(called));
  for (const char *const *verb = VERBS; *verb; verb++) {
    size_t length = strlen(*verb);
    char *noun = name + strspn(name, "_#");
    if (strncmp(noun, *verb, length) != 0)
      continue;
    noun += length;
    bool snake = *noun == '_', camel = isupper((unsigned char)*noun);
    if ((!snake && !camel) || strlen(noun) < 4)
      return NULL;
    if (snake)
      return noun + 1;
    *noun = (char)tolower((unsigned char)*noun);
    return noun;
  }
  return NULL;
}

static bool is_among(const char *name, const char *const *names, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0)
      return true;
  return false;
}

// A name that neither the function uses nor an earlier await of the statement got.
static const char *name_for(const FixRun *run, TSNode await, const char *const *names, uint32_t count) {
  const char *noun = noun_of(run, await);
  const char *base = noun ? noun : "value", *name = base;
  for (unsigned number = 2; is_among(name, names, count); number++)
    name = arena_printf(run->arena, "%s%s%u", base, run->source.python ? "_" : "", number);
  TSNode function = syntax_node_function(await);
  if (!ts_node_is_null(function) && !source_uses(&run->source, syntax_node_span(function), name, false))
    return name;
  return source_fresh_name(&run->source, run->arena, name, false);
}

static TSNode with_parentheses(TSNode await) {
  TSNode parent = ts_node_parent(await);
  return syntax_node_is(parent, "parenthesized_expression") ? parent : await;
}

const char *hoist_write(const FixRun *run, Edits *edits, const Hoist *hoist, bool semicolons, const char *separator) {
  const char *bindings = "", *names[HOIST_LIMIT];
  for (uint32_t i = 0; i < hoist->count; i++) {
    names[i] = name_for(run, hoist->awaits[i], names, i);
    const char *awaited = source_copy(&run->source, run->arena, syntax_node_span(hoist->awaits[i]));
    bindings = arena_printf(run->arena, "%s%s%s%s = %s%s", bindings, i ? separator : "",
                            run->source.python ? "" : "const ", names[i], awaited, semicolons ? ";" : "");
    edits_replace(edits, syntax_node_span(with_parentheses(hoist->awaits[i])), "%s", names[i]);
  }
  return bindings;
}
