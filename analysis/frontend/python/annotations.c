// Type annotations, as far as they name a class.
//
// What counts is the head: `list` of `list[int]`, T of `Optional[T]`, `T | None`, `Annotated[T, …]`, `"T"`. What is no
// dotted name then says nothing.
#include "lowering.h"
#include <string.h>

// Wrappers that stand for their first argument.
static const char *const TRANSPARENT[] = {"Optional", "Annotated", "Final",      "ClassVar",
                                          "InitVar",  "Required",  "NotRequired"};

static bool is_transparent(Lowering *lowering, Node head) {
  if (kind_of(lowering->nodes, head) == KIND_ATTRIBUTE)
    head = node_field(lowering->nodes, head, FIELD_ATTRIBUTE);
  if (kind_of(lowering->nodes, head) != KIND_IDENTIFIER)
    return false;
  const char *text = symbol_text(lowering->symbols, lowering_symbol(lowering, head));
  for (size_t i = 0; i < sizeof TRANSPARENT / sizeof *TRANSPARENT; i++)
    if (strcmp(TRANSPARENT[i], text) == 0)
      return true;
  return false;
}

// The side of `a | b` that is not None; null where both are.
static Node union_side(Lowering *lowering, Node node) {
  Node left = node_named(lowering->nodes, node, 0), right = node_last_named(lowering->nodes, node);
  Node bare = kind_of(lowering->nodes, right) == KIND_TYPE ? node_named(lowering->nodes, right, 0) : right;
  if (kind_of(lowering->nodes, bare) == KIND_NONE)
    return left;
  bare = kind_of(lowering->nodes, left) == KIND_TYPE ? node_named(lowering->nodes, left, 0) : left;
  return kind_of(lowering->nodes, bare) == KIND_NONE ? right : 0;
}

// One step towards the head; null at the end.
static Node unwrap_once(Lowering *lowering, Node node) {
  const Nodes *nodes = lowering->nodes;
  switch (kind_of(nodes, node)) {
  case KIND_TYPE:
  case KIND_PARENTHESIZED_EXPRESSION:
    return node_named(nodes, node, 0);
  case KIND_BINARY_OPERATOR:
  case KIND_UNION_TYPE:
    return union_side(lowering, node);
  case KIND_SUBSCRIPT: {
    Node head = node_field(nodes, node, FIELD_VALUE);
    return is_transparent(lowering, head) ? node_field(nodes, node, FIELD_SUBSCRIPT) : head;
  }
  case KIND_GENERIC_TYPE: {
    Node head = node_named(nodes, node, 0);
    return is_transparent(lowering, head) ? node_named(nodes, node_last_named(nodes, node), 0) : head;
  }
  default:
    return 0;
  }
}

// --- names

// Can a name be read here? A parameter's annotation may name a local of the function around.
static bool is_readable(Lowering *lowering, Symbol symbol) {
  VariableId id = find_variable(lowering, symbol);
  if (!id)
    return false;
  const Variable *variable = module_variable(lowering->module, id);
  return variable->kind != VARIABLE_LOCAL || variable->owner == builder_function(lowering->builder) ||
         python_scopes_is_cell(lowering->scopes, id);
}

static bool is_dotted_name(Lowering *lowering, Node node) {
  while (kind_of(lowering->nodes, node) == KIND_ATTRIBUTE)
    node = node_field(lowering->nodes, node, FIELD_OBJECT);
  return kind_of(lowering->nodes, node) == KIND_IDENTIFIER && is_readable(lowering, lowering_symbol(lowering, node));
}

// --- strings

// The dotted name that a quoted annotation starts with, brackets and `| None` left out.
static Span quoted_name(Lowering *lowering, Node string) {
  Span span = {0, 0};
  if (!string_contents(lowering->nodes, string, &span))
    return (Span){0, 0};
  uint32_t length;
  const char *text = nodes_text(lowering->nodes, string, &length) - nodes_span(lowering->nodes, string).start;
  static const char wrapper[] = "Optional[";
  if (span.end - span.start > sizeof wrapper && memcmp(text + span.start, wrapper, sizeof wrapper - 1) == 0)
    span.start += sizeof wrapper - 1;
  uint32_t end = span.start;
  while (end < span.end && !strchr(" [],|()", text[end]))
    end++;
  bool alternatives = memchr(text + end, '|', span.end - end) != NULL;
  bool optional = span.end - end == strlen(" | None") && memcmp(text + end, " | None", span.end - end) == 0;
  return alternatives && !optional ? (Span){0, 0} : (Span){span.start, end};
}

static bool is_name_byte(char byte) {
  return byte == '_' || (byte & 0x80) || (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

// Reads `first` and then the fields behind it; 0 where the name means nothing here.
static Value read_quoted(Lowering *lowering, Node string) {
  Span name = quoted_name(lowering, string), span = nodes_span(lowering->nodes, string);
  uint32_t length;
  const char *text = nodes_text(lowering->nodes, string, &length) - span.start;
  Value value = 0;
  for (uint32_t start = name.start; start < name.end;) {
    uint32_t end = start;
    while (end < name.end && is_name_byte(text[end]))
      end++;
    if (end == start || (end < name.end && text[end] != '.'))
      return 0;
    Symbol symbol = symbol_of(lowering->symbols, text + start, end - start);
    if (value) {
      value = builder_emit(lowering->builder, OP_GET_FIELD, value, symbol, 0, span);
    } else {
      if (!is_readable(lowering, symbol))
        return 0;
      value = read_name(lowering, symbol, span, 0);
    }
    start = end + 1;
  }
  return value;
}

// The value of the annotation's head, or 0.
static Value lower_type(Lowering *lowering, Node type) {
  for (Node next = type; next; next = unwrap_once(lowering, type))
    type = next;
  switch (kind_of(lowering->nodes, type)) {
  case KIND_STRING:
    return read_quoted(lowering, type);
  case KIND_IDENTIFIER:
  case KIND_ATTRIBUTE:
    return is_dotted_name(lowering, type) ? python_lower_expression(lowering, type) : 0;
  default:
    return 0;
  }
}

void annotate_parameter(Lowering *lowering, Value value, Node type) {
  ScopeId inner = lowering->scope;
  lowering->scope = scopes_get(lowering->scopes, inner)->parent;
  Value class_value = lower_type(lowering, type);
  lowering->scope = inner;
  if (class_value)
    builder_emit(lowering->builder, OP_ANNOTATE, value, class_value, 0, nodes_span(lowering->nodes, type));
}

static void annotate_name(Lowering *lowering, Node target, Value class_value, Span span) {
  Symbol symbol = lowering_symbol(lowering, target);
  VariableId variable = find_variable(lowering, symbol);
  if (!variable) {
    Value owner = scopes_get(lowering->scopes, lowering->scope)->class_value;
    if (owner)
      builder_emit(lowering->builder, OP_ANNOTATE_FIELD, owner, symbol, class_value, span);
    return;
  }
  const Variable *item = module_variable(lowering->module, variable);
  if (item->local && item->owner == builder_function(lowering->builder))
    builder_emit(lowering->builder, OP_ANNOTATE, item->local, class_value, 0, span);
  else
    builder_emit(lowering->builder, OP_ANNOTATE_VARIABLE, variable, class_value, 0, span);
}

void annotate_target(Lowering *lowering, Node target, Node type, Span span) {
  Kind kind = kind_of(lowering->nodes, target);
  if ((kind != KIND_IDENTIFIER && kind != KIND_ATTRIBUTE) || !type)
    return;
  Value class_value = lower_type(lowering, type);
  if (!class_value)
    return;
  if (kind == KIND_IDENTIFIER) {
    annotate_name(lowering, target, class_value, span);
    return;
  }
  Node attribute = node_field(lowering->nodes, target, FIELD_ATTRIBUTE);
  Value object = python_lower_expression(lowering, node_field(lowering->nodes, target, FIELD_OBJECT));
  Symbol name = attribute ? lowering_symbol(lowering, attribute) : 0;
  builder_emit(lowering->builder, OP_ANNOTATE_FIELD, object, name, class_value, span);
}
