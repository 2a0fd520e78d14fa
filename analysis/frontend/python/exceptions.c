// `try` and `with`: handlers and the ways out.
#include "lowering.h"
#include <string.h>

// --- finally

typedef struct Finally {
  Lowering *lowering;
  Node clause;
  ScopeId scope;
} Finally;

// A `finally` is lowered once for each way out; inside of another one that multiplies, so the copies have a limit.
static void lower_finally(Builder *builder, void *context) {
  (void)builder;
  const Finally *finally = context;
  Lowering *lowering = finally->lowering;
  Span span = nodes_span(lowering->nodes, finally->clause);
  lowering->copied += span.end - span.start;
  if (lowering->copied > lowering->copied_limit) {
    mark_truncated(lowering);
    return;
  }
  ScopeId scope = lowering->scope;
  lowering->scope = finally->scope;
  python_lower_statement(lowering, finally->clause);
  lowering->scope = scope;
}

// --- except

typedef struct ExceptSyntax {
  Node class_node, target, body;
} ExceptSyntax;

// `except E as e` may come as one `as_pattern` or as two fields.
static ExceptSyntax read_except(Lowering *lowering, Node clause) {
  Children children = nodes_children(lowering->nodes, clause);
  ExceptSyntax syntax = {.class_node = nodes_field(lowering->nodes, children, FIELD_VALUE),
                         .target = nodes_field(lowering->nodes, children, FIELD_ALIAS),
                         .body = kind_child(lowering->nodes, children, KIND_BLOCK)};
  if (kind_of(lowering->nodes, syntax.class_node) == KIND_AS_PATTERN) {
    Node pattern = syntax.class_node;
    syntax.class_node = node_named(lowering->nodes, pattern, 0);
    syntax.target = node_named(lowering->nodes, pattern, 1);
  }
  return syntax;
}

static bool catches_all(Lowering *lowering, Node class_node) {
  if (!class_node)
    return true;
  if (kind_of(lowering->nodes, class_node) != KIND_IDENTIFIER)
    return false;
  const char *name = symbol_text(lowering->symbols, lowering_symbol(lowering, class_node));
  return strcmp(name, "Exception") == 0 || strcmp(name, "BaseException") == 0;
}

// Lowers one clause; leaves the way open that an exception takes that it does not catch.
static void lower_except(Lowering *lowering, Node clause, bool last, BlockId after) {
  ExceptSyntax syntax = read_except(lowering, clause);
  Span span = syntax.class_node ? nodes_span(lowering->nodes, syntax.class_node) : nodes_span(lowering->nodes, clause);
  BlockId body = builder_block(lowering->builder), next = builder_block(lowering->builder);
  Value class_value = syntax.class_node ? python_lower_expression(lowering, syntax.class_node) : 0;
  Value exception = builder_emit(lowering->builder, OP_CATCH, class_value, 0, 0, span);
  if (!last || !catches_all(lowering, syntax.class_node)) {
    Value matches = builder_compute(lowering->builder, OPERATOR_MATCH, exception, 0, span);
    builder_branch(lowering->builder, matches, body, next, 0, span);
  }
  builder_enter(lowering->builder, body);
  assign(lowering, syntax.target, exception, nodes_span(lowering->nodes, syntax.target));
  lower_block(lowering, syntax.body);
  builder_jump(lowering->builder, after);
  builder_enter(lowering->builder, next);
}

static void lower_excepts(Lowering *lowering, Children children, uint32_t count, BlockId after) {
  for (uint32_t i = 0, seen = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->kind == KIND_EXCEPT_CLAUSE)
      lower_except(lowering, child->node, ++seen == count, after);
  }
  builder_throw(lowering->builder, 0, nodes_span(lowering->nodes, 0));
}

// --- try

// Syntax errors between the clauses.
static void lower_strays(Lowering *lowering, Children children) {
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->named && child->kind == KIND_OTHER)
      python_lower_statement(lowering, child->node);
  }
}

// The body, the handlers, and `else`, which the handlers do not cover.
static void lower_guarded(Lowering *lowering, Children children) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < children.count; i++)
    count += nodes_child(lowering->nodes, children, i)->kind == KIND_EXCEPT_CLAUSE;
  BlockId handler = count ? builder_block(lowering->builder) : 0, after = builder_block(lowering->builder);
  BlockId outer = count ? builder_set_handler(lowering->builder, handler) : 0;
  lower_block(lowering, nodes_field(lowering->nodes, children, FIELD_BODY));
  if (count)
    builder_set_handler(lowering->builder, outer);
  lower_strays(lowering, children);
  lower_block(lowering, kind_child(lowering->nodes, children, KIND_ELSE_CLAUSE));
  builder_jump(lowering->builder, after);
  if (count) {
    builder_enter(lowering->builder, handler);
    lower_excepts(lowering, children, count, after);
  }
  builder_enter(lowering->builder, after);
}

static void lower_with_finally(Lowering *lowering, Children children, Node clause) {
  Builder *builder = lowering->builder;
  Finally *finally = ARENA_NEW(lowering->arena, Finally);
  *finally = (Finally){lowering, clause, lowering->scope};
  BlockId handler = builder_block(builder), after = builder_block(builder);
  builder_push_cleanup(builder, lower_finally, finally);
  BlockId outer = builder_set_handler(builder, handler);
  lower_guarded(lowering, children);
  builder_set_handler(builder, outer);
  builder_pop_cleanup(builder);
  if (builder_is_open(builder)) {
    lower_finally(builder, finally);
    builder_jump(builder, after);
  }
  builder_enter(builder, handler);
  lower_finally(builder, finally);
  builder_throw(builder, 0, nodes_span(lowering->nodes, clause));
  builder_enter(builder, after);
}

void statement_try(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Node clause = kind_child(lowering->nodes, children, KIND_FINALLY_CLAUSE);
  if (clause)
    lower_with_finally(lowering, children, clause);
  else
    lower_guarded(lowering, children);
}

// --- with

typedef struct WithItem {
  Value manager;
  uint32_t flags;
  Span span;
  BlockId handler, outer;
} WithItem;

typedef ARRAY(WithItem *) WithItems;

static void lower_exit(Builder *builder, void *context) {
  const WithItem *item = context;
  builder_emit(builder, OP_EXIT, item->manager, 0, 0, item->span);
  builder_last(builder)->flags |= (uint8_t)item->flags;
}

static void enter_manager(Lowering *lowering, Node expression, Node target, uint32_t flags, WithItems *items) {
  Builder *builder = lowering->builder;
  WithItem *item = ARENA_NEW(lowering->arena, WithItem);
  item->span = nodes_span(lowering->nodes, expression), item->flags = flags;
  item->manager = stable_value(lowering, python_lower_expression(lowering, expression), item->span);
  Value entered = builder_emit(builder, OP_ENTER, item->manager, 0, 0, item->span);
  builder_last(builder)->flags |= (uint8_t)flags;
  item->handler = builder_block(builder);
  builder_push_cleanup(builder, lower_exit, item);
  item->outer = builder_set_handler(builder, item->handler);
  array_push(lowering->arena, items, item);
  assign(lowering, target, entered, nodes_span(lowering->nodes, target));
}

// `a as b`, `a`, or, in parentheses, several of these.
static void enter_item(Lowering *lowering, Node node, uint32_t flags, WithItems *items) {
  if (!node || !enter_depth(lowering))
    return;
  Kind kind = kind_of(lowering->nodes, node);
  if (kind == KIND_TUPLE) {
    Children children = nodes_children(lowering->nodes, node);
    for (uint32_t i = 0; i < children.count; i++)
      if (nodes_child(lowering->nodes, children, i)->named)
        enter_item(lowering, nodes_child(lowering->nodes, children, i)->node, flags, items);
  } else if (kind == KIND_PARENTHESIZED_EXPRESSION) {
    enter_item(lowering, node_named(lowering->nodes, node, 0), flags, items);
  } else if (kind == KIND_AS_PATTERN) {
    enter_manager(lowering, node_named(lowering->nodes, node, 0), node_named(lowering->nodes, node, 1), flags, items);
  } else {
    enter_manager(lowering, node, 0, flags, items);
  }
  leave_depth(lowering);
}

static void enter_items(Lowering *lowering, Node clause, uint32_t flags, WithItems *items) {
  Children children = nodes_children(lowering->nodes, clause);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->kind == KIND_WITH_ITEM)
      enter_item(lowering, node_field(lowering->nodes, child->node, FIELD_VALUE), flags, items);
    else if (child->named)
      python_lower_statement(lowering, child->node);
  }
}

static void leave_item(Lowering *lowering, WithItem *item) {
  Builder *builder = lowering->builder;
  BlockId after = builder_block(builder);
  builder_set_handler(builder, item->outer);
  builder_pop_cleanup(builder);
  if (builder_is_open(builder)) {
    lower_exit(builder, item);
    builder_jump(builder, after);
  }
  builder_enter(builder, item->handler);
  lower_exit(builder, item);
  builder_throw(builder, 0, item->span);
  builder_enter(builder, after);
}

void statement_with(Lowering *lowering, Node node) {
  Children children = nodes_children(lowering->nodes, node);
  Node clause = kind_child(lowering->nodes, children, KIND_WITH_CLAUSE);
  Node body = nodes_field(lowering->nodes, children, FIELD_BODY);
  uint32_t flags = has_kind(lowering->nodes, children, KIND_TOKEN_ASYNC) ? INSTRUCTION_ASYNC : 0;
  WithItems items = {0};
  enter_items(lowering, clause, flags, &items);
  lower_block(lowering, body);
  for (uint32_t i = items.count; i-- > 0;)
    leave_item(lowering, items.items[i]);
}
