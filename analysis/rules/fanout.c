#include "fanout.h"
#include <string.h>

enum { DEPTH_LIMIT = 5, NEARBY = 64 };

typedef struct Collector {
  RuleRun *run;
  Units units;
  Unit unit; // what is known so far of those being collected
} Collector;

static const char *text_of(const Collector *collector, Symbol symbol) {
  return symbol_text(collector->run->file->module->symbols, symbol);
}

static const Operand *args_of(const Collector *collector, const Instruction *instruction, uint32_t *count) {
  return instruction_args(collector->run->file->module, instruction, count);
}

static void add_unit(Collector *collector, Site made, Callee callee) {
  Unit unit = collector->unit;
  unit.made = made, unit.callee = callee;
  if (!unit.many) {
    Loop loop = code_loop(collector->run, made.function, made.index);
    bool around_start = made.function == unit.starter && code_loop_holds(loop, unit.start);
    unit.many = loop.head != CODE_NONE && (!unit.gathered || !around_start);
    unit.loop = loop, unit.source = (Site){made.function, loop.head};
  }
  for (uint32_t i = collector->units.all.count; i-- > 0;) {
    const Unit *known = &collector->units.all.items[i];
    if (known->starter != unit.starter || known->start != unit.start)
      break;
    if (known->made.function == made.function && known->made.index == made.index &&
        known->callee.function == callee.function)
      return;
  }
  array_push(collector->run->file->arena, &collector->units.all, unit);
}

static void add_value(Collector *collector, FunctionId function, Value value, unsigned depth);

static bool adds_element(const Collector *collector, const Instruction *call) {
  if (call->op != OP_CALL_METHOD)
    return false;
  const char *name = text_of(collector, call->b);
  return strcmp(name, "append") == 0 || strcmp(name, "push") == 0 || strcmp(name, "add") == 0;
}

// The elements of a collection made at `site`: its own, and those added to it in the same function.
static void add_elements(Collector *collector, Site site, unsigned depth) {
  RuleRun *run = collector->run;
  const Instruction *made = code_at(run, site.function, site.index);
  uint32_t count;
  const Operand *args = args_of(collector, made, &count);
  for (uint32_t i = 0; i < count; i++)
    add_value(collector, site.function, args[i].value, depth);
  const Function *function = module_function(run->file->module, site.function);
  for (uint32_t i = site.index + 1; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    if (!adds_element(collector, call))
      continue;
    Site receiver = code_source(run, site.function, call->a);
    if (receiver.function != site.function || receiver.index != site.index)
      continue;
    args = args_of(collector, call, &count);
    for (uint32_t a = 0; a < count; a++)
      add_value(collector, site.function, args[a].value, depth);
  }
}

// Every element of `source` is given to what `function` holds.
static void add_mapped(Collector *collector, Site call, Value mapper, unsigned depth) {
  RuleRun *run = collector->run;
  Unit before = collector->unit;
  Callees callees = code_functions(run, call.function, mapper);
  collector->unit.many = true, collector->unit.source = call, collector->unit.loop = (Loop){.head = CODE_NONE};
  for (uint32_t c = 0; c < callees.count; c++) {
    const Function *callee = module_function(run->file->module, callees.items[c].function);
    collector->unit.mapped = callee->flags & FUNCTION_ASYNC;
    if (collector->unit.mapped)
      add_unit(collector, call, callees.items[c]);
    for (uint32_t i = 0; !collector->unit.mapped && i < callee->code.count; i++)
      if (callee->code.items[i].op == OP_RETURN && callee->code.items[i].a)
        add_value(collector, callees.items[c].function, callee->code.items[i].a, depth);
  }
  collector->unit = before;
}

static void add_library_call(Collector *collector, Site site, unsigned depth) {
  RuleRun *run = collector->run;
  const Instruction *call = code_at(run, site.function, site.index);
  const Model *model = values_model(run->file->values, site.function, call, NULL);
  uint32_t count;
  const Operand *args = args_of(collector, call, &count);
  const char *path = code_path(run, site.function, call);
  bool python_map = strcmp(path, "map") == 0 && count > 1;
  switch (model ? (ModelKind)model->kind : MODEL_NONE) {
  case MODEL_CALL_NOW:
    if (count)
      add_mapped(collector, site, args[0].value, depth);
    return;
  case MODEL_COLLECTION:
  case MODEL_COPY:
  case MODEL_WAIT:
    if (count)
      add_value(collector, site.function, args[0].value, depth);
    return;
  case MODEL_CALL_LATER: // `.then(…)`: the work is what it is called on
    if (call->op == OP_CALL_METHOD)
      add_value(collector, site.function, call->a, depth);
    return;
  case MODEL_SPAWN:
    return; // a unit of its own
  default:
    break;
  }
  if (python_map)
    add_mapped(collector, site, args[0].value, depth);
  else
    add_unit(collector, site, (Callee){0});
}

static void add_call(Collector *collector, Site site, unsigned depth) {
  RuleRun *run = collector->run;
  const Instruction *call = code_at(run, site.function, site.index);
  Callees callees = values_callees(run->file->values, site.function, call);
  for (uint32_t i = 0; i < callees.count; i++) {
    const Function *callee = module_function(run->file->module, callees.items[i].function);
    if (callee->flags & FUNCTION_GENERATOR)
      continue;
    if (callee->flags & FUNCTION_ASYNC)
      add_unit(collector, site, callees.items[i]);
  }
  if (!callees.count)
    add_library_call(collector, site, depth);
}

static void add_value(Collector *collector, FunctionId function, Value value, unsigned depth) {
  Site site = code_source(collector->run, function, value);
  if (site.index == CODE_NONE || !depth)
    return;
  const Instruction *instruction = code_at(collector->run, site.function, site.index);
  if (instruction->op == OP_MAKE)
    add_elements(collector, site, depth - 1);
  else if (code_is_call(instruction))
    add_call(collector, site, depth - 1);
}

static void add_started_functions(Collector *collector, FunctionId function, Value value) {
  Callees callees = code_functions(collector->run, function, value);
  for (uint32_t i = 0; i < callees.count; i++)
    add_unit(collector, (Site){function, collector->unit.start}, callees.items[i]);
}

static bool starts_tasks(const Collector *collector, FunctionId function, const Instruction *call) {
  if (!code_is_call(call))
    return false;
  const Model *model = values_model(collector->run->file->values, function, call, NULL);
  return model && (model->kind == MODEL_SPAWN || model->kind == MODEL_GATHER || model->kind == MODEL_SPAWN_FUNCTION);
}

// A task runs alone that is awaited before another is started, and after all earlier ones.
static bool runs_alone(const Collector *collector, FunctionId function, uint32_t index) {
  uint32_t await = code_awaited_at(collector->run, function, index);
  if (await == CODE_NONE)
    return false;
  for (uint32_t i = index > NEARBY ? index - NEARBY : 0; i < await; i++) {
    if (i == index || !starts_tasks(collector, function, code_at(collector->run, function, i)))
      continue;
    uint32_t other = code_awaited_at(collector->run, function, i);
    if (i > index || (other != CODE_NONE && other > index))
      return false;
  }
  return true;
}

static void scan_call(Collector *collector, FunctionId function, uint32_t index) {
  const Instruction *call = code_at(collector->run, function, index);
  const Model *model = values_model(collector->run->file->values, function, call, NULL);
  if (!model || values_callees(collector->run->file->values, function, call).count)
    return;
  bool gather = model->kind == MODEL_GATHER;
  if (!gather && model->kind != MODEL_SPAWN && model->kind != MODEL_SPAWN_FUNCTION)
    return;
  if (!gather && runs_alone(collector, function, index))
    return;
  collector->unit = (Unit){.starter = function, .start = index, .gathered = gather, .loop = {.head = CODE_NONE}};
  uint32_t count;
  const Operand *args = args_of(collector, call, &count);
  if (model->kind == MODEL_SPAWN_FUNCTION && count)
    add_started_functions(collector, function, args[0].value);
  for (uint32_t i = 0; i < count; i++)
    if (!args[i].name)
      add_value(collector, function, args[i].value, DEPTH_LIMIT);
}

Units fanout_units(RuleRun *run) {
  Collector collector = {.run = run};
  const Module *module = run->file->module;
  for (FunctionId id = 1; id < module->functions.count; id++) {
    const Function *function = module_function(module, id);
    if (function->flags & FUNCTION_TRUNCATED)
      continue;
    for (uint32_t i = 0; i < function->code.count; i++)
      if (code_is_call(&function->code.items[i]))
        scan_call(&collector, id, i);
  }
  return collector.units;
}

Value fanout_source(RuleRun *run, const Unit *unit) {
  if (!unit->many || unit->source.index == CODE_NONE)
    return 0;
  const Instruction *from = code_at(run, unit->source.function, unit->source.index);
  if (code_is_call(from)) {
    if (from->op == OP_CALL_METHOD)
      return from->a;
    return code_argument(run, from, 1, NULL); // Python's map(f, xs)
  }
  if (from->op != OP_NEXT)
    return 0;
  uint32_t iterate = values_definition(run->file->values, unit->source.function, from->a);
  return iterate == UINT32_MAX ? 0 : code_at(run, unit->source.function, iterate)->a;
}
