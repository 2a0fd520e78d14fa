#include "rule.h"

static const char DOCUMENTATION[] =
  "# torn-update\n"
  "\n"
  "## What it does\n"
  "Reports a shared collection that is emptied and, after a suspension point, refilled, while other tasks may look at it.\n"
  "\n"
  "## Why is this bad?\n"
  "In between, readers see it empty or half full.\n"
  "\n"
  "## Example\n"
  "```python\n"
  "self.routes.clear()\n"
  "async for route in fetch():\n"
  "    self.routes.append(route)\n"
  "```\n"
  "\n"
  "## Use instead\n"
  "```python\n"
  "self.routes = [route async for route in fetch()]\n"
  "```\n";

static void visit(RuleRun *run, const Candidate *candidate) {
  if (rule_is_locked(run, candidate)) return;
  Conflict conflict = rule_conflict(run, candidate, ACCESS_READ, 0);
  if (!conflict.access || conflict.access->function == candidate->function) return;
  const char *location = rule_location(run, candidate->location);
  const char *other = rule_function(run, conflict.access->function);
  Report *report = rule_report(
    run, candidate, conflict.evidence, candidate->second,
    "`%s` is emptied on line %u and refilled only after `%s` was suspended on line %u; another task in `%s` may see it "
    "empty or half full (line %u)",
    location, rule_line(run, candidate->first), rule_function(run, candidate->origin),
    rule_line(run, candidate->suspension), other, rule_line(run, conflict.access->span));
  rule_place(run, report, PLACE_FIRST_ACCESS, candidate->first, "`%s` is emptied here", location);
  rule_place(run, report, PLACE_SUSPENSION, candidate->suspension, "other tasks may run here");
  rule_place(run, report, PLACE_CONFLICT, conflict.access->span, "another task in `%s` reads `%s` here", other, location);
  rule_step(run, report, 0, candidate->first, "empties `%s`", location);
  rule_step(run, report, 0, candidate->suspension, "is suspended");
  rule_step(run, report, 1, conflict.access->span, "reads `%s` and finds it empty", location);
  rule_step(run, report, 0, candidate->second, "refills `%s`", location);
}

static void check(RuleRun *run) {
  rule_each_candidate(run, CANDIDATE_TORN, visit);
}

const Rule torn_update_rule = {
  .documentation = DOCUMENTATION,
  .check = check,
};
