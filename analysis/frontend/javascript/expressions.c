#include "lowering.h"

typedef Value (*ExpressionHandler)(Lowering *lowering, Node node);

// --- names and constants

static Value lower_name(Lowering *lowering, Node node) {
  VariableId variable = bindings_variable(lowering->bindings, node);
  if (!variable)
    return lowering_opaque(lowering, node);
  bool free = module_variable(lowering->module, variable)->kind == VARIABLE_UNRESOLVED;
  if (free && lowering_is_token(lowering, node, "arguments"))
    return lowering_opaque(lowering, node);
  return lowering_read(lowering, variable, lowering_span(lowering, node));
}

Value lower_this(Lowering *lowering, Node node) {
  if (lowering->class_value)
    return lowering->class_value;
  if (!lowering->receiver)
    return lowering_null(lowering, node);
  return builder_emit(lowering->builder, OP_SELF, lowering->receiver, 0, 0, lowering_span(lowering, node));
}

static Value lower_super(Lowering *lowering, Node node) {
  Value value = lower_this(lowering, node);
  if (!lowering->class_value && lowering->receiver)
    builder_last(lowering->builder)->detail = SELF_BASE;
  return value;
}

static Value lower_number(Lowering *lowering, Node node) {
  return builder_constant(lowering->builder, CONSTANT_NUMBER, lowering_text(lowering, node),
                          lowering_span(lowering, node));
}

static Value lower_string(Lowering *lowering, Node node) {
  return builder_constant(lowering->builder, CONSTANT_STRING, lowering_string(lowering, node),
                          lowering_span(lowering, node));
}

static Value lower_literal(Lowering *lowering, Node node) {
  static const uint8_t CONSTANTS[KIND_COUNT] = {[KIND_TRUE] = CONSTANT_TRUE,
                                                [KIND_FALSE] = CONSTANT_FALSE,
                                                [KIND_NULL] = CONSTANT_NULL,
                                                [KIND_UNDEFINED] = CONSTANT_NULL};
  ConstantKind kind = (ConstantKind)CONSTANTS[lowering_kind(lowering, node)];
  return builder_constant(lowering->builder, kind, 0, lowering_span(lowering, node));
}

static Value lower_template(Lowering *lowering, Node node) {
  uint32_t mark = operands_mark(lowering);
  NodeList parts = lowering_named(lowering, node);
  for (uint32_t i = 0; i < parts.count; i++) {
    if (lowering_kind(lowering, parts.items[i]) != KIND_SUBSTITUTION)
      continue;
    Node inner = lowering_operand(lowering, parts.items[i]);
    if (inner)
      operands_push(lowering, (Operand){.value = lower_expression(lowering, inner)});
  }
  if (operands_mark(lowering) == mark && parts.count <= 1)
    return lower_string(lowering, node);
  Value text = operands_emit(lowering, mark, OP_MAKE, 0, 0, lowering_span(lowering, node));
  builder_last(lowering->builder)->detail = MAKE_STRING;
  builder_last(lowering->builder)->b = lowering_text(lowering, node);
  return text;
}

// --- containers and calls

static void push_element(Lowering *lowering, Node node) {
  bool spread = lowering_kind(lowering, node) == KIND_SPREAD;
  Node inner = spread ? lowering_operand(lowering, node) : node;
  if (!inner)
    return;
  operands_push(lowering, (Operand){.value = lower_expression(lowering, inner), .flags = spread ? OPERAND_SPREAD : 0});
}

void lower_arguments(Lowering *lowering, Node node) {
  if (lowering_kind(lowering, node) == KIND_TEMPLATE) { // the argument of a tagged template
    operands_push(lowering, (Operand){.value = lower_template(lowering, node)});
    return;
  }
  NodeList elements = lowering_named(lowering, node);
  for (uint32_t i = 0; i < elements.count; i++)
    push_element(lowering, elements.items[i]);
}

static Value lower_array(Lowering *lowering, Node node) {
  uint32_t mark = operands_mark(lowering);
  lower_arguments(lowering, node);
  Value list = operands_emit(lowering, mark, OP_MAKE, 0, 0, lowering_span(lowering, node));
  builder_last(lowering->builder)->detail = MAKE_LIST;
  return list;
}

Value lower_new(Lowering *lowering, Node node) {
  Node class = lowering_field(lowering, node, FIELD_CONSTRUCTOR);
  Node arguments = lowering_field(lowering, node, FIELD_ARGUMENTS);
  if (!class)
    return lowering_opaque(lowering, node);
  Value callee = lower_expression(lowering, class);
  uint32_t mark = operands_mark(lowering);
  if (arguments)
    lower_arguments(lowering, arguments);
  Value object = operands_emit(lowering, mark, OP_CALL, callee, 0, lowering_span(lowering, node));
  builder_last(lowering->builder)->flags = INSTRUCTION_NEW;
  return object;
}

// --- wrappers

static Value lower_inner(Lowering *lowering, Node node) {
  Naming naming = lowering->naming;
  Node inner = lowering_operand(lowering, node);
  return !inner ? lowering_opaque(lowering, node) : lower_named(lowering, inner, naming);
}

// `<T>x`: the type comes first.
static Value lower_type_assertion(Lowering *lowering, Node node) {
  NodeList parts = lowering_named(lowering, node);
  return parts.count < 2 ? lowering_opaque(lowering, node) : lower_expression(lowering, parts.items[parts.count - 1]);
}

static Value lower_sequence(Lowering *lowering, Node node) {
  NodeList parts = lowering_named(lowering, node);
  for (uint32_t i = 0; i + 1 < parts.count; i++)
    lower_effect(lowering, parts.items[i]);
  return parts.count ? lower_expression(lowering, parts.items[parts.count - 1]) : lowering_opaque(lowering, node);
}

static Value lower_await(Lowering *lowering, Node node) {
  Node operand = lowering_operand(lowering, node);
  Value promise = !operand ? lowering_opaque(lowering, node) : lower_expression(lowering, operand);
  return builder_emit(lowering->builder, OP_AWAIT, promise, 0, 0, lowering_span(lowering, node));
}

static Value lower_yield(Lowering *lowering, Node node) {
  Node operand = lowering_operand(lowering, node);
  Value value = !operand ? 0 : lower_expression(lowering, operand);
  Value result = builder_emit(lowering->builder, OP_YIELD, value, 0, 0, lowering_span(lowering, node));
  if (lowering_has(lowering, node, KIND_STAR))
    builder_last(lowering->builder)->flags |= INSTRUCTION_DELEGATE;
  return result;
}

static Value lower_regex(Lowering *lowering, Node node) {
  return builder_constant(lowering->builder, CONSTANT_OTHER, 0, lowering_span(lowering, node));
}

static Value lower_sole_spread(Lowering *lowering, Node node) {
  uint32_t mark = operands_mark(lowering);
  push_element(lowering, node);
  return operands_emit(lowering, mark, OP_OPAQUE, 0, 0, lowering_span(lowering, node));
}

// A method whose class or object does not parse.
static Value lower_stray_method(Lowering *lowering, Node node) {
  lowering->naming = lowering_naming(lowering, lowering_property(lowering, lowering_field(lowering, node, FIELD_NAME)));
  return lower_function_value(lowering, node);
}

// --- dispatch

static const ExpressionHandler EXPRESSIONS[KIND_COUNT] = {
    [KIND_IDENTIFIER] = lower_name,
    [KIND_SHORTHAND_PROPERTY] = lower_name,
    [KIND_IMPORT] = lower_name,
    [KIND_THIS] = lower_this,
    [KIND_SUPER] = lower_super,
    [KIND_NUMBER] = lower_number,
    [KIND_STRING] = lower_string,
    [KIND_REGEX] = lower_regex,
    [KIND_TRUE] = lower_literal,
    [KIND_FALSE] = lower_literal,
    [KIND_NULL] = lower_literal,
    [KIND_UNDEFINED] = lower_literal,
    [KIND_TEMPLATE] = lower_template,
    [KIND_OBJECT] = lower_object,
    [KIND_ARRAY] = lower_array,
    [KIND_SPREAD] = lower_sole_spread,
    [KIND_PARENTHESIZED] = lower_inner,
    [KIND_AS] = lower_inner,
    [KIND_TYPE_ASSERTION] = lower_type_assertion,
    [KIND_SEQUENCE] = lower_sequence,
    [KIND_ASSIGNMENT] = lower_assignment,
    [KIND_AUGMENTED_ASSIGNMENT] = lower_augmented,
    [KIND_UPDATE] = lower_update,
    [KIND_UNARY] = lower_unary,
    [KIND_BINARY] = lower_binary,
    [KIND_TERNARY] = lower_ternary,
    [KIND_AWAIT] = lower_await,
    [KIND_YIELD] = lower_yield,
    [KIND_CALL] = lower_chain,
    [KIND_MEMBER] = lower_chain,
    [KIND_SUBSCRIPT] = lower_chain,
    [KIND_NON_NULL] = lower_chain,
    [KIND_NEW] = lower_new,
    [KIND_FUNCTION_EXPRESSION] = lower_function_value,
    [KIND_FUNCTION_DECLARATION] = lower_function_value,
    [KIND_ARROW] = lower_function_value,
    [KIND_METHOD] = lower_stray_method,
    [KIND_CLASS_EXPRESSION] = lower_class_value,
    [KIND_CLASS_DECLARATION] = lower_class_value,
    [KIND_JSX_ELEMENT] = lower_jsx,
    [KIND_JSX_SELF_CLOSING] = lower_jsx,
};

// What is whole inside of a syntax error or an unknown node: statements run, values are used by something unknown.
static Value lower_unknown(Lowering *lowering, Node node) {
  uint32_t mark = operands_mark(lowering);
  NodeList parts = lowering_named(lowering, node);
  for (uint32_t i = 0; i < parts.count; i++) {
    Kind kind = lowering_kind(lowering, parts.items[i]);
    if (kind == KIND_FUNCTION_DECLARATION)
      lower_hoisted(lowering, parts.items[i]);
    else if (is_statement(kind))
      lower_statement(lowering, parts.items[i]);
    else if (EXPRESSIONS[kind] || tree_node(lowering->tree, parts.items[i])->count)
      operands_push(lowering, (Operand){.value = lower_expression(lowering, parts.items[i])});
  }
  return operands_emit(lowering, mark, OP_OPAQUE, 0, 0, lowering_span(lowering, node));
}

// Expressions whose value is known for what it is by whoever gets it.
static bool keeps_meaning(Kind kind) {
  switch (kind) {
  case KIND_FUNCTION_EXPRESSION:
  case KIND_FUNCTION_DECLARATION:
  case KIND_ARROW:
  case KIND_CLASS_EXPRESSION:
  case KIND_CLASS_DECLARATION:
  case KIND_OBJECT:
  case KIND_PARENTHESIZED:
  case KIND_AS:
    return true;
  default:
    return false;
  }
}

Value lower_named(Lowering *lowering, Node node, Naming naming) {
  Kind kind = lowering_kind(lowering, node);
  ExpressionHandler handler = EXPRESSIONS[kind];
  if (lowering->depth >= DEPTH_LIMIT) {
    lowering_truncate(lowering);
    return lowering_opaque(lowering, node);
  }
  lowering->depth++;
  lowering->naming = naming;
  Value value = (handler ? handler : lower_unknown)(lowering, node);
  lowering->depth--;
  if (!keeps_meaning(kind))
    lowering->made = (Meaning){0};
  return value;
}

Value lower_expression(Lowering *lowering, Node node) {
  return lower_named(lowering, node, (Naming){0});
}
