// `x += await f()` becomes `value = await f()` and `x += value`: the read and the write in one atomic section.
#include "region.h"

static const char *const AWAITS[] = {"await", "await_expression", NULL};
// Where an operand may not be evaluated at all, or more than once.
static const char *const CONDITIONAL[] = {
  "conditional_expression", "boolean_operator", "ternary_expression", "list_comprehension", "set_comprehension",
  "dictionary_comprehension", "generator_expression", "lambda", "arrow_function", "function_expression", NULL,
};
static const char *const STATEMENTS[] = {"expression_statement", NULL};
static const char *const LOGICAL[] = {"&&", "||", "??", NULL};

static bool is_unconditional(TSNode await, TSNode statement) {
  for (TSNode node = ts_node_parent(await); !ts_node_eq(node, statement); node = ts_node_parent(node)) {
    if (ts_node_is_null(node) || syntax_node_is_one_of(node, CONDITIONAL)) return false;
    if (syntax_node_is(node, "binary_expression"))
      for (const char *const *operator_ = LOGICAL; *operator_; operator_++)
        if (syntax_node_has_token(node, *operator_)) return false;
  }
  return true;
}

static bool count_awaits(TSNode node, void *context) {
  if (ts_node_is_named(node) && syntax_node_is_one_of(node, AWAITS)) ++*(unsigned *)context;
  return true;
}

void move_await_out_fix(FixRun *run) {
  const Candidate *candidate = &run->report->candidate;
  Source *source = &run->source;
  TSNode statement = syntax_node_enclosing(source_node(source, candidate->second), STATEMENTS);
  TSNode await = syntax_node_enclosing(source_node(source, candidate->suspension), AWAITS);
  Region region;
  unsigned awaits = 0;
  if (ts_node_is_null(statement) || ts_node_is_null(await)) return;
  if (!span_holds(syntax_node_span(statement), candidate->first) || !span_holds(syntax_node_span(statement), syntax_node_span(await))) return;
  syntax_node_walk(statement, count_awaits, &awaits);
  if (awaits != 1 || !is_unconditional(await, statement)) return;
  if (!region_of(source, syntax_node_span(statement), &region) || !ts_node_eq(region.first, statement)) return;
  Edits edits = {.arena = run->arena};
  const char *name = source_fresh_name(source, run->arena, "value", false);
  const char *indent = source_indent(source, run->arena, region.span.start);
  const char *awaited = source_copy(source, run->arena, syntax_node_span(await));
  edits_insert(&edits, region.span.start, "%s%s = %s%s\n%s",
               source->python ? "" : "const ", name, awaited, source->python ? "" : ";", indent);
  edits_replace(&edits, syntax_node_span(await), "%s", name);
  fix_offer(run, &edits, true, "Move the await out of the update");
}
