#include "state.h"
#include <string.h>

enum { SITE_LIMIT = 1024 };

uint32_t flow_slot(Flow *flow, Location lock) {
  for (uint32_t i = 0; i < flow->slot_count; i++)
    if (flow->slots[i] == lock)
      return i;
  if (flow->slot_count == SLOT_LIMIT)
    return SLOT_LIMIT;
  flow->slots[flow->slot_count] = lock;
  return flow->slot_count++;
}

LockSet flow_locks(const Flow *flow, uint32_t slots) {
  LockSet set = {0};
  for (uint32_t i = 0; i < flow->slot_count; i++)
    if (slots >> i & 1)
      lock_set_add(&set, flow->slots[i]);
  return set;
}

uint32_t flow_cut_flags(const Flow *flow, Value index) {
  const Instruction *made = values_source(flow->file->values, flow->id, index);
  bool zero =
      made && made->op == OP_CONST && made->a && strcmp(symbol_text(flow->file->module->symbols, made->a), "0") == 0;
  return ACCESS_WRITE | (zero ? ACCESS_CLEAR : ACCESS_REMOVE);
}

static bool same_locks(const LockSet *a, const LockSet *b) {
  if (a->count != b->count)
    return false;
  for (uint32_t i = 0; i < a->count; i++)
    if (!lock_set_holds(b, a->items[i]))
      return false;
  return true;
}

void flow_note_site(Flow *flow, uint32_t access, Span span) {
  Summary *summary = flow->summary;
  const Access *known = &summary->accesses.items[access];
  if ((known->span.start == span.start && known->span.end == span.end) || summary->sites.count == SITE_LIMIT)
    return;
  array_push(flow->file->arena, &summary->sites, ((AccessSite){access, span}));
}

static void add_access(Flow *flow, Access access) {
  Summary *summary = flow->summary;
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    Access *known = &summary->accesses.items[i];
    if (known->location == access.location && known->flags == access.flags && known->function == access.function &&
        same_locks(&known->guards, &access.guards)) {
      known->states = state_sets_common(&known->states, &access.states);
      flow_note_site(flow, i, access.span);
      return;
    }
  }
  if (summary->accesses.count == SUMMARY_LIMIT) {
    summary->truncated = true;
    return;
  }
  array_push(flow->file->arena, &summary->accesses, access);
}

void flow_note(Flow *flow, Location location, uint32_t flags, Span span) {
  if (!flow->recording)
    return;
  if (flow->now->suspended)
    flags |= ACCESS_AFTER;
  add_access(flow, (Access){.location = location,
                            .flags = flags,
                            .function = flow->id,
                            .span = span,
                            .guards = flow_locks(flow, facts_guarding(flow->now)),
                            .states = flow_states(flow, UINT32_MAX)});
}

void flow_candidate(Flow *flow, CandidateKind kind, const Fact *fact, Location location, uint32_t flags, Span second) {
  if (!flow->recording || flow->function->flags & (FUNCTION_CONSTRUCTOR | FUNCTION_MODULE))
    return;
  const Token *token = &flow->tokens.items[fact->token];
  Span first = token->span;
  Span suspension = token->suspension.end ? token->suspension : flow->function->code.items[fact->suspension].span;
  Summary *summary = flow->summary;
  for (uint32_t i = 0; i < summary->candidates.count; i++) {
    const Candidate *known = &summary->candidates.items[i];
    if (known->kind == kind && known->location == location && known->second.start == second.start &&
        known->second.end == second.end)
      return;
  }
  array_push(flow->file->arena, &summary->candidates,
             ((Candidate){.kind = kind,
                          .location = location,
                          .function = flow->id,
                          .origin = flow->id,
                          .first = first,
                          .suspension = suspension,
                          .second = second,
                          .flags = flags,
                          .guards = flow_locks(flow, fact->guards & facts_guarding(flow->now)),
                          .held = flow_locks(flow, facts_guarding(flow->now)),
                          .states = flow_states(flow, fact->suspension)}));
}

bool flow_tells_about(const Flow *flow, Location tested, Location location, uint32_t flags) {
  if (location_same(tested, location))
    return true;
  const Locations *locations = flow->file->locations;
  const LocationRow *row = location_row(locations, location);
  bool element_changes = flags & (ACCESS_ADD | ACCESS_REMOVE | ACCESS_CLEAR) || row->step >= STEP_KEY_CONSTANT;
  // A test of the whole (its length, whether it is empty), then a change of one element, which must be there.
  if (row->step >= STEP_KEY_CONSTANT && row->parent == tested && element_changes && !(flags & ACCESS_LENIENT))
    return true;
  // A test of one element, then a change that names none.
  const LocationRow *test_row = location_row(locations, tested);
  return test_row->step >= STEP_KEY_CONSTANT && test_row->parent == location &&
         flags & (ACCESS_ADD | ACCESS_REMOVE | ACCESS_CLEAR);
}

bool flow_decides_here(const Flow *flow, const Fact *fact) {
  return HOLDER_KIND(fact->holder) != HOLDER_BRANCH ||
         cfg_controls(flow->cfg, HOLDER_NUMBER(fact->holder), flow->block) != CONTROL_NONE;
}

enum { COPY_LIMIT = 16 };

// Whether the write is in a `finally`, which is lowered once for each way out, and every way from a branch leads
// through one of the copies: the branch decides which, but not whether.
static bool comes_anyway(const Flow *flow, const Fact *fact, Span span) {
  const Function *function = flow->function;
  BlockId copies[COPY_LIMIT];
  uint32_t count = 0;
  if (HOLDER_KIND(fact->holder) != HOLDER_BRANCH)
    return false;
  for (BlockId id = 1; id < function->blocks.count && count < COPY_LIMIT; id++) {
    const Block *block = &function->blocks.items[id];
    bool found = false;
    for (uint32_t i = block->first; i < block->first + block->count && !found; i++)
      found = function->code.items[i].op == flow_instruction(flow)->op &&
              function->code.items[i].span.start == span.start && function->code.items[i].span.end == span.end;
    if (found)
      copies[count++] = id;
  }
  if (count < 2)
    return false;
  const Block *branch = &function->blocks.items[HOLDER_NUMBER(fact->holder)];
  for (int i = 0; i < 2; i++)
    if (branch->successors[i] && cfg_leaves_without(flow->cfg, branch->successors[i], copies, count))
      return false;
  return true;
}

// `answer = await self.link.ask()`, and the link is dropped because of what it said: no test of what stands there.
static bool is_answer(const Fact *fact, const Write *write) {
  return fact->flags & FACT_LOOSE && fact->flags & FACT_THROUGH && write->flags & ACCESS_NULLS;
}

// A test that decides about the current point and tells about the write, fresh or stale; of several stale ones, one
// that a lock held since protects.
static const Fact *deciding_test(const Flow *flow, const Write *write, bool stale) {
  const Fact *best = NULL;
  for (uint32_t i = facts_from(flow->now, HOLDER_BRANCH); i < flow->now->count; i++) {
    const Fact *fact = &flow->now->items[i];
    if (!flow_is_test(fact) || !(fact->flags & FACT_STALE) == stale)
      continue;
    Location tested = flow->tokens.items[fact->token].location;
    if (!flow_tells_about(flow, tested, write->location, write->flags))
      continue;
    bool through = fact->flags & FACT_THROUGH;
    if (through && !(write->flags & ACCESS_ASSIGN && tested == write->location))
      continue;
    // A part was tested, and the whole is made anew from what it is now.
    if (through && stale && write->flags & ACCESS_UPDATE)
      continue;
    if (stale && (!flow_decides_here(flow, fact) || comes_anyway(flow, fact, write->span) || is_answer(fact, write)))
      continue;
    uint32_t guarding = facts_guarding(flow->now);
    if (!best || (fact->guards & guarding && !(best->guards & guarding)))
      best = fact;
  }
  return best;
}

static const Fact *value_read(const Flow *flow, Value value, Location location, bool stale) {
  uint32_t end, start = facts_find(flow->now, value, &end);
  for (uint32_t i = start; i < end; i++) {
    const Fact *fact = &flow->now->items[i];
    bool same = location_same(flow->tokens.items[fact->token].location, location);
    bool computed = fact->flags & FACT_DERIVED && !(fact->flags & (FACT_DETACHED | FACT_LOOSE));
    if (same && !(fact->flags & FACT_STALE) == !stale && (!stale || computed))
      return fact;
  }
  return NULL;
}

// The stale read that the written value was computed from, where no fresh one validates it.
static const Fact *stale_source(const Flow *flow, const Write *write) {
  if (!(write->flags & ACCESS_ASSIGN))
    return NULL;
  if (write->value && value_read(flow, write->value, write->location, false))
    return NULL;
  const Fact *fact = write->value ? value_read(flow, write->value, write->location, true) : NULL;
  for (uint32_t i = 0; !fact && i < write->argument_count; i++)
    fact = value_read(flow, write->arguments[i], write->location, true);
  return fact;
}

// The awaited call that was handed the collection which is now reset: what was added to it meanwhile goes unsent.
static const Fact *handed_over(const Flow *flow, const Write *write) {
  if (!(write->flags & ACCESS_CLEAR))
    return NULL;
  for (uint32_t i = facts_from(flow->now, HOLDER_HANDED); i < flow->now->count; i++) {
    const Fact *fact = &flow->now->items[i];
    const Token *token = &flow->tokens.items[fact->token];
    if (HOLDER_KIND(fact->holder) != HOLDER_HANDED || !(fact->flags & FACT_STALE))
      continue;
    if (token->location != write->location || fact->flags & FACT_DETACHED)
      continue;
    const Instruction *suspension = &flow->function->code.items[fact->suspension];
    if (suspension->op == OP_AWAIT &&
        values_definition(flow->file->values, flow->id, suspension->a) == token->instruction)
      return fact;
  }
  return NULL;
}

// The location that a test and a write have in common: a test of a collection and a write of one of its elements are
// about the collection.
static Location common_location(const Flow *flow, Location tested, Location written) {
  const Locations *locations = flow->file->locations;
  return location_row(locations, tested)->depth < location_row(locations, written)->depth ? tested : written;
}

static bool is_fetched(const Flow *flow, Value value) {
  const Instruction *source = values_source(flow->file->values, flow->id, value);
  return source && (source->op == OP_AWAIT || source->op == OP_CALL || source->op == OP_CALL_METHOD);
}

// `while not stopped: …; stopped = True` only ends the loop, `while old(info): …; info = fetch()` tests anew what it
// has fetched.
static bool ends_loop(const Flow *flow, const Fact *test, const Write *write) {
  if (HOLDER_KIND(test->holder) != HOLDER_BRANCH)
    return false;
  bool replaces =
      write->value && write->flags & ACCESS_ASSIGN && !(write->flags & ACCESS_ADD) && is_fetched(flow, write->value);
  if (!replaces && !(write->flags & (ACCESS_CONSTANT | ACCESS_NULLS | ACCESS_NAMED)))
    return false;
  const Block *block = &flow->function->blocks.items[HOLDER_NUMBER(test->holder)];
  return flow->function->code.items[block->first + block->count - 1].flags & INSTRUCTION_LOOP;
}

// A test that found nothing there, and a write that leaves nothing there: things are as they were.
static bool restores(const Flow *flow, const Fact *test, const Write *write) {
  return write->flags & ACCESS_NULLS && flow_finding(flow, test) == ACCESS_IF_ABSENT;
}

// Whether the branch leads nowhere but to a THROW when it does not lead here: `if not self.writer: raise …`, an
// assertion.
static bool is_guard(const Flow *flow, const Fact *test) {
  if (HOLDER_KIND(test->holder) != HOLDER_BRANCH)
    return false;
  const Function *function = flow->function;
  const Block *branch = &function->blocks.items[HOLDER_NUMBER(test->holder)];
  ControlEdge edge = cfg_controls(flow->cfg, HOLDER_NUMBER(test->holder), flow->block);
  if (edge != CONTROL_TRUE && edge != CONTROL_FALSE)
    return false;
  BlockId other = branch->successors[edge == CONTROL_TRUE];
  return other && cfg_only_throws(flow->cfg, other);
}

// Whether a value may be what was waited for: `url = self.url or await ask()`.
static bool may_be_answer(const Flow *flow, Value value, unsigned depth) {
  for (uint32_t i = 0; i < flow->function->code.count; i++) {
    const Instruction *given = &flow->function->code.items[i];
    if (given->result != value)
      continue;
    if (given->op == OP_AWAIT || (given->op == OP_MOVE && depth && may_be_answer(flow, given->a, depth - 1)))
      return true;
  }
  return false;
}

enum { MOVE_DEPTH = 3 };

// Whether the place itself was tested, before anybody could change it, and something was there.
static bool was_there(const Flow *flow, const Fact *test) {
  if (flow_finding(flow, test) != ACCESS_IF_PRESENT)
    return false;
  const Block *branch = &flow->function->blocks.items[HOLDER_NUMBER(test->holder)];
  uint32_t end = branch->first + branch->count;
  return test->suspension >= end && !may_be_answer(flow, flow->function->code.items[end - 1].a, MOVE_DEPTH);
}

// A test that something is there, or of an answer, without which one gives up: what is then put there replaces whatever
// is there by now.
static bool is_precondition(const Flow *flow, const Fact *test, const Write *write) {
  uint32_t relies = ACCESS_NULLS | ACCESS_CLEAR | ACCESS_REMOVE | ACCESS_UPDATE | ACCESS_ADD;
  if (!(write->flags & ACCESS_ASSIGN) || write->flags & relies)
    return false;
  return (was_there(flow, test) || test->flags & FACT_LOOSE) && is_guard(flow, test);
}

// `self.value = await self.loading`: whoever waits for the shared task writes the one value that it gives.
static bool writes_shared_result(const Flow *flow, const Write *write) {
  const Instruction *await = write->value ? values_source(flow->file->values, flow->id, write->value) : NULL;
  if (!await || await->op != OP_AWAIT)
    return false;
  const Instruction *task = values_source(flow->file->values, flow->id, await->a);
  Location places[VALUE_SET_LIMIT];
  if (!task || (task->op != OP_LOAD && task->op != OP_GET_FIELD && task->op != OP_GET_ITEM))
    return false;
  return values_places(flow->file->values, flow->id, task, places) > 0;
}

// `saved = x; …; x = saved`: what was there is put back.
static bool puts_back(const Flow *flow, const Write *write) {
  uint32_t end, start = facts_find(flow->now, write->value, &end);
  for (uint32_t i = start; write->value && i < end; i++) {
    const Fact *fact = &flow->now->items[i];
    if (!(fact->flags & FACT_DERIVED) && flow->tokens.items[fact->token].location == write->location)
      return true;
  }
  return false;
}

// `x = (await import("x")).x`: whoever loads a module gets the same.
static bool writes_module(const Flow *flow, const Write *write) {
  const Instruction *source = write->value ? values_source(flow->file->values, flow->id, write->value) : NULL;
  for (unsigned steps = 0; source && steps < 4; steps++) {
    if (source->op == OP_CALL) {
      const Instruction *callee = values_source(flow->file->values, flow->id, source->a);
      if (!callee || callee->op != OP_LOAD)
        return false;
      const Variable *called = module_variable(flow->file->module, callee->a);
      return called->kind == VARIABLE_UNRESOLVED &&
             strcmp(symbol_text(flow->file->module->symbols, called->name), "import") == 0;
    }
    if (source->op != OP_GET_FIELD && source->op != OP_AWAIT)
      return false;
    source = values_source(flow->file->values, flow->id, source->a);
  }
  return false;
}

// `if (busy && !shared) throw …; if (!shared) busy = true`: on some ways the test was followed at once by a claim,
// which is what the test is for.
static bool claims_on_some_way(const Flow *flow, const Fact *test, const Write *write) {
  const Token *token = &flow->tokens.items[test->token];
  for (uint32_t i = 0; i < flow->summary->claims.count; i++) {
    const Claim *made = &flow->summary->claims.items[i];
    if (made->location != token->location || made->location != write->location)
      continue;
    if (made->instruction < token->instruction || made->instruction > test->suspension)
      continue;
    BlockId from = function_block_of(flow->function, made->instruction);
    BlockId to = function_block_of(flow->function, test->suspension);
    if (from == to || cfg_reaches(flow->cfg, from, to))
      return true;
  }
  return false;
}

bool flow_is_held(const Flow *flow, Location location) {
  const Instruction *instruction = flow_instruction(flow);
  bool of_object = instruction->op == OP_SET_FIELD || instruction->op == OP_SET_ITEM ||
                   instruction->op == OP_CALL_METHOD || instruction->op == OP_GET_FIELD;
  if (!of_object)
    return false;
  uint32_t end, start = facts_find(flow->now, instruction->a, &end);
  for (uint32_t i = start; i < end; i++) {
    const Fact *fact = &flow->now->items[i];
    Location above = location_row(flow->file->locations, location)->parent;
    while (above && above != flow->tokens.items[fact->token].location)
      above = location_row(flow->file->locations, above)->parent;
    if (above && fact->flags & FACT_STALE)
      return true;
  }
  return false;
}

// `answer = await ask(x); if answer: x = answer`: the test was of the answer, which is what is stored.
static bool stores_answer(const Flow *flow, const Fact *test, const Write *write) {
  const Fact *stored = write->value ? facts_at(flow->now, write->value, test->token) : NULL;
  return stored && stored->flags & test->flags & FACT_LOOSE;
}

static bool is_state(const Flow *flow, Location location) {
  const LocationRow *row = location_row(flow->file->locations, location);
  return row->root == ROOT_VARIABLE && flow->file->is_state[row->name];
}

enum { HANDLER_LIMIT = 16 }; // of a function that are looked at

// Whether only an exception leads to the block.
static bool in_handler(const Flow *flow, BlockId block) {
  const Function *function = flow->function;
  Cfg *cfg = flow->file->cfgs[flow->id];
  BlockId handler = 0;
  for (uint32_t id = 1, looked_at = 0; id < function->blocks.count && looked_at < HANDLER_LIMIT; id++) {
    if (!function->blocks.items[id].handler || function->blocks.items[id].handler == handler)
      continue;
    handler = function->blocks.items[id].handler, looked_at++;
    bool reached = handler == block || cfg_reaches(cfg, handler, block);
    if (reached && cfg_only_by_handler(cfg, handler, block))
      return true;
  }
  return false;
}

static void find_candidates(Flow *flow, const Write *write) {
  if (write->flags & ACCESS_VALIDATED || deciding_test(flow, write, false))
    return;
  const Fact *source = stale_source(flow, write);
  if (!source)
    source = handed_over(flow, write);
  if (source)
    flow_candidate(flow, CANDIDATE_UPDATE, source, write->location, write->flags, write->span);
  const Fact *test = write->anew ? NULL : deciding_test(flow, write, true);
  if (!test || is_precondition(flow, test, write) || ends_loop(flow, test, write) || restores(flow, test, write))
    return;
  if (puts_back(flow, write) || stores_answer(flow, test, write) || writes_shared_result(flow, write))
    return;
  // What the callee tests itself is told of there; a component's state is what it was at rendering anyway.
  if ((write->flags & ACCESS_CALLEE && write->flags & ACCESS_TESTED) || writes_module(flow, write))
    return;
  if (claims_on_some_way(flow, test, write))
    return;
  Location location = common_location(flow, flow->tokens.items[test->token].location, write->location);
  if (is_state(flow, location))
    return;
  uint32_t flags = write->flags & ~(uint32_t)(ACCESS_IF_PRESENT | ACCESS_IF_ABSENT);
  if (location == flow->tokens.items[test->token].location)
    flags |= flow_finding(flow, test);
  if (location == write->location && flow_is_held(flow, location))
    flags |= ACCESS_HELD;
  bool after_failure = HOLDER_KIND(test->holder) == HOLDER_BRANCH && in_handler(flow, HOLDER_NUMBER(test->holder));
  if (after_failure)
    flags &= ~(uint32_t)ACCESS_ON_FAILURE;
  uint32_t known = flow->summary->candidates.count;
  flow_candidate(flow, CANDIDATE_ACT, test, location, flags, write->span);
  // What the callee claimed at once with the call, it claimed at once with a test that was fresh then.
  if (flow->summary->candidates.count > known && test->suspension == flow->index)
    for (uint32_t i = 0; i < write->claims.count; i++)
      lock_set_add(&flow->summary->candidates.items[known].guards, write->claims.items[i]);
}

typedef struct Written {
  const Flow *flow;
  Location location;
  uint32_t flags;
} Written;

// After a write, older tests of the location decide about nothing any more.
static void consume_tests(Flow *flow, const Write *write) {
  for (uint32_t i = facts_from(flow->now, HOLDER_BRANCH); i < flow->now->count; i++) {
    Fact *fact = &flow->now->items[i];
    bool told = flow_is_test(fact) &&
                flow_tells_about(flow, flow->tokens.items[fact->token].location, write->location, write->flags);
    if (told)
      fact->flags |= FACT_CONSUMED;
  }
}

static bool is_emptied(const Fact *fact, const void *context) {
  const Written *written = context;
  return HOLDER_KIND(fact->holder) == HOLDER_EMPTIED &&
         written->flow->tokens.items[fact->token].location == written->location;
}

// Where a started task is itself what claims, it runs under the claim.
static void note_claim(Flow *flow, const Write *write) {
  const Instruction *made = write->value ? values_source(flow->file->values, flow->id, write->value) : NULL;
  while (made && (made->op == OP_CALL || made->op == OP_CALL_METHOD)) {
    flow->file->claimed_at[flow->id][made - flow->function->code.items] = write->location;
    uint32_t count;
    const Operand *args = instruction_args(flow->file->module, made, &count);
    // `self.task = asyncio.create_task(self.run())`, `this.load = this.run().finally(…)`
    const Instruction *receiver =
        made->op == OP_CALL_METHOD ? values_source(flow->file->values, flow->id, made->a) : NULL;
    bool chained = receiver && (receiver->op == OP_CALL || receiver->op == OP_CALL_METHOD);
    made = chained ? receiver : count ? values_source(flow->file->values, flow->id, args[0].value) : NULL;
  }
}

// A test and a write of one flag in one atomic section let only one task in until the flag is written again: from here
// on it guards like a lock, reads already made included. A counter that is raised lets several in, and guards nothing.
static void claim(Flow *flow, const Write *write) {
  uint32_t slot = flow_slot(flow, write->location | LOCK_CLAIM);
  bool held = slot < SLOT_LIMIT && flow->now->held >> slot & 1;
  if (held) {
    facts_give_back(flow->now, slot);
    return;
  }
  const Fact *test = deciding_test(flow, write, false);
  if (test && flow->recording && !(write->flags & (ACCESS_CALLEE | ACCESS_REMOVE | ACCESS_CLEAR | ACCESS_NULLS)))
    array_push(flow->file->arena, &flow->summary->claims, ((Claim){write->location, flow->index}));
  if (!test || write->flags & (ACCESS_UPDATE | ACCESS_REMOVE | ACCESS_CLEAR))
    return;
  facts_acquire(flow->now, slot);
  note_claim(flow, write);
  if (slot == SLOT_LIMIT)
    return;
  for (uint32_t i = 0; i < flow->now->count; i++)
    if (!(flow->now->items[i].flags & FACT_STALE))
      flow->now->items[i].guards |= 1u << slot;
}

// Whether a read takes the element out that it gives.
static bool takes_out(const Flow *flow, const Token *token) {
  const Instruction *call = &flow->function->code.items[token->instruction];
  if (call->op != OP_CALL_METHOD)
    return false;
  const Model *model = values_model(flow->file->values, flow->id, call, NULL);
  return model && (model->effects & (EFFECT_REMOVE | EFFECT_ELEMENT)) == (EFFECT_REMOVE | EFFECT_ELEMENT);
}

// Whether what is written comes from what stood there before it was emptied, or was taken out: it is given back.
static bool gives_back(const Flow *flow, const Write *write) {
  Location base = location_row(flow->file->locations, write->location)->parent;
  uint32_t end, start = write->value ? facts_find(flow->now, write->value, &end) : (end = 0);
  for (uint32_t i = start; i < end; i++) {
    const Fact *fact = &flow->now->items[i];
    const Token *token = &flow->tokens.items[fact->token];
    if (fact->flags & FACT_DETACHED && token->location == write->location)
      return true;
    bool same = token->location == write->location || token->location == base;
    if (same && write->flags & ACCESS_ADD && !(fact->flags & FACT_DERIVED) && takes_out(flow, token))
      return true;
  }
  return false;
}

// A collection that was emptied before a suspension gets its first element again. What one callee drops and another
// fetches anew when it is needed is a cache.
static void refill(Flow *flow, const Write *write) {
  if (gives_back(flow, write))
    return;
  Location base = location_row(flow->file->locations, write->location)->parent;
  for (uint32_t i = facts_from(flow->now, HOLDER_EMPTIED); i < flow->now->count; i++) {
    const Fact *fact = &flow->now->items[i];
    Location emptied = flow->tokens.items[fact->token].location;
    if (fact->flags & FACT_INDIRECT && write->flags & ACCESS_CALLEE)
      continue;
    if (HOLDER_KIND(fact->holder) == HOLDER_EMPTIED && fact->flags & FACT_STALE &&
        (emptied == write->location || emptied == base))
      flow_candidate(flow, CANDIDATE_TORN, fact, emptied, write->flags, write->span);
  }
}

static void note_emptied(Flow *flow, const Write *write) {
  Written written = {flow, write->location, write->flags};
  if (write->flags & ACCESS_ADD)
    refill(flow, write);
  if (!(write->flags & (ACCESS_CLEAR | ACCESS_ASSIGN)))
    return;
  facts_filter(flow->now, HOLDER_EMPTIED, is_emptied, &written);
  // What is given its first, empty, object where there is none has not been emptied.
  bool fresh =
      write->value && !(write->flags & (ACCESS_VALIDATED | ACCESS_CALLEE)) && flow_makes_empty(flow, write->value);
  if (!(write->flags & ACCESS_CLEAR || fresh) || write->flags & ACCESS_DECLARES || write->passing)
    return;
  uint32_t token = flow_token(flow, write->location);
  facts_add(flow->now, (Fact){.holder = HOLDER_EMPTIED | token,
                              .token = token,
                              .flags = write->flags & ACCESS_CALLEE ? FACT_INDIRECT : 0u,
                              .guards = flow->now->held});
}

static bool is_parked(const Fact *fact, const void *context) {
  const Written *written = context;
  return HOLDER_KIND(fact->holder) == HOLDER_PARKED &&
         written->flow->tokens.items[fact->token].location == written->location;
}

// What comes from the caller and is put into a shared place belongs to this call.
static void note_parked(Flow *flow, const Write *write) {
  Written written = {flow, write->location, write->flags};
  facts_filter(flow->now, HOLDER_PARKED, is_parked, &written);
  if (!(write->flags & ACCESS_ARGUMENT) || !(write->flags & ACCESS_ASSIGN) || write->flags & ACCESS_CALLEE)
    return;
  uint32_t token = flow_token(flow, write->location);
  facts_add(flow->now, (Fact){.holder = HOLDER_PARKED | token, .token = token, .guards = flow->now->held});
}

// What values hold of the location is from now on another object than what stands there.
static void detach(Flow *flow, Location location) {
  for (uint32_t i = 0; i < flow->now->count; i++) {
    Fact *fact = &flow->now->items[i];
    bool holds = HOLDER_KIND(fact->holder) == HOLDER_VALUE || HOLDER_KIND(fact->holder) == HOLDER_HANDED;
    if (holds && flow->tokens.items[fact->token].location == location)
      fact->flags |= FACT_DETACHED;
  }
}

// A variable that is only now declared: nobody has looked at it before.
static bool declares(const Flow *flow, const Write *write) {
  const LocationRow *row = location_row(flow->file->locations, write->location);
  if (row->root != ROOT_VARIABLE || row->depth)
    return false;
  const Variable *variable = module_variable(flow->file->module, row->name);
  // Each turn of a loop makes a variable of its own only where there are blocks.
  if (flow->file->module->traits.receiver_is_parameter && cfg_in_loop(flow->cfg, flow->block))
    return false;
  return variable->owner == flow->id && variable->declaration.end && write->span.start <= variable->declaration.start &&
         variable->declaration.end <= write->span.end;
}

void flow_write(Flow *flow, Write write) {
  if (declares(flow, &write))
    write.flags |= ACCESS_DECLARES;
  bool latch = (write.flags & (ACCESS_CONSTANT | ACCESS_NULLS | ACCESS_CALLEE)) == ACCESS_CONSTANT;
  if (flow->recording && latch && in_handler(flow, flow->block))
    write.flags |= ACCESS_ON_FAILURE;
  if (write.flags & ACCESS_ASSIGN && write.value && value_read(flow, write.value, write.location, false))
    write.flags |= ACCESS_UPDATE;
  const Fact *fresh = deciding_test(flow, &write, false);
  if (fresh)
    write.flags |= ACCESS_VALIDATED;
  if (fresh && !(write.flags & ACCESS_CALLEE) && flow->tokens.items[fresh->token].location == write.location)
    write.flags |= flow_finding(flow, fresh);
  if (!(write.flags & ACCESS_CALLEE) && (fresh || deciding_test(flow, &write, true)))
    write.flags |= ACCESS_TESTED;
  find_candidates(flow, &write);
  if (!(write.flags & ACCESS_CALLEE))
    flow_note(flow, write.location, write.flags, write.span);
  claim(flow, &write);
  note_emptied(flow, &write);
  consume_tests(flow, &write);
  note_parked(flow, &write);
  if (write.flags & ACCESS_ASSIGN)
    detach(flow, write.location);
  flow_claim_premises(flow, &write);
}

// --- claims that come too late

static bool writes_itself(const Flow *flow, Location location) {
  for (uint32_t i = 0; i < flow->function->code.count; i++) {
    const Instruction *instruction = &flow->function->code.items[i];
    if (instruction->op != OP_STORE && instruction->op != OP_SET_FIELD && instruction->op != OP_SET_ITEM)
      continue;
    Location places[VALUE_SET_LIMIT];
    uint32_t count = values_places(flow->file->values, flow->id, instruction, places);
    for (uint32_t p = 0; p < count; p++)
      if (places[p] == location)
        return true;
  }
  return false;
}

void flow_claim_in_task(Flow *flow, const Access *claim, Location location, const Instruction *start) {
  Write write = {.location = location, .flags = claim->flags, .span = claim->span};
  const Fact *test = flow->recording ? deciding_test(flow, &write, false) : NULL;
  if (!test || flow_finding(flow, test) != ACCESS_IF_ABSENT || writes_itself(flow, location))
    return;
  array_push(flow->file->arena, &flow->summary->candidates,
             ((Candidate){.kind = CANDIDATE_ACT,
                          .location = location,
                          .function = claim->function,
                          .origin = claim->function,
                          .first = flow->tokens.items[test->token].span,
                          .suspension = start->span,
                          .second = claim->span,
                          .flags = claim->flags}));
}
