// The roots: each way for a task to begin.
#include "contexts_state.h"
#include <string.h>

static bool calls_run(const Contexts *contexts) {
  for (uint32_t i = 0; i < contexts->graph->count; i++) {
    const Edge *edge = &contexts->graph->edges[i];
    const Function *caller = module_function(contexts_module(contexts), edge->caller);
    if (edge->kind == EDGE_RUN && !(caller->flags & FUNCTION_ASYNC) && !caller->class_id)
      return true;
  }
  return false;
}

// A script: nothing exported, and its top level starts something of its own.
static bool is_script(const Contexts *contexts) {
  if (contexts_module(contexts)->traits.receiver_is_parameter || contexts_module(contexts)->has_exports)
    return false;
  return contexts->graph->from[1] != NULL;
}

bool contexts_is_closed(const Contexts *contexts) {
  return contexts_module(contexts)->main_guard || calls_run(contexts) || is_script(contexts);
}

bool contexts_owns_receiver(const Contexts *contexts, Abstract receiver) {
  return abstract_kind(receiver) == ABSTRACT_FRESH &&
         !values_allocation(contexts->file->values, abstract_number(receiver))->escapes;
}

// Whether the maker of the receiver makes one for each task.
static bool own_per_task(const Contexts *contexts, const Edge *edge) {
  if (!contexts_owns_receiver(contexts, edge->callee.receiver))
    return false;
  const Allocation *made = values_allocation(contexts->file->values, abstract_number(edge->callee.receiver));
  return flow_in_loop(contexts->file, made->function, made->instruction) ||
         !flow_in_loop(contexts->file, edge->maker, edge->made);
}

// The nearest instruction above `at` that gives `value`; NULL where there is none.
static const Instruction *giver_above(const Function *function, uint32_t at, Value value) {
  while (at-- > 0)
    if (function->code.items[at].result == value)
      return &function->code.items[at];
  return NULL;
}

// Whether the receiver is what a loop iterates: another object each time around.
static bool receiver_is_element(const Contexts *contexts, const Edge *edge) {
  const Function *maker = module_function(contexts_module(contexts), edge->maker);
  const Instruction *giver = &maker->code.items[edge->made];
  if (giver->op != OP_CALL_METHOD)
    return false;
  // `for number, item in enumerate(items)` takes the pair apart.
  do
    giver = giver_above(maker, (uint32_t)(giver - maker->code.items), giver->a);
  while (giver && (giver->op == OP_MOVE || giver->op == OP_GET_ITEM));
  return giver && giver->op == OP_NEXT;
}

// Whether an instruction calls the function it is given for every element of something.
bool contexts_repeats(const Contexts *contexts, FunctionId function, uint32_t instruction) {
  const Instruction *call = &module_function(contexts_module(contexts), function)->code.items[instruction];
  if (call->op != OP_CALL_METHOD && call->op != OP_CALL)
    return false;
  if (values_callees(contexts->file->values, function, call).count)
    return false;
  const Model *model = values_model(contexts->file->values, function, call, NULL);
  return model && model->kind == MODEL_CALL_NOW;
}

void contexts_enter(Contexts *contexts, FunctionId function, uint32_t root, bool owned) {
  if (owned)
    contexts->owned[function] |= BIT(root);
  else
    contexts->shared[function] |= BIT(root);
  contexts->entered[function] = true;
}

// Whether what calls the function back does so for one event after the other.
static bool is_called_in_turn(const Contexts *contexts, const Edge *edge) {
  const Function *callee = module_function(contexts_module(contexts), edge->callee.function);
  if (model_method_is_sequential(symbol_text(contexts_module(contexts)->symbols, callee->name)))
    return true;
  const Instruction *call = &module_function(contexts_module(contexts), edge->caller)->code.items[edge->instruction];
  if (edge->kind != EDGE_HANDLER || (call->op != OP_CALL && call->op != OP_CALL_METHOD))
    return false;
  const Model *model = values_model(contexts->file->values, edge->caller, call, NULL);
  return model && model->effects & EFFECT_IN_TURN;
}

// Whether the function gets into a loop that nothing but an exception ends: the body of a task.
static bool is_endless(const Contexts *contexts, FunctionId id) {
  const Function *function = module_function(contexts_module(contexts), id);
  const Cfg *cfg = contexts->file->cfgs[id];
  if (!cfg || !(function->flags & FUNCTION_ASYNC) || function->flags & FUNCTION_GENERATOR)
    return false;
  return cfg_is_endless(cfg);
}

// Whether an edge is all that leads to a function, and starts it as a task of the object itself.
bool contexts_is_only_start(const Contexts *contexts, const Edge *edge) {
  bool starts = edge->kind == EDGE_SPAWN || edge->kind == EDGE_CALLBACK;
  bool alone = contexts->graph->into[edge->callee.function] == edge && !edge->next_into;
  return starts && alone && abstract_kind(edge->callee.receiver) == ABSTRACT_SELF &&
         !flow_in_loop(contexts->file, edge->maker, edge->made) && is_endless(contexts, edge->callee.function);
}

bool contexts_starts_by_name(const Contexts *contexts, FunctionId id) {
  const Function *function = module_function(contexts_module(contexts), id);
  return function->class_id && (function->flags & FUNCTION_CONSTRUCTOR ||
                                model_method_starts(symbol_text(contexts_module(contexts)->symbols, function->name)));
}

// Whether what starts the object hands out another method of it that starts it, to be run once:
// `sync(self.loop, self._start)`.
static bool hands_out_start(const Contexts *contexts, const Edge *edge) {
  return edge->kind == EDGE_CALLBACK && abstract_kind(edge->callee.receiver) == ABSTRACT_SELF &&
         contexts_starts_by_name(contexts, edge->caller) && contexts_starts_by_name(contexts, edge->callee.function) &&
         module_function(contexts_module(contexts), edge->callee.function)->flags & FUNCTION_PRIVATE;
}

static bool is_repeated(const Contexts *contexts, FunctionId function, uint32_t instruction) {
  return flow_in_loop(contexts->file, function, instruction) || contexts_repeats(contexts, function, instruction);
}

static uint32_t add_root(Contexts *contexts, const Edge *edge) {
  if (contexts->root_count >= ROOT_OVERFLOW)
    return ROOT_OVERFLOW;
  const Function *maker = module_function(contexts_module(contexts), edge->maker);
  bool in_turn = is_called_in_turn(contexts, edge), owned = contexts_owns_receiver(contexts, edge->callee.receiver);
  uint32_t join = edge->kind == EDGE_SPAWN || edge->kind == EDGE_GATHER || edge->kind == EDGE_CALLBACK
                      ? contexts_find_join(contexts, edge->caller, edge->instruction)
                      : 0;
  bool endless = contexts_is_only_start(contexts, edge), start = hands_out_start(contexts, edge);
  bool again = (edge->kind == EDGE_HANDLER || edge->kind == EDGE_CALLBACK) && !in_turn && !endless && !start;
  bool many = again || is_repeated(contexts, edge->maker, edge->made);
  // A coroutine made by a helper: the spawner may call the helper again and again.
  const Edge *call = edge->maker == edge->caller ? NULL : contexts->graph->into[edge->maker];
  for (; call && !many; call = call->next_into) {
    if (call->kind != EDGE_CALL)
      continue;
    many = is_repeated(contexts, call->caller, call->instruction);
  }
  contexts->roots[contexts->root_count] = (Root){
      .kind = edge->kind,
      .spawner = edge->caller,
      .entry = edge->callee.function,
      .group = edge->instruction,
      .many_here = many,
      .once = endless || start,
      .in_turn = edge->kind == EDGE_CALLBACK && join,
      .join = join,
      .receiver = owned ? abstract_number(edge->callee.receiver) + 1 : 0,
      .of_self = abstract_kind(edge->callee.receiver) == ABSTRACT_SELF && (edge->kind == EDGE_SPAWN || endless),
      .own_receiver = own_per_task(contexts, edge) || receiver_is_element(contexts, edge),
      .span = maker->code.items[edge->made].span,
  };
  contexts->roots[contexts->root_count].joined = contexts->roots[contexts->root_count].join != 0;
  return contexts->root_count++;
}

// What the spawner calls while the task may be alive is a task beside it.
static void add_during(Contexts *contexts) {
  uint32_t spawned = contexts->root_count;
  for (uint32_t r = 3; r < spawned; r++) {
    Root *root = &contexts->roots[r];
    if (!root->joined)
      continue;
    for (const Edge *call = contexts->graph->from[root->spawner]; call; call = call->next_from) {
      if (call->kind != EDGE_CALL)
        continue;
      if (call->instruction <= root->group || call->instruction >= root->join)
        continue;
      if (!root->during && contexts->root_count < ROOT_OVERFLOW) {
        root->during = contexts->root_count++;
        contexts->roots[root->during] =
            (Root){.kind = EDGE_RUN, .spawner = root->spawner, .group = root->group, .join = root->join};
      }
      bool owned = contexts_owns_receiver(contexts, call->callee.receiver);
      if (root->during)
        contexts_enter(contexts, call->callee.function, root->during, owned);
    }
  }
}

void contexts_add_roots(Contexts *contexts) {
  contexts->roots[ROOT_PUBLIC] = (Root){.kind = EDGE_CALLBACK, .many_here = true, .many = true};
  contexts->roots[ROOT_MAIN] = (Root){.kind = EDGE_RUN};
  contexts->roots[ROOT_OVERFLOW] = (Root){.kind = EDGE_SPAWN, .many_here = true, .many = true};
  contexts->roots[ROOT_SEQUENTIAL] = (Root){.kind = EDGE_CALLBACK};
  contexts->root_count = 3;
  contexts_enter(contexts, 1, ROOT_MAIN, false);
  contexts_add_public_roots(contexts);
  for (uint32_t i = 0; i < contexts->graph->count; i++) {
    const Edge *edge = &contexts->graph->edges[i];
    if (edge->kind == EDGE_CALL)
      continue;
    bool own = own_per_task(contexts, edge);
    uint32_t root = edge->kind == EDGE_RUN ? ROOT_MAIN : add_root(contexts, edge);
    contexts_enter(contexts, edge->callee.function, root, own);
  }
  add_during(contexts);
  contexts_add_unreached(contexts);
}
