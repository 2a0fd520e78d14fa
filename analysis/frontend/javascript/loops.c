// Loops and switch.
#include "lowering.h"

static Symbol take_label(Lowering *lowering) {
  Symbol label = lowering->label;
  lowering->label = 0;
  return label;
}

static void lower_body(Lowering *lowering, Node body, BlockId after, BlockId again, Symbol label) {
  builder_push_loop(lowering->builder, after, again, label);
  if (body)
    lower_statement(lowering, body);
  builder_pop_loop(lowering->builder);
  builder_jump(lowering->builder, again);
}

void lower_while(Lowering *lowering, Node node) {
  Symbol label = take_label(lowering);
  Node condition = lowering_field(lowering, node, FIELD_CONDITION);
  Node body = lowering_field(lowering, node, FIELD_BODY);
  BlockId test = builder_block(lowering->builder), inside = builder_block(lowering->builder);
  BlockId after = builder_block(lowering->builder);
  builder_enter(lowering->builder, test);
  lower_condition(lowering, condition, inside, after, INSTRUCTION_LOOP);
  builder_enter(lowering->builder, inside);
  lower_body(lowering, body, after, test, label);
  builder_enter(lowering->builder, after);
}

void lower_do(Lowering *lowering, Node node) {
  Symbol label = take_label(lowering);
  Node condition = lowering_field(lowering, node, FIELD_CONDITION);
  Node body = lowering_field(lowering, node, FIELD_BODY);
  BlockId inside = builder_block(lowering->builder), test = builder_block(lowering->builder);
  BlockId after = builder_block(lowering->builder);
  builder_enter(lowering->builder, inside);
  lower_body(lowering, body, after, test, label);
  builder_enter(lowering->builder, test);
  lower_condition(lowering, condition, inside, after, INSTRUCTION_LOOP);
  builder_enter(lowering->builder, after);
}

static void lower_initializer(Lowering *lowering, Node node) {
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

void lower_for(Lowering *lowering, Node node) {
  Symbol label = take_label(lowering);
  Node initializer = lowering_field(lowering, node, FIELD_INITIALIZER);
  Node condition = lowering_field(lowering, node, FIELD_CONDITION);
  Node increment = lowering_field(lowering, node, FIELD_INCREMENT);
  Node body = lowering_field(lowering, node, FIELD_BODY);
  lower_initializer(lowering, initializer);
  BlockId test = builder_block(lowering->builder), inside = builder_block(lowering->builder);
  BlockId step = builder_block(lowering->builder), after = builder_block(lowering->builder);
  builder_enter(lowering->builder, test);
  Kind kind = lowering_kind(lowering, condition);
  if (kind != KIND_EMPTY && kind != KIND_NONE)
    lower_condition(lowering, condition, inside, after, INSTRUCTION_LOOP);
  builder_enter(lowering->builder, inside);
  lower_body(lowering, body, after, step, label);
  builder_enter(lowering->builder, step);
  if (increment)
    lower_effect(lowering, increment);
  builder_jump(lowering->builder, test);
  builder_enter(lowering->builder, after);
}

// --- for … in, for … of

typedef struct ForIn {
  Node left, right, body;
  bool keys, async, closes, closes_async;
} ForIn;

static ForIn read_for_in(Lowering *lowering, Node node) {
  ForIn loop = {0};
  bool header = true;
  loop.left = lowering_field(lowering, node, FIELD_LEFT), loop.right = lowering_field(lowering, node, FIELD_RIGHT);
  loop.body = lowering_field(lowering, node, FIELD_BODY);
  for (Node part = tree_first(lowering->tree, node); part < tree_end(lowering->tree, node); part++) {
    const Child *record = tree_node(lowering->tree, part);
    if (record->kind == KIND_IN && record->field == FIELD_OPERATOR)
      loop.keys = true;
    if (record->kind == KIND_USING)
      loop.closes = true;
    // `for await (…)` has the word before the parenthesis, `(await using x of …)` behind it.
    if (record->kind == KIND_AWAIT_WORD)
      loop.async |= header, loop.closes_async |= !header;
    if (record->kind == KIND_OPENING)
      header = false;
  }
  return loop;
}

static void lower_for_in_body(Lowering *lowering, const ForIn *loop, Value element) {
  if (loop->left)
    lower_pattern(lowering, loop->left, element, lowering_span(lowering, loop->left));
  Using *using =
      loop->closes ? using_open(lowering, element, loop->closes_async, lowering_span(lowering, loop->left)) : NULL;
  if (loop->body)
    lower_statement(lowering, loop->body);
  if (using)
    using_close(lowering, using);
}

void lower_for_in(Lowering *lowering, Node node) {
  Symbol label = take_label(lowering);
  ForIn loop = read_for_in(lowering, node);
  if (!loop.right) {
    lowering_opaque(lowering, node);
    return;
  }
  uint8_t flags = loop.async ? INSTRUCTION_ASYNC : 0;
  Value over = lower_expression(lowering, loop.right);
  Value iterator = builder_emit(lowering->builder, OP_ITERATE, over, 0, 0, lowering_span(lowering, loop.right));
  builder_last(lowering->builder)->flags = flags;
  builder_last(lowering->builder)->detail = loop.keys ? ITERATION_KEYS : ITERATION_ELEMENTS;
  BlockId head = builder_block(lowering->builder), inside = builder_block(lowering->builder);
  BlockId after = builder_block(lowering->builder);
  builder_enter(lowering->builder, head);
  Value element = builder_next(lowering->builder, iterator, inside, after, flags, lowering_span(lowering, loop.right));
  builder_enter(lowering->builder, inside);
  builder_push_loop(lowering->builder, after, head, label);
  lower_for_in_body(lowering, &loop, element);
  builder_pop_loop(lowering->builder);
  builder_jump(lowering->builder, head);
  builder_enter(lowering->builder, after);
}

// --- switch

typedef struct Case {
  Node value; // null: the default
  NodeList body;
  BlockId block;
} Case;

typedef ARRAY(Case) CaseList;

static Case read_case(Lowering *lowering, Node node) {
  Case found = {.block = builder_block(lowering->builder)};
  for (Node part = tree_first(lowering->tree, node); part < tree_end(lowering->tree, node); part++) {
    const Child *record = tree_node(lowering->tree, part);
    if (record->field == FIELD_VALUE)
      found.value = part;
    else if (record->named)
      array_push(lowering->arena, &found.body, part);
  }
  return found;
}

static CaseList read_cases(Lowering *lowering, Node body) {
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
    if (!item->value) {
      otherwise = item->block;
      continue;
    }
    Value value = lower_expression(lowering, item->value);
    Span span = lowering_span(lowering, item->value);
    Value equal = builder_compute(lowering->builder, OPERATOR_EQUAL, subject, value, span);
    BlockId next = builder_block(lowering->builder);
    builder_branch(lowering->builder, equal, item->block, next, 0, span);
    builder_enter(lowering->builder, next);
  }
  builder_jump(lowering->builder, otherwise);
}

void lower_switch(Lowering *lowering, Node node) {
  Symbol label = take_label(lowering);
  Node value = lowering_field(lowering, node, FIELD_VALUE), body = lowering_field(lowering, node, FIELD_BODY);
  if (!value || !body) {
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
