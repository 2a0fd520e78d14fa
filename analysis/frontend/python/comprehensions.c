// Comprehensions: loops that fill a new collection. A generator expression is one that fills a list: it runs when it is
// consumed, which is nearly always at once.
#include "lowering.h"

typedef struct ClauseLoop {
  BlockId header, done;
} ClauseLoop;

// How the loops nest so far.
typedef struct Loops {
  ARRAY(ClauseLoop) open;
  ScopeId source; // where the next clause's source is read: the first one's outside of the comprehension
} Loops;

static Value lower_source(Lowering *lowering, Node clause, Children children, ScopeId scope) {
  ScopeId inner = lowering->scope;
  lowering->scope = scope;
  OperandList sources = {0};
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->named && child->field != FIELD_LEFT)
      add_operand(lowering, &sources, python_lower_expression(lowering, child->node), 0, 0);
  }
  lowering->scope = inner;
  return sources.count == 1 ? sources.items[0].value
                            : make(lowering, MAKE_TUPLE, &sources, nodes_span(lowering->nodes, clause));
}

static void open_loop(Lowering *lowering, Node clause, Loops *loops) {
  Children children = nodes_children(lowering->nodes, clause);
  Node left = nodes_field(lowering->nodes, children, FIELD_LEFT);
  uint32_t flags = has_kind(lowering->nodes, children, KIND_TOKEN_ASYNC) ? INSTRUCTION_ASYNC : 0;
  Span span = nodes_span(lowering->nodes, clause);
  Value source = lower_source(lowering, clause, children, loops->source);
  Value iterator = builder_emit(lowering->builder, OP_ITERATE, source, 0, 0, span);
  builder_last(lowering->builder)->flags |= (uint8_t)flags;
  ClauseLoop loop = {builder_block(lowering->builder), builder_block(lowering->builder)};
  BlockId body = builder_block(lowering->builder);
  builder_enter(lowering->builder, loop.header);
  Value element = builder_next(lowering->builder, iterator, body, loop.done, flags, span);
  builder_enter(lowering->builder, body);
  assign(lowering, left, element, nodes_span(lowering->nodes, left));
  array_push(lowering->arena, &loops->open, loop);
  loops->source = lowering->scope;
}

static void lower_test(Lowering *lowering, Node clause, const Loops *loops) {
  BlockId next = builder_block(lowering->builder);
  python_lower_condition(lowering, node_named(lowering->nodes, clause, 0), next, array_last(&loops->open).header, 0);
  builder_enter(lowering->builder, next);
}

static void close_loops(Lowering *lowering, const Loops *loops) {
  for (uint32_t i = loops->open.count; i-- > 0;) {
    builder_jump(lowering->builder, loops->open.items[i].header);
    builder_enter(lowering->builder, loops->open.items[i].done);
  }
}

static void add_pair(Lowering *lowering, Value collection, Node pair) {
  Children children = nodes_children(lowering->nodes, pair);
  Node key = nodes_field(lowering->nodes, children, FIELD_KEY),
       what = nodes_field(lowering->nodes, children, FIELD_VALUE);
  Value key_value = python_lower_expression(lowering, key);
  Value value = python_lower_expression(lowering, what);
  builder_emit(lowering->builder, OP_SET_ITEM, collection, key_value, value, nodes_span(lowering->nodes, pair));
}

static void add_element(Lowering *lowering, Kind kind, Value collection, Node body) {
  if (kind == KIND_DICTIONARY_COMPREHENSION) {
    add_pair(lowering, collection, body);
    return;
  }
  Operand element = {.value = python_lower_expression(lowering, body)};
  const char *method = kind == KIND_SET_COMPREHENSION ? "add" : "append";
  builder_emit_args(lowering->builder, OP_CALL_METHOD, collection, symbol_of_string(lowering->symbols, method),
                    &element, 1, nodes_span(lowering->nodes, body));
}

static void discard_element(Lowering *lowering, Kind kind, Node body) {
  if (kind == KIND_DICTIONARY_COMPREHENSION) {
    python_lower_expression(lowering, node_field(lowering->nodes, body, FIELD_KEY));
    body = node_field(lowering->nodes, body, FIELD_VALUE);
  }
  lower_discarded(lowering, body);
}

static MakeKind collection_kind(Kind kind) {
  return kind == KIND_DICTIONARY_COMPREHENSION ? MAKE_MAP : kind == KIND_SET_COMPREHENSION ? MAKE_SET : MAKE_LIST;
}

static Value lower_comprehension(Lowering *lowering, Node node, bool discarded) {
  Kind kind = kind_of(lowering->nodes, node);
  ScopeId outer = lowering->scope, scope = scopes_at(lowering->scopes, nodes_span(lowering->nodes, node));
  if (!scope)
    return opaque_value(lowering, nodes_span(lowering->nodes, node));
  Value collection =
      discarded ? 0 : make(lowering, collection_kind(kind), &(OperandList){0}, nodes_span(lowering->nodes, node));
  Loops loops = {.source = outer};
  lowering->scope = scope;
  Children children = nodes_children(lowering->nodes, node);
  Node body = nodes_field(lowering->nodes, children, FIELD_BODY);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(lowering->nodes, children, i);
    if (child->kind == KIND_FOR_IN_CLAUSE)
      open_loop(lowering, child->node, &loops);
    else if (child->kind == KIND_IF_CLAUSE && loops.open.count)
      lower_test(lowering, child->node, &loops);
  }
  if (discarded)
    discard_element(lowering, kind, body);
  else
    add_element(lowering, kind, collection, body);
  close_loops(lowering, &loops);
  lowering->scope = outer;
  return collection;
}

Value expression_comprehension(Lowering *lowering, Node node) {
  return lower_comprehension(lowering, node, false);
}

void discard_comprehension(Lowering *lowering, Node node) {
  lower_comprehension(lowering, node, true);
}
