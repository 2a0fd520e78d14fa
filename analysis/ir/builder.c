#include "builder.h"
#include <stdio.h>
#include <string.h>

// Code that cleanups may add to one function beyond what its source says; past it they lower as nothing and the
// function counts as truncated.
enum { CLEANUP_CODE_LIMIT = 8192 };

typedef struct Cleanup {
  BuilderCleanup lower;
  void *context;
  BlockId handler; // in force where it was pushed: its own code runs under that
  uint32_t loops;  // how many were open there
} Cleanup;

typedef struct Loop {
  BlockId break_to, continue_to;
  Symbol label;
  uint32_t cleanups; // how many were pending outside of it
} Loop;

// The lowering of one function; these nest.
typedef struct Frame {
  struct Frame *outer;
  FunctionId function;
  ARRAY(Block) blocks;
  ARRAY(Instruction) code;
  ARRAY(VariableId) values;
  ARRAY(Cleanup) cleanups;
  ARRAY(Loop) loops;
  BlockId current; // 0 when none is open
  BlockId handler;
  uint32_t cleanup_code;
  bool truncated;
} Frame;

struct Builder {
  Arena *arena;
  Module *module;
  Frame *frame;
  Frame *spare; // frames that have been closed, whose arrays serve the next functions
};

Builder *builder_new(Arena *arena, Traits traits) {
  Builder *builder = ARENA_NEW(arena, Builder);
  Module *module = ARENA_NEW(arena, Module);
  module->arena = arena, module->symbols = symbols_new(arena), module->traits = traits;
  *builder = (Builder){.arena = arena, .module = module};
  (void)array_add(arena, &module->functions);
  (void)array_add(arena, &module->classes);
  (void)array_add(arena, &module->variables);
  (void)array_add(arena, &module->operands);
  array_add(arena, &module->functions)->flags = FUNCTION_MODULE;
  return builder;
}

Module *builder_module(Builder *builder) {
  return builder->module;
}

Function *builder_declare_function(Builder *builder, FunctionId *id) {
  *id = builder->module->functions.count;
  return array_add(builder->arena, &builder->module->functions);
}

Class *builder_declare_class(Builder *builder, ClassId *id) {
  *id = builder->module->classes.count;
  return array_add(builder->arena, &builder->module->classes);
}

Variable *builder_declare_variable(Builder *builder, VariableId *id) {
  *id = builder->module->variables.count;
  return array_add(builder->arena, &builder->module->variables);
}

// --- functions

void builder_begin(Builder *builder, FunctionId function) {
  Frame *frame = builder->spare ? builder->spare : ARENA_NEW(builder->arena, Frame);
  builder->spare = frame->outer;
  frame->outer = builder->frame, frame->function = function;
  builder->frame = frame;
  array_push(builder->arena, &frame->blocks, (Block){0});
  array_push(builder->arena, &frame->values, 0);
  builder_enter(builder, builder_block(builder));
}

// Keeps what the frame has room for.
static void close_frame(Builder *builder) {
  Frame *frame = builder->frame;
  builder->frame = frame->outer;
  frame->blocks.count = frame->code.count = frame->values.count = frame->cleanups.count = frame->loops.count = 0;
  frame->current = frame->handler = frame->cleanup_code = 0;
  frame->truncated = false;
  frame->outer = builder->spare;
  builder->spare = frame;
}

// Marks what can be reached from the entry, through handlers too.
static uint8_t *reachable_blocks(Builder *builder, const Frame *frame) {
  uint8_t *seen = ARENA_ARRAY(builder->arena, uint8_t, frame->blocks.count);
  BlockId *stack = ARENA_ARRAY(builder->arena, BlockId, frame->blocks.count + 1);
  uint32_t depth = 0;
  seen[1] = 1, stack[depth++] = 1;
  while (depth) {
    const Block *block = &frame->blocks.items[stack[--depth]];
    const BlockId next[] = {block->successors[0], block->successors[1], block->handler};
    for (int i = 0; i < 3; i++)
      if (next[i] && !seen[next[i]])
        seen[next[i]] = 1, stack[depth++] = next[i];
  }
  return seen;
}

// Renumbers the reachable blocks in order of entry, and drops the others' code.
static void finish(Builder *builder, const Frame *frame, Function *function) {
  uint8_t *seen = reachable_blocks(builder, frame);
  BlockId *number = ARENA_ARRAY(builder->arena, BlockId, frame->blocks.count);
  BlockId *order = ARENA_ARRAY(builder->arena, BlockId, frame->code.count + 1);
  // Blocks were entered in order of their first instruction; several never-entered ones share none.
  memset(order, 0, sizeof *order * (frame->code.count + 1));
  for (BlockId id = 1; id < frame->blocks.count; id++)
    if (seen[id] && frame->blocks.items[id].count)
      order[frame->blocks.items[id].first] = id;
  uint32_t count = 1;
  for (uint32_t i = 0; i < frame->code.count; i++)
    if (order[i])
      number[order[i]] = count++;
  function->blocks.items = ARENA_ARRAY(builder->arena, Block, count);
  function->blocks.count = function->blocks.capacity = count;
  function->code.items = ARENA_ARRAY(builder->arena, Instruction, frame->code.count);
  function->code.capacity = frame->code.count;
  for (uint32_t i = 0; i < frame->code.count; i++) {
    if (!order[i])
      continue;
    Block block = frame->blocks.items[order[i]];
    memcpy(&function->code.items[function->code.count], &frame->code.items[block.first],
           sizeof(Instruction) * block.count);
    block.first = function->code.count;
    function->code.count += block.count;
    block.successors[0] = number[block.successors[0]];
    block.successors[1] = number[block.successors[1]];
    block.handler = number[block.handler];
    function->blocks.items[number[order[i]]] = block;
  }
}

// A block that is jumped to but was never entered ends the function like a throw.
static void enter_missing_blocks(Builder *builder) {
  Frame *frame = builder->frame;
  for (BlockId id = 1; id < frame->blocks.count; id++)
    if (!frame->blocks.items[id].count) {
      frame->handler = 0;
      builder_enter(builder, id);
      builder_throw(builder, 0, (Span){0, 0});
    }
}

void builder_end(Builder *builder) {
  Frame *frame = builder->frame;
  Function *function = &builder->module->functions.items[frame->function];
  if (builder_is_open(builder)) {
    Span end = {function->span.end, function->span.end};
    builder_emit(builder, OP_RETURN, 0, 0, 0, end);
    frame->current = 0;
  }
  enter_missing_blocks(builder);
  function = &builder->module->functions.items[frame->function];
  function->values.items = ARENA_ARRAY(builder->arena, VariableId, frame->values.count);
  memcpy(function->values.items, frame->values.items, sizeof(VariableId) * frame->values.count);
  function->values.count = function->values.capacity = frame->values.count;
  if (frame->truncated)
    function->flags |= FUNCTION_TRUNCATED;
  finish(builder, frame, function);
  close_frame(builder);
}

FunctionId builder_function(const Builder *builder) {
  return builder->frame->function;
}

// --- values

Value builder_temporary(Builder *builder) {
  array_push(builder->arena, &builder->frame->values, 0);
  return builder->frame->values.count - 1;
}

Value builder_local(Builder *builder, VariableId variable) {
  Variable *item = &builder->module->variables.items[variable];
  if (!item->local) {
    item->local = builder_temporary(builder);
    builder->frame->values.items[item->local] = variable;
  }
  return item->local;
}

VariableId builder_variable(const Builder *builder, Value value) {
  return builder->frame->values.items[value];
}

// --- instructions

Instruction *builder_last(Builder *builder) {
  return builder->frame->code.count ? &array_last(&builder->frame->code) : NULL;
}

Value builder_emit(Builder *builder, Op op, uint32_t a, uint32_t b, uint32_t c, Span span) {
  Frame *frame = builder->frame;
  if (!frame->current)
    builder_enter(builder, builder_block(builder));
  Value result = op_fields(op)[0] == 'V' ? builder_temporary(builder) : 0;
  array_push(builder->arena, &frame->code,
             ((Instruction){.op = (uint8_t)op, .result = result, .a = a, .b = b, .c = c, .span = span}));
  frame->blocks.items[frame->current].count++;
  return result;
}

Value builder_emit_args(Builder *builder, Op op, uint32_t a, uint32_t b, const Operand *operands, uint32_t count,
                        Span span) {
  Module *module = builder->module;
  uint32_t first = module->operands.count;
  for (uint32_t i = 0; i < count; i++)
    array_push(builder->arena, &module->operands, operands[i]);
  Value result = builder_emit(builder, op, a, b, count, span);
  builder_last(builder)->args = count ? first : 0;
  return result;
}

Value builder_constant(Builder *builder, ConstantKind kind, Symbol text, Span span) {
  Value result = builder_emit(builder, OP_CONST, text, 0, 0, span);
  builder_last(builder)->detail = (uint16_t)kind;
  return result;
}

void builder_move(Builder *builder, Value to, Value from, Span span) {
  Frame *frame = builder->frame;
  if (!frame->current)
    builder_enter(builder, builder_block(builder));
  array_push(builder->arena, &frame->code, ((Instruction){.op = OP_MOVE, .result = to, .a = from, .span = span}));
  frame->blocks.items[frame->current].count++;
}

Value builder_compute(Builder *builder, Operator operator_, Value left, Value right, Span span) {
  const Operand operands[] = {{.value = left}, {.value = right}};
  Value result = builder_emit_args(builder, OP_COMPUTE, 0, 0, operands, right ? 2 : 1, span);
  builder_last(builder)->detail = (uint16_t)operator_;
  return result;
}

Value builder_opaque(Builder *builder, const Value *values, uint32_t count, Span span) {
  Operand *operands = ARENA_ARRAY(builder->arena, Operand, count);
  for (uint32_t i = 0; i < count; i++)
    operands[i].value = values[i];
  builder_emit_args(builder, OP_OPAQUE, 0, 0, operands, count, span);
  return builder_last(builder)->result = builder_temporary(builder);
}

// How far back a sequence is looked for.
enum { ITEM_DISTANCE = 64 };

// The operand of the sequence's MAKE that is its item; 0 where it cannot be told. A variable may have changed since.
static Value made_item(const Builder *builder, Value sequence, uint32_t index) {
  const Frame *frame = builder->frame;
  for (uint32_t i = frame->code.count, steps = 0; i-- > 0 && steps < ITEM_DISTANCE; steps++) {
    const Instruction *made = &frame->code.items[i];
    if (made->result != sequence)
      continue;
    bool plain = made->op == OP_MAKE && (made->detail == MAKE_TUPLE || made->detail == MAKE_LIST) && index < made->c;
    for (uint32_t arg = 0; plain && arg <= index; arg++)
      plain = !builder->module->operands.items[made->args + arg].flags;
    Value item = plain ? builder->module->operands.items[made->args + index].value : 0;
    return item && !frame->values.items[item] ? item : 0;
  }
  return 0;
}

Value builder_item(Builder *builder, Value sequence, uint32_t index, Span span) {
  Value item = made_item(builder, sequence, index);
  if (item)
    return item;
  char text[16];
  int length = snprintf(text, sizeof text, "%u", index);
  Symbol number = symbol_of(builder->module->symbols, text, (size_t)length);
  Value key = builder_constant(builder, CONSTANT_NUMBER, number, span);
  return builder_emit(builder, OP_GET_ITEM, sequence, key, 0, span);
}

static bool is_local(const Builder *builder, const Variable *variable) {
  return variable->kind == VARIABLE_LOCAL && variable->local && variable->owner == builder->frame->function;
}

Value builder_read(Builder *builder, VariableId variable, Span span) {
  const Variable *item = &builder->module->variables.items[variable];
  return is_local(builder, item) ? item->local : builder_emit(builder, OP_LOAD, variable, 0, 0, span);
}

void builder_write(Builder *builder, VariableId variable, Value value, Span span) {
  const Variable *item = &builder->module->variables.items[variable];
  if (is_local(builder, item))
    builder_move(builder, item->local, value, span);
  else
    builder_emit(builder, OP_STORE, variable, value, 0, span);
}

// --- blocks

BlockId builder_block(Builder *builder) {
  array_push(builder->arena, &builder->frame->blocks, (Block){0});
  return builder->frame->blocks.count - 1;
}

void builder_enter(Builder *builder, BlockId block) {
  Frame *frame = builder->frame;
  builder_jump(builder, block);
  frame->blocks.items[block].first = frame->code.count;
  frame->blocks.items[block].handler = frame->handler;
  frame->current = block;
}

bool builder_is_open(const Builder *builder) {
  return builder->frame->current != 0;
}

static void terminate(Builder *builder, BlockId first, BlockId second) {
  Frame *frame = builder->frame;
  frame->blocks.items[frame->current].successors[0] = first;
  frame->blocks.items[frame->current].successors[1] = second;
  frame->current = 0;
}

// An empty span where the block before it ended: jumps stand for no source.
static Span here(const Builder *builder) {
  const Frame *frame = builder->frame;
  uint32_t place = frame->code.count ? array_last(&frame->code).span.end : 0;
  return (Span){place, place};
}

void builder_jump(Builder *builder, BlockId target) {
  if (!builder_is_open(builder))
    return;
  builder_emit(builder, OP_JUMP, 0, 0, 0, here(builder));
  terminate(builder, target, 0);
}

void builder_branch(Builder *builder, Value condition, BlockId if_true, BlockId if_false, uint32_t flags, Span span) {
  builder_emit(builder, OP_BRANCH, condition, 0, 0, span);
  builder_last(builder)->flags = (uint8_t)flags;
  terminate(builder, if_true, if_false);
}

Value builder_next(Builder *builder, Value iterator, BlockId body, BlockId done, uint32_t flags, Span span) {
  Value element = builder_emit(builder, OP_NEXT, iterator, 0, 0, span);
  builder_last(builder)->flags = (uint8_t)flags;
  terminate(builder, body, done);
  return element;
}

void builder_throw(Builder *builder, Value exception, Span span) {
  builder_emit(builder, OP_THROW, exception, 0, 0, span);
  terminate(builder, 0, 0);
}

BlockId builder_set_handler(Builder *builder, BlockId handler) {
  Frame *frame = builder->frame;
  BlockId before = frame->handler;
  frame->handler = handler;
  if (builder_is_open(builder) && before != handler)
    builder_enter(builder, builder_block(builder));
  return before;
}

// --- ways out

void builder_push_cleanup(Builder *builder, BuilderCleanup lower, void *context) {
  Frame *frame = builder->frame;
  array_push(builder->arena, &frame->cleanups, ((Cleanup){lower, context, frame->handler, frame->loops.count}));
}

void builder_pop_cleanup(Builder *builder) {
  builder->frame->cleanups.count--;
}

void builder_push_loop(Builder *builder, BlockId break_to, BlockId continue_to, Symbol label) {
  Frame *frame = builder->frame;
  array_push(builder->arena, &frame->loops, ((Loop){break_to, continue_to, label, frame->cleanups.count}));
}

void builder_pop_loop(Builder *builder) {
  builder->frame->loops.count--;
}

// A copy of the first `count` items: what a cleanup pushes must not overwrite what is pending above it.
static void *copy_items(Arena *arena, const void *items, size_t item_size, uint32_t count) {
  void *copy = arena_alloc(arena, item_size * count);
  if (count)
    memcpy(copy, items, item_size * count);
  return copy;
}

// Lowers one pending cleanup under the handler, the cleanups and the loops that were in force where it was pushed.
static void run_cleanup(Builder *builder, uint32_t index) {
  Frame *frame = builder->frame;
  Cleanup cleanup = frame->cleanups.items[index];
  frame->cleanups.items = copy_items(builder->arena, frame->cleanups.items, sizeof(Cleanup), index);
  frame->cleanups.count = frame->cleanups.capacity = index;
  frame->loops.items = copy_items(builder->arena, frame->loops.items, sizeof(Loop), cleanup.loops);
  frame->loops.count = frame->loops.capacity = cleanup.loops;
  uint32_t before = frame->code.count;
  builder_set_handler(builder, cleanup.handler);
  cleanup.lower(builder, cleanup.context);
  frame->cleanup_code += frame->code.count - before;
}

// Lowers the pending cleanups down to `keep`, innermost first.
static void run_cleanups(Builder *builder, uint32_t keep) {
  Frame *frame = builder->frame;
  Frame saved = *frame;
  for (uint32_t i = saved.cleanups.count; i-- > keep;) {
    if (frame->cleanup_code > CLEANUP_CODE_LIMIT) {
      frame->truncated = true;
      break;
    }
    run_cleanup(builder, i);
    memcpy(&frame->cleanups, &saved.cleanups, sizeof frame->cleanups);
    memcpy(&frame->loops, &saved.loops, sizeof frame->loops);
  }
  frame->handler = saved.handler;
}

static const Loop *find_loop(const Frame *frame, Symbol label, bool continues) {
  for (uint32_t i = frame->loops.count; i-- > 0;) {
    const Loop *loop = &frame->loops.items[i];
    bool fits = label ? loop->label == label : !loop->label || loop->continue_to;
    if (fits && (!continues || loop->continue_to))
      return loop;
  }
  return NULL;
}

static void leave_loop(Builder *builder, const Loop *loop, BlockId target, Span span) {
  if (!loop) {
    builder_throw(builder, 0, span);
    return;
  }
  run_cleanups(builder, loop->cleanups);
  builder_jump(builder, target);
}

void builder_break(Builder *builder, Symbol label, Span span) {
  const Loop *loop = find_loop(builder->frame, label, false);
  leave_loop(builder, loop, loop ? loop->break_to : 0, span);
}

void builder_continue(Builder *builder, Symbol label, Span span) {
  const Loop *loop = find_loop(builder->frame, label, true);
  leave_loop(builder, loop, loop ? loop->continue_to : 0, span);
}

void builder_return(Builder *builder, Value value, Span span) {
  run_cleanups(builder, 0);
  if (!builder_is_open(builder))
    return;
  builder_emit(builder, OP_RETURN, value, 0, 0, span);
  terminate(builder, 0, 0);
}
