// Calls: what they do to what they are given, by a summary or by a model.
#include "state.h"
#include <string.h>

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
  if (fact->flags & (FACT_STALE | FACT_DETACHED))
    return false;
  const Instruction *made = values_source(flow->file->values, flow->id, value);
  if (is_call(made))
    return !(fact->flags & (FACT_THROUGH | FACT_LOOSE)) && holds_content(flow, made);
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
      if (is_handed(flow, &flow->now->items[f], args[i].value))
        handed[found++] = flow->now->items[f];
    for (uint32_t f = 0; f < found; f++) {
      uint32_t token = flow_token(flow, flow->tokens.items[handed[f].token].location);
      facts_add(flow->now, (Fact){.holder = HOLDER_HANDED | token, .token = token, .guards = flow->now->held});
    }
  }
}

void flow_note_held(Flow *flow) {
  if (!flow->recording)
    return;
  flow->file->held_at[flow->id][flow->index] = flow_locks(flow, flow->now->held);
  flow->file->states_at[flow->id][flow->index] = flow_states(flow, UINT32_MAX);
}

static uint32_t access_flags_of(uint32_t effects) {
  uint32_t flags = effects & EFFECT_WRITES ? ACCESS_WRITE : 0;
  if (effects & EFFECT_ADD)
    flags |= ACCESS_ADD;
  if (effects & EFFECT_SET)
    flags |= ACCESS_ASSIGN | ACCESS_ADD;
  if (effects & EFFECT_REMOVE)
    flags |= ACCESS_REMOVE;
  if (effects & EFFECT_FIRST)
    flags |= ACCESS_FIRST;
  if (effects & EFFECT_CLEAR)
    flags |= ACCESS_CLEAR;
  return flags;
}

// Whether a call removes something and is content where nothing is there: `d.pop(k, None)`, `s.discard(x)`.
static bool is_lenient(const Model *model, uint32_t args_count) {
  if (!(model->effects & EFFECT_REMOVE))
    return false;
  return model->effects & EFFECT_LENIENT || (model->key >= 0 && args_count > 1);
}

// A method call counts on what is there: on the object, or on what a collection holds.
static void use_receiver(Flow *flow, const Instruction *call) {
  if (call->op != OP_CALL_METHOD || call->flags & INSTRUCTION_OPTIONAL)
    return;
  const Model *model = values_model(flow->file->values, flow->id, call, NULL);
  uint32_t count;
  (void)instruction_args(flow->file->module, call, &count);
  bool of_collection = model && model->kind == MODEL_METHOD;
  if (of_collection && is_lenient(model, count))
    return;
  bool takes = of_collection && model->effects & (EFFECT_REMOVE | EFFECT_ELEMENT);
  bool fills = of_collection && model->effects & (EFFECT_ADD | EFFECT_CLEAR) && !takes;
  flow_use(flow, call->a, fills ? ACCESS_LENIENT : 0);
}

// `d.update(name=value)` sets one key for each keyword. False where there is none.
static bool set_by_name(Flow *flow, const Instruction *call, Location place) {
  uint32_t count, named = 0;
  const Operand *args = instruction_args(flow->file->module, call, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (!args[i].name)
      continue;
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
  if (is_lenient(model, args_count))
    flags |= ACCESS_LENIENT;
  if (model->effects & EFFECT_CUTS && args_count == 1)
    flags = flow_cut_flags(flow, args[0].value);
  for (uint32_t i = 0; i < count; i++) {
    if (flow_is_detached(flow, call->a, places[i]))
      continue;
    Location place =
        keyed ? values_element(flow->file->values, flow->id, places[i], args[model->key].value) : places[i];
    if (flags & ACCESS_ADD && !keyed && set_by_name(flow, call, places[i]))
      continue;
    if (flags)
      flow_write(flow, (Write){.location = place,
                               .flags = flags,
                               .value = args_count ? args[args_count - 1].value : 0,
                               .span = call->span});
    if (model->effects & EFFECT_READ)
      flow_read(flow, call->result, place, FACT_PRESENT);
    if (model->effects & EFFECT_REMOVE && model->effects & EFFECT_ELEMENT)
      take_out(flow, call->result, places[i]);
  }
}

static void call_back_now(Flow *flow, const Instruction *call) {
  uint32_t count;
  const Operand *args = instruction_args(flow->file->module, call, &count);
  for (uint32_t i = 0; i < count; i++) {
    const ValueSet *set = values_of(flow->file->values, flow->id, args[i].value);
    for (uint32_t v = 0; v < set->count; v++) {
      if (abstract_kind(set->items[v]) != ABSTRACT_FUNCTION)
        continue;
      Callee callee = {.function = abstract_number(set->items[v])};
      bool async = flow_function(flow, callee.function)->flags & FUNCTION_ASYNC;
      flow_apply_accesses(flow, call, callee, async ? PHASE_BEFORE : PHASE_ALL, call->span);
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
    flow_take_lock(flow, lock, call->a);
  else
    facts_acquire(flow->now, slot);
  const Operand *args = instruction_args(flow->file->module, call, &count);
  for (uint32_t i = 0; i < count; i++) {
    const ValueSet *set = values_of(flow->file->values, flow->id, args[i].value);
    for (uint32_t v = 0; v < set->count; v++) {
      if (abstract_kind(set->items[v]) != ABSTRACT_FUNCTION)
        continue;
      Callee callee = {.function = abstract_number(set->items[v])};
      if (waits)
        flow_lift_acquisitions(flow, call, callee, call->span, true);
      flow_apply_accesses(flow, call, callee, PHASE_BEFORE, call->span);
      flow_suspend(flow);
      flow_apply_accesses(flow, call, callee, PHASE_AFTER, call->span);
    }
  }
  if (!again)
    facts_release(flow->now, slot);
}

// What a coroutine does first, it does when its task gets to run, and not here.
static void start_tasks(Flow *flow, const Instruction *call) {
  uint32_t count;
  const Operand *args = instruction_args(flow->file->module, call, &count);
  const ValueSet *set = values_of(flow->file->values, flow->id, count ? args[0].value : 0);
  if (flow->file->module->traits.call_starts_async)
    return;
  for (uint32_t i = 0; count && i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_COROUTINE)
      continue;
    const CoroutineCall *made = values_coroutine(flow->file->values, abstract_number(set->items[i]));
    const Summary *summary = &flow->file->summaries[made->callee.function];
    for (uint32_t a = 0; made->caller == flow->id && a < summary->accesses.count; a++) {
      const Access *claim = &summary->accesses.items[a];
      uint32_t wanted = ACCESS_WRITE | ACCESS_CONSTANT, other = ACCESS_AFTER | ACCESS_NULLS | ACCESS_CALLEE;
      if ((claim->flags & (wanted | other)) != wanted)
        continue;
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
  if (!model)
    return;
  switch (model->kind) {
  case MODEL_METHOD:
    call_method(flow, call, model);
    break;
  case MODEL_CALL_NOW:
    flow_read_content(flow, call->result, call->a);
    call_back_now(flow, call);
    break;
  case MODEL_LOCKED:
    call_locked(flow, call);
    break;
  case MODEL_SPAWN:
    start_tasks(flow, call);
    break;
  case MODEL_PURE:
  case MODEL_COPY:
  case MODEL_COLLECTION:
    if (count && model->effects & (EFFECT_READ | EFFECT_COPY))
      flow_read_content(flow, call->result, args[0].value);
    break;
  default:
    break;
  }
}

void flow_call(Flow *flow, const Instruction *call) {
  flow_note_held(flow);
  use_receiver(flow, call);
  flow_set_state(flow, call);
  hand_over(flow, call);
  inherit_arguments(flow, call);
  if (call->flags & INSTRUCTION_DECORATOR)
    return;
  if (flow_is_method(flow, call, "release")) {
    Location lock = flow_lock_of(flow->file, flow->id, call->a, NULL);
    if (lock) {
      flow_release_lock(flow, lock);
      return;
    }
  }
  if (flow_release_by_call(flow, call))
    return;
  Location chain = flow_chain_of(flow->file, flow->id, call);
  if (chain && flow->recording)
    flow_note_acquisition(flow,
                          (Acquisition){.lock = chain, .function = flow->id, .span = call->span, .own = call->span});
  Callees callees = values_callees(flow->file->values, flow->id, call);
  if (!callees.count)
    call_library(flow, call);
  flow_note_premises(flow, call);
  for (uint32_t i = 0; i < callees.count; i++) {
    const Function *callee = flow_function(flow, callees.items[i].function);
    if (callee->flags & (FUNCTION_ASYNC | FUNCTION_GENERATOR)) {
      bool starts = flow->file->module->traits.call_starts_async && !(callee->flags & FUNCTION_GENERATOR);
      if (starts)
        flow_apply_accesses(flow, call, callees.items[i], PHASE_BEFORE, call->span);
      if (starts)
        flow_note_claims(flow, callees.items[i].function);
      // What is returned, whoever called waits for.
      if (starts && !flow->awaited[flow->index] && flow->waited[flow->index])
        flow_lift_acquisitions(flow, call, callees.items[i], call->span, false);
      if (!flow->awaited[flow->index])
        flow_lift_task(flow, call, callees.items[i]);
      continue;
    }
    flow_apply_accesses(flow, call, callees.items[i], PHASE_ALL, call->span);
    flow_lift_candidates(flow, call, callees.items[i], flow->id);
    flow_apply_returned(flow, call, callees.items[i], call->result);
    if (callees.count == 1)
      flow_apply_lock_effects(flow, call, callees.items[i]);
  }
}

void flow_get(Flow *flow, const Instruction *read) {
  Callees callees = values_getters(flow->file->values, flow->id, read);
  for (uint32_t i = 0; i < callees.count; i++) {
    if (flow_function(flow, callees.items[i].function)->flags & FUNCTION_ASYNC)
      continue;
    flow_apply_accesses(flow, read, callees.items[i], PHASE_ALL, read->span);
    flow_apply_returned(flow, read, callees.items[i], read->result);
  }
}
