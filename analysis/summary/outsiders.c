// What outsiders may call, and what they share when they do.
#include "contexts_state.h"
#include <string.h>

enum { RETURNED_DEPTH = 8 }; // of objects in returned objects that are looked into

bool contexts_is_public(const Contexts *contexts, FunctionId id) {
  const Module *module = contexts_module(contexts);
  const Function *function = module_function(module, id);
  if (contexts->inner[id])
    return false;
  if (function->flags & (FUNCTION_MODULE | FUNCTION_CONSTRUCTOR | FUNCTION_PRIVATE))
    return false;
  if (module->traits.receiver_is_parameter) {
    bool unlisted = module->has_exports && function->class_id && contexts->graph->into[id] &&
                    !(module_class(module, function->class_id)->flags & CLASS_EXPORTED);
    bool member = !unlisted && (function->class_id || function->parent == 1);
    return member && strcmp(symbol_text(module->symbols, function->name), "main") != 0;
  }
  if (function->class_id)
    return true;
  return function->flags & FUNCTION_EXPORTED;
}

static bool is_dunder(const char *name) {
  size_t length = strlen(name);
  return length > 4 && strncmp(name, "__", 2) == 0 && strcmp(name + length - 2, "__") == 0;
}

// Whether all that the file does with a method is to call it from others of its class.
static bool only_called_within(const Contexts *contexts, FunctionId id) {
  const Edge *edge = contexts->graph->into[id];
  for (; edge; edge = edge->next_into) {
    ClassId caller = values_class_of(contexts->file->values, edge->caller);
    if (edge->kind != EDGE_CALL || caller != module_function(contexts_module(contexts), id)->class_id)
      return false;
  }
  return contexts->graph->into[id] != NULL;
}

// Whether the class is nothing but a context manager: one enters and leaves it, and the rest serves that.
static bool is_only_entered(const Contexts *contexts, ClassId id) {
  const Module *module = contexts_module(contexts);
  const Class *class = module_class(module, id);
  bool entered = false;
  for (uint32_t i = 0; i < class->members.count; i++) {
    const char *name = symbol_text(module->symbols, class->members.items[i].name);
    const Function *member = module_function(module, class->members.items[i].function);
    bool crosses = strcmp(name, "__aenter__") == 0 || strcmp(name, "__aexit__") == 0;
    entered |= crosses;
    if (crosses || member->flags & (FUNCTION_CONSTRUCTOR | FUNCTION_PRIVATE))
      continue;
    if (is_dunder(name) || !only_called_within(contexts, class->members.items[i].function))
      return false;
  }
  return entered;
}

void contexts_find_only_entered(Contexts *contexts) {
  uint32_t count = contexts_module(contexts)->classes.count;
  contexts->only_entered = ARENA_ARRAY(contexts->file->arena, bool, count + 1);
  for (ClassId id = 1; id < count; id++)
    contexts->only_entered[id] = is_only_entered(contexts, id);
}

static uint32_t outside_root(const Contexts *contexts, FunctionId id) {
  const Module *module = contexts_module(contexts);
  const char *name = symbol_text(module->symbols, module_function(module, id)->name);
  if (model_method_is_sequential(name))
    return ROOT_SEQUENTIAL;
  ClassId class = values_class_of(contexts->file->values, id);
  bool of_one_task = values_class_is_sequential(contexts->file->values, class) || contexts->only_entered[class];
  return of_one_task ? ROOT_SEQUENTIAL : ROOT_PUBLIC;
}

// The value that a function returns; of `return self.start().__await__()` the coroutine that is started by it.
static Value returned_value(const Contexts *contexts, FunctionId id, const Instruction *instruction) {
  if (instruction->op != OP_RETURN || !instruction->a)
    return 0;
  const Instruction *made = values_source(contexts->file->values, id, instruction->a);
  bool starts = made && made->op == OP_CALL_METHOD &&
                strcmp(symbol_text(contexts_module(contexts)->symbols, made->b), "__await__") == 0;
  return starts ? made->a : instruction->a;
}

// What a plain function makes and returns, its caller awaits.
static void enter_returned(Contexts *contexts, FunctionId id, uint32_t root) {
  const Function *function = module_function(contexts_module(contexts), id);
  if (function->flags & FUNCTION_ASYNC)
    return;
  for (uint32_t i = 0; i < function->code.count; i++) {
    Value value = returned_value(contexts, id, &function->code.items[i]);
    ValueSet set = value ? *values_of(contexts->file->values, id, value) : (ValueSet){0};
    for (uint32_t v = 0; v < set.count; v++) {
      if (abstract_kind(set.items[v]) != ABSTRACT_COROUTINE)
        continue;
      const CoroutineCall *made = values_coroutine(contexts->file->values, abstract_number(set.items[v]));
      if (made->caller == id)
        contexts_enter(contexts, made->callee.function, root, false);
    }
  }
}

void contexts_add_public_roots(Contexts *contexts) {
  if (contexts->closed)
    return;
  for (FunctionId id = 2; id < contexts_module(contexts)->functions.count; id++) {
    if (!contexts_is_public(contexts, id))
      continue;
    contexts_enter(contexts, id, outside_root(contexts, id), false);
    enter_returned(contexts, id, outside_root(contexts, id));
  }
}

static void mark_functions(const ValueSet *set, bool *handed) {
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_FUNCTION)
      handed[abstract_number(set->items[i])] = true;
}

static void mark_yielded(const Contexts *contexts, FunctionId id, bool *handed) {
  const Function *function = module_function(contexts_module(contexts), id);
  for (uint32_t i = 0; function->flags & FUNCTION_GENERATOR && i < function->code.count; i++) {
    const Instruction *yield = &function->code.items[i];
    if (yield->op == OP_YIELD && yield->a)
      mark_functions(values_of(contexts->file->values, id, yield->a), handed);
  }
}

// The closures that a function returns or yields, alone or in an object, or keeps in the fields of an instance: an
// interface, which may be called again and again. One that is only passed on is called as whoever got it sees fit.
static bool *find_handed_out(const Contexts *contexts) {
  const Values *values = contexts->file->values;
  const Locations *locations = contexts->file->locations;
  uint32_t count = contexts_module(contexts)->functions.count;
  bool *handed = ARENA_ARRAY(contexts->file->arena, bool, count);
  bool *returned = ARENA_ARRAY(contexts->file->arena, bool, values_allocation_count(values));
  for (FunctionId id = 1; id < count; id++) {
    const ValueSet *set = values_returns(values, id);
    mark_functions(set, handed);
    mark_yielded(contexts, id, handed);
    for (uint32_t i = 0; i < set->count; i++)
      if (abstract_kind(set->items[i]) == ABSTRACT_FRESH)
        returned[abstract_number(set->items[i])] = true;
  }
  // What is in what is returned is returned with it.
  bool changed = true;
  for (unsigned depth = 0; changed && depth < RETURNED_DEPTH; depth++) {
    changed = false;
    for (Location location = 1; location < locations_count(locations); location++) {
      const LocationRow *root = location_row(locations, location_root_of(locations, location));
      const ValueSet *set = values_content(values, location);
      for (uint32_t i = 0; root->root == ROOT_ALLOCATION && returned[root->name] && i < set->count; i++) {
        bool *inner = abstract_kind(set->items[i]) == ABSTRACT_FRESH ? &returned[abstract_number(set->items[i])] : NULL;
        if (inner && !*inner)
          *inner = changed = true;
      }
    }
  }
  for (Location location = 1; location < locations_count(locations); location++) {
    const LocationRow *root = location_row(locations, location_root_of(locations, location));
    if (root->root == ROOT_SELF || (root->root == ROOT_ALLOCATION && returned[root->name]))
      mark_functions(values_content(values, location), handed);
  }
  return handed;
}

// A method or a closure that nobody in view calls is called by somebody: a subclass, a framework, whoever it was handed
// to.
void contexts_add_unreached(Contexts *contexts) {
  if (contexts->closed)
    return;
  bool *called = ARENA_ARRAY(contexts->file->arena, bool, contexts_module(contexts)->functions.count);
  for (uint32_t i = 0; i < contexts->graph->count; i++)
    called[contexts->graph->edges[i].callee.function] = true;
  const bool *handed = find_handed_out(contexts);
  for (FunctionId id = 2; id < contexts_module(contexts)->functions.count; id++) {
    const Function *function = module_function(contexts_module(contexts), id);
    bool eligible = (function->class_id || function->parent != 1) && !(function->flags & FUNCTION_CONSTRUCTOR);
    bool interface = function->class_id || handed[id];
    if (eligible && !called[id] && !contexts->entered[id])
      contexts_enter(contexts, id, interface ? outside_root(contexts, id) : ROOT_SEQUENTIAL, false);
  }
}

uint8_t contexts_nesting(const Contexts *contexts, FunctionId function) {
  uint8_t depth = 0;
  for (; function > 1 && depth < UINT8_MAX; depth++)
    function = module_function(contexts_module(contexts), function)->parent;
  return depth;
}

// How deep the innermost function nests that holds both, or is one of them.
static uint8_t common_nesting(const Contexts *contexts, FunctionId a, FunctionId b) {
  uint8_t depth_a = contexts_nesting(contexts, a), depth_b = contexts_nesting(contexts, b);
  for (; depth_a > depth_b; depth_a--)
    a = module_function(contexts_module(contexts), a)->parent;
  for (; depth_b > depth_a; depth_b--)
    b = module_function(contexts_module(contexts), b)->parent;
  for (; a != b && depth_a; depth_a--) {
    a = module_function(contexts_module(contexts), a)->parent;
    b = module_function(contexts_module(contexts), b)->parent;
  }
  return depth_a;
}

// A closure that was handed out shares the activations of the functions around it with whatever else of theirs
// outsiders call; what it calls shares them too, as far as they are around that.
void contexts_find_handed_depths(Contexts *contexts) {
  uint32_t count = contexts_module(contexts)->functions.count;
  contexts->handed_depth = ARENA_ARRAY(contexts->file->arena, uint8_t, count);
  for (FunctionId id = 2; id < count; id++)
    if ((contexts->shared[id] | contexts->owned[id]) & (BIT(ROOT_PUBLIC) | BIT(ROOT_SEQUENTIAL)))
      contexts->handed_depth[id] = contexts_nesting(contexts, module_function(contexts_module(contexts), id)->parent);
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 0; i < contexts->graph->count; i++) {
      const Edge *edge = &contexts->graph->edges[i];
      uint8_t from = contexts->handed_depth[edge->caller], *to = &contexts->handed_depth[edge->callee.function];
      if (edge->kind != EDGE_CALL || from <= *to)
        continue;
      uint8_t common = common_nesting(contexts, edge->caller, edge->callee.function);
      uint8_t depth = common < from ? common : from;
      if (depth > *to)
        *to = depth, changed = true;
    }
  }
}
