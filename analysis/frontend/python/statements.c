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

void python_lower_statement(Lowering *lowering, Node node) {
  if (!node || !enter_depth(lowering))
    return;
  Kind kind = kind_of(lowering->nodes, node);
  if (HANDLERS[kind])
    HANDLERS[kind](lowering, node);
  else if (is_expression(kind))
    lower_discarded(lowering, node);
  leave_depth(lowering);
}

void statement_children(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->named)
      python_lower_statement(lowering, child->node);
  }
}

void lower_block(Lowering *lowering, Node block) {
  python_lower_statement(lowering, block);
}

// Several expressions, as in `x,` or Python 2's `print x, y`, are each lowered for what they do.
void statement_expression_statement(Lowering *lowering, Node node) {
  statement_children(lowering, node);
}

void statement_opaque(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  OperandList operands = {0};
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    Node part = child->node;
    if (!child->named)
      continue;
    if (child->kind == KIND_CHEVRON)
      part = node_named(lowering->nodes, part, 0);
    add_operand(lowering, &operands, python_lower_expression(lowering, part), 0, 0);
  }
  builder_emit_args(lowering->builder, OP_OPAQUE, 0, 0, operands.items, operands.count,
                    nodes_span(lowering->nodes, node));
}

void statement_return(Lowering *lowering, Node node) {
  Node what = node_named(lowering->nodes, node, 0);
  Value value = what ? python_lower_expression(lowering, what) : 0;
  builder_return(lowering->builder, value, nodes_span(lowering->nodes, node));
}

void statement_break(Lowering *lowering, Node node) {
  builder_break(lowering->builder, 0, nodes_span(lowering->nodes, node));
}

void statement_continue(Lowering *lowering, Node node) {
  builder_continue(lowering->builder, 0, nodes_span(lowering->nodes, node));
}

void statement_raise(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Node what = named_of(lowering->nodes, children, 0), cause = nodes_field(lowering->nodes, children, FIELD_CAUSE);
  Value value = what ? python_lower_expression(lowering, what) : 0;
  if (cause && cause != what)
    python_lower_expression(lowering, cause);
  builder_throw(lowering->builder, value, nodes_span(lowering->nodes, node));
}

// The message is evaluated only where the assertion fails.
void statement_assert(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Node test = named_of(lowering->nodes, children, 0), message = named_of(lowering->nodes, children, 1);
  BlockId fail = builder_block(lowering->builder), after = builder_block(lowering->builder);
  python_lower_condition(lowering, test, after, fail, 0);
  builder_enter(lowering->builder, fail);
  Value value = message ? python_lower_expression(lowering, message) : 0;
  Value exception = builder_opaque(lowering->builder, &value, value ? 1 : 0, nodes_span(lowering->nodes, node));
  builder_throw(lowering->builder, exception, nodes_span(lowering->nodes, node));
  builder_enter(lowering->builder, after);
}

void statement_type_alias(Lowering *lowering, Node node) {
  Node name = node_field(lowering->nodes, node, FIELD_LEFT);
  while (name && kind_of(lowering->nodes, name) != KIND_IDENTIFIER)
    name = node_named(lowering->nodes, name, 0);
  if (!name)
    return;
  write_identifier(lowering, name, opaque_value(lowering, nodes_span(lowering->nodes, node)),
                   nodes_span(lowering->nodes, node));
}

// --- imports: an imported name is read where it is used; only a class body makes a field of it

static void write_import(Lowering *lowering, Node name) {
  Symbol symbol = lowering_symbol(lowering, name);
  const Name *entry = scopes_find(lowering->scopes, lowering->scope, symbol);
  if (!entry)
    return;
  Span span = nodes_span(lowering->nodes, name);
  if (!scopes_is_class_field(lowering->scopes, entry)) {
    VariableId variable = find_variable(lowering, symbol);
    if (variable && module_variable(lowering->module, variable)->kind != VARIABLE_IMPORT)
      write_name(lowering, symbol, opaque_value(lowering, span), span, 0);
  } else if (entry->variable) {
    Value value = builder_emit(lowering->builder, OP_LOAD, entry->variable, 0, 0, span);
    write_name(lowering, symbol, value, span, 0);
  }
}

void statement_import(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->field != FIELD_NAME)
      continue;
    bool aliased = child->kind == KIND_ALIASED_IMPORT;
    Node name =
        aliased ? node_field(lowering->nodes, child->node, FIELD_ALIAS) : node_named(lowering->nodes, child->node, 0);
    if (name)
      write_import(lowering, name);
  }
}
