#include "code.h"
#include <string.h>

static const char DOCUMENTATION[] =
  "# toctou\n"
  "\n"
  "## What it does\n"
  "Reports a check and an act on the same thing outside the program (a path, a key of a store, a record) with a suspension\n"
  "point between them.\n"
  "\n"
  "## Why is this bad?\n"
  "Between the check and the act another task, or another process, does the same: the folder is there already, the counter\n"
  "loses an increment, two accounts get one name. A lock in this program does not help against other processes.\n"
  "\n"
  "## Example\n"
  "```python\n"
  "votes = int(await redis.get(key) or 0)\n"
  "await redis.set(key, votes + 1)\n"
  "```\n"
  "\n"
  "## Use instead\n"
  "The atomic operation: `await redis.incr(key)`, `folder.mkdir(exist_ok=True)`, `open(path, \"x\")`, an upsert, a\n"
  "transaction.\n";

enum { CHECKS = RESOURCE_TEST | RESOURCE_READ, ACTS = RESOURCE_WRITE | RESOURCE_REMOVE | RESOURCE_OPEN | RESOURCE_SAVE };
enum { EVENT_LIMIT = 64, PARAMETER_LIMIT = 8, DEPTH = 2 };

// A use of something outside, as seen in one function: its own, or a helper's at the call of the helper.
typedef struct Event {
  uint32_t index; // of the call in the function
  uint32_t uses;
  const char *key;
  Span span; // where the use itself stands
} Event;

typedef struct Events {
  Event items[EVENT_LIMIT];
  uint32_t count;
} Events;

static const char *const ATOMIC_NAMES[] = {"exist_ok", "missing_ok", "nx", "NX", "recursive", "force", "flag", "session", NULL};

static bool is_atomic_name(const RuleRun *run, Symbol name) {
  for (const char *const *atomic = ATOMIC_NAMES; *atomic; atomic++)
    if (strcmp(symbol_text(run->file->module->symbols, name), *atomic) == 0) return true;
  return false;
}

// Whether an argument, by name or in an object of options, makes the operation safe against others.
static bool is_atomic(RuleRun *run, FunctionId id, const Instruction *call) {
  uint32_t count, fields;
  const Operand *args = instruction_args(run->file->module, call, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (args[i].name && is_atomic_name(run, args[i].name)) return true;
    Site source = code_source(run, id, args[i].value);
    if (source.index == CODE_NONE) continue;
    const Instruction *made = code_at(run, source.function, source.index);
    const Operand *options = instruction_args(run->file->module, made, &fields);
    for (uint32_t f = 0; made->op == OP_MAKE && f < fields; f++)
      if (options[f].name && is_atomic_name(run, options[f].name)) return true;
    bool mode = made->op == OP_CONST && made->detail == CONSTANT_STRING && i > 0;
    if (mode && strchr(symbol_text(run->file->module->symbols, made->a), 'x')) return true;
  }
  return false;
}

static const char *key_of(RuleRun *run, FunctionId id, const Instruction *call, const Resource *row,
                          const char *const *bound) {
  if (row->uses & RESOURCE_ROW || row->key == RESOURCE_RECEIVER) return code_text(run, id, call->a, bound);
  Value key = code_argument(run, call, (uint32_t)row->key, NULL);
  return key ? code_text(run, id, key, bound) : "";
}

static void collect(RuleRun *run, FunctionId id, const char *const *bound, uint32_t at, unsigned depth, Events *events);

static void collect_callees(RuleRun *run, FunctionId id, const Instruction *call, const char *const *bound, uint32_t at,
                            unsigned depth, Events *events) {
  Callees callees = values_callees(run->file->values, id, call);
  uint32_t count;
  const Operand *args = instruction_args(run->file->module, call, &count);
  for (uint32_t c = 0; c < callees.count && depth; c++) {
    const char *texts[PARAMETER_LIMIT] = {0};
    uint32_t shift = callees.items[c].receiver && run->file->module->traits.receiver_is_parameter ? 1 : 0;
    for (uint32_t i = 0; i < count && i + shift < PARAMETER_LIMIT; i++)
      texts[i + shift] = code_text(run, id, args[i].value, bound);
    if (module_function(run->file->module, callees.items[c].function)->parameters.count <= PARAMETER_LIMIT)
      collect(run, callees.items[c].function, texts, at, depth - 1, events);
  }
}

// The uses in a function; those of helpers count at the call that leads to them. `at` CODE_NONE: at their own place.
static void collect(RuleRun *run, FunctionId id, const char *const *bound, uint32_t at, unsigned depth, Events *events) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    if (!code_is_call(call)) continue;
    uint32_t index = at == CODE_NONE ? i : at;
    collect_callees(run, id, call, bound, index, depth, events);
    const Resource *row = code_resource(run, id, call);
    if (!row || !(row->uses & (CHECKS | ACTS)) || events->count == EVENT_LIMIT) continue;
    uint32_t uses = row->uses;
    if (uses & ACTS && is_atomic(run, id, call)) continue;
    events->items[events->count++] = (Event){index, uses, key_of(run, id, call, row, bound), call->span};
  }
}

// Whether a record that was fetched is changed and saved as an object.
static bool saves_changed(const RuleRun *run, FunctionId id, const Slice *slice, const Event *check, const Event *act) {
  const Function *function = module_function(run->file->module, id);
  if (!(act->uses & RESOURCE_SAVE) || !slice->values[function->code.items[act->index].a]) return false;
  for (uint32_t i = check->index; i < act->index; i++)
    if (function->code.items[i].op == OP_SET_FIELD && slice->values[function->code.items[i].a]) return true;
  return false;
}

static bool depends(RuleRun *run, FunctionId id, const Event *check, const Event *act) {
  Slice slice = code_slice(run, id, check->index);
  const Instruction *instruction = code_at(run, id, act->index);
  if (act->uses & RESOURCE_SAVE) return saves_changed(run, id, &slice, check, act);
  return code_slice_decides(run, &slice, check->index, act->index) ||
         (check->uses & RESOURCE_READ && code_slice_feeds(run, &slice, instruction));
}

static void report(RuleRun *run, FunctionId id, const Event *check, const Event *act, uint32_t suspension) {
  Span first = code_at(run, id, check->index)->span, second = code_at(run, id, act->index)->span;
  Span where = code_at(run, id, suspension)->span;
  Candidate candidate = {.function = id, .origin = id, .first = first, .suspension = where, .second = second};
  Report *report = rule_report(run, &candidate, EVIDENCE_OUTSIDE, second,
                               "this relies on what was found on line %u, but `%s` was suspended on line %u: another task or "
                               "process may have changed it meanwhile",
                               rule_line(run, first), rule_function(run, id), rule_line(run, where));
  report->covers = true;
  rule_place(run, report, PLACE_FIRST_ACCESS, check->span, "it is looked at here");
  rule_place(run, report, PLACE_SUSPENSION, where, "others may run here");
  if (act->span.start != second.start) rule_place(run, report, PLACE_SECOND_ACCESS, act->span, "it is changed here");
  rule_step(run, report, 0, first, "looks at it");
  rule_step(run, report, 0, where, "is suspended");
  rule_step(run, report, 1, second, "changes it");
  rule_step(run, report, 0, second, "changes it, as if it were as before");
}

static bool check_pair(RuleRun *run, FunctionId id, const Event *check, const Event *act) {
  if (!(check->uses & CHECKS) || !(act->uses & ACTS) || check->index >= act->index) return false;
  bool same = *check->key && strcmp(check->key, act->key) == 0;
  if (!same && !(act->uses & RESOURCE_SAVE)) return false;
  if (!code_leads(run, id, check->index, act->index)) return false;
  uint32_t suspension = code_suspension_between(run, id, check->index, act->index);
  if (suspension == CODE_NONE || code_is_guarded(run, id, check->index, act->index, RESOURCE_ATOMIC)) return false;
  if (!depends(run, id, check, act)) return false;
  report(run, id, check, act, suspension);
  return true;
}

static void check_function(RuleRun *run, FunctionId id) {
  Events events = {.count = 0};
  collect(run, id, NULL, CODE_NONE, DEPTH, &events);
  bool *told = ARENA_ARRAY(run->file->arena, bool, EVENT_LIMIT);
  for (uint32_t a = 0; a < events.count; a++)
    for (uint32_t c = events.count; c-- > 0;)
      if (!told[a] && check_pair(run, id, &events.items[c], &events.items[a])) told[a] = true;
}

static void check(RuleRun *run) {
  for (FunctionId id = 1; id < run->file->module->functions.count; id++) {
    const Function *function = module_function(run->file->module, id);
    if (function->flags & FUNCTION_ASYNC && !(function->flags & FUNCTION_MODULE)) check_function(run, id);
  }
}

const Rule toctou_rule = {
  .documentation = DOCUMENTATION,
  .check = check,
};
