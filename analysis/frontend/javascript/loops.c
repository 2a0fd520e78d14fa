// Loops and switch.
#include "lowering.h"

static Symbol take_label(Lowering *lowering) {
  Symbol label = lowering->label;
  lowering->label = 0;
  return label;
}

static void lower_body(Lowering *lowering, TSNode body, BlockId after, BlockId again, Symbol label) {
  builder_push_loop(lowering->builder, after, again, label);
  if (!ts_node_is_null(body))
    lower_statement(lowering, body);
  builder_pop_loop(lowering->builder);
  builder_jump(lowering->builder, again);
}

void lower_while(Lowering *lowering, TSNode node) {
  Symbol label = take_label(lowering);
  Children parts = nodes_children(lowering->nodes, node);
  TSNode condition = lowering_part(lowering, parts, FIELD_CONDITION);
  TSNode body = lowering_part(lowering, parts, FIELD_BODY);
  nodes_release(lowering->nodes, parts);
  BlockId test = builder_block(lowering->builder), inside = builder_block(lowering->builder);
  BlockId after = builder_block(lowering->builder);
  builder_enter(lowering->builder, test);
  lower_condition(lowering, condition, inside, after, INSTRUCTION_LOOP);
  builder_enter(lowering->builder, inside);
  lower_body(lowering, body, after, test, label);
  builder_enter(lowering->builder, after);
}

void lower_do(Lowering *lowering, TSNode node) {
  Symbol label = take_label(lowering);
  Children parts = nodes_children(lowering->nodes, node);
  TSNode condition = lowering_part(lowering, parts, FIELD_CONDITION);
  TSNode body = lowering_part(lowering, parts, FIELD_BODY);
  nodes_release(lowering->nodes, parts);
  BlockId inside = builder_block(lowering->builder), test = builder_block(lowering->builder);
  BlockId after = builder_block(lowering->builder);
  builder_enter(lowering->builder, inside);
  lower_body(lowering, body, after, test, label);
  builder_enter(lowering->builder, test);
  lower_condition(lowering, condition, inside, after, INSTRUCTION_LOOP);
  builder_enter(lowering->builder, after);
}

static void lower_initializer(Lowering *lowering, TSNode node) {
  switch (lowering_kind(lowering, node)) {
  case KIND_NONE:
  case KIND_EMPTY:
    break;
  case KIND_VARIABLE_DECLARATION:
  case KIND_LEXICAL_DECLARATION:
    lower_statement(lowering, node);
    break;
  default:
    lower_effect(lowering, node);
    break;
  }
}

void lower_for(Lowering *lowering, TSNode node) {
  Symbol label = take_label(lowering);
  Children parts = nodes_children(lowering->nodes, node);
  TSNode initializer = lowering_part(lowering, parts, FIELD_INITIALIZER);
  TSNode condition = lowering_part(lowering, parts, FIELD_CONDITION);
  TSNode increment = lowering_part(lowering, parts, FIELD_INCREMENT);
  TSNode body = lowering_part(lowering, parts, FIELD_BODY);
  nodes_release(lowering->nodes, parts);
  lower_initializer(lowering, initializer);
  BlockId test = builder_block(lowering->builder), inside = builder_block(lowering->builder);
  BlockId step = builder_block(lowering->builder), after = builder_block(lowering->builder);
  builder_enter(lowering->builder, test);
  Kind kind = lowering_kind(lowering, condition);
  if (ts_node_is_named(condition) && kind != KIND_EMPTY && kind != KIND_NONE)
    lower_condition(lowering, condition, inside, after, INSTRUCTION_LOOP);
  builder_enter(lowering->builder, inside);
  lower_body(lowering, body, after, step, label);
  builder_enter(lowering->builder, step);
  if (!ts_node_is_null(increment))
    lower_effect(lowering, increment);
  builder_jump(lowering->builder, test);
  builder_enter(lowering->builder, after);
}

// --- for … in, for … of

typedef struct ForIn {
  TSNode left, right, body;
  bool keys, async, closes, closes_async;
} ForIn;

static ForIn read_for_in(Lowering *lowering, TSNode node) {
  ForIn loop = {0};
  bool header = true;
  Children parts = nodes_children(lowering->nodes, node);
  loop.left = lowering_part(lowering, parts, FIELD_LEFT), loop.right = lowering_part(lowering, parts, FIELD_RIGHT);
  loop.body = lowering_part(lowering, parts, FIELD_BODY);
  for (uint32_t i = 0; i < parts.count; i++) {
    const Child *part = nodes_child(lowering->nodes, parts, i);
    uint8_t field = lowering->grammar->fields[part->field];
    if (part->kind == KIND_IN && field == FIELD_OPERATOR)
      loop.keys = true;
    if (part->kind == KIND_USING)
      loop.closes = true;
    // `for await (…)` has the word before the parenthesis, `(await using x of …)` behind it.
    if (part->kind == KIND_AWAIT_WORD)
      loop.async |= header, loop.closes_async |= !header;
    if (!part->named && part->kind == KIND_NONE && lowering_is_token(lowering, part->node, "("))
      header = false;
  }
  nodes_release(lowering->nodes, parts);
  return loop;
}

static void lower_for_in_body(Lowering *lowering, const ForIn *loop, Value element) {
  if (!ts_node_is_null(loop->left))
    lower_pattern(lowering, loop->left, element, nodes_span(loop->left));
  Using *using = loop->closes ? using_open(lowering, element, loop->closes_async, nodes_span(loop->left)) : NULL;
  if (!ts_node_is_null(loop->body))
    lower_statement(lowering, loop->body);
  if (using)
    using_close(lowering, using);
}

void lower_for_in(Lowering *lowering, TSNode node) {
  Symbol label = take_label(lowering);
  ForIn loop = read_for_in(lowering, node);
  if (ts_node_is_null(loop.right)) {
    lowering_opaque(lowering, node);
    return;
  }
  uint8_t flags = loop.async ? INSTRUCTION_ASYNC : 0;
  Value over = lower_expression(lowering, loop.right);
  Value iterator = builder_emit(lowering->builder, OP_ITERATE, over, 0, 0, nodes_span(loop.right));
  builder_last(lowering->builder)->flags = flags;
  builder_last(lowering->builder)->detail = loop.keys ? ITERATION_KEYS : ITERATION_ELEMENTS;
  BlockId head = builder_block(lowering->builder), inside = builder_block(lowering->builder);
  BlockId after = builder_block(lowering->builder);
  builder_enter(lowering->builder, head);
  Value element = builder_next(lowering->builder, iterator, inside, after, flags, nodes_span(loop.right));
  builder_enter(lowering->builder, inside);
  builder_push_loop(lowering->builder, after, head, label);
  lower_for_in_body(lowering, &loop, element);
  builder_pop_loop(lowering->builder);
  builder_jump(lowering->builder, head);
  builder_enter(lowering->builder, after);
}

// --- switch

typedef struct Case {
  TSNode value; // null: the default
  NodeList body;
  BlockId block;
} Case;

typedef ARRAY(Case) CaseList;

static Case read_case(Lowering *lowering, TSNode node) {
  Case found = {.block = builder_block(lowering->builder)};
  Children parts = nodes_children(lowering->nodes, node);
  for (uint32_t i = 0; i < parts.count; i++) {
    const Child *part = nodes_child(lowering->nodes, parts, i);
    uint8_t field = lowering->grammar->fields[part->field];
    if (field == FIELD_VALUE)
      found.value = part->node;
    else if (part->named)
      array_push(lowering->arena, &found.body, part->node);
  }
  nodes_release(lowering->nodes, parts);
  return found;
}

static CaseList read_cases(Lowering *lowering, TSNode body) {
  CaseList cases = {0};
  NodeList nodes = lowering_named(lowering, body);
  for (uint32_t i = 0; i < nodes.count; i++)
    array_push(lowering->arena, &cases, read_case(lowering, nodes.items[i]));
  return cases;
}

// Tests the cases in order; where none fits, goes to the default or past the switch.
static void lower_tests(Lowering *lowering, const CaseList *cases, Value subject, BlockId after) {
  BlockId otherwise = after;
  for (uint32_t i = 0; i < cases->count; i++) {
    const Case *item = &cases->items[i];
    if (ts_node_is_null(item->value)) {
      otherwise = item->block;
      continue;
    }
    Value value = lower_expression(lowering, item->value);
    Span span = nodes_span(item->value);
    Value equal = builder_compute(lowering->builder, OPERATOR_EQUAL, subject, value, span);
    BlockId next = builder_block(lowering->builder);
    builder_branch(lowering->builder, equal, item->block, next, 0, span);
    builder_enter(lowering->builder, next);
  }
  builder_jump(lowering->builder, otherwise);
}

void lower_switch(Lowering *lowering, TSNode node) {
  Symbol label = take_label(lowering);
  Children parts = nodes_children(lowering->nodes, node);
  TSNode value = lowering_part(lowering, parts, FIELD_VALUE), body = lowering_part(lowering, parts, FIELD_BODY);
  nodes_release(lowering->nodes, parts);
  if (ts_node_is_null(value) || ts_node_is_null(body)) {
    lowering_opaque(lowering, node);
    return;
  }
  Value subject = lower_expression(lowering, value);
  BlockId after = builder_block(lowering->builder);
  CaseList cases = read_cases(lowering, body);
  lower_tests(lowering, &cases, subject, after);
  builder_push_loop(lowering->builder, after, 0, label);
  for (uint32_t i = 0; i < cases.count; i++) {
    builder_enter(lowering->builder, cases.items[i].block); // falls through from the case before
    lower_statement_list(lowering, &cases.items[i].body);
  }
  builder_pop_loop(lowering->builder);
  builder_jump(lowering->builder, after);
  builder_enter(lowering->builder, after);
}
