#include "lowering.h"
#include <string.h>

typedef void (*StatementHandler)(Lowering *lowering, Node node);

// --- lists of statements

static Node hoisted_function(Lowering *lowering, Node node) {
  Kind kind = lowering_kind(lowering, node);
  if (kind == KIND_FUNCTION_DECLARATION)
    return node;
  if (kind != KIND_EXPORT_STATEMENT)
    return 0;
  Node declaration = lowering_field(lowering, node, FIELD_DECLARATION);
  return lowering_kind(lowering, declaration) == KIND_FUNCTION_DECLARATION ? declaration : 0;
}

// Opens what a `using` declaration binds; its names are closed in reverse order at the end of the list.
static void lower_using(Lowering *lowering, Node node, void *list);

typedef ARRAY(Using *) UsingList;

void lower_statement_list(Lowering *lowering, const NodeList *nodes) {
  UsingList opened = {0};
  for (uint32_t i = 0; i < nodes->count; i++) {
    Node function = hoisted_function(lowering, nodes->items[i]);
    if (function)
      lower_hoisted(lowering, function);
  }
  for (uint32_t i = 0; i < nodes->count; i++) {
    if (lowering_kind(lowering, nodes->items[i]) == KIND_USING_DECLARATION)
      lower_using(lowering, nodes->items[i], &opened);
    else
      lower_statement(lowering, nodes->items[i]);
  }
  while (opened.count)
    using_close(lowering, opened.items[--opened.count]);
}

void lower_statements(Lowering *lowering, Node node) {
  NodeList nodes = lowering_named(lowering, node);
  lower_statement_list(lowering, &nodes);
}

static void lower_using(Lowering *lowering, Node node, void *list) {
  UsingList *opened = list;
  uint32_t length;
  const char *text = tree_text(lowering->tree, node, &length);
  bool async = length > 5 && memcmp(text, "await", 5) == 0;
  NodeList declarators = lowering_named(lowering, node);
  for (uint32_t i = 0; i < declarators.count; i++) {
    Node name = lowering_field(lowering, declarators.items[i], FIELD_NAME);
    lower_declarator(lowering, declarators.items[i], false);
    VariableId variable = !name ? 0 : bindings_variable(lowering->bindings, name);
    if (!variable)
      continue;
    Span span = lowering_span(lowering, declarators.items[i]);
    array_push(lowering->arena, opened, using_open(lowering, lowering_read(lowering, variable, span), async, span));
  }
}

// --- simple statements

static void lower_expression_statement(Lowering *lowering, Node node) {
  Node expression = lowering_operand(lowering, node);
  if (lowering_kind(lowering, expression) == KIND_NAMESPACE)
    lower_namespace(lowering, expression);
  else if (expression)
    lower_effect(lowering, expression);
}

// The declarator of an import by `require` only says what the binder knows already.
static bool is_plain_require(Lowering *lowering, Node name, Node value) {
  VariableId variable = bindings_variable(lowering->bindings, name);
  return lowering_kind(lowering, name) == KIND_IDENTIFIER && variable &&
         module_variable(lowering->module, variable)->kind == VARIABLE_IMPORT &&
         bindings_require(lowering->tree, lowering->symbols, value);
}

void lower_declarator(Lowering *lowering, Node node, bool exported) {
  Node name = lowering_field(lowering, node, FIELD_NAME), value = lowering_field(lowering, node, FIELD_VALUE);
  Node type = lowering_field(lowering, node, FIELD_TYPE);
  if (!name)
    return;
  bool simple = lowering_kind(lowering, name) == KIND_IDENTIFIER;
  VariableId variable = simple ? bindings_variable(lowering->bindings, name) : 0;
  if (variable && type)
    lower_variable_type(lowering, variable, type);
  if (!value || is_plain_require(lowering, name, value))
    return;
  Naming naming = lowering_naming(lowering, simple ? lowering_text(lowering, name) : 0);
  naming.exported = exported;
  Value initial = lower_named(lowering, value, naming);
  if (variable)
    *lowering_meaning(lowering, variable) = lowering->made;
  lower_pattern(lowering, name, initial, lowering_span(lowering, node));
}

// `let x;` gives x the value undefined, at every turn of a loop anew.
static void lower_uninitialised(Lowering *lowering, Node declarator) {
  Node name = lowering_field(lowering, declarator, FIELD_NAME);
  VariableId variable = !name ? 0 : bindings_variable(lowering->bindings, name);
  if (!variable || lowering_kind(lowering, name) != KIND_IDENTIFIER)
    return;
  lowering_write(lowering, variable, lowering_null(lowering, name), lowering_span(lowering, declarator));
}

static void lower_declaration(Lowering *lowering, Node node) {
  bool lexical = lowering_kind(lowering, node) == KIND_LEXICAL_DECLARATION;
  NodeList declarators = lowering_named(lowering, node);
  for (uint32_t i = 0; i < declarators.count; i++) {
    if (lowering_kind(lowering, declarators.items[i]) != KIND_VARIABLE_DECLARATOR)
      continue;
    lower_declarator(lowering, declarators.items[i], false);
    if (lexical && !lowering_field(lowering, declarators.items[i], FIELD_VALUE))
      lower_uninitialised(lowering, declarators.items[i]);
  }
}

static void lower_return(Lowering *lowering, Node node) {
  Node operand = lowering_operand(lowering, node);
  Value value = !operand ? 0 : lower_expression(lowering, operand);
  builder_return(lowering->builder, value, lowering_span(lowering, node));
}

static void lower_throw(Lowering *lowering, Node node) {
  Node operand = lowering_operand(lowering, node);
  Value value = !operand ? 0 : lower_expression(lowering, operand);
  builder_throw(lowering->builder, value, lowering_span(lowering, node));
}

static void lower_break(Lowering *lowering, Node node) {
  Node label = lowering_field(lowering, node, FIELD_LABEL);
  Symbol name = !label ? 0 : lowering_text(lowering, label);
  if (lowering_kind(lowering, node) == KIND_BREAK)
    builder_break(lowering->builder, name, lowering_span(lowering, node));
  else
    builder_continue(lowering->builder, name, lowering_span(lowering, node));
}

static void lower_nothing(Lowering *lowering, Node node) {
  (void)lowering, (void)node;
}

// Names inside may be fields of the object: nothing can be said of them.
static void lower_with(Lowering *lowering, Node node) {
  lowering_opaque(lowering, node);
  lowering_truncate(lowering);
}

static bool is_loop(Kind kind) {
  return kind == KIND_FOR || kind == KIND_FOR_IN || kind == KIND_WHILE || kind == KIND_DO || kind == KIND_SWITCH;
}

static void lower_labeled(Lowering *lowering, Node node) {
  Node label = lowering_field(lowering, node, FIELD_LABEL), body = lowering_field(lowering, node, FIELD_BODY);
  if (!label || !body)
    return;
  Symbol name = lowering_text(lowering, label);
  if (is_loop(lowering_kind(lowering, body))) {
    lowering->label = name;
    lower_statement(lowering, body);
    return;
  }
  BlockId after = builder_block(lowering->builder);
  builder_push_loop(lowering->builder, after, 0, name);
  lower_statement(lowering, body);
  builder_pop_loop(lowering->builder);
  builder_enter(lowering->builder, after);
}

// --- if

// Lowers one `if`; returns the `if` after its `else`, or a null node.
static Node lower_if_step(Lowering *lowering, Node node, BlockId after) {
  Node condition = lowering_field(lowering, node, FIELD_CONDITION);
  Node consequence = lowering_field(lowering, node, FIELD_CONSEQUENCE);
  Node otherwise = lowering_field(lowering, node, FIELD_ALTERNATIVE);
  BlockId then = builder_block(lowering->builder);
  BlockId next = !otherwise ? after : builder_block(lowering->builder);
  lower_condition(lowering, condition, then, next, 0);
  builder_enter(lowering->builder, then);
  if (consequence)
    lower_statement(lowering, consequence);
  builder_jump(lowering->builder, after);
  if (!otherwise)
    return otherwise;
  builder_enter(lowering->builder, next);
  Node body = lowering_operand(lowering, otherwise);
  if (lowering_kind(lowering, body) == KIND_IF)
    return body;
  if (body)
    lower_statement(lowering, body);
  return 0;
}

// A chain of `else if` is as long as it likes.
static void lower_if(Lowering *lowering, Node node) {
  BlockId after = builder_block(lowering->builder);
  while (node)
    node = lower_if_step(lowering, node, after);
  builder_enter(lowering->builder, after);
}

// --- dispatch

static const StatementHandler STATEMENTS[KIND_COUNT] = {
    [KIND_EXPRESSION_STATEMENT] = lower_expression_statement,
    [KIND_VARIABLE_DECLARATION] = lower_declaration,
    [KIND_LEXICAL_DECLARATION] = lower_declaration,
    [KIND_USING_DECLARATION] = lower_declaration,
    [KIND_BLOCK] = lower_statements,
    [KIND_PROGRAM] = lower_statements,
    [KIND_ELSE] = lower_statements,
    [KIND_IF] = lower_if,
    [KIND_FOR] = lower_for,
    [KIND_FOR_IN] = lower_for_in,
    [KIND_WHILE] = lower_while,
    [KIND_DO] = lower_do,
    [KIND_SWITCH] = lower_switch,
    [KIND_TRY] = lower_try,
    [KIND_WITH] = lower_with,
    [KIND_RETURN] = lower_return,
    [KIND_THROW] = lower_throw,
    [KIND_BREAK] = lower_break,
    [KIND_CONTINUE] = lower_break,
    [KIND_LABELED] = lower_labeled,
    [KIND_EMPTY] = lower_nothing,
    [KIND_FUNCTION_DECLARATION] = lower_nothing, // hoisted
    [KIND_CLASS_DECLARATION] = lower_class_declaration,
    [KIND_IMPORT_STATEMENT] = lower_import,
    [KIND_IMPORT_ALIAS] = lower_import_alias,
    [KIND_EXPORT_STATEMENT] = lower_export,
    [KIND_ENUM] = lower_enum,
    [KIND_NAMESPACE] = lower_namespace,
    [KIND_TYPE] = lower_nothing,
    [KIND_TYPE_DECLARATION] = lower_nothing,
    [KIND_LEAF] = lower_nothing,
};

bool is_statement(Kind kind) {
  return STATEMENTS[kind] != NULL;
}

void lower_statement(Lowering *lowering, Node node) {
  StatementHandler handler = STATEMENTS[lowering_kind(lowering, node)];
  if (lowering->depth >= DEPTH_LIMIT) {
    lowering_opaque(lowering, node);
    lowering_truncate(lowering);
    return;
  }
  lowering->depth++;
  if (handler)
    handler(lowering, node);
  else
    lower_expression(lowering, node);
  lowering->depth--;
}
