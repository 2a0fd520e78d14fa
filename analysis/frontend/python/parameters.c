#include "parameters.h"

static void read_name(const Nodes *nodes, Node node, ParameterSyntax *parameter) {
  switch (kind_of(nodes, node)) {
  case KIND_IDENTIFIER:
  case KIND_TUPLE_PATTERN:
    parameter->name = node;
    break;
  case KIND_LIST_SPLAT_PATTERN:
    parameter->name = node_named(nodes, node, 0), parameter->flags = OPERAND_SPREAD;
    break;
  case KIND_DICTIONARY_SPLAT_PATTERN:
    parameter->name = node_named(nodes, node, 0), parameter->flags = OPERAND_SPREAD_MAP;
    break;
  default:
    break;
  }
  Kind kind = kind_of(nodes, parameter->name);
  if (kind != KIND_IDENTIFIER && kind != KIND_TUPLE_PATTERN)
    parameter->name = 0;
}

ParameterSyntax parameter_read(const Nodes *nodes, Node node) {
  ParameterSyntax parameter = {.name = 0, .type = 0, .standard = 0};
  Kind kind = kind_of(nodes, node);
  if (kind != KIND_TYPED_PARAMETER && kind != KIND_DEFAULT_PARAMETER && kind != KIND_TYPED_DEFAULT_PARAMETER) {
    read_name(nodes, node, &parameter);
    return parameter;
  }
  Children children = nodes_children(nodes, node);
  parameter.type = nodes_field(nodes, children, FIELD_TYPE);
  parameter.standard = nodes_field(nodes, children, FIELD_VALUE);
  Node name = kind == KIND_TYPED_PARAMETER ? named_of(nodes, children, 0) : nodes_field(nodes, children, FIELD_NAME);
  read_name(nodes, name, &parameter);
  return parameter;
}
