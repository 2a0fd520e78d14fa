// Taking and releasing locks: which are held, which a callee takes, and which a function leaves behind.
#include "state.h"
#include <string.h>

enum { ACQUISITION_LIMIT = 64 };

void flow_note_acquisition(Flow *flow, Acquisition acquisition) {
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
void flow_take_lock(Flow *flow, Location lock, Value value) {
  if (flow->recording && flow_lock_is_certain(flow->file, flow->id, flow->index, value)) {
    Span span = flow_instruction(flow)->span;
    LockSet held = flow_locks(flow, flow->now->held);
    flow_note_acquisition(flow, (Acquisition){lock, flow->id, span, span, held, held, false});
  }
  facts_acquire(flow->now, flow_slot(flow, lock));
}

void flow_release_lock(Flow *flow, Location lock) {
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
void flow_lift_acquisitions(Flow *flow, const Instruction *call, Callee callee, Span span, bool under) {
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
    flow_note_acquisition(flow, acquisition);
  }
}

// The locks that a call leaves taken or released behind it.
void flow_apply_locks(Flow *flow, const Instruction *call, Callee callee, const LockSet *taken, bool takes) {
  for (uint32_t i = 0; i < taken->count; i++) {
    Location merged, lock = lift_lock(flow, call, callee, taken->items[i], &merged);
    Location both[] = {lock, merged};
    for (int b = 0; b < 2; b++) {
      if (!both[b] || (b && merged == lock))
        continue;
      if (takes)
        facts_acquire(flow->now, flow_slot(flow, both[b]));
      else
        flow_release_lock(flow, both[b]);
    }
  }
}

void flow_apply_lock_effects(Flow *flow, const Instruction *call, Callee callee) {
  LockEffects effects = flow->file->summaries[callee.function].locks;
  flow_apply_locks(flow, call, callee, &effects.released, false);
  flow_apply_locks(flow, call, callee, &effects.left, true);
}

bool flow_is_method(const Flow *flow, const Instruction *call, const char *name) {
  return call->op == OP_CALL_METHOD && strcmp(symbol_text(flow->file->module->symbols, call->b), name) == 0;
}

// A call of what `acquire` gave releases the lock: `const release = await mutex.acquire(); … release();`. The same
// where `acquire` is a function of the file that leaves a lock taken.
bool flow_release_by_call(Flow *flow, const Instruction *call) {
  const Instruction *await = call->op == OP_CALL ? values_source(flow->file->values, flow->id, call->a) : NULL;
  if (!await || await->op != OP_AWAIT)
    return false;
  const Instruction *acquire = values_source(flow->file->values, flow->id, await->a);
  if (!acquire || (acquire->op != OP_CALL && acquire->op != OP_CALL_METHOD))
    return false;
  Location lock = flow_is_method(flow, acquire, "acquire") ? flow_lock_of(flow->file, flow->id, acquire->a, NULL) : 0;
  if (lock)
    flow_release_lock(flow, lock);
  Callees callees = lock ? (Callees){0} : values_callees(flow->file->values, flow->id, acquire);
  for (uint32_t i = 0; i < callees.count; i++) {
    LockSet left = flow->file->summaries[callees.items[i].function].locks.left;
    flow_apply_locks(flow, acquire, callees.items[i], &left, false);
    if (left.count)
      lock = left.items[0];
  }
  return lock != 0;
}

// The lock that `await lock.acquire()` takes, or `await wait_for(lock.acquire(), seconds)`; `*value` gets what it is.
Location flow_acquired_lock(const Flow *flow, Value awaited, Value *value) {
  const Instruction *call = values_source(flow->file->values, flow->id, awaited);
  if (call && (call->op == OP_CALL || call->op == OP_CALL_METHOD)) {
    const Model *model = values_model(flow->file->values, flow->id, call, NULL);
    uint32_t count;
    const Operand *args = instruction_args(flow->file->module, call, &count);
    if (model && model->kind == MODEL_WAIT && count)
      call = values_source(flow->file->values, flow->id, args[0].value);
  }
  if (!call || !flow_is_method(flow, call, "acquire"))
    return 0;
  *value = call->a;
  return flow_lock_of(flow->file, flow->id, call->a, NULL);
}

// Whether a place holds promises: `tail = new Promise(…)`, `this.tail = Promise.resolve()`.
static bool holds_promise(const Flow *flow, Location place) {
  const ValueSet *content = values_content(flow->file->values, place);
  for (uint32_t i = 0; i < content->count; i++) {
    if (abstract_kind(content->items[i]) != ABSTRACT_FRESH)
      continue;
    Symbol type = values_allocation(flow->file->values, abstract_number(content->items[i]))->type;
    if (type && strcmp(symbol_text(flow->file->module->symbols, type), "Promise") == 0)
      return true;
  }
  return false;
}

// `const before = this.tail; this.tail = new Promise(…); await before`: whoever comes later waits for the new promise,
// so the place is a lock, held from here on until the promise is resolved.
Location flow_predecessor_of(const Flow *flow, Value awaited) {
  uint32_t end, start = facts_find(flow->now, awaited, &end);
  for (uint32_t i = start; i < end; i++) {
    const Fact *fact = &flow->now->items[i];
    Location place = flow->tokens.items[fact->token].location;
    if (fact->flags & FACT_DETACHED && !(fact->flags & FACT_DERIVED) && holds_promise(flow, place))
      return place;
  }
  return 0;
}

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
    flow_note_acquisition(flow,
                          (Acquisition){.lock = around->items[i], .function = flow->id, .span = span, .own = span});
    facts_acquire(facts, flow_slot(flow, around->items[i]));
  }
}
