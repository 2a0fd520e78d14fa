// The suspension points, and who may run at each.
#include "../rules/code.h"
#include "audit.h"
#include <stdlib.h>

typedef struct PointSearch {
  AuditDraft *draft;
  ARRAY(SuspensionPoint) points;
  ARRAY(const Access *) accesses; // of all that is told as shared
  bool *may_run;                  // by function, for the point at hand
} PointSearch;

static bool looks_like_suspension(const Function *function, const Instruction *instruction) {
  bool is_async = instruction->flags & INSTRUCTION_ASYNC;
  switch (instruction->op) {
  case OP_AWAIT:
    return true;
  case OP_YIELD:
    return function->flags & FUNCTION_ASYNC;
  case OP_ENTER:
  case OP_EXIT:
  case OP_NEXT:
    return is_async;
  default:
    return false;
  }
}

// --- How certain it is ---------------------------------------------------------------------------------------------

// Whether anything is known of what the value comes from: a function of the file, a row of a library.
static bool is_known(RuleRun *run, FunctionId function, Value value) {
  const ValueSet *set = values_of(run->file->values, function, value);
  for (uint32_t i = 0; i < set->count; i++) {
    AbstractKind kind = abstract_kind(set->items[i]);
    if (kind == ABSTRACT_COROUTINE || kind == ABSTRACT_INSTANCE || kind == ABSTRACT_SELF)
      return true;
    if (kind != ABSTRACT_FRESH)
      continue;
    const Allocation *made = values_allocation(run->file->values, abstract_number(set->items[i]));
    if (made->model || made->class_id)
      return true;
  }
  uint32_t made = values_definition(run->file->values, function, value);
  const Instruction *call = made == UINT32_MAX ? NULL : code_at(run, function, made);
  if (!call || !code_is_call(call))
    return false;
  return values_model(run->file->values, function, call, NULL) || code_resource(run, function, call) ||
         values_callees(run->file->values, function, call).count;
}

static SuspensionCertainty certainty_of(const AuditDraft *draft, FunctionId function, uint32_t index) {
  RuleRun *run = draft->run;
  const Instruction *instruction = code_at(run, function, index);
  if (!run->file->suspends_at[function][index])
    return SUSPENDS_NEVER;
  if (run->file->module->traits.await_always_suspends)
    return SUSPENDS_ALWAYS;
  return is_known(run, function, instruction->a) ? SUSPENDS_MAYBE : SUSPENDS_ASSUMED;
}

// --- Who may run ---------------------------------------------------------------------------------------------------

// Whether another task may do the access at a suspension of `function` under `locks`.
static bool may_come(const RuleRun *run, FunctionId function, const LockSet *locks, const Access *access) {
  LockSet theirs = rule_locks_at(run, access);
  return !lock_sets_meet(run->file->locations, locks, &theirs) &&
         contexts_parallel(run->contexts, function, access->function, access->location, NULL) != EVIDENCE_NONE;
}

static bool is_told_of(const AuditDraft *draft, const Access *access) {
  Location whole = shared_place(draft->run, access->location);
  for (uint32_t i = 0; i < draft->shared.count; i++)
    if (draft->shared.locations[i] == whole)
      return true;
  return false;
}

static void find_accesses(PointSearch *search) {
  const RuleRun *run = search->draft->run;
  for (uint32_t i = 1; i < run->accesses.count; i++)
    if (is_told_of(search->draft, run->accesses.items[i]))
      array_push(search->draft->arena, &search->accesses, run->accesses.items[i]);
}

static void find_others(PointSearch *search, SuspensionPoint *point, FunctionId function, const LockSet *locks) {
  const RuleRun *run = search->draft->run;
  uint32_t count = run->file->module->functions.count;
  const char **others = ARENA_ARRAY(search->draft->arena, const char *, count);
  for (uint32_t i = 0; i < search->accesses.count; i++) {
    const Access *access = search->accesses.items[i];
    bool *may_run = &search->may_run[access->function];
    if (!*may_run)
      *may_run = may_come(run, function, locks, access);
  }
  for (FunctionId id = 1; id < count; id++) {
    if (search->may_run[id])
      others[point->other_count++] = rule_function(run, id);
    search->may_run[id] = false;
  }
  point->others = others;
}

// --- The points ----------------------------------------------------------------------------------------------------

static int by_position(const void *a, const void *b) {
  const SuspensionPoint *left = a, *right = b;
  if (left->span.start != right->span.start)
    return left->span.start < right->span.start ? -1 : 1;
  if (left->span.end != right->span.end)
    return left->span.end < right->span.end ? -1 : 1;
  return (int)left->certainty - (int)right->certainty;
}

static void add_point(PointSearch *search, FunctionId function, uint32_t index) {
  RuleRun *run = search->draft->run;
  LockSet locks = rule_locks_while(run, function, index);
  SuspensionPoint point = {
      .span = code_at(run, function, index)->span,
      .certainty = certainty_of(search->draft, function, index),
      .function = rule_function(run, function),
      .function_span = module_function(run->file->module, function)->name_span,
      .locks = rule_locks(run, locks),
      .tasks = audit_tasks_of(search->draft, function),
  };
  if (point.certainty != SUSPENDS_NEVER)
    find_others(search, &point, function, &locks);
  array_push(search->draft->arena, &search->points, point);
}

static void search_function(PointSearch *search, FunctionId id) {
  const RuleRun *run = search->draft->run;
  const Function *function = module_function(run->file->module, id);
  if (run->file->summaries[id].truncated || !run->file->suspends_at[id])
    return;
  for (uint32_t i = 0; i < function->code.count; i++)
    if (looks_like_suspension(function, &function->code.items[i]))
      add_point(search, id, i);
}

// Of the ways on which one place is passed (a `finally`, the two ends of a `with`) the first one told is kept, which is
// the most certain.
static void drop_copies(PointSearch *search) {
  uint32_t kept = 0;
  SuspensionPoint *points = search->points.items;
  for (uint32_t i = 0; i < search->points.count; i++)
    if (!kept || points[kept - 1].span.start != points[i].span.start || points[kept - 1].span.end != points[i].span.end)
      points[kept++] = points[i];
  search->points.count = kept;
}

void audit_find_points(AuditDraft *draft) {
  const Module *module = draft->run->file->module;
  PointSearch search = {.draft = draft, .may_run = ARENA_ARRAY(draft->arena, bool, module->functions.count)};
  find_accesses(&search);
  for (FunctionId id = 1; id < module->functions.count && !cancel_raised(draft->cancel); id++)
    search_function(&search, id);
  if (search.points.count)
    qsort(search.points.items, search.points.count, sizeof *search.points.items, by_position);
  drop_copies(&search);
  draft->audit.points = search.points.items;
  draft->audit.point_count = search.points.count;
}
