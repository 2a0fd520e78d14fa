// Applying a callee's summary at a call.
#include "state.h"

// Notes what a callee does. What was the callee's parameter is for `owner` to answer for: the caller, or the callee
// itself where it runs as a task of its own.
static void note_callee_access(Flow *flow, const Access *access, Location place, FunctionId owner) {
  if (!flow->recording)
    return;
  bool passed = place != access->location;
  FunctionId function = passed ? owner : access->function;
  uint32_t flags = passed ? access->flags & ~(uint32_t)ACCESS_CALLEE : access->flags | ACCESS_CALLEE;
  if (flow->now->suspended)
    flags |= ACCESS_AFTER;
  Summary *summary = flow->summary;
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *known = &summary->accesses.items[i];
    if (known->location == place && known->flags == flags && known->function == function) {
      flow_note_site(flow, i, access->span);
      return;
    }
  }
  if (summary->accesses.count == SUMMARY_LIMIT) {
    summary->truncated = true;
    return;
  }
  Access copy = *access;
  copy.location = place, copy.flags = flags, copy.function = function;
  LockSet held = flow_locks(flow, owner == flow->id ? flow->now->held : 0);
  for (uint32_t i = 0; i < held.count; i++)
    lock_set_add(&copy.guards, held.items[i]);
  array_push(flow->file->arena, &summary->accesses, copy);
}

// Of the claims under which a callee makes an access, those that it makes before its first suspension.
static LockSet claims_at_once(const Summary *callee, const Access *access) {
  LockSet claims = {0};
  for (uint32_t g = 0; g < access->guards.count; g++) {
    if (!(access->guards.items[g] & LOCK_CLAIM))
      continue;
    for (uint32_t i = 0; i < callee->accesses.count; i++) {
      const Access *claim = &callee->accesses.items[i];
      bool made = (claim->flags & (ACCESS_VALIDATED | ACCESS_AFTER | ACCESS_NULLS)) == ACCESS_VALIDATED;
      if (made && claim->location == LOCK_LOCATION(access->guards.items[g]))
        lock_set_add(&claims, access->guards.items[g]);
    }
  }
  return claims;
}

// Whether what the function empties may be filled again when it is done: it does so itself, or others could meanwhile.
static bool empties_in_passing(const FlowFile *file, FunctionId id, Location location) {
  const Summary *summary = &file->summaries[id];
  if (module_function(file->module, id)->flags & FUNCTION_ASYNC)
    return true;
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *access = &summary->accesses.items[i];
    if (!(access->flags & ACCESS_WRITE) || access->flags & (ACCESS_CLEAR | ACCESS_REMOVE))
      continue;
    if (access->location == location || location_row(file->locations, access->location)->parent == location)
      return true;
  }
  return false;
}

static void apply_write(Flow *flow, const Instruction *call, Callee callee, const Access *access, Location place,
                        Span span) {
  const Summary *summary = &flow->file->summaries[callee.function];
  Write write = {.location = place, .flags = access->flags | ACCESS_CALLEE, .span = span};
  write.claims = claims_at_once(summary, access);
  write.anew = callee.function == flow->id;
  write.passing = access->flags & ACCESS_CLEAR && empties_in_passing(flow->file, callee.function, access->location);
  uint32_t count;
  const Operand *args = instruction_args(flow->file->module, call, &count);
  if (access->flags & ACCESS_ARGUMENT)
    for (uint32_t i = 0; i < count && i < 4; i++)
      write.arguments[write.argument_count++] = args[i].value;
  flow_write(flow, write);
}

void flow_apply_accesses(Flow *flow, const Instruction *call, Callee callee, Phase phase, Span span) {
  const Summary *summary = &flow->file->summaries[callee.function];
  // A plain function that takes a lock gives a promise: who does not wait for it does not wait for the lock.
  bool calls = flow_instruction(flow)->op == OP_CALL || flow_instruction(flow)->op == OP_CALL_METHOD;
  if (phase != PHASE_BEFORE && (!calls || flow->waited[flow->index]))
    flow_lift_acquisitions(flow, call, callee, span, false);
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *access = &summary->accesses.items[i]; // stays where it is, though a recursive call may add others
    bool after = access->flags & ACCESS_AFTER;
    if (phase != PHASE_ALL && after != (phase == PHASE_AFTER))
      continue;
    Location places[VALUE_SET_LIMIT];
    uint32_t count = flow_translate(flow->file, flow->id, call, callee, access->location, places);
    for (uint32_t p = 0; p < count; p++) {
      if (access->flags & ACCESS_WRITE)
        apply_write(flow, call, callee, access, places[p], span);
      if (access->flags & ACCESS_READ && !(access->flags & ACCESS_WRITE))
        flow_read_back(flow, places[p]);
      if (access->flags & ACCESS_USE && flow->recording)
        flow_use_location(flow, places[p], access->flags & ACCESS_LENIENT);
      note_callee_access(flow, access, places[p], flow->id);
    }
  }
}

// Candidates about what a caller passed are judged where it is known what that was.
void flow_lift_candidates(Flow *flow, const Instruction *call, Callee callee, FunctionId owner) {
  if (!flow->recording)
    return;
  const Summary *summary = &flow->file->summaries[callee.function];
  for (uint32_t i = 0; i < summary->candidates.count; i++) {
    Candidate candidate = summary->candidates.items[i];
    Location places[VALUE_SET_LIMIT];
    uint32_t count = flow_translate(flow->file, flow->id, call, callee, candidate.location, places);
    for (uint32_t p = 0; p < count; p++) {
      if (places[p] == candidate.location || flow->summary->candidates.count >= 256)
        continue;
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
void flow_lift_task(Flow *flow, const Instruction *call, Callee callee) {
  const Summary *summary = &flow->file->summaries[callee.function];
  for (uint32_t i = 0; flow->recording && i < summary->accesses.count; i++) {
    Access access = summary->accesses.items[i];
    Location places[VALUE_SET_LIMIT];
    uint32_t count = flow_translate(flow->file, flow->id, call, callee, access.location, places);
    for (uint32_t p = 0; p < count; p++)
      if (places[p] != access.location)
        note_callee_access(flow, &access, places[p], callee.function);
  }
  flow_lift_candidates(flow, call, callee, callee.function);
}

// Whether what is returned is an argument as it was passed: what the caller read, when it read it.
static bool is_as_passed(const Flow *flow, Location returned, Location place) {
  const LocationRow *row = location_row(flow->file->locations, returned);
  return row->root == ROOT_PARAMETER && !flow_is_container(flow, place);
}

void flow_apply_returned(Flow *flow, const Instruction *call, Callee callee, Value result) {
  const Summary *summary = &flow->file->summaries[callee.function];
  for (uint32_t i = 0; i < summary->returned.count; i++) {
    ReturnedRead read = summary->returned.items[i];
    Location places[VALUE_SET_LIMIT];
    uint32_t count = flow_translate(flow->file, flow->id, call, callee, read.location, places);
    for (uint32_t p = 0; p < count; p++) {
      if (!flow_is_interesting(flow, places[p]) || is_as_passed(flow, read.location, places[p]))
        continue;
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

// What a callee claims at once for a test of its caller, it claims around itself.
void flow_note_claims(Flow *flow, FunctionId callee) {
  if (!flow->recording || callee == flow->id)
    return;
  LockSet held = flow_locks(flow, flow->now->held), *noted = &flow->file->held_at[flow->id][flow->index];
  for (uint32_t i = 0; i < held.count; i++)
    if (held.items[i] & LOCK_CLAIM)
      lock_set_add(noted, held.items[i]);
}
