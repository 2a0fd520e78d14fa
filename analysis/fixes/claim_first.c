// `if self.started: return`, `await …`, `self.started = True`: the flag is set before the await, and taken back where
// that fails.
#include "region.h"
#include "statement.h"
#include "template.h"

static const char *const TESTS[] = {"if_statement", NULL};

typedef struct Claimed {
  TSNode flag;  // the statement that sets it
  TSNode first; // the statement in front of which it is to be set
} Claimed;

static TSNode first_statement(TSNode list) {
  TSNode child = syntax_node_child(list, 0);
  while (syntax_node_is(child, "comment"))
    child = ts_node_next_named_sibling(child);
  return child;
}

// The statement in front of which the flag is to be set: behind a guard, or at the beginning of what the test leads to.
static TSNode first_behind(const FixRun *run, TSNode flag) {
  TSNode test = syntax_node_enclosing(source_node(&run->source, run->report->candidate.first), TESTS);
  TSNode body = syntax_node_field(test, "consequence"), list = ts_node_parent(flag);
  TSNode condition = syntax_node_field(test, "condition");
  if (ts_node_is_null(body) || !span_holds(syntax_node_span(condition), run->report->candidate.first) ||
      !ts_node_is_null(syntax_node_field(test, "alternative")))
    return (TSNode){0};
  if (ts_node_eq(body, list))
    return first_statement(body);
  return ts_node_eq(ts_node_parent(test), list) ? ts_node_next_named_sibling(test) : (TSNode){0};
}

static bool find(const FixRun *run, Claimed *claimed) {
  static const char *const STATEMENTS[] = {"expression_statement", NULL};
  static const char *const ASSIGNMENTS[] = {"assignment", "assignment_expression", NULL};
  claimed->flag = syntax_node_enclosing(source_node(&run->source, run->report->candidate.second), STATEMENTS);
  TSNode assignment = syntax_node_child(claimed->flag, 0);
  if (!syntax_node_is_one_of(assignment, ASSIGNMENTS) ||
      !syntax_node_is(syntax_node_field(assignment, "right"), "true") ||
      !statement_stands_alone(&run->source, claimed->flag))
    return false;
  claimed->first = first_behind(run, claimed->flag);
  return !ts_node_is_null(claimed->first) && !syntax_node_is(claimed->first, "comment") &&
         ts_node_start_byte(claimed->first) < ts_node_start_byte(claimed->flag) &&
         source_starts_line(&run->source, ts_node_start_byte(claimed->first)) &&
         span_holds((Span){ts_node_start_byte(claimed->first), ts_node_start_byte(claimed->flag)},
                    run->report->candidate.suspension);
}

// Whether something declared in the work is used behind it: a block would hide it.
static bool declares_for_later(const FixRun *run, Span work, TSNode flag) {
  Span behind = {ts_node_end_byte(flag), ts_node_end_byte(ts_node_parent(flag))};
  const Module *module = fix_module(run);
  for (VariableId id = 1; !run->source.python && id < module->variables.count; id++) {
    const Variable *variable = module_variable(module, id);
    if (variable->declaration.end && span_holds(work, variable->declaration) &&
        source_uses(&run->source, behind, fix_symbol(run, variable->name), false))
      return true;
  }
  return false;
}

static const char *claim_text(const FixRun *run, TSNode node, const char *flag) {
  return template_text(run, node, run->source.python ? "\f%s = True\n\ftry:\n" : "\f%s = true;\n\ftry {\n", flag);
}

static const char *undo_text(const FixRun *run, TSNode node, const char *flag) {
  if (run->source.python)
    return template_text(run, node, "except BaseException:\n\f\t%s = False\n\f\traise", flag);
  return template_text(run, node, "} catch (error) {\n\f\t%s = false;\n\f\tthrow error;\n\f}", flag);
}

void claim_first_fix(FixRun *run) {
  Claimed claimed;
  if (!find(run, &claimed))
    return;
  const Source *source = &run->source;
  uint32_t start = source_line_start(source, ts_node_start_byte(claimed.first));
  uint32_t end = source_line_start(source, ts_node_start_byte(claimed.flag));
  Region region = {.first = claimed.first, .span = {start, end}};
  if (declares_for_later(run, region.span, claimed.flag))
    return;
  TSNode name = syntax_node_field(syntax_node_child(claimed.flag, 0), "left");
  const char *flag = source_copy(source, run->arena, syntax_node_span(name));
  Edits edits = {.arena = run->arena};
  edits_insert(&edits, start, "%s", claim_text(run, claimed.first, flag));
  region_indent(run, &edits, &region, 1);
  edits_replace(&edits, statement_span(claimed.flag), "%s", undo_text(run, claimed.first, flag));
  fix_offer(run, &edits, false, "Set `%s` before the await", flag);
}
