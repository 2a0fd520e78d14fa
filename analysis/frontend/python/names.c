#include "lowering.h"

Symbol lowering_symbol(const Lowering *lowering, Node node) {
  return nodes_symbol(lowering->nodes, lowering->symbols, node);
}

// A local of the current function that no other function uses is a value; its first mention makes it.
static bool is_value(Lowering *lowering, VariableId id) {
  const Variable *variable = module_variable(lowering->module, id);
  if (variable->kind != VARIABLE_LOCAL || variable->owner != builder_function(lowering->builder) ||
      python_scopes_is_cell(lowering->scopes, id))
    return false;
  builder_local(lowering->builder, id);
  return true;
}

// The class whose body binds the name in the current scope, or 0.
static Name *class_field(Lowering *lowering, Symbol symbol) {
  Name *name = scopes_find(lowering->scopes, lowering->scope, symbol);
  return name && scopes_is_class_field(lowering->scopes, name) ? name : NULL;
}

static void set_flags(Lowering *lowering, uint32_t flags) {
  if (flags)
    builder_last(lowering->builder)->flags |= (uint8_t)flags;
}

// A class body's name that it has not assigned yet means what it means around the class.
Value read_name(Lowering *lowering, Symbol symbol, Span span, uint32_t flags) {
  const Name *field = class_field(lowering, symbol);
  if (field && (field->flags & NAME_ASSIGNED)) {
    Value class_value = scopes_get(lowering->scopes, lowering->scope)->class_value;
    Value value = builder_emit(lowering->builder, OP_GET_FIELD, class_value, symbol, 0, span);
    set_flags(lowering, flags);
    return value;
  }
  VariableId variable = python_scopes_variable(lowering->scopes, lowering->scope, symbol, field != NULL);
  if (!variable)
    return opaque_value(lowering, span);
  bool plain = is_value(lowering, variable);
  Value value = builder_read(lowering->builder, variable, span);
  if (!plain)
    set_flags(lowering, flags);
  return value;
}

void write_name(Lowering *lowering, Symbol symbol, Value value, Span span, uint32_t flags) {
  Name *field = class_field(lowering, symbol);
  if (field) {
    Value class_value = scopes_get(lowering->scopes, lowering->scope)->class_value;
    builder_emit(lowering->builder, OP_SET_FIELD, class_value, symbol, value, span);
    field->flags |= NAME_ASSIGNED;
  } else {
    VariableId variable = python_scopes_variable(lowering->scopes, lowering->scope, symbol, false);
    if (!variable)
      return;
    (void)is_value(lowering, variable);
    builder_write(lowering->builder, variable, value, span);
  }
  set_flags(lowering, flags);
}

void write_identifier(Lowering *lowering, Node identifier, Value value, Span span) {
  write_name(lowering, lowering_symbol(lowering, identifier), value, span, 0);
}

VariableId find_variable(Lowering *lowering, Symbol symbol) {
  VariableId variable = python_scopes_variable(lowering->scopes, lowering->scope, symbol, false);
  if (variable)
    (void)is_value(lowering, variable);
  return variable;
}
