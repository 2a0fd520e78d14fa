#include "awaitables.h"
#include <string.h>

static const char DOCUMENTATION[] =
    "# dangling-task\n"
    "\n"
    "## What it does\n"
    "Reports a task that nobody keeps: the result of `create_task` or `ensure_future` is dropped, held only by a "
    "local\n"
    "variable that nobody reads, or returned to a caller or to the event loop, which drop it.\n"
    "\n"
    "## Why is this bad?\n"
    "The event loop refers to its tasks only weakly. A task that nothing else refers to may be collected as garbage in "
    "the\n"
    "middle of its work, and what it raises is never seen.\n"
    "\n"
    "## Example\n"
    "```python\n"
    "def receive(self, message):\n"
    "    asyncio.create_task(self.deliver(message))\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "```python\n"
    "def receive(self, message):\n"
    "    task = asyncio.create_task(self.deliver(message))\n"
    "    self.tasks.add(task)\n"
    "    task.add_done_callback(self.tasks.discard)\n"
    "```\n"
    "or start it in an `asyncio.TaskGroup`, which keeps its tasks and waits for them.\n";

enum { DEPTH_LIMIT = 4 };

typedef struct Search {
  RuleRun *run;
  const Module *module;
  Values *values;
  Awaitables *awaitables;
} Search;

static const Instruction *returned_task(Search *search, FunctionId id, unsigned depth);

// --- what gives a task

static bool starts_task(Search *search, FunctionId id, const Instruction *call) {
  const Model *model = values_model(search->values, id, call, NULL);
  if (!model || !(model->effects & EFFECT_TASK))
    return false;
  return model->path[0] != '*' || awaitable_is_loop(search->awaitables, id, call->a);
}

static bool all_return_tasks(Search *search, const Callees *callees, bool async, unsigned depth) {
  for (uint32_t i = 0; i < callees->count; i++) {
    FunctionId callee = callees->items[i].function;
    const Function *function = module_function(search->module, callee);
    if (function->flags & FUNCTION_GENERATOR || !(function->flags & FUNCTION_ASYNC) == async)
      return false;
    if (!returned_task(search, callee, depth))
      return false;
  }
  return callees->count > 0;
}

// `await self.start()`, where the coroutine's result is a task.
static bool awaits_task(Search *search, FunctionId id, const Instruction *await, unsigned depth) {
  uint32_t index = values_definition(search->values, id, await->a);
  if (index == UINT32_MAX)
    return false;
  const Instruction *call = &module_function(search->module, id)->code.items[index];
  if (call->op != OP_CALL && call->op != OP_CALL_METHOD)
    return false;
  if (!awaitable_callees_known(search->awaitables, id, call))
    return false;
  Callees callees = values_callees(search->values, id, call);
  return all_return_tasks(search, &callees, true, depth);
}

// Whether an instruction's result is a task that nothing but this result keeps.
static bool gives_task(Search *search, FunctionId id, const Instruction *instruction, unsigned depth) {
  if (!depth || instruction->flags & INSTRUCTION_DECORATOR)
    return false;
  if (instruction->op == OP_AWAIT)
    return awaits_task(search, id, instruction, depth - 1);
  if (instruction->op != OP_CALL && instruction->op != OP_CALL_METHOD)
    return false;
  Callees callees = values_callees(search->values, id, instruction);
  if (!callees.count)
    return starts_task(search, id, instruction);
  return awaitable_callees_known(search->awaitables, id, instruction) &&
         all_return_tasks(search, &callees, false, depth - 1);
}

// --- what keeps it

// A test, a log message and a callback use a task and keep nothing; a call of `cancel` means that it was kept until
// then.
static bool keeps(Search *search, FunctionId id, const Use *use) {
  const Instruction *instruction = use->instruction;
  switch (instruction->op) {
  case OP_BRANCH:
  case OP_COMPUTE:
    return false;
  case OP_MAKE:
    return instruction->detail != MAKE_STRING;
  case OP_CALL:
  case OP_CALL_METHOD: {
    const Model *model = values_model(search->values, id, instruction, NULL);
    if (!model)
      return true;
    if (use->field == USE_A)
      return model->kind != MODEL_CALL_LATER;
    return model->kind != MODEL_PURE;
  }
  default:
    return true;
  }
}

static bool is_used(Search *search, FunctionId id, Value task, bool returning) {
  UseList uses = uses_of(awaitables_uses(search->awaitables, id), task);
  for (uint32_t i = 0; i < uses.count; i++) {
    if (returning && uses.items[i].instruction->op == OP_RETURN)
      continue;
    if (keeps(search, id, &uses.items[i]))
      return true;
  }
  return !uses.complete;
}

// The task that a function starts and leaves to its caller; NULL when some way out returns something else, or when the
// function keeps it too.
static const Instruction *returned_task(Search *search, FunctionId id, unsigned depth) {
  const Function *function = module_function(search->module, id);
  if (function->flags & (FUNCTION_TRUNCATED | FUNCTION_GENERATOR))
    return NULL;
  if (!depth || !awaitable_is_plain(search->awaitables, id))
    return NULL;
  const Instruction *task = NULL;
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (instruction->op != OP_RETURN || !instruction->a)
      continue;
    const Instruction *made = awaitable_definition(search->awaitables, id, instruction->a);
    if (made && made->op == OP_CONST && made->detail == CONSTANT_NULL)
      continue;
    if (!made || !gives_task(search, id, made, depth) || is_used(search, id, made->result, true))
      return NULL;
    task = made;
  }
  return task;
}

// --- reports

// Whether the function goes on for ever: its local variables keep what they hold.
static bool never_ends(const Function *function) {
  for (uint32_t i = 0; i < function->code.count; i++)
    if (function->code.items[i].op == OP_RETURN)
      return false;
  return true;
}

static void report(Search *search, FunctionId id, const Instruction *instruction, bool certain) {
  const Instruction *call =
      instruction->op == OP_AWAIT ? awaitable_definition(search->awaitables, id, instruction->a) : instruction;
  const char *name = awaitable_name(search->awaitables, id, call);
  const char *message = arena_printf(search->run->file->arena,
                                     "nobody keeps the task that %s starts: it may be collected as garbage in the "
                                     "middle of its work, and what it raises is lost",
                                     awaitable_words(search->awaitables, id, call));
  Report *report = awaitable_report(search->run, id, instruction->span, certain, name, message);
  rule_place(search->run, report, PLACE_SPAWN, instruction->span, "the task is started here");
}

static void check_task(Search *search, FunctionId id, const Instruction *instruction) {
  if (!gives_task(search, id, instruction, DEPTH_LIMIT))
    return;
  if (instruction->flags & INSTRUCTION_DISCARDED) {
    report(search, id, instruction, true);
    return;
  }
  bool outlives = module_function(search->module, id)->flags & FUNCTION_ASYNC;
  if (!outlives && awaitable_is_dropped(search->awaitables, id, instruction)) { // a list that nobody reads, too
    report(search, id, instruction, true);
    return;
  }
  Uses *uses = awaitables_uses(search->awaitables, id);
  if (!uses_named(uses, instruction->result) && !uses_of(uses, instruction->result).count)
    return;
  if (is_used(search, id, instruction->result, false))
    return;
  if (never_ends(module_function(search->module, id)))
    return;
  report(search, id, instruction, !outlives);
}

// `loop.call_soon(lambda: asyncio.create_task(work()))`: the loop drops what the callback returns.
static void check_callbacks(Search *search, FunctionId id, const Instruction *call) {
  if (!awaitable_is_callback_dropped(search->awaitables, id, call))
    return;
  uint32_t count;
  const Operand *args = instruction_args(search->module, call, &count);
  for (uint32_t i = 0; i < count; i++) {
    const ValueSet *set = values_of(search->values, id, args[i].value);
    if (set->count != 1 || abstract_kind(set->items[0]) != ABSTRACT_FUNCTION)
      continue;
    FunctionId callback = abstract_number(set->items[0]);
    if (module_function(search->module, callback)->flags & FUNCTION_ASYNC)
      continue;
    const Instruction *task = returned_task(search, callback, DEPTH_LIMIT);
    if (task)
      report(search, callback, task, true);
  }
}

static bool is_below(const char *path, const char *package) {
  size_t length = strlen(package);
  return strncmp(path, package, length) == 0 && (path[length] == 0 || path[length] == '.');
}

// A test's tasks end with its event loop.
static bool is_test(const Module *module) {
  for (VariableId id = 1; id < module->variables.count; id++) {
    const Variable *variable = module_variable(module, id);
    const char *path = symbol_text(module->symbols, variable->import_path);
    if (variable->kind == VARIABLE_IMPORT && (is_below(path, "pytest") || is_below(path, "unittest")))
      return true;
  }
  return false;
}

static void check(RuleRun *run) {
  const Module *module = run->file->module;
  if (module->traits.call_starts_async || is_test(module))
    return;
  Search search = {run, module, run->file->values, awaitables_new(run)};
  for (FunctionId id = 1; id < module->functions.count; id++) {
    const Function *function = module_function(module, id);
    if (function->flags & FUNCTION_TRUNCATED)
      continue;
    for (uint32_t i = 0; i < function->code.count; i++) {
      const Instruction *instruction = &function->code.items[i];
      check_task(&search, id, instruction);
      if (instruction->op == OP_CALL || instruction->op == OP_CALL_METHOD)
        check_callbacks(&search, id, instruction);
    }
  }
}

const Rule dangling_task_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
