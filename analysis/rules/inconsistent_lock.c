#include "rule.h"

static const char DOCUMENTATION[] = "# inconsistent-lock\n"
                                    "\n"
                                    "## What it does\n"
                                    "Reports a write of a shared location without the lock under which another task "
                                    "reads it, is suspended, and writes it.\n"
                                    "\n"
                                    "## Why is this bad?\n"
                                    "A lock protects only those who take it: the write gets in between the locked "
                                    "accesses, and one of the two updates is\n"
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

static bool is_split(const Candidate *candidate) {
  return candidate->kind == CANDIDATE_UPDATE || candidate->kind == CANDIDATE_ACT;
}

// The split access that a write ends; NULL where it has none.
static const Candidate *split_of(const RuleRun *run, const Access *access) {
  const Summary *summary = &run->file->summaries[access->function];
  for (uint32_t i = 0; i < summary->candidates.count; i++) {
    const Candidate *candidate = &summary->candidates.items[i];
    bool same = candidate->second.start == access->span.start && candidate->second.end == access->span.end;
    if (is_split(candidate) && same)
      return candidate;
  }
  return NULL;
}

// Whether the write depends on what its task read before, or changes only a part. A blind write is no race by itself:
// it overwrites whatever the locked task makes, before it or after it.
static bool is_informed(const RuleRun *run, const Access *access) {
  if (access->flags & ACCESS_UPDATE)
    return true;
  if (access->flags & ACCESS_ASSIGN)
    return split_of(run, access) != NULL;
  return access->flags & (ACCESS_ADD | ACCESS_REMOVE | ACCESS_CLEAR);
}

static const char *lock_name(const RuleRun *run, const LockSet *set) {
  for (uint32_t i = 0; i < set->count; i++)
    if (!(set->items[i] & LOCK_CLAIM))
      return rule_location(run, LOCK_LOCATION(set->items[i]));
  return "the lock";
}

// The write as a candidate: with its own read, where it is split itself.
static Candidate unlocked_candidate(const RuleRun *run, const Candidate *locked, const Access *access) {
  const Candidate *split = split_of(run, access);
  if (split)
    return *split;
  Candidate unlocked = *locked;
  unlocked.origin = unlocked.function = access->function;
  unlocked.first = unlocked.second = access->span;
  return unlocked;
}

// Whether the write does no harm to the split access: what is taken out of a collection keeps its fields, and what was
// missing when the locked task looked is not missed more by being removed.
static bool is_harmless(const RuleRun *run, const Candidate *candidate, const Access *access) {
  // What an object does to itself is its own affair, under whose lock ever it was called.
  if (values_class_of(run->file->values, candidate->origin) != values_class_of(run->file->values, candidate->function))
    return true;
  const LocationRow *place = location_row(run->file->locations, candidate->location);
  bool above = location_row(run->file->locations, access->location)->depth < place->depth;
  if (place->step == STEP_FIELD && above && !(access->flags & ACCESS_ASSIGN))
    return true;
  bool fills =
      candidate->kind == CANDIDATE_ACT && candidate->flags & ACCESS_ASSIGN && !(candidate->flags & ACCESS_NULLS);
  bool removes = access->flags & (ACCESS_REMOVE | ACCESS_CLEAR | ACCESS_NULLS) && !(access->flags & ACCESS_ADD);
  return fills && removes && !split_of(run, access);
}

static void report_write(RuleRun *run, const Candidate *candidate, const Conflict *conflict) {
  if (!is_informed(run, conflict->access) || is_harmless(run, candidate, conflict->access))
    return;
  const char *location = rule_location(run, candidate->location);
  LockSet guards = rule_guards(run, candidate);
  const char *lock = lock_name(run, &guards);
  Candidate unlocked = unlocked_candidate(run, candidate, conflict->access);
  Report *report = rule_report(run, &unlocked, conflict->evidence, conflict->access->span,
                               "`%s` is written without `%s`, which `%s` holds while it reads it (line %u), is "
                               "suspended, and writes it (line %u)",
                               location, lock, rule_function(run, candidate->origin), rule_line(run, candidate->first),
                               rule_line(run, candidate->second));
  rule_place(run, report, PLACE_FIRST_ACCESS, candidate->first, "`%s` is read here, under the lock", location);
  rule_place(run, report, PLACE_SUSPENSION, candidate->suspension, "other tasks may run here");
  rule_place(run, report, PLACE_SECOND_ACCESS, candidate->second, "`%s` is written here, under the lock", location);
  rule_step(run, report, 0, candidate->first, "takes `%s` and reads `%s`", lock, location);
  rule_step(run, report, 0, candidate->suspension, "is suspended");
  rule_step(run, report, 1, conflict->access->span, "writes `%s` without the lock", location);
  rule_step(run, report, 0, candidate->second, "writes `%s` from the old value", location);
}

// --- a helper that some callers call under the lock, and others do not

typedef struct Callers {
  const Edge *locked, *unlocked;
  LockSet held; // by the locked one
} Callers;

// Whether one of the locks is kept with the location: in the same object, or in the module. The lock of another object
// that uses this one protects that one.
static bool guards(const RuleRun *run, const LockSet *set, Location location) {
  const Locations *locations = run->file->locations;
  for (uint32_t i = 0; i < set->count; i++) {
    if (set->items[i] & LOCK_CLAIM)
      continue;
    Location root = location_root_of(locations, LOCK_LOCATION(set->items[i]));
    if (root == location_root_of(locations, location) || location_row(locations, root)->root == ROOT_VARIABLE)
      return true;
  }
  return false;
}

static Callers callers_of(const RuleRun *run, FunctionId id, Location location) {
  Callers callers = {0};
  for (const Edge *edge = run->graph->into[id]; edge; edge = edge->next_into) {
    if (edge->kind != EDGE_CALL)
      continue;
    LockSet held = run->file->held_at[edge->caller][edge->instruction];
    const LockSet *entry = contexts_entry_locks(run->contexts, edge->caller);
    for (uint32_t l = 0; l < entry->count; l++)
      lock_set_add(&held, entry->items[l]);
    if (edge->lock)
      lock_set_add(&held, edge->lock);
    if (!lock_set_has_lock(&held))
      callers.unlocked = edge;
    else if (guards(run, &held, location))
      callers.locked = edge, callers.held = held;
  }
  return callers;
}

static Span call_span(const RuleRun *run, const Edge *edge) {
  return module_function(run->file->module, edge->caller)->code.items[edge->instruction].span;
}

static void report_helper(RuleRun *run, const Candidate *candidate) {
  Callers callers = callers_of(run, candidate->function, candidate->location);
  if (!callers.locked || !callers.unlocked)
    return;
  Conflict conflict = rule_conflict(run, candidate, ACCESS_WRITE, 0);
  if (!conflict.access)
    return;
  const char *location = rule_location(run, candidate->location), *lock = lock_name(run, &callers.held);
  Span locked = call_span(run, callers.locked), unlocked = call_span(run, callers.unlocked);
  const char *caller = rule_function(run, callers.unlocked->caller);
  Report *report =
      rule_report(run, candidate, conflict.evidence, candidate->second,
                  "`%s` is written from what was read on line %u, before a suspension: `%s` holds `%s` around "
                  "it (line %u), `%s` does not (line %u)",
                  location, rule_line(run, candidate->first), rule_function(run, callers.locked->caller), lock,
                  rule_line(run, locked), caller, rule_line(run, unlocked));
  rule_place(run, report, PLACE_FIRST_ACCESS, candidate->first, "`%s` is read here", location);
  rule_place(run, report, PLACE_SUSPENSION, candidate->suspension, "other tasks may run here");
  rule_place(run, report, PLACE_CONFLICT, unlocked, "it is called here without `%s`", lock);
  rule_place(run, report, PLACE_LOCK, locked, "and here under it");
  rule_step(run, report, 0, locked, "takes `%s`", lock);
  rule_step(run, report, 0, candidate->first, "reads `%s`", location);
  rule_step(run, report, 0, candidate->suspension, "is suspended");
  rule_step(run, report, 1, unlocked, "changes `%s` without the lock", location);
  rule_step(run, report, 0, candidate->second, "writes `%s` from the old value", location);
}

static void visit(RuleRun *run, const Candidate *candidate) {
  if (rule_is_locked(run, candidate))
    rule_each_conflict(run, candidate, ACCESS_WRITE, report_write);
  else
    report_helper(run, candidate);
}

static void check(RuleRun *run) {
  rule_each_candidate(run, CANDIDATE_UPDATE, visit);
  rule_each_candidate(run, CANDIDATE_ACT, visit);
}

const Rule inconsistent_lock_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
