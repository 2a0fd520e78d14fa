// What TypeScript adds: enums and namespaces run, annotations name classes.
#include "lowering.h"

static void write_name(Lowering *lowering, TSNode name, Value value, TSNode node) {
  VariableId variable = ts_node_is_null(name) ? 0 : bindings_variable(lowering->bindings, name);
  if (variable)
    lowering_write(lowering, variable, value, nodes_span(node));
}

// --- enums

static void push_enum_member(Lowering *lowering, TSNode member) {
  TSNode name = member, value = {0};
  if (lowering_kind(lowering, member) == KIND_ENUM_ASSIGNMENT) {
    Children parts = nodes_children(lowering->nodes, member);
    name = lowering_part(lowering, parts, FIELD_NAME), value = lowering_part(lowering, parts, FIELD_VALUE);
    nodes_release(lowering->nodes, parts);
  }
  Value item = ts_node_is_null(value) ? builder_constant(lowering->builder, CONSTANT_OTHER, 0, nodes_span(member))
                                      : lower_expression(lowering, value);
  operands_push(lowering, (Operand){.value = item, .name = lowering_property(lowering, name)});
}

void lower_enum(Lowering *lowering, TSNode node) {
  Children parts = nodes_children(lowering->nodes, node);
  TSNode name = lowering_part(lowering, parts, FIELD_NAME), body = lowering_part(lowering, parts, FIELD_BODY);
  nodes_release(lowering->nodes, parts);
  NodeList members = {0};
  if (!ts_node_is_null(body))
    members = lowering_named(lowering, body);
  uint32_t mark = operands_mark(lowering);
  for (uint32_t i = 0; i < members.count; i++)
    push_enum_member(lowering, members.items[i]);
  Value object = operands_emit(lowering, mark, OP_MAKE, 0, 0, nodes_span(node));
  builder_last(lowering->builder)->detail = MAKE_OBJECT;
  write_name(lowering, name, object, node);
}

// --- namespaces

// The body runs at once; what it exports becomes fields of the namespace's object.
void lower_namespace(Lowering *lowering, TSNode node) {
  Children parts = nodes_children(lowering->nodes, node);
  TSNode name = lowering_part(lowering, parts, FIELD_NAME), body = lowering_part(lowering, parts, FIELD_BODY);
  nodes_release(lowering->nodes, parts);
  if (ts_node_is_null(body) || ts_node_is_null(name) || lowering_kind(lowering, name) == KIND_STRING)
    return;
  Value outer_value = lowering->namespace_value;
  Symbol outer_prefix = lowering->qualified;
  Value object = builder_emit_args(lowering->builder, OP_MAKE, 0, 0, NULL, 0, nodes_span(node));
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
static TSNode union_member(Lowering *lowering, TSNode node) {
  TSNode found = {0};
  NodeList members = lowering_named(lowering, node);
  for (uint32_t i = 0; i < members.count; i++) {
    if (lowering_kind(lowering, members.items[i]) == KIND_LITERAL_TYPE)
      continue;
    if (!ts_node_is_null(found))
      return (TSNode){0};
    found = members.items[i];
  }
  return found;
}

static bool is_transparent(Lowering *lowering, TSNode name) {
  return lowering_is_token(lowering, name, "Readonly") || lowering_is_token(lowering, name, "Partial") ||
         lowering_is_token(lowering, name, "Required") || lowering_is_token(lowering, name, "NonNullable");
}

static TSNode generic_head(Lowering *lowering, TSNode node) {
  Children parts = nodes_children(lowering->nodes, node);
  TSNode name = lowering_part(lowering, parts, FIELD_NAME);
  TSNode arguments = lowering_part(lowering, parts, FIELD_TYPE_ARGUMENTS);
  nodes_release(lowering->nodes, parts);
  bool transparent = !ts_node_is_null(name) && !ts_node_is_null(arguments) && is_transparent(lowering, name);
  return transparent ? lowering_operand(lowering, arguments) : name;
}

// The name at the head of a type; a null node where there is none.
static TSNode type_head(Lowering *lowering, TSNode node) {
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
      return (TSNode){0};
    }
}

Value lower_type_name(Lowering *lowering, TSNode annotation) {
  TSNode head = type_head(lowering, annotation);
  if (ts_node_is_null(head))
    return 0;
  if (lowering_kind(lowering, head) == KIND_TYPE_IDENTIFIER) {
    VariableId variable = bindings_variable(lowering->bindings, head);
    return variable ? lowering_read(lowering, variable, nodes_span(head)) : 0;
  }
  Children parts = nodes_children(lowering->nodes, head);
  TSNode module = lowering_part(lowering, parts, FIELD_MODULE), name = lowering_part(lowering, parts, FIELD_NAME);
  nodes_release(lowering->nodes, parts);
  if (ts_node_is_null(module) || ts_node_is_null(name))
    return 0;
  Value object = lower_expression(lowering, module);
  return builder_emit(lowering->builder, OP_GET_FIELD, object, lowering_text(lowering, name), 0, nodes_span(head));
}

void lower_variable_type(Lowering *lowering, VariableId variable, TSNode annotation) {
  Value type = lower_type_name(lowering, annotation);
  if (!type)
    return;
  Span span = nodes_span(annotation);
  if (bindings_is_cell(lowering->bindings, variable))
    builder_emit(lowering->builder, OP_ANNOTATE_VARIABLE, variable, type, 0, span);
  else
    builder_emit(lowering->builder, OP_ANNOTATE, builder_local(lowering->builder, variable), type, 0, span);
}
