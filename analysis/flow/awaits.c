// Suspension points: what is awaited, and what is entered and left.
#include "state.h"
#include <string.h>

void flow_suspend(Flow *flow) {
  facts_suspend(flow->now, flow->index);
  flow->registered_count = 0;
  if (!flow->recording)
    return;
  flow->summary->may_suspend = true;
  flow->file->suspends_at[flow->id][flow->index] = true;
  flow->file->held_while[flow->id][flow->index] = flow_locks(flow, flow->now->held);
}

void flow_find_awaited(Flow *flow) {
  const Function *function = flow->function;
  flow->awaited = ARENA_ARRAY(flow->file->arena, bool, function->code.count);
  flow->waited = ARENA_ARRAY(flow->file->arena, bool, function->code.count);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *await = &function->code.items[i];
    bool waits = (await->op == OP_AWAIT || await->op == OP_RETURN) && await->a;
    const Instruction *source = waits ? values_source(flow->file->values, flow->id, await->a) : NULL;
    if (source)
      flow->waited[source - function->code.items] = true;
    if (await->op != OP_AWAIT || values_is_loaded(flow->file->values, flow->id, await->a))
      continue;
    const ValueSet *set = values_of(flow->file->values, flow->id, await->a);
    for (uint32_t v = 0; v < set->count; v++) {
      if (abstract_kind(set->items[v]) != ABSTRACT_COROUTINE)
        continue;
      const CoroutineCall *made = values_coroutine(flow->file->values, abstract_number(set->items[v]));
      if (made->caller == flow->id)
        flow->awaited[made->instruction] = true;
    }
  }
}

static bool never_suspends(const Flow *flow, Value value) {
  const ValueSet *set = values_of(flow->file->values, flow->id, value);
  if (!set->count || set->open)
    return false;
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_FRESH)
      return false;
    const Model *model = values_allocation(flow->file->values, abstract_number(set->items[i]))->model;
    if (!model || model->kind != MODEL_NEVER_SUSPENDS)
      return false;
  }
  return true;
}

static bool callee_suspends(const Flow *flow, FunctionId id) {
  const Summary *summary = &flow->file->summaries[id];
  if (flow_function(flow, id)->flags & FUNCTION_ABSTRACT)
    return true;
  return !summary->solved || summary->may_suspend || flow->file->module->traits.await_always_suspends;
}

static void await_coroutines(Flow *flow, const Instruction *await, const ValueSet *awaited) {
  bool started = flow->file->module->traits.call_starts_async;
  bool suspends = awaited->open;
  for (uint32_t pass = 0; pass < 2; pass++) {
    for (uint32_t i = 0; i < awaited->count; i++) {
      if (abstract_kind(awaited->items[i]) != ABSTRACT_COROUTINE) {
        suspends = true;
        continue;
      }
      const CoroutineCall *made = values_coroutine(flow->file->values, abstract_number(awaited->items[i]));
      // One that was found in a shared place may have been started by anybody.
      if (made->caller != flow->id || values_is_loaded(flow->file->values, flow->id, await->a)) {
        suspends = true;
        continue;
      }
      const Instruction *call = &flow->function->code.items[made->instruction];
      Callee callee = made->callee;
      suspends |= callee_suspends(flow, callee.function);
      if (pass == 0 && !started)
        flow_apply_accesses(flow, call, callee, PHASE_BEFORE, await->span);
      if (pass == 0)
        flow_note_claims(flow, callee.function);
      if (pass == 1)
        flow_apply_accesses(flow, call, callee, PHASE_AFTER, await->span);
      if (pass == 1)
        flow_lift_candidates(flow, call, callee, flow->id);
      if (pass == 1 && awaited->count == 1)
        flow_apply_lock_effects(flow, call, callee);
    }
    if (pass == 0 && suspends)
      flow_suspend(flow);
  }
}

static bool has_coroutine(const ValueSet *set) {
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_COROUTINE)
      return true;
  return false;
}

// Whether what a function gives may be made of what it was passed.
static bool returns_arguments(const Flow *flow, FunctionId id) {
  const Summary *summary = &flow->file->summaries[id];
  for (uint32_t i = 0; i < summary->returned.count; i++) {
    const ReturnedRead *read = &summary->returned.items[i];
    const LocationRow *root =
        location_row(flow->file->locations, location_root_of(flow->file->locations, read->location));
    if (root->root == ROOT_PARAMETER && !read->loose)
      return true;
  }
  return !summary->solved;
}

// Whether an awaited value is another's answer: of a library, or of a function that gives nothing of what it was
// passed.
static bool is_another_answer(const Flow *flow, const ValueSet *awaited) {
  for (uint32_t i = 0; i < awaited->count; i++) {
    if (abstract_kind(awaited->items[i]) != ABSTRACT_COROUTINE)
      continue;
    const CoroutineCall *made = values_coroutine(flow->file->values, abstract_number(awaited->items[i]));
    if (returns_arguments(flow, made->callee.function))
      return false;
  }
  return true;
}

// What was computed for the sake of the awaited call only went into it.
static void loosen(Flow *flow, Value result) {
  uint32_t end, start = facts_find(flow->now, result, &end);
  for (uint32_t i = start; i < end; i++)
    if (flow->now->items[i].flags & FACT_DERIVED)
      flow->now->items[i].flags |= FACT_LOOSE;
}

static void await_results(Flow *flow, const Instruction *await, const ValueSet *awaited) {
  facts_remove_holder(flow->now, await->result);
  const Instruction *source = values_source(flow->file->values, flow->id, await->a);
  bool called = source && (source->op == OP_CALL || source->op == OP_CALL_METHOD);
  flow_inherit(flow, await->result, await->a, called && !has_coroutine(awaited) ? FACT_LOOSE : 0, 0);
  if (is_another_answer(flow, awaited))
    loosen(flow, await->result);
  for (uint32_t i = 0; i < awaited->count; i++) {
    if (abstract_kind(awaited->items[i]) != ABSTRACT_COROUTINE)
      continue;
    const CoroutineCall *made = values_coroutine(flow->file->values, abstract_number(awaited->items[i]));
    if (made->caller != flow->id)
      continue;
    flow_apply_returned(flow, &flow->function->code.items[made->instruction], made->callee, await->result);
  }
}

void flow_await(Flow *flow, const Instruction *await) {
  ValueSet awaited = *values_of(flow->file->values, flow->id, await->a);
  flow_note_held(flow);
  if (has_coroutine(&awaited))
    await_coroutines(flow, await, &awaited);
  else if (!never_suspends(flow, await->a))
    flow_suspend(flow);
  Value taken = 0;
  Location lock = flow_acquired_lock(flow, await->a, &taken);
  if (!lock)
    lock = flow_predecessor_of(flow, await->a);
  if (lock)
    flow_take_lock(flow, lock, taken);
  await_results(flow, await, &awaited);
}

// The file's own `__aenter__` or `__aexit__` of a context manager, as a call.
static Callees manager_method(Flow *flow, Value manager, const char *name) {
  Instruction call = {.op = OP_CALL_METHOD, .a = manager};
  call.b = symbol_of_string(flow->file->module->symbols, name);
  return values_callees(flow->file->values, flow->id, &call);
}

static bool is_task_group(const Flow *flow, Value manager) {
  const ValueSet *set = values_of(flow->file->values, flow->id, manager);
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_FRESH)
      continue;
    const Model *model = values_allocation(flow->file->values, abstract_number(set->items[i]))->model;
    if (model && model->kind == MODEL_TASK_GROUP)
      return true;
  }
  return false;
}

// A time limit that comes from the file's own package: `from .compat import timeout`.
static bool is_time_limit(const Flow *flow, Value manager) {
  Symbol types[VALUE_SET_LIMIT];
  uint32_t count = values_types(flow->file->values, flow->id, manager, types);
  for (uint32_t i = 0; i < count; i++) {
    const char *path = symbol_text(flow->file->module->symbols, types[i]), *dot = strrchr(path, '.');
    char name[24] = "";
    strncpy(name, dot ? dot + 1 : path, sizeof name - 1);
    name[strcspn(name, "(")] = 0; // the type of what a call gives ends in "()"
    if (!model_name_is_time_limit(name))
      return false;
  }
  return count != 0;
}

// The methods that are called on the way in and out.
static const char *const ENTERING[] = {"__aenter__", NULL};
static const char *const LEAVING[] = {"__aexit__", "Symbol.asyncDispose", NULL};

static void cross_manager(Flow *flow, const Instruction *instruction, const char *const *methods) {
  Callees callees = {0};
  for (; *methods && !callees.count; methods++)
    callees = manager_method(flow, instruction->a, *methods);
  bool suspends = callees.count == 0 && !never_suspends(flow, instruction->a) && !is_time_limit(flow, instruction->a);
  for (uint32_t i = 0; i < callees.count; i++)
    suspends |= callee_suspends(flow, callees.items[i].function);
  for (uint32_t i = 0; i < callees.count; i++)
    flow_apply_accesses(flow, instruction, callees.items[i], PHASE_BEFORE, instruction->span);
  if (suspends)
    flow_suspend(flow);
  for (uint32_t i = 0; i < callees.count; i++)
    flow_apply_accesses(flow, instruction, callees.items[i], PHASE_AFTER, instruction->span);
  if (callees.count == 1)
    flow_apply_lock_effects(flow, instruction, callees.items[0]);
}

// The generator of the file that a context manager was made of, through `@asynccontextmanager`; NULL for other
// managers.
static const Instruction *generator_of(Flow *flow, Value manager, Callee *generator) {
  const Instruction *call = values_source(flow->file->values, flow->id, manager);
  if (!call || (call->op != OP_CALL && call->op != OP_CALL_METHOD))
    return NULL;
  Callees callees = values_callees(flow->file->values, flow->id, call);
  *generator = callees.items[0];
  bool made = callees.count == 1 && flow_function(flow, generator->function)->flags & FUNCTION_GENERATOR;
  return made && flow->file->summaries[generator->function].locks.yielded.count ? call : NULL;
}

// Enters or leaves a lock, or a context manager that holds one meanwhile. False where it is neither.
static bool cross_lock(Flow *flow, const Instruction *instruction, bool enters) {
  Location lock = flow_lock_of(flow->file, flow->id, instruction->a, NULL);
  Callee generator;
  const Instruction *call = lock ? NULL : generator_of(flow, instruction->a, &generator);
  if (!lock && !call)
    return false;
  if (enters || call)
    flow_suspend(flow);
  if (lock && enters)
    flow_take_lock(flow, lock, instruction->a);
  if (lock && !enters)
    facts_release(flow->now, flow_slot(flow, lock));
  if (!call)
    return true;
  if (enters)
    flow_lift_acquisitions(flow, call, generator, instruction->span, false);
  LockSet yielded = flow->file->summaries[generator.function].locks.yielded;
  flow_apply_locks(flow, call, generator, &yielded, enters);
  return true;
}

void flow_enter(Flow *flow, const Instruction *enter) {
  flow_note_held(flow);
  facts_remove_holder(flow->now, enter->result);
  flow_inherit(flow, enter->result, enter->a, FACT_DERIVED, 0);
  if (!(enter->flags & INSTRUCTION_ASYNC) || cross_lock(flow, enter, true))
    return;
  if (!is_task_group(flow, enter->a))
    cross_manager(flow, enter, ENTERING);
}

// Leaving what `acquire` gave releases the lock: `using guard = await mutex.acquire()`.
static bool release_by_exit(Flow *flow, const Instruction *exit) {
  const Instruction *await = values_source(flow->file->values, flow->id, exit->a);
  Value taken;
  Location lock = await && await->op == OP_AWAIT ? flow_acquired_lock(flow, await->a, &taken) : 0;
  if (!lock)
    return false;
  if (exit->flags & INSTRUCTION_ASYNC)
    flow_suspend(flow);
  flow_release_lock(flow, lock);
  return true;
}

void flow_exit(Flow *flow, const Instruction *exit) {
  flow_note_held(flow);
  if (release_by_exit(flow, exit) || !(exit->flags & INSTRUCTION_ASYNC) || cross_lock(flow, exit, false))
    return;
  cross_manager(flow, exit, LEAVING);
}
