// What runs on the way out of a block: catch, finally, using.
#include "lowering.h"

// `finally` bodies inside each other are lowered 2^n times; real code has one or two.
enum { CLEANUP_LIMIT = 4 };

typedef struct Try {
  Lowering *lowering;
  Node body, parameter, handler, finalizer; // blocks and the catch parameter; null where there is none
  bool catches;
  Span span;
  // Of the function, where the statement stands:
  uint32_t depth;
} Try;

static void lower_finally(Builder *builder, void *context) {
  Try *statement = context;
  Lowering *lowering = statement->lowering;
  if (lowering->cleanups >= CLEANUP_LIMIT) {
    builder_opaque(builder, NULL, 0, lowering_span(lowering, statement->finalizer));
    lowering_truncate(lowering);
    return;
  }
  lowering->cleanups++;
  lower_statement(lowering, statement->finalizer);
  lowering->cleanups--;
}

static Try read_try(Lowering *lowering, Node node) {
  Try statement = {.lowering = lowering, .span = lowering_span(lowering, node)};
  Node handler = lowering_field(lowering, node, FIELD_HANDLER);
  Node finalizer = lowering_field(lowering, node, FIELD_FINALIZER);
  statement.body = lowering_field(lowering, node, FIELD_BODY);
  if (finalizer)
    statement.finalizer = lowering_field(lowering, finalizer, FIELD_BODY);
  if (!handler)
    return statement;
  statement.catches = true;
  statement.parameter = lowering_field(lowering, handler, FIELD_PARAMETER);
  statement.handler = lowering_field(lowering, handler, FIELD_BODY);
  return statement;
}

static Value emit_catch(Lowering *lowering, Span span) {
  return builder_emit(lowering->builder, OP_CATCH, 0, 0, 0, span);
}

static void lower_catch(Lowering *lowering, const Try *statement, BlockId block) {
  builder_enter(lowering->builder, block);
  bool binds = statement->parameter;
  Span span = binds ? lowering_span(lowering, statement->parameter) : statement->span;
  Value exception = emit_catch(lowering, span);
  if (binds)
    lower_pattern(lowering, statement->parameter, exception, span);
  if (statement->handler)
    lower_statement(lowering, statement->handler);
}

// The body and its handler, without the `finally`.
static void lower_guarded(Lowering *lowering, const Try *statement) {
  if (!statement->catches) {
    if (statement->body)
      lower_statement(lowering, statement->body);
    return;
  }
  BlockId caught = builder_block(lowering->builder), after = builder_block(lowering->builder);
  BlockId outer = builder_set_handler(lowering->builder, caught);
  if (statement->body)
    lower_statement(lowering, statement->body);
  builder_jump(lowering->builder, after);
  builder_set_handler(lowering->builder, outer);
  lower_catch(lowering, statement, caught);
  builder_enter(lowering->builder, after);
}

void lower_try(Lowering *lowering, Node node) {
  Try *statement = ARENA_NEW(lowering->arena, Try);
  *statement = read_try(lowering, node);
  if (!statement->finalizer) {
    lower_guarded(lowering, statement);
    return;
  }
  Builder *builder = lowering->builder;
  BlockId failed = builder_block(builder), after = builder_block(builder);
  builder_push_cleanup(builder, lower_finally, statement);
  BlockId outer = builder_set_handler(builder, failed);
  lower_guarded(lowering, statement);
  builder_set_handler(builder, outer);
  builder_pop_cleanup(builder);
  if (builder_is_open(builder))
    lower_finally(builder, statement);
  builder_jump(builder, after);
  builder_enter(builder, failed);
  emit_catch(lowering, lowering_span(lowering, statement->finalizer));
  lower_finally(builder, statement);
  if (builder_is_open(builder))
    builder_throw(builder, 0, lowering_span(lowering, statement->finalizer));
  builder_enter(builder, after);
}

// --- using

static void lower_exit(Builder *builder, void *context) {
  Using *using = context;
  builder_emit(builder, OP_EXIT, using->value, 0, 0, using->span);
  builder_last(builder)->flags = using->async ? INSTRUCTION_ASYNC : 0;
}

Using *using_open(Lowering *lowering, Value value, bool async, Span span) {
  Using *using = ARENA_NEW(lowering->arena, Using);
  *using = (Using){.lowering = lowering, .value = value, .async = async, .span = span};
  using->failed = builder_block(lowering->builder);
  builder_push_cleanup(lowering->builder, lower_exit, using);
  using->outer = builder_set_handler(lowering->builder, using->failed);
  return using;
}

void using_close(Lowering *lowering, Using *using) {
  Builder *builder = lowering->builder;
  BlockId after = builder_block(builder);
  builder_set_handler(builder, using->outer);
  builder_pop_cleanup(builder);
  if (builder_is_open(builder))
    lower_exit(builder, using);
  builder_jump(builder, after);
  builder_enter(builder, using->failed);
  emit_catch(lowering, using->span);
  lower_exit(builder, using);
  builder_throw(builder, 0, using->span);
  builder_enter(builder, after);
}
