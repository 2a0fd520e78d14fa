#include "awaitables.h"

static const char DOCUMENTATION[] = "# unawaited-coroutine\n"
                                    "\n"
                                    "## What it does\n"
                                    "Reports a coroutine that is created and then neither awaited nor handed to "
                                    "anybody who will: as a statement, in a\n"
                                    "variable or list that nobody reads, as a condition, or as a plain callback.\n"
                                    "\n"
                                    "## Why is this bad?\n"
                                    "Calling a coroutine function runs none of its code. The work is silently not "
                                    "done; as a condition, the coroutine is\n"
                                    "always true, whatever it would have answered.\n"
                                    "\n"
                                    "## Example\n"
                                    "```python\n"
                                    "async def remove(self, user):\n"
                                    "    if not self.may_remove(user):\n"
                                    "        raise PermissionError(user)\n"
                                    "    self.invalidate(user)\n"
                                    "```\n"
                                    "\n"
                                    "## Use instead\n"
                                    "```python\n"
                                    "async def remove(self, user):\n"
                                    "    if not await self.may_remove(user):\n"
                                    "        raise PermissionError(user)\n"
                                    "    await self.invalidate(user)\n"
                                    "```\n";

static void tell(RuleRun *run, Awaitables *awaitables, FunctionId function, const Instruction *call, Span span,
                 const char *what) {
  const char *name = awaitable_name(awaitables, function, call);
  const char *message =
      arena_printf(run->file->arena, "the coroutine of %s %s", awaitable_words(awaitables, function, call), what);
  awaitable_report(run, function, span, true, name, message);
}

// Whether a use takes the coroutine for its result: it itself is the operand, not a variable that may hold None too.
static bool takes_for_result(const Instruction *call, const Use *use) {
  const Instruction *instruction = use->instruction;
  switch (instruction->op) {
  case OP_BRANCH:
    return instruction->a == call->result;
  case OP_COMPUTE:
    return use->operand->value == call->result;
  case OP_ITERATE:
    return instruction->a == call->result && !(instruction->flags & INSTRUCTION_ASYNC);
  case OP_GET_ITEM:
    return use->field == USE_A && instruction->a == call->result;
  case OP_MAKE:
    return use->operand->flags && use->operand->value == call->result;
  default:
    return false;
  }
}

static bool only_tests(const Instruction *instruction) {
  return instruction->op == OP_BRANCH || instruction->op == OP_COMPUTE;
}

static bool is_tested(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  UseList uses = uses_of(awaitables_uses(awaitables, function), call->result);
  bool taken = false, tests_alone = uses.count > 0;
  for (uint32_t i = 0; i < uses.count; i++) {
    if (uses.items[i].instruction->op == OP_AWAIT)
      return false;
    taken |= takes_for_result(call, &uses.items[i]);
    tests_alone &= only_tests(uses.items[i].instruction);
  }
  return uses.complete && (taken || tests_alone);
}

static void check_call(RuleRun *run, Awaitables *awaitables, FunctionId function, const Instruction *call) {
  if (!awaitable_of_call(awaitables, function, call))
    return;
  if (awaitable_is_dropped(awaitables, function, call))
    tell(run, awaitables, function, call, call->span, "is never awaited: none of its code runs");
  else if (is_tested(awaitables, function, call))
    tell(run, awaitables, function, call, call->span,
         "is never awaited: it is used instead of its result, and as a condition it is always true");
}

// `loop.call_later(1, refresh)`: what the callback returns is ignored.
static void check_callbacks(RuleRun *run, Awaitables *awaitables, FunctionId function, const Instruction *call) {
  if (!awaitable_is_callback_dropped(awaitables, function, call))
    return;
  uint32_t count;
  const Operand *args = instruction_args(run->file->module, call, &count);
  for (uint32_t i = 0; i < count; i++)
    if (awaitable_of_callback(awaitables, function, args[i].value))
      tell(run, awaitables, function, call, call->span,
           "is never awaited: an event loop calls its callbacks as plain functions");
}

// --- code that one variant of a file leaves out

// `_IS_SYNC = False`: a variable of the module that is one constant for good.
static bool is_never(const RuleRun *run, FunctionId id, Value condition) {
  uint32_t index = values_definition(run->file->values, id, condition);
  if (index == UINT32_MAX)
    return false;
  const Instruction *load = &module_function(run->file->module, id)->code.items[index];
  if (load->op != OP_LOAD || !module_variable(run->file->module, load->a)->constant)
    return false;
  const ValueSet *set = values_content(run->file->values, location_root(run->file->locations, ROOT_VARIABLE, load->a));
  return set->count == 1 && !set->open && abstract_kind(set->items[0]) == ABSTRACT_FALSE;
}

static uint32_t ways_out(const RuleRun *run, FunctionId id, const Block *block, BlockId ways[3]) {
  const Function *function = module_function(run->file->module, id);
  const Instruction *last = block->count ? &function->code.items[block->first + block->count - 1] : NULL;
  bool never = last && last->op == OP_BRANCH && is_never(run, id, last->a);
  uint32_t count = 0;
  if (block->successors[0] && !never)
    ways[count++] = block->successors[0];
  if (block->successors[1])
    ways[count++] = block->successors[1];
  if (block->handler)
    ways[count++] = block->handler;
  return count;
}

// By block: whether control can come there.
static const bool *reached_blocks(const RuleRun *run, FunctionId id) {
  const Function *function = module_function(run->file->module, id);
  bool *reached = ARENA_ARRAY(run->file->arena, bool, function->blocks.count);
  BlockId *stack = ARENA_ARRAY(run->file->arena, BlockId, function->blocks.count);
  uint32_t depth = 0;
  reached[1] = true, stack[depth++] = 1;
  while (depth) {
    BlockId ways[3];
    uint32_t count = ways_out(run, id, &function->blocks.items[stack[--depth]], ways);
    for (uint32_t i = 0; i < count; i++)
      if (!reached[ways[i]])
        reached[ways[i]] = true, stack[depth++] = ways[i];
  }
  return reached;
}

static void check_function(RuleRun *run, Awaitables *awaitables, FunctionId id) {
  const Function *function = module_function(run->file->module, id);
  const bool *reached = reached_blocks(run, id);
  for (BlockId block = 1; block < function->blocks.count; block++) {
    uint32_t first = function->blocks.items[block].first, count = function->blocks.items[block].count;
    for (uint32_t i = first; i < first + count && reached[block]; i++) {
      const Instruction *instruction = &function->code.items[i];
      if (instruction->op != OP_CALL && instruction->op != OP_CALL_METHOD)
        continue;
      check_call(run, awaitables, id, instruction);
      check_callbacks(run, awaitables, id, instruction);
    }
  }
}

static void check(RuleRun *run) {
  const Module *module = run->file->module;
  if (module->traits.call_starts_async)
    return;
  Awaitables *awaitables = awaitables_new(run);
  for (FunctionId id = 1; id < module->functions.count; id++)
    if (!(module_function(module, id)->flags & FUNCTION_TRUNCATED))
      check_function(run, awaitables, id);
}

const Rule unawaited_coroutine_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
