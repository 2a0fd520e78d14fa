// Looking into nodes.
#include "lowering.h"
#include <string.h>

TSNode lowering_part(const Lowering *lowering, Children children, Field field) {
  TSFieldId id = lowering->grammar->field_ids[field];
  const Child *child = id ? nodes_field(lowering->nodes, children, id) : NULL;
  return child ? child->node : (TSNode){0};
}

TSNode lowering_operand(Lowering *lowering, TSNode node) {
  Children parts = nodes_children(lowering->nodes, node);
  TSNode found = {0};
  for (uint32_t i = 0; i < parts.count && ts_node_is_null(found); i++)
    if (nodes_child(lowering->nodes, parts, i)->named)
      found = nodes_child(lowering->nodes, parts, i)->node;
  nodes_release(lowering->nodes, parts);
  return found;
}

TSNode lowering_field(Lowering *lowering, TSNode node, Field field) {
  Children parts = nodes_children(lowering->nodes, node);
  TSNode found = lowering_part(lowering, parts, field);
  nodes_release(lowering->nodes, parts);
  return found;
}

NodeList lowering_named(Lowering *lowering, TSNode node) {
  NodeList list = {0};
  Children parts = nodes_children(lowering->nodes, node);
  for (uint32_t i = 0; i < parts.count; i++)
    if (nodes_child(lowering->nodes, parts, i)->named)
      array_push(lowering->arena, &list, nodes_child(lowering->nodes, parts, i)->node);
  nodes_release(lowering->nodes, parts);
  return list;
}

bool lowering_has(Lowering *lowering, TSNode node, Kind kind) {
  Children parts = nodes_children(lowering->nodes, node);
  bool found = false;
  for (uint32_t i = 0; i < parts.count && !found; i++)
    found = nodes_child(lowering->nodes, parts, i)->kind == kind;
  nodes_release(lowering->nodes, parts);
  return found;
}

Kind lowering_kind(const Lowering *lowering, TSNode node) {
  return ts_node_is_null(node) ? KIND_NONE : (Kind)nodes_kind(lowering->nodes, node);
}

Symbol lowering_text(const Lowering *lowering, TSNode node) {
  return nodes_symbol(lowering->nodes, lowering->symbols, node);
}

Symbol lowering_string(const Lowering *lowering, TSNode string) {
  uint32_t length;
  const char *text = nodes_text(lowering->nodes, string, &length);
  if (length < 2 || length > 66 || memchr(text, '\\', length))
    return 0;
  return symbol_of(lowering->symbols, text + 1, length - 2);
}

Symbol lowering_property(Lowering *lowering, TSNode name) {
  switch (lowering_kind(lowering, name)) {
  case KIND_PROPERTY:
  case KIND_PRIVATE_PROPERTY:
  case KIND_NUMBER:
  case KIND_IDENTIFIER:
    return lowering_text(lowering, name);
  case KIND_STRING:
    return lowering_string(lowering, name);
  case KIND_COMPUTED_PROPERTY: {
    TSNode inner = lowering_operand(lowering, name);
    return lowering_kind(lowering, inner) == KIND_STRING ? lowering_string(lowering, inner) : 0;
  }
  default:
    return 0;
  }
}

bool lowering_is_token(const Lowering *lowering, TSNode node, const char *text) {
  uint32_t length;
  const char *bytes = ts_node_is_null(node) ? NULL : nodes_text(lowering->nodes, node, &length);
  return bytes && length == strlen(text) && !memcmp(bytes, text, length);
}

TSNode lowering_unwrap(Lowering *lowering, TSNode node) {
  for (;;)
    switch (lowering_kind(lowering, node)) {
    case KIND_PARENTHESIZED:
    case KIND_NON_NULL:
    case KIND_AS:
      node = lowering_operand(lowering, node);
      break;
    default:
      return node;
    }
}
