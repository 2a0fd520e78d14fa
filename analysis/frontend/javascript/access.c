// Members, items and calls: chains like a?.b[c](d).e, and what can be assigned to.
#include "lowering.h"
#include <ctype.h>
#include <string.h>

// --- references

// A name that could follow a dot, so that o['x'] is the place that o.x is.
static bool is_identifier(const char *text) {
  if (isdigit((unsigned char)*text))
    return false;
  while (isalnum((unsigned char)*text) || *text == '_' || *text == '$')
    text++;
  return !*text;
}

static Symbol constant_key(Lowering *lowering, Node key) {
  switch (lowering_kind(lowering, key)) {
  case KIND_PROPERTY:
  case KIND_PRIVATE_PROPERTY:
    return lowering_text(lowering, key);
  case KIND_STRING: {
    Symbol name = lowering_string(lowering, key);
    return name && is_identifier(symbol_text(lowering->symbols, name)) ? name : 0;
  }
  default:
    return 0;
  }
}

Reference member_reference(Lowering *lowering, Value object, Node key) {
  Symbol name = constant_key(lowering, key);
  if (name)
    return (Reference){REFERENCE_FIELD, object, name, lowering_span(lowering, key)};
  return (Reference){REFERENCE_ITEM, object, lower_expression(lowering, key), lowering_span(lowering, key)};
}

static Reference unknown_reference(Lowering *lowering, Node node) {
  lower_expression(lowering, node);
  return (Reference){.kind = REFERENCE_NONE, .span = lowering_span(lowering, node)};
}

Reference reference_of(Lowering *lowering, Node node) {
  node = lowering_unwrap(lowering, node);
  Kind kind = lowering_kind(lowering, node);
  if (kind == KIND_NONE)
    return (Reference){0};
  if (kind == KIND_IDENTIFIER || kind == KIND_SHORTHAND_PATTERN) {
    VariableId variable = bindings_variable(lowering->bindings, node);
    return (Reference){variable ? REFERENCE_VARIABLE : REFERENCE_NONE, variable, 0, lowering_span(lowering, node)};
  }
  if (kind != KIND_MEMBER && kind != KIND_SUBSCRIPT)
    return unknown_reference(lowering, node);
  Node object = lowering_field(lowering, node, FIELD_OBJECT);
  Node key = lowering_field(lowering, node, kind == KIND_MEMBER ? FIELD_PROPERTY : FIELD_INDEX);
  if (!object || !key)
    return unknown_reference(lowering, node);
  Reference reference = member_reference(lowering, lower_expression(lowering, object), key);
  reference.span = lowering_span(lowering, node);
  return reference;
}

Value reference_read(Lowering *lowering, const Reference *reference, uint8_t flags) {
  Builder *builder = lowering->builder;
  Value value = 0;
  switch (reference->kind) {
  case REFERENCE_NONE:
    return builder_opaque(builder, NULL, 0, reference->span);
  case REFERENCE_VARIABLE:
    value = lowering_read(lowering, reference->object, reference->span);
    if (!bindings_is_cell(lowering->bindings, reference->object))
      return value;
    break;
  case REFERENCE_FIELD:
    value = builder_emit(builder, OP_GET_FIELD, reference->object, reference->key, 0, reference->span);
    break;
  case REFERENCE_ITEM:
    value = builder_emit(builder, OP_GET_ITEM, reference->object, reference->key, 0, reference->span);
    break;
  }
  builder_last(builder)->flags |= flags;
  return value;
}

void reference_write(Lowering *lowering, const Reference *reference, Value value, Span span, uint8_t flags) {
  Builder *builder = lowering->builder;
  switch (reference->kind) {
  case REFERENCE_NONE:
    builder_opaque(builder, &value, 1, span);
    return;
  case REFERENCE_VARIABLE:
    if (module_variable(lowering->module, reference->object)->kind == VARIABLE_IMPORT)
      return;
    lowering_write(lowering, reference->object, value, span);
    break;
  case REFERENCE_FIELD:
    builder_emit(builder, OP_SET_FIELD, reference->object, reference->key, value, span);
    break;
  case REFERENCE_ITEM:
    builder_emit(builder, OP_SET_ITEM, reference->object, reference->key, value, span);
    break;
  }
  builder_last(builder)->flags |= flags;
}

void reference_delete(Lowering *lowering, const Reference *reference, Span span) {
  if (reference->kind == REFERENCE_FIELD)
    builder_emit(lowering->builder, OP_DELETE_FIELD, reference->object, reference->key, 0, span);
  if (reference->kind == REFERENCE_ITEM)
    builder_emit(lowering->builder, OP_DELETE_ITEM, reference->object, reference->key, 0, span);
}

// --- chains

typedef struct Link {
  Node node;
  Kind kind;     // CALL, MEMBER, SUBSCRIPT or NON_NULL
  Node argument; // the arguments, the property or the index
  bool optional; // has its own `?.`
} Link;

typedef struct Chain {
  ARRAY(Link) links; // outermost first
  Node base;
  BlockId exit; // where a `?.` on null leads; 0 while there is none
  bool awaited; // an `await` stands before it, inside the node
} Chain;

static const uint8_t INNER_FIELDS[KIND_COUNT] = {
    [KIND_CALL] = FIELD_FUNCTION, [KIND_MEMBER] = FIELD_OBJECT, [KIND_SUBSCRIPT] = FIELD_OBJECT};
static const uint8_t ARGUMENT_FIELDS[KIND_COUNT] = {
    [KIND_CALL] = FIELD_ARGUMENTS, [KIND_MEMBER] = FIELD_PROPERTY, [KIND_SUBSCRIPT] = FIELD_INDEX};

// The link that a node is, and in `*inner` the node it is applied to.
static Link read_link(Lowering *lowering, Node node, Kind kind, Node *inner) {
  Link link = {.node = node, .kind = kind};
  if (kind == KIND_NON_NULL) {
    *inner = lowering_operand(lowering, node);
    return link;
  }
  *inner = lowering_field(lowering, node, (Field)INNER_FIELDS[kind]);
  link.argument = lowering_field(lowering, node, (Field)ARGUMENT_FIELDS[kind]);
  for (Node part = tree_first(lowering->tree, node); part < tree_end(lowering->tree, node); part++)
    link.optional |= lowering_kind(lowering, part) == KIND_OPTIONAL_CHAIN;
  return link;
}

static void read_links(Lowering *lowering, Chain *chain, Node node) {
  for (;;) {
    Kind kind = lowering_kind(lowering, node);
    if (!INNER_FIELDS[kind] && kind != KIND_NON_NULL)
      break;
    Node inner = {0};
    Link link = read_link(lowering, node, kind, &inner);
    array_push(lowering->arena, &chain->links, link);
    node = inner;
  }
  chain->base = node;
}

// The grammar takes `await f<T>(x)` for `(await f)<T>(x)`: what is awaited is the whole chain.
static Chain read_chain(Lowering *lowering, Node node) {
  Chain chain = {0};
  read_links(lowering, &chain, node);
  if (!chain.links.count || lowering_kind(lowering, chain.base) != KIND_AWAIT)
    return chain;
  Node operand = lowering_operand(lowering, chain.base);
  if (!operand)
    return chain;
  chain.awaited = true;
  read_links(lowering, &chain, operand);
  return chain;
}

// `?.`: where the value is null, the whole rest of the chain is left out.
static void leave_if_null(Lowering *lowering, Chain *chain, Value value, Span span) {
  if (!chain->exit)
    chain->exit = builder_block(lowering->builder);
  BlockId next = builder_block(lowering->builder);
  builder_branch(lowering->builder, value, next, chain->exit, 0, span);
  builder_enter(lowering->builder, next);
}

// The index of the call that a member at `index` is the method of; `index` itself when there is none.
static uint32_t method_call(const Chain *chain, uint32_t index) {
  for (uint32_t i = index; i-- > 0;)
    if (chain->links.items[i].kind != KIND_NON_NULL)
      return chain->links.items[i].kind == KIND_CALL ? i : index;
  return index;
}

static Value emit_call(Lowering *lowering, const Link *call, Op op, Value callee, Symbol name, bool optional) {
  uint32_t mark = operands_mark(lowering);
  if (call->argument)
    lower_arguments(lowering, call->argument);
  Value result = operands_emit(lowering, mark, op, callee, name, lowering_span(lowering, call->node));
  if (optional)
    builder_last(lowering->builder)->flags |= INSTRUCTION_OPTIONAL;
  return result;
}

static Value apply_call(Lowering *lowering, Chain *chain, const Link *link, Value callee) {
  if (link->optional)
    leave_if_null(lowering, chain, callee, lowering_span(lowering, link->node));
  return emit_call(lowering, link, OP_CALL, callee, 0, link->optional);
}

// Applies the member at `*index`, together with the call that it is the method of.
static Value apply_member(Lowering *lowering, Chain *chain, uint32_t *index, Value object, Span span) {
  Link link = chain->links.items[*index];
  if (link.optional)
    leave_if_null(lowering, chain, object, span);
  if (!link.argument)
    return lowering_opaque(lowering, link.node);
  Reference reference = member_reference(lowering, object, link.argument);
  reference.span = lowering_span(lowering, link.node);
  uint32_t call_index = method_call(chain, *index);
  if (call_index == *index || reference.kind != REFERENCE_FIELD)
    return reference_read(lowering, &reference, link.optional ? INSTRUCTION_OPTIONAL : 0);
  *index = call_index;
  Link call = chain->links.items[call_index];
  if (call.optional)
    leave_if_null(lowering, chain, reference_read(lowering, &reference, 0), reference.span);
  return emit_call(lowering, &call, OP_CALL_METHOD, object, reference.key, link.optional || call.optional);
}

// `super(…)` calls the base class; otherwise `super` is the receiver.
static Value lower_base(Lowering *lowering, const Chain *chain, Node node) {
  if (!chain->base)
    return lowering_opaque(lowering, node);
  bool constructs = lowering_kind(lowering, chain->base) == KIND_SUPER && chain->links.count &&
                    array_last(&chain->links).kind == KIND_CALL;
  if (!constructs)
    return lower_expression(lowering, chain->base);
  VariableId class = bindings_variable(lowering->bindings, chain->base);
  return class ? lowering_read(lowering, class, lowering_span(lowering, chain->base))
               : lowering_opaque(lowering, chain->base);
}

static Value join_exit(Lowering *lowering, const Chain *chain, Value value, Node node, bool discarded) {
  Span span = lowering_span(lowering, node);
  Value result = discarded ? 0 : builder_temporary(lowering->builder);
  BlockId join = builder_block(lowering->builder);
  if (discarded)
    lowering_mark_discarded(lowering, value);
  else
    builder_move(lowering->builder, result, value, span);
  builder_jump(lowering->builder, join);
  builder_enter(lowering->builder, chain->exit);
  if (!discarded)
    builder_move(lowering->builder, result, lowering_null(lowering, node), span);
  builder_enter(lowering->builder, join);
  return result;
}

Value lower_chain(Lowering *lowering, Node node) {
  bool discarded = lowering->naming.discarded;
  Chain chain = read_chain(lowering, node);
  Value value = lower_base(lowering, &chain, node);
  Span span = !chain.base ? lowering_span(lowering, node) : lowering_span(lowering, chain.base);
  for (uint32_t i = chain.links.count; i-- > 0;) {
    Link link = chain.links.items[i];
    if (link.kind == KIND_CALL)
      value = apply_call(lowering, &chain, &link, value);
    else if (link.kind != KIND_NON_NULL)
      value = apply_member(lowering, &chain, &i, value, span);
    span = lowering_span(lowering, chain.links.items[i].node);
  }
  if (chain.exit)
    value = join_exit(lowering, &chain, value, node, discarded && !chain.awaited);
  if (chain.awaited)
    value = builder_emit(lowering->builder, OP_AWAIT, value, 0, 0, lowering_span(lowering, node));
  return value;
}
