// Locks that are taken, but do not reach what they should protect.
#include "class_data.h"
#include "ineffective_lock.h"
#include "locks.h"

static const Function *function_of(const RuleRun *run, FunctionId id) {
  return module_function(run->file->module, id);
}

void ineffective_tell(RuleRun *run, Report *report, const Candidate *candidate) {
  const char *location = rule_location(run, candidate->location);
  rule_place(run, report, PLACE_FIRST_ACCESS, candidate->first, "`%s` is read here", location);
  rule_place(run, report, PLACE_SUSPENSION, candidate->suspension, "other tasks may run here");
  rule_place(run, report, PLACE_SECOND_ACCESS, candidate->second, "`%s` is written here", location);
}

// --- one of each instance, over what all share

// The class whose constructor makes the lock for each of its objects; 0 for other locks.
static ClassId owner_of(const RuleRun *run, Location lock) {
  const Locations *locations = run->file->locations;
  const LocationRow *row = location_row(locations, lock);
  if (row->step != STEP_FIELD || location_row(locations, row->parent)->root != ROOT_SELF)
    return 0;
  if (location_row(locations, row->parent)->step != STEP_NONE)
    return 0;
  const ValueSet *content = values_content(run->file->values, lock);
  if (content->count != 1 || abstract_kind(content->items[0]) != ABSTRACT_FRESH)
    return 0;
  const Allocation *made = values_allocation(run->file->values, abstract_number(content->items[0]));
  const Function *maker = function_of(run, made->function);
  return maker->flags & FUNCTION_CONSTRUCTOR ? maker->class_id : 0;
}

static bool is_shared_by_all(const RuleRun *run, Location location) {
  const Locations *locations = run->file->locations;
  Location root = location_root_of(locations, location);
  const LocationRow *row = location_row(locations, root);
  if (row->root == ROOT_VARIABLE)
    return module_variable(run->file->module, row->name)->kind == VARIABLE_MODULE;
  return class_data_holds(run, location);
}

// By what evidence several objects of the class are in use at the same time.
static RootEvidence several_of(const RuleRun *run, ClassId id) {
  RootEvidence best = EVIDENCE_NONE;
  uint32_t sites = 0;
  if (class_data_may_be_single(run, id))
    return EVIDENCE_NONE;
  for (uint32_t i = 0; i < values_allocation_count(run->file->values); i++) {
    const Allocation *made = values_allocation(run->file->values, i);
    if (!made->class_id || !values_classes_related(run->file->values, made->class_id, id))
      continue;
    sites++;
    const Instruction *call = &function_of(run, made->function)->code.items[made->instruction];
    if (class_data_keeps_one(run, made->function, call->result))
      continue;
    RootEvidence again = contexts_parallel(run->contexts, made->function, made->function, 0, NULL);
    if (flow_in_loop(run->file, made->function, made->instruction))
      again = EVIDENCE_IN_VIEW;
    if (again > best)
      best = again;
  }
  if (sites > 1)
    return EVIDENCE_IN_VIEW;
  return sites ? best : EVIDENCE_OUTSIDE;
}

Span ineffective_taken_at(const RuleRun *run, const Candidate *candidate, Location lock) {
  const Summary *summary = &run->file->summaries[candidate->function];
  Span span = {0, 0};
  for (uint32_t i = 0; i < summary->acquisitions.count; i++) {
    const Acquisition *taken = &summary->acquisitions.items[i];
    if (taken->lock == lock && taken->function == candidate->function && taken->span.start < candidate->first.start)
      span = taken->span;
  }
  for (const Edge *edge = run->graph->into[candidate->function]; !span.end && edge; edge = edge->next_into) {
    if (edge->lock == lock)
      span = function_of(run, edge->caller)->code.items[edge->instruction].span;
  }
  return span.end ? span : candidate->first;
}

static void visit(RuleRun *run, const Candidate *candidate) {
  LockSet guards = rule_guards(run, candidate);
  Location lock = 0;
  for (uint32_t i = 0; i < guards.count; i++) {
    if (guards.items[i] & LOCK_CLAIM)
      continue;
    if (lock || !owner_of(run, LOCK_LOCATION(guards.items[i])))
      return;
    lock = LOCK_LOCATION(guards.items[i]);
  }
  if (!lock || !is_shared_by_all(run, candidate->location))
    return;
  RootEvidence several = several_of(run, owner_of(run, lock));
  RootEvidence evidence = contexts_parallel(run->contexts, candidate->function, candidate->function, 0, NULL);
  if (several < evidence)
    evidence = several;
  if (!evidence)
    return;
  Span taken = ineffective_taken_at(run, candidate, lock);
  const char *name = rule_location(run, lock), *location = rule_location(run, candidate->location);
  Report *report = rule_report(run, candidate, evidence, taken,
                               "`%s` does not protect `%s`: each object has a lock of its own, but all share `%s`",
                               name, location, location);
  Location made = abstract_number(values_content(run->file->values, lock)->items[0]);
  const Allocation *allocation = values_allocation(run->file->values, made);
  rule_place(run, report, PLACE_LOCK, function_of(run, allocation->function)->code.items[allocation->instruction].span,
             "each object gets a lock of its own here");
  ineffective_tell(run, report, candidate);
  rule_step(run, report, 0, taken, "takes its object's lock");
  rule_step(run, report, 1, taken, "takes another object's lock, and does not wait");
  rule_step(run, report, 1, candidate->second, "writes `%s`", location);
  rule_step(run, report, 0, candidate->second, "writes `%s` from the old value", location);
}

void ineffective_per_instance(RuleRun *run) {
  rule_each_candidate(run, CANDIDATE_UPDATE, visit);
  rule_each_candidate(run, CANDIDATE_ACT, visit);
}

// --- taken when the work is under way

// The function that a task runs which was started in `id` before the instruction `before`; 0 for other values.
static FunctionId started(const RuleRun *run, FunctionId id, uint32_t before, const ValueSet *set, uint32_t *at) {
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_COROUTINE)
      continue;
    const CoroutineCall *made = values_coroutine(run->file->values, abstract_number(set->items[i]));
    if (made->caller != id || made->instruction >= before)
      continue;
    *at = made->instruction;
    return made->callee.function;
  }
  return 0;
}

// The same for what the value in `id` awaits: in Python a coroutine runs only when it has become a task.
static FunctionId started_task(const RuleRun *run, FunctionId id, uint32_t before, Value value, uint32_t *at) {
  if (run->file->module->traits.call_starts_async)
    return started(run, id, before, values_of(run->file->values, id, value), at);
  const Instruction *spawn = values_source(run->file->values, id, value);
  if (!spawn || (spawn->op != OP_CALL && spawn->op != OP_CALL_METHOD))
    return 0;
  if ((uint32_t)(spawn - function_of(run, id)->code.items) >= before)
    return 0;
  const Model *model = values_model(run->file->values, id, spawn, NULL);
  uint32_t count;
  const Operand *args = instruction_args(run->file->module, spawn, &count);
  bool starts = model && model->kind == MODEL_SPAWN && count;
  return starts ? started(run, id, before, values_of(run->file->values, id, args[0].value), at) : 0;
}

// A split access that no lock protects, in the function or what it calls.
static const Candidate *unprotected(const RuleRun *run, FunctionId id, Conflict *conflict) {
  FunctionId pending[16] = {id};
  uint32_t count = 1;
  for (uint32_t n = 0; n < count; n++) {
    const Summary *summary = &run->file->summaries[pending[n]];
    for (uint32_t i = 0; i < summary->candidates.count; i++) {
      const Candidate *candidate = &summary->candidates.items[i];
      bool split = candidate->kind == CANDIDATE_UPDATE || candidate->kind == CANDIDATE_ACT;
      if (!split || rule_is_locked(run, candidate))
        continue;
      *conflict = rule_conflict(run, candidate, ACCESS_WRITE, 0);
      if (conflict->access)
        return candidate;
    }
    for (const Edge *edge = run->graph->from[pending[n]]; edge && count < 16; edge = edge->next_from) {
      bool known = edge->kind != EDGE_CALL;
      for (uint32_t k = 0; k < count && !known; k++)
        known = pending[k] == edge->callee.function;
      if (!known)
        pending[count++] = edge->callee.function;
    }
  }
  return NULL;
}

static void report(RuleRun *run, FunctionId id, uint32_t taken, uint32_t at, FunctionId work) {
  Conflict conflict;
  const Candidate *candidate = unprotected(run, work, &conflict);
  if (!candidate)
    return;
  const Instruction *take = &function_of(run, id)->code.items[taken];
  Span start = function_of(run, id)->code.items[at].span;
  const Instruction *call = take->op == OP_AWAIT ? values_source(run->file->values, id, take->a) : take;
  const char *name = lock_text(run, id, call ? call->a : take->a);
  Candidate own = *candidate;
  own.function = own.origin = id;
  Report *report =
      rule_report(run, &own, conflict.evidence, take->span,
                  "`%s` comes too late: `%s` is under way since line %u, and reads and writes `%s` without it", name,
                  rule_function(run, work), rule_line(run, start), rule_location(run, candidate->location));
  report->covers = true;
  rule_place(run, report, PLACE_SPAWN, start, "the work starts here, before the lock is taken");
  ineffective_tell(run, report, candidate);
  rule_step(run, report, 0, start, "starts `%s`", rule_function(run, work));
  rule_step(run, report, 1, start, "starts `%s` as well", rule_function(run, work));
  rule_step(run, report, 0, take->span, "takes `%s`, and waits for what runs already", name);
}

// What a callback under the lock waits for or returns, where it is the promise of work that runs already.
static FunctionId started_for_callback(const RuleRun *run, FunctionId id, uint32_t call, FunctionId callback,
                                       uint32_t *at) {
  const Function *function = function_of(run, callback);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *load = &function->code.items[i];
    if (load->op != OP_LOAD || module_variable(run->file->module, load->a)->owner != id)
      continue;
    Location place = location_root(run->file->locations, ROOT_VARIABLE, load->a);
    FunctionId work = started(run, id, call, values_content(run->file->values, place), at);
    if (work)
      return work;
  }
  return 0;
}

static void check_callbacks(RuleRun *run, FunctionId id, uint32_t index) {
  for (const Edge *edge = run->graph->from[id]; edge; edge = edge->next_from) {
    uint32_t at = 0;
    if (edge->instruction != index || !edge->lock)
      continue;
    FunctionId work = started_for_callback(run, id, index, edge->callee.function, &at);
    if (work)
      report(run, id, index, at, work);
  }
}

// The last instruction under the lock that is taken at `taken`; `taken` itself where none is.
static uint32_t region_of(RuleRun *run, FunctionId id, uint32_t taken) {
  const Instruction *take = &function_of(run, id)->code.items[taken];
  if (take->op == OP_ENTER)
    return take->flags & INSTRUCTION_ASYNC && lock_is_async(run, id, take->a) ? lock_last_exit(run, id, taken) : taken;
  const Instruction *acquire = take->op == OP_AWAIT ? values_source(run->file->values, id, take->a) : NULL;
  bool acquires =
      acquire && lock_is_call_on(run, id, acquire, "acquire", acquire->a) && lock_is_async(run, id, acquire->a);
  return acquires ? function_of(run, id)->code.count : taken;
}

void ineffective_started_before(RuleRun *run, FunctionId id) {
  const Function *function = function_of(run, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (instruction->op == OP_CALL || instruction->op == OP_CALL_METHOD)
      check_callbacks(run, id, i);
    uint32_t end = region_of(run, id, i), at = 0;
    for (uint32_t k = i + 1; k < end; k++) {
      if (function->code.items[k].op != OP_AWAIT)
        continue;
      FunctionId work = started_task(run, id, i, function->code.items[k].a, &at);
      if (work)
        report(run, id, i, at, work);
    }
  }
}
