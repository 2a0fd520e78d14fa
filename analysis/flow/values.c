#include "values.h"
#include <string.h>

enum { ROUND_LIMIT = 6, BASE_LIMIT = 8 };

// What a call means: asked again and again by the later stages.
typedef struct Answer {
  Callees callees;
  const Model *model;
  Symbol path;
} Answer;

struct Values {
  Arena *arena;
  const Module *module;
  Models *models;
  Locations *locations;
  uint32_t *first; // by function: its first value in `sets`
  ValueSet *sets;
  uint32_t *definitions; // beside `sets`
  ValueSet *returns;     // by function
  ARRAY(ValueSet) contents; // by location
  ARRAY(Allocation) allocations;
  ARRAY(BoundMethod) bounds;
  ARRAY(CoroutineCall) coroutines;
  uint32_t *allocation_sites; // by file-wide instruction: the allocation made there + 1
  uint32_t *coroutine_sites;  // the same for the coroutine
  uint32_t *first_instruction;
  uint32_t instruction_count; // of the file
  ClassId *families; // by class: the topmost base in the file
  Answer **answers;  // by file-wide instruction, once the sets are settled; NULL until asked for
  bool changed;
};

// --- sets

static bool set_holds(const ValueSet *set, Abstract item) {
  for (uint32_t i = 0; i < set->count; i++)
    if (set->items[i] == item) return true;
  return false;
}

static void set_add(Values *values, ValueSet *set, Abstract item) {
  if (!item || set_holds(set, item)) return;
  if (set->count == VALUE_SET_LIMIT) {
    set->open = true;
    return;
  }
  set->items[set->count++] = item;
  values->changed = true;
}

static void set_join(Values *values, ValueSet *set, const ValueSet *other) {
  ValueSet copy = *other; // `other` may move when the tables grow
  for (uint32_t i = 0; i < copy.count; i++)
    set_add(values, set, copy.items[i]);
  set->open |= copy.open;
}

static ValueSet *set_of(const Values *values, FunctionId function, Value value) {
  return &values->sets[values->first[function] + value];
}

const ValueSet *values_of(const Values *values, FunctionId function, Value value) {
  return set_of(values, function, value);
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
  return values->definitions[values->first[function] + value];
}

const Instruction *values_source(const Values *values, FunctionId function, Value value) {
  for (uint32_t steps = 0; steps < 8; steps++) {
    uint32_t definition = values_definition(values, function, value);
    if (definition == UINT32_MAX) return NULL;
    const Instruction *instruction = &module_function(values->module, function)->code.items[definition];
    if (instruction->op != OP_MOVE) return instruction;
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

// --- classes

ClassId values_class_of(const Values *values, FunctionId function) {
  for (; function; function = module_function(values->module, function)->parent) {
    ClassId id = module_function(values->module, function)->class_id;
    if (id) return id;
  }
  return 0;
}

static ClassId base_class(const Values *values, ClassId id, uint32_t index) {
  VariableId base = module_class(values->module, id)->bases.items[index];
  if (!base) return 0;
  const ValueSet *set = values_content(values, location_root(values->locations, ROOT_VARIABLE, base));
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_CLASS) return abstract_number(set->items[i]);
  return 0;
}

static ClassId first_base(const Values *values, ClassId id) {
  const Class *class = module_class(values->module, id);
  for (uint32_t i = 0; i < class->bases.count; i++) {
    ClassId base = base_class(values, id, i);
    if (base && base != id) return base;
  }
  return 0;
}

static bool derives(const Values *values, ClassId id, ClassId base) {
  for (uint32_t depth = 0; id && depth < BASE_LIMIT; depth++, id = first_base(values, id))
    if (id == base) return true;
  return false;
}

bool values_classes_related(const Values *values, ClassId a, ClassId b) {
  return derives(values, a, b) || derives(values, b, a);
}

bool values_class_is_sequential(const Values *values, ClassId id) {
  for (uint32_t depth = 0; id && depth < BASE_LIMIT; depth++, id = first_base(values, id)) {
    const Class *class = module_class(values->module, id);
    if (model_class_is_sequential(symbol_text(values->module->symbols, class->name))) return true;
    for (uint32_t i = 0; i < class->bases.count; i++)
      if (class->bases.items[i] &&
          model_class_is_sequential(
            symbol_text(values->module->symbols, module_variable(values->module, class->bases.items[i])->name)))
        return true;
  }
  return false;
}

static void find_families(Values *values) {
  for (ClassId id = 1; id < values->module->classes.count; id++) {
    ClassId top = id;
    for (uint32_t depth = 0; depth < BASE_LIMIT; depth++) {
      ClassId base = first_base(values, top);
      if (!base) break;
      top = base;
    }
    values->families[id] = top;
  }
}

static FunctionId find_member(const Values *values, ClassId id, Symbol name, bool setter) {
  for (uint32_t depth = 0; id && depth < BASE_LIMIT; depth++, id = first_base(values, id)) {
    const Class *class = module_class(values->module, id);
    for (uint32_t i = class->members.count; i-- > 0;) {
      FunctionId member = class->members.items[i].function;
      bool is_setter = module_function(values->module, member)->flags & FUNCTION_SETTER;
      if (class->members.items[i].name == name && is_setter == setter) return member;
    }
  }
  return 0;
}

static ClassId class_of_item(const Values *values, Abstract item) {
  switch (abstract_kind(item)) {
  case ABSTRACT_SELF:
  case ABSTRACT_INSTANCE: return abstract_number(item);
  case ABSTRACT_FRESH: return values->allocations.items[abstract_number(item)].class_id;
  default: return 0;
  }
}

static Symbol type_of_item(const Values *values, Abstract item) {
  switch (abstract_kind(item)) {
  case ABSTRACT_TYPED: return abstract_number(item);
  case ABSTRACT_FRESH: return values->allocations.items[abstract_number(item)].type;
  default: return 0;
  }
}

// The types of what stands at a location: its own content.
static ClassId class_of_location(const Values *values, Location location) {
  const ValueSet *content = values_content(values, location);
  for (uint32_t i = 0; i < content->count; i++) {
    ClassId id = class_of_item(values, content->items[i]);
    if (id) return id;
  }
  return 0;
}

static Symbol type_of_location(const Values *values, Location location) {
  const ValueSet *content = values_content(values, location);
  for (uint32_t i = 0; i < content->count; i++) {
    Symbol type = type_of_item(values, content->items[i]);
    if (type) return type;
  }
  return 0;
}

// --- locations

static Location location_of(const Values *values, Abstract item) {
  uint32_t number = abstract_number(item);
  switch (abstract_kind(item)) {
  case ABSTRACT_OBJECT: return number;
  case ABSTRACT_SELF:
  case ABSTRACT_CLASS: return location_root(values->locations, ROOT_SELF, values->families[number]);
  case ABSTRACT_FRESH: return location_root(values->locations, ROOT_ALLOCATION, number);
  case ABSTRACT_EXTERNAL: return location_root(values->locations, ROOT_EXTERNAL, number);
  default: return 0;
  }
}

static bool is_callable_constant(Abstract item) {
  switch (abstract_kind(item)) {
  case ABSTRACT_FUNCTION:
  case ABSTRACT_CLASS:
  case ABSTRACT_EXTERNAL:
  case ABSTRACT_BOUND:
  case ABSTRACT_COROUTINE: return true;
  default: return false;
  }
}

// Adds what reading a location gives: the callables it holds, and the object that stands there.
static void add_read(Values *values, ValueSet *result, Location location) {
  ValueSet content = *values_content(values, location);
  bool other = content.count == 0 || content.open;
  for (uint32_t i = 0; i < content.count; i++) {
    if (is_callable_constant(content.items[i]))
      set_add(values, result, content.items[i]);
    else
      other = true;
  }
  const LocationRow *root = location_row(values->locations, location_root_of(values->locations, location));
  ClassId id = root->root == ROOT_PARAMETER ? 0 : class_of_location(values, location);
  if (id)
    set_add(values, result, abstract_of(ABSTRACT_SELF, id));
  else if (other)
    set_add(values, result, abstract_of(ABSTRACT_OBJECT, location));
}

// The content below what is held at a location: what a literal was made with.
static void add_held(Values *values, ValueSet *result, Location location, StepKind step, uint32_t name) {
  ValueSet content = *values_content(values, location);
  for (uint32_t i = 0; i < content.count; i++) {
    if (abstract_kind(content.items[i]) != ABSTRACT_FRESH) continue;
    Location inner = location_step(values->locations, location_of(values, content.items[i]), step, name);
    set_join(values, result, values_content(values, inner));
  }
}

// The class of the elements of what stands at a location, as stored there or in a collection stored there.
static ClassId class_of_elements(const Values *values, Location base, Location any) {
  ClassId id = class_of_location(values, any);
  const ValueSet *content = values_content(values, base);
  for (uint32_t i = 0; !id && i < content->count; i++) {
    if (abstract_kind(content->items[i]) != ABSTRACT_FRESH) continue;
    Location held = location_of(values, content->items[i]);
    id = class_of_location(values, location_step(values->locations, held, STEP_ANY, 0));
  }
  return id;
}

static void add_elements(Values *values, ValueSet *result, Abstract container, Location element) {
  Location base = location_of(values, container);
  if (!base || abstract_kind(container) == ABSTRACT_CLASS) return;
  Location any = location_step(values->locations, base, STEP_ANY, 0);
  ValueSet content = *values_content(values, any);
  for (uint32_t i = 0; i < content.count; i++)
    if (is_callable_constant(content.items[i]) || abstract_kind(container) == ABSTRACT_FRESH)
      set_add(values, result, content.items[i]);
  if (abstract_kind(container) == ABSTRACT_FRESH) return;
  ClassId id = class_of_elements(values, base, any);
  if (!id) add_held(values, result, base, STEP_ANY, 0);
  set_add(values, result, id ? abstract_of(ABSTRACT_SELF, id) : abstract_of(ABSTRACT_OBJECT, element ? element : any));
}

// The one location whose object a value is, whatever its declared type; 0 where it may be several.
static Location only_object(const ValueSet *set) {
  Location place = 0;
  for (uint32_t i = 0; i < set->count; i++) {
    AbstractKind kind = abstract_kind(set->items[i]);
    if (kind == ABSTRACT_TYPED || kind == ABSTRACT_INSTANCE) continue;
    if (kind != ABSTRACT_OBJECT || place) return 0;
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
  Location place = only_object(values_of(values, function, key));
  if (place) return location_step(values->locations, base, STEP_KEY_LOCATION, place);
  return location_step(values->locations, base, STEP_KEY_VALUE, values->first[function] + key);
}

// --- instructions

// The number of an instruction in the file.
static uint32_t site_of(const Values *values, FunctionId function, const Instruction *instruction) {
  uint32_t index = (uint32_t)(instruction - module_function(values->module, function)->code.items);
  return values->first_instruction[function] + index;
}

static Abstract allocation_at(Values *values, FunctionId function, const Instruction *instruction, ClassId class_id,
                              Symbol type, const Model *model) {
  uint32_t *site = &values->allocation_sites[site_of(values, function, instruction)];
  if (!*site) {
    array_push(values->arena, &values->allocations,
               ((Allocation){.function = function,
                             .instruction = (uint32_t)(instruction - module_function(values->module, function)->code.items),
                             .class_id = class_id,
                             .type = type,
                             .model = model}));
    *site = values->allocations.count;
  }
  return abstract_of(ABSTRACT_FRESH, *site - 1);
}

static Abstract coroutine_at(Values *values, FunctionId function, const Instruction *instruction, Callee callee) {
  uint32_t *site = &values->coroutine_sites[site_of(values, function, instruction)];
  if (!*site) {
    array_push(values->arena, &values->coroutines,
               ((CoroutineCall){.caller = function,
                                .instruction = (uint32_t)(instruction - module_function(values->module, function)->code.items),
                                .callee = callee}));
    *site = values->coroutines.count;
  }
  return abstract_of(ABSTRACT_COROUTINE, *site - 1);
}

static Abstract bound_method(Values *values, FunctionId function, Abstract receiver) {
  for (uint32_t i = 0; i < values->bounds.count; i++)
    if (values->bounds.items[i].function == function && values->bounds.items[i].receiver == receiver)
      return abstract_of(ABSTRACT_BOUND, i);
  array_push(values->arena, &values->bounds, ((BoundMethod){function, receiver}));
  return abstract_of(ABSTRACT_BOUND, values->bounds.count - 1);
}

// The class whose members a value has: its own, or that of what stands at its location, or a declared one.
static ClassId class_of_value(const Values *values, const ValueSet *set, Abstract item) {
  ClassId id = class_of_item(values, item);
  if (id || abstract_kind(item) != ABSTRACT_OBJECT) return id;
  id = class_of_location(values, abstract_number(item));
  for (uint32_t i = 0; !id && i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_INSTANCE) id = abstract_number(set->items[i]);
  return id;
}

static Symbol type_of_value(const Values *values, const ValueSet *set, Abstract item) {
  Symbol type = type_of_item(values, item);
  if (type || abstract_kind(item) != ABSTRACT_OBJECT) return type;
  type = type_of_location(values, abstract_number(item));
  for (uint32_t i = 0; !type && i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_TYPED) type = abstract_number(set->items[i]);
  return type;
}

// What a getter gives; an object that a cached one makes stands at the property from then on.
static void add_got(Values *values, Abstract item, FunctionId getter, Symbol name, ValueSet *result) {
  ValueSet returned = values->returns[getter];
  Location base = location_of(values, item);
  bool makes = false;
  for (uint32_t i = 0; i < returned.count; i++)
    makes |= abstract_kind(returned.items[i]) == ABSTRACT_FRESH;
  set_join(values, result, &returned);
  bool keeps = module_function(values->module, getter)->flags & FUNCTION_CACHED;
  if (makes && keeps && base)
    set_add(values, result, abstract_of(ABSTRACT_OBJECT, location_step(values->locations, base, STEP_FIELD, name)));
}

static void add_field(Values *values, const ValueSet *object, Abstract item, Symbol name, ValueSet *result) {
  Symbols *symbols = values->module->symbols;
  if (abstract_kind(item) == ABSTRACT_EXTERNAL) {
    set_add(values, result, abstract_of(ABSTRACT_EXTERNAL, symbol_join(symbols, abstract_number(item), name)));
    return;
  }
  ClassId id = abstract_kind(item) == ABSTRACT_CLASS ? abstract_number(item) : class_of_value(values, object, item);
  FunctionId member = id ? find_member(values, id, name, false) : 0;
  if (member && !(module_function(values->module, member)->flags & FUNCTION_GETTER)) {
    set_add(values, result,
            abstract_kind(item) == ABSTRACT_CLASS ? abstract_of(ABSTRACT_FUNCTION, member)
                                                  : bound_method(values, member, item));
    return;
  }
  if (member) {
    add_got(values, item, member, name, result);
    return;
  }
  Symbol type = type_of_value(values, object, item);
  if (type) set_add(values, result, abstract_of(ABSTRACT_EXTERNAL, symbol_join(symbols, type, name)));
  Location base = location_of(values, item);
  if (!base) return;
  add_held(values, result, base, STEP_FIELD, name);
  Location place = location_step(values->locations, base, STEP_FIELD, name);
  if (abstract_kind(item) == ABSTRACT_FRESH)
    set_join(values, result, values_content(values, place));
  else
    add_read(values, result, place);
}

static void store(Values *values, const ValueSet *objects, StepKind step, Symbol name, const ValueSet *value) {
  for (uint32_t i = 0; i < objects->count; i++) {
    Location base = location_of(values, objects->items[i]);
    if (!base) continue;
    Location place = location_step(values->locations, base, step, name);
    set_join(values, content_of(values, place), value);
  }
}

static void annotate(Values *values, ValueSet *target, const ValueSet *type) {
  for (uint32_t i = 0; i < type->count; i++) {
    uint32_t number = abstract_number(type->items[i]);
    if (abstract_kind(type->items[i]) == ABSTRACT_EXTERNAL)
      set_add(values, target, abstract_of(ABSTRACT_TYPED, number));
    else if (abstract_kind(type->items[i]) == ABSTRACT_CLASS)
      set_add(values, target, abstract_of(ABSTRACT_INSTANCE, number));
  }
}

// --- calls

static void add_callee(Callees *callees, FunctionId function, Abstract receiver) {
  if (callees->count < CALLEE_LIMIT) callees->items[callees->count++] = (Callee){function, receiver};
}

static void add_callees_of(Values *values, FunctionId caller, const Instruction *call, Abstract item, Callees *callees) {
  uint32_t number = abstract_number(item);
  switch (abstract_kind(item)) {
  case ABSTRACT_FUNCTION: add_callee(callees, number, 0); break;
  case ABSTRACT_BOUND:
    add_callee(callees, values->bounds.items[number].function, values->bounds.items[number].receiver);
    break;
  case ABSTRACT_CLASS: {
    Symbol name = symbol_of_string(values->module->symbols,
                                   values->module->traits.receiver_is_parameter ? "__init__" : "constructor");
    FunctionId constructor = find_member(values, number, name, false);
    if (constructor) add_callee(callees, constructor, allocation_at(values, caller, call, number, 0, NULL));
    break;
  }
  default: break;
  }
}

static Callees find_callees(Values *values, FunctionId function, const Instruction *call) {
  Callees callees = {0};
  const ValueSet *set = set_of(values, function, call->a);
  for (uint32_t i = 0; i < set->count; i++) {
    Abstract item = set->items[i];
    if (call->op == OP_CALL) {
      add_callees_of(values, function, call, item, &callees);
      continue;
    }
    ValueSet method = {0};
    bool changed = values->changed;
    add_field(values, set, item, call->b, &method);
    values->changed = changed;
    for (uint32_t m = 0; m < method.count; m++)
      add_callees_of(values, function, call, method.items[m], &callees);
  }
  return callees;
}

Callees values_getters(Values *values, FunctionId function, const Instruction *read) {
  Callees callees = {0};
  const ValueSet *set = set_of(values, function, read->a);
  for (uint32_t i = 0; i < set->count; i++) {
    ClassId id = class_of_value(values, set, set->items[i]);
    FunctionId member = id ? find_member(values, id, read->b, false) : 0;
    if (member && module_function(values->module, member)->flags & FUNCTION_GETTER)
      add_callee(&callees, member, set->items[i]);
  }
  return callees;
}

static const Model *model_of_method(Values *values, const ValueSet *receiver, Symbol name, Symbol *path) {
  for (uint32_t i = 0; i < receiver->count; i++) {
    Abstract item = receiver->items[i];
    if (class_of_value(values, receiver, item) &&
        find_member(values, class_of_value(values, receiver, item), name, false))
      return NULL;
    Symbol type = abstract_kind(item) == ABSTRACT_EXTERNAL ? abstract_number(item) : type_of_value(values, receiver, item);
    if (!type) continue;
    Symbol full = symbol_join(values->module->symbols, type, name);
    if (!*path) *path = full;
    const Model *model = models_find(values->models, full);
    if (model) return model;
  }
  return models_find_method(values->models, name);
}

// A call of an object that a library made: `limit(work)` for `limit = pLimit(1)` is of "p-limit()".
static const Model *model_of_called_object(Values *values, const ValueSet *set, Symbol *path) {
  for (uint32_t i = 0; i < set->count; i++) {
    Symbol type = type_of_value(values, set, set->items[i]);
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
  const ValueSet *set = set_of(values, function, call->a);
  if (call->op == OP_CALL_METHOD) {
    const Model *model = model_of_method(values, set, call->b, path);
    return model && model->arguments >= 0 && (int64_t)call->c > model->arguments ? NULL : model;
  }
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_EXTERNAL) continue;
    *path = abstract_number(set->items[i]);
    return models_find(values->models, *path);
  }
  return model_of_called_object(values, set, path);
}

uint32_t values_types(const Values *values, FunctionId function, Value value, Symbol types[VALUE_SET_LIMIT]) {
  const ValueSet *set = set_of(values, function, value);
  uint32_t count = 0;
  for (uint32_t i = 0; i < set->count; i++) {
    Symbol type = type_of_value(values, set, set->items[i]);
    if (type) types[count++] = type;
  }
  return count;
}

// The answer about a call of the function's code, found once; NULL while the sets still grow, and for instructions that
// stand in no code.
static const Answer *answer_of(Values *values, FunctionId function, const Instruction *call) {
  const Function *item = module_function(values->module, function);
  if (!values->answers || call < item->code.items || call >= item->code.items + item->code.count) return NULL;
  Answer **answer = &values->answers[site_of(values, function, call)];
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
  if (!path) path = &ignored;
  if (!answer) return find_model(values, function, call, path);
  *path = answer->path;
  return answer->model;
}

// What a callee returns, with its parameters replaced by what this call passes.
static void add_returned(Values *values, FunctionId caller, const Instruction *call, Callee callee, ValueSet *result) {
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
        if (index >= count || args[index].flags) continue;
        const ValueSet *passed = set_of(values, caller, args[index].value);
        for (uint32_t p = 0; p < passed->count; p++) {
          Location to = location_of(values, passed->items[p]);
          if (!to) continue;
          Location moved = location_rebase(values->locations, abstract_number(item), root, to);
          set_add(values, result, moved == to ? passed->items[p] : abstract_of(ABSTRACT_OBJECT, moved));
        }
        continue;
      }
    }
    set_add(values, result, item);
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
  return index < count ? set_of(values, function, args[index].value) : &EMPTY;
}

static void add_elements_of_set(Values *values, ValueSet *result, const ValueSet *containers) {
  ValueSet copy = *containers;
  for (uint32_t i = 0; i < copy.count; i++)
    add_elements(values, result, copy.items[i], 0);
}

// A new collection whose elements are those of `from`.
static void add_copy(Values *values, FunctionId function, const Instruction *call, const ValueSet *from, Symbol type,
                     const Model *model, ValueSet *result) {
  Abstract fresh = allocation_at(values, function, call, 0, type, model);
  ValueSet elements = {0};
  add_elements_of_set(values, &elements, from);
  ValueSet self = {.items = {fresh}, .count = 1};
  store(values, &self, STEP_ANY, 0, &elements);
  set_add(values, result, fresh);
}

// A new collection whose elements the function in the first argument makes: `defaultdict(asyncio.Lock)`.
static void add_made_by_factory(Values *values, FunctionId function, const Instruction *call, Symbol type,
                                const Model *model, ValueSet *result) {
  ValueSet factory = *argument(values, function, call, 0), elements = {0};
  annotate(values, &elements, &factory);
  for (uint32_t i = 0; i < factory.count; i++)
    if (abstract_kind(factory.items[i]) == ABSTRACT_FUNCTION)
      set_join(values, &elements, &values->returns[abstract_number(factory.items[i])]);
  ValueSet self = {.items = {allocation_at(values, function, call, 0, type, model)}, .count = 1};
  store(values, &self, STEP_ANY, 0, &elements);
  set_add(values, result, self.items[0]);
}

// Calls the functions among the arguments with the elements of the receiver, or of the first argument where it is a plain
// call (`Array.from(xs, f)`).
static void call_now(Values *values, FunctionId function, const Instruction *call, ValueSet *result) {
  ValueSet returned = {0}, elements = {0};
  uint32_t count;
  (void)instruction_args(values->module, call, &count);
  add_elements_of_set(values, &elements,
                      call->op == OP_CALL_METHOD ? set_of(values, function, call->a)
                                                 : argument(values, function, call, 0));
  bool called = false;
  for (uint32_t arg = 0; arg < count; arg++) {
    ValueSet callbacks = *argument(values, function, call, arg);
    for (uint32_t i = 0; i < callbacks.count; i++) {
      Callees callees = {0};
      if (abstract_kind(callbacks.items[i]) == ABSTRACT_CLASS) continue;
      add_callees_of(values, function, call, callbacks.items[i], &callees);
      for (uint32_t c = 0; c < callees.count; c++) {
        const Function *callee = module_function(values->module, callees.items[c].function);
        called = true;
        if (callee->parameters.count)
          set_join(values, set_of(values, callees.items[c].function, callee->parameters.items[0].value), &elements);
        if (callee->flags & FUNCTION_ASYNC)
          set_add(values, &returned, coroutine_at(values, function, call, callees.items[c]));
        else
          set_join(values, &returned, &values->returns[callees.items[c].function]);
      }
    }
  }
  // The call's own site may hold the coroutine: the new array is told by its elements alone.
  set_join(values, result, called ? &returned : &elements);
}

// Whether a semaphore is made with the count 1, which is also what it has when none is given.
static bool counts_one(const Values *values, FunctionId function, const Instruction *call) {
  uint32_t count;
  const Operand *args = instruction_args(values->module, call, &count);
  if (count == 0) return values->module->traits.receiver_is_parameter;
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
    if (abstract_kind(given.items[i]) == ABSTRACT_FRESH && values_allocation(values, abstract_number(given.items[i]))->model)
      set_add(values, result, given.items[i]);
}

static void call_library(Values *values, FunctionId function, const Instruction *call, ValueSet *result) {
  Symbol path;
  const Model *model = values_model(values, function, call, &path);
  const ValueSet *receiver = set_of(values, function, call->a);
  ModelKind kind = model ? (ModelKind)model->kind : MODEL_NONE;
  switch (kind) {
  case MODEL_PURE:
    if (model->effects & EFFECT_VIEW) set_join(values, result, argument(values, function, call, 0));
    return;
  case MODEL_WAIT:
    set_join(values, result, argument(values, function, call, 0));
    return;
  case MODEL_COPY: add_copy(values, function, call, argument(values, function, call, 0), 0, NULL, result); return;
  case MODEL_COLLECTION:
    if (!(model->effects & EFFECT_COPY))
      add_made_by_factory(values, function, call, path, model, result);
    else
      add_copy(values, function, call, argument(values, function, call, 0), path, model, result);
    return;
  case MODEL_CALL_NOW: call_now(values, function, call, result); return;
  case MODEL_METHOD:
    if (model->effects & EFFECT_VIEW) set_join(values, result, receiver);
    if (model->effects & EFFECT_COPY) add_copy(values, function, call, receiver, 0, NULL, result);
    if (model->effects & EFFECT_ELEMENT)
      for (uint32_t i = 0; i < receiver->count; i++) {
        uint32_t count;
        const Operand *args = instruction_args(values->module, call, &count);
        Location base = location_of(values, receiver->items[i]);
        bool keyed = base && model->key >= 0 && (uint32_t)model->key < count;
        add_elements(values, result, receiver->items[i],
                     keyed ? values_element(values, function, base, args[model->key].value) : 0);
        receiver = set_of(values, function, call->a);
      }
    if (model->effects == (EFFECT_READ | EFFECT_ELEMENT)) add_made_default(values, function, call, result);
    if (model->effects & (EFFECT_ADD | EFFECT_SET)) {
      uint32_t count;
      (void)instruction_args(values->module, call, &count);
      if (count) store(values, receiver, STEP_ANY, 0, argument(values, function, call, count - 1));
    }
    return;
  case MODEL_SPAWN:
  case MODEL_GATHER:
  case MODEL_SPAWN_FUNCTION:
  case MODEL_HANDLER:
  case MODEL_CALL_LATER:
  case MODEL_RUN: return;
  default: break;
  }
  Symbol types[VALUE_SET_LIMIT];
  if (!path && call->op == OP_CALL && values_types(values, function, call->a, types)) path = types[0];
  if (!path) return;
  if (kind == MODEL_SEMAPHORE) {
    Abstract made = allocation_at(values, function, call, 0, path, model);
    values->allocations.items[abstract_number(made)].single = counts_one(values, function, call);
    set_add(values, result, made);
    return;
  }
  const char *text = symbol_text(values->module->symbols, path);
  bool type = model || starts_upper(text) || call->flags & INSTRUCTION_NEW;
  Symbol name = type ? path : symbol_of_string(values->module->symbols, arena_printf(values->arena, "%s()", text));
  set_add(values, result, allocation_at(values, function, call, 0, name, model));
}

// A parameter without a declared class is of the classes of what callers in the file pass.
static void pass_classes(Values *values, FunctionId caller, const Instruction *call, Callee callee) {
  const Function *function = module_function(values->module, callee.function);
  uint32_t count, shift = callee.receiver && values->module->traits.receiver_is_parameter ? 1 : 0;
  const Operand *args = instruction_args(values->module, call, &count);
  for (uint32_t i = 0; i < count && i + shift < function->parameters.count; i++) {
    if (args[i].flags || args[i].name) break;
    ValueSet *parameter = set_of(values, callee.function, function->parameters.items[i + shift].value);
    const ValueSet *passed = set_of(values, caller, args[i].value);
    for (uint32_t p = 0; p < passed->count; p++) {
      ClassId id = class_of_item(values, passed->items[p]);
      if (id) set_add(values, parameter, abstract_of(ABSTRACT_INSTANCE, id));
    }
  }
}

static void evaluate_call(Values *values, FunctionId function, const Instruction *call, ValueSet *result) {
  if (call->flags & INSTRUCTION_DECORATOR) {
    // A decorated function is taken for the function itself.
    set_join(values, result, argument(values, function, call, 0));
    return;
  }
  const ValueSet *set = set_of(values, function, call->a);
  for (uint32_t i = 0; call->op == OP_CALL && i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_CLASS)
      set_add(values, result, allocation_at(values, function, call, abstract_number(set->items[i]), 0, NULL));
  Callees callees = values_callees(values, function, call);
  for (uint32_t i = 0; i < callees.count; i++) {
    const Function *callee = module_function(values->module, callees.items[i].function);
    pass_classes(values, function, call, callees.items[i]);
    if (callee->flags & FUNCTION_CONSTRUCTOR) continue;
    if (callee->flags & FUNCTION_ASYNC && !(callee->flags & FUNCTION_GENERATOR))
      set_add(values, result, coroutine_at(values, function, call, callees.items[i]));
    else
      add_returned(values, function, call, callees.items[i], result);
  }
  if (!callees.count) call_library(values, function, call, result);
}

static void evaluate_await(Values *values, FunctionId function, const Instruction *instruction, ValueSet *result) {
  ValueSet awaited = *set_of(values, function, instruction->a);
  for (uint32_t i = 0; i < awaited.count; i++) {
    if (abstract_kind(awaited.items[i]) != ABSTRACT_COROUTINE) {
      if (abstract_kind(awaited.items[i]) != ABSTRACT_OBJECT) set_add(values, result, awaited.items[i]);
      continue;
    }
    CoroutineCall call = values->coroutines.items[abstract_number(awaited.items[i])];
    const Instruction *made = &module_function(values->module, call.caller)->code.items[call.instruction];
    add_returned(values, call.caller, made, call.callee, result);
  }
}

static void evaluate_load(Values *values, VariableId id, ValueSet *result) {
  const Variable *variable = module_variable(values->module, id);
  switch (variable->kind) {
  case VARIABLE_IMPORT: set_add(values, result, abstract_of(ABSTRACT_EXTERNAL, variable->import_path)); break;
  case VARIABLE_UNRESOLVED: set_add(values, result, abstract_of(ABSTRACT_EXTERNAL, variable->name)); break;
  default:
    if (variable->is_self && values_class_of(values, variable->owner))
      set_add(values, result, abstract_of(ABSTRACT_SELF, values_class_of(values, variable->owner)));
    else
      add_read(values, result, location_root(values->locations, ROOT_VARIABLE, id));
  }
}

static void evaluate_make(Values *values, FunctionId function, const Instruction *instruction, ValueSet *result) {
  Abstract fresh = allocation_at(values, function, instruction, instruction->a, 0, NULL);
  ValueSet self = {.items = {fresh}, .count = 1};
  uint32_t count;
  const Operand *args = instruction_args(values->module, instruction, &count);
  for (uint32_t i = 0; i < count; i++) {
    const ValueSet *value = set_of(values, function, args[i].value);
    if (args[i].flags) {
      ValueSet elements = {0};
      add_elements_of_set(values, &elements, value);
      store(values, &self, STEP_ANY, 0, &elements);
      // A comprehension's or a mapped array's elements may be told by the value itself.
      for (uint32_t v = 0; v < value->count; v++)
        if (abstract_kind(value->items[v]) == ABSTRACT_COROUTINE) store(values, &self, STEP_ANY, 0, value);
    } else if (args[i].name) {
      store(values, &self, STEP_FIELD, args[i].name, value);
    } else {
      store(values, &self, STEP_ANY, 0, value);
    }
  }
  set_add(values, result, fresh);
}

static void evaluate_receiver(Values *values, FunctionId method, ValueSet *result) {
  ClassId id = values_class_of(values, method);
  set_add(values, result,
          id ? abstract_of(ABSTRACT_SELF, id)
             : abstract_of(ABSTRACT_OBJECT, location_root(values->locations, ROOT_RECEIVER, method)));
}

static const AbstractKind CONSTANTS[] = {
  [CONSTANT_OTHER] = ABSTRACT_CONSTANT, [CONSTANT_NULL] = ABSTRACT_NULL,       [CONSTANT_FALSE] = ABSTRACT_FALSE,
  [CONSTANT_TRUE] = ABSTRACT_TRUE,      [CONSTANT_NUMBER] = ABSTRACT_CONSTANT, [CONSTANT_STRING] = ABSTRACT_CONSTANT,
};

static void evaluate(Values *values, FunctionId function, const Instruction *instruction) {
  ValueSet none = {0}, dropped = {0};
  ValueSet *result = instruction->result ? set_of(values, function, instruction->result) : &dropped;
  char kind = op_fields(instruction->op)[1];
  const ValueSet *a = kind == 'V' || kind == 'v' ? set_of(values, function, instruction->a) : &none;
  switch (instruction->op) {
  case OP_CONST: set_add(values, result, abstract_of(CONSTANTS[instruction->detail], 0)); break;
  case OP_MOVE:
  case OP_ENTER:
  case OP_ITERATE: set_join(values, result, a); break;
  case OP_LOAD: evaluate_load(values, instruction->a, result); break;
  case OP_STORE:
    set_join(values, content_of(values, location_root(values->locations, ROOT_VARIABLE, instruction->a)),
             set_of(values, function, instruction->b));
    break;
  case OP_GET_FIELD:
    for (uint32_t i = 0; i < a->count; i++)
      add_field(values, a, a->items[i], instruction->b, result);
    break;
  case OP_SET_FIELD: store(values, a, STEP_FIELD, instruction->b, set_of(values, function, instruction->c)); break;
  case OP_GET_ITEM:
    for (uint32_t i = 0; i < a->count; i++) {
      Location base = location_of(values, a->items[i]);
      add_elements(values, result, a->items[i],
                   base ? values_element(values, function, base, instruction->b) : 0);
    }
    break;
  case OP_SET_ITEM: store(values, a, STEP_ANY, 0, set_of(values, function, instruction->c)); break;
  case OP_MAKE: evaluate_make(values, function, instruction, result); break;
  case OP_CLOSURE: set_add(values, result, abstract_of(ABSTRACT_FUNCTION, instruction->a)); break;
  case OP_CLASS: set_add(values, result, abstract_of(ABSTRACT_CLASS, instruction->a)); break;
  case OP_SELF: evaluate_receiver(values, instruction->a, result); break;
  case OP_CALL:
  case OP_CALL_METHOD: evaluate_call(values, function, instruction, result); break;
  case OP_AWAIT: evaluate_await(values, function, instruction, result); break;
  case OP_NEXT:
    for (uint32_t i = 0; i < a->count; i++)
      add_elements(values, result, a->items[i], 0);
    break;
  case OP_ANNOTATE:
    annotate(values, set_of(values, function, instruction->a), set_of(values, function, instruction->b));
    break;
  case OP_ANNOTATE_FIELD: {
    ValueSet type = {0};
    annotate(values, &type, set_of(values, function, instruction->c));
    store(values, a, STEP_FIELD, instruction->b, &type);
    break;
  }
  case OP_ANNOTATE_VARIABLE:
    annotate(values, content_of(values, location_root(values->locations, ROOT_VARIABLE, instruction->a)),
             set_of(values, function, instruction->b));
    break;
  case OP_RETURN:
    if (instruction->a) set_join(values, &values->returns[function], a);
    break;
  default: break;
  }
}

// --- the solver

static void seed_parameters(Values *values, FunctionId id) {
  const Function *function = module_function(values->module, id);
  for (uint32_t i = 0; i < function->parameters.count; i++) {
    ValueSet *set = set_of(values, id, function->parameters.items[i].value);
    bool receiver = i == 0 && values->module->traits.receiver_is_parameter && function->class_id &&
                    function->flags & FUNCTION_METHOD;
    if (receiver)
      set_add(values, set, abstract_of(function->flags & FUNCTION_STATIC ? ABSTRACT_CLASS : ABSTRACT_SELF, function->class_id));
    else
      set_add(values, set,
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
    if (!result) continue;
    definitions[result] = i;
    if (count[result] < 2) count[result]++;
  }
  for (Value value = 0; value < function->values.count; value++)
    if (count[value] != 1) definitions[value] = UINT32_MAX;
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
  values->instruction_count = code;
  values->allocation_sites = ARENA_ARRAY(values->arena, uint32_t, code);
  values->coroutine_sites = ARENA_ARRAY(values->arena, uint32_t, code);
  values->families = ARENA_ARRAY(values->arena, ClassId, module->classes.count);
}

static void mark_escape(Values *values, Abstract item) {
  if (abstract_kind(item) != ABSTRACT_FRESH) return;
  values->allocations.items[abstract_number(item)].escapes = true;
}

static void find_escapes(Values *values) {
  for (Location location = 1; location < values->contents.count; location++) {
    const LocationRow *root = location_row(values->locations, location_root_of(values->locations, location));
    if (root->root == ROOT_ALLOCATION) continue;
    for (uint32_t i = 0; i < values->contents.items[location].count; i++)
      mark_escape(values, values->contents.items[location].items[i]);
  }
}

Values *values_solve(Arena *arena, const Module *module, Models *models, Locations *locations, Cancel *cancel) {
  Values *values = ARENA_NEW(arena, Values);
  *values = (Values){.arena = arena, .module = module, .models = models, .locations = locations};
  allocate_tables(values);
  for (FunctionId id = 1; id < module->functions.count; id++) {
    find_definitions(values, id);
    seed_parameters(values, id);
  }
  for (uint32_t round = 0; round < ROUND_LIMIT; round++) {
    values->changed = false;
    find_families(values);
    for (FunctionId id = 1; id < module->functions.count; id++) {
      if (cancel_raised(cancel)) return NULL;
      const Function *function = module_function(module, id);
      for (uint32_t i = 0; i < function->code.count; i++)
        evaluate(values, id, &function->code.items[i]);
    }
    if (!values->changed) break;
  }
  find_escapes(values);
  values->answers = ARENA_ARRAY(arena, Answer *, values->instruction_count);
  return values;
}

// --- places

// An instance that others can reach stands for all of its class.
static Location shared_instance(const Values *values, Abstract item) {
  const Allocation *made = values_allocation(values, abstract_number(item));
  if (!made->class_id || !made->escapes) return 0;
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
    if (kind == ABSTRACT_FUNCTION) continue;
    Location location =
      kind == ABSTRACT_FRESH ? shared_instance(values, set->items[i]) : location_of(values, set->items[i]);
    if (location) places[count++] = location;
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
    if (variable->kind != VARIABLE_LOCAL && variable->kind != VARIABLE_MODULE) return 0;
    if (variable->is_self) return 0;
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
  default: return 0;
  }
}
