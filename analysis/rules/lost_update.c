#include "rule.h"

static const char DOCUMENTATION[] =
    "# lost-update\n"
    "\n"
    "## What it does\n"
    "Reports a shared location that is overwritten with a value computed from a read made before a suspension point,\n"
    "where another task may write it in between.\n"
    "\n"
    "## Why is this bad?\n"
    "Every `await` lets other tasks run. What they wrote to the location while this task was suspended is overwritten "
    "by\n"
    "a value that does not know of it: increments vanish, list entries disappear. It happens only under load.\n"
    "\n"
    "## Example\n"
    "```python\n"
    "seen = visits\n"
    "await save()\n"
    "visits = seen + 1\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "```python\n"
    "await save()\n"
    "visits += 1\n"
    "```\n"
    "or hold one `asyncio.Lock` over the read, the `await` and the write.\n";

static void tell(RuleRun *run, Report *report, const Candidate *candidate, const Conflict *conflict) {
  const char *location = rule_location(run, candidate->location);
  const char *other = rule_function(run, conflict->access->function);
  rule_place(run, report, PLACE_FIRST_ACCESS, candidate->first, "`%s` is read here", location);
  rule_place(run, report, PLACE_SUSPENSION, candidate->suspension, "other tasks may run here");
  rule_place(run, report, PLACE_CONFLICT, conflict->access->span, "another task in `%s` writes `%s` here", other,
             location);
  if (conflict->spawn.end)
    rule_place(run, report, PLACE_SPAWN, conflict->spawn, "the tasks are started here");
  rule_step(run, report, 0, candidate->first, "reads `%s`", location);
  rule_step(run, report, 0, candidate->suspension, "is suspended");
  rule_step(run, report, 1, conflict->access->span, "writes `%s`", location);
  rule_step(run, report, 0, candidate->second, "writes `%s`, computed from the old value: the other update is lost",
            location);
}

static void visit(RuleRun *run, const Candidate *candidate) {
  if (rule_is_locked(run, candidate))
    return;
  Conflict conflict = rule_conflict(run, candidate, ACCESS_WRITE, 0);
  if (!conflict.access)
    return;
  const char *location = rule_location(run, candidate->location);
  Report *report = rule_report(
      run, candidate, conflict.evidence, candidate->second,
      "`%s` is overwritten with a value computed from what was read on line %u, before `%s` was suspended on line %u; "
      "what another task in `%s` wrote to it meanwhile (line %u) is lost",
      location, rule_line(run, candidate->first), rule_function(run, candidate->origin),
      rule_line(run, candidate->suspension), rule_function(run, conflict.access->function),
      rule_line(run, conflict.access->span));
  tell(run, report, candidate, &conflict);
}

static void check(RuleRun *run) {
  rule_each_candidate(run, CANDIDATE_UPDATE, visit);
}

const Rule lost_update_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
