#include "state.h"
#include <string.h>

// Rounds after which a function that does not settle is left as it is (facts only grow, so this is never met in
// practice by functions within FACT_LIMIT).
enum { ROUND_LIMIT = 12 };

// --- what a write stores

static bool set_is_all(const ValueSet *set, bool (*test)(Abstract item)) {
  if (!set->count || set->open)
    return false;
  for (uint32_t i = 0; i < set->count; i++)
    if (!test(set->items[i]))
      return false;
  return true;
}

static bool is_nullish(Abstract item) {
  return abstract_kind(item) == ABSTRACT_NULL || abstract_kind(item) == ABSTRACT_FALSE;
}

static bool is_constant(Abstract item) {
  return is_nullish(item) || abstract_kind(item) == ABSTRACT_TRUE;
}

// Whether all that is stored are names in capitals, imported from elsewhere.
static bool is_named_constant(const Flow *flow, const ValueSet *set) {
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_EXTERNAL)
      return false;
    const char *path = symbol_text(flow->file->module->symbols, abstract_number(set->items[i]));
    const char *dot = strrchr(path, '.');
    for (const char *at = dot ? dot + 1 : path; *at; at++)
      if (*at >= 'a' && *at <= 'z')
        return false;
  }
  return set->count && !set->open;
}

static bool is_parameter(Flow *flow, const ValueSet *set) {
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_OBJECT)
      continue;
    Location root = location_root_of(flow->file->locations, abstract_number(set->items[i]));
    if (location_row(flow->file->locations, root)->root == ROOT_PARAMETER)
      return true;
  }
  return false;
}

// Whether the value is a collection literal without elements.
static bool is_empty_literal(const Flow *flow, Value value) {
  uint32_t definition = values_definition(flow->file->values, flow->id, value);
  if (definition == UINT32_MAX)
    return false;
  const Instruction *made = &flow->function->code.items[definition];
  return made->op == OP_MAKE && made->c == 0 &&
         (made->detail == MAKE_LIST || made->detail == MAKE_SET || made->detail == MAKE_MAP);
}

bool flow_makes_empty(Flow *flow, Value value) {
  uint32_t definition = values_definition(flow->file->values, flow->id, value), count;
  if (definition == UINT32_MAX)
    return false;
  const Instruction *made = &flow->function->code.items[definition];
  if (made->op == OP_MAKE)
    return made->c == 0 && made->detail != MAKE_TUPLE && made->detail != MAKE_STRING;
  const Model *model = made->op == OP_CALL ? values_model(flow->file->values, flow->id, made, NULL) : NULL;
  if (!model || model->kind != MODEL_COLLECTION)
    return false;
  (void)instruction_args(flow->file->module, made, &count);
  return !count;
}

uint32_t flow_assign_flags(Flow *flow, Value value) {
  const ValueSet *set = values_of(flow->file->values, flow->id, value);
  uint32_t flags = ACCESS_WRITE | ACCESS_ASSIGN;
  if (set_is_all(set, is_nullish))
    flags |= ACCESS_NULLS;
  if (set_is_all(set, is_constant))
    flags |= ACCESS_CONSTANT;
  if (is_named_constant(flow, set))
    flags |= ACCESS_NAMED;
  if (is_empty_literal(flow, value))
    flags |= ACCESS_CLEAR;
  if (is_parameter(flow, set))
    flags |= ACCESS_ARGUMENT;
  return flags;
}

// The places of an instruction, without those of an object that no longer stands where it was found.
static uint32_t attached_places(const Flow *flow, const Instruction *instruction, Location places[VALUE_SET_LIMIT]) {
  uint32_t count = values_places(flow->file->values, flow->id, instruction, places), kept = 0;
  bool below_object = instruction->op != OP_LOAD && instruction->op != OP_STORE;
  for (uint32_t i = 0; i < count; i++) {
    Location base = location_row(flow->file->locations, places[i])->parent;
    if (!below_object || !flow_is_detached(flow, instruction->a, base))
      places[kept++] = places[i];
  }
  return kept;
}

static void assign(Flow *flow, const Instruction *instruction, Value value) {
  Location places[VALUE_SET_LIMIT];
  uint32_t count = attached_places(flow, instruction, places);
  uint32_t flags = flow_assign_flags(flow, value);
  if (instruction->op == OP_SET_ITEM)
    flags |= ACCESS_ADD; // a new key changes the collection
  for (uint32_t i = 0; i < count; i++)
    flow_write(flow, (Write){.location = places[i], .flags = flags, .value = value, .span = instruction->span});
}

static void cut(Flow *flow, const Instruction *instruction) {
  Location places[VALUE_SET_LIMIT];
  uint32_t count = values_locations(flow->file->values, flow->id, instruction->a, places);
  uint32_t flags = flow_cut_flags(flow, instruction->c);
  for (uint32_t i = 0; i < count; i++)
    if (flow_is_container(flow, places[i]) && !flow_is_detached(flow, instruction->a, places[i]))
      flow_write(flow, (Write){.location = places[i], .flags = flags, .span = instruction->span});
}

static void remove_place(Flow *flow, const Instruction *instruction) {
  Location places[VALUE_SET_LIMIT];
  uint32_t count = attached_places(flow, instruction, places);
  for (uint32_t i = 0; i < count; i++)
    flow_write(flow, (Write){.location = places[i], .flags = ACCESS_WRITE | ACCESS_REMOVE, .span = instruction->span});
}

// --- reads

static void read_places(Flow *flow, const Instruction *instruction, Value object) {
  Location places[VALUE_SET_LIMIT];
  facts_remove_holder(flow->now, instruction->result);
  if (object)
    flow_inherit(flow, instruction->result, object, FACT_DERIVED | FACT_THROUGH, FACT_PRESENT | FACT_ABSENT);
  uint32_t count = attached_places(flow, instruction, places);
  for (uint32_t i = 0; i < count; i++)
    flow_read(flow, instruction->result, places[i], FACT_PRESENT);
}

static void inherit_operands(Flow *flow, const Instruction *instruction) {
  uint32_t count;
  const Operand *args = instruction_args(flow->file->module, instruction, &count);
  facts_remove_holder(flow->now, instruction->result);
  for (uint32_t i = 0; i < count; i++) {
    flow_inherit(flow, instruction->result, args[i].value, FACT_DERIVED, FACT_PRESENT | FACT_ABSENT);
    if (args[i].flags)
      flow_read_content(flow, instruction->result, args[i].value);
  }
}

static void iterate(Flow *flow, const Instruction *instruction) {
  Location places[VALUE_SET_LIMIT];
  facts_remove_holder(flow->now, instruction->result);
  facts_remove_holder(flow->now, HOLDER_ITERATOR | instruction->result);
  flow_inherit(flow, instruction->result, instruction->a, FACT_DERIVED, 0);
  uint32_t count = values_locations(flow->file->values, flow->id, instruction->a, places);
  for (uint32_t i = 0; i < count; i++) {
    if (!flow_is_container(flow, places[i]) || flow_is_detached(flow, instruction->a, places[i]))
      continue;
    flow_read(flow, instruction->result, places[i], 0);
    flow_read(flow, HOLDER_ITERATOR | instruction->result, places[i], 0);
  }
}

static void next(Flow *flow, const Instruction *instruction) {
  uint32_t end, start = facts_find(flow->now, HOLDER_ITERATOR | instruction->a, &end);
  for (uint32_t i = start; i < end; i++) {
    Fact fact = flow->now->items[i];
    Location location = flow->tokens.items[fact.token].location;
    if (fact.flags & FACT_STALE)
      flow_candidate(flow, CANDIDATE_ITERATE, &fact, location, ACCESS_READ | ACCESS_HELD, instruction->span);
  }
  if (instruction->flags & INSTRUCTION_ASYNC)
    flow_suspend(flow);
  facts_remove_holder(flow->now, instruction->result);
  flow_inherit(flow, instruction->result, instruction->a, FACT_DERIVED, FACT_PRESENT | FACT_ABSENT);
}

// --- leaving

static void add_returned(Flow *flow, const Fact *fact, bool present) {
  Location location = flow->tokens.items[fact->token].location;
  ReturnedRead read = {location, fact->flags & FACT_STALE, present, fact->flags & FACT_THROUGH,
                       fact->flags & FACT_LOOSE};
  for (uint32_t i = 0; i < flow->summary->returned.count; i++) {
    ReturnedRead *known = &flow->summary->returned.items[i];
    if (known->location != location)
      continue;
    known->stale |= read.stale;
    known->present &= read.present;
    known->through &= read.through;
    known->loose &= read.loose;
    return;
  }
  if (flow->summary->returned.count < 32)
    array_push(flow->file->arena, &flow->summary->returned, read);
}

static void leave(Flow *flow, const Instruction *instruction) {
  if (!flow->recording || !instruction->a)
    return;
  uint32_t end, start = facts_find(flow->now, instruction->a, &end);
  for (uint32_t i = start; i < end; i++)
    add_returned(flow, &flow->now->items[i], flow->now->items[i].flags & FACT_PRESENT);
  // A constant tells the caller which way the tests went.
  if (!set_is_all(values_of(flow->file->values, flow->id, instruction->a), is_constant))
    return;
  for (uint32_t i = facts_from(flow->now, HOLDER_BRANCH); i < flow->now->count; i++)
    if (HOLDER_KIND(flow->now->items[i].holder) == HOLDER_BRANCH && flow_is_test(&flow->now->items[i]))
      add_returned(flow, &flow->now->items[i], false);
}

static void branch(Flow *flow, const Instruction *instruction) {
  uint32_t holder = HOLDER_BRANCH | flow->block;
  facts_remove_holder(flow->now, holder);
  flow_inherit(flow, holder, instruction->a, 0, 0);
  flow_read_content(flow, holder, instruction->a);
}

// --- instructions

static void transfer(Flow *flow, const Instruction *instruction) {
  switch (instruction->op) {
  case OP_MOVE:
    facts_remove_holder(flow->now, instruction->result);
    flow_inherit(flow, instruction->result, instruction->a, 0, 0);
    break;
  case OP_LOAD:
    read_places(flow, instruction, 0);
    flow_read_captured(flow, instruction);
    break;
  case OP_GET_FIELD:
    if (!(instruction->flags & INSTRUCTION_OPTIONAL))
      flow_use(flow, instruction->a, 0);
    read_places(flow, instruction, instruction->a);
    if (model_field_is_content(symbol_text(flow->file->module->symbols, instruction->b)))
      flow_read_content(flow, instruction->result, instruction->a);
    flow_get(flow, instruction);
    break;
  case OP_GET_ITEM:
    read_places(flow, instruction, instruction->a);
    break;
  case OP_STORE:
    assign(flow, instruction, instruction->b);
    break;
  case OP_SET_FIELD:
    flow_use(flow, instruction->a, 0);
    if (flow_cuts(flow->file, instruction)) {
      cut(flow, instruction);
      break;
    } // fall through
  case OP_SET_ITEM:
    assign(flow, instruction, instruction->c);
    break;
  case OP_DELETE_FIELD:
  case OP_DELETE_ITEM:
    remove_place(flow, instruction);
    break;
  case OP_COMPUTE:
    flow_compute(flow, instruction);
    break;
  case OP_MAKE:
  case OP_OPAQUE:
    inherit_operands(flow, instruction);
    break;
  case OP_CALL:
  case OP_CALL_METHOD:
    flow_call(flow, instruction);
    break;
  case OP_AWAIT:
    flow_await(flow, instruction);
    break;
  case OP_YIELD:
    flow_leave_locks(flow, instruction);
    if (flow->function->flags & FUNCTION_ASYNC)
      flow_suspend(flow);
    break;
  case OP_ENTER:
    flow_enter(flow, instruction);
    break;
  case OP_EXIT:
    flow_exit(flow, instruction);
    break;
  case OP_ITERATE:
    iterate(flow, instruction);
    break;
  case OP_NEXT:
    next(flow, instruction);
    break;
  case OP_BRANCH:
    branch(flow, instruction);
    break;
  case OP_RETURN:
    leave(flow, instruction);
    flow_leave_locks(flow, instruction);
    break;
  default:
    break;
  }
}

static void drop_dead(Flow *flow, Value value) {
  if (value && flow->last_use[value] == flow->index)
    facts_remove_holder(flow->now, value);
}

static void drop_used(Flow *flow, const Instruction *instruction) {
  Value result = instruction->result;
  bool temporary = result && !flow->function->values.items[result];
  if (temporary && flow->last_use[result] == UINT32_MAX && instruction->op != OP_ITERATE)
    facts_remove_holder(flow->now, result);
  Value read[3];
  uint32_t count = instruction_values(instruction, read);
  for (uint32_t i = 0; i < count; i++)
    drop_dead(flow, read[i]);
  const Operand *args = instruction_args(flow->file->module, instruction, &count);
  for (uint32_t i = 0; i < count; i++)
    drop_dead(flow, args[i].value);
}

static void note_use(Flow *flow, Value value, uint32_t index) {
  if (value && !flow->function->values.items[value])
    flow->last_use[value] = index;
}

static void find_last_uses(Flow *flow) {
  const Function *function = flow->function;
  memset(flow->last_use, 0xff, sizeof(uint32_t) * function->values.count);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (instruction->op == OP_NEXT)
      continue; // the iterator lives as long as the loop
    Value read[3];
    uint32_t count = instruction_values(instruction, read);
    for (uint32_t v = 0; v < count; v++)
      note_use(flow, read[v], i);
    const Operand *args = instruction_args(flow->file->module, instruction, &count);
    for (uint32_t a = 0; a < count; a++)
      note_use(flow, args[a].value, i);
  }
}

// --- the solver

typedef struct Place {
  const Function *function;
  Cfg *cfg;
  BlockId block;
} Place;

// A branch that no longer decides about the point, or is about to be taken anew: what leads to a loop's test is decided
// by the test of the round before, but that is not what it acts on.
static bool no_longer_decides(const Fact *fact, const void *context) {
  const Place *place = context;
  // That something was missing tells nothing where one also gets when it was there.
  if (HOLDER_KIND(fact->holder) == HOLDER_RAISED)
    return !cfg_only_by_handler(place->cfg, HOLDER_NUMBER(fact->holder), place->block);
  if (HOLDER_KIND(fact->holder) != HOLDER_BRANCH)
    return false;
  BlockId branch = HOLDER_NUMBER(fact->holder);
  // What comes behind a loop is not decided by its test, but the test held when the loop ended.
  const Block *block = &place->function->blocks.items[branch];
  bool loop = place->function->code.items[block->first + block->count - 1].flags & INSTRUCTION_LOOP;
  if (loop && !(fact->flags & FACT_STALE) && cfg_position(place->cfg, place->block) > cfg_position(place->cfg, branch))
    return false;
  return cfg_controls(place->cfg, branch, place->block) == CONTROL_NONE ||
         cfg_position(place->cfg, place->block) <= cfg_position(place->cfg, branch);
}

typedef struct Solver {
  Flow flow;
  Facts *in;        // by block
  bool *pending;    // by block
  uint32_t settled; // so many blocks, in order, will learn nothing new
} Solver;

static void send(Solver *solver, BlockId to, const Facts *facts) {
  if (!to || cfg_position(solver->flow.cfg, to) < solver->settled)
    return;
  if (facts_merge(&solver->in[to], facts))
    solver->pending[to] = true;
}

static bool names_missing_item(const Flow *flow, Value class) {
  const ValueSet *set = values_of(flow->file->values, flow->id, class);
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_EXTERNAL)
      continue;
    const char *name = symbol_text(flow->file->module->symbols, abstract_number(set->items[i]));
    if (strcmp(name, "KeyError") == 0 || strcmp(name, "LookupError") == 0 || strcmp(name, "IndexError") == 0)
      return true;
  }
  return false;
}

// Whether a handler is for an item that is not there.
static bool catches_missing_item(const Flow *flow, BlockId handler) {
  const Block *block = &flow->function->blocks.items[handler];
  for (uint32_t i = 0; i < block->count; i++) {
    const Instruction *instruction = &flow->function->code.items[block->first + i];
    if (instruction->op == OP_CATCH && instruction->a && names_missing_item(flow, instruction->a))
      return true;
  }
  return false;
}

// In such a handler the failed look-up is a test.
static void send_to_handler(Solver *solver, BlockId handler, const Instruction *instruction) {
  Flow *flow = &solver->flow;
  if (instruction->op != OP_GET_ITEM || !catches_missing_item(flow, handler)) {
    send(solver, handler, flow->now);
    return;
  }
  Facts raised, *now = flow->now;
  facts_copy(&raised, now);
  Location places[VALUE_SET_LIMIT];
  uint32_t count = values_places(flow->file->values, flow->id, instruction, places);
  flow->now = &raised;
  for (uint32_t i = 0; i < count; i++)
    flow_read(flow, HOLDER_RAISED | handler, places[i], 0);
  flow->now = now;
  send(solver, handler, &raised);
}

static void solve_block(Solver *solver, BlockId id) {
  Flow *flow = &solver->flow;
  Facts now;
  facts_copy(&now, &solver->in[id]);
  const Block *block = &flow->function->blocks.items[id];
  Place place = {flow->function, flow->file->cfgs[flow->id], id};
  flow->now = &now, flow->block = id;
  facts_filter(&now, HOLDER_BRANCH, no_longer_decides, &place);
  for (uint32_t i = 0; i < block->count; i++) {
    flow->index = block->first + i;
    const Instruction *instruction = flow_instruction(flow);
    transfer(flow, instruction);
    if (block->handler && op_may_throw((Op)instruction->op))
      send_to_handler(solver, block->handler, instruction);
    drop_used(flow, instruction);
  }
  for (int edge = 0; edge < 2; edge++) {
    const Instruction *last = flow_instruction(flow);
    if (last->op == OP_NEXT && edge == 1) {
      facts_remove_holder(&now, last->a);
      facts_remove_holder(&now, HOLDER_ITERATOR | last->a);
    }
    send(solver, block->successors[edge], &now);
  }
}

// Solves the first `count` blocks; false when there was nothing to do.
static bool solve_reached(Solver *solver, const BlockId *order, uint32_t count, bool pending_only) {
  bool any = false;
  for (uint32_t i = 0; i < count; i++) {
    if (!solver->in[order[i]].reached || (pending_only && !solver->pending[order[i]]))
      continue;
    solver->pending[order[i]] = false;
    solve_block(solver, order[i]);
    any = true;
  }
  return any;
}

static void run(Solver *solver) {
  uint32_t count, cyclic = 0;
  const BlockId *order = cfg_order(solver->flow.cfg, &count);
  solver->in[1].reached = solver->pending[1] = true;
  for (uint32_t i = 0; i < count; i++)
    if (cfg_in_loop(solver->flow.cfg, order[i]))
      cyclic = i + 1;
  // Behind the last loop, every block is met with all its facts in the one pass that records.
  for (uint32_t round = 0; round < ROUND_LIMIT; round++)
    if (!solve_reached(solver, order, cyclic, true))
      break;
  solver->settled = cyclic;
  solver->flow.recording = true;
  (void)solve_reached(solver, order, count, false);
}

// Facts for so many blocks, none of them reached. A Facts is kilobytes, of which mostly little is used: only what says
// so is cleared.
static Facts *scratch_facts(FlowFile *file, uint32_t count) {
  if (file->scratch_count < count) {
    file->scratch_count = count * 2;
    file->scratch = arena_alloc(file->arena, sizeof(Facts) * file->scratch_count);
  }
  for (uint32_t i = 0; i < count; i++) {
    file->scratch[i].count = file->scratch[i].held = 0;
    file->scratch[i].reached = file->scratch[i].suspended = false;
  }
  return file->scratch;
}

void flow_solve(FlowFile *file, FunctionId id) {
  const Function *function = module_function(file->module, id);
  Summary *summary = &file->summaries[id];
  *summary = (Summary){0};
  file->held_at[id] = ARENA_ARRAY(file->arena, LockSet, function->code.count);
  file->held_while[id] = ARENA_ARRAY(file->arena, LockSet, function->code.count);
  file->suspends_at[id] = ARENA_ARRAY(file->arena, bool, function->code.count);
  file->states_at[id] = ARENA_ARRAY(file->arena, StateSet, function->code.count);
  file->claimed_at[id] = ARENA_ARRAY(file->arena, Location, function->code.count);
  if (!file->cfgs[id]) {
    *summary = (Summary){.solved = true, .may_suspend = function->flags & FUNCTION_ASYNC, .truncated = true};
    return;
  }
  Solver solver = {.flow = {.file = file,
                            .id = id,
                            .function = function,
                            .cfg = file->cfgs[id],
                            .summary = summary,
                            .first_token = ARENA_ARRAY(file->arena, uint32_t, function->code.count),
                            .last_use = ARENA_ARRAY(file->arena, uint32_t, function->values.count)}};
  solver.in = scratch_facts(file, function->blocks.count);
  solver.pending = ARENA_ARRAY(file->arena, bool, function->blocks.count);
  (void)array_add(file->arena, &solver.flow.tokens);
  find_last_uses(&solver.flow);
  flow_find_awaited(&solver.flow);
  flow_begin_locks(&solver.flow, &solver.in[1]);
  flow_begin_with_premises(&solver.flow, &solver.in[1]);
  run(&solver);
  summary->solved = true;
}
