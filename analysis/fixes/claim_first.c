// `if self.started: return`, `await …`, `self.started = True`: the flag is set before the await, and taken back where
// that fails.
#include "region.h"
#include "statement.h"
#include <string.h>

static const char *const TESTS[] = {"if_statement", NULL};

typedef struct Claimed {
  TSNode flag;  // the statement that sets it
  TSNode first; // the statement in front of which it is to be set
} Claimed;

// The statement in front of which the flag is to be set: behind a guard, or at the beginning of what the test leads to.
static TSNode first_behind(const FixRun *run, TSNode flag) {
  TSNode test = syntax_node_enclosing(source_node(&run->source, run->report->candidate.first), TESTS);
  TSNode body = syntax_node_field(test, "consequence"), list = ts_node_parent(flag);
  TSNode condition = syntax_node_field(test, "condition");
  if (ts_node_is_null(body) || !span_holds(syntax_node_span(condition), run->report->candidate.first) ||
      !ts_node_is_null(syntax_node_field(test, "alternative")))
    return (TSNode){0};
  if (ts_node_eq(body, list))
    return syntax_node_child(body, 0);
  return ts_node_eq(ts_node_parent(test), list) ? ts_node_next_named_sibling(test) : (TSNode){0};
}

static bool find(const FixRun *run, Claimed *claimed) {
  static const char *const STATEMENTS[] = {"expression_statement", NULL};
  claimed->flag = syntax_node_enclosing(source_node(&run->source, run->report->candidate.second), STATEMENTS);
  TSNode assignment = syntax_node_child(claimed->flag, 0);
  if (!syntax_node_is(assignment, "assignment") || !syntax_node_is(syntax_node_field(assignment, "right"), "true") ||
      !statement_stands_alone(&run->source, claimed->flag))
    return false;
  claimed->first = first_behind(run, claimed->flag);
  return !ts_node_is_null(claimed->first) && !syntax_node_is(claimed->first, "comment") &&
         ts_node_start_byte(claimed->first) < ts_node_start_byte(claimed->flag) &&
         source_starts_line(&run->source, ts_node_start_byte(claimed->first)) &&
         span_holds((Span){ts_node_start_byte(claimed->first), ts_node_start_byte(claimed->flag)},
                    run->report->candidate.suspension);
}

void claim_first_fix(FixRun *run) {
  Claimed claimed;
  if (!find(run, &claimed))
    return;
  const Source *source = &run->source;
  uint32_t start = source_line_start(source, ts_node_start_byte(claimed.first));
  uint32_t end = source_line_start(source, ts_node_start_byte(claimed.flag));
  const char *indent = source_indent(source, run->arena, ts_node_start_byte(claimed.first));
  const char *unit = region_indent_unit(run, claimed.first);
  TSNode name = syntax_node_field(syntax_node_child(claimed.flag, 0), "left");
  const char *flag = source_copy(source, run->arena, syntax_node_span(name));
  Region region = {.first = claimed.first, .span = {start, end}};
  Edits edits = {.arena = run->arena};
  edits_insert(&edits, start, "%s%s = True\n%stry:\n", indent, flag, indent);
  region_indent(run, &edits, &region, 1);
  edits_replace(&edits, syntax_node_span(claimed.flag), "except BaseException:\n%s%s%s = False\n%s%sraise", indent,
                unit, flag, indent, unit);
  fix_offer(run, &edits, false, "Set `%s` before the await", flag);
}
