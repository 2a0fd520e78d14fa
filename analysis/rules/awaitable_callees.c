// Which functions a call surely enters: what may change them, and what they may be instead.
#include "awaitable_state.h"
#include <string.h>

enum { STEP_LIMIT = 6 };

const Instruction *awaitable_definition(const Awaitables *awaitables, FunctionId function, Value value) {
  for (unsigned steps = 0; steps < STEP_LIMIT; steps++) {
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

// --- what changes a function: decorators, and assignments to its name

// Whether all that a wrapper returns is what the function gives that the decorator was given.
static bool hands_on(const Awaitables *awaitables, FunctionId decorator, FunctionId wrapper) {
  const Function *function = module_function(awaitables->module, wrapper);
  uint32_t returns = 0;
  for (uint32_t i = 0; i < function->code.count; i++) {
    if (function->code.items[i].op != OP_RETURN)
      continue;
    const Instruction *made = awaitable_definition(awaitables, wrapper, function->code.items[i].a);
    if (!made || !flow_calls_decorated(awaitables->run->file, decorator, wrapper, made))
      return false;
    returns++;
  }
  return returns && !(function->flags & FUNCTION_GENERATOR);
}

// A decorator of the file: it gives back what it got, or a wrapper that returns what an async function does.
static bool wrapper_keeps(const Awaitables *awaitables, FunctionId decorator) {
  const ValueSet *returned = values_returns(awaitables->values, decorator);
  for (uint32_t i = 0; i < returned->count; i++) {
    Abstract item = returned->items[i];
    if (abstract_kind(item) == ABSTRACT_OBJECT)
      continue; // its parameter
    if (abstract_kind(item) != ABSTRACT_FUNCTION)
      return false;
    FunctionId wrapper = abstract_number(item);
    bool async = module_function(awaitables->module, wrapper)->flags & FUNCTION_ASYNC;
    if (!async && !hands_on(awaitables, decorator, wrapper))
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

// `this.save = debounce(this.save)` replaces a method; a class body's definitions and `this.save.bind(this)` do not.
static void note_assignment(Awaitables *awaitables, FunctionId function, const Instruction *assignment) {
  const Instruction *made = awaitable_definition(awaitables, function, assignment->c);
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
bool awaitable_is_mixed(const Awaitables *awaitables, const Function *method) {
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

bool awaitable_is_function_set(const ValueSet *set) {
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

// `self.walk(child)` in `walk`, and no `super().walk(child)`.
static bool is_on_parameter(const Awaitables *awaitables, FunctionId id, const Instruction *call) {
  const Function *function = module_function(awaitables->module, id);
  return awaitables->module->traits.receiver_is_parameter && function->parameters.count &&
         function->parameters.items[0].value == call->a;
}

bool awaitable_callees_known(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  const ValueSet *set = values_of(awaitables->values, function, call->a);
  if (call->op == OP_CALL && (!awaitable_is_function_set(set) || is_rebound(awaitables, function, call->a)))
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
    if (call->op == OP_CALL_METHOD && callee == function && !is_on_parameter(awaitables, function, call))
      return false; // `super.close()` in `close` looks the same
    if (awaitable_is_mixed(awaitables, module_function(awaitables->module, callee)))
      return false;
  }
  return callees.count > 0 && callees.count < CALLEE_LIMIT;
}
