// The tasks that run each function, along the calls, and how many of them there may be.
#include "contexts_state.h"
#include <string.h>

static bool add_all(RootSet *to, RootSet from) {
  RootSet before = *to;
  *to |= from;
  return *to != before;
}

static bool pass_on(Contexts *contexts, const Edge *edge) {
  FunctionId from = edge->caller, to = edge->callee.function;
  RootSet all = contexts->shared[from] | contexts->owned[from];
  bool changed;
  if (contexts_owns_receiver(contexts, edge->callee.receiver)) {
    changed = add_all(&contexts->owned[to], all);
  } else if (abstract_kind(edge->callee.receiver) == ABSTRACT_SELF) {
    changed = add_all(&contexts->shared[to], contexts->shared[from]);
    changed |= add_all(&contexts->owned[to], contexts->owned[from]);
  } else {
    changed = add_all(&contexts->shared[to], all);
  }
  if (all)
    contexts->entered[to] = true;
  return changed;
}

static void propagate(Contexts *contexts) {
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 0; i < contexts->graph->count; i++)
      if (contexts->graph->edges[i].kind == EDGE_CALL && pass_on(contexts, &contexts->graph->edges[i]))
        changed = true;
  }
}

// Whether the caller waits for what the call gives before it goes on.
static bool awaited_at_once(const Contexts *contexts, const Edge *edge) {
  const Function *caller = module_function(contexts_module(contexts), edge->caller);
  const Instruction *call = &caller->code.items[edge->instruction];
  if (call->op == OP_AWAIT)
    return true;
  for (uint32_t i = edge->instruction + 1; i < caller->code.count && call->result; i++)
    if (caller->code.items[i].op == OP_AWAIT && caller->code.items[i].a == call->result)
      return true;
  return false;
}

static void find_overlapping(Contexts *contexts) {
  uint32_t count = contexts_module(contexts)->functions.count;
  FunctionId *caller = ARENA_ARRAY(contexts->file->arena, FunctionId, count); // by function: the last that called it
  contexts->overlapping = ARENA_ARRAY(contexts->file->arena, bool, count);
  for (uint32_t i = 0; i < contexts->graph->count; i++) {
    const Edge *edge = &contexts->graph->edges[i];
    if (edge->kind != EDGE_CALL || awaited_at_once(contexts, edge))
      continue;
    bool again = flow_in_loop(contexts->file, edge->caller, edge->instruction) ||
                 contexts_repeats(contexts, edge->caller, edge->instruction);
    if (again || caller[edge->callee.function] == edge->caller)
      contexts->overlapping[edge->callee.function] = true;
    caller[edge->callee.function] = edge->caller;
  }
}

// The roots that are no outsider's calls.
RootSet contexts_in_view(const Contexts *contexts, RootSet set) {
  for (uint32_t r = 0; r < 64; r++)
    if (set >> r & 1 && contexts->roots[r].kind == EDGE_CALLBACK)
      set &= ~BIT(r);
  return set;
}

// Whether functions that have these roots may run more than once at a time: by the roots in view alone, if asked.
static bool is_many(const Contexts *contexts, RootSet set, bool only_in_view) {
  if (only_in_view)
    set = contexts_in_view(contexts, set);
  bool many = (set & (set - 1)) != 0;
  for (uint32_t r = 0; r < 64 && !many; r++)
    if (set >> r & 1)
      many = only_in_view ? contexts->roots[r].many_in_view : contexts->roots[r].many;
  return many;
}

// The field that keeps the task of a root; 0 for none.
Location contexts_kept_in(const Contexts *contexts, const Root *root) {
  const Function *spawner = module_function(contexts_module(contexts), root->spawner);
  for (uint32_t i = root->group + 1; i < spawner->code.count; i++) {
    const Instruction *store = &spawner->code.items[i];
    Location places[VALUE_SET_LIMIT];
    bool keeps = store->op == OP_SET_FIELD &&
                 values_source(contexts->file->values, root->spawner, store->c) == &spawner->code.items[root->group];
    if (keeps && values_places(contexts->file->values, root->spawner, store, places))
      return places[0];
  }
  return 0;
}

// Whether the spawner starts the one task of its own object that a field keeps, by its name once in the object's life.
static bool starts_its_object(const Contexts *contexts, const Root *root) {
  const Function *spawner = module_function(contexts_module(contexts), root->spawner);
  if (!root->of_self || !spawner->class_id || !contexts_kept_in(contexts, root))
    return false;
  return contexts_starts_by_name(contexts, root->spawner);
}

// A root is many where its spawner may itself run more than once.
static void find_many(Contexts *contexts) {
  for (uint32_t i = 3; i < contexts->root_count; i++) {
    Root *root = &contexts->roots[i];
    root->many = root->many_in_view = root->many_here || (contexts->overlapping[root->spawner] && !root->joined);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 3; i < contexts->root_count; i++) {
      Root *root = &contexts->roots[i];
      RootSet spawner = contexts_roots(contexts, root->spawner);
      bool once = root->once || starts_its_object(contexts, root);
      if (!root->many && is_many(contexts, spawner, once))
        root->many = changed = true;
      if (!root->many_in_view && is_many(contexts, spawner, true))
        root->many_in_view = changed = true;
    }
  }
}

// The one task that calls the function, as far as the file tells; 0 where others do, or nobody.
static RootSet only_caller(const Contexts *contexts, FunctionId id) {
  RootSet callers = 0;
  for (const Edge *edge = contexts->graph->into[id]; edge; edge = edge->next_into) {
    RootSet set = contexts_roots(contexts, edge->caller);
    bool of_self = abstract_kind(edge->callee.receiver) == ABSTRACT_SELF;
    if (edge->kind != EDGE_CALL || edge->caller == id || !set || !of_self)
      return 0;
    callers |= set;
  }
  for (uint32_t r = 3; r < contexts->root_count; r++)
    if (callers == BIT(r))
      return contexts->roots[r].of_self && !contexts->roots[r].many ? callers : 0;
  return 0;
}

// A public method that only the one task of its object is seen to call, and one that is that task, are no outsiders' to
// call.
static bool find_inner(Contexts *contexts) {
  bool found = false;
  for (FunctionId id = 2; id < contexts_module(contexts)->functions.count; id++) {
    const Edge *edge = contexts->graph->into[id];
    if (!edge || !module_function(contexts_module(contexts), id)->class_id || !contexts_is_public(contexts, id))
      continue;
    contexts->inner[id] = contexts_is_only_start(contexts, edge) || only_caller(contexts, id);
    found |= contexts->inner[id];
  }
  return found;
}

enum { INNER_ROUNDS = 3 }; // so deep do public methods of one task call each other

static void find_tasks(Contexts *contexts) {
  uint32_t count = contexts_module(contexts)->functions.count;
  memset(contexts->shared, 0, sizeof(RootSet) * count);
  memset(contexts->owned, 0, sizeof(RootSet) * count);
  memset(contexts->entered, 0, sizeof(bool) * count);
  contexts_add_roots(contexts);
  contexts_find_handed_depths(contexts);
  propagate(contexts);
  find_many(contexts);
}

Contexts *contexts_new(FlowFile *file, const CallGraph *graph) {
  Contexts *contexts = ARENA_NEW(file->arena, Contexts);
  uint32_t count = file->module->functions.count;
  *contexts = (Contexts){.file = file, .graph = graph};
  contexts->shared = ARENA_ARRAY(file->arena, RootSet, count);
  contexts->owned = ARENA_ARRAY(file->arena, RootSet, count);
  contexts->entered = ARENA_ARRAY(file->arena, bool, count);
  contexts->inner = ARENA_ARRAY(file->arena, bool, count);
  contexts->closed = contexts_is_closed(contexts);
  contexts_find_only_entered(contexts);
  find_overlapping(contexts);
  find_tasks(contexts);
  for (unsigned round = 0; !contexts->closed && round < INNER_ROUNDS && find_inner(contexts); round++)
    find_tasks(contexts);
  contexts_find_entry(contexts);
  return contexts;
}

TaskRoots contexts_roots(const Contexts *contexts, FunctionId function) {
  return contexts->shared[function] | contexts->owned[function];
}

TaskRoot contexts_root(const Contexts *contexts, uint32_t number) {
  const Root *root = &contexts->roots[number];
  bool outside = number == ROOT_PUBLIC || number == ROOT_SEQUENTIAL;
  FunctionId beside = number != ROOT_MAIN && root->kind == EDGE_RUN ? root->spawner : 0;
  return (TaskRoot){root->kind, outside, root->entry, beside, root->many, root->span};
}
