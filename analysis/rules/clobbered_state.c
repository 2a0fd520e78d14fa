#include "rule.h"

static const char DOCUMENTATION[] =
    "# clobbered-state\n"
    "\n"
    "## What it does\n"
    "Reports data of one call that is parked in a shared location, and read back after a suspension point.\n"
    "\n"
    "## Why is this bad?\n"
    "Another call parks its own data there meanwhile: this one goes on with the other's.\n"
    "\n"
    "## Example\n"
    "```python\n"
    "self._params = params\n"
    "await self.connect()\n"
    "await self.send(self._params)\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "An argument or a local variable.\n";

// Whoever changes what stands in it leaves it where it is: `cluster.set(key, value)`.
static bool changes_part(const RuleRun *run, const Candidate *candidate, const Access *access) {
  const Locations *locations = run->file->locations;
  return location_row(locations, access->location)->depth > location_row(locations, candidate->location)->depth;
}

static void visit(RuleRun *run, const Candidate *candidate) {
  if (rule_is_locked(run, candidate))
    return;
  Conflict conflict = rule_conflict(run, candidate, ACCESS_ASSIGN, 0);
  if (!conflict.access || changes_part(run, candidate, conflict.access))
    return;
  const char *location = rule_location(run, candidate->location);
  const char *other = rule_function(run, conflict.access->function);
  Report *report = rule_report(run, candidate, conflict.evidence, candidate->second,
                               "`%s` was set for this call on line %u, before `%s` was suspended on line %u; another "
                               "task in `%s` may have put its own "
                               "there meanwhile (line %u)",
                               location, rule_line(run, candidate->first), rule_function(run, candidate->origin),
                               rule_line(run, candidate->suspension), other, rule_line(run, conflict.access->span));
  rule_place(run, report, PLACE_FIRST_ACCESS, candidate->first, "`%s` is set here", location);
  rule_place(run, report, PLACE_SUSPENSION, candidate->suspension, "other tasks may run here");
  rule_place(run, report, PLACE_CONFLICT, conflict.access->span, "another task in `%s` sets `%s` here", other,
             location);
  rule_step(run, report, 0, candidate->first, "sets `%s`", location);
  rule_step(run, report, 0, candidate->suspension, "is suspended");
  rule_step(run, report, 1, conflict.access->span, "sets `%s` for itself", location);
  rule_step(run, report, 0, candidate->second, "reads the other's `%s`", location);
}

static void check(RuleRun *run) {
  rule_each_candidate(run, CANDIDATE_PARKED, visit);
}

const Rule clobbered_state_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
