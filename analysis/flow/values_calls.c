// Which functions a call enters, which model describes it, and what it gives.
#include "values_state.h"
#include <string.h>

static Abstract coroutine_at(Values *values, FunctionId function, const Instruction *instruction, Callee callee) {
  uint32_t *site = &values->coroutine_sites[values_site(values, function, instruction)];
  if (!*site) {
    array_push(
        values->arena, &values->coroutines,
        ((CoroutineCall){.caller = function,
                         .instruction = (uint32_t)(instruction - module_function(values->module, function)->code.items),
                         .callee = callee}));
    *site = values->coroutines.count;
  }
  return abstract_of(ABSTRACT_COROUTINE, *site - 1);
}

static void add_callee(Callees *callees, FunctionId function, Abstract receiver) {
  if (callees->count < CALLEE_LIMIT)
    callees->items[callees->count++] = (Callee){function, receiver};
}

// The class of which a call makes an instance: of a class, or `new F()` of its constructor function. 0 for none.
static ClassId made_by(const Values *values, const Instruction *call, Abstract item) {
  if (abstract_kind(item) == ABSTRACT_CLASS)
    return abstract_number(item);
  if (abstract_kind(item) != ABSTRACT_FUNCTION || !(call->flags & INSTRUCTION_NEW))
    return 0;
  const Function *function = module_function(values->module, abstract_number(item));
  return function->flags & FUNCTION_CONSTRUCTOR ? function->class_id : 0;
}

static void add_callees_of(Values *values, FunctionId caller, const Instruction *call, Abstract item,
                           Callees *callees) {
  uint32_t number = abstract_number(item);
  switch (abstract_kind(item)) {
  case ABSTRACT_FUNCTION: {
    ClassId made = made_by(values, call, item);
    add_callee(callees, number, made ? values_allocate(values, caller, call, made, 0, NULL) : 0);
    break;
  }
  case ABSTRACT_BOUND:
    add_callee(callees, values->bounds.items[number].function, values->bounds.items[number].receiver);
    break;
  case ABSTRACT_CLASS: {
    Symbol name = symbol_of_string(values->module->symbols,
                                   values->module->traits.receiver_is_parameter ? "__init__" : "constructor");
    FunctionId constructor = values_find_member(values, number, name, false);
    if (constructor)
      add_callee(callees, constructor, values_allocate(values, caller, call, number, 0, NULL));
    break;
  }
  default:
    break;
  }
}

static Callees find_callees(Values *values, FunctionId function, const Instruction *call) {
  Callees callees = {0};
  const ValueSet *set = values_set(values, function, call->a);
  for (uint32_t i = 0; i < set->count; i++) {
    Abstract item = set->items[i];
    if (call->op == OP_CALL) {
      add_callees_of(values, function, call, item, &callees);
      continue;
    }
    ValueSet method = {.passing = true};
    values_add_member(values, function, call->a, item, call->b, &method);
    for (uint32_t m = 0; m < method.count; m++)
      add_callees_of(values, function, call, method.items[m], &callees);
  }
  return callees;
}

Callees values_getters(Values *values, FunctionId function, const Instruction *read) {
  Callees callees = {0};
  const ValueSet *set = values_set(values, function, read->a);
  for (uint32_t i = 0; i < set->count; i++) {
    ClassId id = values_class_of_value(values, set, set->items[i]);
    if (values_is_base(values, function, read->a))
      id = values_first_base(values, id);
    FunctionId member = id ? values_find_member(values, id, read->b, false) : 0;
    if (member && module_function(values->module, member)->flags & FUNCTION_GETTER)
      add_callee(&callees, member, set->items[i]);
  }
  return callees;
}

static const Model *model_of_method(Values *values, const ValueSet *receiver, Symbol name, Symbol *path) {
  for (uint32_t i = 0; i < receiver->count; i++) {
    Abstract item = receiver->items[i];
    if (values_class_of_value(values, receiver, item) &&
        values_find_member(values, values_class_of_value(values, receiver, item), name, false))
      return NULL;
    Symbol type =
        abstract_kind(item) == ABSTRACT_EXTERNAL ? abstract_number(item) : values_type_of_value(values, receiver, item);
    if (!type)
      continue;
    Symbol full = symbol_join(values->module->symbols, type, name);
    if (!*path)
      *path = full;
    const Model *model = models_find(values->models, full);
    if (model)
      return model;
  }
  return models_find_method(values->models, name);
}

// A call of an object that a library made: `limit(work)` for `limit = pLimit(1)` is of "p-limit()".
static const Model *model_of_called_object(Values *values, const ValueSet *set, Symbol *path) {
  for (uint32_t i = 0; i < set->count; i++) {
    Symbol type = values_type_of_value(values, set, set->items[i]);
    const Model *model = type ? models_find(values->models, type) : NULL;
    if (!model || model->kind != MODEL_SEMAPHORE)
      continue;
    Symbols *symbols = values->module->symbols;
    *path = symbol_of_string(symbols, arena_printf(values->arena, "%s()", symbol_text(symbols, type)));
    return models_find(values->models, *path);
  }
  return NULL;
}

static const Model *find_model(Values *values, FunctionId function, const Instruction *call, Symbol *path) {
  *path = 0;
  const ValueSet *set = values_set(values, function, call->a);
  if (call->op == OP_CALL_METHOD) {
    const Model *model = model_of_method(values, set, call->b, path);
    return model && model->arguments >= 0 && (int64_t)call->c > model->arguments ? NULL : model;
  }
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_EXTERNAL)
      continue;
    *path = abstract_number(set->items[i]);
    return models_find(values->models, *path);
  }
  return model_of_called_object(values, set, path);
}

uint32_t values_types(const Values *values, FunctionId function, Value value, Symbol types[VALUE_SET_LIMIT]) {
  const ValueSet *set = values_set(values, function, value);
  uint32_t count = 0;
  for (uint32_t i = 0; i < set->count; i++) {
    Symbol type = values_type_of_value(values, set, set->items[i]);
    if (type)
      types[count++] = type;
  }
  return count;
}

// The answer about a call of the function's code, found once; NULL while the sets still grow, and for instructions that
// stand in no code.
static const Answer *answer_of(Values *values, FunctionId function, const Instruction *call) {
  const Function *item = module_function(values->module, function);
  if (!values->answers || call < item->code.items || call >= item->code.items + item->code.count)
    return NULL;
  Answer **answer = &values->answers[values_site(values, function, call)];
  if (!*answer) {
    Answer found = {.callees = find_callees(values, function, call)};
    found.model = find_model(values, function, call, &found.path);
    *answer = ARENA_NEW(values->arena, Answer);
    **answer = found;
  }
  return *answer;
}

Callees values_callees(Values *values, FunctionId function, const Instruction *call) {
  const Answer *answer = answer_of(values, function, call);
  return answer ? answer->callees : find_callees(values, function, call);
}

const Model *values_model(Values *values, FunctionId function, const Instruction *call, Symbol *path) {
  Symbol ignored;
  const Answer *answer = answer_of(values, function, call);
  if (!path)
    path = &ignored;
  if (!answer)
    return find_model(values, function, call, path);
  *path = answer->path;
  return answer->model;
}

// What a callee returns, with its parameters replaced by what this call passes.
void values_add_returned(Values *values, FunctionId caller, const Instruction *call, Callee callee, ValueSet *result) {
  ValueSet returned = values->returns[callee.function];
  uint32_t count;
  const Operand *args = instruction_args(values->module, call, &count);
  uint32_t shift = callee.receiver && values->module->traits.receiver_is_parameter ? 1 : 0;
  for (uint32_t i = 0; i < returned.count; i++) {
    Abstract item = returned.items[i];
    if (abstract_kind(item) == ABSTRACT_OBJECT) {
      Location root = location_root_of(values->locations, abstract_number(item));
      const LocationRow *row = location_row(values->locations, root);
      if (row->root == ROOT_PARAMETER && row->name >> 6 == callee.function) {
        uint32_t index = (row->name & 63) - shift;
        if (index >= count || args[index].flags)
          continue;
        const ValueSet *passed = values_set(values, caller, args[index].value);
        for (uint32_t p = 0; p < passed->count; p++) {
          Location to = values_location_of(values, passed->items[p]);
          if (!to)
            continue;
          Location moved = location_rebase(values->locations, abstract_number(item), root, to);
          values_add(values, result, moved == to ? passed->items[p] : abstract_of(ABSTRACT_OBJECT, moved));
        }
        continue;
      }
    }
    values_add(values, result, item);
  }
}

static bool starts_upper(const char *path) {
  const char *last = strrchr(path, '.');
  last = last ? last + 1 : path;
  return *last >= 'A' && *last <= 'Z';
}

static const ValueSet *argument(Values *values, FunctionId function, const Instruction *call, uint32_t index) {
  static const ValueSet EMPTY = {0};
  uint32_t count;
  const Operand *args = instruction_args(values->module, call, &count);
  return index < count ? values_set(values, function, args[index].value) : &EMPTY;
}

void values_add_elements_of(Values *values, ValueSet *result, const ValueSet *containers) {
  ValueSet copy = *containers;
  for (uint32_t i = 0; i < copy.count; i++)
    values_add_elements(values, result, copy.items[i], 0);
}

// A new collection whose elements are those of `from`.
static void add_copy(Values *values, FunctionId function, const Instruction *call, const ValueSet *from, Symbol type,
                     const Model *model, ValueSet *result) {
  Abstract fresh = values_allocate(values, function, call, 0, type, model);
  ValueSet elements = {.passing = true};
  values_add_elements_of(values, &elements, from);
  ValueSet self = {.items = {fresh}, .count = 1};
  values_store(values, &self, STEP_ANY, 0, &elements);
  values_add(values, result, fresh);
}

// A new collection whose elements the function in the first argument makes: `defaultdict(asyncio.Lock)`.
static void add_made_by_factory(Values *values, FunctionId function, const Instruction *call, Symbol type,
                                const Model *model, ValueSet *result) {
  ValueSet factory = *argument(values, function, call, 0), elements = {.passing = true};
  values_annotate(values, &elements, &factory);
  for (uint32_t i = 0; i < factory.count; i++)
    if (abstract_kind(factory.items[i]) == ABSTRACT_FUNCTION)
      values_join(values, &elements, &values->returns[abstract_number(factory.items[i])]);
  ValueSet self = {.items = {values_allocate(values, function, call, 0, type, model)}, .count = 1};
  values_store(values, &self, STEP_ANY, 0, &elements);
  values_add(values, result, self.items[0]);
}

// Calls the functions among the arguments with the elements of the receiver, or of the first argument where it is a
// plain call (`Array.from(xs, f)`).
static void call_now(Values *values, FunctionId function, const Instruction *call, ValueSet *result) {
  ValueSet returned = {.passing = true}, elements = {.passing = true};
  uint32_t count;
  (void)instruction_args(values->module, call, &count);
  values_add_elements_of(values, &elements,
                         call->op == OP_CALL_METHOD ? values_set(values, function, call->a)
                                                    : argument(values, function, call, 0));
  bool called = false;
  for (uint32_t arg = 0; arg < count; arg++) {
    ValueSet callbacks = *argument(values, function, call, arg);
    for (uint32_t i = 0; i < callbacks.count; i++) {
      Callees callees = {0};
      if (abstract_kind(callbacks.items[i]) == ABSTRACT_CLASS)
        continue;
      add_callees_of(values, function, call, callbacks.items[i], &callees);
      for (uint32_t c = 0; c < callees.count; c++) {
        const Function *callee = module_function(values->module, callees.items[c].function);
        called = true;
        if (callee->parameters.count)
          values_join(values, values_set(values, callees.items[c].function, callee->parameters.items[0].value),
                      &elements);
        if (callee->flags & FUNCTION_ASYNC)
          values_add(values, &returned, coroutine_at(values, function, call, callees.items[c]));
        else
          values_join(values, &returned, &values->returns[callees.items[c].function]);
      }
    }
  }
  // The call's own site may hold the coroutine: the new array is told by its elements alone.
  values_join(values, result, called ? &returned : &elements);
}

// Whether a semaphore is made with the count 1, which is also what it has when none is given.
static bool counts_one(const Values *values, FunctionId function, const Instruction *call) {
  uint32_t count;
  const Operand *args = instruction_args(values->module, call, &count);
  if (count == 0)
    return values->module->traits.receiver_is_parameter;
  const Instruction *made = values_source(values, function, args[0].value);
  if (made && made->op == OP_MAKE) {
    const Operand *options = instruction_args(values->module, made, &count);
    for (made = NULL; count-- > 0;)
      if (options[count].name && strcmp(symbol_text(values->module->symbols, options[count].name), "concurrency") == 0)
        made = values_source(values, function, options[count].value);
  }
  return made && made->op == OP_CONST && made->a && strcmp(symbol_text(values->module->symbols, made->a), "1") == 0;
}

// `d.get(key, Lock())` may give what is made for the case that nothing is there.
static void add_made_default(Values *values, FunctionId function, const Instruction *call, ValueSet *result) {
  ValueSet given = *argument(values, function, call, 1);
  for (uint32_t i = 0; i < given.count; i++)
    if (abstract_kind(given.items[i]) == ABSTRACT_FRESH &&
        values_allocation(values, abstract_number(given.items[i]))->model)
      values_add(values, result, given.items[i]);
}

static void call_library(Values *values, FunctionId function, const Instruction *call, ValueSet *result) {
  Symbol path;
  const Model *model = values_model(values, function, call, &path);
  const ValueSet *receiver = values_set(values, function, call->a);
  ModelKind kind = model ? (ModelKind)model->kind : MODEL_NONE;
  switch (kind) {
  case MODEL_PURE:
    if (model->effects & EFFECT_VIEW)
      values_join(values, result, argument(values, function, call, 0));
    return;
  case MODEL_WAIT:
    values_join(values, result, argument(values, function, call, 0));
    return;
  case MODEL_COPY:
    add_copy(values, function, call, argument(values, function, call, 0), 0, NULL, result);
    return;
  case MODEL_COLLECTION:
    if (!(model->effects & EFFECT_COPY))
      add_made_by_factory(values, function, call, path, model, result);
    else
      add_copy(values, function, call, argument(values, function, call, 0), path, model, result);
    return;
  case MODEL_CALL_NOW:
    call_now(values, function, call, result);
    return;
  case MODEL_METHOD:
    if (model->effects & EFFECT_VIEW)
      values_join(values, result, receiver);
    if (model->effects & EFFECT_COPY)
      add_copy(values, function, call, receiver, 0, NULL, result);
    if (model->effects & EFFECT_ELEMENT)
      for (uint32_t i = 0; i < receiver->count; i++) {
        uint32_t count;
        const Operand *args = instruction_args(values->module, call, &count);
        Location base = values_location_of(values, receiver->items[i]);
        bool keyed = base && model->key >= 0 && (uint32_t)model->key < count;
        values_add_elements(values, result, receiver->items[i],
                            keyed ? values_element(values, function, base, args[model->key].value) : 0);
        receiver = values_set(values, function, call->a);
      }
    if (model->effects == (EFFECT_READ | EFFECT_ELEMENT))
      add_made_default(values, function, call, result);
    if (model->effects & (EFFECT_ADD | EFFECT_SET)) {
      uint32_t count;
      (void)instruction_args(values->module, call, &count);
      if (count)
        values_store(values, receiver, STEP_ANY, 0, argument(values, function, call, count - 1));
    }
    return;
  case MODEL_SPAWN:
  case MODEL_GATHER:
  case MODEL_SPAWN_FUNCTION:
  case MODEL_HANDLER:
  case MODEL_CALL_LATER:
  case MODEL_RUN:
    return;
  default:
    break;
  }
  Symbol types[VALUE_SET_LIMIT];
  if (!path && call->op == OP_CALL && values_types(values, function, call->a, types))
    path = types[0];
  if (!path)
    return;
  if (kind == MODEL_SEMAPHORE) {
    Abstract made = values_allocate(values, function, call, 0, path, model);
    values->allocations.items[abstract_number(made)].single = counts_one(values, function, call);
    values_add(values, result, made);
    return;
  }
  Abstract made = values_made_at(values, function, call);
  if (made) {
    values_add(values, result, made);
    return;
  }
  const char *text = symbol_text(values->module->symbols, path);
  bool type = model || starts_upper(text) || call->flags & INSTRUCTION_NEW;
  Symbol name = type ? path : symbol_of_string(values->module->symbols, arena_printf(values->arena, "%s()", text));
  values_add(values, result, values_allocate(values, function, call, 0, name, model));
}

// A parameter without a declared class is of the classes of what callers in the file pass.
static void pass_classes(Values *values, FunctionId caller, const Instruction *call, Callee callee) {
  const Function *function = module_function(values->module, callee.function);
  uint32_t count, shift = callee.receiver && values->module->traits.receiver_is_parameter ? 1 : 0;
  const Operand *args = instruction_args(values->module, call, &count);
  for (uint32_t i = 0; i < count && i + shift < function->parameters.count; i++) {
    if (args[i].flags || args[i].name)
      break;
    ValueSet *parameter = values_set(values, callee.function, function->parameters.items[i + shift].value);
    const ValueSet *passed = values_set(values, caller, args[i].value);
    for (uint32_t p = 0; p < passed->count; p++) {
      ClassId id = values_class_of_item(values, passed->items[p]);
      if (id)
        values_add(values, parameter, abstract_of(ABSTRACT_INSTANCE, id));
    }
  }
}

void values_evaluate_call(Values *values, FunctionId function, const Instruction *call, ValueSet *result) {
  if (call->flags & INSTRUCTION_DECORATOR) {
    // A decorated function is taken for the function itself.
    values_join(values, result, argument(values, function, call, 0));
    return;
  }
  const ValueSet *set = values_set(values, function, call->a);
  for (uint32_t i = 0; call->op == OP_CALL && i < set->count; i++) {
    ClassId made = made_by(values, call, set->items[i]);
    if (made)
      values_add(values, result, values_allocate(values, function, call, made, 0, NULL));
  }
  Callees callees = values_callees(values, function, call);
  for (uint32_t i = 0; i < callees.count; i++) {
    const Function *callee = module_function(values->module, callees.items[i].function);
    pass_classes(values, function, call, callees.items[i]);
    if (callee->flags & FUNCTION_CONSTRUCTOR)
      continue;
    if (callee->flags & FUNCTION_ASYNC && !(callee->flags & FUNCTION_GENERATOR))
      values_add(values, result, coroutine_at(values, function, call, callees.items[i]));
    else
      values_add_returned(values, function, call, callees.items[i], result);
  }
  if (!callees.count)
    call_library(values, function, call, result);
}
