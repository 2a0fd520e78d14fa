#include "locks.h"
#include "ways.h"
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

static bool releases(const Instruction *instruction, const void *context) {
  const Search *search = context;
  if (lock_is_call_on(search->run, search->id, instruction, "release", search->lock)) return true;
  if (instruction->op == OP_CALL && search->release) {
    const Instruction *source = values_source(search->run->file->values, search->id, instruction->a);
    const Instruction *given = values_source(search->run->file->values, search->id, search->release);
    if (source && source == given) return true;
  }
  bool calls = instruction->op == OP_CALL || instruction->op == OP_CALL_METHOD;
  return calls && callee_releases(search, instruction);
}

static void check_released(RuleRun *run, FunctionId id, uint32_t index) {
  const Function *function = function_of(run, id);
  const Instruction *await = &function->code.items[index];
  const Instruction *acquire = values_source(run->file->values, id, await->a);
  if (!acquire || !lock_is_call_on(run, id, acquire, "acquire", acquire->a)) return;
  if (!lock_is_async(run, id, acquire->a) && !flow_lock_of(run->file, id, acquire->a, NULL)) return;
  bool python = run->file->module->traits.receiver_is_parameter;
  Search search = {.run = run, .id = id, .lock = acquire->a, .release = python ? 0 : await->result};
  // What is taken under a condition may be released under the same one; what is released only in failure is handed to the
  // caller.
  if (ways_is_conditional(run, id, index) || !ways_end_normally(run, id, index, releases, &search)) return;
  uint32_t leaves = ways_leak(run, id, index, releases, &search);
  if (leaves == UINT32_MAX) return;
  Span leak = function->code.items[leaves].span;
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
