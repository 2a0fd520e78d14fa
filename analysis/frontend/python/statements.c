// Simple statements, and how a statement's handler is found.
#include "lowering.h"

#define statement_none NULL
static const StatementHandler HANDLERS[KIND_COUNT] = {
    [KIND_OTHER] = statement_children,
#define NODE(kind, name, bind, expression, statement) [KIND_##kind] = statement_##statement,
#include "kinds.def"
#undef NODE
};
#undef statement_none

void python_lower_statement(Lowering *lowering, TSNode node) {
  if (!is_node(node) || !enter_depth(lowering))
    return;
  Kind kind = kind_of(lowering->nodes, node);
  if (HANDLERS[kind])
    HANDLERS[kind](lowering, node);
  else if (is_expression(kind))
    lower_discarded(lowering, node);
  leave_depth(lowering);
}

void statement_children(Lowering *lowering, TSNode node) {
  Children children = nodes_children(lowering->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->named)
      python_lower_statement(lowering, child->node);
  }
  nodes_release(lowering->nodes, children);
}

void lower_block(Lowering *lowering, TSNode block) {
  python_lower_statement(lowering, block);
}

// Several expressions, as in `x,` or Python 2's `print x, y`, are each lowered for what they do.
void statement_expression_statement(Lowering *lowering, TSNode node) {
  statement_children(lowering, node);
}

void statement_opaque(Lowering *lowering, TSNode node) {
  Children children = nodes_children(lowering->nodes, node);
  OperandList operands = {0};
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    TSNode part = child->node;
    if (!child->named)
      continue;
    if (child->kind == KIND_CHEVRON)
      part = node_named(lowering->nodes, part, 0);
    add_operand(lowering, &operands, python_lower_expression(lowering, part), 0, 0);
  }
  nodes_release(lowering->nodes, children);
  builder_emit_args(lowering->builder, OP_OPAQUE, 0, 0, operands.items, operands.count, nodes_span(node));
}

void statement_return(Lowering *lowering, TSNode node) {
  TSNode what = node_named(lowering->nodes, node, 0);
  Value value = is_node(what) ? python_lower_expression(lowering, what) : 0;
  builder_return(lowering->builder, value, nodes_span(node));
}

void statement_break(Lowering *lowering, TSNode node) {
  builder_break(lowering->builder, 0, nodes_span(node));
}

void statement_continue(Lowering *lowering, TSNode node) {
  builder_continue(lowering->builder, 0, nodes_span(node));
}

void statement_raise(Lowering *lowering, TSNode node) {
  Children children = nodes_children(lowering->nodes, node);
  TSNode what = named_of(lowering->nodes, children, 0), cause = field_of(lowering->nodes, children, FIELD_CAUSE);
  nodes_release(lowering->nodes, children);
  Value value = is_node(what) ? python_lower_expression(lowering, what) : 0;
  if (is_node(cause) && !ts_node_eq(cause, what))
    python_lower_expression(lowering, cause);
  builder_throw(lowering->builder, value, nodes_span(node));
}

// The message is evaluated only where the assertion fails.
void statement_assert(Lowering *lowering, TSNode node) {
  Children children = nodes_children(lowering->nodes, node);
  TSNode test = named_of(lowering->nodes, children, 0), message = named_of(lowering->nodes, children, 1);
  nodes_release(lowering->nodes, children);
  BlockId fail = builder_block(lowering->builder), after = builder_block(lowering->builder);
  python_lower_condition(lowering, test, after, fail, 0);
  builder_enter(lowering->builder, fail);
  Value value = is_node(message) ? python_lower_expression(lowering, message) : 0;
  Value exception = builder_opaque(lowering->builder, &value, value ? 1 : 0, nodes_span(node));
  builder_throw(lowering->builder, exception, nodes_span(node));
  builder_enter(lowering->builder, after);
}

void statement_type_alias(Lowering *lowering, TSNode node) {
  TSNode name = node_field(lowering->nodes, node, FIELD_LEFT);
  while (is_node(name) && kind_of(lowering->nodes, name) != KIND_IDENTIFIER)
    name = node_named(lowering->nodes, name, 0);
  if (!is_node(name))
    return;
  write_identifier(lowering, name, opaque_value(lowering, nodes_span(node)), nodes_span(node));
}

// --- imports: an imported name is read where it is used; only a class body makes a field of it

static void write_import(Lowering *lowering, TSNode name) {
  Symbol symbol = lowering_symbol(lowering, name);
  const Name *entry = scopes_find(lowering->scopes, lowering->scope, symbol);
  if (!entry)
    return;
  Span span = nodes_span(name);
  if (!scopes_is_class_field(lowering->scopes, entry)) {
    VariableId variable = find_variable(lowering, symbol);
    if (variable && module_variable(lowering->module, variable)->kind != VARIABLE_IMPORT)
      write_name(lowering, symbol, opaque_value(lowering, span), span, 0);
  } else if (entry->variable) {
    Value value = builder_emit(lowering->builder, OP_LOAD, entry->variable, 0, 0, span);
    write_name(lowering, symbol, value, span, 0);
  }
}

void statement_import(Lowering *lowering, TSNode node) {
  Children children = nodes_children(lowering->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (!has_field(child, FIELD_NAME))
      continue;
    bool aliased = child->kind == KIND_ALIASED_IMPORT;
    TSNode name =
        aliased ? node_field(lowering->nodes, child->node, FIELD_ALIAS) : node_named(lowering->nodes, child->node, 0);
    if (is_node(name))
      write_import(lowering, name);
  }
  nodes_release(lowering->nodes, children);
}
