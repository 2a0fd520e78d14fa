// The classes of the file: what derives from what, which members and types a value has.
#include "values_state.h"
#include <stdlib.h>

enum { BASE_LIMIT = 8 };

ClassId values_class_of(const Values *values, FunctionId function) {
  for (; function; function = module_function(values->module, function)->parent) {
    ClassId id = module_function(values->module, function)->class_id;
    if (id)
      return id;
  }
  return 0;
}

static ClassId base_class(const Values *values, ClassId id, uint32_t index) {
  VariableId base = module_class(values->module, id)->bases.items[index];
  if (!base)
    return 0;
  const ValueSet *set = values_content(values, location_root(values->locations, ROOT_VARIABLE, base));
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_CLASS)
      return abstract_number(set->items[i]);
  return 0;
}

ClassId values_first_base(const Values *values, ClassId id) {
  const Class *class = module_class(values->module, id);
  for (uint32_t i = 0; i < class->bases.count; i++) {
    ClassId base = base_class(values, id, i);
    if (base && base != id)
      return base;
  }
  return 0;
}

static bool derives(const Values *values, ClassId id, ClassId base) {
  for (uint32_t depth = 0; id && depth < BASE_LIMIT; depth++, id = values_first_base(values, id))
    if (id == base)
      return true;
  return false;
}

bool values_classes_related(const Values *values, ClassId a, ClassId b) {
  return derives(values, a, b) || derives(values, b, a);
}

bool values_class_is_sequential(const Values *values, ClassId id) {
  for (uint32_t depth = 0; id && depth < BASE_LIMIT; depth++, id = values_first_base(values, id)) {
    const Class *class = module_class(values->module, id);
    if (values->records[id] || values->pooled[id])
      return true;
    if (model_class_is_sequential(symbol_text(values->module->symbols, class->name)))
      return true;
    for (uint32_t i = 0; i < class->bases.count; i++)
      if (class->bases.items[i] &&
          model_class_is_sequential(
              symbol_text(values->module->symbols, module_variable(values->module, class->bases.items[i])->name)))
        return true;
  }
  return false;
}

// `@Entity()`, `@Entity`
static bool names_record(const Values *values, FunctionId id, Value decorator) {
  const Instruction *source = values_source(values, id, decorator);
  if (source && source->op == OP_CALL)
    source = values_source(values, id, source->a);
  if (!source || source->op != OP_LOAD)
    return false;
  Symbol name = module_variable(values->module, source->a)->name;
  return model_decorator_is_record(symbol_text(values->module->symbols, name));
}

void values_find_records(Values *values) {
  for (FunctionId id = 1; id < values->module->functions.count; id++) {
    const Function *function = module_function(values->module, id);
    for (uint32_t i = 0; i < function->code.count; i++) {
      const Instruction *call = &function->code.items[i];
      if (call->op != OP_CALL || !(call->flags & INSTRUCTION_DECORATOR) || !call->c)
        continue;
      uint32_t count;
      const Operand *args = instruction_args(values->module, call, &count);
      const ValueSet *decorated = values_of(values, id, args[0].value);
      for (uint32_t v = 0; v < decorated->count; v++)
        if (abstract_kind(decorated->items[v]) == ABSTRACT_CLASS && names_record(values, id, call->a))
          values->records[abstract_number(decorated->items[v])] = true;
    }
  }
}

enum { PUT_BY_OTHERS = 1 << 0, PUT_BY_ITSELF = 1 << 1, PUT_BY_BOTH = PUT_BY_OTHERS | PUT_BY_ITSELF };

// Notes the classes of what a call puts into a queue.
static void note_put(const Values *values, FunctionId id, const Instruction *call, uint8_t *put) {
  uint32_t count;
  const Operand *args = instruction_args(values->module, call, &count);
  if (!count || !model_method_puts(symbol_text(values->module->symbols, call->b)))
    return;
  const ValueSet *set = values_of(values, id, args[0].value);
  for (uint32_t i = 0; i < set->count; i++) {
    ClassId class = values_class_of_value(values, set, set->items[i]);
    bool itself = abstract_kind(set->items[i]) == ABSTRACT_SELF && values_class_of(values, id) == class;
    if (class)
      put[class] |= itself ? PUT_BY_ITSELF : PUT_BY_OTHERS;
  }
}

void values_find_pooled(Values *values) {
  uint8_t *put = ARENA_ARRAY(values->arena, uint8_t, values->module->classes.count);
  for (FunctionId id = 1; id < values->module->functions.count; id++) {
    const Function *function = module_function(values->module, id);
    for (uint32_t i = 0; i < function->code.count; i++)
      if (function->code.items[i].op == OP_CALL_METHOD)
        note_put(values, id, &function->code.items[i], put);
  }
  for (ClassId id = 1; id < values->module->classes.count; id++)
    values->pooled[id] = put[id] == PUT_BY_BOTH;
}

void values_find_families(Values *values) {
  for (ClassId id = 1; id < values->module->classes.count; id++) {
    ClassId top = id;
    for (uint32_t depth = 0; depth < BASE_LIMIT; depth++) {
      ClassId base = values_first_base(values, top);
      if (!base)
        break;
      top = base;
    }
    values->families[id] = top;
  }
}

// --- members

typedef struct Member {
  Symbol name;
  uint32_t index; // in the class
  FunctionId function;
  bool setter;
} Member;

static int by_name(const void *a, const void *b) {
  const Member *left = a, *right = b;
  if (left->name != right->name)
    return left->name < right->name ? -1 : 1;
  return left->index > right->index ? -1 : 1;
}

void values_index_members(Values *values) {
  const Module *module = values->module;
  values->members = ARENA_ARRAY(values->arena, Member *, module->classes.count);
  for (ClassId id = 1; id < module->classes.count; id++) {
    const Class *class = module_class(module, id);
    if (!class->members.count)
      continue;
    Member *members = values->members[id] = ARENA_ARRAY(values->arena, Member, class->members.count);
    for (uint32_t i = 0; i < class->members.count; i++) {
      FunctionId function = class->members.items[i].function;
      bool setter = module_function(module, function)->flags & FUNCTION_SETTER;
      members[i] = (Member){class->members.items[i].name, i, function, setter};
    }
    qsort(members, class->members.count, sizeof *members, by_name);
  }
}

static FunctionId own_member(const Values *values, ClassId id, Symbol name, bool setter) {
  uint32_t low = 0, count = module_class(values->module, id)->members.count, high = count;
  const Member *members = values->members[id];
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (members[middle].name < name)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < count && members[low].name == name; low++)
    if (members[low].setter == setter)
      return members[low].function;
  return 0;
}

FunctionId values_find_member(const Values *values, ClassId id, Symbol name, bool setter) {
  FunctionId member = 0;
  for (uint32_t depth = 0; id && !member && depth < BASE_LIMIT; depth++, id = values_first_base(values, id))
    member = own_member(values, id, name, setter);
  return member;
}

ClassId values_class_of_item(const Values *values, Abstract item) {
  switch (abstract_kind(item)) {
  case ABSTRACT_SELF:
  case ABSTRACT_INSTANCE:
    return abstract_number(item);
  case ABSTRACT_FRESH:
    return values->allocations.items[abstract_number(item)].class_id;
  default:
    return 0;
  }
}

Symbol values_type_of_item(const Values *values, Abstract item) {
  switch (abstract_kind(item)) {
  case ABSTRACT_TYPED:
    return abstract_number(item);
  case ABSTRACT_FRESH:
    return values->allocations.items[abstract_number(item)].type;
  default:
    return 0;
  }
}

// The types of what stands at a location: its own content.
ClassId values_class_of_location(const Values *values, Location location) {
  const ValueSet *content = values_content(values, location);
  for (uint32_t i = 0; i < content->count; i++) {
    ClassId id = values_class_of_item(values, content->items[i]);
    if (id)
      return id;
  }
  return 0;
}

Symbol values_type_of_location(const Values *values, Location location) {
  const ValueSet *content = values_content(values, location);
  for (uint32_t i = 0; i < content->count; i++) {
    Symbol type = values_type_of_item(values, content->items[i]);
    if (type)
      return type;
  }
  return 0;
}

// The class whose members a value has: its own, or that of what stands at its location, or a declared one.
ClassId values_class_of_value(const Values *values, const ValueSet *set, Abstract item) {
  ClassId id = values_class_of_item(values, item);
  if (id || abstract_kind(item) != ABSTRACT_OBJECT)
    return id;
  id = values_class_of_location(values, abstract_number(item));
  for (uint32_t i = 0; !id && i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_INSTANCE)
      id = abstract_number(set->items[i]);
  return id;
}

Symbol values_type_of_value(const Values *values, const ValueSet *set, Abstract item) {
  Symbol type = values_type_of_item(values, item);
  if (type || abstract_kind(item) != ABSTRACT_OBJECT)
    return type;
  type = values_type_of_location(values, abstract_number(item));
  for (uint32_t i = 0; !type && i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_TYPED)
      type = abstract_number(set->items[i]);
  return type;
}
