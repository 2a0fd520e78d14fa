#include "records.h"
#include <string.h>

enum { CHAIN_LIMIT = 4 };

static const char *text_of(const RuleRun *run, Symbol symbol) {
  return symbol_text(run->file->module->symbols, symbol);
}

static bool starts_with_any(const char *name, const char *const *words) {
  for (; *words; words++)
    if (strncmp(name, *words, strlen(*words)) == 0)
      return true;
  return false;
}

static bool is_one_of(const char *name, const char *const *words) {
  for (; *words; words++)
    if (strcmp(name, *words) == 0)
      return true;
  return false;
}

// The await that gives a record, also through `(await session.execute(query)).scalar_one()`.
static uint32_t await_of(RuleRun *run, FunctionId function, Value record) {
  for (unsigned steps = 0; steps < CHAIN_LIMIT; steps++) {
    Site site = code_source(run, function, record);
    if (site.index == CODE_NONE || site.function != function)
      return CODE_NONE;
    const Instruction *instruction = code_at(run, function, site.index);
    if (instruction->op == OP_AWAIT)
      return site.index;
    if (instruction->op != OP_CALL_METHOD)
      return CODE_NONE;
    record = instruction->a;
  }
  return CODE_NONE;
}

// The call of a library that an await waits for, if it fetches.
static const Instruction *fetch_of(RuleRun *run, FunctionId function, uint32_t await) {
  static const char *const NAMES[] = {"get",  "find",   "fetch",   "first", "load",   "scalar", "one",
                                      "aget", "afirst", "execute", "query", "select", NULL};
  static const char *const NOT[] = {"get_or_create", "findOrCreate", "find_one_and", "findOneAnd", "findByIdAnd", NULL};
  Site site = code_source(run, function, code_at(run, function, await)->a);
  if (site.index == CODE_NONE || site.function != function)
    return NULL;
  const Instruction *call = code_at(run, function, site.index);
  if (call->op != OP_CALL_METHOD || values_callees(run->file->values, function, call).count)
    return NULL;
  const char *name = text_of(run, call->b), *text = code_text(run, function, call->result, NULL);
  bool locked = strstr(text, "for_update") || strstr(text, "FOR UPDATE") || strstr(text, "lock=");
  return starts_with_any(name, NAMES) && !starts_with_any(name, NOT) && !locked ? call : NULL;
}

// Whether what is assigned, or that it is assigned, comes from the field's old value.
static bool relies_on_old(RuleRun *run, FunctionId id, uint32_t await, uint32_t change) {
  const Function *function = module_function(run->file->module, id);
  const Instruction *set = &function->code.items[change];
  for (uint32_t i = await + 1; i < change; i++) {
    const Instruction *get = &function->code.items[i];
    if (get->op != OP_GET_FIELD || get->b != set->b || await_of(run, id, get->a) != await)
      continue;
    Slice slice = code_slice(run, id, i);
    if (slice.values[set->c] || code_slice_decides(run, &slice, i, change))
      return true;
  }
  return false;
}

static bool saves(RuleRun *run, FunctionId function, uint32_t index, uint32_t await, const Instruction *fetch) {
  static const char *const SAVES[] = {"save", "asave", NULL}, *const COMMITS[] = {"commit", "flush", NULL};
  const Instruction *call = code_at(run, function, index);
  if (call->op != OP_CALL_METHOD || !code_is_waited_for(run, function, index))
    return false;
  const char *name = text_of(run, call->b);
  Value saved = call->c ? code_argument(run, call, 0, NULL) : call->a; // `record.save()`, `table.save(record)`
  if (is_one_of(name, SAVES))
    return saved && await_of(run, function, saved) == await;
  return is_one_of(name, COMMITS) &&
         strcmp(code_text(run, function, call->a, NULL), code_text(run, function, fetch->a, NULL)) == 0;
}

static void add_update(RuleRun *run, FunctionId id, uint32_t change, RecordUpdates *updates) {
  const Function *function = module_function(run->file->module, id);
  const Instruction *set = &function->code.items[change];
  uint32_t await = await_of(run, id, set->a);
  const Instruction *fetch = await == CODE_NONE ? NULL : fetch_of(run, id, await);
  if (!fetch || !relies_on_old(run, id, await, change))
    return;
  for (uint32_t i = change + 1; i < function->code.count; i++) {
    if (!saves(run, id, i, await, fetch) || !code_leads(run, id, change, i))
      continue;
    const char *name = arena_printf(run->file->arena, "%s.%s", code_display(run, id, set->a), text_of(run, set->b));
    array_push(run->file->arena, &updates->all, ((RecordUpdate){await, change, i, name}));
    return;
  }
}

RecordUpdates records_of(RuleRun *run, FunctionId id) {
  RecordUpdates updates = {0};
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; function->flags & FUNCTION_ASYNC && i < function->code.count; i++)
    if (function->code.items[i].op == OP_SET_FIELD)
      add_update(run, id, i, &updates);
  return updates;
}
