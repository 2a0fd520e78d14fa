#include "effects.h"

static bool only_reads(const FlowFile *file, FunctionId id) {
  const Summary *summary = &file->summaries[id];
  if (!summary->solved || summary->truncated)
    return false;
  if (module_function(file->module, id)->flags & (FUNCTION_ASYNC | FUNCTION_GENERATOR))
    return false;
  for (uint32_t i = 0; i < summary->accesses.count; i++)
    if (summary->accesses.items[i].flags & ACCESS_WRITE)
      return false;
  return true;
}

static bool is_pure_call(const FixRun *run, FunctionId id, const Instruction *call) {
  FlowFile *file = run->rules->file;
  Callees callees = values_callees(file->values, id, call);
  for (uint32_t i = 0; i < callees.count; i++)
    if (!only_reads(file, callees.items[i].function))
      return false;
  if (callees.count)
    return true;
  const Model *model = values_model(file->values, id, call, NULL);
  if (!model)
    return false;
  bool harmless = model->kind == MODEL_PURE || model->kind == MODEL_COPY || model->kind == MODEL_COLLECTION;
  return harmless || (model->kind == MODEL_METHOD && !(model->effects & EFFECT_WRITES));
}

static bool is_call(const Instruction *instruction) {
  return instruction->op == OP_CALL || instruction->op == OP_CALL_METHOD;
}

bool effects_calls_are_pure(const FixRun *run, FunctionId id, Span span) {
  const Function *function = fix_function(run, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (is_call(instruction) && span_holds(span, instruction->span) && !is_pure_call(run, id, instruction))
      return false;
  }
  return true;
}

static bool has_effect(Op op) {
  switch (op) {
  case OP_STORE:
  case OP_SET_FIELD:
  case OP_DELETE_FIELD:
  case OP_SET_ITEM:
  case OP_DELETE_ITEM:
  case OP_AWAIT:
  case OP_YIELD:
  case OP_ENTER:
  case OP_OPAQUE:
    return true;
  default:
    return false;
  }
}

bool effects_is_pure(const FixRun *run, FunctionId id, Span span) {
  const Function *function = fix_function(run, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (span_holds(span, instruction->span) && has_effect((Op)instruction->op))
      return false;
  }
  return effects_calls_are_pure(run, id, span);
}

bool effects_rebinds(const FixRun *run, FunctionId id, Span changes, Span reads) {
  const Function *function = fix_function(run, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    VariableId variable = 0;
    if (!span_holds(changes, instruction->span))
      continue;
    if (instruction->op == OP_STORE)
      variable = instruction->a;
    if (instruction->op == OP_MOVE)
      variable = function->values.items[instruction->result];
    if (!variable)
      continue;
    const char *name = fix_symbol(run, module_variable(fix_module(run), variable)->name);
    if (source_uses(&run->source, reads, name, false))
      return true;
  }
  return false;
}
