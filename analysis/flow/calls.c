#include "state.h"
#include <string.h>

void flow_suspend(Flow *flow) {
  facts_suspend(flow->now, flow->index);
  flow->registered_count = 0;
  if (!flow->recording) return;
  flow->summary->may_suspend = true;
  flow->file->suspends_at[flow->id][flow->index] = true;
  flow->file->held_while[flow->id][flow->index] = flow_locks(flow, flow->now->held);
}

static const Function *function_of(const Flow *flow, FunctionId id) {
  return module_function(flow->file->module, id);
}

// --- locks

enum { ACQUISITION_LIMIT = 64 };

static void add_acquisition(Flow *flow, Acquisition acquisition) {
  Summary *summary = flow->summary;
  for (uint32_t i = 0; i < summary->acquisitions.count; i++) {
    const Acquisition *known = &summary->acquisitions.items[i];
    if (known->lock == acquisition.lock && known->span.start == acquisition.span.start &&
        known->own.start == acquisition.own.start)
      return;
  }
  if (summary->acquisitions.count < ACQUISITION_LIMIT)
    array_push(flow->file->arena, &summary->acquisitions, acquisition);
}

// Takes the lock that `value` is: waiting for it lets others run. Taking it again leaves it held until the function's
// own release.
static void take_lock(Flow *flow, Location lock, Value value) {
  if (flow->recording && flow_lock_is_certain(flow->file, flow->id, flow->index, value)) {
    Span span = flow_instruction(flow)->span;
    LockSet held = flow_locks(flow, flow->now->held);
    add_acquisition(flow, (Acquisition){lock, flow->id, span, span, held, held, false});
  }
  facts_acquire(flow->now, flow_slot(flow, lock));
}

static void release_lock(Flow *flow, Location lock) {
  uint32_t slot = flow_slot(flow, lock);
  bool held = slot < SLOT_LIMIT && flow->now->held >> slot & 1;
  if (!held && flow->recording)
    lock_set_add(&flow->summary->locks.released, lock);
  facts_release(flow->now, slot);
}

// Where the receiver of a method call stands, if that is not the caller's own receiver; 0 otherwise.
static Location receiver_place(const Flow *flow, const Instruction *call) {
  const Instruction *source = call->op == OP_CALL_METHOD ? values_source(flow->file->values, flow->id, call->a) : NULL;
  Location places[VALUE_SET_LIMIT];
  bool loaded = source && (source->op == OP_LOAD || source->op == OP_GET_FIELD || source->op == OP_GET_ITEM);
  return loaded && values_places(flow->file->values, flow->id, source, places) ? places[0] : 0;
}

// A callee's lock as the caller knows it: objects of one class are one root, but their locks are told apart by where
// the objects stand. `*merged` (may be NULL) gets the one for all objects of the class. 0 where it is the callee's
// alone.
static Location lift_lock(Flow *flow, const Instruction *call, Callee callee, Location lock, Location *merged) {
  Location places[VALUE_SET_LIMIT], root = location_root_of(flow->file->locations, lock);
  Location place = flow_translate(flow->file, flow->id, call, callee, lock, places) ? places[0] : 0;
  if (merged)
    *merged = place;
  bool of_receiver = location_row(flow->file->locations, root)->root == ROOT_SELF && callee.receiver;
  Location receiver = of_receiver ? receiver_place(flow, call) : 0;
  return receiver ? location_rebase(flow->file->locations, lock, root, receiver) : place;
}

// What the callee takes, as seen from here; `under` where it is a callback that runs under a lock.
static void lift_acquisitions(Flow *flow, const Instruction *call, Callee callee, Span span, bool under) {
  const Summary *summary = &flow->file->summaries[callee.function];
  for (uint32_t i = 0; flow->recording && i < summary->acquisitions.count; i++) {
    Acquisition acquisition = summary->acquisitions.items[i];
    acquisition.lock = lift_lock(flow, call, callee, acquisition.lock, NULL);
    if (!acquisition.lock)
      continue;
    LockSet held = flow_locks(flow, flow->now->held);
    for (uint32_t h = 0; h < acquisition.held.count; h++) {
      if (acquisition.held.items[h] & LOCK_CLAIM)
        continue;
      Location lock = lift_lock(flow, call, callee, acquisition.held.items[h], NULL);
      if (lock)
        lock_set_add(&held, lock);
    }
    acquisition.span = span, acquisition.held = held, acquisition.under |= under;
    acquisition.here = flow_locks(flow, flow->now->held);
    add_acquisition(flow, acquisition);
  }
}

// The locks that a call leaves taken or released behind it.
static void apply_locks(Flow *flow, const Instruction *call, Callee callee, const LockSet *taken, bool takes) {
  for (uint32_t i = 0; i < taken->count; i++) {
    Location merged, lock = lift_lock(flow, call, callee, taken->items[i], &merged);
    Location both[] = {lock, merged};
    for (int b = 0; b < 2; b++) {
      if (!both[b] || (b && merged == lock))
        continue;
      if (takes)
        facts_acquire(flow->now, flow_slot(flow, both[b]));
      else
        release_lock(flow, both[b]);
    }
  }
}

static void apply_lock_effects(Flow *flow, const Instruction *call, Callee callee) {
  LockEffects effects = flow->file->summaries[callee.function].locks;
  apply_locks(flow, call, callee, &effects.released, false);
  apply_locks(flow, call, callee, &effects.left, true);
}

// --- applying a callee's summary

typedef enum Phase { PHASE_BEFORE, PHASE_AFTER, PHASE_ALL } Phase;

// Notes what a callee does. What was the callee's parameter is for `owner` to answer for: the caller, or the callee itself
// where it runs as a task of its own.
static void note_callee_access(Flow *flow, const Access *access, Location place, FunctionId owner) {
  if (!flow->recording) return;
  Access copy = *access;
  copy.flags |= ACCESS_CALLEE;
  if (flow->now->suspended) copy.flags |= ACCESS_AFTER;
  if (place != access->location) copy.function = owner, copy.flags &= ~(uint32_t)ACCESS_CALLEE;
  copy.location = place;
  LockSet held = flow_locks(flow, owner == flow->id ? flow->now->held : 0);
  for (uint32_t i = 0; i < held.count; i++)
    lock_set_add(&copy.guards, held.items[i]);
  Summary *summary = flow->summary;
  for (uint32_t i = 0; i < summary->accesses.count; i++)
    if (summary->accesses.items[i].location == place && summary->accesses.items[i].flags == copy.flags &&
        summary->accesses.items[i].function == copy.function)
      return;
  if (summary->accesses.count < 256)
    array_push(flow->file->arena, &summary->accesses, copy);
  else
    summary->truncated = true;
}

// Of the claims under which a callee makes an access, those that it makes before its first suspension.
static LockSet claims_at_once(const Summary *callee, const Access *access) {
  LockSet claims = {0};
  for (uint32_t g = 0; g < access->guards.count; g++) {
    if (!(access->guards.items[g] & LOCK_CLAIM)) continue;
    for (uint32_t i = 0; i < callee->accesses.count; i++) {
      const Access *claim = &callee->accesses.items[i];
      bool made = (claim->flags & (ACCESS_VALIDATED | ACCESS_AFTER | ACCESS_NULLS)) == ACCESS_VALIDATED;
      if (made && claim->location == LOCK_LOCATION(access->guards.items[g])) lock_set_add(&claims, access->guards.items[g]);
    }
  }
  return claims;
}

// Whether what the function empties may be filled again when it is done: it does so itself, or others could meanwhile.
static bool empties_in_passing(const FlowFile *file, FunctionId id, Location location) {
  const Summary *summary = &file->summaries[id];
  if (module_function(file->module, id)->flags & FUNCTION_ASYNC) return true;
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *access = &summary->accesses.items[i];
    if (!(access->flags & ACCESS_WRITE) || access->flags & (ACCESS_CLEAR | ACCESS_REMOVE)) continue;
    if (access->location == location || location_row(file->locations, access->location)->parent == location) return true;
  }
  return false;
}

static void apply_write(Flow *flow, const Instruction *call, Callee callee, const Access *access, Location place,
                        Span span) {
  const Summary *summary = &flow->file->summaries[callee.function];
  Write write = {.location = place, .flags = access->flags | ACCESS_CALLEE, .span = span};
  write.claims = claims_at_once(summary, access);
  write.anew = callee.function == flow->id;
  write.passing = empties_in_passing(flow->file, callee.function, access->location);
  uint32_t count;
  const Operand *args = instruction_args(flow->file->module, call, &count);
  if (access->flags & ACCESS_ARGUMENT)
    for (uint32_t i = 0; i < count && i < 4; i++)
      write.arguments[write.argument_count++] = args[i].value;
  flow_write(flow, write);
}

static void apply_accesses(Flow *flow, const Instruction *call, Callee callee, Phase phase, Span span) {
  const Summary *summary = &flow->file->summaries[callee.function];
  // A plain function that takes a lock gives a promise: who does not wait for it does not wait for the lock.
  bool calls = flow_instruction(flow)->op == OP_CALL || flow_instruction(flow)->op == OP_CALL_METHOD;
  if (phase != PHASE_BEFORE && (!calls || flow->waited[flow->index]))
    lift_acquisitions(flow, call, callee, span, false);
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    Access access = summary->accesses.items[i];
    bool after = access.flags & ACCESS_AFTER;
    if (phase != PHASE_ALL && after != (phase == PHASE_AFTER)) continue;
    Location places[VALUE_SET_LIMIT];
    uint32_t count = flow_translate(flow->file, flow->id, call, callee, access.location, places);
    for (uint32_t p = 0; p < count; p++) {
      if (access.flags & ACCESS_WRITE) apply_write(flow, call, callee, &access, places[p], span);
      if (access.flags & ACCESS_READ && !(access.flags & ACCESS_WRITE)) flow_read_back(flow, places[p]);
      if (access.flags & ACCESS_USE && flow->recording) flow_use_location(flow, places[p], access.flags & ACCESS_LENIENT);
      note_callee_access(flow, &access, places[p], flow->id);
    }
  }
}

// Candidates about what a caller passed are judged where it is known what that was.
static void lift_candidates(Flow *flow, const Instruction *call, Callee callee, FunctionId owner) {
  if (!flow->recording) return;
  const Summary *summary = &flow->file->summaries[callee.function];
  for (uint32_t i = 0; i < summary->candidates.count; i++) {
    Candidate candidate = summary->candidates.items[i];
    Location places[VALUE_SET_LIMIT];
    uint32_t count = flow_translate(flow->file, flow->id, call, callee, candidate.location, places);
    for (uint32_t p = 0; p < count; p++) {
      if (places[p] == candidate.location || flow->summary->candidates.count >= 256) continue;
      Candidate lifted = candidate;
      lifted.location = places[p], lifted.function = owner;
      LockSet held = flow_locks(flow, owner == flow->id ? flow->now->held : 0);
      for (uint32_t h = 0; h < held.count; h++)
        lock_set_add(&lifted.guards, held.items[h]);
      array_push(flow->file->arena, &flow->summary->candidates, lifted);
    }
  }
}

// A coroutine that becomes a task: what it does to what it was passed is told, and happens some time.
static void lift_task(Flow *flow, const Instruction *call, Callee callee) {
  const Summary *summary = &flow->file->summaries[callee.function];
  for (uint32_t i = 0; flow->recording && i < summary->accesses.count; i++) {
    Access access = summary->accesses.items[i];
    Location places[VALUE_SET_LIMIT];
    uint32_t count = flow_translate(flow->file, flow->id, call, callee, access.location, places);
    for (uint32_t p = 0; p < count; p++)
      if (places[p] != access.location) note_callee_access(flow, &access, places[p], callee.function);
  }
  lift_candidates(flow, call, callee, callee.function);
}

// Whether what is returned is an argument as it was passed: what the caller read, when it read it.
static bool is_as_passed(const Flow *flow, Location returned, Location place) {
  const LocationRow *row = location_row(flow->file->locations, returned);
  return row->root == ROOT_PARAMETER && !flow_is_container(flow, place);
}

static void apply_returned(Flow *flow, const Instruction *call, Callee callee, Value result) {
  const Summary *summary = &flow->file->summaries[callee.function];
  for (uint32_t i = 0; i < summary->returned.count; i++) {
    ReturnedRead read = summary->returned.items[i];
    Location places[VALUE_SET_LIMIT];
    uint32_t count = flow_translate(flow->file, flow->id, call, callee, read.location, places);
    for (uint32_t p = 0; p < count; p++) {
      if (!flow_is_interesting(flow, places[p]) || is_as_passed(flow, read.location, places[p])) continue;
      uint32_t flags = (read.stale ? FACT_STALE : 0u) | (read.present ? FACT_PRESENT : 0u) |
                       (read.through ? FACT_THROUGH : 0u) | (read.loose ? FACT_LOOSE : 0u) | FACT_DERIVED;
      facts_add(flow->now, (Fact){.holder = result,
                                  .token = flow_token(flow, places[p]),
                                  .flags = flags,
                                  .suspension = flow->index,
                                  .guards = flow->now->held});
    }
  }
}

// --- calls

static void inherit_arguments(Flow *flow, const Instruction *call) {
  uint32_t count;
  const Operand *args = instruction_args(flow->file->module, call, &count);
  bool known = values_callees(flow->file->values, flow->id, call).count ||
               values_model(flow->file->values, flow->id, call, NULL);
  uint32_t passed = known ? FACT_DERIVED : FACT_DERIVED | FACT_PASSED;
  facts_remove_holder(flow->now, call->result);
  for (uint32_t i = 0; i < count; i++)
    flow_inherit(flow, call->result, args[i].value, passed, FACT_PRESENT | FACT_ABSENT);
  uint32_t through = call->op == OP_CALL_METHOD ? FACT_DERIVED | FACT_THROUGH : FACT_DERIVED;
  flow_inherit(flow, call->result, call->a, through, FACT_PRESENT | FACT_ABSENT);
}

static bool is_call(const Instruction *made) {
  return made && (made->op == OP_CALL || made->op == OP_CALL_METHOD);
}

// Whether a call makes its value of all that a collection holds: a copy, or what a function of some library makes of it
// (`json.dumps(self.batch)`), and not just its length or a part.
static bool holds_content(const Flow *flow, const Instruction *made) {
  const Model *model = values_model(flow->file->values, flow->id, made, NULL);
  bool whole = !model || model->kind == MODEL_COPY || model->effects & EFFECT_COPY ||
               (model->kind == MODEL_PURE && !(model->effects & EFFECT_READ));
  return whole && !values_callees(flow->file->values, flow->id, made).count;
}

static bool is_handed(const Flow *flow, const Fact *fact, Value value) {
  if (fact->flags & (FACT_STALE | FACT_DETACHED)) return false;
  const Instruction *made = values_source(flow->file->values, flow->id, value);
  if (is_call(made)) return !(fact->flags & (FACT_THROUGH | FACT_LOOSE)) && holds_content(flow, made);
  return !(fact->flags & FACT_DERIVED);
}

// Notes which shared collections a call is handed, as they are or copied.
static void hand_over(Flow *flow, const Instruction *call) {
  uint32_t count;
  const Operand *args = instruction_args(flow->file->module, call, &count);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t end, start = facts_find(flow->now, args[i].value, &end);
    Fact handed[4];
    uint32_t found = 0;
    for (uint32_t f = start; f < end && found < 4; f++)
      if (is_handed(flow, &flow->now->items[f], args[i].value)) handed[found++] = flow->now->items[f];
    for (uint32_t f = 0; f < found; f++) {
      uint32_t token = flow_token(flow, flow->tokens.items[handed[f].token].location);
      facts_add(flow->now, (Fact){.holder = HOLDER_HANDED | token, .token = token, .guards = flow->now->held});
    }
  }
}

static void note_held(Flow *flow) {
  if (!flow->recording) return;
  flow->file->held_at[flow->id][flow->index] = flow_locks(flow, flow->now->held);
  flow->file->states_at[flow->id][flow->index] = flow_states(flow, UINT32_MAX);
}

static uint32_t access_flags_of(uint32_t effects) {
  uint32_t flags = effects & EFFECT_WRITES ? ACCESS_WRITE : 0;
  if (effects & EFFECT_ADD) flags |= ACCESS_ADD;
  if (effects & EFFECT_SET) flags |= ACCESS_ASSIGN | ACCESS_ADD;
  if (effects & EFFECT_REMOVE) flags |= ACCESS_REMOVE;
  if (effects & EFFECT_FIRST) flags |= ACCESS_FIRST;
  if (effects & EFFECT_CLEAR) flags |= ACCESS_CLEAR;
  return flags;
}

// Whether a call removes something and is content where nothing is there: `d.pop(k, None)`, `s.discard(x)`.
static bool is_lenient(const Model *model, uint32_t args_count) {
  if (!(model->effects & EFFECT_REMOVE)) return false;
  return model->effects & EFFECT_LENIENT || (model->key >= 0 && args_count > 1);
}

// A method call counts on what is there: on the object, or on what a collection holds.
static void use_receiver(Flow *flow, const Instruction *call) {
  if (call->op != OP_CALL_METHOD || call->flags & INSTRUCTION_OPTIONAL) return;
  const Model *model = values_model(flow->file->values, flow->id, call, NULL);
  uint32_t count;
  (void)instruction_args(flow->file->module, call, &count);
  bool of_collection = model && model->kind == MODEL_METHOD;
  if (of_collection && is_lenient(model, count)) return;
  bool fills = of_collection && model->effects & (EFFECT_ADD | EFFECT_CLEAR) && !(model->effects & (EFFECT_REMOVE | EFFECT_ELEMENT));
  flow_use(flow, call->a, fills ? ACCESS_LENIENT : 0);
}

// `d.update(name=value)` sets one key for each keyword. False where there is none.
static bool set_by_name(Flow *flow, const Instruction *call, Location place) {
  uint32_t count, named = 0;
  const Operand *args = instruction_args(flow->file->module, call, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (!args[i].name) continue;
    named++;
    Location key = location_step(flow->file->locations, place, STEP_KEY_CONSTANT, args[i].name);
    uint32_t flags = flow_assign_flags(flow, args[i].value) | ACCESS_ADD;
    flow_write(flow, (Write){.location = key, .flags = flags, .value = args[i].value, .span = call->span});
  }
  return named == count && named;
}

// What was removed from a collection is the task's own.
static void take_out(Flow *flow, Value element, Location collection) {
  Location any = location_step(flow->file->locations, collection, STEP_ANY, 0);
  facts_add(flow->now, (Fact){.holder = element, .token = flow_token(flow, any), .flags = FACT_DETACHED});
}

static void call_method(Flow *flow, const Instruction *call, const Model *model) {
  Location places[VALUE_SET_LIMIT];
  uint32_t args_count, count = values_locations(flow->file->values, flow->id, call->a, places);
  const Operand *args = instruction_args(flow->file->module, call, &args_count);
  bool keyed = model->key >= 0 && (uint32_t)model->key < args_count;
  uint32_t flags = access_flags_of(model->effects);
  if (is_lenient(model, args_count)) flags |= ACCESS_LENIENT;
  if (model->effects & EFFECT_CUTS && args_count == 1) flags = flow_cut_flags(flow, args[0].value);
  for (uint32_t i = 0; i < count; i++) {
    if (flow_is_detached(flow, call->a, places[i])) continue;
    Location place = keyed ? values_element(flow->file->values, flow->id, places[i], args[model->key].value) : places[i];
    if (flags & ACCESS_ADD && !keyed && set_by_name(flow, call, places[i])) continue;
    if (flags)
      flow_write(flow, (Write){.location = place,
                               .flags = flags,
                               .value = args_count ? args[args_count - 1].value : 0,
                               .span = call->span});
    if (model->effects & EFFECT_READ) flow_read(flow, call->result, place, FACT_PRESENT);
    if (model->effects & EFFECT_REMOVE && model->effects & EFFECT_ELEMENT) take_out(flow, call->result, places[i]);
  }
}

static void call_back_now(Flow *flow, const Instruction *call) {
  uint32_t count;
  const Operand *args = instruction_args(flow->file->module, call, &count);
  for (uint32_t i = 0; i < count; i++) {
    const ValueSet *set = values_of(flow->file->values, flow->id, args[i].value);
    for (uint32_t v = 0; v < set->count; v++) {
      if (abstract_kind(set->items[v]) != ABSTRACT_FUNCTION) continue;
      Callee callee = {.function = abstract_number(set->items[v])};
      bool async = function_of(flow, callee.function)->flags & FUNCTION_ASYNC;
      apply_accesses(flow, call, callee, async ? PHASE_BEFORE : PHASE_ALL, call->span);
    }
  }
}

// What the callback does, it does after waiting for the lock, under it.
static void call_locked(Flow *flow, const Instruction *call) {
  Location lock = flow_lock_around(flow->file, flow->id, call);
  uint32_t slot = lock ? flow_slot(flow, lock) : SLOT_LIMIT, count;
  bool again = slot < SLOT_LIMIT && flow->now->held >> slot & 1;
  flow_suspend(flow);
  bool waits = flow->waited[flow->index];
  if (lock && waits)
    take_lock(flow, lock, call->a);
  else
    facts_acquire(flow->now, slot);
  const Operand *args = instruction_args(flow->file->module, call, &count);
  for (uint32_t i = 0; i < count; i++) {
    const ValueSet *set = values_of(flow->file->values, flow->id, args[i].value);
    for (uint32_t v = 0; v < set->count; v++) {
      if (abstract_kind(set->items[v]) != ABSTRACT_FUNCTION) continue;
      Callee callee = {.function = abstract_number(set->items[v])};
      if (waits) lift_acquisitions(flow, call, callee, call->span, true);
      apply_accesses(flow, call, callee, PHASE_BEFORE, call->span);
      flow_suspend(flow);
      apply_accesses(flow, call, callee, PHASE_AFTER, call->span);
    }
  }
  if (!again) facts_release(flow->now, slot);
}

// What a coroutine does first, it does when its task gets to run, and not here.
static void start_tasks(Flow *flow, const Instruction *call) {
  uint32_t count;
  const Operand *args = instruction_args(flow->file->module, call, &count);
  const ValueSet *set = values_of(flow->file->values, flow->id, count ? args[0].value : 0);
  if (flow->file->module->traits.call_starts_async) return;
  for (uint32_t i = 0; count && i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_COROUTINE) continue;
    const CoroutineCall *made = values_coroutine(flow->file->values, abstract_number(set->items[i]));
    const Summary *summary = &flow->file->summaries[made->callee.function];
    for (uint32_t a = 0; made->caller == flow->id && a < summary->accesses.count; a++) {
      const Access *claim = &summary->accesses.items[a];
      uint32_t wanted = ACCESS_WRITE | ACCESS_CONSTANT, other = ACCESS_AFTER | ACCESS_NULLS | ACCESS_CALLEE;
      if ((claim->flags & (wanted | other)) != wanted) continue;
      Location places[VALUE_SET_LIMIT];
      const Instruction *creation = &flow->function->code.items[made->instruction];
      uint32_t places_count = flow_translate(flow->file, flow->id, creation, made->callee, claim->location, places);
      for (uint32_t p = 0; p < places_count; p++)
        flow_claim_in_task(flow, claim, places[p], call);
    }
  }
}

static void call_library(Flow *flow, const Instruction *call) {
  const Model *model = values_model(flow->file->values, flow->id, call, NULL);
  uint32_t count;
  const Operand *args = instruction_args(flow->file->module, call, &count);
  if (!model) return;
  switch (model->kind) {
  case MODEL_METHOD: call_method(flow, call, model); break;
  case MODEL_CALL_NOW:
    flow_read_content(flow, call->result, call->a);
    call_back_now(flow, call);
    break;
  case MODEL_LOCKED: call_locked(flow, call); break;
  case MODEL_SPAWN: start_tasks(flow, call); break;
  case MODEL_PURE:
  case MODEL_COPY:
  case MODEL_COLLECTION:
    if (count && model->effects & (EFFECT_READ | EFFECT_COPY)) flow_read_content(flow, call->result, args[0].value);
    break;
  default: break;
  }
}

static bool is_method(const Flow *flow, const Instruction *call, const char *name) {
  return call->op == OP_CALL_METHOD && strcmp(symbol_text(flow->file->module->symbols, call->b), name) == 0;
}

// A call of what `acquire` gave releases the lock: `const release = await mutex.acquire(); … release();`. The same
// where `acquire` is a function of the file that leaves a lock taken.
static bool release_by_call(Flow *flow, const Instruction *call) {
  const Instruction *await = call->op == OP_CALL ? values_source(flow->file->values, flow->id, call->a) : NULL;
  if (!await || await->op != OP_AWAIT)
    return false;
  const Instruction *acquire = values_source(flow->file->values, flow->id, await->a);
  if (!acquire || (acquire->op != OP_CALL && acquire->op != OP_CALL_METHOD))
    return false;
  Location lock = is_method(flow, acquire, "acquire") ? flow_lock_of(flow->file, flow->id, acquire->a, NULL) : 0;
  if (lock)
    release_lock(flow, lock);
  Callees callees = lock ? (Callees){0} : values_callees(flow->file->values, flow->id, acquire);
  for (uint32_t i = 0; i < callees.count; i++) {
    LockSet left = flow->file->summaries[callees.items[i].function].locks.left;
    apply_locks(flow, acquire, callees.items[i], &left, false);
    if (left.count)
      lock = left.items[0];
  }
  return lock != 0;
}

// What a callee claims at once for a test of its caller, it claims around itself.
static void note_claims(Flow *flow, FunctionId callee) {
  if (!flow->recording || callee == flow->id) return;
  LockSet held = flow_locks(flow, flow->now->held), *noted = &flow->file->held_at[flow->id][flow->index];
  for (uint32_t i = 0; i < held.count; i++)
    if (held.items[i] & LOCK_CLAIM) lock_set_add(noted, held.items[i]);
}

void flow_call(Flow *flow, const Instruction *call) {
  note_held(flow);
  use_receiver(flow, call);
  flow_set_state(flow, call);
  hand_over(flow, call);
  inherit_arguments(flow, call);
  if (call->flags & INSTRUCTION_DECORATOR) return;
  if (is_method(flow, call, "release")) {
    Location lock = flow_lock_of(flow->file, flow->id, call->a, NULL);
    if (lock) {
      release_lock(flow, lock);
      return;
    }
  }
  if (release_by_call(flow, call))
    return;
  Location chain = flow_chain_of(flow->file, flow->id, call);
  if (chain && flow->recording)
    add_acquisition(flow, (Acquisition){.lock = chain, .function = flow->id, .span = call->span, .own = call->span});
  Callees callees = values_callees(flow->file->values, flow->id, call);
  if (!callees.count) call_library(flow, call);
  flow_note_premises(flow, call);
  for (uint32_t i = 0; i < callees.count; i++) {
    const Function *callee = function_of(flow, callees.items[i].function);
    if (callee->flags & (FUNCTION_ASYNC | FUNCTION_GENERATOR)) {
      bool starts = flow->file->module->traits.call_starts_async && !(callee->flags & FUNCTION_GENERATOR);
      if (starts) apply_accesses(flow, call, callees.items[i], PHASE_BEFORE, call->span);
      if (starts) note_claims(flow, callees.items[i].function);
      // What is returned, whoever called waits for.
      if (starts && !flow->awaited[flow->index] && flow->waited[flow->index])
        lift_acquisitions(flow, call, callees.items[i], call->span, false);
      if (!flow->awaited[flow->index]) lift_task(flow, call, callees.items[i]);
      continue;
    }
    apply_accesses(flow, call, callees.items[i], PHASE_ALL, call->span);
    lift_candidates(flow, call, callees.items[i], flow->id);
    apply_returned(flow, call, callees.items[i], call->result);
    if (callees.count == 1)
      apply_lock_effects(flow, call, callees.items[i]);
  }
}

void flow_get(Flow *flow, const Instruction *read) {
  Callees callees = values_getters(flow->file->values, flow->id, read);
  for (uint32_t i = 0; i < callees.count; i++) {
    if (function_of(flow, callees.items[i].function)->flags & FUNCTION_ASYNC) continue;
    apply_accesses(flow, read, callees.items[i], PHASE_ALL, read->span);
    apply_returned(flow, read, callees.items[i], read->result);
  }
}

// --- suspension points

void flow_find_awaited(Flow *flow) {
  const Function *function = flow->function;
  flow->awaited = ARENA_ARRAY(flow->file->arena, bool, function->code.count);
  flow->waited = ARENA_ARRAY(flow->file->arena, bool, function->code.count);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *await = &function->code.items[i];
    bool waits = (await->op == OP_AWAIT || await->op == OP_RETURN) && await->a;
    const Instruction *source = waits ? values_source(flow->file->values, flow->id, await->a) : NULL;
    if (source) flow->waited[source - function->code.items] = true;
    if (await->op != OP_AWAIT || values_is_loaded(flow->file->values, flow->id, await->a)) continue;
    const ValueSet *set = values_of(flow->file->values, flow->id, await->a);
    for (uint32_t v = 0; v < set->count; v++) {
      if (abstract_kind(set->items[v]) != ABSTRACT_COROUTINE) continue;
      const CoroutineCall *made = values_coroutine(flow->file->values, abstract_number(set->items[v]));
      if (made->caller == flow->id) flow->awaited[made->instruction] = true;
    }
  }
}

static bool never_suspends(const Flow *flow, Value value) {
  const ValueSet *set = values_of(flow->file->values, flow->id, value);
  if (!set->count || set->open) return false;
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_FRESH) return false;
    const Model *model = values_allocation(flow->file->values, abstract_number(set->items[i]))->model;
    if (!model || model->kind != MODEL_NEVER_SUSPENDS) return false;
  }
  return true;
}

static bool callee_suspends(const Flow *flow, FunctionId id) {
  const Summary *summary = &flow->file->summaries[id];
  if (function_of(flow, id)->flags & FUNCTION_ABSTRACT) return true;
  return !summary->solved || summary->may_suspend || flow->file->module->traits.await_always_suspends;
}

// The lock that `await lock.acquire()` takes, or `await wait_for(lock.acquire(), seconds)`; `*value` gets what it is.
static Location acquired_lock(const Flow *flow, Value awaited, Value *value) {
  const Instruction *call = values_source(flow->file->values, flow->id, awaited);
  if (call && (call->op == OP_CALL || call->op == OP_CALL_METHOD)) {
    const Model *model = values_model(flow->file->values, flow->id, call, NULL);
    uint32_t count;
    const Operand *args = instruction_args(flow->file->module, call, &count);
    if (model && model->kind == MODEL_WAIT && count)
      call = values_source(flow->file->values, flow->id, args[0].value);
  }
  if (!call || !is_method(flow, call, "acquire"))
    return 0;
  *value = call->a;
  return flow_lock_of(flow->file, flow->id, call->a, NULL);
}

// Whether a place holds promises: `tail = new Promise(…)`, `this.tail = Promise.resolve()`.
static bool holds_promise(const Flow *flow, Location place) {
  const ValueSet *content = values_content(flow->file->values, place);
  for (uint32_t i = 0; i < content->count; i++) {
    if (abstract_kind(content->items[i]) != ABSTRACT_FRESH) continue;
    Symbol type = values_allocation(flow->file->values, abstract_number(content->items[i]))->type;
    if (type && strcmp(symbol_text(flow->file->module->symbols, type), "Promise") == 0) return true;
  }
  return false;
}

// `const before = this.tail; this.tail = new Promise(…); await before`: whoever comes later waits for the new promise, so
// the place is a lock, held from here on until the promise is resolved.
static Location predecessor_of(const Flow *flow, Value awaited) {
  uint32_t end, start = facts_find(flow->now, awaited, &end);
  for (uint32_t i = start; i < end; i++) {
    const Fact *fact = &flow->now->items[i];
    Location place = flow->tokens.items[fact->token].location;
    if (fact->flags & FACT_DETACHED && !(fact->flags & FACT_DERIVED) && holds_promise(flow, place)) return place;
  }
  return 0;
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
      if (pass == 0 && !started) apply_accesses(flow, call, callee, PHASE_BEFORE, await->span);
      if (pass == 0) note_claims(flow, callee.function);
      if (pass == 1) apply_accesses(flow, call, callee, PHASE_AFTER, await->span);
      if (pass == 1) lift_candidates(flow, call, callee, flow->id);
      if (pass == 1 && awaited->count == 1)
        apply_lock_effects(flow, call, callee);
    }
    if (pass == 0 && suspends) flow_suspend(flow);
  }
}

static bool has_coroutine(const ValueSet *set) {
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_COROUTINE) return true;
  return false;
}

// Whether what a function gives may be made of what it was passed.
static bool returns_arguments(const Flow *flow, FunctionId id) {
  const Summary *summary = &flow->file->summaries[id];
  for (uint32_t i = 0; i < summary->returned.count; i++) {
    const ReturnedRead *read = &summary->returned.items[i];
    const LocationRow *root = location_row(flow->file->locations, location_root_of(flow->file->locations, read->location));
    if (root->root == ROOT_PARAMETER && !read->loose) return true;
  }
  return !summary->solved;
}

// Whether an awaited value is another's answer: of a library, or of a function that gives nothing of what it was passed.
static bool is_another_answer(const Flow *flow, const ValueSet *awaited) {
  for (uint32_t i = 0; i < awaited->count; i++) {
    if (abstract_kind(awaited->items[i]) != ABSTRACT_COROUTINE) continue;
    const CoroutineCall *made = values_coroutine(flow->file->values, abstract_number(awaited->items[i]));
    if (returns_arguments(flow, made->callee.function)) return false;
  }
  return true;
}

// What was computed for the sake of the awaited call only went into it.
static void loosen(Flow *flow, Value result) {
  uint32_t end, start = facts_find(flow->now, result, &end);
  for (uint32_t i = start; i < end; i++)
    if (flow->now->items[i].flags & FACT_DERIVED) flow->now->items[i].flags |= FACT_LOOSE;
}

static void await_results(Flow *flow, const Instruction *await, const ValueSet *awaited) {
  facts_remove_holder(flow->now, await->result);
  const Instruction *source = values_source(flow->file->values, flow->id, await->a);
  bool called = source && (source->op == OP_CALL || source->op == OP_CALL_METHOD);
  flow_inherit(flow, await->result, await->a, called && !has_coroutine(awaited) ? FACT_LOOSE : 0, 0);
  if (is_another_answer(flow, awaited)) loosen(flow, await->result);
  for (uint32_t i = 0; i < awaited->count; i++) {
    if (abstract_kind(awaited->items[i]) != ABSTRACT_COROUTINE) continue;
    const CoroutineCall *made = values_coroutine(flow->file->values, abstract_number(awaited->items[i]));
    if (made->caller != flow->id) continue;
    apply_returned(flow, &flow->function->code.items[made->instruction], made->callee, await->result);
  }
}

void flow_await(Flow *flow, const Instruction *await) {
  ValueSet awaited = *values_of(flow->file->values, flow->id, await->a);
  note_held(flow);
  if (has_coroutine(&awaited))
    await_coroutines(flow, await, &awaited);
  else if (!never_suspends(flow, await->a))
    flow_suspend(flow);
  Value taken = 0;
  Location lock = acquired_lock(flow, await->a, &taken);
  if (!lock) lock = predecessor_of(flow, await->a);
  if (lock)
    take_lock(flow, lock, taken);
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
    if (abstract_kind(set->items[i]) != ABSTRACT_FRESH) continue;
    const Model *model = values_allocation(flow->file->values, abstract_number(set->items[i]))->model;
    if (model && model->kind == MODEL_TASK_GROUP) return true;
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
    if (!model_name_is_time_limit(name)) return false;
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
    apply_accesses(flow, instruction, callees.items[i], PHASE_BEFORE, instruction->span);
  if (suspends) flow_suspend(flow);
  for (uint32_t i = 0; i < callees.count; i++)
    apply_accesses(flow, instruction, callees.items[i], PHASE_AFTER, instruction->span);
  if (callees.count == 1)
    apply_lock_effects(flow, instruction, callees.items[0]);
}

// The generator of the file that a context manager was made of, through `@asynccontextmanager`; NULL for other
// managers.
static const Instruction *generator_of(Flow *flow, Value manager, Callee *generator) {
  const Instruction *call = values_source(flow->file->values, flow->id, manager);
  if (!call || (call->op != OP_CALL && call->op != OP_CALL_METHOD))
    return NULL;
  Callees callees = values_callees(flow->file->values, flow->id, call);
  *generator = callees.items[0];
  bool made = callees.count == 1 && function_of(flow, generator->function)->flags & FUNCTION_GENERATOR;
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
    take_lock(flow, lock, instruction->a);
  if (lock && !enters)
    facts_release(flow->now, flow_slot(flow, lock));
  if (!call)
    return true;
  if (enters)
    lift_acquisitions(flow, call, generator, instruction->span, false);
  LockSet yielded = flow->file->summaries[generator.function].locks.yielded;
  apply_locks(flow, call, generator, &yielded, enters);
  return true;
}

void flow_enter(Flow *flow, const Instruction *enter) {
  note_held(flow);
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
  Location lock = await && await->op == OP_AWAIT ? acquired_lock(flow, await->a, &taken) : 0;
  if (!lock) return false;
  if (exit->flags & INSTRUCTION_ASYNC) flow_suspend(flow);
  release_lock(flow, lock);
  return true;
}

void flow_exit(Flow *flow, const Instruction *exit) {
  note_held(flow);
  if (release_by_exit(flow, exit) || !(exit->flags & INSTRUCTION_ASYNC) || cross_lock(flow, exit, false))
    return;
  cross_manager(flow, exit, LEAVING);
}

// --- what the function leaves behind

// The locks held here beyond those that were held when the function began.
static LockSet own_locks(const Flow *flow) {
  LockSet held = flow_locks(flow, flow->now->held), own = {0};
  for (uint32_t i = 0; i < held.count; i++)
    if (!(held.items[i] & LOCK_CLAIM) && !lock_set_holds(&flow->file->around[flow->id], held.items[i]))
      lock_set_add(&own, held.items[i]);
  return own;
}

static void meet(LockSet *set, bool *known, LockSet own) {
  *set = *known ? lock_sets_common(set, &own) : own;
  *known = true;
}

void flow_leave_locks(Flow *flow, const Instruction *instruction) {
  LockEffects *effects = &flow->summary->locks;
  if (!flow->recording)
    return;
  if (instruction->op == OP_YIELD)
    meet(&effects->yielded, &effects->yields, own_locks(flow));
  else
    meet(&effects->left, &effects->leaves, own_locks(flow));
}

void flow_begin_locks(Flow *flow, Facts *facts) {
  const LockSet *around = &flow->file->around[flow->id];
  for (uint32_t i = 0; i < around->count; i++) {
    Span span = flow->function->name_span;
    add_acquisition(flow, (Acquisition){.lock = around->items[i], .function = flow->id, .span = span, .own = span});
    facts_acquire(facts, flow_slot(flow, around->items[i]));
  }
}
