// Looking into nodes.
#include "lowering.h"
#include <string.h>

Node lowering_operand(const Lowering *lowering, Node node) {
  return tree_operand(lowering->tree, node);
}

Node lowering_field(const Lowering *lowering, Node node, Field field) {
  return tree_field(lowering->tree, node, field);
}

NodeList lowering_named(const Lowering *lowering, Node node) {
  uint32_t count = tree_node(lowering->tree, node)->count;
  NodeList list = {.items = count ? ARENA_ARRAY(lowering->arena, Node, count) : NULL, .capacity = count};
  for (Node part = tree_first(lowering->tree, node); part < tree_end(lowering->tree, node); part++)
    if (tree_node(lowering->tree, part)->named)
      list.items[list.count++] = part;
  return list;
}

bool lowering_has(const Lowering *lowering, Node node, Kind kind) {
  return tree_of_kind(lowering->tree, node, kind) != 0;
}

Kind lowering_kind(const Lowering *lowering, Node node) {
  return tree_kind(lowering->tree, node);
}

Span lowering_span(const Lowering *lowering, Node node) {
  return tree_span(lowering->tree, node);
}

Symbol lowering_text(const Lowering *lowering, Node node) {
  return tree_symbol(lowering->tree, lowering->symbols, node);
}

bool lowering_is_token(const Lowering *lowering, Node node, const char *text) {
  return tree_is(lowering->tree, node, text);
}

Symbol lowering_string(const Lowering *lowering, Node string) {
  uint32_t length;
  const char *text = tree_text(lowering->tree, string, &length);
  if (length < 2 || length > 66 || memchr(text, '\\', length))
    return 0;
  return symbol_of(lowering->symbols, text + 1, length - 2);
}

// `Symbol.asyncDispose`
static bool is_symbol(const Lowering *lowering, Node node) {
  static const char PREFIX[] = "Symbol.";
  uint32_t length;
  const char *text = tree_text(lowering->tree, node, &length);
  return lowering_kind(lowering, node) == KIND_MEMBER && length > sizeof PREFIX &&
         memcmp(text, PREFIX, sizeof PREFIX - 1) == 0;
}

Symbol lowering_property(const Lowering *lowering, Node name) {
  switch (lowering_kind(lowering, name)) {
  case KIND_PROPERTY:
  case KIND_PRIVATE_PROPERTY:
  case KIND_NUMBER:
  case KIND_IDENTIFIER:
    return lowering_text(lowering, name);
  case KIND_STRING:
    return lowering_string(lowering, name);
  case KIND_COMPUTED_PROPERTY: {
    Node inner = lowering_operand(lowering, name);
    if (is_symbol(lowering, inner))
      return lowering_text(lowering, inner);
    return lowering_kind(lowering, inner) == KIND_STRING ? lowering_string(lowering, inner) : 0;
  }
  default:
    return 0;
  }
}

Node lowering_unwrap(const Lowering *lowering, Node node) {
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
