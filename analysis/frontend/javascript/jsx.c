// JSX: something unknown is made of the component, the attributes and the children. Functions among them may be called
// any time later.
#include "lowering.h"

static void push_node(Lowering *lowering, Node node);

static void push_all(Lowering *lowering, Node node) {
  NodeList parts = lowering_named(lowering, node);
  for (uint32_t i = 0; i < parts.count; i++)
    push_node(lowering, parts.items[i]);
}

// `<Component>` reads a variable, `<div>` does not.
static void push_component(Lowering *lowering, Node tag) {
  Node name = lowering_field(lowering, tag, FIELD_NAME);
  Kind kind = lowering_kind(lowering, name);
  bool reads = kind == KIND_MEMBER || (kind == KIND_IDENTIFIER && bindings_variable(lowering->bindings, name));
  if (reads)
    operands_push(lowering, (Operand){.value = lower_expression(lowering, name)});
  NodeList parts = lowering_named(lowering, tag);
  for (uint32_t i = 0; i < parts.count; i++)
    if (!name || parts.items[i] != name)
      push_node(lowering, parts.items[i]);
}

static void push_node(Lowering *lowering, Node node) {
  switch (lowering_kind(lowering, node)) {
  case KIND_LEAF:
  case KIND_TYPE:
  case KIND_STRING:
  case KIND_PROPERTY:
  case KIND_TYPE_ARGUMENTS:
    break;
  case KIND_JSX_OPENING:
    push_component(lowering, node);
    break;
  case KIND_JSX_ATTRIBUTE:
  case KIND_JSX_EXPRESSION:
    push_all(lowering, node);
    break;
  default:
    operands_push(lowering, (Operand){.value = lower_expression(lowering, node)});
    break;
  }
}

Value lower_jsx(Lowering *lowering, Node node) {
  uint32_t mark = operands_mark(lowering);
  if (lowering_kind(lowering, node) == KIND_JSX_SELF_CLOSING)
    push_component(lowering, node);
  else
    push_all(lowering, node);
  return operands_emit(lowering, mark, OP_OPAQUE, 0, 0, lowering_span(lowering, node));
}
