// `if`, the loops, and `match`.
#include "lowering.h"
#include <string.h>

// --- if

static bool is_main_guard(Lowering *lowering, Node condition) {
  condition = node_unwrapped(lowering->nodes, condition);
  if (kind_of(lowering->nodes, condition) != KIND_COMPARISON_OPERATOR)
    return false;
  bool name = false, main = false;
  Children children = nodes_children(lowering->nodes, condition);
  for (uint32_t i = 0; i < children.count; i++) {
    uint32_t length;
    const char *text = nodes_text(lowering->nodes, nodes_child(lowering->nodes, children, i)->node, &length);
    name |= length == 8 && memcmp(text, "__name__", 8) == 0;
    main |= length == 10 && memcmp(text + 1, "__main__", 8) == 0;
  }
  return name && main;
}

// One `if` or `elif`; leaves the false way open.
static void lower_arm(Lowering *lowering, Node arm, BlockId after) {
  Children children = nodes_children(lowering->nodes, arm);
  Node condition = nodes_field(lowering->nodes, children, FIELD_CONDITION);
  Node body = nodes_field(lowering->nodes, children, FIELD_CONSEQUENCE);
  if (builder_function(lowering->builder) == 1 && is_main_guard(lowering, condition))
    lowering->module->main_guard = true;
  BlockId consequence = builder_block(lowering->builder), otherwise = builder_block(lowering->builder);
  python_lower_condition(lowering, condition, consequence, otherwise, 0);
  builder_enter(lowering->builder, consequence);
  lower_block(lowering, body);
  builder_jump(lowering->builder, after);
  builder_enter(lowering->builder, otherwise);
}

void statement_if(Lowering *lowering, Node node) {
  BlockId after = builder_block(lowering->builder);
  lower_arm(lowering, node, after);
  Children children = nodes_children(lowering->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->kind == KIND_ELIF_CLAUSE)
      lower_arm(lowering, child->node, after);
    else if (child->field != FIELD_CONDITION && child->field != FIELD_CONSEQUENCE && child->named)
      python_lower_statement(lowering, child->node);
  }
  builder_enter(lowering->builder, after);
}

// --- loops

static void lower_loop_body(Lowering *lowering, Node body, BlockId after, BlockId header) {
  builder_push_loop(lowering->builder, after, header, 0);
  lower_block(lowering, body);
  builder_pop_loop(lowering->builder);
  builder_jump(lowering->builder, header);
}

void statement_while(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Node condition = nodes_field(lowering->nodes, children, FIELD_CONDITION);
  Node body = nodes_field(lowering->nodes, children, FIELD_BODY);
  Node alternative = nodes_field(lowering->nodes, children, FIELD_ALTERNATIVE);
  BlockId header = builder_block(lowering->builder), first = builder_block(lowering->builder);
  BlockId done = builder_block(lowering->builder), after = builder_block(lowering->builder);
  builder_enter(lowering->builder, header);
  python_lower_condition(lowering, condition, first, done, INSTRUCTION_LOOP);
  builder_enter(lowering->builder, first);
  lower_loop_body(lowering, body, after, header);
  builder_enter(lowering->builder, done);
  lower_block(lowering, alternative);
  builder_enter(lowering->builder, after);
}

void statement_for(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Node left = nodes_field(lowering->nodes, children, FIELD_LEFT),
       right = nodes_field(lowering->nodes, children, FIELD_RIGHT);
  Node body = nodes_field(lowering->nodes, children, FIELD_BODY);
  Node alternative = nodes_field(lowering->nodes, children, FIELD_ALTERNATIVE);
  uint32_t flags = has_kind(lowering->nodes, children, KIND_TOKEN_ASYNC) ? INSTRUCTION_ASYNC : 0;
  Span span = span_join(left ? nodes_span(lowering->nodes, left) : nodes_span(lowering->nodes, node),
                        right ? nodes_span(lowering->nodes, right) : nodes_span(lowering->nodes, node));
  Value iterable = python_lower_expression(lowering, right);
  Value iterator = builder_emit(lowering->builder, OP_ITERATE, iterable, 0, 0, span);
  builder_last(lowering->builder)->flags |= (uint8_t)flags;
  BlockId header = builder_block(lowering->builder), first = builder_block(lowering->builder);
  BlockId done = builder_block(lowering->builder), after = builder_block(lowering->builder);
  builder_enter(lowering->builder, header);
  Value element = builder_next(lowering->builder, iterator, first, done, flags, span);
  builder_enter(lowering->builder, first);
  assign(lowering, left, element, nodes_span(lowering->nodes, left));
  lower_loop_body(lowering, body, after, header);
  builder_enter(lowering->builder, done);
  lower_block(lowering, alternative);
  builder_enter(lowering->builder, after);
}

// --- match

static uint32_t count_kind(Lowering *lowering, Children children, Kind kind) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < children.count; i++)
    count += nodes_child(lowering->nodes, children, i)->kind == kind;
  return count;
}

// `case a, b:` is a sequence pattern without brackets.
static void lower_case_patterns(Lowering *lowering, Children children, Value subject, BlockId next, Span span) {
  uint32_t count = count_kind(lowering, children, KIND_CASE_PATTERN);
  if (count == 1 && !has_kind(lowering->nodes, children, KIND_TOKEN_COMMA))
    python_lower_pattern(lowering, kind_child(lowering->nodes, children, KIND_CASE_PATTERN), subject, next);
  else if (count)
    lower_sequence_pattern(lowering, children, subject, next, span);
}

static void lower_case(Lowering *lowering, Node clause, Value subject, BlockId after) {
  BlockId next = builder_block(lowering->builder);
  Children children = nodes_children(lowering->nodes, clause);
  Node guard = nodes_field(lowering->nodes, children, FIELD_GUARD);
  Node body = nodes_field(lowering->nodes, children, FIELD_CONSEQUENCE);
  Span span = nodes_span(lowering->nodes, kind_child(lowering->nodes, children, KIND_CASE_PATTERN));
  lower_case_patterns(lowering, children, subject, next, span);
  if (guard) {
    BlockId guarded = builder_block(lowering->builder);
    python_lower_condition(lowering, node_named(lowering->nodes, guard, 0), guarded, next, 0);
    builder_enter(lowering->builder, guarded);
  }
  lower_block(lowering, body);
  builder_jump(lowering->builder, after);
  builder_enter(lowering->builder, next);
}

static Value lower_subject(Lowering *lowering, Node match) {
  OperandList subjects = {0};
  Children children = nodes_children(lowering->nodes, match);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->field == FIELD_SUBJECT)
      add_operand(lowering, &subjects, python_lower_expression(lowering, child->node), 0, 0);
  }
  if (subjects.count == 1)
    return stable_value(lowering, subjects.items[0].value, nodes_span(lowering->nodes, match));
  return make(lowering, MAKE_TUPLE, &subjects, nodes_span(lowering->nodes, match));
}

void statement_match(Lowering *lowering, Node node) {
  Value subject = lower_subject(lowering, node);
  BlockId after = builder_block(lowering->builder);
  Children children = nodes_children(lowering->nodes, node_field(lowering->nodes, node, FIELD_BODY));
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->kind == KIND_CASE_CLAUSE)
      lower_case(lowering, child->node, subject, after);
    else if (child->named)
      python_lower_statement(lowering, child->node);
  }
  builder_enter(lowering->builder, after);
}
