// Destructuring: declarations, assignments and parameters alike, for the binder has told what each name stands for.
#include "lowering.h"

typedef void (*PatternHandler)(Lowering *lowering, Node pattern, Value value, Span span);

Value lower_default(Lowering *lowering, Value value, Node fallback, Naming naming) {
  Builder *builder = lowering->builder;
  Value result = builder_temporary(builder);
  Span span = lowering_span(lowering, fallback);
  BlockId missing = builder_block(builder), done = builder_block(builder);
  builder_move(builder, result, value, span);
  builder_branch(builder, value, done, missing, 0, span);
  builder_enter(builder, missing);
  builder_move(builder, result, lower_named(lowering, fallback, naming), span);
  builder_enter(builder, done);
  return result;
}

static void lower_target(Lowering *lowering, Node pattern, Value value, Span span) {
  Reference target = reference_of(lowering, pattern);
  reference_write(lowering, &target, value, span, 0);
}

static void lower_with_default(Lowering *lowering, Node pattern, Value value, Span span) {
  Node left = lowering_field(lowering, pattern, FIELD_LEFT), right = lowering_field(lowering, pattern, FIELD_RIGHT);
  if (!left)
    return;
  Kind kind = lowering_kind(lowering, left);
  bool named = kind == KIND_IDENTIFIER || kind == KIND_SHORTHAND_PATTERN;
  Naming naming = lowering_naming(lowering, named ? lowering_text(lowering, left) : 0);
  if (right)
    value = lower_default(lowering, value, right, naming);
  lower_pattern(lowering, left, value, span);
}

static void lower_rest(Lowering *lowering, Node pattern, Value value, Span span) {
  Node target = lowering_operand(lowering, pattern);
  if (!target)
    return;
  lower_pattern(lowering, target, builder_opaque(lowering->builder, &value, 1, lowering_span(lowering, pattern)), span);
}

// --- objects

// The node that names the property, of `{a}`, `{a = 1}` and `{a: b}`.
static Node property_key(Lowering *lowering, Node property) {
  switch (lowering_kind(lowering, property)) {
  case KIND_PAIR_PATTERN:
    return lowering_field(lowering, property, FIELD_KEY);
  case KIND_ASSIGNMENT_PATTERN:
    return lowering_field(lowering, property, FIELD_LEFT);
  default:
    return property;
  }
}

static Value read_property(Lowering *lowering, Node property, Value object) {
  Node key = property_key(lowering, property);
  Span span = lowering_span(lowering, property);
  bool shorthand = lowering_kind(lowering, key) == KIND_SHORTHAND_PATTERN;
  Symbol name = !key ? 0 : shorthand ? lowering_text(lowering, key) : lowering_property(lowering, key);
  if (name)
    return builder_emit(lowering->builder, OP_GET_FIELD, object, name, 0, span);
  Node inner = lowering_kind(lowering, key) == KIND_COMPUTED_PROPERTY ? lowering_operand(lowering, key) : key;
  if (!inner)
    return builder_opaque(lowering->builder, &object, 1, span);
  Value item = lower_expression(lowering, inner);
  return builder_emit(lowering->builder, OP_GET_ITEM, object, item, 0, span);
}

static void lower_object_pattern(Lowering *lowering, Node pattern, Value value, Span span) {
  NodeList properties = lowering_named(lowering, pattern);
  for (uint32_t i = 0; i < properties.count; i++) {
    Node property = properties.items[i];
    Kind kind = lowering_kind(lowering, property);
    if (kind == KIND_REST_PATTERN) {
      lower_rest(lowering, property, value, span);
      continue;
    }
    Value part = read_property(lowering, property, value);
    Node target = kind == KIND_PAIR_PATTERN ? lowering_field(lowering, property, FIELD_VALUE) : property;
    if (target)
      lower_pattern(lowering, target, part, span);
  }
}

// --- arrays

static void lower_element(Lowering *lowering, Node element, uint32_t index, Value value, Span span) {
  if (lowering_kind(lowering, element) == KIND_REST_PATTERN) {
    lower_rest(lowering, element, value, span);
    return;
  }
  char text[12];
  uint32_t length = 0;
  for (uint32_t rest = index; rest || !length; rest /= 10)
    text[sizeof text - ++length] = (char)('0' + rest % 10);
  Symbol number = symbol_of(lowering->symbols, text + sizeof text - length, length);
  Value key = builder_constant(lowering->builder, CONSTANT_NUMBER, number, lowering_span(lowering, element));
  Value item = builder_emit(lowering->builder, OP_GET_ITEM, value, key, 0, lowering_span(lowering, element));
  lower_pattern(lowering, element, item, span);
}

// Holes count: `[, b]` starts at 1.
static void lower_array_pattern(Lowering *lowering, Node pattern, Value value, Span span) {
  uint32_t index = 0;
  for (Node part = tree_first(lowering->tree, pattern); part < tree_end(lowering->tree, pattern); part++) {
    if (tree_node(lowering->tree, part)->named)
      lower_element(lowering, part, index, value, span);
    else if (lowering_kind(lowering, part) == KIND_COMMA)
      index++;
  }
}

// --- dispatch

static const PatternHandler PATTERNS[KIND_COUNT] = {
    [KIND_IDENTIFIER] = lower_target,
    [KIND_SHORTHAND_PATTERN] = lower_target,
    [KIND_MEMBER] = lower_target,
    [KIND_SUBSCRIPT] = lower_target,
    [KIND_NON_NULL] = lower_target,
    [KIND_PARENTHESIZED] = lower_target,
    [KIND_AS] = lower_target,
    [KIND_ASSIGNMENT_PATTERN] = lower_with_default,
    [KIND_REST_PATTERN] = lower_rest,
    [KIND_OBJECT_PATTERN] = lower_object_pattern,
    [KIND_ARRAY_PATTERN] = lower_array_pattern,
};

void lower_pattern(Lowering *lowering, Node pattern, Value value, Span span) {
  PatternHandler handler = PATTERNS[lowering_kind(lowering, pattern)];
  if (!handler || lowering->depth >= DEPTH_LIMIT) {
    builder_opaque(lowering->builder, &value, 1, lowering_span(lowering, pattern));
    return;
  }
  lowering->depth++;
  handler(lowering, pattern, value, span);
  lowering->depth--;
}
