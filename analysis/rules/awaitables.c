#include "awaitables.h"
#include <string.h>

enum { DEPTH_LIMIT = 6, NAME_PARTS = 6 };

typedef enum Memo { MEMO_NONE, MEMO_RUNNING, MEMO_DONE } Memo; // MEMO_DONE + Awaitable once known

enum { MEMBER_SYNCHRONOUS = 1 << 0, MEMBER_ASYNCHRONOUS = 1 << 1, MEMBER_REPLACED = 1 << 2 };

struct Awaitables {
  RuleRun *run;
  Arena *arena;
  const Module *module;
  Values *values;
  bool *decorated; // by function: by something that may change what it returns
  uint8_t *memo;   // by function
  uint8_t *names;  // by symbol: which functions are members of this name
  Uses **uses;     // by function
};

// --- what changes a function: decorators, and assignments to its name

// A decorator of the file: it gives back what it got, or a wrapper that returns what an async function does.
static bool wrapper_keeps(const Awaitables *awaitables, FunctionId decorator) {
  const ValueSet *returned = values_returns(awaitables->values, decorator);
  for (uint32_t i = 0; i < returned->count; i++) {
    Abstract item = returned->items[i];
    if (abstract_kind(item) == ABSTRACT_OBJECT)
      continue; // its parameter
    if (abstract_kind(item) != ABSTRACT_FUNCTION)
      return false;
    if (!(module_function(awaitables->module, abstract_number(item))->flags & FUNCTION_ASYNC))
      return false;
  }
  return returned->count && !returned->open;
}

static bool library_keeps(const Awaitables *awaitables, Symbol path) {
  Symbols *symbols = awaitables->module->symbols;
  const char *text = symbol_text(symbols, path);
  size_t length = symbol_length(symbols, path);
  if (length > 2 && strcmp(text + length - 2, "()") == 0)
    path = symbol_of(symbols, text, length - 2); // made by a call
  const Model *model = models_find(awaitables->run->file->models, path);
  return model && model->effects & EFFECT_ALIKE;
}

static bool decorator_keeps(const Awaitables *awaitables, FunctionId function, const Instruction *call) {
  const ValueSet *set = values_of(awaitables->values, function, call->a);
  for (uint32_t i = 0; i < set->count; i++) {
    uint32_t number = abstract_number(set->items[i]);
    bool keeps = false;
    switch (abstract_kind(set->items[i])) {
    case ABSTRACT_FUNCTION:
      keeps = wrapper_keeps(awaitables, number);
      break;
    case ABSTRACT_EXTERNAL:
      keeps = library_keeps(awaitables, number);
      break;
    case ABSTRACT_FRESH:
      keeps = library_keeps(awaitables, values_allocation(awaitables->values, number)->type);
      break;
    default:
      break;
    }
    if (!keeps)
      return false;
  }
  return set->count && !set->open;
}

static void note_decorator(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  uint32_t count;
  const Operand *args = instruction_args(awaitables->module, call, &count);
  if (!count || decorator_keeps(awaitables, function, call))
    return;
  const ValueSet *set = values_of(awaitables->values, function, args[0].value);
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_FUNCTION)
      awaitables->decorated[abstract_number(set->items[i])] = true;
}

static const Instruction *definition_of(const Awaitables *awaitables, FunctionId function, Value value) {
  for (unsigned steps = 0; steps < DEPTH_LIMIT; steps++) {
    uint32_t index = values_definition(awaitables->values, function, value);
    if (index == UINT32_MAX)
      return NULL;
    const Instruction *instruction = &module_function(awaitables->module, function)->code.items[index];
    if (instruction->op != OP_MOVE)
      return instruction;
    value = instruction->a;
  }
  return NULL;
}

// `this.save = debounce(this.save)` replaces a method; a class body's definitions and `this.save.bind(this)` do not.
static void note_assignment(Awaitables *awaitables, FunctionId function, const Instruction *assignment) {
  const Instruction *made = definition_of(awaitables, function, assignment->c);
  const Symbols *symbols = awaitables->module->symbols;
  bool defines = made && (made->op == OP_CLOSURE || made->flags & INSTRUCTION_DECORATOR ||
                          (made->op == OP_CALL_METHOD && strcmp(symbol_text(symbols, made->b), "bind") == 0));
  if (!defines)
    awaitables->names[assignment->b] |= MEMBER_REPLACED;
}

static void scan_functions(Awaitables *awaitables) {
  for (FunctionId id = 1; id < awaitables->module->functions.count; id++) {
    const Function *function = module_function(awaitables->module, id);
    for (uint32_t i = 0; i < function->code.count; i++) {
      const Instruction *instruction = &function->code.items[i];
      if (instruction->flags & INSTRUCTION_DECORATOR)
        note_decorator(awaitables, id, instruction);
      if (instruction->op == OP_SET_FIELD)
        note_assignment(awaitables, id, instruction);
    }
  }
}

static void scan_classes(Awaitables *awaitables) {
  for (ClassId id = 1; id < awaitables->module->classes.count; id++) {
    const Class *class = module_class(awaitables->module, id);
    for (uint32_t i = 0; i < class->members.count; i++) {
      const Function *member = module_function(awaitables->module, class->members.items[i].function);
      awaitables->names[class->members.items[i].name] |=
          member->flags & FUNCTION_ASYNC ? MEMBER_ASYNCHRONOUS : MEMBER_SYNCHRONOUS;
    }
  }
}

Awaitables *awaitables_new(RuleRun *run) {
  Arena *arena = run->file->arena;
  const Module *module = run->file->module;
  Awaitables *awaitables = ARENA_NEW(arena, Awaitables);
  *awaitables = (Awaitables){.run = run, .arena = arena, .module = module, .values = run->file->values};
  awaitables->decorated = ARENA_ARRAY(arena, bool, module->functions.count);
  awaitables->memo = ARENA_ARRAY(arena, uint8_t, module->functions.count);
  awaitables->names = ARENA_ARRAY(arena, uint8_t, symbols_count(module->symbols) + 1);
  awaitables->uses = ARENA_ARRAY(arena, Uses *, module->functions.count);
  scan_functions(awaitables);
  scan_classes(awaitables);
  return awaitables;
}

Uses *awaitables_uses(Awaitables *awaitables, FunctionId function) {
  Uses **uses = &awaitables->uses[function];
  if (!*uses)
    *uses = uses_new(awaitables->arena, awaitables->module, function);
  return *uses;
}

// --- who is called

bool awaitable_is_plain(const Awaitables *awaitables, FunctionId function) {
  return !awaitables->decorated[function];
}

// Whether a related class has a synchronous method of the same name beside an asynchronous one.
static bool is_mixed(const Awaitables *awaitables, const Function *method) {
  if (!method->class_id || (awaitables->names[method->name] & 3) != (MEMBER_SYNCHRONOUS | MEMBER_ASYNCHRONOUS))
    return false;
  for (ClassId id = 1; id < awaitables->module->classes.count; id++) {
    const Class *class = module_class(awaitables->module, id);
    if (!values_classes_related(awaitables->values, id, method->class_id))
      continue;
    for (uint32_t i = 0; i < class->members.count; i++) {
      const Function *member = module_function(awaitables->module, class->members.items[i].function);
      if (class->members.items[i].name == method->name && (member->flags ^ method->flags) & FUNCTION_ASYNC)
        return true;
    }
  }
  return false;
}

static bool is_function_set(const ValueSet *set) {
  for (uint32_t i = 0; i < set->count; i++) {
    AbstractKind kind = abstract_kind(set->items[i]);
    if (kind != ABSTRACT_FUNCTION && kind != ABSTRACT_BOUND)
      return false;
  }
  return set->count && !set->open;
}

static bool is_own_object(const ValueSet *set) {
  for (uint32_t i = 0; i < set->count; i++) {
    AbstractKind kind = abstract_kind(set->items[i]);
    if (kind == ABSTRACT_EXTERNAL || kind == ABSTRACT_TYPED)
      return false;
  }
  return set->count && !set->open;
}

// A variable that is bound again elsewhere may be something else by now.
static bool is_rebound(const Awaitables *awaitables, FunctionId function, Value callee) {
  uint32_t index = values_definition(awaitables->values, function, callee);
  if (index == UINT32_MAX)
    return true;
  const Instruction *load = &module_function(awaitables->module, function)->code.items[index];
  return load->op == OP_LOAD && !module_variable(awaitables->module, load->a)->constant;
}

bool awaitable_callees_known(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  const ValueSet *set = values_of(awaitables->values, function, call->a);
  if (call->op == OP_CALL && (!is_function_set(set) || is_rebound(awaitables, function, call->a)))
    return false;
  if (call->op == OP_CALL_METHOD && (!is_own_object(set) || awaitables->names[call->b] & MEMBER_REPLACED))
    return false;
  Callees callees = values_callees(awaitables->values, function, call);
  for (uint32_t i = 0; i < callees.count; i++) {
    FunctionId callee = callees.items[i].function;
    if (!awaitable_is_plain(awaitables, callee))
      return false;
    if (call->op == OP_CALL_METHOD && module_function(awaitables->module, callee)->name != call->b)
      return false;
    if (call->op == OP_CALL_METHOD && callee == function)
      return false; // `super.close()` in `close` looks the same
    if (is_mixed(awaitables, module_function(awaitables->module, callee)))
      return false;
  }
  return callees.count > 0 && callees.count < CALLEE_LIMIT;
}

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

static bool holds(const Function *function, const Block *block, bool (*test)(const Instruction *)) {
  for (uint32_t i = block->first; i < block->first + block->count; i++)
    if (test(&function->code.items[i]))
      return true;
  return false;
}

static bool throws(const Instruction *instruction) {
  return instruction->op == OP_THROW;
}

static bool waits(const Instruction *instruction) {
  return instruction->op == OP_AWAIT || (instruction->op == OP_NEXT && instruction->flags & INSTRUCTION_ASYNC);
}

static bool may_throw(const Instruction *instruction) {
  return op_may_throw(instruction->op);
}

// A promise cannot fail when all that the function waits for or throws outside of its handlers is inside a `try`, and
// the handlers throw nothing on. What a handler itself may do wrong is left to it.
static bool cannot_fail(Arena *arena, const Function *function) {
  uint32_t count = function->blocks.count;
  bool *normal = ARENA_ARRAY(arena, bool, count), *handlers = ARENA_ARRAY(arena, bool, count);
  BlockId *stack = ARENA_ARRAY(arena, BlockId, count);
  bool awaits = false, risk = false;
  mark_reached(function, 1, normal, stack);
  for (BlockId id = 1; id < count; id++) {
    const Block *block = &function->blocks.items[id];
    if (!normal[id])
      continue;
    awaits |= holds(function, block, waits);
    risk |= !block->handler && holds(function, block, may_throw);
    if (!holds(function, block, waits) && !holds(function, block, throws))
      continue;
    if (!block->handler)
      return false;
    mark_reached(function, block->handler, handlers, stack);
  }
  for (BlockId id = 1; id < count; id++)
    if (handlers[id] && !normal[id] && holds(function, &function->blocks.items[id], throws))
      return false;
  return awaits || !risk;
}

static Awaitable worse(Awaitable a, Awaitable b) {
  return a < b ? a : b;
}

// A promise that the function uses for more than returning it is seen to by the function.
static Awaitable of_return(Awaitables *awaitables, FunctionId id, Value value) {
  Awaitable kind = value ? awaitable_of_value(awaitables, id, value) : AWAITABLE_NO;
  const Instruction *made = value ? definition_of(awaitables, id, value) : NULL;
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
  return starts && cannot_fail(awaitables->arena, function) ? AWAITABLE_SETTLED : AWAITABLE_OPEN;
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
  if (!is_function_set(set))
    return AWAITABLE_NO;
  Awaitable kind = AWAITABLE_OPEN;
  for (uint32_t i = 0; i < set->count; i++) {
    uint32_t number = abstract_number(set->items[i]);
    bool bound = abstract_kind(set->items[i]) == ABSTRACT_BOUND;
    FunctionId callee = bound ? values_bound(awaitables->values, number)->function : number;
    if (bound && is_mixed(awaitables, module_function(awaitables->module, callee)))
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
  const Instruction *made = definition_of(awaitables, function, list);
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

Awaitable awaitable_of_call(Awaitables *awaitables, FunctionId function, const Instruction *call) {
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

Awaitable awaitable_of_value(Awaitables *awaitables, FunctionId function, Value value) {
  const Instruction *made = definition_of(awaitables, function, value);
  return made ? awaitable_of_call(awaitables, function, made) : AWAITABLE_NO;
}

// --- what becomes of it

// A container of the function that is only ever added to.
static bool is_unread(Awaitables *awaitables, FunctionId function, Value container) {
  const Instruction *made = definition_of(awaitables, function, container);
  if (!made || made->op != OP_MAKE)
    return false;
  UseList uses = uses_of(awaitables_uses(awaitables, function), made->result);
  for (uint32_t i = 0; i < uses.count; i++) {
    const Instruction *use = uses.items[i].instruction;
    if (uses.items[i].field != USE_A)
      return false;
    if (use->op == OP_SET_ITEM)
      continue;
    const Model *model = use->op == OP_CALL_METHOD ? values_model(awaitables->values, function, use, NULL) : NULL;
    if (!model || !(model->effects & EFFECT_ADD) || uses_of(awaitables_uses(awaitables, function), use->result).count)
      return false;
  }
  return uses.complete;
}

static bool is_nothing(Awaitables *awaitables, FunctionId function, const Use *use) {
  const Instruction *instruction = use->instruction;
  switch (instruction->op) {
  case OP_CALL_METHOD: {
    const Model *model = values_model(awaitables->values, function, instruction, NULL);
    return use->field == USE_ARGUMENT && model && model->effects & EFFECT_ADD &&
           is_unread(awaitables, function, instruction->a);
  }
  case OP_SET_ITEM:
    return use->field == USE_C && is_unread(awaitables, function, instruction->a);
  case OP_MAKE:
    return instruction->detail != MAKE_STRING && !use->operand->flags &&
           is_unread(awaitables, function, instruction->result);
  default:
    return false;
  }
}

bool awaitable_is_dropped(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  if (call->flags & INSTRUCTION_DISCARDED)
    return true;
  Uses *names = awaitables_uses(awaitables, function);
  UseList uses = uses_of(names, call->result);
  if (!uses.complete || (!uses.count && !uses_named(names, call->result)))
    return false;
  for (uint32_t i = 0; i < uses.count; i++)
    if (!is_nothing(awaitables, function, &uses.items[i]))
      return false;
  return true;
}

// --- event loops

// The name that a value goes by: of its variable, its field, or the function that gave it.
static Symbol name_of(const Awaitables *awaitables, FunctionId id, Value value) {
  VariableId local = module_function(awaitables->module, id)->values.items[value];
  if (local)
    return module_variable(awaitables->module, local)->name;
  const Instruction *made = definition_of(awaitables, id, value);
  if (made && made->op == OP_CALL)
    made = definition_of(awaitables, id, made->a);
  if (!made)
    return 0;
  if (made->op == OP_LOAD)
    return module_variable(awaitables->module, made->a)->name;
  return made->op == OP_GET_FIELD || made->op == OP_CALL_METHOD ? made->b : 0;
}

bool awaitable_is_loop(Awaitables *awaitables, FunctionId function, Value value) {
  const Symbols *symbols = awaitables->module->symbols;
  if (model_name_is_loop(symbol_text(symbols, name_of(awaitables, function, value))))
    return true;
  const Instruction *made = definition_of(awaitables, function, value);
  return made && model_name_is_loop(symbol_text(symbols, name_of(awaitables, function, made->result)));
}

static bool is_task(const Awaitables *awaitables, FunctionId function, Value value) {
  const Instruction *made = definition_of(awaitables, function, value);
  if (!made || (made->op != OP_CALL && made->op != OP_CALL_METHOD))
    return false;
  const Model *model = values_model(awaitables->values, function, made, NULL);
  return model && model->effects & EFFECT_TASK;
}

bool awaitable_is_callback_dropped(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  Symbol path;
  const Model *model = values_model(awaitables->values, function, call, &path);
  if (!model || !(model->effects & EFFECT_DROPS))
    return false;
  bool of_library = path && strncmp(symbol_text(awaitables->module->symbols, path), "asyncio.", strlen("asyncio."));
  if (call->op != OP_CALL_METHOD || of_library)
    return false; // other loops may await their callbacks
  return awaitable_is_loop(awaitables, function, call->a) || is_task(awaitables, function, call->a);
}

// --- words

static const char *name_of_value(Awaitables *awaitables, FunctionId id, Value value, unsigned depth) {
  const Module *module = awaitables->module;
  VariableId local = module_function(module, id)->values.items[value];
  if (local)
    return symbol_text(module->symbols, module_variable(module, local)->name);
  const Instruction *made = depth ? definition_of(awaitables, id, value) : NULL;
  if (!made)
    return "";
  switch (made->op) {
  case OP_LOAD:
    return symbol_text(module->symbols, module_variable(module, made->a)->name);
  case OP_SELF:
    return "this";
  case OP_GET_FIELD: {
    const char *object = name_of_value(awaitables, id, made->a, depth - 1);
    const char *field = symbol_text(module->symbols, made->b);
    return *object ? arena_printf(awaitables->arena, "%s.%s", object, field) : field;
  }
  case OP_CALL:
  case OP_CALL_METHOD: {
    const char *callee = awaitable_name(awaitables, id, made);
    return *callee ? arena_printf(awaitables->arena, "%s()", callee) : "";
  }
  default:
    return "";
  }
}

const char *awaitable_name(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  const char *callee = name_of_value(awaitables, function, call->a, NAME_PARTS);
  if (call->op == OP_CALL)
    return callee;
  const char *method = symbol_text(awaitables->module->symbols, call->b);
  return *callee ? arena_printf(awaitables->arena, "%s.%s", callee, method) : method;
}

const char *awaitable_words(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  const char *name = awaitable_name(awaitables, function, call);
  return *name ? arena_printf(awaitables->arena, "`%s`", name) : "this call";
}

Report *awaitable_report(RuleRun *run, FunctionId function, Span span, bool certain, const char *variable,
                         const char *message) {
  Candidate candidate = {.function = function, .origin = function, .first = span, .suspension = span, .second = span};
  Report *report = rule_report(run, &candidate, certain ? EVIDENCE_IN_VIEW : EVIDENCE_OUTSIDE, span, "%s", message);
  report->finding.variable = variable;
  return report;
}
