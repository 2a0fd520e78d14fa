// Expressions but for conditions (conditions.c), comprehensions and definitions.
#include "lowering.h"
#include <string.h>

// Longer strings do not name anything.
enum { STRING_CONSTANT_LIMIT = 64 };

#define expression_none NULL
static const ExpressionHandler HANDLERS[KIND_COUNT] = {
#define NODE(kind, name, bind, expression, statement) [KIND_##kind] = expression_##expression,
#include "kinds.def"
#undef NODE
};
#undef expression_none

// --- shared

bool enter_depth(Lowering *lowering) {
  if (lowering->depth >= PYTHON_DEPTH_LIMIT) {
    mark_truncated(lowering);
    return false;
  }
  lowering->depth++;
  return true;
}

void leave_depth(Lowering *lowering) {
  lowering->depth--;
}

void mark_truncated(Lowering *lowering) {
  lowering->module->functions.items[builder_function(lowering->builder)].flags |= FUNCTION_TRUNCATED;
}

Value opaque_value(Lowering *lowering, Span span) {
  return builder_opaque(lowering->builder, NULL, 0, span);
}

bool is_expression(Kind kind) {
  return HANDLERS[kind] != NULL;
}

// What stands where an expression was expected: a syntax error, or a statement swallowed by one.
static Value lower_strange(Lowering *lowering, Node node) {
  python_lower_statement(lowering, node);
  return opaque_value(lowering, nodes_span(lowering->nodes, node));
}

Value python_lower_expression(Lowering *lowering, Node node) {
  if (!node)
    return opaque_value(lowering, nodes_span(lowering->nodes, node));
  if (!enter_depth(lowering))
    return opaque_value(lowering, nodes_span(lowering->nodes, node));
  ExpressionHandler handler = HANDLERS[kind_of(lowering->nodes, node)];
  Value value = handler ? handler(lowering, node) : lower_strange(lowering, node);
  leave_depth(lowering);
  return value;
}

void add_operand(Lowering *lowering, OperandList *list, Value value, Symbol name, uint32_t flags) {
  array_push(lowering->arena, list, ((Operand){.value = value, .name = name, .flags = flags}));
}

Value make(Lowering *lowering, MakeKind kind, const OperandList *operands, Span span) {
  Value value = builder_emit_args(lowering->builder, OP_MAKE, 0, 0, operands->items, operands->count, span);
  builder_last(lowering->builder)->detail = (uint16_t)kind;
  return value;
}

Value stable_value(Lowering *lowering, Value value, Span span) {
  VariableId variable = builder_variable(lowering->builder, value);
  if (!variable || module_variable(lowering->module, variable)->constant)
    return value;
  Value copy = builder_temporary(lowering->builder);
  builder_move(lowering->builder, copy, value, span);
  return copy;
}

// --- names and literals

Value expression_identifier(Lowering *lowering, Node node) {
  return read_name(lowering, lowering_symbol(lowering, node), nodes_span(lowering->nodes, node), 0);
}

Value expression_constant(Lowering *lowering, Node node) {
  static const ConstantKind CONSTANTS[KIND_COUNT] = {
      [KIND_TRUE] = CONSTANT_TRUE, [KIND_FALSE] = CONSTANT_FALSE, [KIND_NONE] = CONSTANT_NULL};
  return builder_constant(lowering->builder, CONSTANTS[kind_of(lowering->nodes, node)], 0,
                          nodes_span(lowering->nodes, node));
}

Value expression_number(Lowering *lowering, Node node) {
  return builder_constant(lowering->builder, CONSTANT_NUMBER, lowering_symbol(lowering, node),
                          nodes_span(lowering->nodes, node));
}

// The contents as a symbol, where they are plain and short; else 0.
static Symbol string_symbol(Lowering *lowering, Node string) {
  Span contents;
  if (!string_contents(lowering->nodes, string, &contents))
    return 0;
  if (contents.end - contents.start > STRING_CONSTANT_LIMIT)
    return 0;
  uint32_t length;
  const char *bytes =
      nodes_text(lowering->nodes, string, &length) + (contents.start - nodes_span(lowering->nodes, string).start);
  return symbol_of(lowering->symbols, bytes, contents.end - contents.start);
}

Value make_string_constant(Lowering *lowering, Node string) {
  return builder_constant(lowering->builder, CONSTANT_STRING, string_symbol(lowering, string),
                          nodes_span(lowering->nodes, string));
}

// The expressions of an interpolation or a format specifier.
static bool lower_interpolations(Lowering *lowering, Node node, OperandList *parts) {
  if (!enter_depth(lowering))
    return false;
  bool found = false;
  Children children = nodes_children(lowering->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    Node part = child->node;
    if (child->kind == KIND_INTERPOLATION || child->kind == KIND_FORMAT_SPECIFIER ||
        child->kind == KIND_FORMAT_EXPRESSION || child->kind == KIND_STRING) {
      found |= child->kind == KIND_INTERPOLATION;
      found |= lower_interpolations(lowering, part, parts);
    } else if (child->named && is_expression(child->kind)) {
      add_operand(lowering, parts, python_lower_expression(lowering, part), 0, 0);
    }
  }
  leave_depth(lowering);
  return found;
}

// Joined literals are a constant unless something is interpolated.
Value expression_string(Lowering *lowering, Node node) {
  OperandList parts = {0};
  if (!lower_interpolations(lowering, node, &parts))
    return make_string_constant(lowering, node);
  Value text = make(lowering, MAKE_STRING, &parts, nodes_span(lowering->nodes, node));
  builder_last(lowering->builder)->b = nodes_symbol(lowering->nodes, builder_module(lowering->builder)->symbols, node);
  return text;
}

// --- displays

static void lower_operand(Lowering *lowering, Node node, OperandList *operands);

static void lower_spread(Lowering *lowering, Node node, uint32_t flags, OperandList *operands) {
  Value value = python_lower_expression(lowering, node_named(lowering->nodes, node, 0));
  add_operand(lowering, operands, value, 0, flags);
}

static void lower_keyword(Lowering *lowering, Node node, OperandList *operands) {
  Children children = nodes_children(lowering->nodes, node);
  Node name = nodes_field(lowering->nodes, children, FIELD_NAME),
       value = nodes_field(lowering->nodes, children, FIELD_VALUE);
  Symbol symbol = name ? lowering_symbol(lowering, name) : 0;
  add_operand(lowering, operands, python_lower_expression(lowering, value), symbol, 0);
}

// `{"name": value}` keeps the name; other keys are evaluated and no more.
static void lower_pair(Lowering *lowering, Node node, OperandList *operands) {
  Children children = nodes_children(lowering->nodes, node);
  Node key = nodes_field(lowering->nodes, children, FIELD_KEY),
       value = nodes_field(lowering->nodes, children, FIELD_VALUE);
  Symbol name = kind_of(lowering->nodes, key) == KIND_STRING ? string_symbol(lowering, key) : 0;
  if (!name)
    python_lower_expression(lowering, key);
  add_operand(lowering, operands, python_lower_expression(lowering, value), name, 0);
}

static void lower_operand(Lowering *lowering, Node node, OperandList *operands) {
  switch (kind_of(lowering->nodes, node)) {
  case KIND_LIST_SPLAT:
  case KIND_LIST_SPLAT_PATTERN:
    lower_spread(lowering, node, OPERAND_SPREAD, operands);
    break;
  case KIND_DICTIONARY_SPLAT:
  case KIND_DICTIONARY_SPLAT_PATTERN:
    lower_spread(lowering, node, OPERAND_SPREAD_MAP, operands);
    break;
  case KIND_KEYWORD_ARGUMENT:
    lower_keyword(lowering, node, operands);
    break;
  case KIND_PAIR:
    lower_pair(lowering, node, operands);
    break;
  default:
    add_operand(lowering, operands, python_lower_expression(lowering, node), 0, 0);
    break;
  }
}

void python_lower_arguments(Lowering *lowering, Node list, OperandList *operands) {
  if (kind_of(lowering->nodes, list) == KIND_GENERATOR_EXPRESSION) {
    add_operand(lowering, operands, python_lower_expression(lowering, list), 0, 0);
    return;
  }
  Children children = nodes_children(lowering->nodes, list);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->named)
      lower_operand(lowering, child->node, operands);
  }
}

static Value display(Lowering *lowering, Node node, MakeKind kind) {
  OperandList operands = {0};
  python_lower_arguments(lowering, node, &operands);
  return make(lowering, kind, &operands, nodes_span(lowering->nodes, node));
}

Value expression_tuple(Lowering *lowering, Node node) {
  return display(lowering, node, MAKE_TUPLE);
}

Value expression_list(Lowering *lowering, Node node) {
  return display(lowering, node, MAKE_LIST);
}

Value expression_set(Lowering *lowering, Node node) {
  return display(lowering, node, MAKE_SET);
}

Value expression_dictionary(Lowering *lowering, Node node) {
  return display(lowering, node, MAKE_MAP);
}

// `*x` where it stands alone, which only half-typed code has.
Value expression_splat(Lowering *lowering, Node node) {
  Value value = python_lower_expression(lowering, node_named(lowering->nodes, node, 0));
  return builder_opaque(lowering->builder, &value, 1, nodes_span(lowering->nodes, node));
}

// --- accesses

Value expression_attribute(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Node object = nodes_field(lowering->nodes, children, FIELD_OBJECT);
  Node attribute = nodes_field(lowering->nodes, children, FIELD_ATTRIBUTE);
  Value value = python_lower_expression(lowering, object);
  Symbol name = attribute ? lowering_symbol(lowering, attribute) : 0;
  return builder_emit(lowering->builder, OP_GET_FIELD, value, name, 0, nodes_span(lowering->nodes, node));
}

Value lower_key(Lowering *lowering, Children subscript) {
  OperandList parts = {0};
  Span span = {0, 0};
  for (uint32_t i = 0; i < subscript.count; i++) {
    const Child *child = nodes_child(lowering->nodes, subscript, i);
    if (child->field != FIELD_SUBSCRIPT || !child->named)
      continue;
    span = parts.count ? span_join(span, nodes_span(lowering->nodes, child->node))
                       : nodes_span(lowering->nodes, child->node);
    lower_operand(lowering, child->node, &parts);
  }
  if (parts.count == 1 && !parts.items[0].flags)
    return parts.items[0].value;
  return parts.count ? make(lowering, MAKE_TUPLE, &parts, span) : opaque_value(lowering, span);
}

// Whether a subscript takes a part: `items[1:]`, which is a copy.
static bool is_sliced(Lowering *lowering, Children subscript) {
  uint32_t keys = 0, slices = 0;
  for (uint32_t i = 0; i < subscript.count; i++) {
    const Child *child = nodes_child(lowering->nodes, subscript, i);
    if (child->field != FIELD_SUBSCRIPT || !child->named)
      continue;
    keys++;
    slices += kind_of(lowering->nodes, child->node) == KIND_SLICE;
  }
  return keys == 1 && slices == 1;
}

Value expression_subscript(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Value value = python_lower_expression(lowering, nodes_field(lowering->nodes, children, FIELD_VALUE));
  Value key = lower_key(lowering, children);
  if (is_sliced(lowering, children)) {
    OperandList copied = {0};
    array_push(lowering->arena, &copied, ((Operand){.value = value, .flags = OPERAND_SPREAD}));
    return make(lowering, MAKE_SLICE, &copied, nodes_span(lowering->nodes, node));
  }
  return builder_emit(lowering->builder, OP_GET_ITEM, value, key, 0, nodes_span(lowering->nodes, node));
}

Value expression_slice(Lowering *lowering, Node node) {
  OperandList parts = {0};
  python_lower_arguments(lowering, node, &parts);
  builder_emit_args(lowering->builder, OP_OPAQUE, 0, 0, parts.items, parts.count, nodes_span(lowering->nodes, node));
  return builder_last(lowering->builder)->result = builder_temporary(lowering->builder);
}

// --- calls and suspensions

static Value call_method(Lowering *lowering, Node callee, Node arguments, Span span) {
  Children children = nodes_children(lowering->nodes, callee);
  Node object = nodes_field(lowering->nodes, children, FIELD_OBJECT);
  Node attribute = nodes_field(lowering->nodes, children, FIELD_ATTRIBUTE);
  Value receiver = python_lower_expression(lowering, object);
  Symbol name = attribute ? lowering_symbol(lowering, attribute) : 0;
  OperandList operands = {0};
  python_lower_arguments(lowering, arguments, &operands);
  return builder_emit_args(lowering->builder, OP_CALL_METHOD, receiver, name, operands.items, operands.count, span);
}

// The class whose method, or a function inside of one, is being lowered; 0 elsewhere.
static ClassId class_around(const Lowering *lowering) {
  FunctionId id = builder_function(lowering->builder);
  while (id && !module_function(lowering->module, id)->class_id)
    id = module_function(lowering->module, id)->parent;
  return id ? module_function(lowering->module, id)->class_id : 0;
}

// `super()` in a method, where nobody has given the name another meaning.
static bool is_base_object(Lowering *lowering, Node callee, Node arguments) {
  Children given = nodes_children(lowering->nodes, arguments);
  if (kind_of(lowering->nodes, callee) != KIND_IDENTIFIER || named_of(lowering->nodes, given, 0))
    return false;
  Symbol name = lowering_symbol(lowering, callee);
  if (strcmp(symbol_text(lowering->symbols, name), "super") != 0 || !class_around(lowering))
    return false;
  VariableId variable = find_variable(lowering, name);
  return variable && module_variable(lowering->module, variable)->kind == VARIABLE_UNRESOLVED;
}

static Value lower_base_object(Lowering *lowering, Span span) {
  Value value = builder_emit(lowering->builder, OP_SELF, builder_function(lowering->builder), 0, 0, span);
  builder_last(lowering->builder)->detail = SELF_BASE;
  return value;
}

Value expression_call(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Node callee = nodes_field(lowering->nodes, children, FIELD_FUNCTION);
  Node arguments = nodes_field(lowering->nodes, children, FIELD_ARGUMENTS);
  if (is_base_object(lowering, callee, arguments))
    return lower_base_object(lowering, nodes_span(lowering->nodes, node));
  if (kind_of(lowering->nodes, callee) == KIND_ATTRIBUTE)
    return call_method(lowering, callee, arguments, nodes_span(lowering->nodes, node));
  Value function = python_lower_expression(lowering, callee);
  OperandList operands = {0};
  python_lower_arguments(lowering, arguments, &operands);
  return builder_emit_args(lowering->builder, OP_CALL, function, 0, operands.items, operands.count,
                           nodes_span(lowering->nodes, node));
}

Value expression_await(Lowering *lowering, Node node) {
  Value value = python_lower_expression(lowering, node_named(lowering->nodes, node, 0));
  return builder_emit(lowering->builder, OP_AWAIT, value, 0, 0, nodes_span(lowering->nodes, node));
}

Value expression_yield(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  bool delegate = has_kind(lowering->nodes, children, KIND_TOKEN_FROM);
  Node what = named_of(lowering->nodes, children, 0);
  Value value = what ? python_lower_expression(lowering, what) : 0;
  Value result = builder_emit(lowering->builder, OP_YIELD, value, 0, 0, nodes_span(lowering->nodes, node));
  if (delegate)
    builder_last(lowering->builder)->flags |= INSTRUCTION_DELEGATE;
  return result;
}

// --- operators

Value expression_binary(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Node left = nodes_field(lowering->nodes, children, FIELD_LEFT),
       right = nodes_field(lowering->nodes, children, FIELD_RIGHT);
  Value first = python_lower_expression(lowering, left);
  Value second = python_lower_expression(lowering, right);
  return builder_compute(lowering->builder, OPERATOR_ADD, first, second, nodes_span(lowering->nodes, node));
}

// A negative number is a constant.
Value expression_unary(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Node operand = named_of(lowering->nodes, children, 0);
  bool minus = has_kind(lowering->nodes, children, KIND_TOKEN_MINUS);
  Kind kind = kind_of(lowering->nodes, operand);
  if (minus && (kind == KIND_INTEGER || kind == KIND_FLOAT))
    return expression_number(lowering, node);
  Value value = python_lower_expression(lowering, operand);
  return builder_compute(lowering->builder, OPERATOR_ADD, value, 0, nodes_span(lowering->nodes, node));
}

Value expression_parenthesized(Lowering *lowering, Node node) {
  return python_lower_expression(lowering, node_named(lowering->nodes, node, 0));
}

Value expression_named(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Node name = nodes_field(lowering->nodes, children, FIELD_NAME),
       what = nodes_field(lowering->nodes, children, FIELD_VALUE);
  Value value = python_lower_expression(lowering, what);
  ScopeId inner = lowering->scope;
  while (scopes_get(lowering->scopes, lowering->scope)->kind == SCOPE_INLINE)
    lowering->scope = scopes_get(lowering->scopes, lowering->scope)->parent;
  if (name)
    write_identifier(lowering, name, value, nodes_span(lowering->nodes, node));
  lowering->scope = inner;
  return value;
}

// `x as y` outside of a `with` or a `case`, which only half-typed code has.
Value expression_as_pattern(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Node what = named_of(lowering->nodes, children, 0), target = named_of(lowering->nodes, children, 1);
  Value value = python_lower_expression(lowering, what);
  assign(lowering, target, value, nodes_span(lowering->nodes, node));
  return value;
}
