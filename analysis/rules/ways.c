#include "ways.h"
#include "locks.h"

typedef struct Way {
  BlockId block;
  uint32_t start; // instruction
} Way;

typedef struct Ways {
  const RuleRun *run;
  FunctionId id;
  const Function *function;
  bool *seen; // by block
  Way *pending;
  uint32_t depth;
} Ways;

static Ways ways_from(const RuleRun *run, FunctionId id, uint32_t from) {
  Ways ways = {.run = run, .id = id, .function = module_function(run->file->module, id)};
  ways.seen = ARENA_ARRAY(run->file->arena, bool, ways.function->blocks.count);
  ways.pending = ARENA_ARRAY(run->file->arena, Way, ways.function->blocks.count + 1);
  ways.pending[ways.depth++] = (Way){function_block_of(ways.function, from), from + 1};
  return ways;
}

static void go_on(Ways *ways, BlockId block) {
  if (!block || ways->seen[block])
    return;
  ways->seen[block] = true;
  ways->pending[ways->depth++] = (Way){block, ways->function->blocks.items[block].first};
}

uint32_t ways_leak(const RuleRun *run, FunctionId id, uint32_t from, WayEnds ends, const void *context) {
  Ways ways = ways_from(run, id, from);
  while (ways.depth) {
    Way way = ways.pending[--ways.depth];
    const Block *block = &ways.function->blocks.items[way.block];
    uint32_t i = way.start, end = block->first + block->count;
    for (; i < end && !ends(&ways.function->code.items[i], context); i++) {
      const Instruction *instruction = &ways.function->code.items[i];
      bool raises = instruction->op == OP_THROW || lock_instruction_suspends(run, id, instruction);
      if (instruction->op == OP_RETURN || (raises && !block->handler))
        return i;
      if (raises)
        go_on(&ways, block->handler);
    }
    for (int edge = 0; i == end && edge < 2; edge++)
      go_on(&ways, block->successors[edge]);
  }
  return UINT32_MAX;
}

bool ways_end_normally(const RuleRun *run, FunctionId id, uint32_t from, WayEnds ends, const void *context) {
  Ways ways = ways_from(run, id, from);
  while (ways.depth) {
    Way way = ways.pending[--ways.depth];
    const Block *block = &ways.function->blocks.items[way.block];
    for (uint32_t i = way.start; i < block->first + block->count; i++)
      if (ends(&ways.function->code.items[i], context))
        return true;
    for (int edge = 0; edge < 2; edge++)
      go_on(&ways, block->successors[edge]);
  }
  return false;
}

uint32_t ways_first(const RuleRun *run, FunctionId id, uint32_t from, WayEnds ends, WayEnds wanted,
                    const void *context) {
  uint32_t first = UINT32_MAX;
  Ways ways = ways_from(run, id, from);
  while (ways.depth) {
    Way way = ways.pending[--ways.depth];
    const Block *block = &ways.function->blocks.items[way.block];
    uint32_t i = way.start, end = block->first + block->count;
    for (; i < end && !ends(&ways.function->code.items[i], context); i++) {
      if (i < first && wanted(&ways.function->code.items[i], context))
        first = i;
      if (op_may_throw((Op)ways.function->code.items[i].op))
        go_on(&ways, block->handler);
    }
    for (int edge = 0; i == end && edge < 2; edge++)
      go_on(&ways, block->successors[edge]);
  }
  return first;
}

bool ways_is_conditional(const RuleRun *run, FunctionId id, uint32_t instruction) {
  const Cfg *cfg = run->file->cfgs[id];
  const Function *function = module_function(run->file->module, id);
  BlockId target = function_block_of(function, instruction);
  for (BlockId branch = 1; cfg && branch < function->blocks.count; branch++) {
    const Block *block = &function->blocks.items[branch];
    bool tests = function->code.items[block->first + block->count - 1].op == OP_BRANCH;
    if (tests && cfg_controls(cfg, branch, target) != CONTROL_NONE)
      return true;
  }
  return false;
}
