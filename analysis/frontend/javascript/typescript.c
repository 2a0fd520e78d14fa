// What TypeScript adds: enums and namespaces run, annotations name classes.
#include "lowering.h"

static void write_name(Lowering *lowering, Node name, Value value, Node node) {
  VariableId variable = !name ? 0 : bindings_variable(lowering->bindings, name);
  if (variable)
    lowering_write(lowering, variable, value, lowering_span(lowering, node));
}

// --- enums

static void push_enum_member(Lowering *lowering, Node member) {
  Node name = member, value = {0};
  if (lowering_kind(lowering, member) == KIND_ENUM_ASSIGNMENT) {
    name = lowering_field(lowering, member, FIELD_NAME), value = lowering_field(lowering, member, FIELD_VALUE);
  }
  Value item = !value ? builder_constant(lowering->builder, CONSTANT_OTHER, 0, lowering_span(lowering, member))
                      : lower_expression(lowering, value);
  operands_push(lowering, (Operand){.value = item, .name = lowering_property(lowering, name)});
}

void lower_enum(Lowering *lowering, Node node) {
  Node name = lowering_field(lowering, node, FIELD_NAME), body = lowering_field(lowering, node, FIELD_BODY);
  NodeList members = {0};
  if (body)
    members = lowering_named(lowering, body);
  uint32_t mark = operands_mark(lowering);
  for (uint32_t i = 0; i < members.count; i++)
    push_enum_member(lowering, members.items[i]);
  Value object = operands_emit(lowering, mark, OP_MAKE, 0, 0, lowering_span(lowering, node));
  builder_last(lowering->builder)->detail = MAKE_OBJECT;
  write_name(lowering, name, object, node);
}

// --- namespaces

// The body runs at once; what it exports becomes fields of the namespace's object.
void lower_namespace(Lowering *lowering, Node node) {
  Node name = lowering_field(lowering, node, FIELD_NAME), body = lowering_field(lowering, node, FIELD_BODY);
  if (!body || !name || lowering_kind(lowering, name) == KIND_STRING)
    return;
  Value outer_value = lowering->namespace_value;
  Symbol outer_prefix = lowering->qualified;
  Value object = builder_emit_args(lowering->builder, OP_MAKE, 0, 0, NULL, 0, lowering_span(lowering, node));
  builder_last(lowering->builder)->detail = MAKE_OBJECT;
  write_name(lowering, name, object, node);
  lowering->namespace_value = object;
  lowering->qualified = symbol_join(lowering->symbols, outer_prefix, lowering_text(lowering, name));
  lower_statement(lowering, body);
  lowering->namespace_value = outer_value;
  lowering->qualified = outer_prefix;
}

// --- annotations

// Of `T | null` and the like, T; a null node where several types are left.
static Node union_member(Lowering *lowering, Node node) {
  Node found = {0};
  NodeList members = lowering_named(lowering, node);
  for (uint32_t i = 0; i < members.count; i++) {
    if (lowering_kind(lowering, members.items[i]) == KIND_LITERAL_TYPE)
      continue;
    if (found)
      return 0;
    found = members.items[i];
  }
  return found;
}

static bool is_transparent(Lowering *lowering, Node name) {
  return lowering_is_token(lowering, name, "Readonly") || lowering_is_token(lowering, name, "Partial") ||
         lowering_is_token(lowering, name, "Required") || lowering_is_token(lowering, name, "NonNullable");
}

static Node generic_head(Lowering *lowering, Node node) {
  Node name = lowering_field(lowering, node, FIELD_NAME);
  Node arguments = lowering_field(lowering, node, FIELD_TYPE_ARGUMENTS);
  bool transparent = name && arguments && is_transparent(lowering, name);
  return transparent ? lowering_operand(lowering, arguments) : name;
}

// The name at the head of a type; a null node where there is none.
static Node type_head(Lowering *lowering, Node node) {
  for (;;)
    switch (lowering_kind(lowering, node)) {
    case KIND_TYPE_ANNOTATION:
    case KIND_WRAPPED_TYPE:
      node = lowering_operand(lowering, node);
      break;
    case KIND_UNION_TYPE:
      node = union_member(lowering, node);
      break;
    case KIND_GENERIC_TYPE:
      node = generic_head(lowering, node);
      break;
    case KIND_TYPE_IDENTIFIER:
    case KIND_NESTED_TYPE_IDENTIFIER:
      return node;
    default:
      return 0;
    }
}

Value lower_type_name(Lowering *lowering, Node annotation) {
  Node head = type_head(lowering, annotation);
  if (!head)
    return 0;
  if (lowering_kind(lowering, head) == KIND_TYPE_IDENTIFIER) {
    VariableId variable = bindings_variable(lowering->bindings, head);
    return variable ? lowering_read(lowering, variable, lowering_span(lowering, head)) : 0;
  }
  Node module = lowering_field(lowering, head, FIELD_MODULE), name = lowering_field(lowering, head, FIELD_NAME);
  if (!module || !name)
    return 0;
  Value object = lower_expression(lowering, module);
  return builder_emit(lowering->builder, OP_GET_FIELD, object, lowering_text(lowering, name), 0,
                      lowering_span(lowering, head));
}

void lower_variable_type(Lowering *lowering, VariableId variable, Node annotation) {
  Value type = lower_type_name(lowering, annotation);
  if (!type)
    return;
  Span span = lowering_span(lowering, annotation);
  if (bindings_is_cell(lowering->bindings, variable))
    builder_emit(lowering->builder, OP_ANNOTATE_VARIABLE, variable, type, 0, span);
  else
    builder_emit(lowering->builder, OP_ANNOTATE, builder_local(lowering->builder, variable), type, 0, span);
}
