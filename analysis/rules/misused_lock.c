#include "code.h"
#include "locks.h"
#include "ways.h"
#include <string.h>

static const char DOCUMENTATION[] =
    "# misused-lock\n"
    "\n"
    "## What it does\n"
    "Reports locks of the event loop that are used in a way that does not lock, or does not unlock: `with` in place "
    "of\n"
    "`async with`, an `acquire()` that is not awaited, an `acquire()` without a `release()` on every way out,\n"
    "`Condition.wait()` outside of a loop that tests the condition again.\n"
    "\n"
    "## Why is this bad?\n"
    "An `acquire()` that nobody awaits takes nothing. A lock that is not released when an exception or a cancellation "
    "leaves\n"
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

// --- the wrong kind of `with`

static void check_with(RuleRun *run, FunctionId id, uint32_t index) {
  const Instruction *enter = &function_of(run, id)->code.items[index];
  bool async = enter->flags & INSTRUCTION_ASYNC;
  if (async ? !lock_is_thread(run, id, enter->a) : !lock_is_async(run, id, enter->a))
    return;
  Span last = lock_region_end(run, id, index, lock_last_exit(run, id, index));
  Report *found = report(run, id, enter->a, enter->span, last,
                         async ? "is a lock of threads: `async with` does not take it (it raises)"
                               : "is a lock of the event loop: `with` does not take it (it raises); use `async with`");
  found->covers = true;
}

// --- acquire that is not awaited

// Whether an instruction looks at a value as if it were not a promise: tests it, or calls it.
static bool mistakes(const Instruction *instruction, Value value) {
  bool negates = instruction->op == OP_COMPUTE && instruction->detail == OPERATOR_NOT;
  return instruction->op == OP_BRANCH || negates || (instruction->op == OP_CALL && instruction->a == value);
}

static bool uses(const RuleRun *run, const Instruction *instruction, Value value) {
  const char *fields = op_fields((Op)instruction->op);
  const uint32_t operands[] = {instruction->a, instruction->b, instruction->c};
  for (int f = 0; f < 3; f++)
    if ((fields[f + 1] == 'V' || fields[f + 1] == 'v') && !(f == 2 && op_has_args((Op)instruction->op)) &&
        operands[f] == value)
      return true;
  uint32_t count;
  const Operand *args = instruction_args(run->file->module, instruction, &count);
  for (uint32_t a = 0; a < count; a++)
    if (args[a].value == value)
      return true;
  return false;
}

// Whether the coroutine or promise that a value is gets to somebody who may wait for it; what it is assigned to counts.
static bool is_waited_for(const RuleRun *run, FunctionId id, Value value) {
  const Function *function = function_of(run, id);
  Value names[] = {value, 0};
  for (int n = 0; n < 2 && names[n]; n++) {
    for (uint32_t i = 0; i < function->code.count; i++) {
      const Instruction *instruction = &function->code.items[i];
      if (!uses(run, instruction, names[n]) || mistakes(instruction, names[n]))
        continue;
      if (n || instruction->op != OP_MOVE)
        return true;
      names[1] = instruction->result;
    }
  }
  return false;
}

static Span last_release(const RuleRun *run, FunctionId id, uint32_t acquire) {
  const Function *function = function_of(run, id);
  Span span = function->code.items[acquire].span;
  for (uint32_t i = acquire + 1; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    bool given = call->op == OP_CALL && values_source(run->file->values, id, call->a) == &function->code.items[acquire];
    if (given || lock_is_call_on(run, id, call, "release", function->code.items[acquire].a))
      span = call->span;
  }
  return span;
}

static void check_unawaited(RuleRun *run, FunctionId id, uint32_t index) {
  const Instruction *acquire = &function_of(run, id)->code.items[index];
  if (!lock_is_call_on(run, id, acquire, "acquire", acquire->a) || !lock_is_async(run, id, acquire->a))
    return;
  if (is_waited_for(run, id, acquire->result))
    return;
  // Without a release, what it should protect goes on to the end.
  Span last = last_release(run, id, index), end = function_of(run, id)->span;
  if (last.start == acquire->span.start)
    last = (Span){end.end, end.end};
  Report *found =
      report(run, id, acquire->a, acquire->span, last, "is not taken: the coroutine of `acquire()` is never awaited");
  found->covers = true;
}

// --- acquire without a release on every way out

typedef struct Search {
  const RuleRun *run;
  FunctionId id;
  Value lock;
  const Instruction *acquired; // the await; in JavaScript its result is, or holds, the function that releases
} Search;

static bool is_named_release(const RuleRun *run, const Instruction *instruction) {
  bool names = instruction->op == OP_CALL_METHOD || instruction->op == OP_GET_FIELD;
  return names && strcmp(symbol_text(run->file->module->symbols, instruction->b), "release") == 0;
}

static bool callee_releases(const Search *search, const Instruction *call) {
  Callees callees = values_callees(search->run->file->values, search->id, call);
  for (uint32_t c = 0; c < callees.count; c++) {
    const Function *callee = function_of(search->run, callees.items[c].function);
    for (uint32_t i = 0; i < callee->code.count; i++)
      if (is_named_release(search->run, &callee->code.items[i]))
        return true;
  }
  return false;
}

// `const release = await mutex.acquire()`, `const [value, release] = await semaphore.acquire()`
static bool is_given(const Search *search, Value called) {
  const Values *values = search->run->file->values;
  if (search->run->file->module->traits.receiver_is_parameter)
    return false;
  const Instruction *source = values_source(values, search->id, called);
  if (source && source->op == OP_GET_ITEM)
    source = values_source(values, search->id, source->a);
  return source && source == search->acquired;
}

static bool releases_here(const Search *search, const Instruction *instruction) {
  if (lock_is_call_on(search->run, search->id, instruction, "release", search->lock))
    return true;
  if ((instruction->op == OP_CALL || instruction->op == OP_EXIT) && is_given(search, instruction->a))
    return true;
  return code_is_call(instruction) && callee_releases(search, instruction);
}

// Whether a condition tells of nothing but whether the lock is held: `lock.locked()`, what `acquire()` gave, a flag
// that the function sets.
static bool tells_of_lock(const Search *search, Value condition) {
  const Function *function = function_of(search->run, search->id);
  const Instruction *source = values_source(search->run->file->values, search->id, condition);
  if (source && source == search->acquired)
    return true;
  if (source && lock_is_call_on(search->run, search->id, source, "locked", search->lock))
    return true;
  if (source && lock_is_call_on(search->run, search->id, source, "isLocked", search->lock))
    return true;
  bool set = false;
  for (uint32_t i = 0; i < function->code.count; i++) {
    if (function->code.items[i].result != condition)
      continue;
    const Instruction *from = &function->code.items[i];
    if (from->op == OP_MOVE)
      from = values_source(search->run->file->values, search->id, from->a);
    if (!from || from->op != OP_CONST)
      return false;
    set |= from->detail == CONSTANT_TRUE;
  }
  return set;
}

// `if acquired: lock.release()` releases it where it is held.
static bool releases_if_held(const Search *search, const Instruction *branch) {
  const Function *function = function_of(search->run, search->id);
  const Cfg *cfg = search->run->file->cfgs[search->id];
  if (branch->op != OP_BRANCH || !cfg || !tells_of_lock(search, branch->a))
    return false;
  BlockId from = code_block((RuleRun *)search->run, search->id, (uint32_t)(branch - function->code.items));
  for (uint32_t i = 0; i < function->code.count; i++) {
    if (!releases_here(search, &function->code.items[i]))
      continue;
    if (cfg_controls(cfg, from, code_block((RuleRun *)search->run, search->id, i)) == CONTROL_TRUE)
      return true;
  }
  return false;
}

static bool releases(const Instruction *instruction, const void *context) {
  const Search *search = context;
  return releases_here(search, instruction) || releases_if_held(search, instruction);
}

// The call that an await waits for, perhaps only for some time: `await wait_for(lock.acquire(), 5)`.
static const Instruction *awaited_call(RuleRun *run, FunctionId id, const Instruction *await) {
  const Instruction *call = values_source(run->file->values, id, await->a);
  if (!call || !code_is_call(call))
    return NULL;
  const Model *model = values_model(run->file->values, id, call, NULL);
  if (!model || model->kind != MODEL_WAIT)
    return call;
  uint32_t count;
  const Operand *args = instruction_args(run->file->module, call, &count);
  return count ? values_source(run->file->values, id, args[0].value) : NULL;
}

// Nothing in the file releases any lock, and the lock is the file's own.
static bool is_never_released(RuleRun *run, FunctionId id, const Instruction *acquire, const Instruction *await) {
  const Module *module = run->file->module;
  const Model *model = lock_model(run, id, acquire->a);
  const Model *call = values_model(run->file->values, id, acquire, NULL);
  if (!model || model->kind != MODEL_LOCK || (call && call->kind == MODEL_LOCKED))
    return false;
  for (uint32_t i = 0; i < function_of(run, id)->code.count; i++)
    if (uses(run, &function_of(run, id)->code.items[i], await->result))
      return false;
  for (FunctionId other = 1; other < module->functions.count; other++) {
    const Function *function = function_of(run, other);
    for (uint32_t i = 0; i < function->code.count; i++)
      if (is_named_release(run, &function->code.items[i]))
        return false;
  }
  return true;
}

static void report_never(RuleRun *run, FunctionId id, const Instruction *acquire, const Instruction *await) {
  Report *found = report(run, id, acquire->a, await->span, await->span, "is taken, and nothing ever releases it");
  rule_step(run, found, 0, await->span, "takes `%s`", found->finding.variable);
  rule_step(run, found, 1, await->span, "waits for `%s`, for ever", found->finding.variable);
}

static bool is_one_of_many(const RuleRun *run, FunctionId id, uint32_t index, Value lock) {
  Location places[VALUE_SET_LIMIT];
  return values_locations(run->file->values, id, lock, places) && !flow_lock_is_certain(run->file, id, index, lock);
}

static void check_released(RuleRun *run, FunctionId id, uint32_t index) {
  const Function *function = function_of(run, id);
  const Instruction *await = &function->code.items[index];
  const Instruction *acquire = awaited_call(run, id, await);
  if (!acquire || !lock_is_call_on(run, id, acquire, "acquire", acquire->a))
    return;
  if (!lock_is_async(run, id, acquire->a) && !flow_lock_of(run->file, id, acquire->a, NULL))
    return;
  Search search = {.run = run, .id = id, .lock = acquire->a, .acquired = await};
  if (is_never_released(run, id, acquire, await))
    report_never(run, id, acquire, await);
  // What is taken under a condition may be released under the same one; what is released only in failure is handed to
  // the caller.
  if (is_one_of_many(run, id, index, acquire->a) || ways_is_conditional(run, id, index))
    return;
  if (!ways_end_normally(run, id, index, releases, &search))
    return;
  uint32_t leaves = ways_leak(run, id, index, releases, &search);
  if (leaves == UINT32_MAX)
    return;
  Span leak = function->code.items[leaves].span;
  Report *found =
      report(run, id, acquire->a, await->span, span_join(leak, last_release(run, id, index)),
             "is taken, but not released on every way out: an exception or a cancellation keeps it for ever");
  rule_place(run, found, PLACE_SUSPENSION, leak, "what fails or is cancelled here keeps the lock");
  rule_step(run, found, 0, await->span, "takes `%s`", found->finding.variable);
  rule_step(run, found, 0, leak, "fails or is cancelled");
  rule_step(run, found, 1, await->span, "waits for `%s`, for ever", found->finding.variable);
}

// --- a condition that is not tested again

// Whether the function is called in a loop, which may test the condition again; or one that it overrides, or is
// overridden by.
static bool is_called_in_loop(const RuleRun *run, FunctionId id) {
  const Module *module = run->file->module;
  const Function *function = function_of(run, id);
  for (FunctionId other = 1; other < module->functions.count; other++) {
    const Function *item = function_of(run, other);
    bool same = other == id || (function->class_id && item->class_id && item->name == function->name &&
                                values_classes_related(run->file->values, item->class_id, function->class_id));
    for (const Edge *edge = same ? run->graph->into[other] : NULL; edge; edge = edge->next_into)
      if (flow_in_loop(run->file, edge->maker, edge->made))
        return true;
  }
  return false;
}

static void check_condition(RuleRun *run, FunctionId id, uint32_t index) {
  const Instruction *await = &function_of(run, id)->code.items[index];
  const Instruction *wait = awaited_call(run, id, await);
  if (!wait || !lock_is_call_on(run, id, wait, "wait", wait->a))
    return;
  const Model *model = lock_model(run, id, wait->a);
  size_t length = model ? strlen(model->path) : 0;
  bool condition = length > 9 && strcmp(model->path + length - 9, "Condition") == 0;
  if (!condition || flow_in_loop(run->file, id, index) || is_called_in_loop(run, id))
    return;
  report(run, id, wait->a, await->span, await->span,
         "is waited for without a loop that tests the condition again: another task may have changed it before this "
         "one runs");
}

static void check_function(RuleRun *run, FunctionId id) {
  const Function *function = function_of(run, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    if (function->code.items[i].op == OP_ENTER)
      check_with(run, id, i);
    if (function->code.items[i].op == OP_CALL_METHOD)
      check_unawaited(run, id, i);
    if (function->code.items[i].op != OP_AWAIT)
      continue;
    check_released(run, id, i);
    check_condition(run, id, i);
  }
}

static void check(RuleRun *run) {
  for (FunctionId id = 1; id < run->file->module->functions.count; id++)
    if (module_function(run->file->module, id)->flags & FUNCTION_ASYNC)
      check_function(run, id);
}

const Rule misused_lock_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
