// Locks that two tasks never have in common: each call is passed a new one, or another one takes its place.
#include "code.h"
#include "ineffective_lock.h"

static bool is_lock(const Allocation *made) {
  return made->model && (made->model->kind == MODEL_LOCK || made->model->kind == MODEL_SEMAPHORE);
}

static Span span_of(const RuleRun *run, const Allocation *made) {
  return module_function(run->file->module, made->function)->code.items[made->instruction].span;
}

// --- a new one for each call

// The call of a parameter's function that makes the lock in its argument; NULL where it passes another one.
static const Instruction *made_for_call(RuleRun *run, const Edge *edge, uint32_t parameter) {
  const Instruction *call = &module_function(run->file->module, edge->maker)->code.items[edge->made];
  if (!code_is_call(call))
    return NULL;
  bool bound = edge->callee.receiver && run->file->module->traits.receiver_is_parameter;
  const Function *callee = module_function(run->file->module, edge->callee.function);
  const char *name = symbol_text(run->file->module->symbols, callee->parameters.items[parameter].name);
  Value passed = code_argument(run, call, parameter - bound, name);
  const Instruction *source = passed ? values_source(run->file->values, edge->maker, passed) : NULL;
  if (!source || source->result != passed || !code_is_call(source))
    return NULL;
  const ValueSet *set = values_of(run->file->values, edge->maker, passed);
  if (set->count != 1 || set->open || abstract_kind(set->items[0]) != ABSTRACT_FRESH)
    return NULL;
  const Allocation *made = values_allocation(run->file->values, abstract_number(set->items[0]));
  return is_lock(made) && !made->escapes && made->function == edge->maker ? source : NULL;
}

static bool is_made_for_each_call(RuleRun *run, Location lock, Span *made) {
  const LocationRow *row = location_row(run->file->locations, lock);
  *made = (Span){0, 0};
  bool passed = row->root == ROOT_PARAMETER && !row->depth;
  for (const Edge *edge = passed ? run->graph->into[row->name >> 6] : NULL; edge; edge = edge->next_into) {
    const Instruction *source = made_for_call(run, edge, row->name & 63);
    if (!source)
      return false;
    *made = source->span;
  }
  return made->end != 0;
}

// --- another one in its place

// The lock that the function makes for a place that holds nothing but locks, others of them where `others` is set.
static const Allocation *made_in(const RuleRun *run, Location lock, FunctionId function, bool *others) {
  const ValueSet *content = values_content(run->file->values, lock);
  const Allocation *made = NULL;
  *others = false;
  for (uint32_t i = 0; i < content->count; i++) {
    if (abstract_kind(content->items[i]) != ABSTRACT_FRESH)
      continue;
    const Allocation *item = values_allocation(run->file->values, abstract_number(content->items[i]));
    if (!is_lock(item))
      return NULL;
    if (item->function == function)
      made = item;
    else
      *others = true;
  }
  return made;
}

static bool replaces(const RuleRun *run, const Access *access, Location lock, const Candidate *candidate) {
  if (access->location != lock || !(access->flags & ACCESS_ASSIGN))
    return false;
  if (access->flags & (ACCESS_CALLEE | ACCESS_VALIDATED | ACCESS_NULLS))
    return false;
  LockSet others = {0}, guards = rule_guards(run, candidate);
  for (uint32_t i = 0; i < access->guards.count; i++)
    if (LOCK_LOCATION(access->guards.items[i]) != lock)
      lock_set_add(&others, access->guards.items[i]);
  if (lock_sets_meet(run->file->locations, &guards, &others))
    return false;
  // Outsiders call what prepares an object before they let tasks use it.
  RootEvidence evidence = contexts_parallel(run->contexts, candidate->function, access->function, lock, NULL);
  return evidence == EVIDENCE_IN_VIEW || (evidence && access->function == candidate->function);
}

// What is made lazily, or by what runs before the tasks, replaces nothing.
static bool is_replaced(const RuleRun *run, Location lock, const Candidate *candidate, Span *made) {
  const Module *module = run->file->module;
  if (location_row(run->file->locations, lock)->depth > 1)
    return false;
  for (FunctionId id = 1; id < module->functions.count; id++) {
    bool others;
    if (module_function(module, id)->flags & (FUNCTION_CONSTRUCTOR | FUNCTION_MODULE | FUNCTION_CACHED))
      continue;
    const Allocation *item = made_in(run, lock, id, &others);
    if (!item || (!others && id != candidate->function))
      continue;
    *made = span_of(run, item);
    for (uint32_t i = 0; i < run->file->summaries[id].accesses.count; i++)
      if (replaces(run, &run->file->summaries[id].accesses.items[i], lock, candidate))
        return true;
  }
  return false;
}

// --- the reports

static void report(RuleRun *run, const Candidate *candidate, Location lock, Span made, bool replaced,
                   const Conflict *conflict) {
  const char *location = rule_location(run, candidate->location), *name = rule_location(run, lock);
  Span taken = ineffective_taken_at(run, candidate, lock);
  Report *report =
      replaced
          ? rule_report(
                run, candidate, conflict->evidence, taken,
                "`%s` is replaced on line %u, while it may be held here: who takes the new one does not wait before "
                "it touches `%s`",
                name, rule_line(run, made), location)
          : rule_report(
                run, candidate, conflict->evidence, taken,
                "`%s` excludes nobody: each call is passed a new one (line %u), so that none waits before it touches "
                "`%s`",
                name, rule_line(run, made), location);
  report->covers = true;
  rule_place(run, report, PLACE_LOCK, made,
             replaced ? "another lock takes its place here" : "each call gets a new lock here");
  ineffective_tell(run, report, candidate);
  rule_place(run, report, PLACE_CONFLICT, conflict->access->span, "another task writes `%s` here", location);
  rule_step(run, report, 0, taken, "takes `%s`, reads `%s` and is suspended", name, location);
  rule_step(run, report, 1, conflict->access->span, "takes another lock, and writes `%s`", location);
  rule_step(run, report, 0, candidate->second, "writes `%s` from the old value", location);
}

// A candidate all of whose locks are of this kind.
static void visit(RuleRun *run, const Candidate *candidate) {
  LockSet guards = rule_guards(run, candidate), claims = {0};
  Location lock = 0;
  Span made = {0, 0};
  bool replaced = false;
  for (uint32_t i = 0; i < guards.count; i++) {
    if (guards.items[i] & LOCK_CLAIM) {
      lock_set_add(&claims, guards.items[i]);
      continue;
    }
    lock = LOCK_LOCATION(guards.items[i]);
    replaced = !is_made_for_each_call(run, lock, &made);
    if (replaced && !is_replaced(run, lock, candidate, &made))
      return;
  }
  if (!lock)
    return;
  bool empties = candidate->kind == CANDIDATE_ACT && candidate->flags & (ACCESS_NULLS | ACCESS_CLEAR);
  uint32_t without = empties ? ACCESS_NULLS | ACCESS_CLEAR : 0;
  Conflict conflict = rule_conflict_under(run, candidate, &claims, ACCESS_WRITE, without);
  if (conflict.access)
    report(run, candidate, lock, made, replaced, &conflict);
}

void ineffective_changing(RuleRun *run) {
  rule_each_candidate(run, CANDIDATE_UPDATE, visit);
  rule_each_candidate(run, CANDIDATE_ACT, visit);
}
