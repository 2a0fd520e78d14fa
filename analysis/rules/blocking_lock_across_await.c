#include "locks.h"

static const char DOCUMENTATION[] =
  "# blocking-lock-across-await\n"
  "\n"
  "## What it does\n"
  "Reports a thread lock (`threading.Lock` and kin) that a coroutine holds across a suspension point.\n"
  "\n"
  "## Why is this bad?\n"
  "The next task that wants the lock blocks the whole event loop, and with it the task that would release it: the program\n"
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

// The first instruction in the range that lets others run; UINT32_MAX for none.
static uint32_t first_suspension(const RuleRun *run, FunctionId id, uint32_t from, uint32_t to) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = from + 1; i < to; i++)
    if (lock_instruction_suspends(run, id, &function->code.items[i])) return i;
  return UINT32_MAX;
}

static void report(RuleRun *run, FunctionId id, uint32_t taken, uint32_t suspension, Value lock) {
  const Function *function = module_function(run->file->module, id);
  Span span = function->code.items[taken].span, where = function->code.items[suspension].span;
  const char *text = lock_text(run, id, lock);
  Candidate candidate = {.function = id, .origin = id, .first = span, .suspension = where, .second = where};
  Report *report = rule_report(run, &candidate, EVIDENCE_IN_VIEW, span,
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

static uint32_t release_of(const RuleRun *run, FunctionId id, uint32_t acquire, Value lock) {
  const Function *function = module_function(run->file->module, id);
  uint32_t last = acquire;
  for (uint32_t i = acquire + 1; i < function->code.count; i++)
    if (lock_is_call_on(run, id, &function->code.items[i], "release", lock)) last = i;
  return last;
}

static void check_function(RuleRun *run, FunctionId id) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    uint32_t end = i;
    if (instruction->op == OP_ENTER && !(instruction->flags & INSTRUCTION_ASYNC) && lock_is_thread(run, id, instruction->a))
      end = lock_last_exit(run, id, i);
    else if (lock_is_call_on(run, id, instruction, "acquire", instruction->a) && lock_is_thread(run, id, instruction->a))
      end = release_of(run, id, i, instruction->a);
    uint32_t suspension = first_suspension(run, id, i, end);
    if (suspension != UINT32_MAX) report(run, id, i, suspension, instruction->a);
  }
}

static void check(RuleRun *run) {
  for (FunctionId id = 1; id < run->file->module->functions.count; id++)
    if (module_function(run->file->module, id)->flags & FUNCTION_ASYNC) check_function(run, id);
}

const Rule blocking_lock_across_await_rule = {
  .documentation = DOCUMENTATION,
  .check = check,
};
