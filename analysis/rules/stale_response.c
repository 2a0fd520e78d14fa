#include "code.h"
#include <string.h>

static const char DOCUMENTATION[] =
  "# stale-response\n"
  "\n"
  "## What it does\n"
  "Reports an effect, a watcher, a search-as-you-type handler or a store method that stores the result of a request without\n"
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
  if (name.index == CODE_NONE) return false;
  const char *event = symbol_text(run->file->module->symbols, code_at(run, name.function, name.index)->a);
  for (const char *const *typing = TYPING_EVENTS; *typing; typing++)
    if (strcmp(event, *typing) == 0) return true;
  return false;
}

static bool starts_again(RuleRun *run, const Edge *edge) {
  if (edge->kind != EDGE_HANDLER) return false;
  const Instruction *call = code_at(run, edge->caller, edge->instruction);
  if (call->op != OP_CALL && call->op != OP_CALL_METHOD) return false;
  const Model *model = values_model(run->file->values, edge->caller, call, NULL);
  return (model && model->kind == MODEL_EFFECT) || is_typing_listener(run, edge->caller, call);
}

// Effects and such handlers, and all that they call or start.
static bool *find_repeated(RuleRun *run) {
  bool *repeated = ARENA_ARRAY(run->file->arena, bool, run->file->module->functions.count);
  for (uint32_t i = 0; i < run->graph->count; i++)
    if (starts_again(run, &run->graph->edges[i])) repeated[run->graph->edges[i].callee.function] = true;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 0; i < run->graph->count; i++) {
      const Edge *edge = &run->graph->edges[i];
      if (!repeated[edge->caller] || repeated[edge->callee.function]) continue;
      repeated[edge->callee.function] = changed = true;
    }
  }
  return repeated;
}

// --- stores of what came late

// Whether the instruction keeps a value of the slice where later code finds it.
static bool stores(RuleRun *run, FunctionId id, const Slice *slice, const Instruction *instruction) {
  Location places[VALUE_SET_LIMIT];
  uint32_t count;
  switch (instruction->op) {
  case OP_STORE: {
    const Variable *variable = module_variable(run->file->module, instruction->a);
    return slice->values[instruction->b] && (variable->kind == VARIABLE_MODULE || variable->owner != id);
  }
  case OP_SET_FIELD: return slice->values[instruction->c] && values_locations(run->file->values, id, instruction->a, places);
  case OP_CALL: {
    const Operand *args = instruction_args(run->file->module, instruction, &count);
    const Instruction *callee = values_source(run->file->values, id, instruction->a);
    return count && callee && callee->op == OP_LOAD && run->file->state_of[callee->a] && slice->values[args[0].value];
  }
  default: return false;
  }
}

// Whether a test made after `from` decides whether `to` runs.
static bool is_checked(RuleRun *run, FunctionId id, uint32_t from, uint32_t to) {
  const Cfg *cfg = run->file->cfgs[id];
  const Function *function = function_of(run, id);
  BlockId target = code_block(run, id, to);
  for (BlockId branch = 1; cfg && branch < function->blocks.count; branch++) {
    const Block *block = &function->blocks.items[branch];
    uint32_t last = block->first + block->count - 1;
    if (last > from && last < to && function->code.items[last].op == OP_BRANCH &&
        cfg_controls(cfg, branch, target) != CONTROL_NONE)
      return true;
  }
  return !cfg;
}

// Whether the request can be cancelled: it is given a signal.
static bool has_signal(RuleRun *run, FunctionId id, Value awaited) {
  Site source = code_source(run, id, awaited);
  if (source.index == CODE_NONE) return false;
  uint32_t count, fields;
  const Operand *args = instruction_args(run->file->module, code_at(run, source.function, source.index), &count);
  for (uint32_t i = 0; i < count; i++) {
    if (strstr(code_name(run, source.function, args[i].value), "signal")) return true;
    Site made = code_source(run, source.function, args[i].value);
    if (made.index == CODE_NONE) continue;
    if (strstr(code_display(run, source.function, args[i].value), "signal")) return true;
    const Operand *options = instruction_args(run->file->module, code_at(run, made.function, made.index), &fields);
    for (uint32_t f = 0; f < fields; f++)
      if (options[f].name && strcmp(symbol_text(run->file->module->symbols, options[f].name), "signal") == 0) return true;
  }
  return false;
}

static void report(RuleRun *run, FunctionId id, Span request, Span store) {
  Candidate candidate = {.function = id, .origin = id, .first = request, .suspension = request, .second = store};
  Report *report = rule_report(run, &candidate, EVIDENCE_OUTSIDE, store,
                               "the answer to the request on line %u is stored without a check that it is still wanted: a later "
                               "run of `%s` may have stored a newer one already",
                               rule_line(run, request), rule_function(run, id));
  report->covers = true;
  rule_place(run, report, PLACE_SUSPENSION, request, "answers may arrive in any order");
  rule_step(run, report, 0, request, "asks");
  rule_step(run, report, 1, request, "asks for something newer");
  rule_step(run, report, 1, store, "stores the newer answer");
  rule_step(run, report, 0, store, "stores the older answer over it");
}

static bool check_after(RuleRun *run, FunctionId id, const Slice *slice, uint32_t from, Span request) {
  const Function *function = function_of(run, id);
  for (uint32_t i = from; i < function->code.count; i++) {
    if (!stores(run, id, slice, &function->code.items[i]) || is_checked(run, id, from, i)) continue;
    report(run, id, request, function->code.items[i].span);
    return true;
  }
  return false;
}

static void check_repeated(RuleRun *run, FunctionId id) {
  const Function *function = function_of(run, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *await = &function->code.items[i];
    if (await->op != OP_AWAIT || has_signal(run, id, await->a)) continue;
    Slice slice = code_slice(run, id, i);
    if (check_after(run, id, &slice, i + 1, await->span)) return;
  }
}

// A continuation stores what its promise gives.
static void check_continuation(RuleRun *run, const Edge *edge) {
  const Instruction *then = code_at(run, edge->caller, edge->instruction);
  FunctionId id = edge->callee.function;
  const Function *function = function_of(run, id);
  bool continues = then->op == OP_CALL_METHOD && strcmp(symbol_text(run->file->module->symbols, then->b), "then") == 0;
  if (!continues || !function->parameters.count || has_signal(run, edge->caller, then->a)) return;
  Slice slice = code_slice_of_value(run, id, function->parameters.items[0].value);
  check_after(run, id, &slice, 0, then->span);
}

// --- store methods: a key before the request, the result after it

static bool is_parameter(const Function *function, Value value) {
  for (uint32_t i = 0; i < function->parameters.count; i++)
    if (function->parameters.items[i].value == value) return true;
  return false;
}

static bool on_receiver(const RuleRun *run, FunctionId id, Value object) {
  const ValueSet *set = values_of(run->file->values, id, object);
  return set->count == 1 && abstract_kind(set->items[0]) == ABSTRACT_SELF;
}

// The write of a parameter to a field of the receiver, before `end`; CODE_NONE for none. `*key` is the parameter.
static uint32_t key_write(const RuleRun *run, FunctionId id, uint32_t end, Value *key) {
  const Function *function = function_of(run, id);
  for (uint32_t i = 0; i < end; i++) {
    const Instruction *write = &function->code.items[i];
    if (write->op != OP_SET_FIELD || !is_parameter(function, write->c) || !on_receiver(run, id, write->a)) continue;
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
    if (await->op != OP_AWAIT || key_write(run, id, i, &key) == CODE_NONE) continue;
    uint32_t request = values_definition(run->file->values, id, await->a);
    Slice asked = code_slice_of_value(run, id, key);
    if (request == UINT32_MAX || !code_slice_feeds(run, &asked, &function->code.items[request])) continue;
    if (has_signal(run, id, await->a)) continue;
    Slice slice = code_slice(run, id, i);
    for (uint32_t s = i + 1; s < function->code.count; s++) {
      const Instruction *store = &function->code.items[s];
      if (store->op != OP_SET_FIELD || !slice.values[store->c] || !on_receiver(run, id, store->a)) continue;
      if (is_checked(run, id, i, s)) continue;
      report(run, id, await->span, store->span);
      return;
    }
  }
}

static void check(RuleRun *run) {
  if (!run->file->module->traits.call_starts_async) return;
  const bool *repeated = find_repeated(run);
  for (FunctionId id = 1; id < run->file->module->functions.count; id++) {
    const Function *function = function_of(run, id);
    if (!(function->flags & FUNCTION_ASYNC)) continue;
    if (repeated[id]) check_repeated(run, id);
    else if (function->class_id || values_class_of(run->file->values, id)) check_store_method(run, id);
  }
  for (uint32_t i = 0; i < run->graph->count; i++)
    if (repeated[run->graph->edges[i].caller] && run->graph->edges[i].kind == EDGE_SPAWN)
      check_continuation(run, &run->graph->edges[i]);
}

const Rule stale_response_rule = {
  .documentation = DOCUMENTATION,
  .check = check,
};
