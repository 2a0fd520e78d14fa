// The patterns of `case`: tests that branch, and names bound on the way.
#include "lowering.h"

static void branch_on(Lowering *lowering, Value test, BlockId fail, Span span) {
  BlockId next = builder_block(lowering->builder);
  builder_branch(lowering->builder, test, next, fail, 0, span);
  builder_enter(lowering->builder, next);
}

static void test_shape(Lowering *lowering, Value subject, Value class_value, BlockId fail, Span span) {
  branch_on(lowering, builder_compute(lowering->builder, OPERATOR_MATCH, subject, class_value, span), fail, span);
}

static bool is_wildcard(Lowering *lowering, Node node) {
  uint32_t length;
  const char *text = nodes_text(lowering->nodes, node, &length);
  return length == 1 && text[0] == '_';
}

static void capture(Lowering *lowering, Node identifier, Value value) {
  if (identifier && !is_wildcard(lowering, identifier))
    write_identifier(lowering, identifier, value, nodes_span(lowering->nodes, identifier));
}

static Value lower_dotted_name(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Span span = nodes_span(lowering->nodes, node);
  Value value = 0;
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->kind != KIND_IDENTIFIER)
      continue;
    Symbol symbol = lowering_symbol(lowering, child->node);
    span.end = nodes_span(lowering->nodes, child->node).end;
    value = value ? builder_emit(lowering->builder, OP_GET_FIELD, value, symbol, 0, span)
                  : read_name(lowering, symbol, span, 0);
  }
  return value ? value : opaque_value(lowering, nodes_span(lowering->nodes, node));
}

// --- kinds of patterns

// `case NAME` binds, `case a.b` compares.
static void lower_name_pattern(Lowering *lowering, Node node, Value subject, BlockId fail) {
  if (node_named_count(lowering->nodes, node) == 1) {
    capture(lowering, node_named(lowering->nodes, node, 0), subject);
    return;
  }
  Value value = lower_dotted_name(lowering, node);
  Span span = nodes_span(lowering->nodes, node);
  branch_on(lowering, builder_compute(lowering->builder, OPERATOR_EQUAL, subject, value, span), fail, span);
}

static void lower_literal_pattern(Lowering *lowering, Node node, Value subject, BlockId fail) {
  Value value = python_lower_expression(lowering, node);
  Span span = nodes_span(lowering->nodes, node);
  branch_on(lowering, builder_compute(lowering->builder, OPERATOR_EQUAL, subject, value, span), fail, span);
}

static void lower_as_pattern(Lowering *lowering, Node node, Value subject, BlockId fail) {
  Children children = nodes_children(lowering->nodes, node);
  Node inner = named_of(lowering->nodes, children, 0), name = named_of(lowering->nodes, children, 1);
  if (inner)
    python_lower_pattern(lowering, inner, subject, fail);
  if (kind_of(lowering->nodes, name) == KIND_AS_PATTERN_TARGET)
    assign(lowering, name, subject, nodes_span(lowering->nodes, name));
  else
    capture(lowering, name, subject);
}

static void lower_union_pattern(Lowering *lowering, Node node, Value subject, BlockId fail) {
  BlockId matched = builder_block(lowering->builder);
  Children children = nodes_children(lowering->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (!child->named)
      continue;
    BlockId next = builder_block(lowering->builder);
    python_lower_pattern(lowering, child->node, subject, next);
    builder_jump(lowering->builder, matched);
    builder_enter(lowering->builder, next);
  }
  builder_jump(lowering->builder, fail);
  builder_enter(lowering->builder, matched);
}

void lower_sequence_pattern(Lowering *lowering, Children patterns, Value subject, BlockId fail, Span span) {
  test_shape(lowering, subject, 0, fail, span);
  bool after_splat = false;
  for (uint32_t i = 0, index = 0; i < patterns.count; i++) {
    const Child *child = nodes_child(lowering->nodes, patterns, i);
    if (!child->named || child->kind == KIND_IF_CLAUSE || child->kind == KIND_BLOCK)
      continue;
    Node part = child->node;
    Span part_span = nodes_span(lowering->nodes, part);
    Node inner = child->kind == KIND_CASE_PATTERN ? node_named(lowering->nodes, part, 0) : part;
    after_splat |= kind_of(lowering->nodes, inner) == KIND_SPLAT_PATTERN;
    Value item = after_splat ? builder_opaque(lowering->builder, &subject, 1, part_span)
                             : builder_item(lowering->builder, subject, index++, part_span);
    python_lower_pattern(lowering, part, item, fail);
  }
}

static void lower_list_pattern(Lowering *lowering, Node node, Value subject, BlockId fail) {
  Children children = nodes_children(lowering->nodes, node);
  bool comma = has_kind(lowering->nodes, children, KIND_TOKEN_COMMA);
  Node first = named_of(lowering->nodes, children, 0);
  bool wrapper = kind_of(lowering->nodes, node) == KIND_TUPLE_PATTERN && !comma && first;
  if (wrapper)
    python_lower_pattern(lowering, first, subject, fail);
  else
    lower_sequence_pattern(lowering, children, subject, fail, nodes_span(lowering->nodes, node));
}

static Value lower_pattern_key(Lowering *lowering, Node key) {
  if (kind_of(lowering->nodes, key) == KIND_DOTTED_NAME)
    return lower_dotted_name(lowering, key);
  return python_lower_expression(lowering, key);
}

static void lower_dict_pattern(Lowering *lowering, Node node, Value subject, BlockId fail) {
  test_shape(lowering, subject, 0, fail, nodes_span(lowering->nodes, node));
  Children children = nodes_children(lowering->nodes, node);
  Value key = 0;
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (!child->named)
      continue;
    Node part = child->node;
    if (child->field == FIELD_KEY) {
      key = lower_pattern_key(lowering, part);
    } else if (child->kind == KIND_SPLAT_PATTERN || !key) {
      python_lower_pattern(lowering, part,
                           builder_opaque(lowering->builder, &subject, 1, nodes_span(lowering->nodes, part)), fail);
    } else {
      Value item = builder_emit(lowering->builder, OP_GET_ITEM, subject, key, 0, nodes_span(lowering->nodes, part));
      python_lower_pattern(lowering, part, item, fail);
    }
  }
}

static void lower_keyword_pattern(Lowering *lowering, Node node, Value subject, BlockId fail) {
  Children children = nodes_children(lowering->nodes, node);
  Node name = named_of(lowering->nodes, children, 0), value = named_of(lowering->nodes, children, 1);
  if (!name || !value)
    return;
  Value field = builder_emit(lowering->builder, OP_GET_FIELD, subject, lowering_symbol(lowering, name), 0,
                             nodes_span(lowering->nodes, node));
  python_lower_pattern(lowering, value, field, fail);
}

// Positional parts of a class pattern are attributes that only the class knows.
static void lower_class_pattern(Lowering *lowering, Node node, Value subject, BlockId fail) {
  Children children = nodes_children(lowering->nodes, node);
  for (uint32_t i = 0, seen = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (!child->named)
      continue;
    Node part = child->node;
    if (!seen++) {
      test_shape(lowering, subject, lower_dotted_name(lowering, part), fail, nodes_span(lowering->nodes, node));
      continue;
    }
    Node inner = child->kind == KIND_CASE_PATTERN ? node_named(lowering->nodes, part, 0) : part;
    if (kind_of(lowering->nodes, inner) == KIND_KEYWORD_PATTERN)
      lower_keyword_pattern(lowering, inner, subject, fail);
    else
      python_lower_pattern(lowering, part,
                           builder_opaque(lowering->builder, &subject, 1, nodes_span(lowering->nodes, part)), fail);
  }
}

static void lower_splat_pattern(Lowering *lowering, Node node, Value subject, BlockId fail) {
  (void)fail;
  capture(lowering, node_named(lowering->nodes, node, 0), subject);
}

// What a pattern wraps: a pattern, a number behind a minus, or `_`, which matches everything.
static void lower_case_pattern(Lowering *lowering, Node node, Value subject, BlockId fail) {
  Node inner = node_named(lowering->nodes, node, 0);
  Kind kind = kind_of(lowering->nodes, inner);
  if (kind == KIND_INTEGER || kind == KIND_FLOAT) {
    Value number = expression_number(lowering, node);
    Span span = nodes_span(lowering->nodes, node);
    branch_on(lowering, builder_compute(lowering->builder, OPERATOR_EQUAL, subject, number, span), fail, span);
  } else if (inner) {
    python_lower_pattern(lowering, inner, subject, fail);
  }
}

// --- the table

typedef void (*PatternHandler)(Lowering *lowering, Node node, Value subject, BlockId fail);

static const PatternHandler HANDLERS[KIND_COUNT] = {
    [KIND_CASE_PATTERN] = lower_case_pattern,       [KIND_AS_PATTERN] = lower_as_pattern,
    [KIND_DOTTED_NAME] = lower_name_pattern,        [KIND_UNION_PATTERN] = lower_union_pattern,
    [KIND_LIST_PATTERN] = lower_list_pattern,       [KIND_TUPLE_PATTERN] = lower_list_pattern,
    [KIND_DICT_PATTERN] = lower_dict_pattern,       [KIND_CLASS_PATTERN] = lower_class_pattern,
    [KIND_KEYWORD_PATTERN] = lower_keyword_pattern, [KIND_SPLAT_PATTERN] = lower_splat_pattern,
};

void python_lower_pattern(Lowering *lowering, Node pattern, Value subject, BlockId fail) {
  if (!enter_depth(lowering))
    return;
  PatternHandler handler = HANDLERS[kind_of(lowering->nodes, pattern)];
  if (handler)
    handler(lowering, pattern, subject, fail);
  else if (pattern && !is_wildcard(lowering, pattern))
    lower_literal_pattern(lowering, pattern, subject, fail);
  leave_depth(lowering);
}
