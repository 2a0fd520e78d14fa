#include "rule.h"

static const char DOCUMENTATION[] =
  "# inconsistent-lock\n"
  "\n"
  "## What it does\n"
  "Reports a write of a shared location without the lock under which another task reads it, is suspended, and writes it.\n"
  "\n"
  "## Why is this bad?\n"
  "A lock protects only those who take it: the write gets in between the locked accesses, and one of the two updates is\n"
  "lost or decided on a stale test.\n"
  "\n"
  "## Example\n"
  "```python\n"
  "async def deposit(self, amount):\n"
  "    async with self.lock:\n"
  "        balance = self.balance\n"
  "        await self.audit(amount)\n"
  "        self.balance = balance + amount\n"
  "\n"
  "async def fee(self):\n"
  "    self.balance -= 1\n"
  "```\n"
  "\n"
  "## Use instead\n"
  "Take the same lock in `fee`.\n";

// Whether the write depends on what its task read before: an update at once, or the end of a split one.
static bool is_informed(const RuleRun *run, const Access *access) {
  if (access->flags & ACCESS_UPDATE) return true;
  const Summary *summary = &run->file->summaries[access->function];
  for (uint32_t i = 0; i < summary->candidates.count; i++) {
    const Candidate *candidate = &summary->candidates.items[i];
    bool writes = candidate->kind == CANDIDATE_UPDATE || candidate->kind == CANDIDATE_ACT;
    if (writes && candidate->second.start == access->span.start && candidate->second.end == access->span.end) return true;
  }
  return false;
}

static void visit(RuleRun *run, const Candidate *candidate) {
  if (!rule_is_locked(run, candidate)) return;
  // A blind write is no race by itself: it overwrites whatever the locked task makes, before it or after it.
  Conflict conflict = rule_conflict(run, candidate, ACCESS_UPDATE, 0);
  if (!conflict.access) conflict = rule_conflict(run, candidate, ACCESS_ADD | ACCESS_REMOVE | ACCESS_CLEAR, ACCESS_ASSIGN);
  if (!conflict.access) conflict = rule_conflict(run, candidate, ACCESS_ASSIGN, ACCESS_CONSTANT | ACCESS_NULLS);
  if (conflict.access && conflict.access->flags & ACCESS_ASSIGN && !is_informed(run, conflict.access)) return;
  if (!conflict.access) return;
  const char *location = rule_location(run, candidate->location);
  const char *lock = "";
  LockSet guards = rule_guards(run, candidate);
  for (uint32_t i = 0; i < guards.count && !*lock; i++)
    if (!(guards.items[i] & LOCK_CLAIM)) lock = rule_location(run, guards.items[i]);
  Candidate unlocked = *candidate;
  unlocked.origin = unlocked.function = conflict.access->function;
  Report *report = rule_report(
    run, &unlocked, conflict.evidence, conflict.access->span,
    "`%s` is written without `%s`, which `%s` holds while it reads it (line %u), is suspended, and writes it (line %u)",
    location, lock, rule_function(run, candidate->origin), rule_line(run, candidate->first),
    rule_line(run, candidate->second));
  report->candidate.first = report->candidate.second = conflict.access->span;
  rule_place(run, report, PLACE_FIRST_ACCESS, candidate->first, "`%s` is read here, under the lock", location);
  rule_place(run, report, PLACE_SUSPENSION, candidate->suspension, "other tasks may run here");
  rule_place(run, report, PLACE_SECOND_ACCESS, candidate->second, "`%s` is written here, under the lock", location);
  rule_step(run, report, 0, candidate->first, "takes `%s` and reads `%s`", lock, location);
  rule_step(run, report, 0, candidate->suspension, "is suspended");
  rule_step(run, report, 1, conflict.access->span, "writes `%s` without the lock", location);
  rule_step(run, report, 0, candidate->second, "writes `%s` from the old value", location);
}

static void check(RuleRun *run) {
  rule_each_candidate(run, CANDIDATE_UPDATE, visit);
  rule_each_candidate(run, CANDIDATE_ACT, visit);
}

const Rule inconsistent_lock_rule = {
  .documentation = DOCUMENTATION,
  .check = check,
};
