#include "javascript_lock.h"
#include "lock_sites.h"
#include <string.h>

// --- chains

bool javascript_chain_plan(const FixRun *run, JavaScriptChain *chain) {
  if (!javascript_place_plan(run, &chain->place))
    return false;
  const char *tail = "tail";
  if (chain->place.beside) {
    const Variable *variable = module_variable(fix_module(run), chain->place.beside);
    tail = arena_printf(run->arena, "%sTail", fix_symbol(run, variable->name));
  }
  chain->tail = javascript_place_name(run, &chain->place, tail);
  chain->helper = javascript_place_name(run, &chain->place, "exclusive");
  return true;
}

const char *javascript_chain_call(const FixRun *run, const JavaScriptChain *chain, FunctionId function) {
  const char *reach = javascript_place_reach(run, &chain->place, function);
  return reach ? arena_printf(run->arena, "%s%s", reach, chain->helper) : NULL;
}

void javascript_chain_make(const FixRun *run, Edits *edits, const JavaScriptChain *chain) {
  const JavaScriptPlace *place = &chain->place;
  const char *self = place->class_id ? "this." : "";
  const char *type = run->source.typescript ? ": Promise<unknown>" : "";
  const char *work = run->source.typescript ? "<T>(work: () => Promise<T>): Promise<T>" : "(work)";
  const char *text = arena_printf(run->arena,
                                  "%s%s%s = Promise.resolve();\n\n"
                                  "\f%s%s%s {\n"
                                  "\f\tconst run = %s%s.then(work);\n"
                                  "\f\t%s%s = run.catch(() => {});\n"
                                  "\f\treturn run;\n"
                                  "\f}",
                                  javascript_place_keyword(place, "let "), chain->tail, type,
                                  javascript_place_keyword(place, "function "), chain->helper, work, self, chain->tail,
                                  self, chain->tail);
  javascript_place_add(run, edits, place, text);
}

// --- locks that the file has

static bool is_async_mutex(const FixRun *run, Location lock) {
  const Values *values = run->rules->file->values;
  const ValueSet *set = values_content(values, lock);
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_FRESH)
      continue;
    const Model *model = values_allocation(values, abstract_number(set->items[i]))->model;
    if (model && strcmp(model->path, "async-mutex.Mutex") == 0)
      return true;
  }
  return false;
}

// Whether the function calls its parameter, or has `then` call it.
static bool runs_its_argument(const FixRun *run, const Function *function) {
  if (function->parameters.count != 1)
    return false;
  const char *name = fix_symbol(run, function->parameters.items[0].name);
  const char *forms[] = {arena_printf(run->arena, "%s(", name), arena_printf(run->arena, "then(%s", name)};
  const char *source = source_copy(&run->source, run->arena, function->span);
  return *name && (strstr(source, forms[0]) || strstr(source, forms[1]));
}

// The function that runs its only argument under the lock.
static FunctionId helper_of(const FixRun *run, Location lock) {
  const CallGraph *graph = run->rules->graph;
  for (uint32_t i = 0; i < graph->count; i++) {
    if (graph->edges[i].lock != lock)
      continue;
    FunctionId id = graph->edges[i].caller;
    while (id && fix_function(run, id)->flags & FUNCTION_LAMBDA)
      id = fix_function(run, id)->parent;
    if (id && runs_its_argument(run, fix_function(run, id)))
      return id;
  }
  return 0;
}

const char *javascript_lock_call(const FixRun *run, Location lock, FunctionId function) {
  const char *name = lock_expression(run, function, lock);
  if (!name)
    return NULL;
  if (is_async_mutex(run, lock))
    return arena_printf(run->arena, "%s.runExclusive", name);
  FunctionId helper = helper_of(run, lock);
  if (!helper)
    return NULL;
  const Function *item = fix_function(run, helper);
  const char *called = fix_symbol(run, item->name);
  return item->flags & FUNCTION_METHOD ? arena_printf(run->arena, "this.%s", called) : called;
}
