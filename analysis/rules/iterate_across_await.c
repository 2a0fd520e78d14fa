#include "rule.h"
#include <string.h>

static const char DOCUMENTATION[] = "# iterate-across-await\n"
                                    "\n"
                                    "## What it does\n"
                                    "Reports a loop that iterates a shared collection directly and may be suspended in "
                                    "its body, where another task may add\n"
                                    "to the collection or remove from it.\n"
                                    "\n"
                                    "## Why is this bad?\n"
                                    "Python raises `RuntimeError: dictionary changed size during iteration` (or skips "
                                    "list elements); JavaScript silently\n"
                                    "visits extra elements or skips some.\n"
                                    "\n"
                                    "## Example\n"
                                    "```python\n"
                                    "for client in self.clients:\n"
                                    "    await client.send(message)\n"
                                    "```\n"
                                    "\n"
                                    "## Use instead\n"
                                    "```python\n"
                                    "for client in list(self.clients):\n"
                                    "    await client.send(message)\n"
                                    "```\n";

// The function whose local variable a location lies in; 0 for other locations.
static FunctionId owner_of(const RuleRun *run, Location location) {
  const Locations *locations = run->file->locations;
  const LocationRow *root = location_row(locations, location_root_of(locations, location));
  if (root->root != ROOT_VARIABLE)
    return 0;
  const Variable *variable = module_variable(run->file->module, root->name);
  return variable->kind == VARIABLE_LOCAL ? variable->owner : 0;
}

// Whether the collection is the result of a call, filled by callbacks that the call waited for: it is a local variable
// of a function that neither is nor encloses the one that iterates it.
static bool is_result(const RuleRun *run, const Candidate *candidate) {
  FunctionId owner = owner_of(run, candidate->location), id = candidate->function;
  while (owner && id && id != owner)
    id = module_function(run->file->module, id)->parent;
  return owner && !id;
}

typedef enum Answer { ANSWER_NO, ANSWER_UNKNOWN, ANSWER_YES } Answer;

static Answer item_is_list(const RuleRun *run, Abstract item) {
  if (abstract_kind(item) == ABSTRACT_OBJECT)
    return ANSWER_UNKNOWN;
  if (abstract_kind(item) == ABSTRACT_TYPED) {
    const char *type = symbol_text(run->file->module->symbols, abstract_number(item));
    return strcmp(type, "list") == 0 || strcmp(type, "typing.List") == 0 ? ANSWER_YES : ANSWER_NO;
  }
  if (abstract_kind(item) != ABSTRACT_FRESH)
    return ANSWER_NO;
  const Allocation *made = values_allocation(run->file->values, abstract_number(item));
  if (made->model && strcmp(made->model->path, "list") == 0)
    return ANSWER_YES;
  const Instruction *instruction = &module_function(run->file->module, made->function)->code.items[made->instruction];
  bool list = instruction->op == OP_MAKE && (instruction->detail == MAKE_LIST || instruction->detail == MAKE_SLICE);
  return list ? ANSWER_YES : ANSWER_NO;
}

// Whether all that is known to stand at the location are lists: who iterates one goes on in spite of what is appended.
static bool is_list(const RuleRun *run, Location location) {
  const ValueSet *content = values_content(run->file->values, location);
  bool some = false;
  for (uint32_t i = 0; i < content->count; i++) {
    Answer answer = item_is_list(run, content->items[i]);
    if (answer == ANSWER_NO)
      return false;
    some |= answer == ANSWER_YES;
  }
  return some;
}

// Additions to a list by callers that are not in view: most lists are filled before anybody iterates them.
static bool is_filled_before(const RuleRun *run, const Candidate *candidate, const Conflict *conflict) {
  bool adds = conflict->access->flags & ACCESS_ADD && !(conflict->access->flags & (ACCESS_REMOVE | ACCESS_CLEAR));
  return adds && conflict->evidence == EVIDENCE_OUTSIDE && is_list(run, candidate->location);
}

static void visit(RuleRun *run, const Candidate *candidate) {
  if (is_result(run, candidate))
    return;
  Conflict conflict = rule_conflict(run, candidate, ACCESS_ADD | ACCESS_REMOVE | ACCESS_CLEAR, 0);
  if (conflict.access && is_filled_before(run, candidate, &conflict))
    conflict = rule_conflict(run, candidate, ACCESS_REMOVE | ACCESS_CLEAR, 0);
  // Emptying an element of the collection leaves its elements what they are.
  if (conflict.access && conflict.access->flags & ACCESS_CLEAR && !(conflict.access->flags & ACCESS_ASSIGN) &&
      location_row(run->file->locations, conflict.access->location)->depth >
          location_row(run->file->locations, candidate->location)->depth)
    return;
  // Replacing the collection leaves the one that is iterated as it was.
  if (!conflict.access || (conflict.access->flags & ACCESS_ASSIGN && !(conflict.access->flags & ACCESS_ADD)))
    return;
  const char *location = rule_location(run, candidate->location);
  const char *other = rule_function(run, conflict.access->function);
  Report *report = rule_report(run, candidate, conflict.evidence, candidate->first,
                               "`%s` is iterated directly while `%s` is suspended on line %u; another task in `%s` may "
                               "change it meanwhile (line %u)",
                               location, rule_function(run, candidate->origin), rule_line(run, candidate->suspension),
                               other, rule_line(run, conflict.access->span));
  rule_place(run, report, PLACE_FIRST_ACCESS, candidate->first, "the iteration over `%s` starts here", location);
  rule_place(run, report, PLACE_SUSPENSION, candidate->suspension, "other tasks may run here");
  rule_place(run, report, PLACE_CONFLICT, conflict.access->span, "another task in `%s` changes `%s` here", other,
             location);
  rule_step(run, report, 0, candidate->first, "iterates `%s`", location);
  rule_step(run, report, 0, candidate->suspension, "is suspended in the loop");
  rule_step(run, report, 1, conflict.access->span, "adds to or removes from `%s`", location);
  rule_step(run, report, 0, candidate->second, "goes on with an iterator that no longer fits");
}

static void check(RuleRun *run) {
  rule_each_candidate(run, CANDIDATE_ITERATE, visit);
}

const Rule iterate_across_await_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
