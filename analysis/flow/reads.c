#include "state.h"

uint32_t flow_token(Flow *flow, Location location) {
  uint32_t *link = &flow->first_token[flow->index];
  while (*link) {
    if (flow->tokens.items[*link].location == location)
      return *link;
    link = &flow->tokens.items[*link].next;
  }
  uint32_t token = flow->tokens.count;
  *link = token; // before the table moves
  array_push(flow->file->arena, &flow->tokens,
             ((Token){.location = location, .instruction = flow->index, .span = flow_instruction(flow)->span}));
  return token;
}

// Whether a value is only looked at to see whether it is still the same.
static bool is_compared(const Flow *flow, Value value) {
  const Function *function = flow->function;
  for (uint32_t i = flow->index + 1; i < function->code.count && i < flow->index + 8; i++) {
    const Instruction *compare = &function->code.items[i];
    bool equality =
        compare->op == OP_COMPUTE && (compare->detail == OPERATOR_EQUAL || compare->detail == OPERATOR_NOT_EQUAL);
    uint32_t count;
    const Operand *args = instruction_args(flow->file->module, compare, &count);
    for (uint32_t a = 0; equality && a < count; a++)
      if (args[a].value == value)
        return true;
  }
  return false;
}

bool flow_is_interesting(const Flow *flow, Location location) {
  uint32_t level;
  return flow_mutability(flow->file, location, &level) != 0;
}

bool flow_is_container(const Flow *flow, Location location) {
  uint32_t level;
  uint8_t bits = flow_mutability(flow->file, location, &level);
  return level + 1 < MUTABLE_LEVELS && bits >> (level + 1) & 1;
}

void flow_read_back(Flow *flow, Location location) {
  if (!flow->recording)
    return;
  for (uint32_t i = facts_from(flow->now, HOLDER_PARKED); i < flow->now->count; i++) {
    Fact fact = flow->now->items[i];
    if (HOLDER_KIND(fact.holder) == HOLDER_PARKED && fact.flags & FACT_STALE &&
        flow->tokens.items[fact.token].location == location)
      flow_candidate(flow, CANDIDATE_PARKED, &fact, location, ACCESS_READ, flow_instruction(flow)->span);
  }
}

void flow_read(Flow *flow, uint32_t holder, Location location, uint32_t flags) {
  if (!flow_is_interesting(flow, location))
    return;
  if (HOLDER_KIND(holder) == HOLDER_VALUE && !is_compared(flow, holder))
    flow_read_back(flow, location);
  Fact fact = {.holder = holder, .token = flow_token(flow, location), .flags = flags, .guards = flow->now->held};
  facts_add(flow->now, fact);
  flow_note(flow, location, ACCESS_READ, flow_instruction(flow)->span);
}

void flow_inherit(Flow *flow, uint32_t holder, Value from, uint32_t set, uint32_t clear) {
  uint32_t end, start = facts_find(flow->now, from, &end);
  Fact copies[64];
  uint32_t count = 0;
  bool decides = HOLDER_KIND(holder) == HOLDER_BRANCH;
  for (uint32_t i = start; i < end && count < 64; i++)
    if (!decides || !(flow->now->items[i].flags & FACT_DETACHED))
      copies[count++] = flow->now->items[i];
  for (uint32_t i = 0; i < count; i++) {
    copies[i].holder = holder;
    copies[i].flags = (copies[i].flags | set) & ~clear;
    // What comes in by two ways, `x + await f(x)`, is as close as the closer one.
    const Fact *known = facts_at(flow->now, holder, copies[i].token);
    if (known)
      copies[i].flags &= known->flags | ~(uint32_t)(FACT_LOOSE | FACT_PASSED | FACT_THROUGH);
    facts_add(flow->now, copies[i]);
  }
}

bool flow_is_detached(const Flow *flow, Value value, Location location) {
  uint32_t end, start = facts_find(flow->now, value, &end);
  for (uint32_t i = start; i < end; i++)
    if (flow->tokens.items[flow->now->items[i].token].location == location)
      return flow->now->items[i].flags & FACT_DETACHED;
  return false;
}

void flow_read_content(Flow *flow, uint32_t holder, Value value) {
  Location places[VALUE_SET_LIMIT];
  uint32_t count = values_locations(flow->file->values, flow->id, value, places);
  for (uint32_t i = 0; i < count; i++)
    if (flow_is_container(flow, places[i]) && !flow_is_detached(flow, value, places[i]))
      flow_read(flow, holder, places[i], FACT_PRESENT);
}

static bool is_null(const Flow *flow, Value value) {
  uint32_t definition = values_definition(flow->file->values, flow->id, value);
  if (definition == UINT32_MAX)
    return false;
  const Instruction *instruction = &flow->function->code.items[definition];
  return instruction->op == OP_CONST && instruction->detail == CONSTANT_NULL;
}

static void swap_sense(Flow *flow, uint32_t holder) {
  uint32_t end, start = facts_find(flow->now, holder, &end);
  for (uint32_t i = start; i < end; i++) {
    uint32_t flags = flow->now->items[i].flags;
    uint32_t sense = flags & (FACT_PRESENT | FACT_ABSENT);
    if (sense == FACT_PRESENT || sense == FACT_ABSENT)
      flow->now->items[i].flags = flags ^ (FACT_PRESENT | FACT_ABSENT);
  }
}

static void compute_membership(Flow *flow, const Instruction *instruction, const Operand *args) {
  Location places[VALUE_SET_LIMIT];
  uint32_t count = values_locations(flow->file->values, flow->id, args[1].value, places);
  for (uint32_t i = 0; i < count; i++)
    flow_read(flow, instruction->result, values_element(flow->file->values, flow->id, places[i], args[0].value),
              FACT_PRESENT);
  flow_inherit(flow, instruction->result, args[0].value, FACT_DERIVED, FACT_PRESENT | FACT_ABSENT);
}

void flow_compute(Flow *flow, const Instruction *instruction) {
  uint32_t count;
  const Operand *args = instruction_args(flow->file->module, instruction, &count);
  Operator operator_ = (Operator)instruction->detail;
  facts_remove_holder(flow->now, instruction->result);
  if ((operator_ == OPERATOR_IN || operator_ == OPERATOR_NOT_IN) && count == 2) {
    compute_membership(flow, instruction, args);
    if (operator_ == OPERATOR_NOT_IN)
      swap_sense(flow, instruction->result);
    return;
  }
  bool null_test = count == 2 && (is_null(flow, args[0].value) || is_null(flow, args[1].value)) &&
                   (operator_ == OPERATOR_EQUAL || operator_ == OPERATOR_NOT_EQUAL);
  bool keeps_sense = null_test || operator_ == OPERATOR_NOT;
  for (uint32_t i = 0; i < count; i++) {
    flow_inherit(flow, instruction->result, args[i].value, FACT_DERIVED, keeps_sense ? 0 : FACT_PRESENT | FACT_ABSENT);
    if (!null_test)
      flow_read_content(flow, instruction->result, args[i].value);
  }
  if (operator_ == OPERATOR_NOT || (null_test && operator_ == OPERATOR_EQUAL))
    swap_sense(flow, instruction->result);
}

uint32_t flow_finding(const Flow *flow, const Fact *test) {
  if (HOLDER_KIND(test->holder) == HOLDER_PREMISE)
    return test->flags & FACT_ABSENT ? ACCESS_IF_ABSENT : 0;
  if (HOLDER_KIND(test->holder) != HOLDER_BRANCH)
    return 0;
  ControlEdge edge = cfg_controls(flow->cfg, HOLDER_NUMBER(test->holder), flow->block);
  uint32_t sense = test->flags & (FACT_PRESENT | FACT_ABSENT);
  if ((sense != FACT_PRESENT && sense != FACT_ABSENT) || edge == CONTROL_BOTH || edge == CONTROL_NONE)
    return 0;
  return (edge == CONTROL_TRUE) == (sense == FACT_PRESENT) ? ACCESS_IF_PRESENT : ACCESS_IF_ABSENT;
}

StateSet flow_states(const Flow *flow, uint32_t suspension) {
  StateSet states = {0};
  for (uint32_t i = facts_from(flow->now, HOLDER_BRANCH); i < flow->now->count; i++) {
    const Fact *test = &flow->now->items[i];
    if (HOLDER_KIND(test->holder) != HOLDER_BRANCH)
      break;
    bool before = suspension == UINT32_MAX || (test->flags & FACT_STALE && test->suspension <= suspension);
    if (!before || test->flags & (FACT_THROUGH | FACT_LOOSE))
      continue;
    Location location = flow->tokens.items[test->token].location;
    uint32_t finding = flow_finding(flow, test);
    if (finding)
      state_set_add(&states, finding == ACCESS_IF_PRESENT ? location : location | STATE_ABSENT);
  }
  return states;
}

// Whether a fresh test of the location decides about the current point.
static bool tested_freshly(const Flow *flow, Location location) {
  for (uint32_t i = facts_from(flow->now, HOLDER_BRANCH); i < flow->now->count; i++) {
    const Fact *fact = &flow->now->items[i];
    if (flow_is_test(fact) && !(fact->flags & FACT_STALE) &&
        location_same(flow->tokens.items[fact->token].location, location))
      return true;
  }
  return false;
}

void flow_use_location(Flow *flow, Location location, uint32_t lenient) {
  if (tested_freshly(flow, location))
    return;
  for (uint32_t i = facts_from(flow->now, HOLDER_BRANCH); i < flow->now->count; i++) {
    const Fact *test = &flow->now->items[i];
    if (HOLDER_KIND(test->holder) != HOLDER_BRANCH || !flow_is_test(test) || !(test->flags & FACT_STALE))
      continue;
    if (!location_same(flow->tokens.items[test->token].location, location) ||
        flow_finding(flow, test) != ACCESS_IF_PRESENT)
      continue;
    uint32_t held = flow_is_held(flow, location) ? ACCESS_HELD : 0;
    uint32_t flags = ACCESS_READ | ACCESS_IF_PRESENT | held | lenient;
    flow_candidate(flow, CANDIDATE_USE, test, location, flags, flow_instruction(flow)->span);
    return;
  }
}

void flow_use(Flow *flow, Value value, uint32_t lenient) {
  if (!flow->recording)
    return;
  uint32_t end, start = facts_find(flow->now, value, &end);
  for (uint32_t i = start; i < end; i++) {
    const Fact *read = &flow->now->items[i];
    if (read->flags & (FACT_STALE | FACT_DERIVED))
      continue;
    Location location = flow->tokens.items[read->token].location;
    if (!tested_freshly(flow, location))
      flow_note(flow, location, ACCESS_READ | ACCESS_USE | lenient, flow_instruction(flow)->span);
    flow_use_location(flow, location, lenient);
  }
}
