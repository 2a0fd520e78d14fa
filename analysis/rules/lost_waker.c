// The parts of lost-wakeup about promises and listeners.
#include "locks.h"
#include "lost_wakeup.h"
#include "uses.h"
#include <string.h>

// --- resolvers that are parked for others to call

// The function that a promise's constructor calls with what settles it; 0 for none.
static FunctionId executor_of(RuleRun *run, FunctionId id, const Instruction *await) {
  const Instruction *made = values_source(run->file->values, id, await->a);
  const Model *model = made && made->op == OP_CALL ? values_model(run->file->values, id, made, NULL) : NULL;
  if (!model || !(model->effects & EFFECT_EXECUTES) || !(made->flags & INSTRUCTION_NEW))
    return 0;
  Callees callees = code_functions(run, id, code_argument(run, made, 0, NULL));
  return callees.count == 1 ? callees.items[0].function : 0;
}

// Where an executor puts what resolves the promise, as it is; 0 for nowhere.
static Location parked_at(RuleRun *run, FunctionId executor) {
  const Function *function = module_function(run->file->module, executor);
  if (!function->parameters.count)
    return 0;
  Value resolve = function->parameters.items[0].value;
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *write = &function->code.items[i];
    if (write->op == OP_STORE && write->a == function->parameters.items[0].variable)
      continue; // closures of the executor use it too
    Value written = write->op == OP_STORE ? write->b : write->op == OP_SET_FIELD ? write->c : 0;
    Location places[VALUE_SET_LIMIT];
    bool moved = written && written != resolve && function->values.items[written] == function->values.items[resolve] &&
                 function->values.items[resolve];
    if (written && (written == resolve || moved) && values_places(run->file->values, executor, write, places))
      return places[0];
  }
  return 0;
}

// Whether a condition other than that of a loop around it decides about the instruction.
static bool is_conditional(RuleRun *run, FunctionId id, uint32_t index) {
  const Cfg *cfg = run->file->cfgs[id];
  const Function *function = module_function(run->file->module, id);
  BlockId target = code_block(run, id, index);
  for (BlockId branch = 1; cfg && branch < function->blocks.count; branch++) {
    const Block *block = &function->blocks.items[branch];
    const Instruction *test = &function->code.items[block->first + block->count - 1];
    if (test->op == OP_BRANCH && !(test->flags & INSTRUCTION_LOOP) && cfg_controls(cfg, branch, target) != CONTROL_NONE)
      return true;
  }
  return false;
}

// Another suspension of the innermost loop around the instruction; of an endless one, which has no test, of the whole
// cycle.
static uint32_t other_suspension(RuleRun *run, FunctionId id, uint32_t index) {
  const Cfg *cfg = run->file->cfgs[id];
  Loop loop = code_loop(run, id, index);
  BlockId here = code_block(run, id, index);
  for (uint32_t i = 0; cfg && i < module_function(run->file->module, id)->code.count; i++) {
    if (i == index || !lock_instruction_suspends(run, id, code_at(run, id, i)))
      continue;
    BlockId there = code_block(run, id, i);
    bool circles = cfg_in_loop(cfg, here) && cfg_reaches(cfg, here, there) && cfg_reaches(cfg, there, here);
    if (loop.head == CODE_NONE ? circles : code_loop_holds(loop, i))
      return i;
  }
  return CODE_NONE;
}

// The access of another function that reads the resolver, to call it.
static const Access *caller_of(const RuleRun *run, FunctionId id, FunctionId executor, Location waker,
                               RootEvidence *evidence) {
  const Access *found = NULL;
  for (FunctionId other = 1; other < run->file->module->functions.count; other++) {
    const Summary *summary = &run->file->summaries[other];
    for (uint32_t i = 0; other != id && other != executor && i < summary->accesses.count; i++) {
      const Access *access = &summary->accesses.items[i];
      if (access->location != waker || !(access->flags & ACCESS_READ) || access->function != other)
        continue;
      RootEvidence seen = contexts_parallel(run->contexts, id, other, waker, &(Span){0});
      if (seen <= *evidence)
        continue;
      *evidence = seen;
      found = access;
    }
  }
  return found;
}

void check_waker(RuleRun *run, FunctionId id, uint32_t index) {
  const Instruction *await = code_at(run, id, index);
  FunctionId executor = executor_of(run, id, await);
  Location waker = executor ? parked_at(run, executor) : 0;
  uint32_t suspended = waker && !is_conditional(run, id, index) ? other_suspension(run, id, index) : CODE_NONE;
  RootEvidence evidence = EVIDENCE_NONE;
  const Access *call = suspended != CODE_NONE ? caller_of(run, id, executor, waker, &evidence) : NULL;
  if (!call)
    return;
  const char *name = rule_location(run, waker), *other = rule_function(run, call->function);
  Span waits = await->span, works = code_at(run, id, suspended)->span;
  Candidate candidate = {
      .function = id, .origin = id, .location = waker, .first = waits, .suspension = works, .second = waits};
  Report *report =
      rule_report(run, &candidate, evidence, waits,
                  "whoever calls `%s` while `%s` is suspended on line %u wakes nobody (`%s`, line %u), and this "
                  "waits for the next call: note that a signal came, and test for it before waiting",
                  name, rule_function(run, id), rule_line(run, works), other, rule_line(run, call->span));
  rule_place(run, report, PLACE_SUSPENSION, works, "nobody waits while this runs");
  rule_place(run, report, PLACE_CONFLICT, call->span, "`%s` is called here", name);
  rule_step(run, report, 0, works, "is suspended in its work");
  rule_step(run, report, 1, call->span, "calls the old `%s`, which wakes nobody", name);
  rule_step(run, report, 0, waits, "waits, though the signal has come");
}

// --- listeners

static const char *const LISTENS[] = {"on", "once", "addListener", "addEventListener", "prependListener"};

static bool attaches(RuleRun *run, FunctionId id, const Use *use) {
  const Instruction *instruction = use->instruction;
  const char *name = instruction->op == OP_CALL_METHOD || instruction->op == OP_SET_FIELD
                         ? symbol_text(run->file->module->symbols, instruction->b)
                         : "";
  if (use->field == USE_A && instruction->op == OP_SET_FIELD)
    return !strncmp(name, "on", 2);
  for (size_t i = 0; use->field == USE_A && i < sizeof LISTENS / sizeof *LISTENS; i++)
    if (!strcmp(name, LISTENS[i]))
      return true;
  bool argument = use->field == USE_ARGUMENT && code_is_call(instruction);
  return argument && !strcmp(code_path(run, id, instruction), "events.once");
}

// A failure is told apart: what listens for it alone misses the rest.
static bool is_about_failure(RuleRun *run, FunctionId id, const Use *use) {
  uint32_t count;
  const Instruction *instruction = use->instruction;
  const Operand *args =
      op_has_args((Op)instruction->op) ? instruction_args(run->file->module, instruction, &count) : NULL;
  const Instruction *event = args && count ? values_source(run->file->values, id, args[0].value) : NULL;
  const char *name = event && event->op == OP_CONST ? symbol_text(run->file->module->symbols, event->a) : "";
  return strstr(name, "error");
}

// What is seen of an object after it was made.
typedef struct Watch {
  uint32_t first; // the first use that attaches a listener; CODE_NONE for none
  bool escapes;   // it goes where we do not see who listens
} Watch;

static void watch_uses(RuleRun *run, FunctionId id, UseList uses, Watch *watch, VariableId *cell) {
  const Function *function = module_function(run->file->module, id);
  watch->escapes |= !uses.complete;
  for (uint32_t i = 0; i < uses.count; i++) {
    const Use *use = &uses.items[i];
    uint32_t at = (uint32_t)(use->instruction - function->code.items);
    bool listener = attaches(run, id, use);
    if (use->instruction->op == OP_STORE && module_variable(run->file->module, use->instruction->a)->constant)
      *cell = use->instruction->a;
    else
      watch->escapes |= !listener && use->field != USE_A;
    if (listener && !is_about_failure(run, id, use) && at < watch->first)
      watch->first = at;
  }
}

// The same through a variable that closures see too; what a closure does with it happens at a time we do not know.
static void watch_cell(RuleRun *run, FunctionId id, VariableId cell, Watch *watch) {
  for (FunctionId other = 1; other < run->file->module->functions.count; other++) {
    const Function *function = module_function(run->file->module, other);
    Uses *names = NULL;
    for (uint32_t i = 0; i < function->code.count; i++) {
      if (function->code.items[i].op != OP_LOAD || function->code.items[i].a != cell)
        continue;
      names = names ? names : uses_new(run->file->arena, run->file->module, other);
      Watch seen = {CODE_NONE, false};
      watch_uses(run, other, uses_of(names, function->code.items[i].result), &seen, &(VariableId){0});
      watch->escapes |= seen.escapes || (other != id && seen.first != CODE_NONE);
      if (other == id && seen.first < watch->first)
        watch->first = seen.first;
    }
  }
}

static uint32_t first_listener(RuleRun *run, FunctionId id, uint32_t index) {
  Uses *names = uses_new(run->file->arena, run->file->module, id);
  Watch watch = {CODE_NONE, false};
  VariableId cell = 0;
  watch_uses(run, id, uses_of(names, code_at(run, id, index)->result), &watch, &cell);
  if (cell)
    watch_cell(run, id, cell, &watch);
  return watch.escapes ? CODE_NONE : watch.first;
}

void check_listener(RuleRun *run, FunctionId id, uint32_t index) {
  const Instruction *made = code_at(run, id, index);
  const Resource *row = code_is_call(made) ? code_resource(run, id, made) : NULL;
  if (!row || !(row->uses & RESOURCE_EMITS))
    return;
  uint32_t listens = first_listener(run, id, index);
  uint32_t suspended = listens == CODE_NONE ? CODE_NONE : code_suspension_between(run, id, index, listens);
  if (suspended == CODE_NONE)
    return;
  Span here = code_at(run, id, listens)->span, works = code_at(run, id, suspended)->span;
  Candidate candidate = {.function = id, .origin = id, .first = made->span, .suspension = works, .second = here};
  Report *report =
      rule_report(run, &candidate, EVIDENCE_IN_VIEW, here,
                  "this listens only after the suspension on line %u: what was started on line %u may have "
                  "told its event by then, and nobody hears it; attach the listener before the `await`",
                  rule_line(run, works), rule_line(run, made->span));
  rule_place(run, report, PLACE_FIRST_ACCESS, made->span, "it is started here");
  rule_place(run, report, PLACE_SUSPENSION, works, "the event may happen here");
  rule_step(run, report, 0, made->span, "starts it");
  rule_step(run, report, 0, works, "is suspended");
  rule_step(run, report, 1, works, "the event happens, and nobody listens");
  rule_step(run, report, 0, here, "listens, too late");
}
