// Operators, and expressions lowered as conditions or for their effect.
#include "lowering.h"

static const uint8_t OPERATORS[KIND_COUNT] = {
    [KIND_ARITHMETIC] = OPERATOR_ADD, [KIND_STAR] = OPERATOR_ADD,
    [KIND_EQUAL] = OPERATOR_EQUAL,    [KIND_NOT_EQUAL] = OPERATOR_NOT_EQUAL,
    [KIND_LESS] = OPERATOR_LESS,      [KIND_GREATER] = OPERATOR_GREATER,
    [KIND_IN] = OPERATOR_IN,          [KIND_INSTANCE_OF] = OPERATOR_INSTANCE_OF,
    [KIND_NOT] = OPERATOR_NOT,        [KIND_VOID] = OPERATOR_VOID,
    [KIND_TYPEOF] = OPERATOR_TYPEOF,
};

typedef struct Binary {
  Node left, right;
  Kind operator_;
} Binary;

static Binary read_binary(Lowering *lowering, Node node) {
  Binary binary = {lowering_field(lowering, node, FIELD_LEFT), lowering_field(lowering, node, FIELD_RIGHT),
                   lowering_kind(lowering, lowering_field(lowering, node, FIELD_OPERATOR))};
  return binary;
}

static bool is_logical(Kind operator_) {
  return operator_ == KIND_AND || operator_ == KIND_OR || operator_ == KIND_COALESCE;
}

static Value lower_operand_or_unknown(Lowering *lowering, Node node, Node around) {
  return !node ? lowering_opaque(lowering, around) : lower_expression(lowering, node);
}

// The nodes of a chain that grows to the left, outermost first, as long as `follows` says so; the last one's left side
// is the chain's start.
typedef struct Spine {
  NodeList nodes;
  ARRAY(Binary) steps;
} Spine;

static Spine read_spine(Lowering *lowering, Node node, Kind logical) {
  Spine spine = {0};
  while (lowering_kind(lowering, node) == KIND_BINARY) {
    Binary binary = read_binary(lowering, node);
    if (logical ? binary.operator_ != logical : is_logical(binary.operator_))
      break;
    array_push(lowering->arena, &spine.nodes, node);
    array_push(lowering->arena, &spine.steps, binary);
    node = binary.left;
  }
  return spine;
}

static Value lower_arithmetic(Lowering *lowering, Node node) {
  Spine spine = read_spine(lowering, node, KIND_NONE);
  Value value = lower_operand_or_unknown(lowering, array_last(&spine.steps).left, node);
  for (uint32_t i = spine.steps.count; i-- > 0;) {
    const Binary *step = &spine.steps.items[i];
    Value right = lower_operand_or_unknown(lowering, step->right, node);
    Operator operator_ = (Operator)OPERATORS[step->operator_];
    value = builder_compute(lowering->builder, operator_, value, right, lowering_span(lowering, spine.nodes.items[i]));
  }
  return value;
}

// After `value`, goes on in the current block where a chain of that operator does, and to `done` otherwise.
static void branch_logical(Lowering *lowering, Kind operator_, Value value, BlockId done, Span span) {
  BlockId next = builder_block(lowering->builder);
  if (operator_ == KIND_AND)
    builder_branch(lowering->builder, value, next, done, 0, span);
  else
    builder_branch(lowering->builder, value, done, next, 0, span);
  builder_enter(lowering->builder, next);
}

static Value lower_logical(Lowering *lowering, Node node, Kind operator_) {
  Spine spine = read_spine(lowering, node, operator_);
  BlockId done = builder_block(lowering->builder);
  Value result = builder_temporary(lowering->builder);
  Node operand = array_last(&spine.steps).left;
  for (uint32_t i = spine.steps.count; i-- > 0;) {
    Span span = lowering_span(lowering, !operand ? node : operand);
    Value value = lower_operand_or_unknown(lowering, operand, node);
    builder_move(lowering->builder, result, value, span);
    branch_logical(lowering, operator_, value, done, span);
    operand = spine.steps.items[i].right;
  }
  builder_move(lowering->builder, result, lower_operand_or_unknown(lowering, operand, node),
               lowering_span(lowering, node));
  builder_enter(lowering->builder, done);
  return result;
}

Value lower_binary(Lowering *lowering, Node node) {
  Kind operator_ = read_binary(lowering, node).operator_;
  return is_logical(operator_) ? lower_logical(lowering, node, operator_) : lower_arithmetic(lowering, node);
}

static Value lower_delete(Lowering *lowering, Node argument, Node node) {
  Reference reference = reference_of(lowering, lowering_unwrap(lowering, argument));
  reference_delete(lowering, &reference, lowering_span(lowering, node));
  return builder_constant(lowering->builder, CONSTANT_TRUE, 0, lowering_span(lowering, node));
}

Value lower_unary(Lowering *lowering, Node node) {
  Kind operator_ = lowering_kind(lowering, lowering_field(lowering, node, FIELD_OPERATOR));
  Node argument = lowering_field(lowering, node, FIELD_ARGUMENT);
  if (!argument)
    return lowering_opaque(lowering, node);
  if (operator_ == KIND_DELETE)
    return lower_delete(lowering, argument, node);
  if (operator_ == KIND_VOID && lowering_kind(lowering, argument) == KIND_NUMBER)
    return lowering_null(lowering, node);
  Value value = lower_expression(lowering, argument);
  return builder_compute(lowering->builder, (Operator)OPERATORS[operator_], value, 0, lowering_span(lowering, node));
}

// --- conditional expressions

typedef struct Ternary {
  Node condition, consequence, alternative;
} Ternary;

static Ternary read_ternary(Lowering *lowering, Node node) {
  Ternary ternary = {lowering_field(lowering, node, FIELD_CONDITION), lowering_field(lowering, node, FIELD_CONSEQUENCE),
                     lowering_field(lowering, node, FIELD_ALTERNATIVE)};
  return ternary;
}

// One alternative: into `result`, or for its effect where that is 0.
static void lower_choice(Lowering *lowering, Node node, Node around, Value result) {
  if (!result) {
    if (node)
      lower_effect(lowering, node);
    return;
  }
  Span span = lowering_span(lowering, !node ? around : node);
  builder_move(lowering->builder, result, lower_operand_or_unknown(lowering, node, around), span);
}

// A chain of `a ? b : c ? d : …` is as long as it likes.
static void lower_choices(Lowering *lowering, Node node, Value result) {
  BlockId done = builder_block(lowering->builder);
  Node around = node;
  while (lowering_kind(lowering, node) == KIND_TERNARY) {
    Ternary ternary = read_ternary(lowering, node);
    BlockId then = builder_block(lowering->builder), otherwise = builder_block(lowering->builder);
    lower_condition(lowering, ternary.condition, then, otherwise, 0);
    builder_enter(lowering->builder, then);
    lower_choice(lowering, ternary.consequence, node, result);
    builder_jump(lowering->builder, done);
    builder_enter(lowering->builder, otherwise);
    around = node, node = ternary.alternative;
  }
  lower_choice(lowering, node, around, result);
  builder_enter(lowering->builder, done);
}

Value lower_ternary(Lowering *lowering, Node node) {
  Value result = builder_temporary(lowering->builder);
  lower_choices(lowering, node, result);
  return result;
}

// --- conditions

static Node only_argument(Lowering *lowering, Node unary, Kind operator_) {
  bool fits = lowering_kind(lowering, lowering_field(lowering, unary, FIELD_OPERATOR)) == operator_;
  Node argument = fits ? lowering_field(lowering, unary, FIELD_ARGUMENT) : 0;
  return argument;
}

// Every operand but the last decides early: to `if_false` under `&&`, to `if_true` under `||` and `??`.
static void lower_logical_condition(Lowering *lowering, Node node, Kind operator_, BlockId if_true, BlockId if_false,
                                    uint32_t flags) {
  Spine spine = read_spine(lowering, node, operator_);
  Node operand = array_last(&spine.steps).left;
  for (uint32_t i = spine.steps.count; i-- > 0;) {
    BlockId next = builder_block(lowering->builder);
    lower_condition(lowering, operand, operator_ == KIND_AND ? next : if_true, operator_ == KIND_AND ? if_false : next,
                    flags);
    builder_enter(lowering->builder, next);
    operand = spine.steps.items[i].right;
  }
  lower_condition(lowering, operand, if_true, if_false, flags);
}

static void lower_plain_condition(Lowering *lowering, Node node, BlockId if_true, BlockId if_false, uint32_t flags) {
  Value value = lower_expression(lowering, node);
  builder_branch(lowering->builder, value, if_true, if_false, flags, lowering_span(lowering, node));
}

// Returns a node whose truth decides in the place of `node`, swapping the targets for a `!`; a null node when `node`
// itself is to be tested.
static Node inside_condition(Lowering *lowering, Node node, BlockId *if_true, BlockId *if_false) {
  Kind kind = lowering_kind(lowering, node);
  if (kind == KIND_PARENTHESIZED || kind == KIND_AS)
    return lowering_operand(lowering, node);
  if (kind == KIND_SEQUENCE) {
    NodeList parts = lowering_named(lowering, node);
    for (uint32_t i = 0; i + 1 < parts.count; i++)
      lower_effect(lowering, parts.items[i]);
    return parts.count ? parts.items[parts.count - 1] : 0;
  }
  Node argument = kind == KIND_UNARY ? only_argument(lowering, node, KIND_NOT) : 0;
  if (!argument)
    return argument;
  BlockId swap = *if_true;
  *if_true = *if_false, *if_false = swap;
  return argument;
}

void lower_condition(Lowering *lowering, Node node, BlockId if_true, BlockId if_false, uint32_t flags) {
  for (;;) {
    Node inside = inside_condition(lowering, node, &if_true, &if_false);
    if (!inside)
      break;
    node = inside;
  }
  if (!node) { // left out in half-typed code: either way
    Value unknown = builder_opaque(lowering->builder, NULL, 0, (Span){0, 0});
    builder_branch(lowering->builder, unknown, if_true, if_false, flags, (Span){0, 0});
    return;
  }
  bool binary = lowering_kind(lowering, node) == KIND_BINARY && lowering->depth < DEPTH_LIMIT;
  Kind operator_ = binary ? read_binary(lowering, node).operator_ : KIND_NONE;
  lowering->depth++;
  if (is_logical(operator_))
    lower_logical_condition(lowering, node, operator_, if_true, if_false, flags);
  else
    lower_plain_condition(lowering, node, if_true, if_false, flags);
  lowering->depth--;
}

// --- effects

// `a && f()` as a statement: f's result is dropped, not joined.
static void lower_logical_effect(Lowering *lowering, Node node, Kind operator_) {
  Binary binary = read_binary(lowering, node);
  BlockId then = builder_block(lowering->builder), done = builder_block(lowering->builder);
  bool both = operator_ == KIND_AND;
  lower_condition(lowering, binary.left, both ? then : done, both ? done : then, 0);
  builder_enter(lowering->builder, then);
  if (binary.right)
    lower_effect(lowering, binary.right);
  builder_enter(lowering->builder, done);
}

static void lower_plain_effect(Lowering *lowering, Node node) {
  lowering_mark_discarded(lowering, lower_named(lowering, node, (Naming){.discarded = true}));
}

void lower_effect(Lowering *lowering, Node node) {
  while (lowering_kind(lowering, node) == KIND_PARENTHESIZED)
    node = lowering_operand(lowering, node);
  if (!node)
    return;
  Kind kind = lowering_kind(lowering, node);
  Kind operator_ = kind == KIND_BINARY ? read_binary(lowering, node).operator_ : KIND_NONE;
  if (lowering->depth >= DEPTH_LIMIT) {
    lower_expression(lowering, node);
    return;
  }
  lowering->depth++;
  if (is_logical(operator_))
    lower_logical_effect(lowering, node, operator_);
  else if (kind == KIND_TERNARY)
    lower_choices(lowering, node, 0);
  else if (kind == KIND_SEQUENCE) {
    NodeList parts = lowering_named(lowering, node);
    for (uint32_t i = 0; i < parts.count; i++)
      lower_effect(lowering, parts.items[i]);
  } else
    lower_plain_effect(lowering, node);
  lowering->depth--;
}
