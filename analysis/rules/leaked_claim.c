#include "ways.h"

static const char DOCUMENTATION[] = "# leaked-claim\n"
                                    "\n"
                                    "## What it does\n"
                                    "Reports a claim (a flag that keeps others out, a counted slot) that is made "
                                    "before a suspension point and undone after\n"
                                    "it, but not when the suspension raises or is cancelled.\n"
                                    "\n"
                                    "## Why is this bad?\n"
                                    "After one failure or cancellation nobody gets in again.\n"
                                    "\n"
                                    "## Example\n"
                                    "```python\n"
                                    "if self.busy:\n"
                                    "    return\n"
                                    "self.busy = True\n"
                                    "await self.work()\n"
                                    "self.busy = False\n"
                                    "```\n"
                                    "\n"
                                    "## Use instead\n"
                                    "`try: … finally: self.busy = False`.\n";

typedef struct Undo {
  const RuleRun *run;
  FunctionId id;
  const Claim *claim;
} Undo;

static bool writes_claim(const Instruction *instruction, const void *context) {
  const Undo *undo = context;
  if (instruction->op != OP_STORE && instruction->op != OP_SET_FIELD && instruction->op != OP_SET_ITEM &&
      instruction->op != OP_DELETE_ITEM && instruction->op != OP_DELETE_FIELD)
    return false;
  Location places[VALUE_SET_LIMIT];
  uint32_t count = values_places(undo->run->file->values, undo->id, instruction, places);
  for (uint32_t i = 0; i < count; i++)
    if (places[i] == undo->claim->location)
      return true;
  return false;
}

// A captured variable of this very call: no other call sees it.
static bool is_own(const RuleRun *run, FunctionId id, Location location) {
  const LocationRow *root = location_row(run->file->locations, location_root_of(run->file->locations, location));
  return root->root == ROOT_VARIABLE && module_variable(run->file->module, root->name)->owner == id;
}

static void check_claim(RuleRun *run, FunctionId id, const Claim *claim) {
  Undo undo = {run, id, claim};
  if (is_own(run, id, claim->location))
    return;
  const Function *function = module_function(run->file->module, id);
  if (!ways_end_normally(run, id, claim->instruction, writes_claim, &undo))
    return;
  uint32_t leak = ways_leak(run, id, claim->instruction, writes_claim, &undo);
  if (leak == UINT32_MAX || function->code.items[leak].op == OP_RETURN)
    return;
  Span made = function->code.items[claim->instruction].span, where = function->code.items[leak].span;
  const char *location = rule_location(run, claim->location);
  Candidate candidate = {
      .function = id, .origin = id, .location = claim->location, .first = made, .suspension = where, .second = where};
  Report *report =
      rule_report(run, &candidate, EVIDENCE_OUTSIDE, made,
                  "`%s` is claimed here and given back later, but not when line %u fails or is cancelled: after "
                  "that nobody gets in again",
                  location, rule_line(run, where));
  rule_place(run, report, PLACE_SUSPENSION, where, "what fails or is cancelled here keeps the claim");
  rule_step(run, report, 0, made, "claims `%s`", location);
  rule_step(run, report, 0, where, "fails or is cancelled");
  rule_step(run, report, 1, made, "finds `%s` claimed, for ever", location);
}

static void check(RuleRun *run) {
  for (FunctionId id = 1; id < run->file->module->functions.count; id++) {
    if (!(module_function(run->file->module, id)->flags & FUNCTION_ASYNC))
      continue;
    const Summary *summary = &run->file->summaries[id];
    for (uint32_t i = 0; i < summary->claims.count; i++)
      check_claim(run, id, &summary->claims.items[i]);
  }
}

const Rule leaked_claim_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
