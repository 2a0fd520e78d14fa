#include "code.h"
#include <string.h>

static const char DOCUMENTATION[] =
    "# stale-response\n"
    "\n"
    "## What it does\n"
    "Reports an effect, a watcher, a search-as-you-type handler or a store method that stores the result of a request "
    "without\n"
    "checking that it is still the one that is wanted.\n"
    "\n"
    "## Why is this bad?\n"
    "Answers do not arrive in the order of the requests: the slow answer to an old question overwrites the new one.\n"
    "\n"
    "## Example\n"
    "```js\n"
    "useEffect(() => {\n"
    "  api.load(id).then((item) => setItem(item));\n"
    "}, [id]);\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "```js\n"
    "useEffect(() => {\n"
    "  let ignore = false;\n"
    "  api.load(id).then((item) => {\n"
    "    if (!ignore) setItem(item);\n"
    "  });\n"
    "  return () => {\n"
    "    ignore = true;\n"
    "  };\n"
    "}, [id]);\n"
    "```\n"
    "or an `AbortController`, or a generation counter.\n";

enum { CONDITION_DEPTH = 8, CHAIN_LIMIT = 8, REQUEST_LIMIT = 64 };

static const char *const TYPING_EVENTS[] = {"input", "change", "keyup", "keydown", "search", NULL};

static const Function *function_of(const RuleRun *run, FunctionId id) {
  return module_function(run->file->module, id);
}

// --- what runs again while an older run still waits

static bool is_typing_listener(RuleRun *run, FunctionId id, const Instruction *call) {
  if (call->op != OP_CALL_METHOD || strcmp(symbol_text(run->file->module->symbols, call->b), "addEventListener") != 0)
    return false;
  uint32_t count;
  const Operand *args = instruction_args(run->file->module, call, &count);
  Site name = count ? code_source(run, id, args[0].value) : (Site){0, CODE_NONE};
  if (name.index == CODE_NONE)
    return false;
  const char *event = symbol_text(run->file->module->symbols, code_at(run, name.function, name.index)->a);
  for (const char *const *typing = TYPING_EVENTS; *typing; typing++)
    if (strcmp(event, *typing) == 0)
      return true;
  return false;
}

// An effect that depends on nothing: `useEffect(…, [])`.
static bool runs_once(RuleRun *run, FunctionId id, const Instruction *call) {
  Value dependencies = code_argument(run, call, 1, NULL);
  Site made = dependencies ? code_source(run, id, dependencies) : (Site){0, CODE_NONE};
  if (made.index == CODE_NONE)
    return false;
  const Instruction *list = code_at(run, made.function, made.index);
  return list->op == OP_MAKE && list->detail == MAKE_LIST && list->c == 0;
}

static bool starts_again(RuleRun *run, const Edge *edge) {
  if (edge->kind != EDGE_HANDLER)
    return false;
  const Instruction *call = code_at(run, edge->caller, edge->instruction);
  if (call->op != OP_CALL && call->op != OP_CALL_METHOD)
    return false;
  const Model *model = values_model(run->file->values, edge->caller, call, NULL);
  if (model && model->kind == MODEL_EFFECT)
    return !runs_once(run, edge->caller, call);
  return is_typing_listener(run, edge->caller, call);
}

// React's class components load anew when their properties change.
static bool is_update_hook(const RuleRun *run, FunctionId id) {
  const char *name = symbol_text(run->file->module->symbols, function_of(run, id)->name);
  return function_of(run, id)->class_id && strcmp(name, "componentDidUpdate") == 0;
}

// A handler that reads what was typed: `event.target.value`. The value; 0 for none.
static Value typed_value(const RuleRun *run, FunctionId id) {
  const Function *function = function_of(run, id);
  Value target = 0;
  if (!function->parameters.count)
    return 0;
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *get = &function->code.items[i];
    if (get->op != OP_GET_FIELD)
      continue;
    const char *name = symbol_text(run->file->module->symbols, get->b);
    bool of_event = get->a == function->parameters.items[0].value;
    if (of_event && (strcmp(name, "target") == 0 || strcmp(name, "currentTarget") == 0))
      target = get->result;
    if (target && get->a == target && strcmp(name, "value") == 0)
      return get->result;
  }
  return 0;
}

// Effects and such handlers, and all that they call or start.
static bool *find_repeated(RuleRun *run) {
  bool *repeated = ARENA_ARRAY(run->file->arena, bool, run->file->module->functions.count);
  for (uint32_t i = 0; i < run->graph->count; i++)
    if (starts_again(run, &run->graph->edges[i]))
      repeated[run->graph->edges[i].callee.function] = true;
  for (FunctionId id = 1; id < run->file->module->functions.count; id++)
    if (is_update_hook(run, id))
      repeated[id] = true;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 0; i < run->graph->count; i++) {
      const Edge *edge = &run->graph->edges[i];
      if (!repeated[edge->caller] || repeated[edge->callee.function])
        continue;
      repeated[edge->callee.function] = changed = true;
    }
  }
  return repeated;
}

// --- stores of what came late

static bool on_receiver(const RuleRun *run, FunctionId id, Value object) {
  const ValueSet *set = values_of(run->file->values, id, object);
  return set->count == 1 && abstract_kind(set->items[0]) == ABSTRACT_SELF;
}

static bool is_setter(const RuleRun *run, FunctionId id, Value value) {
  const Instruction *load = values_source(run->file->values, id, value);
  return load && load->op == OP_LOAD && run->file->state_of[load->a];
}

// Whether the instruction keeps a value of the slice where later code finds it.
static bool stores(RuleRun *run, FunctionId id, const Slice *slice, const Instruction *instruction) {
  Location places[VALUE_SET_LIMIT];
  uint32_t count;
  switch (instruction->op) {
  case OP_STORE: {
    const Variable *variable = module_variable(run->file->module, instruction->a);
    return slice->values[instruction->b] && (variable->kind == VARIABLE_MODULE || variable->owner != id);
  }
  case OP_SET_FIELD:
    return slice->values[instruction->c] && values_locations(run->file->values, id, instruction->a, places);
  case OP_CALL_METHOD: // a class component's
    return strcmp(symbol_text(run->file->module->symbols, instruction->b), "setState") == 0 &&
           on_receiver(run, id, instruction->a) && code_slice_feeds(run, slice, instruction);
  case OP_CALL: {
    const Operand *args = instruction_args(run->file->module, instruction, &count);
    return count && is_setter(run, id, instruction->a) && slice->values[args[0].value];
  }
  default:
    return false;
  }
}

// Whether a condition looks at anything but the answer itself: only that can tell whether the answer is still wanted.
static bool looks_elsewhere(RuleRun *run, const Slice *answer, Value condition, unsigned depth) {
  if (!depth)
    return true;
  uint32_t index = values_definition(run->file->values, answer->function, condition), count;
  if (index == UINT32_MAX)
    return !answer->values[condition];
  const Instruction *made = code_at(run, answer->function, index);
  const Operand *args = instruction_args(run->file->module, made, &count);
  switch (made->op) {
  case OP_CONST:
    return false;
  case OP_MOVE:
    return looks_elsewhere(run, answer, made->a, depth - 1);
  case OP_COMPUTE:
    for (uint32_t i = 0; i < count; i++)
      if (looks_elsewhere(run, answer, args[i].value, depth - 1))
        return true;
    return false;
  default:
    return !answer->values[condition];
  }
}

// Whether a test made after `from` decides whether `to` runs.
static bool is_checked(RuleRun *run, const Slice *answer, uint32_t from, uint32_t to) {
  const Cfg *cfg = run->file->cfgs[answer->function];
  const Function *function = function_of(run, answer->function);
  BlockId target = code_block(run, answer->function, to);
  for (BlockId branch = 1; cfg && branch < function->blocks.count; branch++) {
    const Block *block = &function->blocks.items[branch];
    uint32_t last = block->first + block->count - 1;
    if (last > from && last < to && function->code.items[last].op == OP_BRANCH &&
        cfg_controls(cfg, branch, target) != CONTROL_NONE &&
        looks_elsewhere(run, answer, function->code.items[last].a, CONDITION_DEPTH))
      return true;
  }
  return !cfg;
}

// Whether the request can be cancelled: it is given a signal.
static bool has_signal(RuleRun *run, FunctionId id, Value awaited) {
  Site source = code_source(run, id, awaited);
  if (source.index == CODE_NONE)
    return false;
  uint32_t count, fields;
  const Operand *args = instruction_args(run->file->module, code_at(run, source.function, source.index), &count);
  for (uint32_t i = 0; i < count; i++) {
    if (strstr(code_name(run, source.function, args[i].value), "signal"))
      return true;
    Site made = code_source(run, source.function, args[i].value);
    if (made.index == CODE_NONE)
      continue;
    if (strstr(code_display(run, source.function, args[i].value), "signal"))
      return true;
    const Operand *options = instruction_args(run->file->module, code_at(run, made.function, made.index), &fields);
    for (uint32_t f = 0; f < fields; f++)
      if (options[f].name && strcmp(symbol_text(run->file->module->symbols, options[f].name), "signal") == 0)
        return true;
  }
  return false;
}

// What is stored to: the variable, the field, or what the setter is called.
static const char *stored_name(RuleRun *run, FunctionId id, const Instruction *store) {
  const char *object = store->op == OP_STORE ? "" : code_display(run, id, store->a);
  switch (store->op) {
  case OP_STORE:
    return symbol_text(run->file->module->symbols, module_variable(run->file->module, store->a)->name);
  case OP_SET_FIELD:
    return arena_printf(run->file->arena, "%s%s%s", object, *object ? "." : "",
                        symbol_text(run->file->module->symbols, store->b));
  default:
    return object;
  }
}

static void report(RuleRun *run, FunctionId id, Span request, Span store, const char *name) {
  Candidate candidate = {.function = id, .origin = id, .first = request, .suspension = request, .second = store};
  Report *report =
      rule_report(run, &candidate, EVIDENCE_OUTSIDE, store,
                  "the answer to the request on line %u is stored without a check that it is still wanted: a later "
                  "run of `%s` may have stored a newer one already",
                  rule_line(run, request), rule_function(run, id));
  report->finding.variable = name;
  report->covers = true;
  rule_place(run, report, PLACE_SUSPENSION, request, "answers may arrive in any order");
  rule_step(run, report, 0, request, "asks");
  rule_step(run, report, 1, request, "asks for something newer");
  rule_step(run, report, 1, store, "stores the newer answer");
  rule_step(run, report, 0, store, "stores the older answer over it");
}

typedef enum Fate { FATE_NOT_STORED, FATE_CHECKED, FATE_REPORTED } Fate;

// What becomes of the answer behind `from`; its first unchecked store is reported.
static Fate check_after(RuleRun *run, const Slice *slice, uint32_t from, Span request) {
  const Function *function = function_of(run, slice->function);
  Fate fate = FATE_NOT_STORED;
  for (uint32_t i = from; i < function->code.count; i++) {
    if (!stores(run, slice->function, slice, &function->code.items[i]))
      continue;
    fate = FATE_CHECKED;
    if (is_checked(run, slice, from ? from - 1 : 0, i))
      continue;
    report(run, slice->function, request, function->code.items[i].span,
           stored_name(run, slice->function, &function->code.items[i]));
    return FATE_REPORTED;
  }
  return fate;
}

// Where the answer is checked, a failure that comes too late must be, too.
static Fate check_failure(RuleRun *run, FunctionId id, uint32_t await) {
  const Function *function = function_of(run, id);
  BlockId handler = function->blocks.items[code_block(run, id, await)].handler;
  if (!handler)
    return FATE_NOT_STORED;
  uint32_t first = function->blocks.items[handler].first;
  if (first <= await || function->code.items[first].op != OP_CATCH)
    return FATE_NOT_STORED;
  Slice caught = code_slice(run, id, first);
  return check_after(run, &caught, first + 1, code_at(run, id, await)->span);
}

static void check_repeated(RuleRun *run, FunctionId id) {
  const Function *function = function_of(run, id);
  uint32_t requests = 0;
  for (uint32_t i = 0; requests < REQUEST_LIMIT && i < function->code.count; i++) {
    const Instruction *await = &function->code.items[i];
    if (await->op != OP_AWAIT || has_signal(run, id, await->a))
      continue;
    requests++;
    Slice slice = code_slice(run, id, i);
    Fate fate = check_after(run, &slice, i + 1, await->span);
    if (fate == FATE_CHECKED)
      fate = check_failure(run, id, i);
    if (fate == FATE_REPORTED)
      return;
  }
}

// A handler that asks for what was typed.
static void check_typing(RuleRun *run, FunctionId id, Value typed) {
  const Function *function = function_of(run, id);
  Slice asked = code_slice_of_value(run, id, typed);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *await = &function->code.items[i];
    if (await->op != OP_AWAIT || !asked.values[await->a])
      continue;
    check_repeated(run, id);
    return;
  }
}

// --- chains of continuations

static bool is_continuation(const RuleRun *run, const Instruction *call, const char *name) {
  return call->op == OP_CALL_METHOD && strcmp(symbol_text(run->file->module->symbols, call->b), name) == 0;
}

// The request that a chain of `.then`, `.catch` and `.finally` begins with, as a value.
static Value request_of(RuleRun *run, FunctionId id, Value value, bool *signal) {
  for (unsigned steps = 0; steps < CHAIN_LIMIT; steps++) {
    *signal |= has_signal(run, id, value);
    uint32_t index = values_definition(run->file->values, id, value);
    if (index == UINT32_MAX)
      return value;
    const Instruction *call = code_at(run, id, index);
    if (!is_continuation(run, call, "then") && !is_continuation(run, call, "catch") &&
        !is_continuation(run, call, "finally"))
      return value;
    value = call->a;
  }
  return value;
}

static Fate check_callback(RuleRun *run, FunctionId id, const Instruction *call, Value callback) {
  if (is_setter(run, id, callback)) {
    report(run, id, call->span, call->span, code_display(run, id, callback));
    return FATE_REPORTED;
  }
  Callees callees = code_functions(run, id, callback);
  Fate fate = FATE_NOT_STORED;
  for (uint32_t c = 0; c < callees.count && fate != FATE_REPORTED; c++) {
    const Function *function = function_of(run, callees.items[c].function);
    if (!function->parameters.count)
      continue;
    Slice slice = code_slice_of_value(run, callees.items[c].function, function->parameters.items[0].value);
    Fate found = check_after(run, &slice, 0, call->span);
    if (found > fate)
      fate = found;
  }
  return fate;
}

// What becomes of the answers that a function's chains wait for; failures count where an answer is checked.
static void check_chains(RuleRun *run, FunctionId id) {
  const Function *function = function_of(run, id);
  Fate *fates = ARENA_ARRAY(run->file->arena, Fate, function->values.count); // by request
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    bool then = is_continuation(run, call, "then"), signal = false;
    if (!then && !is_continuation(run, call, "catch"))
      continue;
    Value request = request_of(run, id, call->a, &signal);
    uint32_t count;
    const Operand *args = instruction_args(run->file->module, call, &count);
    for (uint32_t a = 0; a < count && !signal; a++) {
      bool failure = !then || a > 0;
      if (fates[request] == FATE_REPORTED || (failure && fates[request] != FATE_CHECKED))
        continue;
      Fate fate = check_callback(run, id, call, args[a].value);
      if (fate > fates[request])
        fates[request] = fate;
    }
  }
}

// --- store methods: a key before the request, the result after it

static bool is_parameter(const Function *function, Value value) {
  for (uint32_t i = 0; i < function->parameters.count; i++)
    if (function->parameters.items[i].value == value)
      return true;
  return false;
}

// The write of a parameter to a field of the receiver, before `end`; CODE_NONE for none. `*key` is the parameter.
static uint32_t key_write(const RuleRun *run, FunctionId id, uint32_t end, Value *key) {
  const Function *function = function_of(run, id);
  for (uint32_t i = 0; i < end; i++) {
    const Instruction *write = &function->code.items[i];
    if (write->op != OP_SET_FIELD || !is_parameter(function, write->c) || !on_receiver(run, id, write->a))
      continue;
    *key = write->c;
    return i;
  }
  return CODE_NONE;
}

static void check_store_method(RuleRun *run, FunctionId id) {
  const Function *function = function_of(run, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *await = &function->code.items[i];
    Value key = 0;
    if (await->op != OP_AWAIT || key_write(run, id, i, &key) == CODE_NONE)
      continue;
    uint32_t request = values_definition(run->file->values, id, await->a);
    Slice asked = code_slice_of_value(run, id, key);
    if (request == UINT32_MAX || !code_slice_feeds(run, &asked, &function->code.items[request]))
      continue;
    if (has_signal(run, id, await->a))
      continue;
    Slice slice = code_slice(run, id, i);
    for (uint32_t s = i + 1; s < function->code.count; s++) {
      const Instruction *store = &function->code.items[s];
      if (store->op != OP_SET_FIELD || !slice.values[store->c] || !on_receiver(run, id, store->a))
        continue;
      if (is_checked(run, &slice, i, s))
        continue;
      report(run, id, await->span, store->span, stored_name(run, id, store));
      return;
    }
  }
}

static void check(RuleRun *run) {
  if (!run->file->module->traits.call_starts_async)
    return;
  const bool *repeated = find_repeated(run);
  for (FunctionId id = 1; id < run->file->module->functions.count; id++) {
    const Function *function = function_of(run, id);
    bool async = function->flags & FUNCTION_ASYNC;
    Value typed = async && !repeated[id] ? typed_value(run, id) : 0;
    if (repeated[id])
      check_chains(run, id);
    if (repeated[id] && async)
      check_repeated(run, id);
    else if (typed)
      check_typing(run, id, typed);
    else if (async && values_class_of(run->file->values, id))
      check_store_method(run, id);
  }
}

const Rule stale_response_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
