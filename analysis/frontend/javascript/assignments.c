#include "lowering.h"

// The name of what is assigned to: `this.x = …` inside class C names a function C.x.
static Naming target_naming(Lowering *lowering, Node left) {
  Kind kind = lowering_kind(lowering, left);
  if (kind == KIND_IDENTIFIER)
    return lowering_naming(lowering, lowering_text(lowering, left));
  if (kind != KIND_MEMBER)
    return (Naming){0};
  Node object = lowering_field(lowering, left, FIELD_OBJECT), property = lowering_field(lowering, left, FIELD_PROPERTY);
  if (!property)
    return (Naming){0};
  Symbol name = lowering_text(lowering, property);
  if (lowering_kind(lowering, object) == KIND_THIS && lowering->class)
    return (Naming){.name = name, .qualified = symbol_join(lowering->symbols, lowering->class->qualified, name)};
  if (lowering_kind(lowering, object) != KIND_IDENTIFIER)
    return lowering_naming(lowering, name);
  Naming naming = lowering_naming(lowering, lowering_text(lowering, object));
  return (Naming){.name = name, .qualified = symbol_join(lowering->symbols, naming.qualified, name)};
}

// What `left` is given. `F.prototype` is given the methods of a class, `F.prototype.m` one of them.
static Value lower_assigned(Lowering *lowering, Node left, Node right) {
  Node object = lowering_kind(lowering, left) == KIND_MEMBER ? lowering_field(lowering, left, FIELD_OBJECT) : 0;
  Node property = object ? lowering_field(lowering, left, FIELD_PROPERTY) : 0;
  ClassId owner = object ? prototype_class(lowering, object) : 0;
  bool whole = lowering_kind(lowering, lowering_unwrap(lowering, right)) == KIND_OBJECT;
  lowering->literal_class = whole ? prototype_class(lowering, left) : 0;
  Value value = lower_named(lowering, right, target_naming(lowering, left));
  if (owner && property)
    prototype_add(lowering, owner, lowering_text(lowering, property), right);
  return value;
}

Value lower_assignment(Lowering *lowering, Node node) {
  Node left = lowering_field(lowering, node, FIELD_LEFT), right = lowering_field(lowering, node, FIELD_RIGHT);
  if (!left || !right)
    return lowering_opaque(lowering, node);
  left = lowering_unwrap(lowering, left);
  Value value;
  if (lower_export_assignment(lowering, left, right, &value))
    return value;
  Kind kind = lowering_kind(lowering, left);
  if (kind == KIND_OBJECT_PATTERN || kind == KIND_ARRAY_PATTERN) {
    value = lower_expression(lowering, right);
    lower_pattern(lowering, left, value, lowering_span(lowering, node));
    return value;
  }
  Reference target = reference_of(lowering, left);
  value = lower_assigned(lowering, left, right);
  reference_write(lowering, &target, value, lowering_span(lowering, node), 0);
  return value;
}

// `a ??= b`: read, test, and only then b and the write.
static Value lower_logical_assignment(Lowering *lowering, Node node, const Reference *target, Node right,
                                      bool when_true) {
  Builder *builder = lowering->builder;
  Value result = builder_temporary(builder), old = reference_read(lowering, target, 0);
  BlockId assign = builder_block(builder), done = builder_block(builder);
  builder_move(builder, result, old, target->span);
  builder_branch(builder, old, when_true ? assign : done, when_true ? done : assign, 0, target->span);
  builder_enter(builder, assign);
  Value value = lower_expression(lowering, right);
  reference_write(lowering, target, value, lowering_span(lowering, node), 0);
  builder_move(builder, result, value, lowering_span(lowering, node));
  builder_enter(builder, done);
  return result;
}

Value lower_augmented(Lowering *lowering, Node node) {
  Node left = lowering_field(lowering, node, FIELD_LEFT), right = lowering_field(lowering, node, FIELD_RIGHT);
  Kind operator_ = lowering_kind(lowering, lowering_field(lowering, node, FIELD_OPERATOR));
  if (!left || !right)
    return lowering_opaque(lowering, node);
  Reference target = reference_of(lowering, left);
  if (operator_ == KIND_AND || operator_ == KIND_OR || operator_ == KIND_COALESCE)
    return lower_logical_assignment(lowering, node, &target, right, operator_ == KIND_AND);
  Value old = reference_read(lowering, &target, INSTRUCTION_UPDATE);
  Value operand = lower_expression(lowering, right);
  Operator kind = operator_ == KIND_ARITHMETIC ? OPERATOR_ADD : OPERATOR_OTHER;
  Value value = builder_compute(lowering->builder, kind, old, operand, lowering_span(lowering, node));
  reference_write(lowering, &target, value, lowering_span(lowering, node), INSTRUCTION_UPDATE);
  return value;
}

// The value of `x++` is the old one, except that of a local, where nobody else can tell.
Value lower_update(Lowering *lowering, Node node) {
  Node argument = lowering_field(lowering, node, FIELD_ARGUMENT);
  if (!argument)
    return lowering_opaque(lowering, node);
  Span span = lowering_span(lowering, node);
  Reference target = reference_of(lowering, argument);
  Value old = reference_read(lowering, &target, INSTRUCTION_UPDATE);
  Value one = builder_constant(lowering->builder, CONSTANT_NUMBER, symbol_of_string(lowering->symbols, "1"), span);
  Value value = builder_compute(lowering->builder, OPERATOR_ADD, old, one, span);
  reference_write(lowering, &target, value, span, INSTRUCTION_UPDATE);
  bool local = target.kind == REFERENCE_VARIABLE && !bindings_is_cell(lowering->bindings, target.object);
  bool postfix = lowering_span(lowering, argument).start == span.start;
  return postfix && !local ? old : value;
}
