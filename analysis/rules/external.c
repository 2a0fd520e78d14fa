#include "external.h"
#include <string.h>

enum { CALL_DEPTH = 2, OPERATION_LIMIT = 64, CALLEE_SIZE = 600 };
enum { OPERATIONS = RESOURCE_TEST | RESOURCE_READ | RESOURCE_WRITE | RESOURCE_REMOVE | RESOURCE_OPEN | RESOURCE_SAVE };

struct External {
  RuleRun *run;
  bool *acts; // by function: it or a callee has an operation
  bool removes;
};

static const Module *module_of(const External *external) {
  return external->run->file->module;
}

static const Resource *operation_row(const External *external, FunctionId function, const Instruction *call) {
  const Resource *row = code_is_call(call) ? code_resource(external->run, function, call) : NULL;
  return row && row->uses & OPERATIONS ? row : NULL;
}

External *external_new(RuleRun *run) {
  External *external = ARENA_NEW(run->file->arena, External);
  *external = (External){.run = run, .acts = ARENA_ARRAY(run->file->arena, bool, run->file->module->functions.count)};
  for (uint32_t n = 0; n < run->graph->function_count; n++) {
    FunctionId id = run->graph->bottom_up[n];
    const Function *function = module_function(run->file->module, id);
    for (uint32_t i = 0; i < function->code.count; i++) {
      const Instruction *call = &function->code.items[i];
      const Resource *row = operation_row(external, id, call);
      if (row)
        external->acts[id] = true;
      if (row && row->uses & RESOURCE_REMOVE)
        external->removes = true;
      Callees callees = {0};
      if (code_is_call(call))
        callees = values_callees(run->file->values, id, call);
      for (uint32_t c = 0; c < callees.count; c++)
        external->acts[id] |= external->acts[callees.items[c].function];
    }
  }
  return external;
}

bool external_removes(const External *external) {
  return external->removes;
}

// --- what a call does

// "r", "w", "x" … as an OPEN says it; "r" where it says nothing.
static const char *mode_of(const External *external, FunctionId function, const Instruction *call,
                           const Resource *row) {
  Value mode = code_argument(external->run, call, (uint32_t)(row->key + 1), "mode");
  uint32_t index = mode ? values_definition(external->run->file->values, function, mode) : UINT32_MAX;
  if (index == UINT32_MAX)
    return "r";
  const Instruction *constant = code_at(external->run, function, index);
  return constant->op == OP_CONST && constant->a ? symbol_text(module_of(external)->symbols, constant->a) : "r";
}

static uint32_t uses_of_call(const External *external, FunctionId function, const Instruction *call,
                             const Resource *row) {
  uint32_t uses = row->uses;
  // `table.save(record)` adds it; `record.save()` is a matter of records.h.
  if (uses & RESOURCE_SAVE)
    return call->op == OP_CALL_METHOD && call->c ? RESOURCE_WRITE | RESOURCE_RECORD | RESOURCE_SAVE : 0;
  if (!(uses & RESOURCE_OPEN))
    return uses;
  const char *mode = mode_of(external, function, call, row);
  if (strchr(mode, 'x'))
    return 0;
  return (uses & ~(uint32_t)RESOURCE_OPEN) | (strpbrk(mode, "wa+") ? RESOURCE_WRITE : RESOURCE_READ);
}

// A query is built up from its table: `User.objects.filter(…)` is of `User.objects`.
static Value record_receiver(const External *external, FunctionId function, Value value) {
  static const char *const NAMES[] = {"filter", "exclude", "where", "all", "select_related", "query", "lean"};
  for (uint32_t steps = 0; steps < 8; steps++) {
    Site site = code_source(external->run, function, value);
    if (site.index == CODE_NONE || site.function != function)
      return value;
    const Instruction *call = code_at(external->run, function, site.index);
    bool builds = false;
    for (size_t i = 0; call->op == OP_CALL_METHOD && i < sizeof NAMES / sizeof *NAMES; i++)
      builds |= strcmp(symbol_text(module_of(external)->symbols, call->b), NAMES[i]) == 0;
    if (!builds)
      return value;
    value = call->a;
  }
  return value;
}

static void add_operation(const External *external, Operations *operations, Operation operation) {
  if (operations->all.count < OPERATION_LIMIT)
    array_push(external->run->file->arena, &operations->all, operation);
}

// What to call the thing in a message: its own name, or that of the function that gives it.
static const char *thing_name(const External *external, FunctionId function, Value thing) {
  const char *name = code_display(external->run, function, thing);
  uint32_t index = values_definition(external->run->file->values, function, thing);
  if (*name || index == UINT32_MAX)
    return name;
  const Instruction *call = code_at(external->run, function, index);
  return call->op == OP_CALL_METHOD ? symbol_text(module_of(external)->symbols, call->b) : name;
}

static void add_own(External *external, Operations *operations, FunctionId function, uint32_t index, uint32_t at,
                    const Resource *row, const Bindings *bindings) {
  RuleRun *run = external->run;
  const Instruction *call = code_at(run, function, index);
  uint32_t uses = uses_of_call(external, function, call, row);
  Value key = row->key >= 0 ? code_argument(run, call, (uint32_t)row->key, NULL) : 0;
  bool method = call->op == OP_CALL_METHOD, of_receiver = row->key < 0 || uses & RESOURCE_RECORD;
  if (!uses || (of_receiver ? !method : !key))
    return;
  Value thing = of_receiver ? record_receiver(external, function, call->a) : key;
  Operation operation = {.uses = uses, .index = at, .own = !bindings, .site = {function, index}, .filter = ""};
  operation.awaited = code_is_waited_for(run, function, index);
  // What answers at once is a collection of the program's own.
  if (!operation.awaited && uses & (RESOURCE_STORE | RESOURCE_RECORD))
    return;
  operation.thing = code_text(run, function, thing, bindings);
  operation.name = thing_name(external, function, thing);
  if (uses & RESOURCE_RECORD && key)
    operation.filter = code_text(run, function, key, bindings);
  if (uses & RESOURCE_STORE) {
    operation.thing =
        arena_printf(run->file->arena, "%s @ %s", operation.thing, code_text(run, function, call->a, bindings));
    if (!*operation.name)
      operation.name = code_display(run, function, call->a);
  }
  add_operation(external, operations, operation);
}

// --- through calls

static void collect(External *external, Operations *operations, FunctionId function, const Bindings *bindings,
                    uint32_t at, unsigned depth);

static const char **bind(External *external, FunctionId caller, const Instruction *call, Callee callee,
                         const Bindings *bindings) {
  RuleRun *run = external->run;
  const Function *function = module_function(module_of(external), callee.function);
  const char **parameters = ARENA_ARRAY(run->file->arena, const char *, function->parameters.count);
  bool receiver = callee.receiver && module_of(external)->traits.receiver_is_parameter;
  for (uint32_t i = 0; i < function->parameters.count; i++) {
    const char *name = symbol_text(module_of(external)->symbols, function->parameters.items[i].name);
    Value value =
        i < receiver ? (call->op == OP_CALL_METHOD ? call->a : 0) : code_argument(run, call, i - receiver, name);
    if (value)
      parameters[i] = code_text(run, caller, value, bindings);
  }
  return parameters;
}

static void collect_callee(External *external, Operations *operations, FunctionId caller, uint32_t index, uint32_t at,
                           const Bindings *bindings, unsigned depth) {
  RuleRun *run = external->run;
  const Instruction *call = code_at(run, caller, index);
  Callees callees = values_callees(run->file->values, caller, call);
  for (uint32_t i = 0; depth && i < callees.count; i++) {
    Callee callee = callees.items[i];
    const Function *function = module_function(module_of(external), callee.function);
    if (!external->acts[callee.function] || function->code.count > CALLEE_SIZE)
      continue;
    if (function->flags & FUNCTION_ASYNC && code_awaited_at(run, caller, index) == CODE_NONE)
      continue;
    bool method = call->op == OP_CALL_METHOD && callee.receiver;
    Bindings inner = {method ? code_text(run, caller, call->a, bindings) : NULL,
                      bind(external, caller, call, callee, bindings)};
    collect(external, operations, callee.function, &inner, at, depth - 1);
  }
}

static void collect(External *external, Operations *operations, FunctionId id, const Bindings *bindings, uint32_t at,
                    unsigned depth) {
  const Function *function = module_function(module_of(external), id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    if (!code_is_call(call))
      continue;
    const Resource *row = operation_row(external, id, call);
    if (row)
      add_own(external, operations, id, i, bindings ? at : i, row, bindings);
    else
      collect_callee(external, operations, id, i, bindings ? at : i, bindings, depth);
  }
}

Operations external_operations(External *external, FunctionId function) {
  Operations operations = {0};
  if (external->acts[function])
    collect(external, &operations, function, NULL, 0, CALL_DEPTH);
  return operations;
}
