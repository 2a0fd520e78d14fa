#include "awaitables.h"

static const char DOCUMENTATION[] =
    "# floating-promise\n"
    "\n"
    "## What it does\n"
    "Reports a promise that is dropped: neither awaited, returned, stored, `void`ed, nor given a rejection handler; "
    "and one\n"
    "that is returned from a `try` without `await`.\n"
    "\n"
    "## Why is this bad?\n"
    "The code goes on before the work is done, and what the work throws is an unhandled rejection, which ends a "
    "Node.js\n"
    "process. `return promise` leaves a `try` at once: its `catch` sees no rejection, its `finally` runs too early.\n"
    "\n"
    "## Example\n"
    "```js\n"
    "async function remove(id) {\n"
    "  await users.remove(id);\n"
    "  audit(`removed ${id}`);\n"
    "}\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "```js\n"
    "async function remove(id) {\n"
    "  await users.remove(id);\n"
    "  await audit(`removed ${id}`);\n"
    "}\n"
    "```\n"
    "or, where it is meant to run by itself, `audit(`removed ${id}`).catch(log)`.\n";

typedef struct Search {
  RuleRun *run;
  const Module *module;
  Awaitables *awaitables;
  FunctionId id;
  const Function *function;
  const BlockId *blocks; // by instruction; NULL until asked for
} Search;

static const Instruction *definition_of(const Search *search, Value value) {
  uint32_t index = values_definition(search->run->file->values, search->id, value);
  return index == UINT32_MAX ? NULL : &search->function->code.items[index];
}

static const Model *model_of(const Search *search, const Instruction *call) {
  return values_model(search->run->file->values, search->id, call, NULL);
}

// What starts the chain of `.then` and `.finally` that a call ends.
static const Instruction *start_of_chain(const Search *search, const Instruction *call) {
  while (call->op == OP_CALL_METHOD) {
    const Model *model = model_of(search, call);
    const Instruction *receiver = definition_of(search, call->a);
    if (!model || !(model->effects & EFFECT_CHAIN) || !receiver)
      break;
    if (receiver->op != OP_CALL && receiver->op != OP_CALL_METHOD)
      break;
    call = receiver;
  }
  return call;
}

static void report(const Search *search, const Instruction *call, bool certain, const char *what) {
  const Instruction *start = start_of_chain(search, call);
  const char *name = awaitable_name(search->awaitables, search->id, start);
  const char *message = arena_printf(search->run->file->arena, "the promise of %s %s",
                                     awaitable_words(search->awaitables, search->id, start), what);
  awaitable_report(search->run, search->id, call->span, certain, name, message);
}

// `items.map(save)`: an array of promises.
static Awaitable of_mapped(const Search *search, const Instruction *call) {
  const Model *model = call->op == OP_CALL_METHOD ? model_of(search, call) : NULL;
  uint32_t count;
  const Operand *args = instruction_args(search->module, call, &count);
  uint16_t other = EFFECT_DROPS | EFFECT_TESTS | EFFECT_FOLDS;
  if (!model || model->kind != MODEL_CALL_NOW || model->effects & other || !count)
    return AWAITABLE_NO;
  return awaitable_of_callback(search->awaitables, search->id, args[0].value);
}

// Whether a dropped call deserves a report: one that cannot fail only where the caller could have waited. A promise
// made here by `new` is up to its executor.
static bool is_worth_waiting(const Search *search, const Instruction *call) {
  Awaitable kind = awaitable_of_call(search->awaitables, search->id, call);
  if (kind == AWAITABLE_OPEN && awaitable_is_done_at_once(search->awaitables, search->id, call))
    return false;
  if (kind == AWAITABLE_SAFE && !(search->function->flags & FUNCTION_ASYNC))
    return false;
  return kind >= AWAITABLE_SAFE && !(call->flags & INSTRUCTION_NEW);
}

static void check_dropped(const Search *search, const Instruction *call) {
  bool mapped = of_mapped(search, call) == AWAITABLE_OPEN;
  if (!mapped && !is_worth_waiting(search, call))
    return;
  if (!awaitable_is_dropped(search->awaitables, search->id, call))
    return;
  bool safe = awaitable_of_call(search->awaitables, search->id, call) == AWAITABLE_SAFE;
  report(search, call, search->function->flags & FUNCTION_ASYNC,
         mapped ? "is dropped for every element: nobody waits for them, and a rejection is unhandled"
         : safe ? "is dropped: nobody waits for it"
                : "is dropped: nobody waits for it, and a rejection is unhandled");
}

// --- returned from a try

// By instruction of the function: its block.
static const BlockId *blocks_of(const Search *search) {
  BlockId *blocks = ARENA_ARRAY(search->run->file->arena, BlockId, search->function->code.count);
  for (BlockId id = 1; id < search->function->blocks.count; id++) {
    const Block *block = &search->function->blocks.items[id];
    for (uint32_t i = block->first; i < block->first + block->count; i++)
      blocks[i] = id;
  }
  return blocks;
}

// `await done; return done;`: the function has waited for it already.
static bool is_waited_for(const Search *search, const Instruction *made, const Instruction *before) {
  for (const Instruction *at = search->function->code.items; at < before; at++)
    if (at->op == OP_AWAIT && awaitable_definition(search->awaitables, search->id, at->a) == made)
      return true;
  return false;
}

static void check_return(Search *search, const Instruction *instruction) {
  const Instruction *made =
      instruction->a ? awaitable_definition(search->awaitables, search->id, instruction->a) : NULL;
  Awaitable kind = made ? awaitable_of_call(search->awaitables, search->id, made) : AWAITABLE_NO;
  if (!kind || is_waited_for(search, made, instruction))
    return;
  if (!search->blocks)
    search->blocks = blocks_of(search);
  const Instruction *code = search->function->code.items;
  BlockId block = search->blocks[made - code];
  if (!search->function->blocks.items[block].handler)
    return;
  bool cleans_up = block != search->blocks[instruction - code];
  if (!cleans_up && kind != AWAITABLE_OPEN)
    return;
  report(search, made, true,
         cleans_up ? "is returned without `await`: the `finally` runs before the work is done"
                   : "is returned without `await`: the `catch` never sees its rejection");
}

static void check_function(Search *search) {
  const Function *function = search->function;
  bool awaits = function->flags & FUNCTION_ASYNC && !(function->flags & FUNCTION_GENERATOR);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (instruction->op == OP_CALL || instruction->op == OP_CALL_METHOD)
      check_dropped(search, instruction);
    if (instruction->op == OP_RETURN && awaits)
      check_return(search, instruction);
  }
}

// A script's own top-level calls are its program: there, an unhandled rejection ends it, which is what is wanted.
static void check(RuleRun *run) {
  const Module *module = run->file->module;
  if (!module->traits.call_starts_async)
    return;
  Search search = {.run = run, .module = module, .awaitables = awaitables_new(run)};
  for (FunctionId id = 1; id < module->functions.count; id++) {
    search.id = id, search.function = module_function(module, id), search.blocks = NULL;
    if (!(search.function->flags & (FUNCTION_TRUNCATED | FUNCTION_MODULE)))
      check_function(&search);
  }
}

const Rule floating_promise_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
