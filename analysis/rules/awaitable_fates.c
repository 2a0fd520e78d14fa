// What becomes of what a call gives, and how it is told.
#include "awaitable_state.h"
#include <string.h>

enum { NAME_PARTS = 6 };

// --- what becomes of it

// A container of the function that is only ever added to.
static bool is_unread(Awaitables *awaitables, FunctionId function, Value container) {
  const Instruction *made = awaitable_definition(awaitables, function, container);
  if (!made || made->op != OP_MAKE)
    return false;
  UseList uses = uses_of(awaitables_uses(awaitables, function), made->result);
  for (uint32_t i = 0; i < uses.count; i++) {
    const Instruction *use = uses.items[i].instruction;
    if (uses.items[i].field != USE_A)
      return false;
    if (use->op == OP_SET_ITEM)
      continue;
    const Model *model = use->op == OP_CALL_METHOD ? values_model(awaitables->values, function, use, NULL) : NULL;
    if (!model || !(model->effects & EFFECT_ADD) || uses_of(awaitables_uses(awaitables, function), use->result).count)
      return false;
  }
  return uses.complete;
}

static bool is_nothing(Awaitables *awaitables, FunctionId function, const Use *use) {
  const Instruction *instruction = use->instruction;
  switch (instruction->op) {
  case OP_CALL_METHOD: {
    const Model *model = values_model(awaitables->values, function, instruction, NULL);
    return use->field == USE_ARGUMENT && model && model->effects & EFFECT_ADD &&
           is_unread(awaitables, function, instruction->a);
  }
  case OP_SET_ITEM:
    return use->field == USE_C && is_unread(awaitables, function, instruction->a);
  case OP_MAKE:
    return instruction->detail != MAKE_STRING && !use->operand->flags &&
           is_unread(awaitables, function, instruction->result);
  default:
    return false;
  }
}

bool awaitable_is_dropped(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  if (call->flags & INSTRUCTION_DISCARDED)
    return true;
  Uses *names = awaitables_uses(awaitables, function);
  UseList uses = uses_of(names, call->result);
  if (!uses.complete || (!uses.count && !uses_named(names, call->result)))
    return false;
  for (uint32_t i = 0; i < uses.count; i++)
    if (!is_nothing(awaitables, function, &uses.items[i]))
      return false;
  return true;
}

// --- event loops

// The name that a value goes by: of its variable, its field, or the function that gave it.
static Symbol name_of(const Awaitables *awaitables, FunctionId id, Value value) {
  VariableId local = module_function(awaitables->module, id)->values.items[value];
  if (local)
    return module_variable(awaitables->module, local)->name;
  const Instruction *made = awaitable_definition(awaitables, id, value);
  if (made && made->op == OP_CALL)
    made = awaitable_definition(awaitables, id, made->a);
  if (!made)
    return 0;
  if (made->op == OP_LOAD)
    return module_variable(awaitables->module, made->a)->name;
  return made->op == OP_GET_FIELD || made->op == OP_CALL_METHOD ? made->b : 0;
}

bool awaitable_is_loop(Awaitables *awaitables, FunctionId function, Value value) {
  const Symbols *symbols = awaitables->module->symbols;
  if (model_name_is_loop(symbol_text(symbols, name_of(awaitables, function, value))))
    return true;
  const Instruction *made = awaitable_definition(awaitables, function, value);
  return made && model_name_is_loop(symbol_text(symbols, name_of(awaitables, function, made->result)));
}

static bool is_task(const Awaitables *awaitables, FunctionId function, Value value) {
  const Instruction *made = awaitable_definition(awaitables, function, value);
  if (!made || (made->op != OP_CALL && made->op != OP_CALL_METHOD))
    return false;
  const Model *model = values_model(awaitables->values, function, made, NULL);
  return model && model->effects & EFFECT_TASK;
}

bool awaitable_is_callback_dropped(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  Symbol path;
  const Model *model = values_model(awaitables->values, function, call, &path);
  if (!model || !(model->effects & EFFECT_DROPS))
    return false;
  bool of_library = path && strncmp(symbol_text(awaitables->module->symbols, path), "asyncio.", strlen("asyncio."));
  if (call->op != OP_CALL_METHOD || of_library)
    return false; // other loops may await their callbacks
  return awaitable_is_loop(awaitables, function, call->a) || is_task(awaitables, function, call->a);
}

// --- words

static const char *name_of_call(Awaitables *awaitables, FunctionId function, const Instruction *call, unsigned depth);

static const char *name_of_value(Awaitables *awaitables, FunctionId id, Value value, unsigned depth) {
  const Module *module = awaitables->module;
  VariableId local = module_function(module, id)->values.items[value];
  if (local)
    return symbol_text(module->symbols, module_variable(module, local)->name);
  const Instruction *made = depth ? awaitable_definition(awaitables, id, value) : NULL;
  if (!made)
    return "";
  switch (made->op) {
  case OP_LOAD:
    return symbol_text(module->symbols, module_variable(module, made->a)->name);
  case OP_SELF:
    return made->detail != SELF_BASE ? "this" : module->traits.receiver_is_parameter ? "super()" : "super";
  case OP_GET_FIELD: {
    const char *object = name_of_value(awaitables, id, made->a, depth - 1);
    const char *field = symbol_text(module->symbols, made->b);
    return *object ? arena_printf(awaitables->arena, "%s.%s", object, field) : field;
  }
  case OP_CALL:
  case OP_CALL_METHOD: {
    const char *callee = name_of_call(awaitables, id, made, depth - 1);
    return *callee ? arena_printf(awaitables->arena, "%s()", callee) : "";
  }
  default:
    return "";
  }
}

static const char *name_of_call(Awaitables *awaitables, FunctionId function, const Instruction *call, unsigned depth) {
  const char *callee = name_of_value(awaitables, function, call->a, depth);
  if (call->op == OP_CALL)
    return callee;
  const char *method = symbol_text(awaitables->module->symbols, call->b);
  return *callee ? arena_printf(awaitables->arena, "%s.%s", callee, method) : method;
}

const char *awaitable_name(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  return name_of_call(awaitables, function, call, NAME_PARTS);
}

const char *awaitable_words(Awaitables *awaitables, FunctionId function, const Instruction *call) {
  const char *name = awaitable_name(awaitables, function, call);
  return *name ? arena_printf(awaitables->arena, "`%s`", name) : "this call";
}

Report *awaitable_report(RuleRun *run, FunctionId function, Span span, bool certain, const char *variable,
                         const char *message) {
  Candidate candidate = {.function = function, .origin = function, .first = span, .suspension = span, .second = span};
  Report *report = rule_report(run, &candidate, certain ? EVIDENCE_IN_VIEW : EVIDENCE_OUTSIDE, span, "%s", message);
  report->finding.variable = variable;
  return report;
}
