#include "locks.h"

static const char DOCUMENTATION[] =
  "# ineffective-lock\n"
  "\n"
  "## What it does\n"
  "Reports a lock that excludes nobody: made in the very activation that takes it, or a new one for every call.\n"
  "\n"
  "## Why is this bad?\n"
  "Two tasks that take two locks do not wait for each other: the code looks protected and is not.\n"
  "\n"
  "## Example\n"
  "```python\n"
  "async def add(self, item):\n"
  "    async with asyncio.Lock():\n"
  "        ...\n"
  "```\n"
  "\n"
  "## Use instead\n"
  "One lock beside what it protects: `self._lock = asyncio.Lock()` in `__init__`.\n";

// Whether an object is handed to anything but the lock's own use in the function that made it.
static bool is_passed_on(const RuleRun *run, FunctionId id, uint32_t allocation) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    uint32_t count;
    const Operand *args = instruction_args(run->file->module, &function->code.items[i], &count);
    for (uint32_t a = 0; a < count; a++) {
      const ValueSet *set = values_of(run->file->values, id, args[a].value);
      for (uint32_t v = 0; v < set->count; v++)
        if (set->items[v] == abstract_of(ABSTRACT_FRESH, allocation)) return true;
    }
  }
  return false;
}

static bool is_cached(const RuleRun *run, FunctionId id) {
  return module_function(run->file->module, id)->flags & FUNCTION_CACHED;
}

// What is looked for in a place where nothing is ever put: `locks.get(id) ?? new Mutex()`, and the new one forgotten.
static bool is_never_filled(const RuleRun *run, Abstract item) {
  uint32_t level;
  if (abstract_kind(item) == ABSTRACT_NULL) return true;
  if (abstract_kind(item) != ABSTRACT_OBJECT) return false;
  Location location = abstract_number(item);
  RootKind root = location_row(run->file->locations, location_root_of(run->file->locations, location))->root;
  bool element = location_row(run->file->locations, location)->step >= STEP_KEY_CONSTANT;
  bool known = root == ROOT_SELF || root == ROOT_VARIABLE;
  return known && element && !(flow_mutability(run->file, location, &level) >> 1);
}

// The allocation of a lock that nobody else can have: made here, or by a helper that makes one for each call.
static const Allocation *own_lock(const RuleRun *run, FunctionId id, Value value) {
  const ValueSet *set = values_of(run->file->values, id, value);
  const Allocation *own = NULL;
  for (uint32_t i = 0; i < set->count; i++) {
    if (is_never_filled(run, set->items[i])) continue;
    if (abstract_kind(set->items[i]) != ABSTRACT_FRESH) return NULL;
    const Allocation *made = values_allocation(run->file->values, abstract_number(set->items[i]));
    bool lock = made->model && (made->model->kind == MODEL_LOCK || (made->model->kind == MODEL_SEMAPHORE && made->single));
    if (!lock || made->escapes || is_cached(run, made->function)) return NULL;
    if (is_passed_on(run, made->function, abstract_number(set->items[i]))) return NULL;
    own = made;
  }
  return own;
}

static void report(RuleRun *run, FunctionId id, Span first, Span last, const Allocation *made) {
  Span origin = module_function(run->file->module, made->function)->code.items[made->instruction].span;
  Candidate candidate = {.function = id, .origin = id, .first = first, .suspension = first, .second = last};
  Report *report = rule_report(run, &candidate, EVIDENCE_IN_VIEW, first,
                               "this lock excludes nobody: `%s` makes a new one each time (line %u), and no other task can have it",
                               rule_function(run, made->function), rule_line(run, origin));
  report->covers = true;
  rule_place(run, report, PLACE_LOCK, origin, "the lock is made here, for each call anew");
  rule_place(run, report, PLACE_SECOND_ACCESS, last, "what it should protect ends here");
  rule_step(run, report, 0, first, "takes a lock of its own");
  rule_step(run, report, 1, first, "takes another one, and does not wait");
}

static void check_function(RuleRun *run, FunctionId id) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    Span last = instruction->span;
    bool takes = instruction->op == OP_ENTER && instruction->flags & INSTRUCTION_ASYNC;
    if (takes) last = lock_region_end(run, id, i, lock_last_exit(run, id, i));
    takes |= lock_is_call_on(run, id, instruction, "acquire", instruction->a) ||
             lock_is_call_on(run, id, instruction, "runExclusive", instruction->a);
    const Allocation *made = takes ? own_lock(run, id, instruction->a) : NULL;
    if (!made) continue;
    if (instruction->op == OP_CALL_METHOD) last = (Span){instruction->span.end, function->span.end};
    report(run, id, instruction->span, last, made);
  }
}

static void check(RuleRun *run) {
  for (FunctionId id = 1; id < run->file->module->functions.count; id++)
    check_function(run, id);
}

const Rule ineffective_lock_rule = {
  .documentation = DOCUMENTATION,
  .check = check,
};
