// Conditions: `and`, `or`, `not`, comparisons and `a if c else b`, as branches.
#include "lowering.h"
#include <string.h>

static Operator operator_of(Kind token) {
  switch (token) {
  case KIND_TOKEN_EQUAL:
  case KIND_TOKEN_IS:
    return OPERATOR_EQUAL;
  case KIND_TOKEN_NOT_EQUAL:
  case KIND_TOKEN_OLD_NOT_EQUAL:
  case KIND_TOKEN_IS_NOT:
    return OPERATOR_NOT_EQUAL;
  case KIND_TOKEN_LESS:
  case KIND_TOKEN_LESS_EQUAL:
    return OPERATOR_LESS;
  case KIND_TOKEN_GREATER:
  case KIND_TOKEN_GREATER_EQUAL:
    return OPERATOR_GREATER;
  case KIND_TOKEN_IN:
    return OPERATOR_IN;
  case KIND_TOKEN_NOT_IN:
    return OPERATOR_NOT_IN;
  default:
    return OPERATOR_OTHER;
  }
}

typedef struct Boolean {
  Node left, right;
  bool is_or;
} Boolean;

static Boolean read_boolean(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Boolean boolean = {.left = nodes_field(lowering->nodes, children, FIELD_LEFT),
                     .right = nodes_field(lowering->nodes, children, FIELD_RIGHT),
                     .is_or = has_kind(lowering->nodes, children, KIND_TOKEN_OR)};
  return boolean;
}

// --- comparisons

// Lowers a chain `a < b < c`: each comparison but the last is handed to `link`, which ends the block or goes on;
// returns the last one's value.
typedef void (*ComparisonLink)(Lowering *lowering, Value value, Span span, void *context);

static Value lower_chain(Lowering *lowering, Node node, ComparisonLink link, void *context) {
  Children children = nodes_children(lowering->nodes, node);
  Value left = 0, result = 0;
  Operator operator= OPERATOR_OTHER;
  Span span = nodes_span(lowering->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (!child->named) {
      operator= operator_of(child->kind);
      continue;
    }
    Span part = nodes_span(lowering->nodes, child->node);
    if (result)
      link(lowering, result, span, context);
    Value right = python_lower_expression(lowering, child->node);
    if (left) {
      span.end = part.end;
      result = builder_compute(lowering->builder, operator, left, right, span);
    }
    left = right, span.start = part.start;
  }
  return result ? result : left ? left : opaque_value(lowering, nodes_span(lowering->nodes, node));
}

typedef struct JoinContext {
  Value result;
  BlockId end;
} JoinContext;

static void link_value(Lowering *lowering, Value value, Span span, void *context) {
  JoinContext *join = context;
  if (!join->end) {
    join->end = builder_block(lowering->builder);
    join->result = builder_temporary(lowering->builder);
  }
  BlockId next = builder_block(lowering->builder);
  builder_move(lowering->builder, join->result, value, span);
  builder_branch(lowering->builder, value, next, join->end, 0, span);
  builder_enter(lowering->builder, next);
}

Value expression_comparison(Lowering *lowering, Node node) {
  JoinContext join = {0};
  Value last = lower_chain(lowering, node, link_value, &join);
  if (!join.end)
    return last;
  builder_move(lowering->builder, join.result, last, nodes_span(lowering->nodes, node));
  builder_enter(lowering->builder, join.end);
  return join.result;
}

// --- values of `and`, `or`, `not`, `if … else`

Value expression_boolean(Lowering *lowering, Node node) {
  Boolean boolean = read_boolean(lowering, node);
  BlockId other = builder_block(lowering->builder), end = builder_block(lowering->builder);
  Value result = builder_temporary(lowering->builder);
  Value left = python_lower_expression(lowering, boolean.left);
  Span span = nodes_span(lowering->nodes, boolean.left);
  builder_move(lowering->builder, result, left, span);
  builder_branch(lowering->builder, left, boolean.is_or ? end : other, boolean.is_or ? other : end, 0, span);
  builder_enter(lowering->builder, other);
  Value right = python_lower_expression(lowering, boolean.right);
  builder_move(lowering->builder, result, right, nodes_span(lowering->nodes, boolean.right));
  builder_enter(lowering->builder, end);
  return result;
}

Value expression_not(Lowering *lowering, Node node) {
  Value value = python_lower_expression(lowering, node_named(lowering->nodes, node, 0));
  return builder_compute(lowering->builder, OPERATOR_NOT, value, 0, nodes_span(lowering->nodes, node));
}

typedef struct Conditional {
  Node body, test, otherwise;
} Conditional;

static Conditional read_conditional(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Conditional conditional = {.body = named_of(lowering->nodes, children, 0),
                             .test = named_of(lowering->nodes, children, 1),
                             .otherwise = named_of(lowering->nodes, children, 2)};
  return conditional;
}

Value expression_conditional(Lowering *lowering, Node node) {
  Conditional conditional = read_conditional(lowering, node);
  BlockId body = builder_block(lowering->builder), otherwise = builder_block(lowering->builder);
  BlockId end = builder_block(lowering->builder);
  Value result = builder_temporary(lowering->builder);
  python_lower_condition(lowering, conditional.test, body, otherwise, 0);
  builder_enter(lowering->builder, body);
  builder_move(lowering->builder, result, python_lower_expression(lowering, conditional.body),
               nodes_span(lowering->nodes, node));
  builder_jump(lowering->builder, end);
  builder_enter(lowering->builder, otherwise);
  builder_move(lowering->builder, result, python_lower_expression(lowering, conditional.otherwise),
               nodes_span(lowering->nodes, node));
  builder_enter(lowering->builder, end);
  return result;
}

// --- conditions

typedef struct BranchContext {
  BlockId if_false;
  uint32_t flags;
} BranchContext;

static void link_branch(Lowering *lowering, Value value, Span span, void *context) {
  const BranchContext *branch = context;
  BlockId next = builder_block(lowering->builder);
  builder_branch(lowering->builder, value, next, branch->if_false, branch->flags, span);
  builder_enter(lowering->builder, next);
}

static void branch_on_boolean(Lowering *lowering, Node node, BlockId if_true, BlockId if_false, uint32_t flags) {
  Boolean boolean = read_boolean(lowering, node);
  BlockId other = builder_block(lowering->builder);
  python_lower_condition(lowering, boolean.left, boolean.is_or ? if_true : other, boolean.is_or ? other : if_false,
                         flags);
  builder_enter(lowering->builder, other);
  python_lower_condition(lowering, boolean.right, if_true, if_false, flags);
}

static bool is_zero(Lowering *lowering, Node integer) {
  uint32_t length;
  const char *text = nodes_text(lowering->nodes, integer, &length);
  return length == 1 && text[0] == '0';
}

// `TYPE_CHECKING`, `typing.TYPE_CHECKING`: true for type checkers, false whenever the code runs.
static bool is_type_checking(Lowering *lowering, Node node) {
  static const char NAME[] = "TYPE_CHECKING";
  uint32_t length, size = sizeof NAME - 1;
  const char *text = nodes_text(lowering->nodes, node, &length);
  return length >= size && memcmp(text + length - size, NAME, size) == 0 &&
         (length == size || text[length - size - 1] == '.');
}

static void branch_by_kind(Lowering *lowering, Node node, BlockId if_true, BlockId if_false, uint32_t flags) {
  BranchContext branch = {.if_false = if_false, .flags = flags};
  Value value;
  switch (kind_of(lowering->nodes, node)) {
  case KIND_BOOLEAN_OPERATOR:
    branch_on_boolean(lowering, node, if_true, if_false, flags);
    return;
  case KIND_NOT_OPERATOR:
    python_lower_condition(lowering, node_named(lowering->nodes, node, 0), if_false, if_true, flags);
    return;
  case KIND_PARENTHESIZED_EXPRESSION:
    python_lower_condition(lowering, node_named(lowering->nodes, node, 0), if_true, if_false, flags);
    return;
  case KIND_TRUE:
    builder_jump(lowering->builder, if_true);
    return;
  case KIND_FALSE:
    builder_jump(lowering->builder, if_false);
    return;
  case KIND_INTEGER:
    builder_jump(lowering->builder, is_zero(lowering, node) ? if_false : if_true);
    return;
  case KIND_IDENTIFIER:
  case KIND_ATTRIBUTE:
    if (is_type_checking(lowering, node)) {
      builder_jump(lowering->builder, if_false);
      return;
    }
    value = python_lower_expression(lowering, node);
    break;
  case KIND_COMPARISON_OPERATOR:
    value = lower_chain(lowering, node, link_branch, &branch);
    break;
  default:
    value = python_lower_expression(lowering, node);
    break;
  }
  builder_branch(lowering->builder, value, if_true, if_false, flags, nodes_span(lowering->nodes, node));
}

void python_lower_condition(Lowering *lowering, Node node, BlockId if_true, BlockId if_false, uint32_t flags) {
  if (!builder_is_open(lowering->builder))
    builder_enter(lowering->builder, builder_block(lowering->builder));
  if (enter_depth(lowering)) {
    branch_by_kind(lowering, node, if_true, if_false, flags);
    leave_depth(lowering);
  } else {
    Span span = nodes_span(lowering->nodes, node);
    builder_branch(lowering->builder, opaque_value(lowering, span), if_true, if_false, flags, span);
  }
}

// --- expression statements

static void discard_boolean(Lowering *lowering, Node node) {
  Boolean boolean = read_boolean(lowering, node);
  BlockId other = builder_block(lowering->builder), end = builder_block(lowering->builder);
  python_lower_condition(lowering, boolean.left, boolean.is_or ? end : other, boolean.is_or ? other : end, 0);
  builder_enter(lowering->builder, other);
  lower_discarded(lowering, boolean.right);
  builder_enter(lowering->builder, end);
}

static void discard_conditional(Lowering *lowering, Node node) {
  Conditional conditional = read_conditional(lowering, node);
  BlockId body = builder_block(lowering->builder), otherwise = builder_block(lowering->builder);
  BlockId end = builder_block(lowering->builder);
  python_lower_condition(lowering, conditional.test, body, otherwise, 0);
  builder_enter(lowering->builder, body);
  lower_discarded(lowering, conditional.body);
  builder_jump(lowering->builder, end);
  builder_enter(lowering->builder, otherwise);
  lower_discarded(lowering, conditional.otherwise);
  builder_enter(lowering->builder, end);
}

static void discard_value(Lowering *lowering, Node node) {
  Value value = python_lower_expression(lowering, node);
  if (builder_variable(lowering->builder, value))
    return;
  Instruction *last = builder_last(lowering->builder);
  if (last->result == value)
    last->flags |= INSTRUCTION_DISCARDED;
}

static void discard_by_kind(Lowering *lowering, Node node) {
  switch (kind_of(lowering->nodes, node)) {
  case KIND_BOOLEAN_OPERATOR:
    discard_boolean(lowering, node);
    break;
  case KIND_CONDITIONAL_EXPRESSION:
    discard_conditional(lowering, node);
    break;
  case KIND_PARENTHESIZED_EXPRESSION:
    lower_discarded(lowering, node_named(lowering->nodes, node, 0));
    break;
  case KIND_LIST_COMPREHENSION:
  case KIND_SET_COMPREHENSION:
  case KIND_DICTIONARY_COMPREHENSION:
    discard_comprehension(lowering, node);
    break;
  default:
    discard_value(lowering, node);
    break;
  }
}

void lower_discarded(Lowering *lowering, Node node) {
  if (!enter_depth(lowering))
    return;
  discard_by_kind(lowering, node);
  leave_depth(lowering);
}
