#include "rule.h"

static const char DOCUMENTATION[] =
    "# check-then-act\n"
    "\n"
    "## What it does\n"
    "Reports a shared location that is tested, then, after a suspension point, written, deleted or used in reliance on "
    "that\n"
    "test, where another task may change it in between.\n"
    "\n"
    "## Why is this bad?\n"
    "Two tasks can both find the test true before either acts: the work is done twice and the later result wins, a "
    "limit is\n"
    "exceeded, a value that was there is gone (`KeyError`, `None` has no attribute).\n"
    "\n"
    "## Example\n"
    "```python\n"
    "if key not in cache:\n"
    "    cache[key] = await load(key)\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "Store the task that is under way before waiting for it, so that the second caller finds it:\n"
    "```python\n"
    "if key not in cache:\n"
    "    cache[key] = asyncio.ensure_future(load(key))\n"
    "return await cache[key]\n"
    "```\n"
    "or hold one `asyncio.Lock` over the test and the act, or test again after the `await`.\n";

static void tell(RuleRun *run, Report *report, const Candidate *candidate, const Conflict *conflict) {
  const char *location = rule_location(run, candidate->location);
  const char *other = rule_function(run, conflict->access->function);
  bool uses = candidate->kind == CANDIDATE_USE;
  bool twice = conflict->access->function == candidate->function;
  rule_place(run, report, PLACE_FIRST_ACCESS, candidate->first, "`%s` is tested here", location);
  rule_place(run, report, PLACE_SUSPENSION, candidate->suspension, "other tasks may run here");
  rule_place(run, report, PLACE_CONFLICT, conflict->access->span, "another task in `%s` changes `%s` here", other,
             location);
  if (conflict->spawn.end)
    rule_place(run, report, PLACE_SPAWN, conflict->spawn, "the tasks are started here");
  rule_step(run, report, 0, candidate->first, "tests `%s`", location);
  rule_step(run, report, 0, candidate->suspension, "is suspended");
  if (twice && !uses)
    rule_step(run, report, 1, candidate->first, "makes the same test with the same result");
  rule_step(run, report, 1, conflict->access->span, "changes `%s`", location);
  rule_step(run, report, 0, candidate->second,
            uses ? "uses `%s`, which is no longer what was tested" : "acts on `%s` under a test that no longer holds",
            location);
}

// Whether the gap is the time between a task's start and its first step: the suspension is none of the function's own.
static bool is_start(const RuleRun *run, const Candidate *candidate) {
  Span span = module_function(run->file->module, candidate->origin)->span;
  return candidate->suspension.start < span.start || candidate->suspension.end > span.end;
}

static void report_start(RuleRun *run, const Candidate *candidate, const Conflict *conflict) {
  const char *location = rule_location(run, candidate->location), *task = rule_function(run, candidate->origin);
  Report *report = rule_report(run, candidate, conflict->evidence, candidate->second,
                               "`%s` is tested on line %u, but the task of `%s` that is started on line %u sets it "
                               "only here, when it gets to run; "
                               "another test until then starts a second task",
                               location, rule_line(run, candidate->first), task, rule_line(run, candidate->suspension));
  rule_place(run, report, PLACE_FIRST_ACCESS, candidate->first, "`%s` is tested here", location);
  rule_place(run, report, PLACE_SUSPENSION, candidate->suspension,
             "the task is started here; others may run before it");
  rule_place(run, report, PLACE_CONFLICT, conflict->access->span, "another task in `%s` changes `%s` here", task,
             location);
  rule_step(run, report, 0, candidate->first, "tests `%s`, and starts `%s`", location, task);
  rule_step(run, report, 1, candidate->first, "makes the same test with the same result, and starts another");
  rule_step(run, report, 0, candidate->second, "sets `%s`: both tasks run", location);
}

static void report(RuleRun *run, const Candidate *candidate, uint32_t conflicting, uint32_t without) {
  Conflict conflict = rule_conflict(run, candidate, conflicting, without);
  if (!conflict.access)
    return;
  if (is_start(run, candidate)) {
    report_start(run, candidate, &conflict);
    return;
  }
  const char *location = rule_location(run, candidate->location);
  Report *report =
      rule_report(run, candidate, conflict.evidence, candidate->second,
                  "`%s` is tested on line %u, but `%s` is suspended on line %u before it %s it here; another task in "
                  "`%s` may change "
                  "it meanwhile (line %u)",
                  location, rule_line(run, candidate->first), rule_function(run, candidate->origin),
                  rule_line(run, candidate->suspension), candidate->kind == CANDIDATE_USE ? "uses" : "changes",
                  rule_function(run, conflict.access->function), rule_line(run, conflict.access->span));
  tell(run, report, candidate, &conflict);
}

static void visit_act(RuleRun *run, const Candidate *candidate) {
  // Emptying what another task has emptied leaves it empty.
  if (rule_is_locked(run, candidate))
    return; // inconsistent-lock's
  uint32_t emptying = candidate->flags & (ACCESS_NULLS | ACCESS_CLEAR);
  report(run, candidate, ACCESS_WRITE, emptying ? ACCESS_NULLS | ACCESS_CLEAR : 0);
}

// Whether the use is of the very call that changes what was tested: the change is told of.
static bool is_change_as_well(const RuleRun *run, const Candidate *use) {
  const Summary *summary = &run->file->summaries[use->function];
  for (uint32_t i = 0; i < summary->candidates.count; i++) {
    const Candidate *candidate = &summary->candidates.items[i];
    bool same = candidate->location == use->location && candidate->second.start == use->second.start;
    if (candidate->kind == CANDIDATE_ACT && same)
      return true;
  }
  return false;
}

// A mere use is only harmed by what makes the test false.
static void visit_use(RuleRun *run, const Candidate *candidate) {
  if (rule_is_locked(run, candidate) && is_change_as_well(run, candidate))
    return; // inconsistent-lock's
  bool of_element = location_row(run->file->locations, candidate->location)->step >= STEP_KEY_CONSTANT;
  bool may_be_empty = candidate->flags & ACCESS_LENIENT && !of_element;
  report(run, candidate, may_be_empty ? ACCESS_NULLS : ACCESS_NULLS | ACCESS_REMOVE | ACCESS_CLEAR, 0);
}

static void check(RuleRun *run) {
  rule_each_candidate(run, CANDIDATE_ACT, visit_act);
  rule_each_candidate(run, CANDIDATE_USE, visit_use);
}

const Rule check_then_act_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
