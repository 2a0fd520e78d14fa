#include "locks.h"
#include <string.h>

static const char DOCUMENTATION[] =
  "# misused-lock\n"
  "\n"
  "## What it does\n"
  "Reports locks of the event loop that are used in a way that does not lock, or does not unlock: `with` in place of\n"
  "`async with`, an `acquire()` that is not awaited, an `acquire()` without a `release()` on every way out,\n"
  "`Condition.wait()` outside of a loop that tests the condition again.\n"
  "\n"
  "## Why is this bad?\n"
  "An `acquire()` that nobody awaits takes nothing. A lock that is not released when an exception or a cancellation leaves\n"
  "the region is never free again: all who want it wait for ever.\n"
  "\n"
  "## Example\n"
  "```python\n"
  "await self.slots.acquire()\n"
  "await self.render(frame)  # raises\n"
  "self.slots.release()\n"
  "```\n"
  "\n"
  "## Use instead\n"
  "```python\n"
  "async with self.slots:\n"
  "    await self.render(frame)\n"
  "```\n";

static const Function *function_of(const RuleRun *run, FunctionId id) {
  return module_function(run->file->module, id);
}

static Report *report(RuleRun *run, FunctionId id, Value lock, Span first, Span last, const char *what) {
  const char *text = lock_text(run, id, lock);
  Candidate candidate = {.function = id, .origin = id, .first = first, .suspension = first, .second = last};
  Report *report = rule_report(run, &candidate, EVIDENCE_IN_VIEW, first, "`%s` %s", text, what);
  report->finding.variable = text;
  return report;
}

// --- `with` on an async lock

static void check_with(RuleRun *run, FunctionId id, uint32_t index) {
  const Instruction *enter = &function_of(run, id)->code.items[index];
  if (enter->flags & INSTRUCTION_ASYNC || !lock_is_async(run, id, enter->a)) return;
  Span last = lock_region_end(run, id, index, lock_last_exit(run, id, index));
  Report *found = report(run, id, enter->a, enter->span, last,
                         "is a lock of the event loop: `with` does not take it (it raises); use `async with`");
  found->covers = true;
}

// --- acquire that is not awaited

static bool is_used(const RuleRun *run, FunctionId id, Value value) {
  const Function *function = function_of(run, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    const char *fields = op_fields((Op)instruction->op);
    const uint32_t operands[] = {instruction->a, instruction->b, instruction->c};
    for (int f = 0; f < 3; f++)
      if ((fields[f + 1] == 'V' || fields[f + 1] == 'v') && !(f == 2 && op_has_args((Op)instruction->op)) &&
          operands[f] == value)
        return true;
    uint32_t count;
    const Operand *args = instruction_args(run->file->module, instruction, &count);
    for (uint32_t a = 0; a < count; a++)
      if (args[a].value == value) return true;
  }
  return false;
}

static Span last_release(const RuleRun *run, FunctionId id, uint32_t acquire) {
  const Function *function = function_of(run, id);
  Span span = function->code.items[acquire].span;
  for (uint32_t i = acquire + 1; i < function->code.count; i++)
    if (lock_is_call_on(run, id, &function->code.items[i], "release", function->code.items[acquire].a))
      span = function->code.items[i].span;
  return span;
}

static void check_unawaited(RuleRun *run, FunctionId id, uint32_t index) {
  const Instruction *acquire = &function_of(run, id)->code.items[index];
  if (!lock_is_call_on(run, id, acquire, "acquire", acquire->a) || !lock_is_async(run, id, acquire->a)) return;
  if (is_used(run, id, acquire->result)) return;
  Report *found = report(run, id, acquire->a, acquire->span, last_release(run, id, index),
                         "is not taken: the coroutine of `acquire()` is never awaited");
  found->covers = true;
}

// --- acquire without a release on every way out

typedef struct Search {
  const RuleRun *run;
  FunctionId id;
  Value lock;
  Value release; // JavaScript: the function that the acquire gave
  bool *seen;    // by block
  uint32_t leak; // the instruction at which the lock may be lost; UINT32_MAX for none
} Search;

static bool callee_releases(const Search *search, const Instruction *call) {
  Callees callees = values_callees(search->run->file->values, search->id, call);
  for (uint32_t c = 0; c < callees.count; c++) {
    const Function *callee = function_of(search->run, callees.items[c].function);
    for (uint32_t i = 0; i < callee->code.count; i++)
      if (callee->code.items[i].op == OP_CALL_METHOD &&
          strcmp(symbol_text(search->run->file->module->symbols, callee->code.items[i].b), "release") == 0)
        return true;
  }
  return false;
}

static bool releases(const Search *search, const Instruction *instruction) {
  if (lock_is_call_on(search->run, search->id, instruction, "release", search->lock)) return true;
  if (instruction->op == OP_CALL && search->release) {
    const Instruction *source = values_source(search->run->file->values, search->id, instruction->a);
    const Instruction *given = values_source(search->run->file->values, search->id, search->release);
    if (source && source == given) return true;
  }
  bool calls = instruction->op == OP_CALL || instruction->op == OP_CALL_METHOD;
  return calls && callee_releases(search, instruction);
}

// Only what waits can be cancelled, and is what really raises; other calls are taken to succeed.
static bool may_leave(const Search *search, const Instruction *instruction) {
  return lock_instruction_suspends(search->run, search->id, instruction);
}

// Follows the ways from a place until the lock is released, or the function is left with it.
static void follow(Search *search, BlockId id, uint32_t from) {
  const Function *function = function_of(search->run, search->id);
  BlockId *pending = ARENA_ARRAY(search->run->file->arena, BlockId, function->blocks.count * 3 + 1);
  uint32_t *starts = ARENA_ARRAY(search->run->file->arena, uint32_t, function->blocks.count * 3 + 1), depth = 0;
  pending[depth] = id, starts[depth++] = from;
  while (depth && search->leak == UINT32_MAX) {
    BlockId at = pending[--depth];
    const Block *block = &function->blocks.items[at];
    uint32_t i = starts[depth], end = block->first + block->count;
    for (; i < end && !releases(search, &function->code.items[i]); i++) {
      const Instruction *instruction = &function->code.items[i];
      bool leaves = instruction->op == OP_RETURN || (instruction->op == OP_THROW && !block->handler);
      if (leaves || (may_leave(search, instruction) && !block->handler)) search->leak = i;
      bool raises = block->handler && (may_leave(search, instruction) || instruction->op == OP_THROW);
      if (raises && !search->seen[block->handler]) {
        search->seen[block->handler] = true;
        pending[depth] = block->handler, starts[depth++] = function->blocks.items[block->handler].first;
      }
    }
    for (int edge = 0; i == end && edge < 2; edge++) {
      BlockId next = block->successors[edge];
      if (!next || search->seen[next]) continue;
      search->seen[next] = true;
      pending[depth] = next, starts[depth++] = function->blocks.items[next].first;
    }
  }
}

// Whether the lock is released on a way without exceptions. A function that releases only when it fails hands the lock to
// its caller.
static bool releases_normally(const Search *search, BlockId start) {
  const Function *function = function_of(search->run, search->id);
  BlockId *pending = ARENA_ARRAY(search->run->file->arena, BlockId, function->blocks.count * 2 + 1);
  bool *seen = ARENA_ARRAY(search->run->file->arena, bool, function->blocks.count);
  uint32_t depth = 0;
  pending[depth++] = start;
  while (depth) {
    const Block *block = &function->blocks.items[pending[--depth]];
    for (uint32_t i = block->first; i < block->first + block->count; i++)
      if (releases(search, &function->code.items[i])) return true;
    for (int edge = 0; edge < 2; edge++)
      if (block->successors[edge] && !seen[block->successors[edge]]) {
        seen[block->successors[edge]] = true;
        pending[depth++] = block->successors[edge];
      }
  }
  return false;
}

// Whether the lock is only taken under a condition: the release may be under the same one.
static bool is_conditional(const Search *search, BlockId block) {
  const Cfg *cfg = search->run->file->cfgs[search->id];
  const Function *function = function_of(search->run, search->id);
  for (BlockId branch = 1; cfg && branch < function->blocks.count; branch++) {
    const Block *item = &function->blocks.items[branch];
    bool tests = function->code.items[item->first + item->count - 1].op == OP_BRANCH;
    if (tests && cfg_controls(cfg, branch, block) != CONTROL_NONE) return true;
  }
  return false;
}

static BlockId block_of(const Function *function, uint32_t instruction) {
  for (BlockId id = 1; id < function->blocks.count; id++) {
    const Block *block = &function->blocks.items[id];
    if (instruction >= block->first && instruction < block->first + block->count) return id;
  }
  return 1;
}

static void check_released(RuleRun *run, FunctionId id, uint32_t index) {
  const Function *function = function_of(run, id);
  const Instruction *await = &function->code.items[index];
  const Instruction *acquire = values_source(run->file->values, id, await->a);
  if (!acquire || !lock_is_call_on(run, id, acquire, "acquire", acquire->a)) return;
  if (!lock_is_async(run, id, acquire->a) && !flow_lock_of(run->file, id, acquire->a, NULL)) return;
  bool python = run->file->module->traits.receiver_is_parameter;
  Search search = {.run = run, .id = id, .lock = acquire->a, .release = python ? 0 : await->result, .leak = UINT32_MAX};
  search.seen = ARENA_ARRAY(run->file->arena, bool, function->blocks.count);
  BlockId start = block_of(function, index);
  if (is_conditional(&search, start) || !releases_normally(&search, start)) return;
  follow(&search, start, index + 1);
  if (search.leak == UINT32_MAX) return;
  Span leak = function->code.items[search.leak].span;
  Report *found = report(run, id, acquire->a, await->span, span_join(leak, last_release(run, id, index)),
                         "is taken, but not released on every way out: an exception or a cancellation keeps it for ever");
  rule_place(run, found, PLACE_SUSPENSION, leak, "what fails or is cancelled here keeps the lock");
  rule_step(run, found, 0, await->span, "takes `%s`", found->finding.variable);
  rule_step(run, found, 0, leak, "fails or is cancelled");
  rule_step(run, found, 1, await->span, "waits for `%s`, for ever", found->finding.variable);
}

// --- a condition that is not tested again

static void check_condition(RuleRun *run, FunctionId id, uint32_t index) {
  const Instruction *await = &function_of(run, id)->code.items[index];
  const Instruction *wait = values_source(run->file->values, id, await->a);
  if (!wait || !lock_is_call_on(run, id, wait, "wait", wait->a)) return;
  const Model *model = lock_model(run, id, wait->a);
  size_t length = model ? strlen(model->path) : 0;
  bool condition = length > 9 && strcmp(model->path + length - 9, "Condition") == 0;
  if (!condition || flow_in_loop(run->file, id, index)) return;
  for (uint32_t i = 0; i < run->graph->count; i++) {
    const Edge *edge = &run->graph->edges[i];
    if (edge->callee.function == id && flow_in_loop(run->file, edge->maker, edge->made)) return;
  }
  report(run, id, wait->a, await->span, await->span,
         "is waited for without a loop that tests the condition again: another task may have changed it before this one runs");
}

static void check_function(RuleRun *run, FunctionId id) {
  const Function *function = function_of(run, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    if (function->code.items[i].op == OP_ENTER) check_with(run, id, i);
    if (function->code.items[i].op == OP_CALL_METHOD) check_unawaited(run, id, i);
    if (function->code.items[i].op != OP_AWAIT) continue;
    check_released(run, id, i);
    check_condition(run, id, i);
  }
}

static void check(RuleRun *run) {
  for (FunctionId id = 1; id < run->file->module->functions.count; id++)
    if (module_function(run->file->module, id)->flags & FUNCTION_ASYNC) check_function(run, id);
}

const Rule misused_lock_rule = {
  .documentation = DOCUMENTATION,
  .check = check,
};
