#include "lock_pairs.h"
#include <string.h>

static const char DOCUMENTATION[] =
    "# deadlock\n"
    "\n"
    "## What it does\n"
    "Reports a lock that is taken while the task already holds it, two locks that two tasks take in opposite orders "
    "(also\n"
    "the locks of two arguments, taken in the order in which they were passed), and waiting, under a lock, for a task "
    "that\n"
    "needs it.\n"
    "\n"
    "## Why is this bad?\n"
    "Locks of the event loop are not reentrant: the task waits for itself. With opposite orders each task holds what "
    "the\n"
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

static void add_locks(LockSet *all, const LockSet *locks) {
  for (uint32_t i = 0; i < locks->count; i++)
    if (!(locks->items[i] & (LOCK_CLAIM | LOCK_INHERITED)))
      lock_set_add(all, locks->items[i]);
}

// What the task holds there, whoever took it.
static LockSet held_with_callers(const RuleRun *run, FunctionId id, const LockSet *held) {
  LockSet all = {0};
  add_locks(&all, held);
  add_locks(&all, contexts_entry_locks(run->contexts, id));
  return all;
}

// Whether the edge is a call of something that was passed on: not of the function by its name, nor of a coroutine.
static bool calls_back(const RuleRun *run, const Edge *edge) {
  const Instruction *call = &module_function(run->file->module, edge->caller)->code.items[edge->instruction];
  if (call->op != OP_CALL && call->op != OP_CALL_METHOD)
    return false;
  Callees callees = values_callees(run->file->values, edge->caller, call);
  for (uint32_t i = 0; i < callees.count; i++)
    if (callees.items[i].function == edge->callee.function)
      return false;
  // What `map` calls back only starts: whoever waits for the results waits for the lock.
  const Model *model = callees.count ? NULL : values_model(run->file->values, edge->caller, call, NULL);
  return !model || model->kind != MODEL_CALL_NOW;
}

// What the function holds by itself: what it took, and what is held around it as a callback. What its callers hold is
// told where they call it.
static LockSet held_by_itself(const RuleRun *run, FunctionId id, const LockSet *here) {
  LockSet own = {0};
  add_locks(&own, here);
  const LockSet *entry = contexts_entry_locks(run->contexts, id);
  for (const Edge *edge = entry->count ? run->graph->into[id] : NULL; edge; edge = edge->next_into) {
    if (!calls_back(run, edge))
      continue;
    add_locks(&own, entry);
    break;
  }
  return own;
}

// --- taking what is held

static void report_again(RuleRun *run, FunctionId id, const Acquisition *taken) {
  const char *lock = rule_location(run, taken->lock);
  Candidate candidate = {
      .function = id, .origin = id, .location = taken->lock, .first = taken->span, .second = taken->span};
  bool direct = taken->function == id;
  Report *report =
      rule_report(run, &candidate, EVIDENCE_IN_VIEW, taken->span,
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
    if (taken->under)
      continue;
    LockSet own = held_by_itself(run, id, &taken->here);
    if (lock_set_holds(&own, taken->lock))
      report_again(run, id, taken);
  }
}

// --- opposite orders

typedef struct Order {
  Location outer, inner;
  FunctionId function;
  Span span;
  LockSet held;
  bool told; // with another one of the same two locks
} Order;

typedef ARRAY(Order) Orders;

static void add_orders(RuleRun *run, FunctionId id, Orders *orders) {
  const Summary *summary = &run->file->summaries[id];
  for (uint32_t i = 0; i < summary->acquisitions.count; i++) {
    const Acquisition *taken = &summary->acquisitions.items[i];
    LockSet held = held_with_callers(run, id, &taken->held), own = held_by_itself(run, id, &taken->here);
    for (uint32_t h = 0; h < own.count && !taken->under; h++)
      if (own.items[h] != taken->lock && orders->count < 1024)
        array_push(run->file->arena, orders, ((Order){own.items[h], taken->lock, id, taken->span, held, false}));
  }
}

static bool guarded_together(const Order *a, const Order *b) {
  for (uint32_t i = 0; i < a->held.count; i++) {
    Location lock = a->held.items[i];
    if (lock != a->outer && lock != b->outer && lock_set_holds(&b->held, lock))
      return true;
  }
  return false;
}

static void mark_told(Orders *orders, const Order *told) {
  for (uint32_t i = 0; i < orders->count; i++) {
    Order *order = &orders->items[i];
    order->told |= (order->outer == told->outer && order->inner == told->inner) ||
                   (order->outer == told->inner && order->inner == told->outer);
  }
}

static void check_orders(RuleRun *run, Orders *orders) {
  for (uint32_t i = 0; i < orders->count; i++) {
    for (uint32_t k = 0; k < i; k++) {
      const Order *a = &orders->items[k], *b = &orders->items[i];
      if (a->told || a->outer != b->inner || a->inner != b->outer || guarded_together(a, b))
        continue;
      RootEvidence evidence = contexts_parallel(run->contexts, a->function, b->function, a->outer, NULL);
      if (!evidence)
        continue;
      Candidate candidate = {
          .function = a->function, .origin = a->function, .location = a->inner, .first = a->span, .second = a->span};
      const char *outer = rule_location(run, a->outer), *inner = rule_location(run, a->inner);
      Report *report =
          rule_report(run, &candidate, evidence, a->span,
                      "`%s` is taken here while `%s` is held; `%s` takes them in the opposite order (line %u): each "
                      "may hold what the other waits for",
                      inner, outer, rule_function(run, b->function), rule_line(run, b->span));
      rule_place(run, report, PLACE_CONFLICT, b->span, "`%s` is taken here while `%s` is held", outer, inner);
      rule_step(run, report, 0, a->span, "holds `%s` and waits for `%s`", outer, inner);
      rule_step(run, report, 1, b->span, "holds `%s` and waits for `%s`", inner, outer);
      mark_told(orders, a);
    }
  }
}

// --- waiting for a task that needs the lock

static void report_waiting(RuleRun *run, FunctionId id, Span span, const Acquisition *taken, FunctionId task) {
  const char *lock = rule_location(run, taken->lock);
  Candidate candidate = {.function = id, .origin = id, .location = taken->lock, .first = span, .second = span};
  Report *report = rule_report(run, &candidate, EVIDENCE_IN_VIEW, span,
                               "`%s` holds `%s` while it waits for `%s`, which needs it (line %u): neither goes on",
                               rule_function(run, id), lock, rule_function(run, task), rule_line(run, taken->own));
  rule_place(run, report, PLACE_CONFLICT, taken->own, "`%s` is taken here", lock);
  rule_step(run, report, 0, span, "holds `%s` and waits for the tasks", lock);
  rule_step(run, report, 1, taken->own, "waits for `%s`", lock);
}

static const Acquisition *needs(const RuleRun *run, FunctionId task, const LockSet *held) {
  const Summary *summary = &run->file->summaries[task];
  for (uint32_t i = 0; i < summary->acquisitions.count; i++)
    if (lock_set_holds(held, summary->acquisitions.items[i].lock))
      return &summary->acquisitions.items[i];
  return NULL;
}

static void check_waiting(RuleRun *run, const Edge *edge) {
  uint32_t join;
  if ((edge->kind != EDGE_GATHER && edge->kind != EDGE_SPAWN) || !contexts_joins(run->contexts, edge, &join))
    return;
  const Function *caller = module_function(run->file->module, edge->caller);
  LockSet waits = held_with_callers(run, edge->caller, &run->file->held_at[edge->caller][join]);
  const Acquisition *taken = needs(run, edge->callee.function, &waits);
  if (!taken)
    return;
  LockSet starts = held_with_callers(run, edge->caller, &run->file->held_at[edge->caller][edge->instruction]);
  uint32_t at = lock_set_holds(&starts, taken->lock) ? edge->instruction : join;
  report_waiting(run, edge->caller, caller->code.items[at].span, taken, edge->callee.function);
}

// The tasks that are stored at a place: `self.task = asyncio.create_task(self.run())`.
static void check_stored(RuleRun *run, FunctionId waiter, Span span, Location place, const LockSet *held) {
  for (uint32_t e = 0; e < run->graph->count; e++) {
    const Edge *edge = &run->graph->edges[e];
    if (edge->kind != EDGE_SPAWN)
      continue;
    const Function *caller = module_function(run->file->module, edge->caller);
    for (uint32_t i = edge->instruction + 1; i < caller->code.count; i++) {
      const Instruction *write = &caller->code.items[i];
      Location places[VALUE_SET_LIMIT];
      if (write->op != OP_STORE && write->op != OP_SET_FIELD)
        continue;
      Value value = write->op == OP_STORE ? write->b : write->c;
      if (values_source(run->file->values, edge->caller, value) != &caller->code.items[edge->instruction])
        continue;
      if (!values_places(run->file->values, edge->caller, write, places) || places[0] != place)
        continue;
      const Acquisition *taken = needs(run, edge->callee.function, held);
      if (taken)
        report_waiting(run, waiter, span, taken, edge->callee.function);
      return;
    }
  }
}

static bool is_cancelled(const RuleRun *run, FunctionId id, Location place) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    Location places[VALUE_SET_LIMIT];
    if (call->op != OP_CALL_METHOD || strcmp(symbol_text(run->file->module->symbols, call->b), "cancel") != 0)
      continue;
    if (values_locations(run->file->values, id, call->a, places) && places[0] == place)
      return true;
  }
  return false;
}

static void check_stored_tasks(RuleRun *run, FunctionId id) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *await = &function->code.items[i];
    if (await->op != OP_AWAIT || !values_is_loaded(run->file->values, id, await->a))
      continue;
    LockSet held = held_with_callers(run, id, &run->file->held_at[id][i]);
    Location places[VALUE_SET_LIMIT];
    if (!held.count || !values_locations(run->file->values, id, await->a, places))
      continue;
    if (!is_cancelled(run, id, places[0]))
      check_stored(run, id, await->span, places[0], &held);
  }
}

static void check(RuleRun *run) {
  Orders orders = {0};
  for (FunctionId id = 1; id < run->file->module->functions.count; id++) {
    check_again(run, id);
    add_orders(run, id, &orders);
    check_stored_tasks(run, id);
    deadlock_check_pairs(run, id);
  }
  check_orders(run, &orders);
  for (uint32_t i = 0; i < run->graph->count; i++)
    check_waiting(run, &run->graph->edges[i]);
}

const Rule deadlock_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
