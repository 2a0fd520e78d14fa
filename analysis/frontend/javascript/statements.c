#include "lowering.h"

typedef void (*StatementHandler)(Lowering *lowering, TSNode node);

// --- lists of statements

static TSNode hoisted_function(Lowering *lowering, TSNode node) {
  Kind kind = lowering_kind(lowering, node);
  if (kind == KIND_FUNCTION_DECLARATION)
    return node;
  if (kind != KIND_EXPORT_STATEMENT)
    return (TSNode){0};
  TSNode declaration = lowering_field(lowering, node, FIELD_DECLARATION);
  return lowering_kind(lowering, declaration) == KIND_FUNCTION_DECLARATION ? declaration : (TSNode){0};
}

// Opens what a `using` declaration binds; its names are closed in reverse order at the end of the list.
static void lower_using(Lowering *lowering, TSNode node, void *list);

typedef ARRAY(Using *) UsingList;

void lower_statement_list(Lowering *lowering, const NodeList *nodes) {
  UsingList opened = {0};
  for (uint32_t i = 0; i < nodes->count; i++) {
    TSNode function = hoisted_function(lowering, nodes->items[i]);
    if (!ts_node_is_null(function))
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

void lower_statements(Lowering *lowering, TSNode node) {
  NodeList nodes = lowering_named(lowering, node);
  lower_statement_list(lowering, &nodes);
}

static void lower_using(Lowering *lowering, TSNode node, void *list) {
  UsingList *opened = list;
  bool async = lowering_has(lowering, node, KIND_AWAIT_WORD);
  NodeList declarators = lowering_named(lowering, node);
  for (uint32_t i = 0; i < declarators.count; i++) {
    TSNode name = lowering_field(lowering, declarators.items[i], FIELD_NAME);
    lower_declarator(lowering, declarators.items[i], false);
    VariableId variable = ts_node_is_null(name) ? 0 : bindings_variable(lowering->bindings, name);
    if (!variable)
      continue;
    Span span = nodes_span(declarators.items[i]);
    array_push(lowering->arena, opened, using_open(lowering, lowering_read(lowering, variable, span), async, span));
  }
}

// --- simple statements

static void lower_expression_statement(Lowering *lowering, TSNode node) {
  TSNode expression = lowering_operand(lowering, node);
  if (lowering_kind(lowering, expression) == KIND_NAMESPACE)
    lower_namespace(lowering, expression);
  else if (!ts_node_is_null(expression))
    lower_effect(lowering, expression);
}

// The declarator of an import by `require` only says what the binder knows already.
static bool is_plain_require(Lowering *lowering, TSNode name, TSNode value) {
  VariableId variable = bindings_variable(lowering->bindings, name);
  return lowering_kind(lowering, name) == KIND_IDENTIFIER && variable &&
         module_variable(lowering->module, variable)->kind == VARIABLE_IMPORT &&
         bindings_require(lowering->nodes, lowering->grammar, lowering->symbols, value);
}

void lower_declarator(Lowering *lowering, TSNode node, bool exported) {
  Children parts = nodes_children(lowering->nodes, node);
  TSNode name = lowering_part(lowering, parts, FIELD_NAME), value = lowering_part(lowering, parts, FIELD_VALUE);
  TSNode type = lowering_part(lowering, parts, FIELD_TYPE);
  nodes_release(lowering->nodes, parts);
  if (ts_node_is_null(name))
    return;
  bool simple = lowering_kind(lowering, name) == KIND_IDENTIFIER;
  VariableId variable = simple ? bindings_variable(lowering->bindings, name) : 0;
  if (variable && !ts_node_is_null(type))
    lower_variable_type(lowering, variable, type);
  if (ts_node_is_null(value) || is_plain_require(lowering, name, value))
    return;
  Naming naming = lowering_naming(lowering, simple ? lowering_text(lowering, name) : 0);
  naming.exported = exported;
  Value initial = lower_named(lowering, value, naming);
  if (variable)
    *lowering_meaning(lowering, variable) = lowering->made;
  lower_pattern(lowering, name, initial, nodes_span(node));
}

// `let x;` gives x the value undefined, at every turn of a loop anew.
static void lower_uninitialised(Lowering *lowering, TSNode declarator) {
  TSNode name = lowering_field(lowering, declarator, FIELD_NAME);
  VariableId variable = ts_node_is_null(name) ? 0 : bindings_variable(lowering->bindings, name);
  if (!variable || lowering_kind(lowering, name) != KIND_IDENTIFIER)
    return;
  lowering_write(lowering, variable, lowering_null(lowering, name), nodes_span(declarator));
}

static void lower_declaration(Lowering *lowering, TSNode node) {
  bool lexical = lowering_kind(lowering, node) == KIND_LEXICAL_DECLARATION;
  NodeList declarators = lowering_named(lowering, node);
  for (uint32_t i = 0; i < declarators.count; i++) {
    if (lowering_kind(lowering, declarators.items[i]) != KIND_VARIABLE_DECLARATOR)
      continue;
    lower_declarator(lowering, declarators.items[i], false);
    if (lexical && ts_node_is_null(lowering_field(lowering, declarators.items[i], FIELD_VALUE)))
      lower_uninitialised(lowering, declarators.items[i]);
  }
}

static void lower_return(Lowering *lowering, TSNode node) {
  TSNode operand = lowering_operand(lowering, node);
  Value value = ts_node_is_null(operand) ? 0 : lower_expression(lowering, operand);
  builder_return(lowering->builder, value, nodes_span(node));
}

static void lower_throw(Lowering *lowering, TSNode node) {
  TSNode operand = lowering_operand(lowering, node);
  Value value = ts_node_is_null(operand) ? 0 : lower_expression(lowering, operand);
  builder_throw(lowering->builder, value, nodes_span(node));
}

static void lower_break(Lowering *lowering, TSNode node) {
  TSNode label = lowering_field(lowering, node, FIELD_LABEL);
  Symbol name = ts_node_is_null(label) ? 0 : lowering_text(lowering, label);
  if (lowering_kind(lowering, node) == KIND_BREAK)
    builder_break(lowering->builder, name, nodes_span(node));
  else
    builder_continue(lowering->builder, name, nodes_span(node));
}

static void lower_nothing(Lowering *lowering, TSNode node) {
  (void)lowering, (void)node;
}

// Names inside may be fields of the object: nothing can be said of them.
static void lower_with(Lowering *lowering, TSNode node) {
  lowering_opaque(lowering, node);
  lowering_truncate(lowering);
}

static bool is_loop(Kind kind) {
  return kind == KIND_FOR || kind == KIND_FOR_IN || kind == KIND_WHILE || kind == KIND_DO || kind == KIND_SWITCH;
}

static void lower_labeled(Lowering *lowering, TSNode node) {
  Children parts = nodes_children(lowering->nodes, node);
  TSNode label = lowering_part(lowering, parts, FIELD_LABEL), body = lowering_part(lowering, parts, FIELD_BODY);
  nodes_release(lowering->nodes, parts);
  if (ts_node_is_null(label) || ts_node_is_null(body))
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
static TSNode lower_if_step(Lowering *lowering, TSNode node, BlockId after) {
  Children parts = nodes_children(lowering->nodes, node);
  TSNode condition = lowering_part(lowering, parts, FIELD_CONDITION);
  TSNode consequence = lowering_part(lowering, parts, FIELD_CONSEQUENCE);
  TSNode otherwise = lowering_part(lowering, parts, FIELD_ALTERNATIVE);
  nodes_release(lowering->nodes, parts);
  BlockId then = builder_block(lowering->builder);
  BlockId next = ts_node_is_null(otherwise) ? after : builder_block(lowering->builder);
  lower_condition(lowering, condition, then, next, 0);
  builder_enter(lowering->builder, then);
  if (!ts_node_is_null(consequence))
    lower_statement(lowering, consequence);
  builder_jump(lowering->builder, after);
  if (ts_node_is_null(otherwise))
    return otherwise;
  builder_enter(lowering->builder, next);
  TSNode body = lowering_operand(lowering, otherwise);
  if (lowering_kind(lowering, body) == KIND_IF)
    return body;
  if (!ts_node_is_null(body))
    lower_statement(lowering, body);
  return (TSNode){0};
}

// A chain of `else if` is as long as it likes.
static void lower_if(Lowering *lowering, TSNode node) {
  BlockId after = builder_block(lowering->builder);
  while (!ts_node_is_null(node))
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

// A syntax error: what is whole inside of it.
static void lower_error(Lowering *lowering, TSNode node) {
  NodeList nodes = lowering_named(lowering, node);
  for (uint32_t i = 0; i < nodes.count; i++) {
    Kind kind = lowering_kind(lowering, nodes.items[i]);
    if (kind == KIND_FUNCTION_DECLARATION)
      lower_hoisted(lowering, nodes.items[i]);
    if (STATEMENTS[kind])
      lower_statement(lowering, nodes.items[i]);
    else
      lower_expression(lowering, nodes.items[i]);
  }
  lowering_opaque(lowering, node);
}

void lower_statement(Lowering *lowering, TSNode node) {
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
    lower_error(lowering, node);
  lowering->depth--;
}
