// What calls and functions give.
#include "awaitable_state.h"

enum { DEPTH_LIMIT = 64 };

typedef enum Memo { MEMO_NONE, MEMO_RUNNING, MEMO_DONE } Memo; // MEMO_DONE + Awaitable once known

// --- what a function gives

// Marks the blocks to which control comes from `from` without an exception.
static void mark_reached(const Function *function, BlockId from, bool *reached, BlockId *stack) {
  uint32_t depth = 0;
  if (!reached[from])
    reached[from] = true, stack[depth++] = from;
  while (depth) {
    const Block *block = &function->blocks.items[stack[--depth]];
    for (int i = 0; i < 2; i++) {
      BlockId next = block->successors[i];
      if (next && !reached[next])
        reached[next] = true, stack[depth++] = next;
    }
  }
}

static bool throws(Awaitables *awaitables, FunctionId id, const Instruction *instruction) {
  (void)awaitables, (void)id;
  return instruction->op == OP_THROW;
}

static bool waits(Awaitables *awaitables, FunctionId id, const Instruction *instruction) {
  (void)awaitables, (void)id;
  return instruction->op == OP_AWAIT || (instruction->op == OP_NEXT && instruction->flags & INSTRUCTION_ASYNC);
}

// Waiting for what may fail: a pause does not, nor what has its failure handled where it stands.
static bool waits_in_danger(Awaitables *awaitables, FunctionId id, const Instruction *instruction) {
  if (!waits(awaitables, id, instruction) || instruction->op != OP_AWAIT)
    return waits(awaitables, id, instruction);
  Awaitable kind = awaitable_of_value(awaitables, id, instruction->a);
  const Instruction *made = awaitable_definition(awaitables, id, instruction->a);
  const Model *model = made && made->op == OP_CALL_METHOD ? values_model(awaitables->values, id, made, NULL) : NULL;
  return kind != AWAITABLE_SAFE && !(kind == AWAITABLE_SETTLED && model && model->effects & EFFECT_CHAIN);
}

static bool may_throw(Awaitables *awaitables, FunctionId id, const Instruction *instruction) {
  (void)awaitables, (void)id;
  return op_may_throw(instruction->op);
}

static bool returns_something(Awaitables *awaitables, FunctionId id, const Instruction *instruction) {
  if (instruction->op != OP_RETURN || !instruction->a)
    return false;
  const Instruction *made = awaitable_definition(awaitables, id, instruction->a);
  return !made || made->op != OP_CONST;
}

static bool holds(Awaitables *awaitables, FunctionId id, const Block *block,
                  bool (*test)(Awaitables *, FunctionId, const Instruction *)) {
  const Function *function = module_function(awaitables->module, id);
  for (uint32_t i = block->first; i < block->first + block->count; i++)
    if (test(awaitables, id, &function->code.items[i]))
      return true;
  return false;
}

// A promise cannot fail when all that may fail of what the function waits for, and all that it throws outside of its
// handlers, is inside a `try`, and the handlers throw nothing on. What a handler itself may do wrong is left to it.
static bool cannot_fail(Awaitables *awaitables, FunctionId id) {
  const Function *function = module_function(awaitables->module, id);
  uint32_t count = function->blocks.count;
  bool *normal = ARENA_ARRAY(awaitables->arena, bool, count), *handlers = ARENA_ARRAY(awaitables->arena, bool, count);
  BlockId *stack = ARENA_ARRAY(awaitables->arena, BlockId, count);
  bool awaits = false, risk = false;
  mark_reached(function, 1, normal, stack);
  for (BlockId b = 1; b < count; b++) {
    const Block *block = &function->blocks.items[b];
    if (!normal[b])
      continue;
    awaits |= holds(awaitables, id, block, waits);
    risk |= !block->handler && holds(awaitables, id, block, may_throw);
    if (!holds(awaitables, id, block, waits_in_danger) && !holds(awaitables, id, block, throws))
      continue;
    if (!block->handler)
      return false;
    mark_reached(function, block->handler, handlers, stack);
  }
  for (BlockId b = 1; b < count; b++)
    if (handlers[b] && !normal[b] && holds(awaitables, id, &function->blocks.items[b], throws))
      return false;
  return awaits || !risk;
}

bool awaitable_is_done_at_once(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  Callees callees = values_callees(awaitables->values, function, call);
  for (uint32_t i = 0; i < callees.count; i++) {
    FunctionId id = callees.items[i].function;
    const Function *callee = module_function(awaitables->module, id);
    for (BlockId b = 1; b < callee->blocks.count; b++) {
      const Block *block = &callee->blocks.items[b];
      if (holds(awaitables, id, block, waits) || holds(awaitables, id, block, throws) ||
          holds(awaitables, id, block, returns_something))
        return false;
    }
  }
  return callees.count > 0;
}

static Awaitable worse(Awaitable a, Awaitable b) {
  return a < b ? a : b;
}

// A promise that the function uses for more than returning it is seen to by the function.
static Awaitable of_return(Awaitables *awaitables, FunctionId id, Value value) {
  Awaitable kind = value ? awaitable_of_value(awaitables, id, value) : AWAITABLE_NO;
  const Instruction *made = value ? awaitable_definition(awaitables, id, value) : NULL;
  if (kind <= AWAITABLE_SETTLED || !made)
    return kind;
  UseList uses = uses_of(awaitables_uses(awaitables, id), made->result);
  for (uint32_t i = 0; i < uses.count; i++)
    if (uses.items[i].instruction->op != OP_RETURN)
      kind = AWAITABLE_SETTLED;
  return uses.complete ? kind : AWAITABLE_SETTLED;
}

static Awaitable of_returns(Awaitables *awaitables, FunctionId id) {
  const Function *function = module_function(awaitables->module, id);
  Awaitable kind = AWAITABLE_OPEN;
  bool returns = false;
  for (uint32_t i = 0; i < function->code.count && kind; i++) {
    if (function->code.items[i].op != OP_RETURN)
      continue;
    returns = true;
    kind = worse(kind, of_return(awaitables, id, function->code.items[i].a));
  }
  return returns ? kind : AWAITABLE_NO;
}

static Awaitable compute_function(Awaitables *awaitables, FunctionId id) {
  const Function *function = module_function(awaitables->module, id);
  uint32_t other = FUNCTION_GENERATOR | FUNCTION_GETTER | FUNCTION_SETTER | FUNCTION_CONSTRUCTOR | FUNCTION_TRUNCATED;
  if (function->flags & other || awaitables->decorated[id])
    return AWAITABLE_NO;
  if (!(function->flags & FUNCTION_ASYNC))
    return of_returns(awaitables, id);
  bool starts = awaitables->module->traits.call_starts_async;
  return starts && cannot_fail(awaitables, id) ? AWAITABLE_SETTLED : AWAITABLE_OPEN;
}

Awaitable awaitable_of_function(Awaitables *awaitables, FunctionId function) {
  uint8_t *memo = &awaitables->memo[function];
  if (*memo == MEMO_RUNNING)
    return AWAITABLE_NO;
  if (*memo == MEMO_NONE) {
    *memo = MEMO_RUNNING;
    *memo = (uint8_t)(MEMO_DONE + compute_function(awaitables, function));
  }
  return (Awaitable)(*memo - MEMO_DONE);
}

Awaitable awaitable_of_callback(Awaitables *awaitables, FunctionId function, Value callback) {
  const ValueSet *set = values_of(awaitables->values, function, callback);
  if (!awaitable_is_function_set(set))
    return AWAITABLE_NO;
  Awaitable kind = AWAITABLE_OPEN;
  for (uint32_t i = 0; i < set->count; i++) {
    uint32_t number = abstract_number(set->items[i]);
    bool bound = abstract_kind(set->items[i]) == ABSTRACT_BOUND;
    FunctionId callee = bound ? values_bound(awaitables->values, number)->function : number;
    if (bound && awaitable_is_mixed(awaitables, module_function(awaitables->module, callee)))
      return AWAITABLE_NO;
    kind = worse(kind, awaitable_of_function(awaitables, callee));
  }
  return kind;
}

// --- what a call gives

static const Operand *argument_of(const Awaitables *awaitables, const Instruction *call, uint32_t index) {
  uint32_t count;
  const Operand *args = instruction_args(awaitables->module, call, &count);
  return index < count ? &args[index] : NULL;
}

// What follows a promise that cannot fail can fail if it is asynchronous itself.
static Awaitable after_safe(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  const Operand *callback = argument_of(awaitables, call, 0);
  bool open = callback && awaitable_of_callback(awaitables, function, callback->value) == AWAITABLE_OPEN;
  return open ? AWAITABLE_OPEN : AWAITABLE_SETTLED;
}

// `.then(f, g)`, `.catch(f)`, `.finally(f)`: the promise goes on, with its failure handled or not.
static Awaitable of_chain(Awaitables *awaitables, FunctionId function, const Instruction *call, const Model *model) {
  Awaitable kind = awaitable_of_value(awaitables, function, call->a);
  const Operand *handler = model->key >= 0 ? argument_of(awaitables, call, (uint32_t)model->key) : NULL;
  if (kind == AWAITABLE_SAFE)
    return after_safe(awaitables, function, call);
  if (kind != AWAITABLE_OPEN || !handler)
    return kind;
  const ValueSet *set = values_of(awaitables->values, function, handler->value);
  bool null = set->count == 1 && !set->open && abstract_kind(set->items[0]) == ABSTRACT_NULL;
  return null ? kind : AWAITABLE_SETTLED;
}

// What every element of a list is: of `[f(), g()]`, of `items.map(f)`.
static Awaitable of_elements(Awaitables *awaitables, FunctionId function, Value list) {
  const Instruction *made = awaitable_definition(awaitables, function, list);
  if (!made)
    return AWAITABLE_NO;
  if (made->op == OP_CALL_METHOD) {
    const Model *model = values_model(awaitables->values, function, made, NULL);
    const Operand *callback = argument_of(awaitables, made, 0);
    bool maps = model && model->kind == MODEL_CALL_NOW && callback;
    return maps ? awaitable_of_callback(awaitables, function, callback->value) : AWAITABLE_NO;
  }
  if (made->op != OP_MAKE)
    return AWAITABLE_NO;
  uint32_t count;
  const Operand *args = instruction_args(awaitables->module, made, &count);
  Awaitable kind = AWAITABLE_OPEN;
  for (uint32_t i = 0; i < count && kind; i++)
    kind = worse(kind, args[i].flags ? AWAITABLE_NO : awaitable_of_value(awaitables, function, args[i].value));
  return count ? kind : AWAITABLE_NO;
}

// `new Promise((resolve) => …)`: what cannot reject it.
static Awaitable of_executor(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  const Operand *executor = argument_of(awaitables, call, 0);
  const ValueSet *set = executor ? values_of(awaitables->values, function, executor->value) : NULL;
  if (!set || set->count != 1 || set->open || abstract_kind(set->items[0]) != ABSTRACT_FUNCTION)
    return AWAITABLE_OPEN;
  return module_function(awaitables->module, abstract_number(set->items[0]))->parameters.count < 2 ? AWAITABLE_SAFE
                                                                                                   : AWAITABLE_OPEN;
}

static Awaitable of_library(Awaitables *awaitables, FunctionId function, const Instruction *call, const Model *model) {
  if (model->effects & EFFECT_CHAIN)
    return of_chain(awaitables, function, call, model);
  if (model->effects & EFFECT_EXECUTES)
    return call->flags & INSTRUCTION_NEW ? of_executor(awaitables, function, call) : AWAITABLE_NO;
  if (!(model->effects & EFFECT_AWAITABLE))
    return AWAITABLE_NO;
  if (model->effects & EFFECT_SAFE)
    return AWAITABLE_SAFE;
  const Operand *list = argument_of(awaitables, call, 0);
  bool settled =
      model->kind == MODEL_GATHER && list && of_elements(awaitables, function, list->value) == AWAITABLE_SETTLED;
  return settled ? AWAITABLE_SETTLED : AWAITABLE_OPEN;
}

static Awaitable of_call(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  if (call->op != OP_CALL && call->op != OP_CALL_METHOD)
    return AWAITABLE_NO;
  if (call->flags & INSTRUCTION_DECORATOR)
    return AWAITABLE_NO;
  Callees callees = values_callees(awaitables->values, function, call);
  if (!callees.count) {
    const Model *model = values_model(awaitables->values, function, call, NULL);
    return model ? of_library(awaitables, function, call, model) : AWAITABLE_NO;
  }
  if (!awaitable_callees_known(awaitables, function, call))
    return AWAITABLE_NO;
  Awaitable kind = AWAITABLE_OPEN;
  for (uint32_t i = 0; i < callees.count && kind; i++)
    kind = worse(kind, awaitable_of_function(awaitables, callees.items[i].function));
  return kind;
}

// Chains and helpers of helpers are looked through to a depth that no one writes by hand.
Awaitable awaitable_of_call(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  if (awaitables->depth == DEPTH_LIMIT)
    return AWAITABLE_NO;
  awaitables->depth++;
  Awaitable kind = of_call(awaitables, function, call);
  awaitables->depth--;
  return kind;
}

Awaitable awaitable_of_value(Awaitables *awaitables, FunctionId function, Value value) {
  const Instruction *made = awaitable_definition(awaitables, function, value);
  return made ? awaitable_of_call(awaitables, function, made) : AWAITABLE_NO;
}
