#include "locks.h"
#include <string.h>

static const Model *model_of_set(const RuleRun *run, const ValueSet *set) {
  for (uint32_t i = 0; i < set->count; i++) {
    const Model *model = NULL;
    uint32_t number = abstract_number(set->items[i]);
    if (abstract_kind(set->items[i]) == ABSTRACT_TYPED)
      model = models_find(run->file->models, number);
    if (abstract_kind(set->items[i]) == ABSTRACT_FRESH)
      model = values_allocation(run->file->values, number)->model;
    if (!model)
      continue;
    if (model->kind == MODEL_LOCK || model->kind == MODEL_SEMAPHORE || model->kind == MODEL_THREAD_LOCK)
      return model;
  }
  return NULL;
}

const Model *lock_model(const RuleRun *run, FunctionId function, Value value) {
  const Model *model = model_of_set(run, values_of(run->file->values, function, value));
  Location places[VALUE_SET_LIMIT];
  uint32_t count = model ? 0 : values_locations(run->file->values, function, value, places);
  for (uint32_t i = 0; i < count && !model; i++)
    model = model_of_set(run, values_content(run->file->values, places[i]));
  return model;
}

bool lock_is_async(const RuleRun *run, FunctionId function, Value value) {
  const Model *model = lock_model(run, function, value);
  return model && model->kind != MODEL_THREAD_LOCK;
}

bool lock_is_thread(const RuleRun *run, FunctionId function, Value value) {
  const Model *model = lock_model(run, function, value);
  return model && model->kind == MODEL_THREAD_LOCK;
}

const char *lock_text(RuleRun *run, FunctionId function, Value value) {
  Location places[VALUE_SET_LIMIT];
  return values_locations(run->file->values, function, value, places) ? rule_location(run, places[0]) : "the lock";
}

static bool coroutine_suspends(const RuleRun *run, const ValueSet *set) {
  bool known = set->count && !set->open;
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_COROUTINE)
      return true;
    const CoroutineCall *call = values_coroutine(run->file->values, abstract_number(set->items[i]));
    if (run->file->summaries[call->callee.function].may_suspend)
      return true;
  }
  return !known || run->file->module->traits.await_always_suspends;
}

bool lock_instruction_suspends(const RuleRun *run, FunctionId function, const Instruction *instruction) {
  switch (instruction->op) {
  case OP_AWAIT:
    return coroutine_suspends(run, values_of(run->file->values, function, instruction->a));
  case OP_ENTER:
  case OP_NEXT:
    return instruction->flags & INSTRUCTION_ASYNC;
  default:
    return false;
  }
}

uint32_t lock_last_exit(const RuleRun *run, FunctionId function, uint32_t enter) {
  const Function *item = module_function(run->file->module, function);
  uint32_t last = enter;
  for (uint32_t i = enter + 1; i < item->code.count; i++)
    if (item->code.items[i].op == OP_EXIT && item->code.items[i].a == item->code.items[enter].a)
      last = i;
  return last;
}

Span lock_region_end(const RuleRun *run, FunctionId function, uint32_t first, uint32_t last) {
  const Function *item = module_function(run->file->module, function);
  uint32_t end = item->code.items[first].span.end;
  for (uint32_t i = first; i <= last; i++)
    if (item->code.items[i].span.end > end && item->code.items[i].span.end <= item->span.end)
      end = item->code.items[i].span.end;
  return (Span){end, end};
}

bool lock_is_call_on(const RuleRun *run, FunctionId function, const Instruction *call, const char *name, Value lock) {
  if (call->op != OP_CALL_METHOD || strcmp(symbol_text(run->file->module->symbols, call->b), name) != 0)
    return false;
  if (call->a == lock)
    return true;
  Location a[VALUE_SET_LIMIT], b[VALUE_SET_LIMIT];
  return values_locations(run->file->values, function, call->a, a) &&
         values_locations(run->file->values, function, lock, b) && a[0] == b[0];
}
