#include "class_data.h"
#include <string.h>

static bool has_class(const ValueSet *set) {
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_CLASS)
      return true;
  return false;
}

static bool class_body_writes(const RuleRun *run, ClassId id, Location field) {
  const Summary *summary = &run->file->summaries[module_class(run->file->module, id)->function];
  for (uint32_t i = 0; i < summary->accesses.count; i++)
    if (summary->accesses.items[i].location == field && summary->accesses.items[i].flags & ACCESS_ASSIGN)
      return true;
  return false;
}

// Whether some object gets a field of this name.
static bool is_set_on_object(const RuleRun *run, Symbol name) {
  const Module *module = run->file->module;
  for (FunctionId id = 1; id < module->functions.count; id++) {
    const Function *function = module_function(module, id);
    for (uint32_t i = 0; i < function->code.count; i++) {
      const Instruction *set = &function->code.items[i];
      if (set->op == OP_SET_FIELD && set->b == name && !has_class(values_of(run->file->values, id, set->a)))
        return true;
    }
  }
  return false;
}

bool class_data_holds(const RuleRun *run, Location location) {
  const Locations *locations = run->file->locations;
  const LocationRow *root = location_row(locations, location_root_of(locations, location));
  if (root->root != ROOT_SELF || !location_row(locations, location)->depth)
    return false;
  while (location_row(locations, location)->depth > 1)
    location = location_row(locations, location)->parent;
  const LocationRow *field = location_row(locations, location);
  return field->step == STEP_FIELD && class_body_writes(run, root->name, location) &&
         !is_set_on_object(run, field->name);
}

bool class_data_keeps_one(const RuleRun *run, FunctionId id, Value object) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *item = &function->code.items[i];
    if (item->op == OP_STORE && item->b == object)
      return module_variable(run->file->module, item->a)->kind == VARIABLE_MODULE;
    if (item->op == OP_SET_FIELD && item->c == object && has_class(values_of(run->file->values, id, item->a)))
      return true;
  }
  return false;
}

static bool is_decorated(const RuleRun *run, ClassId id) {
  const Module *module = run->file->module;
  FunctionId around = module_class(module, id)->function;
  const Function *body = module_function(module, around);
  for (uint32_t i = 0; i < body->code.count; i++) {
    uint32_t count;
    const Operand *args = instruction_args(module, &body->code.items[i], &count);
    if (!count || !(body->code.items[i].flags & INSTRUCTION_DECORATOR))
      continue;
    const ValueSet *decorated = values_of(run->file->values, around, args[0].value);
    for (uint32_t v = 0; v < decorated->count; v++)
      if (decorated->items[v] == abstract_of(ABSTRACT_CLASS, id))
        return true;
  }
  return false;
}

bool class_data_may_be_single(const RuleRun *run, ClassId id) {
  const Module *module = run->file->module;
  const Class *item = module_class(module, id);
  for (uint32_t i = 0; i < item->members.count; i++)
    if (strcmp(symbol_text(module->symbols, item->members.items[i].name), "__new__") == 0)
      return true;
  return item->flags & CLASS_LITERAL || is_decorated(run, id);
}
