// What is assigned to: names, attributes, items, and tuples of them.
#include "lowering.h"

// A place that can be read and written, its object and key evaluated.
typedef struct Place {
  Kind kind;    // IDENTIFIER, ATTRIBUTE or SUBSCRIPT; OTHER for what cannot be assigned to
  Symbol name;  // of an identifier or an attribute
  Value object; // of an attribute or an item
  Value key;    // of an item
} Place;

static Place open_place(Lowering *lowering, Node node) {
  Place place = {.kind = kind_of(lowering->nodes, node)};
  if (place.kind == KIND_IDENTIFIER) {
    place.name = lowering_symbol(lowering, node);
  } else if (place.kind == KIND_ATTRIBUTE) {
    Node attribute = node_field(lowering->nodes, node, FIELD_ATTRIBUTE);
    place.object = python_lower_expression(lowering, node_field(lowering->nodes, node, FIELD_OBJECT));
    place.name = attribute ? lowering_symbol(lowering, attribute) : 0;
  } else if (place.kind == KIND_SUBSCRIPT) {
    Children children = nodes_children(lowering->nodes, node);
    place.object = python_lower_expression(lowering, nodes_field(lowering->nodes, children, FIELD_VALUE));
    place.key = lower_key(lowering, children);
  } else {
    python_lower_expression(lowering, node);
    place.kind = KIND_OTHER;
  }
  return place;
}

static Value read_place(Lowering *lowering, const Place *place, Span span) {
  Value value;
  switch (place->kind) {
  case KIND_IDENTIFIER:
    return read_name(lowering, place->name, span, INSTRUCTION_UPDATE);
  case KIND_ATTRIBUTE:
    value = builder_emit(lowering->builder, OP_GET_FIELD, place->object, place->name, 0, span);
    break;
  case KIND_SUBSCRIPT:
    value = builder_emit(lowering->builder, OP_GET_ITEM, place->object, place->key, 0, span);
    break;
  default:
    return opaque_value(lowering, span);
  }
  builder_last(lowering->builder)->flags |= INSTRUCTION_UPDATE;
  return value;
}

static void write_place(Lowering *lowering, const Place *place, Value value, Span span, uint32_t flags) {
  switch (place->kind) {
  case KIND_IDENTIFIER:
    write_name(lowering, place->name, value, span, flags);
    return;
  case KIND_ATTRIBUTE:
    builder_emit(lowering->builder, OP_SET_FIELD, place->object, place->name, value, span);
    break;
  case KIND_SUBSCRIPT:
    builder_emit(lowering->builder, OP_SET_ITEM, place->object, place->key, value, span);
    break;
  default:
    return;
  }
  builder_last(lowering->builder)->flags |= (uint8_t)flags;
}

// --- assignment

static bool is_splat(Kind kind) {
  return kind == KIND_LIST_SPLAT_PATTERN || kind == KIND_LIST_SPLAT;
}

// The parts of a tuple take the items of the value in order; what a starred part takes, and all behind it, is unknown.
static void assign_parts(Lowering *lowering, Node tuple, Value value, Span span) {
  Children children = nodes_children(lowering->nodes, tuple);
  bool after_splat = false;
  for (uint32_t i = 0, index = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (!child->named)
      continue;
    Node part = child->node;
    bool splat = is_splat(child->kind);
    after_splat |= splat;
    Value item = after_splat ? builder_opaque(lowering->builder, &value, 1, span)
                             : builder_item(lowering->builder, value, index++, nodes_span(lowering->nodes, part));
    assign(lowering, splat ? node_named(lowering->nodes, part, 0) : part, item, span);
  }
}

// `(x) = …` is no tuple.
static bool is_wrapper(Lowering *lowering, Node node, Kind kind) {
  if (kind == KIND_PARENTHESIZED_EXPRESSION || kind == KIND_AS_PATTERN_TARGET)
    return true;
  if (kind != KIND_TUPLE_PATTERN)
    return false;
  Children children = nodes_children(lowering->nodes, node);
  bool comma = has_kind(lowering->nodes, children, KIND_TOKEN_COMMA);
  Node first = named_of(lowering->nodes, children, 0);
  return !comma && first && !is_splat(kind_of(lowering->nodes, first));
}

static void assign_by_kind(Lowering *lowering, Node target, Value value, Span span) {
  Kind kind = kind_of(lowering->nodes, target);
  if (is_wrapper(lowering, target, kind)) {
    assign(lowering, node_named(lowering->nodes, target, 0), value, span);
    return;
  }
  switch (kind) {
  case KIND_PATTERN_LIST:
  case KIND_TUPLE_PATTERN:
  case KIND_LIST_PATTERN:
  case KIND_EXPRESSION_LIST:
  case KIND_TUPLE:
  case KIND_LIST:
    assign_parts(lowering, target, value, span);
    break;
  default: {
    Place place = open_place(lowering, target);
    write_place(lowering, &place, value, span, 0);
  }
  }
}

void assign(Lowering *lowering, Node target, Value value, Span span) {
  if (!target || !enter_depth(lowering))
    return;
  assign_by_kind(lowering, target, value, span);
  leave_depth(lowering);
}

// --- the statements

typedef struct AssignmentSyntax {
  Node node, left, right, type;
} AssignmentSyntax;

static AssignmentSyntax read_assignment(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  AssignmentSyntax syntax = {.node = node,
                             .left = nodes_field(lowering->nodes, children, FIELD_LEFT),
                             .right = nodes_field(lowering->nodes, children, FIELD_RIGHT),
                             .type = nodes_field(lowering->nodes, children, FIELD_TYPE)};
  return syntax;
}

// A local is annotated once it has its value, all else before: `self.x: T = v`.
static void assign_annotated(Lowering *lowering, const AssignmentSyntax *syntax, Value value) {
  Span span = nodes_span(lowering->nodes, syntax->node);
  bool name = kind_of(lowering->nodes, syntax->left) == KIND_IDENTIFIER;
  if (!name && syntax->type)
    annotate_target(lowering, syntax->left, syntax->type, span);
  assign(lowering, syntax->left, value, span);
  if (name && syntax->type)
    annotate_target(lowering, syntax->left, syntax->type, span);
}

// `a = b = value`: the value first, then a, then b.
void statement_assignment(Lowering *lowering, Node node) {
  ARRAY(AssignmentSyntax) chain = {0};
  array_push(lowering->arena, &chain, read_assignment(lowering, node));
  while (kind_of(lowering->nodes, array_last(&chain).right) == KIND_ASSIGNMENT) {
    AssignmentSyntax next = read_assignment(lowering, array_last(&chain).right);
    array_push(lowering->arena, &chain, next);
  }
  Node right = array_last(&chain).right;
  if (!right) {
    annotate_target(lowering, chain.items[0].left, chain.items[0].type, nodes_span(lowering->nodes, node));
    return;
  }
  Value value = python_lower_expression(lowering, right);
  if (chain.count > 1)
    value = stable_value(lowering, value, nodes_span(lowering->nodes, right));
  for (uint32_t i = 0; i < chain.count; i++)
    assign_annotated(lowering, &chain.items[i], value);
}

void statement_augmented(Lowering *lowering, Node node) {
  AssignmentSyntax syntax = read_assignment(lowering, node);
  if (!syntax.left)
    return;
  Span span = nodes_span(lowering->nodes, node);
  Place place = open_place(lowering, syntax.left);
  Value before = read_place(lowering, &place, nodes_span(lowering->nodes, syntax.left));
  Value operand = python_lower_expression(lowering, syntax.right);
  Value after = builder_compute(lowering->builder, OPERATOR_ADD, before, operand, span);
  write_place(lowering, &place, after, span, INSTRUCTION_UPDATE);
}

// `del x` leaves x without a value.
static void delete_place(Lowering *lowering, Node node, Span span) {
  Place place = open_place(lowering, node);
  if (place.kind == KIND_ATTRIBUTE)
    builder_emit(lowering->builder, OP_DELETE_FIELD, place.object, place.name, 0, span);
  else if (place.kind == KIND_SUBSCRIPT)
    builder_emit(lowering->builder, OP_DELETE_ITEM, place.object, place.key, 0, span);
  else if (place.kind == KIND_IDENTIFIER)
    write_name(lowering, place.name, opaque_value(lowering, span), span, 0);
}

static void delete_all(Lowering *lowering, Node node, Span span) {
  if (!enter_depth(lowering))
    return;
  Children children = nodes_children(lowering->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (!child->named)
      continue;
    switch (child->kind) {
    case KIND_EXPRESSION_LIST:
    case KIND_TUPLE:
    case KIND_LIST:
    case KIND_PARENTHESIZED_EXPRESSION:
      delete_all(lowering, child->node, span);
      break;
    default:
      delete_place(lowering, child->node, span);
      break;
    }
  }
  leave_depth(lowering);
}

void statement_delete(Lowering *lowering, Node node) {
  delete_all(lowering, node, nodes_span(lowering->nodes, node));
}
