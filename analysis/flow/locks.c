// Which values are locks of the event loop, and which functions a decorator runs under one.
#include "flow.h"
#include <string.h>

static bool model_is_lock(const Allocation *allocation, const Model *model) {
  if (!model)
    return false;
  return model->kind == MODEL_LOCK || (model->kind == MODEL_SEMAPHORE && allocation && allocation->single);
}

static const Model *type_model(FlowFile *file, Abstract item, const Allocation **allocation) {
  *allocation = NULL;
  if (abstract_kind(item) == ABSTRACT_TYPED)
    return models_find(file->models, abstract_number(item));
  if (abstract_kind(item) != ABSTRACT_FRESH)
    return NULL;
  *allocation = values_allocation(file->values, abstract_number(item));
  return (*allocation)->model;
}

static bool set_has_lock(FlowFile *file, const ValueSet *set) {
  const Allocation *allocation;
  for (uint32_t i = 0; i < set->count; i++) {
    const Model *model = type_model(file, set->items[i], &allocation);
    if (model_is_lock(allocation, model))
      return true;
  }
  return false;
}

static bool set_has_type(FlowFile *file, const ValueSet *set) {
  const Allocation *allocation;
  for (uint32_t i = 0; i < set->count; i++)
    if (type_model(file, set->items[i], &allocation))
      return true;
  return false;
}

static const char *last_name(FlowFile *file, Location location) {
  const LocationRow *row = location_row(file->locations, location);
  while (row->parent && row->step != STEP_FIELD)
    row = location_row(file->locations, row->parent);
  if (row->step == STEP_FIELD)
    return symbol_text(file->module->symbols, row->name);
  if (row->root == ROOT_VARIABLE)
    return symbol_text(file->module->symbols, module_variable(file->module, row->name)->name);
  bool parameter = row->root == ROOT_PARAMETER && row->step == STEP_NONE;
  return parameter ? location_text(file->locations, location_root_of(file->locations, location)) : "";
}

// One lock under several names is one: the first location that holds it.
static Location canonical(const FlowFile *file, Location place, const ValueSet *content) {
  if (content->count != 1 || abstract_kind(content->items[0]) != ABSTRACT_FRESH)
    return place;
  Location home = values_allocation(file->values, abstract_number(content->items[0]))->home;
  return home && home < place ? home : place;
}

// `SELL_LOCK = BUY_LOCK`: where the object really stands.
static Location followed(const FlowFile *file, Location place) {
  for (unsigned steps = 0; steps < 4; steps++) {
    const ValueSet *content = values_content(file->values, place);
    if (content->count != 1 || abstract_kind(content->items[0]) != ABSTRACT_OBJECT)
      break;
    Location to = abstract_number(content->items[0]);
    RootKind root = location_row(file->locations, location_root_of(file->locations, to))->root;
    if (root == ROOT_PARAMETER)
      break;
    place = to;
  }
  return place;
}

// The lock that stands at a place, by what is stored there, or by its name where it was made elsewhere; 0 where it is
// none. `set` (may be NULL) is what the value itself may be.
static Location lock_at(FlowFile *file, Location place, const ValueSet *set) {
  place = followed(file, place);
  const ValueSet *content = values_content(file->values, place);
  bool element = location_row(file->locations, place)->step >= STEP_KEY_CONSTANT;
  if (element) {
    Location base = location_row(file->locations, place)->parent;
    content = values_content(file->values, location_step(file->locations, base, STEP_ANY, 0));
  }
  if ((set && set_has_lock(file, set)) || set_has_lock(file, content))
    return element ? place : canonical(file, place, content);
  return !set_has_type(file, content) && model_name_is_lock(last_name(file, place)) ? place : 0;
}

// What a helper gives, `self._lock_for(name)`, under the key that the caller passed.
static Location of_helper(FlowFile *file, FunctionId function, Value value, Location lock) {
  const Instruction *call = values_source(file->values, function, value);
  if (!call || (call->op != OP_CALL && call->op != OP_CALL_METHOD))
    return lock;
  Callees callees = values_callees(file->values, function, call);
  Location places[VALUE_SET_LIMIT];
  if (callees.count != 1 || !flow_translate(file, function, call, callees.items[0], lock, places))
    return lock;
  return places[0];
}

Location flow_lock_of(FlowFile *file, FunctionId function, Value value, bool *made_here) {
  const ValueSet *set = values_of(file->values, function, value);
  Location places[VALUE_SET_LIMIT];
  uint32_t count = values_locations(file->values, function, value, places);
  if (made_here)
    *made_here = count == 0 && set_has_lock(file, set);
  for (uint32_t i = 0; i < count; i++) {
    Location lock = lock_at(file, places[i], set);
    if (lock)
      return of_helper(file, function, value, lock);
  }
  return 0;
}

static bool has_function(const ValueSet *set) {
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_FUNCTION || abstract_kind(set->items[i]) == ABSTRACT_BOUND)
      return true;
  return false;
}

Location flow_lock_around(FlowFile *file, FunctionId function, const Instruction *call) {
  const ValueSet *set = values_of(file->values, function, call->a);
  Location places[VALUE_SET_LIMIT], lock = flow_lock_of(file, function, call->a, NULL);
  // A registry of locks that is part of the runtime: `navigator.locks`.
  if (!lock && !set_has_type(file, set) && values_locations(file->values, function, call->a, places)) {
    const ValueSet *content = values_content(file->values, places[0]);
    if (!set_has_type(file, content))
      lock = places[0];
  }
  uint32_t count;
  const Operand *args = instruction_args(file->module, call, &count);
  bool named = lock && count >= 2 && !has_function(values_of(file->values, function, args[0].value));
  return named ? values_element(file->values, function, lock, args[0].value) : lock;
}

// A lock of an object that a closure found in a variable: objects of a class are one root, so which of them it is, is
// known only where the variable holds the one that was made for it.
static bool is_of_some_object(FlowFile *file, FunctionId function, Value value, Location lock) {
  const Instruction *field = values_source(file->values, function, value);
  const Instruction *base = field && field->op == OP_GET_FIELD ? values_source(file->values, function, field->a) : NULL;
  if (!base || base->op != OP_LOAD ||
      location_row(file->locations, location_root_of(file->locations, lock))->root != ROOT_SELF)
    return false;
  const Variable *variable = module_variable(file->module, base->a);
  const ValueSet *content = values_content(file->values, location_root(file->locations, ROOT_VARIABLE, base->a));
  bool made = content->count == 1 && !content->open && abstract_kind(content->items[0]) == ABSTRACT_FRESH;
  return variable->kind == VARIABLE_LOCAL && !variable->is_self && !made;
}

// A lock under a key that was taken out of something, `first, second = sorted((a, b))`: either may be meant.
static bool is_under_some_key(const FlowFile *file, FunctionId function, Value value) {
  const Instruction *item = values_source(file->values, function, value);
  const Instruction *key = item && item->op == OP_GET_ITEM ? values_source(file->values, function, item->b) : NULL;
  return key && key->op == OP_GET_ITEM;
}

bool flow_lock_is_certain(FlowFile *file, FunctionId function, uint32_t instruction, Value value) {
  Location places[VALUE_SET_LIMIT];
  uint32_t count = values_locations(file->values, function, value, places);
  for (uint32_t i = 1; i < count; i++)
    if (places[i] != places[0])
      return false;
  if (!count || is_of_some_object(file, function, value, places[0]))
    return false;
  if (is_under_some_key(file, function, value))
    return false;
  Location lock = of_helper(file, function, value, places[0]);
  const Instruction *source = values_source(file->values, function, value);
  bool given = source && (source->op == OP_CALL || source->op == OP_CALL_METHOD) && lock == places[0];
  for (; lock; lock = location_row(file->locations, lock)->parent) {
    StepKind step = location_row(file->locations, lock)->step;
    if (step == STEP_ANY)
      return false;
    // One of a collection: always the same only under a key that is known here.
    if (step > STEP_KEY_CONSTANT && (given || flow_in_loop(file, function, instruction)))
      return false;
  }
  return true;
}

// --- promise chains

static bool reads_place(const Instruction *instruction) {
  return instruction && (instruction->op == OP_LOAD || instruction->op == OP_GET_FIELD);
}

// The value that an instruction hands on, to a place or to its result; 0 for others.
static Value handed_on(const Instruction *instruction) {
  switch (instruction->op) {
  case OP_STORE:
    return instruction->b;
  case OP_SET_FIELD:
    return instruction->c;
  case OP_MOVE:
  case OP_CALL_METHOD:
    return instruction->a;
  default:
    return 0;
  }
}

// Whether what `then` gives becomes, directly or through further links, the new value of the place it hangs on: a chain
// along which each callback waits for the one before it, which makes it a lock.
static bool extends_chain(FlowFile *file, FunctionId function, const Instruction *then, Location place) {
  const Function *item = module_function(file->module, function);
  Value links[8] = {then->result};
  uint32_t count = 1;
  for (uint32_t i = (uint32_t)(then - item->code.items) + 1; i < item->code.count; i++) {
    const Instruction *instruction = &item->code.items[i];
    Value from = handed_on(instruction);
    bool linked = false;
    for (uint32_t l = 0; l < count; l++)
      linked |= from && links[l] == from;
    if (!linked)
      continue;
    Location places[VALUE_SET_LIMIT];
    bool stores = instruction->op == OP_STORE || instruction->op == OP_SET_FIELD;
    uint32_t stored = stores ? values_places(file->values, function, instruction, places) : 0;
    for (uint32_t p = 0; p < stored; p++)
      if (places[p] == place)
        return true;
    if (!stores && instruction->result && count < 8)
      links[count++] = instruction->result;
  }
  return false;
}

Location flow_chain_of(FlowFile *file, FunctionId function, const Instruction *call) {
  if (call->op != OP_CALL_METHOD || strcmp(symbol_text(file->module->symbols, call->b), "then") != 0)
    return 0;
  const Instruction *source = values_source(file->values, function, call->a);
  Location places[VALUE_SET_LIMIT];
  if (!reads_place(source) || !values_places(file->values, function, source, places))
    return 0;
  return extends_chain(file, function, call, places[0]) ? places[0] : 0;
}

// --- decorators of the file

// `function(…)`, `function.apply(this, …)`
static bool calls_a_function(const FlowFile *file, const Instruction *call) {
  if (call->op != OP_CALL_METHOD)
    return call->op == OP_CALL && !(call->flags & INSTRUCTION_DECORATOR);
  const char *method = symbol_text(file->module->symbols, call->b);
  return strcmp(method, "apply") == 0 || strcmp(method, "call") == 0;
}

bool flow_calls_decorated(const FlowFile *file, FunctionId decorator, FunctionId wrapper, const Instruction *call) {
  if (!calls_a_function(file, call))
    return false;
  const Instruction *source = values_source(file->values, wrapper, call->a);
  if (!source || source->op != OP_LOAD)
    return false;
  const Variable *variable = module_variable(file->module, source->a);
  return variable->owner == decorator && variable->parameter;
}

static uint32_t last_exit(const Function *function, uint32_t enter) {
  for (uint32_t i = function->code.count; i-- > enter;)
    if (function->code.items[i].op == OP_EXIT && function->code.items[i].a == function->code.items[enter].a)
      return i;
  return enter;
}

// A lock of the wrapper in the terms of the decorated function: the wrapper's first parameter is its receiver; a
// variable of the decorator is another one for each function that it decorates.
static Location decorated_lock(FlowFile *file, FunctionId wrapper, Value manager, FunctionId decorated) {
  Location places[VALUE_SET_LIMIT], receiver[VALUE_SET_LIMIT];
  if (values_locations(file->values, wrapper, manager, places) != 1)
    return 0;
  Location root = location_root_of(file->locations, places[0]), place = places[0];
  const LocationRow *row = location_row(file->locations, root);
  const Function *function = module_function(file->module, decorated);
  if (row->root == ROOT_PARAMETER) {
    if (row->name != location_parameter_number(wrapper, 0) || !function->parameters.count)
      return 0;
    if (values_locations(file->values, decorated, function->parameters.items[0].value, receiver) != 1)
      return 0;
    place = location_rebase(file->locations, place, root, receiver[0]);
  }
  Location lock = lock_at(file, place, NULL);
  bool own = row->root == ROOT_VARIABLE && module_variable(file->module, row->name)->kind == VARIABLE_LOCAL;
  return lock && own ? location_step(file->locations, lock, STEP_KEY_CONSTANT, function->qualified) : lock;
}

static void add_locks_around(FlowFile *file, FunctionId decorator, FunctionId wrapper, FunctionId decorated) {
  const Function *function = module_function(file->module, wrapper);
  for (uint32_t i = 0; i < function->code.count; i++) {
    if (!flow_calls_decorated(file, decorator, wrapper, &function->code.items[i]))
      continue;
    for (uint32_t e = 0; e < i; e++) {
      const Instruction *enter = &function->code.items[e];
      if (enter->op != OP_ENTER || !(enter->flags & INSTRUCTION_ASYNC) || last_exit(function, e) < i)
        continue;
      Location lock = decorated_lock(file, wrapper, enter->a, decorated);
      if (lock)
        lock_set_add(&file->around[decorated], lock);
    }
    return;
  }
}

static void visit_functions(FlowFile *file, const ValueSet *set, FunctionId decorator, FunctionId decorated) {
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_FUNCTION)
      add_locks_around(file, decorator, abstract_number(set->items[i]), decorated);
}

static void find_decorated(FlowFile *file, FunctionId function, const Instruction *call) {
  uint32_t count;
  const Operand *args = instruction_args(file->module, call, &count);
  const ValueSet *decorator = values_of(file->values, function, call->a);
  const ValueSet *decorated = count ? values_of(file->values, function, args[0].value) : decorator;
  for (uint32_t d = 0; count && d < decorator->count; d++) {
    FunctionId id = abstract_number(decorator->items[d]);
    if (abstract_kind(decorator->items[d]) != ABSTRACT_FUNCTION)
      continue;
    for (uint32_t f = 0; f < decorated->count; f++)
      if (abstract_kind(decorated->items[f]) == ABSTRACT_FUNCTION)
        visit_functions(file, values_returns(file->values, id), id, abstract_number(decorated->items[f]));
  }
}

void flow_find_decorated(FlowFile *file) {
  for (FunctionId id = 1; id < file->module->functions.count; id++) {
    const Function *function = module_function(file->module, id);
    for (uint32_t i = 0; i < function->code.count; i++)
      if (function->code.items[i].flags & INSTRUCTION_DECORATOR)
        find_decorated(file, id, &function->code.items[i]);
  }
}
