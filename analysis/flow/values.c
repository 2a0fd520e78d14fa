#include "values_state.h"
#include <assert.h>

enum { ROUND_LIMIT = 6 };

// --- sets

static bool set_holds(const ValueSet *set, Abstract item) {
  for (uint32_t i = 0; i < set->count; i++)
    if (set->items[i] == item)
      return true;
  return false;
}

void values_add(Values *values, ValueSet *set, Abstract item) {
  if (!item || set_holds(set, item))
    return;
  if (set->count == VALUE_SET_LIMIT) {
    set->open = true;
    return;
  }
  set->items[set->count++] = item;
  values->changed |= !set->passing;
}

void values_join(Values *values, ValueSet *set, const ValueSet *other) {
  ValueSet copy = *other; // `other` may move when the tables grow
  for (uint32_t i = 0; i < copy.count; i++)
    values_add(values, set, copy.items[i]);
  set->open |= copy.open;
}

ValueSet *values_set(const Values *values, FunctionId function, Value value) {
  assert(value < module_function(values->module, function)->values.count);
  return &values->sets[values->first[function] + value];
}

const ValueSet *values_of(const Values *values, FunctionId function, Value value) {
  return values_set(values, function, value);
}

static ValueSet *content_of(Values *values, Location location) {
  while (values->contents.count <= location)
    (void)array_add(values->arena, &values->contents);
  return &values->contents.items[location];
}

const ValueSet *values_content(const Values *values, Location location) {
  static const ValueSet EMPTY = {0};
  return location < values->contents.count ? &values->contents.items[location] : &EMPTY;
}

const Allocation *values_allocation(const Values *values, uint32_t number) {
  return &values->allocations.items[number];
}

uint32_t values_allocation_count(const Values *values) {
  return values->allocations.count;
}

const CoroutineCall *values_coroutine(const Values *values, uint32_t number) {
  return &values->coroutines.items[number];
}

uint32_t values_coroutine_count(const Values *values) {
  return values->coroutines.count;
}

const BoundMethod *values_bound(const Values *values, uint32_t number) {
  return &values->bounds.items[number];
}

uint32_t values_definition(const Values *values, FunctionId function, Value value) {
  assert(value < module_function(values->module, function)->values.count);
  return values->definitions[values->first[function] + value];
}

const Instruction *values_source(const Values *values, FunctionId function, Value value) {
  for (uint32_t steps = 0; steps < 8; steps++) {
    uint32_t definition = values_definition(values, function, value);
    if (definition == UINT32_MAX)
      return NULL;
    const Instruction *instruction = &module_function(values->module, function)->code.items[definition];
    if (instruction->op != OP_MOVE)
      return instruction;
    value = instruction->a;
  }
  return NULL;
}

bool values_is_loaded(const Values *values, FunctionId function, Value value) {
  const Instruction *source = values_source(values, function, value);
  return source && (source->op == OP_LOAD || source->op == OP_GET_FIELD || source->op == OP_GET_ITEM);
}

const ValueSet *values_returns(const Values *values, FunctionId function) {
  return &values->returns[function];
}

// --- locations

Location values_location_of(const Values *values, Abstract item) {
  uint32_t number = abstract_number(item);
  switch (abstract_kind(item)) {
  case ABSTRACT_OBJECT:
    return number;
  case ABSTRACT_SELF:
  case ABSTRACT_CLASS:
    return location_root(values->locations, ROOT_SELF, values->families[number]);
  case ABSTRACT_FRESH:
    return location_root(values->locations, ROOT_ALLOCATION, number);
  case ABSTRACT_EXTERNAL:
    return location_root(values->locations, ROOT_EXTERNAL, number);
  default:
    return 0;
  }
}

static bool is_callable_constant(Abstract item) {
  switch (abstract_kind(item)) {
  case ABSTRACT_FUNCTION:
  case ABSTRACT_CLASS:
  case ABSTRACT_EXTERNAL:
  case ABSTRACT_BOUND:
  case ABSTRACT_COROUTINE:
    return true;
  default:
    return false;
  }
}

// Adds what reading a location gives: the callables it holds, and the object that stands there.
static void add_read(Values *values, ValueSet *result, Location location) {
  ValueSet content = *values_content(values, location);
  bool other = content.count == 0 || content.open;
  for (uint32_t i = 0; i < content.count; i++) {
    if (is_callable_constant(content.items[i]))
      values_add(values, result, content.items[i]);
    else
      other = true;
  }
  const LocationRow *root = location_row(values->locations, location_root_of(values->locations, location));
  ClassId id = root->root == ROOT_PARAMETER ? 0 : values_class_of_location(values, location);
  if (id)
    values_add(values, result, abstract_of(ABSTRACT_SELF, id));
  else if (other)
    values_add(values, result, abstract_of(ABSTRACT_OBJECT, location));
}

// The content below what is held at a location: what a literal was made with.
static void add_held(Values *values, ValueSet *result, Location location, StepKind step, uint32_t name) {
  ValueSet content = *values_content(values, location);
  for (uint32_t i = 0; i < content.count; i++) {
    if (abstract_kind(content.items[i]) != ABSTRACT_FRESH)
      continue;
    Location inner = location_step(values->locations, values_location_of(values, content.items[i]), step, name);
    values_join(values, result, values_content(values, inner));
  }
}

// The class of the elements of what stands at a location, as stored there or in a collection stored there.
static ClassId class_of_elements(const Values *values, Location base, Location any) {
  ClassId id = values_class_of_location(values, any);
  const ValueSet *content = values_content(values, base);
  for (uint32_t i = 0; !id && i < content->count; i++) {
    if (abstract_kind(content->items[i]) != ABSTRACT_FRESH)
      continue;
    Location held = values_location_of(values, content->items[i]);
    id = values_class_of_location(values, location_step(values->locations, held, STEP_ANY, 0));
  }
  return id;
}

void values_add_elements(Values *values, ValueSet *result, Abstract container, Location element) {
  Location base = values_location_of(values, container);
  if (!base || abstract_kind(container) == ABSTRACT_CLASS)
    return;
  Location any = location_step(values->locations, base, STEP_ANY, 0);
  ValueSet content = *values_content(values, any);
  for (uint32_t i = 0; i < content.count; i++)
    if (is_callable_constant(content.items[i]) || abstract_kind(container) == ABSTRACT_FRESH)
      values_add(values, result, content.items[i]);
  if (abstract_kind(container) == ABSTRACT_FRESH)
    return;
  ClassId id = class_of_elements(values, base, any);
  if (!id)
    add_held(values, result, base, STEP_ANY, 0);
  values_add(values, result,
             id ? abstract_of(ABSTRACT_SELF, id) : abstract_of(ABSTRACT_OBJECT, element ? element : any));
}

static bool is_of_type(const Values *values, Symbol path) {
  return path < values->of_type.count && values->of_type.items[path];
}

// What only the declared type of a value says of it: `Order.user` of an `order.user`.
static bool tells_type(const Values *values, Abstract item) {
  AbstractKind kind = abstract_kind(item);
  return kind == ABSTRACT_TYPED || kind == ABSTRACT_INSTANCE ||
         (kind == ABSTRACT_EXTERNAL && is_of_type(values, abstract_number(item)));
}

// The one location whose object a value is, whatever its declared type; 0 where it may be several.
static Location only_object(const Values *values, const ValueSet *set) {
  Location place = 0;
  for (uint32_t i = 0; i < set->count; i++) {
    AbstractKind kind = abstract_kind(set->items[i]);
    if (tells_type(values, set->items[i]))
      continue;
    if (kind != ABSTRACT_OBJECT || place)
      return 0;
    place = abstract_number(set->items[i]);
  }
  return set->open ? 0 : place;
}

Location values_element(Values *values, FunctionId function, Location base, Value key) {
  uint32_t definition = values_definition(values, function, key);
  if (definition != UINT32_MAX) {
    const Instruction *instruction = &module_function(values->module, function)->code.items[definition];
    if (instruction->op == OP_CONST && instruction->a)
      return location_step(values->locations, base, STEP_KEY_CONSTANT, instruction->a);
  }
  Location place = only_object(values, values_of(values, function, key));
  if (place)
    return location_step(values->locations, base, STEP_KEY_LOCATION, place);
  return location_step(values->locations, base, STEP_KEY_VALUE, values->first[function] + key);
}

// --- instructions

// The number of an instruction in the file.
uint32_t values_site(const Values *values, FunctionId function, const Instruction *instruction) {
  uint32_t index = (uint32_t)(instruction - module_function(values->module, function)->code.items);
  return values->first_instruction[function] + index;
}

Abstract values_allocate(Values *values, FunctionId function, const Instruction *instruction, ClassId class_id,
                         Symbol type, const Model *model) {
  uint32_t *site = &values->allocation_sites[values_site(values, function, instruction)];
  if (!*site) {
    array_push(
        values->arena, &values->allocations,
        ((Allocation){.function = function,
                      .instruction = (uint32_t)(instruction - module_function(values->module, function)->code.items),
                      .class_id = class_id,
                      .type = type,
                      .model = model}));
    *site = values->allocations.count;
  }
  return abstract_of(ABSTRACT_FRESH, *site - 1);
}

Abstract values_made_at(const Values *values, FunctionId function, const Instruction *instruction) {
  uint32_t number = values->allocation_sites[values_site(values, function, instruction)];
  return number ? abstract_of(ABSTRACT_FRESH, number - 1) : 0;
}

static Abstract bound_method(Values *values, FunctionId function, Abstract receiver) {
  uint32_t *latest = &values->bounds_of[function];
  for (uint32_t number = *latest; number; number = values->bounds.items[number - 1].next)
    if (values->bounds.items[number - 1].receiver == receiver)
      return abstract_of(ABSTRACT_BOUND, number - 1);
  array_push(values->arena, &values->bounds, ((BoundMethod){function, receiver, *latest}));
  *latest = values->bounds.count;
  return abstract_of(ABSTRACT_BOUND, *latest - 1);
}

// What a getter gives; an object that a cached one makes stands at the property from then on.
static void add_got(Values *values, Abstract item, FunctionId getter, Symbol name, ValueSet *result) {
  ValueSet returned = values->returns[getter];
  Location base = values_location_of(values, item);
  bool makes = false;
  for (uint32_t i = 0; i < returned.count; i++)
    makes |= abstract_kind(returned.items[i]) == ABSTRACT_FRESH;
  values_join(values, result, &returned);
  bool keeps = module_function(values->module, getter)->flags & FUNCTION_CACHED;
  if (makes && keeps && base)
    values_add(values, result, abstract_of(ABSTRACT_OBJECT, location_step(values->locations, base, STEP_FIELD, name)));
}

static void note_of_type(Values *values, Symbol path) {
  while (values->of_type.count <= path)
    *array_add(values->arena, &values->of_type) = false;
  values->of_type.items[path] = true;
}

bool values_is_of_type(const Values *values, Symbol path) {
  Symbols *symbols = values->module->symbols;
  const char *text = symbol_text(symbols, path);
  for (size_t i = 0, length = symbol_length(symbols, path); i < length; i++)
    if ((text[i] == '.' || text[i] == '(') && is_of_type(values, symbol_of(symbols, text, i)))
      return true;
  return is_of_type(values, path);
}

// The name of what an item and a property of it stand for where that is shared by all tasks; 0 for others.
static Symbol shared_property(const Values *values, Abstract item, Symbol name) {
  if (abstract_kind(item) != ABSTRACT_OBJECT)
    return 0;
  const LocationRow *row = location_row(values->locations, abstract_number(item));
  if (row->root != ROOT_PARAMETER)
    return 0;
  const Function *function = module_function(values->module, row->name >> 6);
  uint32_t index = row->name & 63;
  if (index >= function->parameters.count)
    return 0;
  Symbols *symbols = values->module->symbols;
  Symbol parameter = function->parameters.items[index].name;
  bool shared = model_property_is_shared(symbol_text(symbols, parameter), symbol_text(symbols, name));
  return shared ? symbol_join(symbols, parameter, name) : 0;
}

void values_add_field(Values *values, const ValueSet *object, Abstract item, Symbol name, ValueSet *result) {
  Symbols *symbols = values->module->symbols;
  if (abstract_kind(item) == ABSTRACT_EXTERNAL) {
    Symbol path = symbol_join(symbols, abstract_number(item), name);
    if (is_of_type(values, abstract_number(item)))
      note_of_type(values, path);
    values_add(values, result, abstract_of(ABSTRACT_EXTERNAL, path));
    return;
  }
  Symbol shared = shared_property(values, item, name);
  if (shared) {
    values_add(values, result, abstract_of(ABSTRACT_EXTERNAL, shared));
    return;
  }
  ClassId id =
      abstract_kind(item) == ABSTRACT_CLASS ? abstract_number(item) : values_class_of_value(values, object, item);
  FunctionId member = id ? values_find_member(values, id, name, false) : 0;
  if (member && !(module_function(values->module, member)->flags & FUNCTION_GETTER)) {
    values_add(values, result,
               abstract_kind(item) == ABSTRACT_CLASS ? abstract_of(ABSTRACT_FUNCTION, member)
                                                     : bound_method(values, member, item));
    return;
  }
  if (member) {
    add_got(values, item, member, name, result);
    return;
  }
  Symbol type = values_type_of_value(values, object, item);
  if (type) {
    note_of_type(values, symbol_join(symbols, type, name));
    values_add(values, result, abstract_of(ABSTRACT_EXTERNAL, symbol_join(symbols, type, name)));
  }
  Location base = values_location_of(values, item);
  if (!base)
    return;
  add_held(values, result, base, STEP_FIELD, name);
  Location place = location_step(values->locations, base, STEP_FIELD, name);
  if (abstract_kind(item) == ABSTRACT_FRESH)
    values_join(values, result, values_content(values, place));
  else
    add_read(values, result, place);
}

// What `super.name` gives: a member of a base class of the file.
static void add_base_member(Values *values, Abstract item, Symbol name, ValueSet *result) {
  ClassId base = values_first_base(values, values_class_of_item(values, item));
  FunctionId member = base ? values_find_member(values, base, name, false) : 0;
  if (!member)
    return;
  if (module_function(values->module, member)->flags & FUNCTION_GETTER)
    add_got(values, item, member, name, result);
  else
    values_add(values, result, bound_method(values, member, item));
}

void values_add_member(Values *values, FunctionId function, Value object, Abstract item, Symbol name,
                       ValueSet *result) {
  if (values_is_base(values, function, object))
    add_base_member(values, item, name, result);
  else
    values_add_field(values, values_set(values, function, object), item, name, result);
}

bool values_is_base(const Values *values, FunctionId function, Value value) {
  uint32_t definition = values_definition(values, function, value);
  if (definition == UINT32_MAX)
    return false;
  const Instruction *self = &module_function(values->module, function)->code.items[definition];
  return self->op == OP_SELF && self->detail == SELF_BASE;
}

void values_store(Values *values, const ValueSet *objects, StepKind step, Symbol name, const ValueSet *value) {
  for (uint32_t i = 0; i < objects->count; i++) {
    Location base = values_location_of(values, objects->items[i]);
    if (!base)
      continue;
    Location place = location_step(values->locations, base, step, name);
    values_join(values, content_of(values, place), value);
  }
}

void values_annotate(Values *values, ValueSet *target, const ValueSet *type) {
  for (uint32_t i = 0; i < type->count; i++) {
    uint32_t number = abstract_number(type->items[i]);
    if (abstract_kind(type->items[i]) == ABSTRACT_EXTERNAL)
      values_add(values, target, abstract_of(ABSTRACT_TYPED, number));
    else if (abstract_kind(type->items[i]) == ABSTRACT_CLASS)
      values_add(values, target, abstract_of(ABSTRACT_INSTANCE, number));
  }
}

static void evaluate_await(Values *values, FunctionId function, const Instruction *instruction, ValueSet *result) {
  ValueSet awaited = *values_set(values, function, instruction->a);
  for (uint32_t i = 0; i < awaited.count; i++) {
    if (abstract_kind(awaited.items[i]) != ABSTRACT_COROUTINE) {
      if (abstract_kind(awaited.items[i]) != ABSTRACT_OBJECT)
        values_add(values, result, awaited.items[i]);
      continue;
    }
    CoroutineCall call = values->coroutines.items[abstract_number(awaited.items[i])];
    const Instruction *made = &module_function(values->module, call.caller)->code.items[call.instruction];
    values_add_returned(values, call.caller, made, call.callee, result);
  }
}

static void evaluate_load(Values *values, VariableId id, ValueSet *result) {
  const Variable *variable = module_variable(values->module, id);
  switch (variable->kind) {
  case VARIABLE_IMPORT:
    values_add(values, result, abstract_of(ABSTRACT_EXTERNAL, variable->import_path));
    break;
  case VARIABLE_UNRESOLVED:
    values_add(values, result, abstract_of(ABSTRACT_EXTERNAL, variable->name));
    break;
  default:
    if (variable->is_self && values_class_of(values, variable->owner))
      values_add(values, result, abstract_of(ABSTRACT_SELF, values_class_of(values, variable->owner)));
    else
      add_read(values, result, location_root(values->locations, ROOT_VARIABLE, id));
  }
}

static void evaluate_make(Values *values, FunctionId function, const Instruction *instruction, ValueSet *result) {
  Abstract fresh = values_allocate(values, function, instruction, instruction->a, 0, NULL);
  ValueSet self = {.items = {fresh}, .count = 1};
  uint32_t count;
  const Operand *args = instruction_args(values->module, instruction, &count);
  for (uint32_t i = 0; i < count; i++) {
    const ValueSet *value = values_set(values, function, args[i].value);
    if (args[i].flags) {
      ValueSet elements = {.passing = true};
      values_add_elements_of(values, &elements, value);
      values_store(values, &self, STEP_ANY, 0, &elements);
      // A comprehension's or a mapped array's elements may be told by the value itself.
      for (uint32_t v = 0; v < value->count; v++)
        if (abstract_kind(value->items[v]) == ABSTRACT_COROUTINE)
          values_store(values, &self, STEP_ANY, 0, value);
    } else if (args[i].name) {
      values_store(values, &self, STEP_FIELD, args[i].name, value);
    } else {
      values_store(values, &self, STEP_ANY, 0, value);
    }
  }
  values_add(values, result, fresh);
}

static void evaluate_receiver(Values *values, FunctionId method, ValueSet *result) {
  ClassId id = values_class_of(values, method);
  values_add(values, result,
             id ? abstract_of(ABSTRACT_SELF, id)
                : abstract_of(ABSTRACT_OBJECT, location_root(values->locations, ROOT_RECEIVER, method)));
}

static const AbstractKind CONSTANTS[] = {
    [CONSTANT_OTHER] = ABSTRACT_CONSTANT, [CONSTANT_NULL] = ABSTRACT_NULL,       [CONSTANT_FALSE] = ABSTRACT_FALSE,
    [CONSTANT_TRUE] = ABSTRACT_TRUE,      [CONSTANT_NUMBER] = ABSTRACT_CONSTANT, [CONSTANT_STRING] = ABSTRACT_CONSTANT,
};

static void evaluate(Values *values, FunctionId function, const Instruction *instruction) {
  ValueSet none = {0}, dropped = {.passing = true};
  ValueSet *result = instruction->result ? values_set(values, function, instruction->result) : &dropped;
  char kind = op_fields(instruction->op)[1];
  const ValueSet *a = kind == 'V' || kind == 'v' ? values_set(values, function, instruction->a) : &none;
  switch (instruction->op) {
  case OP_CONST:
    values_add(values, result, abstract_of(CONSTANTS[instruction->detail], 0));
    break;
  case OP_MOVE:
  case OP_ENTER:
  case OP_ITERATE:
    values_join(values, result, a);
    break;
  case OP_LOAD:
    evaluate_load(values, instruction->a, result);
    break;
  case OP_STORE:
    values_join(values, content_of(values, location_root(values->locations, ROOT_VARIABLE, instruction->a)),
                values_set(values, function, instruction->b));
    break;
  case OP_GET_FIELD:
    for (uint32_t i = 0; i < a->count; i++)
      values_add_member(values, function, instruction->a, a->items[i], instruction->b, result);
    break;
  case OP_SET_FIELD:
    values_store(values, a, STEP_FIELD, instruction->b, values_set(values, function, instruction->c));
    break;
  case OP_GET_ITEM:
    for (uint32_t i = 0; i < a->count; i++) {
      Location base = values_location_of(values, a->items[i]);
      values_add_elements(values, result, a->items[i],
                          base ? values_element(values, function, base, instruction->b) : 0);
    }
    break;
  case OP_SET_ITEM:
    values_store(values, a, STEP_ANY, 0, values_set(values, function, instruction->c));
    break;
  case OP_MAKE:
    evaluate_make(values, function, instruction, result);
    break;
  case OP_CLOSURE:
    values_add(values, result, abstract_of(ABSTRACT_FUNCTION, instruction->a));
    break;
  case OP_CLASS:
    values_add(values, result, abstract_of(ABSTRACT_CLASS, instruction->a));
    break;
  case OP_SELF:
    evaluate_receiver(values, instruction->a, result);
    break;
  case OP_CALL:
  case OP_CALL_METHOD:
    values_evaluate_call(values, function, instruction, result);
    break;
  case OP_AWAIT:
    evaluate_await(values, function, instruction, result);
    break;
  case OP_NEXT:
    for (uint32_t i = 0; i < a->count; i++)
      values_add_elements(values, result, a->items[i], 0);
    break;
  case OP_ANNOTATE:
    values_annotate(values, values_set(values, function, instruction->a), values_set(values, function, instruction->b));
    break;
  case OP_ANNOTATE_FIELD: {
    ValueSet type = {.passing = true};
    values_annotate(values, &type, values_set(values, function, instruction->c));
    values_store(values, a, STEP_FIELD, instruction->b, &type);
    break;
  }
  case OP_ANNOTATE_VARIABLE:
    values_annotate(values, content_of(values, location_root(values->locations, ROOT_VARIABLE, instruction->a)),
                    values_set(values, function, instruction->b));
    break;
  case OP_RETURN:
    if (instruction->a)
      values_join(values, &values->returns[function], a);
    break;
  default:
    break;
  }
}

// --- the solver

static void seed_parameters(Values *values, FunctionId id) {
  const Function *function = module_function(values->module, id);
  for (uint32_t i = 0; i < function->parameters.count; i++) {
    ValueSet *set = values_set(values, id, function->parameters.items[i].value);
    bool receiver = i == 0 && values->module->traits.receiver_is_parameter && function->class_id &&
                    function->flags & FUNCTION_METHOD;
    if (receiver)
      values_add(values, set,
                 abstract_of(function->flags & FUNCTION_STATIC ? ABSTRACT_CLASS : ABSTRACT_SELF, function->class_id));
    else
      values_add(values, set,
                 abstract_of(ABSTRACT_OBJECT,
                             location_root(values->locations, ROOT_PARAMETER, location_parameter_number(id, i))));
  }
}

static void find_definitions(Values *values, FunctionId id) {
  const Function *function = module_function(values->module, id);
  uint32_t *definitions = values->definitions + values->first[id];
  uint8_t *count = ARENA_ARRAY(values->arena, uint8_t, function->values.count);
  for (uint32_t i = 0; i < function->parameters.count; i++)
    count[function->parameters.items[i].value] = 2;
  for (uint32_t i = 0; i < function->code.count; i++) {
    Value result = function->code.items[i].result;
    if (!result)
      continue;
    definitions[result] = i;
    if (count[result] < 2)
      count[result]++;
  }
  for (Value value = 0; value < function->values.count; value++)
    if (count[value] != 1)
      definitions[value] = UINT32_MAX;
}

static void allocate_tables(Values *values) {
  const Module *module = values->module;
  uint32_t functions = module->functions.count, sets = 0, code = 0;
  values->first = ARENA_ARRAY(values->arena, uint32_t, functions);
  values->first_instruction = ARENA_ARRAY(values->arena, uint32_t, functions);
  for (FunctionId id = 1; id < functions; id++) {
    values->first[id] = sets, values->first_instruction[id] = code;
    sets += module_function(module, id)->values.count;
    code += module_function(module, id)->code.count;
  }
  values->sets = ARENA_ARRAY(values->arena, ValueSet, sets);
  values->definitions = ARENA_ARRAY(values->arena, uint32_t, sets);
  values->returns = ARENA_ARRAY(values->arena, ValueSet, functions);
  values->bounds_of = ARENA_ARRAY(values->arena, uint32_t, functions);
  values->instruction_count = code;
  values->allocation_sites = ARENA_ARRAY(values->arena, uint32_t, code);
  values->coroutine_sites = ARENA_ARRAY(values->arena, uint32_t, code);
  values->families = ARENA_ARRAY(values->arena, ClassId, module->classes.count);
  values->records = ARENA_ARRAY(values->arena, bool, module->classes.count);
  values->pooled = ARENA_ARRAY(values->arena, bool, module->classes.count);
}

static void mark_escape(Values *values, Abstract item) {
  if (abstract_kind(item) != ABSTRACT_FRESH)
    return;
  values->allocations.items[abstract_number(item)].escapes = true;
}

static void note_home(Values *values, Abstract item, Location location) {
  if (abstract_kind(item) != ABSTRACT_FRESH)
    return;
  Allocation *allocation = &values->allocations.items[abstract_number(item)];
  if (!allocation->home)
    allocation->home = location;
}

// Where the objects made in the file ended up.
static void find_keepers(Values *values) {
  for (Location location = 1; location < values->contents.count; location++) {
    const ValueSet *content = &values->contents.items[location];
    if (content->count == 1)
      note_home(values, content->items[0], location);
    const LocationRow *root = location_row(values->locations, location_root_of(values->locations, location));
    if (root->root == ROOT_ALLOCATION)
      continue;
    for (uint32_t i = 0; i < content->count; i++)
      mark_escape(values, content->items[i]);
  }
}

Values *values_solve(Arena *arena, const Module *module, Models *models, Locations *locations, Cancel *cancel) {
  Values *values = ARENA_NEW(arena, Values);
  *values = (Values){.arena = arena, .module = module, .models = models, .locations = locations};
  allocate_tables(values);
  values_index_members(values);
  for (FunctionId id = 1; id < module->functions.count; id++) {
    find_definitions(values, id);
    seed_parameters(values, id);
  }
  for (uint32_t round = 0; round < ROUND_LIMIT; round++) {
    values->changed = false;
    values_find_families(values);
    for (FunctionId id = 1; id < module->functions.count; id++) {
      if (cancel_raised(cancel))
        return NULL;
      const Function *function = module_function(module, id);
      for (uint32_t i = 0; i < function->code.count; i++)
        evaluate(values, id, &function->code.items[i]);
    }
    if (!values->changed)
      break;
  }
  find_keepers(values);
  values_find_records(values);
  values_find_pooled(values);
  values->answers = ARENA_ARRAY(arena, Answer *, values->instruction_count);
  return values;
}

// --- places

// An instance that others can reach stands for all of its class.
static Location shared_instance(const Values *values, Abstract item) {
  const Allocation *made = values_allocation(values, abstract_number(item));
  if (!made->class_id || !made->escapes)
    return 0;
  return location_root(values->locations, ROOT_SELF, values->families[made->class_id]);
}

void values_escape(Values *values, Abstract item) {
  mark_escape(values, item);
}

uint32_t values_locations(Values *values, FunctionId function, Value value, Location places[VALUE_SET_LIMIT]) {
  const ValueSet *set = values_of(values, function, value);
  uint32_t count = 0;
  for (uint32_t i = 0; i < set->count; i++) {
    AbstractKind kind = abstract_kind(set->items[i]);
    if (kind == ABSTRACT_FUNCTION)
      continue;
    Location location =
        kind == ABSTRACT_FRESH ? shared_instance(values, set->items[i]) : values_location_of(values, set->items[i]);
    if (location)
      places[count++] = location;
  }
  return count;
}

uint32_t values_places(Values *values, FunctionId function, const Instruction *instruction,
                       Location places[VALUE_SET_LIMIT]) {
  uint32_t count;
  switch (instruction->op) {
  case OP_LOAD:
  case OP_STORE: {
    const Variable *variable = module_variable(values->module, instruction->a);
    if (variable->kind != VARIABLE_LOCAL && variable->kind != VARIABLE_MODULE)
      return 0;
    if (variable->is_self)
      return 0;
    places[0] = location_root(values->locations, ROOT_VARIABLE, instruction->a);
    return 1;
  }
  case OP_GET_FIELD:
  case OP_SET_FIELD:
  case OP_DELETE_FIELD:
    count = values_locations(values, function, instruction->a, places);
    for (uint32_t i = 0; i < count; i++)
      places[i] = location_step(values->locations, places[i], STEP_FIELD, instruction->b);
    return count;
  case OP_GET_ITEM:
  case OP_SET_ITEM:
  case OP_DELETE_ITEM:
    count = values_locations(values, function, instruction->a, places);
    for (uint32_t i = 0; i < count; i++)
      places[i] = values_element(values, function, places[i], instruction->b);
    return count;
  default:
    return 0;
  }
}
