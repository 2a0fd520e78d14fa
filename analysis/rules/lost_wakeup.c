#include "lost_wakeup.h"

#include "locks.h"
#include "ways.h"
#include <string.h>

static const char DOCUMENTATION[] =
    "# lost-wakeup\n"
    "\n"
    "## What it does\n"
    "Reports signals that can get lost: an event that is cleared or replaced after the work instead of before it, a "
    "waiter\n"
    "that others can only wake while it waits, and a listener that is attached after a suspension in which the event "
    "may\n"
    "happen.\n"
    "\n"
    "## Why is this bad?\n"
    "The signal that comes in between is wiped out, or nobody hears it, and the next wait lasts for ever.\n"
    "\n"
    "## Example\n"
    "```python\n"
    "while True:\n"
    "    await self.wake.wait()\n"
    "    await self.send_all()\n"
    "    self.wake.clear()\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "```python\n"
    "while True:\n"
    "    await self.wake.wait()\n"
    "    self.wake.clear()\n"
    "    await self.send_all()\n"
    "```\n";

// --- events

// `event.name()` of an event of the loop; its place, or 0.
static Location event_call(const RuleRun *run, FunctionId id, const Instruction *call, const char *name) {
  if (call->op != OP_CALL_METHOD || strcmp(symbol_text(run->file->module->symbols, call->b), name))
    return 0;
  const Model *model = values_model(run->file->values, id, call, NULL);
  const char *event = model ? strstr(model->path, ".Event.") : NULL;
  Location places[VALUE_SET_LIMIT];
  return event && !strcmp(event + strlen(".Event."), name) && values_locations(run->file->values, id, call->a, places)
             ? places[0]
             : 0;
}

// The event that an await waits for, perhaps only for some time; 0 for none.
static Location awaited_event(RuleRun *run, FunctionId id, const Instruction *await) {
  if (await->op != OP_AWAIT)
    return 0;
  const Instruction *call = values_source(run->file->values, id, await->a);
  const Model *model = call && code_is_call(call) ? values_model(run->file->values, id, call, NULL) : NULL;
  if (model && model->kind == MODEL_WAIT) {
    uint32_t count;
    const Operand *args = instruction_args(run->file->module, call, &count);
    call = count ? values_source(run->file->values, id, args[0].value) : NULL;
  }
  return call ? event_call(run, id, call, "wait") : 0;
}

// A wait for an event in a function.
typedef struct Wait {
  RuleRun *run;
  FunctionId id;
  Location event;
  const Instruction *wanted; // the suspension that is looked for
} Wait;

static bool makes_event(RuleRun *run, FunctionId id, const Instruction *instruction) {
  Value written = instruction->op == OP_STORE ? instruction->b : instruction->op == OP_SET_FIELD ? instruction->c : 0;
  const Instruction *source = written ? values_source(run->file->values, id, written) : NULL;
  const Model *model = source && code_is_call(source) ? values_model(run->file->values, id, source, NULL) : NULL;
  size_t length = model ? strlen(model->path) : 0;
  return length > 6 && !strcmp(model->path + length - 6, ".Event");
}

static bool resets(const Instruction *instruction, const void *context) {
  const Wait *wait = context;
  if (event_call(wait->run, wait->id, instruction, "clear") == wait->event)
    return true;
  Location places[VALUE_SET_LIMIT];
  return makes_event(wait->run, wait->id, instruction) &&
         values_places(wait->run->file->values, wait->id, instruction, places) && places[0] == wait->event;
}

static bool waits_again(const Instruction *instruction, const void *context) {
  const Wait *wait = context;
  return awaited_event(wait->run, wait->id, instruction) == wait->event;
}

static bool is_wanted(const Instruction *instruction, const void *context) {
  return instruction == ((const Wait *)context)->wanted;
}

static bool resets_or_waits(const Instruction *instruction, const void *context) {
  return resets(instruction, context) || waits_again(instruction, context);
}

// Behind a test, what came meanwhile may have been seen.
static bool looks_again(const Instruction *instruction, const void *context) {
  return instruction->op == OP_BRANCH || waits_again(instruction, context) ||
         (instruction != ((const Wait *)context)->wanted &&
          lock_instruction_suspends(((const Wait *)context)->run, ((const Wait *)context)->id, instruction));
}

// Who sets the event meanwhile.
typedef struct Setter {
  FunctionId function;
  Span span;
  RootEvidence evidence;
} Setter;

static Setter find_setter(const Wait *wait) {
  const Module *module = wait->run->file->module;
  Setter best = {0};
  for (FunctionId id = 1; id < module->functions.count; id++) {
    const Function *function = module_function(module, id);
    for (uint32_t i = 0; id != wait->id && i < function->code.count; i++) {
      if (event_call(wait->run, id, &function->code.items[i], "set") != wait->event)
        continue;
      RootEvidence evidence = contexts_parallel(wait->run->contexts, wait->id, id, wait->event, &(Span){0});
      if (evidence > best.evidence)
        best = (Setter){id, function->code.items[i].span, evidence};
    }
  }
  return best;
}

static void report_reset(const Wait *wait, Span waited, Span suspended, Span reset) {
  RuleRun *run = wait->run;
  Setter setter = find_setter(wait);
  if (!setter.evidence)
    return;
  const char *event = rule_location(run, wait->event), *other = rule_function(run, setter.function);
  Candidate candidate = {.function = wait->id,
                         .origin = wait->id,
                         .location = wait->event,
                         .first = waited,
                         .suspension = suspended,
                         .second = reset};
  Report *report =
      rule_report(run, &candidate, setter.evidence, reset,
                  "`%s` is cleared only here, after the suspension on line %u: what `%s` signals in between "
                  "(line %u) is lost; clear it right after the wait, before the work",
                  event, rule_line(run, suspended), other, rule_line(run, setter.span));
  rule_place(run, report, PLACE_FIRST_ACCESS, waited, "`%s` is waited for here", event);
  rule_place(run, report, PLACE_SUSPENSION, suspended, "other tasks may run here");
  rule_place(run, report, PLACE_CONFLICT, setter.span, "`%s` sets `%s` here", other, event);
  rule_step(run, report, 0, waited, "is woken by `%s`", event);
  rule_step(run, report, 0, suspended, "is suspended in its work");
  rule_step(run, report, 1, setter.span, "sets `%s` for new work", event);
  rule_step(run, report, 0, reset, "clears `%s`: the signal is lost", event);
}

// Whether the event is reset after this suspension, without a look at what came meanwhile.
static bool check_suspension(Wait *wait, uint32_t waited, uint32_t suspended) {
  const Function *function = module_function(wait->run->file->module, wait->id);
  wait->wanted = &function->code.items[suspended];
  if (ways_first(wait->run, wait->id, waited, resets_or_waits, is_wanted, wait) == UINT32_MAX)
    return false;
  uint32_t reset = ways_first(wait->run, wait->id, suspended, looks_again, resets, wait);
  if (reset == UINT32_MAX)
    return false;
  report_reset(wait, function->code.items[waited].span, wait->wanted->span, function->code.items[reset].span);
  return true;
}

static void check_wait(RuleRun *run, FunctionId id, uint32_t index) {
  const Function *function = module_function(run->file->module, id);
  Wait wait = {run, id, awaited_event(run, id, &function->code.items[index]), NULL};
  bool told = !wait.event || !rule_location_is_shared(run, wait.event);
  for (uint32_t i = 0; !told && i < function->code.count; i++)
    if (i != index && lock_instruction_suspends(run, id, &function->code.items[i]))
      told = check_suspension(&wait, index, i);
}

static void check(RuleRun *run) {
  for (FunctionId id = 1; id < run->file->module->functions.count; id++) {
    const Function *function = module_function(run->file->module, id);
    for (uint32_t i = 0; i < function->code.count; i++) {
      if (function->code.items[i].op == OP_AWAIT) {
        check_wait(run, id, i);
        check_waker(run, id, i);
      }
      check_listener(run, id, i);
    }
  }
}

const Rule lost_wakeup_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
