// Classes that a constructor function and assignments to its prototype make: `F.prototype.m = function () {…}` and
// `F.prototype = {…}`.
#include "lowering.h"

// F of `F.prototype`, where that is a variable; 0 otherwise.
static VariableId variable_of(Lowering *lowering, Node prototype) {
  if (lowering_kind(lowering, prototype) != KIND_MEMBER)
    return 0;
  Node object = lowering_field(lowering, prototype, FIELD_OBJECT);
  Node property = lowering_field(lowering, prototype, FIELD_PROPERTY);
  if (!property || lowering_kind(lowering, object) != KIND_IDENTIFIER)
    return 0;
  return lowering_is_token(lowering, property, "prototype") ? bindings_variable(lowering->bindings, object) : 0;
}

static void make_constructor(Lowering *lowering, FunctionId id, ClassId class_id) {
  Function *function = &lowering->module->functions.items[id];
  function->class_id = class_id;
  function->flags |= FUNCTION_METHOD | FUNCTION_CONSTRUCTOR;
  add_member(lowering, class_id, symbol_of_string(lowering->symbols, "constructor"), id);
}

static void declare_class(Lowering *lowering, FunctionId constructor, ClassId *id) {
  Class *class = builder_declare_class(lowering->builder, id);
  const Function *function = module_function(lowering->module, constructor);
  class->name = function->name, class->qualified = function->qualified;
  class->flags = CLASS_PROTOTYPE;
  class->function = lowering->function;
  class->span = function->span, class->name_span = function->name_span;
  make_constructor(lowering, constructor, *id);
}

ClassId prototype_class(Lowering *lowering, Node node) {
  VariableId variable = variable_of(lowering, node);
  if (!variable)
    return 0;
  Meaning *meaning = lowering_meaning(lowering, variable);
  bool plain = meaning->function &&
               !(module_function(lowering->module, meaning->function)->flags & (FUNCTION_ASYNC | FUNCTION_GENERATOR));
  if (!meaning->class_id && plain)
    declare_class(lowering, meaning->function, &meaning->class_id);
  return meaning->class_id;
}

// An arrow function has no receiver of its own.
void prototype_add(Lowering *lowering, ClassId class_id, Symbol name, Node value) {
  FunctionId id = lowering->made.function;
  if (!id || !name || lowering_kind(lowering, lowering_unwrap(lowering, value)) != KIND_FUNCTION_EXPRESSION)
    return;
  Function *function = &lowering->module->functions.items[id];
  function->class_id = class_id;
  function->flags |= FUNCTION_METHOD;
  add_member(lowering, class_id, name, id);
}
