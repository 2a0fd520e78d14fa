#include "code.h"
#include "locks.h"
#include "ways.h"

static const char DOCUMENTATION[] =
    "# blocking-lock-across-await\n"
    "\n"
    "## What it does\n"
    "Reports a thread lock (`threading.Lock` and kin) that a coroutine holds across a suspension point.\n"
    "\n"
    "## Why is this bad?\n"
    "The next task that wants the lock blocks the whole event loop, and with it the task that would release it: the "
    "program\n"
    "stands still.\n"
    "\n"
    "## Example\n"
    "```python\n"
    "with self.lock:  # threading.Lock\n"
    "    await self.save()\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "An `asyncio.Lock` with `async with`, or release the thread lock before the `await`.\n";

static void report(RuleRun *run, FunctionId id, uint32_t taken, uint32_t suspension, Value lock) {
  const Function *function = module_function(run->file->module, id);
  Span span = function->code.items[taken].span, where = function->code.items[suspension].span;
  const char *text = lock_text(run, id, lock);
  Candidate candidate = {.function = id, .origin = id, .first = span, .suspension = where, .second = where};
  Report *report =
      rule_report(run, &candidate, EVIDENCE_IN_VIEW, span,
                  "`%s` is a thread lock, and `%s` is suspended on line %u while it holds it: the next task that "
                  "wants it blocks the whole event loop",
                  text, rule_function(run, id), rule_line(run, where));
  report->covers = true;
  report->finding.variable = text;
  rule_place(run, report, PLACE_LOCK, span, "`%s` is taken here", text);
  rule_place(run, report, PLACE_SUSPENSION, where, "other tasks may run here");
  rule_step(run, report, 0, span, "takes `%s`", text);
  rule_step(run, report, 0, where, "is suspended");
  rule_step(run, report, 1, span, "wants `%s`: the event loop stands still", text);
}

typedef struct Held {
  const RuleRun *run;
  FunctionId id;
  const Instruction *taken;
} Held;

static bool releases(const Instruction *instruction, const void *context) {
  const Held *held = context;
  if (held->taken->op == OP_ENTER)
    return instruction->op == OP_EXIT && instruction->a == held->taken->a;
  return lock_is_call_on(held->run, held->id, instruction, "release", held->taken->a);
}

static bool suspends(const Instruction *instruction, const void *context) {
  const Held *held = context;
  return lock_instruction_suspends(held->run, held->id, instruction);
}

// `acquire(False)`, `acquire(blocking=False)`: who does not get it goes on.
static bool gives_up(const RuleRun *run, FunctionId id, const Instruction *acquire) {
  uint32_t count;
  const Operand *args = instruction_args(run->file->module, acquire, &count);
  for (uint32_t i = 0; i < count; i++) {
    const ValueSet *set = values_of(run->file->values, id, args[i].value);
    if (set->count && abstract_kind(set->items[0]) == ABSTRACT_FALSE)
      return true;
  }
  return false;
}

static bool yields_between(const Function *function, uint32_t from, uint32_t to) {
  for (uint32_t i = from; i < to; i++)
    if (function->code.items[i].op == OP_YIELD)
      return true;
  return false;
}

// Whether a context manager is a generator of the file that yields while it holds a thread lock.
static bool holds_for_caller(const RuleRun *run, FunctionId id, Value manager) {
  const Instruction *call = values_source(run->file->values, id, manager);
  if (!call || !code_is_call(call))
    return false;
  Callees callees = values_callees(run->file->values, id, call);
  FunctionId helper = callees.count == 1 ? callees.items[0].function : 0;
  const Function *function = module_function(run->file->module, helper);
  if (!helper || !(function->flags & FUNCTION_GENERATOR))
    return false;
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *enter = &function->code.items[i];
    bool taken = enter->op == OP_ENTER && !(enter->flags & INSTRUCTION_ASYNC) && lock_is_thread(run, helper, enter->a);
    if (taken && yields_between(function, i, lock_last_exit(run, helper, i)))
      return true;
  }
  return false;
}

static bool takes(const RuleRun *run, FunctionId id, const Instruction *instruction) {
  bool enters = instruction->op == OP_ENTER && !(instruction->flags & INSTRUCTION_ASYNC);
  if (enters && holds_for_caller(run, id, instruction->a))
    return true;
  bool acquires = lock_is_call_on(run, id, instruction, "acquire", instruction->a) && !gives_up(run, id, instruction);
  return (enters || acquires) && lock_is_thread(run, id, instruction->a);
}

static void check_function(RuleRun *run, FunctionId id) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    Held held = {run, id, &function->code.items[i]};
    if (!takes(run, id, held.taken))
      continue;
    uint32_t suspension = ways_first(run, id, i, releases, suspends, &held);
    if (suspension != UINT32_MAX)
      report(run, id, i, suspension, held.taken->a);
  }
}

static void check(RuleRun *run) {
  for (FunctionId id = 1; id < run->file->module->functions.count; id++)
    if (module_function(run->file->module, id)->flags & FUNCTION_ASYNC)
      check_function(run, id);
}

const Rule blocking_lock_across_await_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
