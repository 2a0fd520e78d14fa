// `setItems([...items, item])` becomes `setItems((current) => [...current, item])`: the update is of the state as it
// is, not as it was when the component was rendered.
#include "effects.h"
#include "hoist.h"
#include "javascript_call.h"
#include "template.h"

typedef struct Renaming {
  const FixRun *run;
  Edits *edits;
  const char *from, *to;
  bool found;
} Renaming;

static bool rename_state(TSNode node, void *context) {
  Renaming *renaming = context;
  bool shorthand = syntax_node_is(node, "shorthand_property_identifier");
  if (syntax_node_is(node, "await_expression"))
    return false;
  if (!shorthand && !syntax_node_is(node, "identifier"))
    return true;
  if (source_equals(&renaming->run->source, syntax_node_span(node), renaming->from)) {
    renaming->found = true;
    if (shorthand)
      edits_insert(renaming->edits, ts_node_end_byte(node), ": %s", renaming->to);
    else
      edits_replace(renaming->edits, syntax_node_span(node), "%s", renaming->to);
  }
  return true;
}

// The only argument of the setter's call; a null node where it is none that could be computed later.
static TSNode new_value(TSNode call) {
  TSNode arguments = syntax_node_field(call, "arguments"), none = {0};
  if (ts_node_is_null(arguments) || ts_node_named_child_count(arguments) != 1)
    return none;
  TSNode value = ts_node_named_child(arguments, 0);
  return syntax_node_is_function(value) ? none : value;
}

// Moves awaits out of the value: a function that computes the state cannot wait.
static bool move_awaits(const FixRun *run, Edits *edits, TSNode value) {
  static const char *const AWAITS[] = {"await_expression", NULL};
  static const char *const LISTS[] = {"statement_block", "program", "switch_case", "switch_default", NULL};
  bool awaits = source_has(&run->source, syntax_node_span(value), AWAITS);
  TSNode statement = syntax_node_statement(value);
  Hoist hoist;
  if (!awaits)
    return true;
  if (!syntax_node_is(statement, "expression_statement") || !syntax_node_is_one_of(ts_node_parent(statement), LISTS) ||
      !hoist_plan(run, run->report->candidate.origin, statement, &hoist))
    return false;
  const char *gap = template_text(run, statement, "\n\f");
  edits_insert(edits, ts_node_start_byte(statement), "%s%s",
               hoist_write(run, edits, &hoist, run->source.semicolons, gap), gap);
  return true;
}

void functional_setter_fix(FixRun *run) {
  static const char *const CALLS[] = {"call_expression", NULL};
  const FlowFile *file = run->rules->file;
  const Candidate *candidate = &run->report->candidate;
  const LocationRow *root = location_row(file->locations, location_root_of(file->locations, candidate->location));
  TSNode value = new_value(syntax_node_enclosing(source_node(&run->source, candidate->second), CALLS));
  if (root->root != ROOT_VARIABLE || !file->is_state[root->name] || ts_node_is_null(value))
    return;
  Edits edits = {.arena = run->arena};
  const char *state = fix_symbol(run, module_variable(fix_module(run), root->name)->name);
  const char *current = source_fresh_name(&run->source, run->arena, "current", false);
  Renaming renaming = {run, &edits, state, current, false};
  bool object = syntax_node_is(value, "object");
  edits_insert(&edits, ts_node_start_byte(value), object ? "(%s) => (" : "(%s) => ", current);
  syntax_node_walk(value, rename_state, &renaming);
  if (object)
    edits_insert(&edits, ts_node_end_byte(value), ")");
  if (renaming.found && move_awaits(run, &edits, value))
    fix_offer(run, &edits, effects_is_pure(run, candidate->origin, syntax_node_span(value)),
              "Compute the state from what it is then");
}
