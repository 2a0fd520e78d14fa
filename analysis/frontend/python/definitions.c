// Functions, lambdas, classes and decorators.
#include "lowering.h"
#include "parameters.h"

typedef struct DefinitionSyntax {
  Node node, name, parameters, bases, body, type_parameters;
  ScopeId scope; // its own; 0 where the binder did not come so deep
} DefinitionSyntax;

static DefinitionSyntax read_definition(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  DefinitionSyntax syntax = {.node = node,
                             .name = nodes_field(lowering->nodes, children, FIELD_NAME),
                             .parameters = nodes_field(lowering->nodes, children, FIELD_PARAMETERS),
                             .bases = nodes_field(lowering->nodes, children, FIELD_SUPERCLASSES),
                             .body = nodes_field(lowering->nodes, children, FIELD_BODY),
                             .type_parameters = nodes_field(lowering->nodes, children, FIELD_TYPE_PARAMETERS),
                             .scope = scopes_at(lowering->scopes, nodes_span(lowering->nodes, node))};
  return syntax;
}

// Type parameters are names like others, of values that nobody knows.
static void lower_type_parameters(Lowering *lowering, Node list) {
  if (!list)
    return;
  Children children = nodes_children(lowering->nodes, list);
  for (uint32_t i = 0; i < children.count; i++) {
    Node name = nodes_child(lowering->nodes, children, i)->node;
    while (name && kind_of(lowering->nodes, name) != KIND_IDENTIFIER)
      name = node_named(lowering->nodes, name, 0);
    if (name)
      write_identifier(lowering, name, opaque_value(lowering, nodes_span(lowering->nodes, name)),
                       nodes_span(lowering->nodes, name));
  }
}

// --- a function's own code

static void add_parameter(Lowering *lowering, const ParameterSyntax *syntax) {
  Builder *builder = lowering->builder;
  bool plain = kind_of(lowering->nodes, syntax->name) == KIND_IDENTIFIER;
  Parameter parameter = {.flags = syntax->flags};
  if (plain) {
    parameter.name = lowering_symbol(lowering, syntax->name);
    parameter.variable = find_variable(lowering, parameter.name);
    if (parameter.variable)
      parameter.value = module_variable(lowering->module, parameter.variable)->local;
  }
  bool cell = !parameter.value;
  if (cell)
    parameter.value = builder_temporary(builder);
  Function *function = &lowering->module->functions.items[builder_function(builder)];
  array_push(lowering->arena, &function->parameters, parameter);
  Span span = nodes_span(lowering->nodes, syntax->name);
  if (cell && parameter.variable)
    builder_write(builder, parameter.variable, parameter.value, span);
  if (syntax->type)
    annotate_parameter(lowering, parameter.value, syntax->type);
  if (!plain)
    assign(lowering, syntax->name, parameter.value, span);
}

static void lower_parameters(Lowering *lowering, Node parameters) {
  Children children = nodes_children(lowering->nodes, parameters);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (!child->named)
      continue;
    ParameterSyntax parameter = parameter_read(lowering->nodes, child->node);
    if (parameter.name)
      add_parameter(lowering, &parameter);
  }
}

static void lower_body(Lowering *lowering, const DefinitionSyntax *syntax) {
  Scope *scope = scopes_get(lowering->scopes, syntax->scope);
  if (scope->lowered)
    return;
  scope->lowered = true;
  ScopeId outer = lowering->scope;
  lowering->scope = syntax->scope;
  builder_begin(lowering->builder, scope->function);
  lower_parameters(lowering, syntax->parameters);
  if (kind_of(lowering->nodes, syntax->node) == KIND_LAMBDA) {
    Value value = python_lower_expression(lowering, syntax->body);
    builder_return(lowering->builder, value, nodes_span(lowering->nodes, syntax->body));
  } else {
    lower_block(lowering, syntax->body);
  }
  builder_end(lowering->builder);
  lowering->scope = outer;
}

// Default values are evaluated with the definition, in order.
static void lower_defaults(Lowering *lowering, Node parameters) {
  Children children = nodes_children(lowering->nodes, parameters);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (!child->named)
      continue;
    ParameterSyntax parameter = parameter_read(lowering->nodes, child->node);
    if (parameter.standard)
      python_lower_expression(lowering, parameter.standard);
  }
}

static Value lower_function(Lowering *lowering, Node node) {
  DefinitionSyntax syntax = read_definition(lowering, node);
  if (!syntax.scope)
    return opaque_value(lowering, nodes_span(lowering->nodes, node));
  const Scope *scope = scopes_get(lowering->scopes, syntax.scope);
  FunctionId function = scope->function;
  ScopeId outer = lowering->scope;
  lowering->scope = scope->parent;
  lower_type_parameters(lowering, syntax.type_parameters);
  lower_defaults(lowering, syntax.parameters);
  lowering->scope = outer;
  Span span = module_function(lowering->module, function)->name_span;
  Value value = builder_emit(lowering->builder, OP_CLOSURE, function, 0, 0, span);
  lower_body(lowering, &syntax);
  return value;
}

Value expression_lambda(Lowering *lowering, Node node) {
  return lower_function(lowering, node);
}

// --- classes

// The variable that names a base: `Base`, `Base[T]`.
static void add_base_variable(Lowering *lowering, ClassId id, Node base) {
  if (kind_of(lowering->nodes, base) == KIND_SUBSCRIPT)
    base = node_field(lowering->nodes, base, FIELD_VALUE);
  if (kind_of(lowering->nodes, base) != KIND_IDENTIFIER)
    return;
  VariableId variable = find_variable(lowering, lowering_symbol(lowering, base));
  if (variable)
    array_push(lowering->arena, &lowering->module->classes.items[id].bases, variable);
}

static void add_base_variables(Lowering *lowering, ClassId id, Node bases) {
  Children children = nodes_children(lowering->nodes, bases);
  for (uint32_t i = 0; i < children.count; i++)
    add_base_variable(lowering, id, nodes_child(lowering->nodes, children, i)->node);
}

// Evaluates the bases and the keywords; only the bases stay.
static void lower_bases(Lowering *lowering, Node list, OperandList *bases) {
  OperandList all = {0};
  python_lower_arguments(lowering, list, &all);
  for (uint32_t i = 0; i < all.count; i++)
    if (!all.items[i].name && !(all.items[i].flags & OPERAND_SPREAD_MAP))
      array_push(lowering->arena, bases, all.items[i]);
}

static Value lower_class(Lowering *lowering, Node node) {
  DefinitionSyntax syntax = read_definition(lowering, node);
  if (!syntax.scope)
    return opaque_value(lowering, nodes_span(lowering->nodes, node));
  Scope *scope = scopes_get(lowering->scopes, syntax.scope);
  ScopeId outer = lowering->scope;
  lowering->scope = scope->parent;
  lower_type_parameters(lowering, syntax.type_parameters);
  OperandList bases = {0};
  lower_bases(lowering, syntax.bases, &bases);
  if (!scope->lowered)
    add_base_variables(lowering, scope->class_id, syntax.bases);
  scope->lowered = true;
  Span span = module_class(lowering->module, scope->class_id)->name_span;
  Value value = builder_emit_args(lowering->builder, OP_CLASS, scope->class_id, 0, bases.items, bases.count, span);
  scope->class_value = value;
  lowering->scope = syntax.scope;
  lower_block(lowering, syntax.body);
  lowering->scope = outer;
  return value;
}

// --- the statements

static Value lower_definition(Lowering *lowering, Node node) {
  switch (kind_of(lowering->nodes, node)) {
  case KIND_FUNCTION_DEFINITION:
    return lower_function(lowering, node);
  case KIND_CLASS_DEFINITION:
    return lower_class(lowering, node);
  default:
    return opaque_value(lowering, nodes_span(lowering->nodes, node));
  }
}

static void write_definition(Lowering *lowering, Node node, Value value) {
  Node name = node ? node_field(lowering->nodes, node, FIELD_NAME) : 0;
  if (name)
    write_identifier(lowering, name, value, nodes_span(lowering->nodes, name));
}

void statement_function(Lowering *lowering, Node node) {
  write_definition(lowering, node, lower_function(lowering, node));
}

void statement_class(Lowering *lowering, Node node) {
  write_definition(lowering, node, lower_class(lowering, node));
}

typedef struct Decorator {
  Value value;
  Span span;
} Decorator;

// Decorators are evaluated from the top and applied from the bottom.
void statement_decorated(Lowering *lowering, Node node) {
  ARRAY(Decorator) decorators = {0};
  Children children = nodes_children(lowering->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->kind != KIND_DECORATOR)
      continue;
    Node expression = node_named(lowering->nodes, child->node, 0);
    Value value =
        stable_value(lowering, python_lower_expression(lowering, expression), nodes_span(lowering->nodes, expression));
    array_push(lowering->arena, &decorators, ((Decorator){value, nodes_span(lowering->nodes, expression)}));
  }
  Node definition = nodes_field(lowering->nodes, children, FIELD_DEFINITION);
  Operand argument = {.value = lower_definition(lowering, definition)};
  for (uint32_t i = decorators.count; i-- > 0;) {
    argument.value = builder_emit_args(lowering->builder, OP_CALL, decorators.items[i].value, 0, &argument, 1,
                                       decorators.items[i].span);
    builder_last(lowering->builder)->flags |= INSTRUCTION_DECORATOR;
  }
  write_definition(lowering, definition, argument.value);
}
