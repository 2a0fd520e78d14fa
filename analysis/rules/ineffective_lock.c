#include "ineffective_lock.h"
#include "code.h"
#include "locks.h"

static const char DOCUMENTATION[] =
    "# ineffective-lock\n"
    "\n"
    "## What it does\n"
    "Reports a lock that excludes nobody: made in the very activation that takes it, a new one for every call, "
    "replaced while\n"
    "it is held, one of each instance over what all instances share, or taken when the work is under way already.\n"
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

// `locks.get(key, Lock())` keeps nothing.
static bool only_looks_up(const RuleRun *run, FunctionId id, const Instruction *call) {
  if (call->op != OP_CALL_METHOD)
    return false;
  const Model *model = values_model(run->file->values, id, call, NULL);
  return model && model->kind == MODEL_METHOD && model->effects == (EFFECT_READ | EFFECT_ELEMENT);
}

// Whether an object is handed to anything but the lock's own use in the function that made it.
static bool is_passed_on(const RuleRun *run, FunctionId id, uint32_t allocation) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    uint32_t count;
    const Operand *args = instruction_args(run->file->module, &function->code.items[i], &count);
    for (uint32_t a = 0; a < count && !only_looks_up(run, id, &function->code.items[i]); a++) {
      const ValueSet *set = values_of(run->file->values, id, args[a].value);
      for (uint32_t v = 0; v < set->count; v++)
        if (set->items[v] == abstract_of(ABSTRACT_FRESH, allocation))
          return true;
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
  if (abstract_kind(item) == ABSTRACT_NULL)
    return true;
  if (abstract_kind(item) != ABSTRACT_OBJECT)
    return false;
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
    if (is_never_filled(run, set->items[i]))
      continue;
    if (abstract_kind(set->items[i]) != ABSTRACT_FRESH)
      return NULL;
    const Allocation *made = values_allocation(run->file->values, abstract_number(set->items[i]));
    bool lock =
        made->model && (made->model->kind == MODEL_LOCK || (made->model->kind == MODEL_SEMAPHORE && made->single));
    if (!lock || made->escapes || is_cached(run, made->function))
      return NULL;
    if (is_passed_on(run, made->function, abstract_number(set->items[i])))
      return NULL;
    own = made;
  }
  return own;
}

// The accesses that the lock should protect: those of the region's own function and of callbacks in it.
static void tell_accesses(RuleRun *run, Report *report, Span region) {
  for (FunctionId id = 1; id < run->file->module->functions.count; id++) {
    const Summary *summary = &run->file->summaries[id];
    for (uint32_t i = 0; i < summary->candidates.count; i++) {
      const Candidate *candidate = &summary->candidates.items[i];
      if (candidate->first.start < region.start || candidate->second.end > region.end)
        continue;
      if (candidate->kind != CANDIDATE_UPDATE && candidate->kind != CANDIDATE_ACT)
        continue;
      ineffective_tell(run, report, candidate);
      return;
    }
  }
}

static void report(RuleRun *run, FunctionId id, Span first, Span last, const Allocation *made) {
  Span origin = module_function(run->file->module, made->function)->code.items[made->instruction].span;
  Candidate candidate = {.function = id, .origin = id, .first = first, .suspension = first, .second = last};
  Report *report =
      rule_report(run, &candidate, EVIDENCE_IN_VIEW, first,
                  "this lock excludes nobody: `%s` makes a new one each time (line %u), and no other task can have it",
                  rule_function(run, made->function), rule_line(run, origin));
  report->covers = true;
  rule_place(run, report, PLACE_LOCK, origin, "the lock is made here, for each call anew");
  tell_accesses(run, report, span_join(first, last));
  rule_step(run, report, 0, first, "takes a lock of its own");
  rule_step(run, report, 1, first, "takes another one, and does not wait");
}

// The lock of its own that a context manager helper takes around its yield; NULL for others.
static const Allocation *lock_of_helper(RuleRun *run, FunctionId id, Value manager) {
  const Instruction *call = values_source(run->file->values, id, manager);
  if (!call || (call->op != OP_CALL && call->op != OP_CALL_METHOD))
    return NULL;
  Callees callees = values_callees(run->file->values, id, call);
  FunctionId helper = callees.count == 1 ? callees.items[0].function : 0;
  const Function *function = module_function(run->file->module, helper);
  if (!helper || !(function->flags & FUNCTION_GENERATOR))
    return NULL;
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *enter = &function->code.items[i];
    if (enter->op == OP_ENTER && enter->flags & INSTRUCTION_ASYNC && own_lock(run, helper, enter->a))
      return own_lock(run, helper, enter->a);
  }
  return NULL;
}

static bool is_entered_elsewhere(const RuleRun *run, FunctionId helper) {
  if (!(module_function(run->file->module, helper)->flags & FUNCTION_GENERATOR))
    return false;
  return run->graph->into[helper] != NULL;
}

// --- replaced while it is held

static bool is_lock_set(const RuleRun *run, const ValueSet *set) {
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_FRESH)
      continue;
    const Model *model = values_allocation(run->file->values, abstract_number(set->items[i]))->model;
    if (model && (model->kind == MODEL_LOCK || model->kind == MODEL_SEMAPHORE))
      return true;
  }
  return false;
}

static void check_replaced(RuleRun *run, FunctionId id, uint32_t first, uint32_t last) {
  const Function *function = module_function(run->file->module, id);
  const Instruction *taken = &function->code.items[first];
  Location lock = flow_lock_of(run->file, id, taken->a, NULL);
  for (uint32_t i = first; lock && i < last; i++) {
    const Instruction *write = &function->code.items[i];
    Location places[VALUE_SET_LIMIT];
    if (write->op != OP_STORE && write->op != OP_SET_FIELD && write->op != OP_SET_ITEM)
      continue;
    Value value = write->op == OP_STORE ? write->b : write->c;
    if (!is_lock_set(run, values_of(run->file->values, id, value)))
      continue;
    if (!values_places(run->file->values, id, write, places) || places[0] != lock)
      continue;
    Span end = lock_region_end(run, id, first, last);
    Candidate candidate = {
        .function = id, .origin = id, .first = taken->span, .suspension = write->span, .second = end};
    const char *name = rule_location(run, lock);
    Report *report =
        rule_report(run, &candidate, EVIDENCE_IN_VIEW, taken->span,
                    "`%s` is replaced on line %u while it is held here: who comes now takes the new one, and does "
                    "not wait",
                    name, rule_line(run, write->span));
    report->covers = true;
    report->finding.variable = name;
    rule_place(run, report, PLACE_LOCK, write->span, "another lock takes its place here");
    tell_accesses(run, report, span_join(taken->span, end));
    rule_step(run, report, 0, taken->span, "takes `%s`", name);
    rule_step(run, report, 0, write->span, "puts another lock in its place");
    rule_step(run, report, 1, taken->span, "takes the other lock, and does not wait");
    return;
  }
}

static void check_function(RuleRun *run, FunctionId id) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    Span last = instruction->span;
    bool enters = instruction->op == OP_ENTER && instruction->flags & INSTRUCTION_ASYNC;
    if (enters)
      last = lock_region_end(run, id, i, lock_last_exit(run, id, i));
    const Model *model = code_is_call(instruction) ? values_model(run->file->values, id, instruction, NULL) : NULL;
    bool takes = enters || lock_is_call_on(run, id, instruction, "acquire", instruction->a) ||
                 (model && model->kind == MODEL_LOCKED);
    const Allocation *made = takes ? own_lock(run, id, instruction->a) : NULL;
    if (!made && enters)
      made = lock_of_helper(run, id, instruction->a);
    if (enters && !made)
      check_replaced(run, id, i, lock_last_exit(run, id, i));
    if (!made || is_entered_elsewhere(run, id))
      continue;
    if (instruction->op == OP_CALL_METHOD && lock_is_call_on(run, id, instruction, "acquire", instruction->a))
      last = (Span){instruction->span.end, function->span.end};
    report(run, id, instruction->span, last, made);
  }
}

static void check(RuleRun *run) {
  for (FunctionId id = 1; id < run->file->module->functions.count; id++) {
    check_function(run, id);
    ineffective_started_before(run, id);
  }
  ineffective_per_instance(run);
  ineffective_changing(run);
}

const Rule ineffective_lock_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
