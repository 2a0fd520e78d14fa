#include "rule.h"

static const char DOCUMENTATION[] =
  "# deadlock\n"
  "\n"
  "## What it does\n"
  "Reports a lock that is taken while the task already holds it, two locks that two tasks take in opposite orders, and\n"
  "waiting, under a lock, for a task that needs it.\n"
  "\n"
  "## Why is this bad?\n"
  "Locks of the event loop are not reentrant: the task waits for itself. With opposite orders each task holds what the\n"
  "other wants. Nothing is raised; the program stands still.\n"
  "\n"
  "## Example\n"
  "```python\n"
  "async with self.lock:\n"
  "    await self.save()  # takes self.lock\n"
  "```\n"
  "\n"
  "## Use instead\n"
  "A helper that expects the lock to be held; one order for all; waiting for the tasks after the lock is released.\n";

static LockSet held_with_callers(const RuleRun *run, FunctionId id, const LockSet *held) {
  LockSet all = {0};
  const LockSet *entry = contexts_entry_locks(run->contexts, id);
  for (uint32_t i = 0; i < held->count; i++)
    if (!(held->items[i] & LOCK_CLAIM)) lock_set_add(&all, held->items[i]);
  for (uint32_t i = 0; i < entry->count; i++)
    if (!(entry->items[i] & LOCK_CLAIM)) lock_set_add(&all, entry->items[i]);
  return all;
}

// --- taking what is held

static void report_again(RuleRun *run, FunctionId id, const Acquisition *taken) {
  const char *lock = rule_location(run, taken->lock);
  Candidate candidate = {.function = id, .origin = id, .location = taken->lock, .first = taken->span, .second = taken->span};
  bool direct = taken->function == id;
  Report *report = rule_report(
    run, &candidate, EVIDENCE_IN_VIEW, taken->span,
    direct ? "`%s` is taken here while this task holds it already: it waits for itself for ever"
           : "`%s` is held here, and `%s` takes it again (line %u): the task waits for itself for ever",
    lock, rule_function(run, taken->function), rule_line(run, taken->own));
  rule_place(run, report, PLACE_LOCK, taken->own, "`%s` is taken again here", lock);
  rule_step(run, report, 0, taken->span, "holds `%s`", lock);
  rule_step(run, report, 0, taken->own, "waits for `%s`, for ever", lock);
}

static void check_again(RuleRun *run, FunctionId id) {
  const Summary *summary = &run->file->summaries[id];
  for (uint32_t i = 0; i < summary->acquisitions.count; i++) {
    const Acquisition *taken = &summary->acquisitions.items[i];
    LockSet held = held_with_callers(run, id, &taken->held);
    // What a callee takes twice by itself is told there.
    bool inside = taken->function != id && lock_set_holds(&taken->held, taken->lock) == false;
    if (lock_set_holds(&held, taken->lock) && !inside) report_again(run, id, taken);
  }
}

// --- opposite orders

typedef struct Order {
  Location outer, inner;
  FunctionId function;
  Span span;
  LockSet held;
} Order;

typedef ARRAY(Order) Orders;

static void add_orders(RuleRun *run, FunctionId id, Orders *orders) {
  const Summary *summary = &run->file->summaries[id];
  for (uint32_t i = 0; i < summary->acquisitions.count; i++) {
    const Acquisition *taken = &summary->acquisitions.items[i];
    LockSet held = held_with_callers(run, id, &taken->held);
    for (uint32_t h = 0; h < held.count; h++)
      if (held.items[h] != taken->lock && orders->count < 1024)
        array_push(run->file->arena, orders, ((Order){held.items[h], taken->lock, id, taken->span, held}));
  }
}

static bool guarded_together(const Order *a, const Order *b) {
  for (uint32_t i = 0; i < a->held.count; i++) {
    Location lock = a->held.items[i];
    if (lock != a->outer && lock != b->outer && lock_set_holds(&b->held, lock)) return true;
  }
  return false;
}

static void check_orders(RuleRun *run, const Orders *orders) {
  for (uint32_t i = 0; i < orders->count; i++) {
    for (uint32_t k = 0; k < i; k++) {
      const Order *a = &orders->items[k], *b = &orders->items[i];
      if (a->outer != b->inner || a->inner != b->outer || guarded_together(a, b)) continue;
      RootEvidence evidence = contexts_parallel(run->contexts, a->function, b->function, a->outer, NULL);
      if (!evidence) continue;
      Candidate candidate = {.function = a->function, .origin = a->function, .location = a->inner, .first = a->span,
                             .second = a->span};
      const char *outer = rule_location(run, a->outer), *inner = rule_location(run, a->inner);
      Report *report = rule_report(run, &candidate, evidence, a->span,
                                   "`%s` is taken here while `%s` is held; `%s` takes them in the opposite order (line %u): each "
                                   "may hold what the other waits for",
                                   inner, outer, rule_function(run, b->function), rule_line(run, b->span));
      rule_place(run, report, PLACE_CONFLICT, b->span, "`%s` is taken here while `%s` is held", outer, inner);
      rule_step(run, report, 0, a->span, "holds `%s` and waits for `%s`", outer, inner);
      rule_step(run, report, 1, b->span, "holds `%s` and waits for `%s`", inner, outer);
      return;
    }
  }
}

// --- waiting for a task that needs the lock

static void check_waiting(RuleRun *run, const Edge *edge) {
  uint32_t join;
  if ((edge->kind != EDGE_GATHER && edge->kind != EDGE_SPAWN) || !contexts_joins(run->contexts, edge, &join)) return;
  const Function *caller = module_function(run->file->module, edge->caller);
  LockSet held = run->file->held_at[edge->caller][edge->instruction];
  held = held_with_callers(run, edge->caller, &held);
  const Summary *summary = &run->file->summaries[edge->callee.function];
  for (uint32_t i = 0; i < summary->acquisitions.count; i++) {
    const Acquisition *taken = &summary->acquisitions.items[i];
    if (!lock_set_holds(&held, taken->lock)) continue;
    // Released before the wait.
    if (caller->code.items[join].op == OP_AWAIT && !lock_set_holds(&run->file->held_at[edge->caller][join], taken->lock) &&
        !lock_set_holds(contexts_entry_locks(run->contexts, edge->caller), taken->lock))
      continue;
    Span span = caller->code.items[edge->instruction].span;
    const char *lock = rule_location(run, taken->lock);
    Candidate candidate = {.function = edge->caller, .origin = edge->caller, .location = taken->lock, .first = span, .second = span};
    Report *report = rule_report(run, &candidate, EVIDENCE_IN_VIEW, span,
                                 "`%s` holds `%s` while it waits for `%s`, which needs it (line %u): neither goes on",
                                 rule_function(run, edge->caller), lock, rule_function(run, edge->callee.function),
                                 rule_line(run, taken->own));
    rule_place(run, report, PLACE_CONFLICT, taken->own, "`%s` is taken here", lock);
    rule_step(run, report, 0, span, "holds `%s` and waits for the tasks", lock);
    rule_step(run, report, 1, taken->own, "waits for `%s`", lock);
    return;
  }
}

static void check(RuleRun *run) {
  Orders orders = {0};
  for (FunctionId id = 1; id < run->file->module->functions.count; id++) {
    check_again(run, id);
    add_orders(run, id, &orders);
  }
  check_orders(run, &orders);
  for (uint32_t i = 0; i < run->graph->count; i++)
    check_waiting(run, &run->graph->edges[i]);
}

const Rule deadlock_rule = {
  .documentation = DOCUMENTATION,
  .check = check,
};
