// What is held, and decided, around every call of a function.
#include "contexts_state.h"

static void meet_locks(LockSet *into, bool *known, const LockSet *held) {
  *into = *known ? lock_sets_common(into, held) : *held;
  *known = true;
}

// What the starting of a task claims: the task runs under the claim until somebody writes there again.
static Location claim_of(const Contexts *contexts, const Edge *edge) {
  return edge->kind == EDGE_SPAWN ? contexts->file->claimed_at[edge->maker][edge->made] : 0;
}

// Whether the function gives what a call gives, or what continues it (`return p.then(f).finally(g)`), to whoever called
// it.
static bool is_returned(const Contexts *contexts, FunctionId id, uint32_t call) {
  const Function *function = module_function(contexts_module(contexts), id);
  Value value = function->code.items[call].result;
  for (uint32_t i = call + 1; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (instruction->op == OP_RETURN && instruction->a == value)
      return true;
    bool goes_on = instruction->op == OP_MOVE || instruction->op == OP_CALL_METHOD;
    if (goes_on && instruction->a == value)
      value = instruction->result;
  }
  return false;
}

// The locks that the starter of a task holds until it has waited for it, or its callers until they have.
static LockSet held_around_task(const Contexts *contexts, const Edge *edge) {
  const LockSet *entry = &contexts->entry[edge->caller];
  LockSet started = contexts->file->held_at[edge->caller][edge->instruction], around = {0};
  uint32_t join = started.count || entry->count ? contexts_find_join(contexts, edge->caller, edge->instruction) : 0;
  // What is returned is the one task that goes on under the callers' locks.
  if (!join)
    return is_returned(contexts, edge->caller, edge->instruction) ? *entry : around;
  LockSet waited = contexts->file->held_at[edge->caller][join];
  for (uint32_t i = 0; i < started.count; i++)
    if (!(started.items[i] & LOCK_CLAIM) && lock_set_holds(&waited, started.items[i]))
      lock_set_add(&around, started.items[i] | LOCK_INHERITED);
  for (uint32_t i = 0; i < entry->count; i++)
    if (!(entry->items[i] & LOCK_CLAIM))
      lock_set_add(&around, entry->items[i] | LOCK_INHERITED);
  return around;
}

static bool is_waited_for(const Contexts *contexts, const Edge *edge) {
  return (edge->kind == EDGE_GATHER || edge->kind == EDGE_SPAWN) &&
         (contexts_find_join(contexts, edge->caller, edge->instruction) ||
          is_returned(contexts, edge->caller, edge->instruction));
}

// The tests that decide about a call, in terms of the callee: about its own object, or about what is no object's.
static StateSet states_around(const Contexts *contexts, const Edge *edge) {
  StateSet states = {0};
  AbstractKind receiver = abstract_kind(edge->callee.receiver);
  if (edge->kind != EDGE_CALL || (receiver != ABSTRACT_SELF && receiver != ABSTRACT_NONE))
    return states;
  states = contexts->file->states_at[edge->caller][edge->instruction];
  const StateSet *entry = &contexts->entry_states[edge->caller];
  for (uint32_t i = 0; i < entry->count; i++)
    state_set_add(&states, entry->items[i]);
  return states;
}

// Whether the function starts itself anew: it goes on under the claim that it was called under.
static bool starts_itself(const Edge *edge) {
  return edge->kind == EDGE_SPAWN && edge->caller == edge->callee.function && edge->maker == edge->caller;
}

static bool is_true(const Contexts *contexts, FunctionId id, Value value) {
  const ValueSet *set = values_of(contexts->file->values, id, value);
  return set->count == 1 && !set->open && abstract_kind(set->items[0]) == ABSTRACT_TRUE;
}

// Whether the function may have taken a claim back before the instruction is reached.
static bool gives_up(const Contexts *contexts, FunctionId id, uint32_t instruction, Location location) {
  const Function *function = module_function(contexts_module(contexts), id);
  const Cfg *cfg = contexts->file->cfgs[id];
  BlockId to = function_block_of(function, instruction);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *write = &function->code.items[i];
    if (write->op != OP_STORE && write->op != OP_SET_FIELD && write->op != OP_SET_ITEM)
      continue;
    if (is_true(contexts, id, write->op == OP_STORE ? write->b : write->c))
      continue;
    Location places[VALUE_SET_LIMIT];
    uint32_t count = values_places(contexts->file->values, id, write, places);
    BlockId from = function_block_of(function, i);
    for (uint32_t p = 0; p < count; p++)
      if (places[p] == location && cfg && ((from == to && i < instruction) || cfg_reaches(cfg, from, to)))
        return true;
  }
  return false;
}

// Of the claims around a function that starts itself anew, those that are still in force then; its callers' locks are
// not.
static LockSet claims_kept(const Contexts *contexts, const Edge *again, const LockSet *around) {
  LockSet kept = {0};
  for (uint32_t i = 0; i < around->count; i++) {
    Location location = LOCK_LOCATION(around->items[i]);
    if (around->items[i] & LOCK_CLAIM && !gives_up(contexts, again->caller, again->instruction, location))
      lock_set_add(&kept, around->items[i]);
  }
  return kept;
}

void contexts_find_entry(Contexts *contexts) {
  uint32_t count = contexts_module(contexts)->functions.count;
  contexts->entry_states = ARENA_ARRAY(contexts->file->arena, StateSet, count);
  contexts->entry = ARENA_ARRAY(contexts->file->arena, LockSet, count);
  bool *root = ARENA_ARRAY(contexts->file->arena, bool, count);
  for (uint32_t i = 0; i < contexts->graph->count; i++)
    if (contexts->graph->edges[i].kind != EDGE_CALL && !claim_of(contexts, &contexts->graph->edges[i]) &&
        !contexts->graph->edges[i].lock && !is_waited_for(contexts, &contexts->graph->edges[i]) &&
        !starts_itself(&contexts->graph->edges[i]))
      root[contexts->graph->edges[i].callee.function] = true;
  for (FunctionId id = 1; id < count; id++)
    if (!contexts->closed && contexts_is_public(contexts, id))
      root[id] = true;
  // Callers before callees; what a cycle would add is left out.
  for (uint32_t n = 0; n < contexts->graph->function_count; n++) {
    FunctionId id = contexts->graph->top_down[n];
    bool known = false;
    const Edge *again = NULL;
    if (root[id])
      continue;
    for (const Edge *edge = contexts->graph->into[id]; edge; edge = edge->next_into) {
      if (starts_itself(edge))
        again = edge;
      if (!contexts->entered[edge->caller] || edge->caller == id)
        continue; // it goes on under what it was called under
      LockSet held = contexts->file->held_at[edge->caller][edge->instruction];
      // Where a call starts what is awaited later, a lock taken in between comes too late.
      if (edge->kind == EDGE_CALL && edge->maker == edge->caller && contexts_module(contexts)->traits.call_starts_async)
        held = lock_sets_common(&held, &contexts->file->held_at[edge->maker][edge->made]);
      Location claim = claim_of(contexts, edge);
      // A task of its own holds what it is started under only where that is the point of starting it.
      if (edge->kind != EDGE_CALL)
        held = held_around_task(contexts, edge);
      if (claim)
        lock_set_add(&held, claim | LOCK_CLAIM);
      if (edge->lock)
        lock_set_add(&held, edge->lock);
      for (uint32_t l = 0; edge->kind == EDGE_CALL && l < contexts->entry[edge->caller].count; l++)
        lock_set_add(&held, contexts->entry[edge->caller].items[l]);
      StateSet states = states_around(contexts, edge);
      contexts->entry_states[id] = known ? state_sets_common(&contexts->entry_states[id], &states) : states;
      meet_locks(&contexts->entry[id], &known, &held);
    }
    if (again)
      contexts->entry[id] = claims_kept(contexts, again, &contexts->entry[id]);
  }
}

const LockSet *contexts_entry_locks(const Contexts *contexts, FunctionId function) {
  return &contexts->entry[function];
}

const StateSet *contexts_entry_states(const Contexts *contexts, FunctionId function) {
  return &contexts->entry_states[function];
}
