#include "contexts.h"
#include <string.h>

typedef TaskRoots RootSet;

enum {
  ROOT_PUBLIC = 0,    // all that outsiders may call
  ROOT_MAIN = 1,      // the top level and what `asyncio.run` runs
  ROOT_SEQUENTIAL = 2, // what outsiders may call, but by custom from one task at a time
  ROOT_OVERFLOW = 63, // spawns beyond those that have a number of their own
};

#define BIT(root) ((RootSet)1 << (root))

enum { RETURNED_DEPTH = 8 }; // of objects in returned objects that are looked into

typedef struct Root {
  EdgeKind kind;
  FunctionId spawner;
  FunctionId entry;  // the function that the task begins with; 0 where there are several
  uint32_t group;    // the gather call; the instruction of a lone spawn
  bool many_here;    // the spawner itself starts several
  bool in_turn;      // what the spawner waits for calls it, if often, then one after the other
  bool many;         // several may be alive
  bool many_in_view; // and it does not take an outsider's calls to make them several
  bool joined;       // the spawner waits for it, at `join`
  uint32_t join;     // instruction of the spawner
  uint32_t during;   // the root of what the spawner calls between the start and the wait; 0 for none
  uint32_t receiver; // the allocation that is its receiver, + 1, where the spawner's activation made it; else 0
  bool own_receiver; // each has a receiver of its own
  bool once;         // the one task of the spawner's own object, which starts it or never ends of itself
  bool of_self;      // it is a method of the spawner's own object
  Span span;
} Root;

struct Contexts {
  FlowFile *file;
  const CallGraph *graph;
  Root roots[64];
  uint32_t root_count;
  RootSet *shared; // by function: roots whose tasks share the receiver with others
  RootSet *owned;  // by function: roots whose tasks have a receiver of their own
  LockSet *entry;
  StateSet *entry_states; // by function: by what tests all its calls are decided
  bool *entered; // by function: has a caller or a root
  uint8_t *handed_depth; // by function: how deep the functions nest whose activation outsiders share with it
  bool *inner; // by function: public by its name, but one task of the file is seen to be all that calls it
  bool closed;
};

static const Module *module_of(const Contexts *contexts) {
  return contexts->file->module;
}

// --- is the file a program

static bool calls_run(const Contexts *contexts) {
  for (uint32_t i = 0; i < contexts->graph->count; i++) {
    const Edge *edge = &contexts->graph->edges[i];
    const Function *caller = module_function(module_of(contexts), edge->caller);
    if (edge->kind == EDGE_RUN && !(caller->flags & FUNCTION_ASYNC) && !caller->class_id) return true;
  }
  return false;
}

// A script: nothing exported, and its top level starts something of its own.
static bool is_script(const Contexts *contexts) {
  if (module_of(contexts)->traits.receiver_is_parameter || module_of(contexts)->has_exports) return false;
  return contexts->graph->from[1] != NULL;
}

static bool is_closed(const Contexts *contexts) {
  return module_of(contexts)->main_guard || calls_run(contexts) || is_script(contexts);
}

// --- roots

static bool receiver_is_own(const Contexts *contexts, Abstract receiver) {
  return abstract_kind(receiver) == ABSTRACT_FRESH &&
         !values_allocation(contexts->file->values, abstract_number(receiver))->escapes;
}

// Whether the maker of the receiver makes one for each task.
static bool own_per_task(const Contexts *contexts, const Edge *edge) {
  if (!receiver_is_own(contexts, edge->callee.receiver)) return false;
  const Allocation *made = values_allocation(contexts->file->values, abstract_number(edge->callee.receiver));
  return flow_in_loop(contexts->file, made->function, made->instruction) || !flow_in_loop(contexts->file, edge->maker, edge->made);
}

// The nearest instruction above `at` that gives `value`; NULL where there is none.
static const Instruction *giver_above(const Function *function, uint32_t at, Value value) {
  while (at-- > 0)
    if (function->code.items[at].result == value) return &function->code.items[at];
  return NULL;
}

// Whether the receiver is what a loop iterates: another object each time around.
static bool receiver_is_element(const Contexts *contexts, const Edge *edge) {
  const Function *maker = module_function(module_of(contexts), edge->maker);
  const Instruction *giver = &maker->code.items[edge->made];
  if (giver->op != OP_CALL_METHOD) return false;
  // `for number, item in enumerate(items)` takes the pair apart.
  do
    giver = giver_above(maker, (uint32_t)(giver - maker->code.items), giver->a);
  while (giver && (giver->op == OP_MOVE || giver->op == OP_GET_ITEM));
  return giver && giver->op == OP_NEXT;
}

// Whether an instruction calls the function it is given for every element of something.
static bool repeats(const Contexts *contexts, FunctionId function, uint32_t instruction) {
  const Instruction *call = &module_function(module_of(contexts), function)->code.items[instruction];
  if (call->op != OP_CALL_METHOD && call->op != OP_CALL) return false;
  if (values_callees(contexts->file->values, function, call).count) return false;
  const Model *model = values_model(contexts->file->values, function, call, NULL);
  return model && model->kind == MODEL_CALL_NOW;
}

static void enter(Contexts *contexts, FunctionId function, uint32_t root, bool owned) {
  if (owned)
    contexts->owned[function] |= BIT(root);
  else
    contexts->shared[function] |= BIT(root);
  contexts->entered[function] = true;
}

// --- where a started task is waited for

typedef struct Watched {
  Value items[16];
  uint32_t count;
} Watched;

static bool watches(const Watched *watched, Value value) {
  for (uint32_t i = 0; i < watched->count; i++)
    if (watched->items[i] == value) return true;
  return false;
}

static void watch(Watched *watched, Value value) {
  if (value && watched->count < 16 && !watches(watched, value)) watched->items[watched->count++] = value;
}

// The task goes on living in what it is stored in: a local, a list, a gather.
static void follow(const Contexts *contexts, FunctionId function, const Instruction *instruction, Watched *watched) {
  uint32_t count;
  const Operand *args = instruction_args(module_of(contexts), instruction, &count);
  if (instruction->op == OP_MOVE && watches(watched, instruction->a)) watch(watched, instruction->result);
  for (uint32_t i = 0; i < count; i++) {
    if (!watches(watched, args[i].value)) continue;
    const Model *model = NULL;
    if (instruction->op == OP_CALL || instruction->op == OP_CALL_METHOD)
      model = values_model(contexts->file->values, function, instruction, NULL);
    if (instruction->op == OP_MAKE || (model && (model->kind == MODEL_GATHER || model->kind == MODEL_WAIT)))
      watch(watched, instruction->result);
    else if (model && model->kind == MODEL_METHOD && model->effects & EFFECT_ADD)
      watch(watched, instruction->a);
  }
}

static const Allocation *task_group_of(const Contexts *contexts, FunctionId function, Value value) {
  const ValueSet *set = values_of(contexts->file->values, function, value);
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_FRESH) continue;
    const Allocation *made = values_allocation(contexts->file->values, abstract_number(set->items[i]));
    if (made->model && made->model->kind == MODEL_TASK_GROUP && made->function == function) return made;
  }
  return NULL;
}

// The instruction at which the spawner waits for what it starts at `start`; 0 where it does not.
static uint32_t find_join(const Contexts *contexts, FunctionId spawner, uint32_t start) {
  const Function *function = module_function(module_of(contexts), spawner);
  const Instruction *spawn = &function->code.items[start];
  const Allocation *group = spawn->op == OP_CALL_METHOD ? task_group_of(contexts, spawner, spawn->a) : NULL;
  Watched watched = {{spawn->result}, 1};
  uint32_t join = 0;
  for (uint32_t i = start + 1; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (group && instruction->op == OP_EXIT && task_group_of(contexts, spawner, instruction->a) == group) join = i;
    if (group) continue;
    if (instruction->op == OP_AWAIT && watches(&watched, instruction->a)) return i;
    follow(contexts, spawner, instruction, &watched);
  }
  return join;
}

// Whether what calls the function back does so for one event after the other.
static bool is_called_in_turn(const Contexts *contexts, const Edge *edge) {
  const Function *callee = module_function(module_of(contexts), edge->callee.function);
  if (model_method_is_sequential(symbol_text(module_of(contexts)->symbols, callee->name))) return true;
  const Instruction *call = &module_function(module_of(contexts), edge->caller)->code.items[edge->instruction];
  if (edge->kind != EDGE_HANDLER || (call->op != OP_CALL && call->op != OP_CALL_METHOD)) return false;
  const Model *model = values_model(contexts->file->values, edge->caller, call, NULL);
  return model && model->effects & EFFECT_IN_TURN;
}

// Whether the function gets into a loop that nothing but an exception ends: the body of a task.
static bool is_endless(const Contexts *contexts, FunctionId id) {
  const Function *function = module_function(module_of(contexts), id);
  const Cfg *cfg = contexts->file->cfgs[id];
  if (!cfg || !(function->flags & FUNCTION_ASYNC) || function->flags & FUNCTION_GENERATOR) return false;
  return cfg_is_endless(cfg);
}

// Whether an edge is all that leads to a function, and starts it as a task of the object itself.
static bool is_only_start(const Contexts *contexts, const Edge *edge) {
  bool starts = edge->kind == EDGE_SPAWN || edge->kind == EDGE_CALLBACK;
  bool alone = contexts->graph->into[edge->callee.function] == edge && !edge->next_into;
  return starts && alone && abstract_kind(edge->callee.receiver) == ABSTRACT_SELF &&
         !flow_in_loop(contexts->file, edge->maker, edge->made) && is_endless(contexts, edge->callee.function);
}

static bool starts_by_name(const Contexts *contexts, FunctionId id) {
  const Function *function = module_function(module_of(contexts), id);
  return function->class_id && (function->flags & FUNCTION_CONSTRUCTOR ||
                                model_method_starts(symbol_text(module_of(contexts)->symbols, function->name)));
}

// Whether what starts the object hands out another method of it that starts it, to be run once: `sync(self.loop, self._start)`.
static bool hands_out_start(const Contexts *contexts, const Edge *edge) {
  return edge->kind == EDGE_CALLBACK && abstract_kind(edge->callee.receiver) == ABSTRACT_SELF &&
         starts_by_name(contexts, edge->caller) && starts_by_name(contexts, edge->callee.function) &&
         module_function(module_of(contexts), edge->callee.function)->flags & FUNCTION_PRIVATE;
}

static uint32_t add_root(Contexts *contexts, const Edge *edge) {
  if (contexts->root_count >= ROOT_OVERFLOW) return ROOT_OVERFLOW;
  const Function *maker = module_function(module_of(contexts), edge->maker);
  bool in_turn = is_called_in_turn(contexts, edge);
  uint32_t join = edge->kind == EDGE_SPAWN || edge->kind == EDGE_GATHER || edge->kind == EDGE_CALLBACK
                    ? find_join(contexts, edge->caller, edge->instruction)
                    : 0;
  bool endless = is_only_start(contexts, edge), start = hands_out_start(contexts, edge);
  bool many = flow_in_loop(contexts->file, edge->maker, edge->made) || repeats(contexts, edge->maker, edge->made) ||
              ((edge->kind == EDGE_HANDLER || edge->kind == EDGE_CALLBACK) && !in_turn && !endless && !start);
  // A coroutine made by a helper: the spawner may call the helper again and again.
  const Edge *call = edge->maker == edge->caller ? NULL : contexts->graph->into[edge->maker];
  for (; call && !many; call = call->next_into) {
    if (call->kind != EDGE_CALL) continue;
    many = flow_in_loop(contexts->file, call->caller, call->instruction) || repeats(contexts, call->caller, call->instruction);
  }
  contexts->roots[contexts->root_count] = (Root){
    .kind = edge->kind,
    .spawner = edge->caller,
    .entry = edge->callee.function,
    .group = edge->instruction,
    .many_here = many,
    .once = endless || start,
    .in_turn = edge->kind == EDGE_CALLBACK && join,
    .join = join,
    .receiver = receiver_is_own(contexts, edge->callee.receiver) ? abstract_number(edge->callee.receiver) + 1 : 0,
    .of_self = abstract_kind(edge->callee.receiver) == ABSTRACT_SELF && (edge->kind == EDGE_SPAWN || endless),
    .own_receiver = own_per_task(contexts, edge) || receiver_is_element(contexts, edge),
    .span = maker->code.items[edge->made].span,
  };
  contexts->roots[contexts->root_count].joined = contexts->roots[contexts->root_count].join != 0;
  return contexts->root_count++;
}

// What the spawner calls while the task may be alive is a task beside it.
static void add_during(Contexts *contexts) {
  uint32_t spawned = contexts->root_count;
  for (uint32_t r = 3; r < spawned; r++) {
    Root *root = &contexts->roots[r];
    if (!root->joined) continue;
    for (const Edge *call = contexts->graph->from[root->spawner]; call; call = call->next_from) {
      if (call->kind != EDGE_CALL) continue;
      if (call->instruction <= root->group || call->instruction >= root->join) continue;
      if (!root->during && contexts->root_count < ROOT_OVERFLOW) {
        root->during = contexts->root_count++;
        contexts->roots[root->during] =
          (Root){.kind = EDGE_RUN, .spawner = root->spawner, .group = root->group, .join = root->join};
      }
      if (root->during) enter(contexts, call->callee.function, root->during, receiver_is_own(contexts, call->callee.receiver));
    }
  }
}

static bool is_public(const Contexts *contexts, FunctionId id) {
  const Module *module = module_of(contexts);
  const Function *function = module_function(module, id);
  if (contexts->inner[id]) return false;
  if (function->flags & (FUNCTION_MODULE | FUNCTION_CONSTRUCTOR | FUNCTION_PRIVATE)) return false;
  if (module->traits.receiver_is_parameter) {
    bool unlisted = module->has_exports && function->class_id && contexts->graph->into[id] &&
                    !(module_class(module, function->class_id)->flags & CLASS_EXPORTED);
    bool member = !unlisted && (function->class_id || function->parent == 1);
    return member && strcmp(symbol_text(module->symbols, function->name), "main") != 0;
  }
  if (function->class_id) return true;
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
    if (edge->kind != EDGE_CALL || caller != module_function(module_of(contexts), id)->class_id) return false;
  }
  return contexts->graph->into[id] != NULL;
}

// Whether the class is nothing but a context manager: one enters and leaves it, and the rest serves that.
static bool is_only_entered(const Contexts *contexts, ClassId id) {
  const Module *module = module_of(contexts);
  const Class *class = id ? module_class(module, id) : NULL;
  bool entered = false;
  for (uint32_t i = 0; class && i < class->members.count; i++) {
    const char *name = symbol_text(module->symbols, class->members.items[i].name);
    const Function *member = module_function(module, class->members.items[i].function);
    bool crosses = strcmp(name, "__aenter__") == 0 || strcmp(name, "__aexit__") == 0;
    entered |= crosses;
    if (crosses || member->flags & (FUNCTION_CONSTRUCTOR | FUNCTION_PRIVATE)) continue;
    if (is_dunder(name) || !only_called_within(contexts, class->members.items[i].function)) return false;
  }
  return entered;
}

static uint32_t outside_root(const Contexts *contexts, FunctionId id) {
  const Module *module = module_of(contexts);
  if (model_method_is_sequential(symbol_text(module->symbols, module_function(module, id)->name))) return ROOT_SEQUENTIAL;
  ClassId class = values_class_of(contexts->file->values, id);
  bool of_one_task = values_class_is_sequential(contexts->file->values, class) || is_only_entered(contexts, class);
  return of_one_task ? ROOT_SEQUENTIAL : ROOT_PUBLIC;
}

// The value that a function returns; of `return self.start().__await__()` the coroutine that is started by it.
static Value returned_value(const Contexts *contexts, FunctionId id, const Instruction *instruction) {
  if (instruction->op != OP_RETURN || !instruction->a) return 0;
  const Instruction *made = values_source(contexts->file->values, id, instruction->a);
  bool starts = made && made->op == OP_CALL_METHOD &&
                strcmp(symbol_text(module_of(contexts)->symbols, made->b), "__await__") == 0;
  return starts ? made->a : instruction->a;
}

// What a plain function makes and returns, its caller awaits.
static void enter_returned(Contexts *contexts, FunctionId id, uint32_t root) {
  const Function *function = module_function(module_of(contexts), id);
  if (function->flags & FUNCTION_ASYNC) return;
  for (uint32_t i = 0; i < function->code.count; i++) {
    Value value = returned_value(contexts, id, &function->code.items[i]);
    ValueSet set = value ? *values_of(contexts->file->values, id, value) : (ValueSet){0};
    for (uint32_t v = 0; v < set.count; v++) {
      if (abstract_kind(set.items[v]) != ABSTRACT_COROUTINE) continue;
      const CoroutineCall *made = values_coroutine(contexts->file->values, abstract_number(set.items[v]));
      if (made->caller == id) enter(contexts, made->callee.function, root, false);
    }
  }
}

static void add_public_roots(Contexts *contexts) {
  if (contexts->closed) return;
  for (FunctionId id = 2; id < module_of(contexts)->functions.count; id++) {
    if (!is_public(contexts, id)) continue;
    enter(contexts, id, outside_root(contexts, id), false);
    enter_returned(contexts, id, outside_root(contexts, id));
  }
}

static void mark_functions(const ValueSet *set, bool *handed) {
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_FUNCTION) handed[abstract_number(set->items[i])] = true;
}

static void mark_yielded(const Contexts *contexts, FunctionId id, bool *handed) {
  const Function *function = module_function(module_of(contexts), id);
  for (uint32_t i = 0; function->flags & FUNCTION_GENERATOR && i < function->code.count; i++) {
    const Instruction *yield = &function->code.items[i];
    if (yield->op == OP_YIELD && yield->a) mark_functions(values_of(contexts->file->values, id, yield->a), handed);
  }
}

// The closures that a function returns or yields, alone or in an object, or keeps in the fields of an instance: an
// interface, which may be called again and again. One that is only passed on is called as whoever got it sees fit.
static bool *find_handed_out(const Contexts *contexts) {
  const Values *values = contexts->file->values;
  const Locations *locations = contexts->file->locations;
  uint32_t count = module_of(contexts)->functions.count;
  bool *handed = ARENA_ARRAY(contexts->file->arena, bool, count);
  bool *returned = ARENA_ARRAY(contexts->file->arena, bool, values_allocation_count(values));
  for (FunctionId id = 1; id < count; id++) {
    const ValueSet *set = values_returns(values, id);
    mark_functions(set, handed);
    mark_yielded(contexts, id, handed);
    for (uint32_t i = 0; i < set->count; i++)
      if (abstract_kind(set->items[i]) == ABSTRACT_FRESH) returned[abstract_number(set->items[i])] = true;
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
        if (inner && !*inner) *inner = changed = true;
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

// A method or a closure that nobody in view calls is called by somebody: a subclass, a framework, whoever it was handed to.
static void add_unreached(Contexts *contexts) {
  if (contexts->closed) return;
  bool *called = ARENA_ARRAY(contexts->file->arena, bool, module_of(contexts)->functions.count);
  for (uint32_t i = 0; i < contexts->graph->count; i++)
    called[contexts->graph->edges[i].callee.function] = true;
  const bool *handed = find_handed_out(contexts);
  for (FunctionId id = 2; id < module_of(contexts)->functions.count; id++) {
    const Function *function = module_function(module_of(contexts), id);
    bool eligible = (function->class_id || function->parent != 1) && !(function->flags & FUNCTION_CONSTRUCTOR);
    bool interface = function->class_id || handed[id];
    if (eligible && !called[id] && !contexts->entered[id])
      enter(contexts, id, interface ? outside_root(contexts, id) : ROOT_SEQUENTIAL, false);
  }
}

static void add_roots(Contexts *contexts) {
  contexts->roots[ROOT_PUBLIC] = (Root){.kind = EDGE_CALLBACK, .many_here = true, .many = true};
  contexts->roots[ROOT_MAIN] = (Root){.kind = EDGE_RUN};
  contexts->roots[ROOT_OVERFLOW] = (Root){.kind = EDGE_SPAWN, .many_here = true, .many = true};
  contexts->roots[ROOT_SEQUENTIAL] = (Root){.kind = EDGE_CALLBACK};
  contexts->root_count = 3;
  enter(contexts, 1, ROOT_MAIN, false);
  add_public_roots(contexts);
  for (uint32_t i = 0; i < contexts->graph->count; i++) {
    const Edge *edge = &contexts->graph->edges[i];
    if (edge->kind == EDGE_CALL) continue;
    bool own = own_per_task(contexts, edge);
    uint32_t root = edge->kind == EDGE_RUN ? ROOT_MAIN : add_root(contexts, edge);
    enter(contexts, edge->callee.function, root, own);
  }
  add_during(contexts);
  add_unreached(contexts);
}

// --- whose activation outsiders share

static uint8_t nesting(const Contexts *contexts, FunctionId function) {
  uint8_t depth = 0;
  for (; function > 1 && depth < UINT8_MAX; depth++)
    function = module_function(module_of(contexts), function)->parent;
  return depth;
}

// How deep the innermost function nests that holds both, or is one of them.
static uint8_t common_nesting(const Contexts *contexts, FunctionId a, FunctionId b) {
  uint8_t depth_a = nesting(contexts, a), depth_b = nesting(contexts, b);
  for (; depth_a > depth_b; depth_a--)
    a = module_function(module_of(contexts), a)->parent;
  for (; depth_b > depth_a; depth_b--)
    b = module_function(module_of(contexts), b)->parent;
  for (; a != b && depth_a; depth_a--) {
    a = module_function(module_of(contexts), a)->parent;
    b = module_function(module_of(contexts), b)->parent;
  }
  return depth_a;
}

// A closure that was handed out shares the activations of the functions around it with whatever else of theirs outsiders
// call; what it calls shares them too, as far as they are around that.
static void find_handed_depths(Contexts *contexts) {
  uint32_t count = module_of(contexts)->functions.count;
  contexts->handed_depth = ARENA_ARRAY(contexts->file->arena, uint8_t, count);
  for (FunctionId id = 2; id < count; id++)
    if ((contexts->shared[id] | contexts->owned[id]) & (BIT(ROOT_PUBLIC) | BIT(ROOT_SEQUENTIAL)))
      contexts->handed_depth[id] = nesting(contexts, module_function(module_of(contexts), id)->parent);
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 0; i < contexts->graph->count; i++) {
      const Edge *edge = &contexts->graph->edges[i];
      uint8_t from = contexts->handed_depth[edge->caller], *to = &contexts->handed_depth[edge->callee.function];
      if (edge->kind != EDGE_CALL || from <= *to) continue;
      uint8_t common = common_nesting(contexts, edge->caller, edge->callee.function);
      uint8_t depth = common < from ? common : from;
      if (depth > *to) *to = depth, changed = true;
    }
  }
}

// --- along the calls

static bool add_all(RootSet *to, RootSet from) {
  RootSet before = *to;
  *to |= from;
  return *to != before;
}

static bool pass_on(Contexts *contexts, const Edge *edge) {
  FunctionId from = edge->caller, to = edge->callee.function;
  RootSet all = contexts->shared[from] | contexts->owned[from];
  bool changed;
  if (receiver_is_own(contexts, edge->callee.receiver)) {
    changed = add_all(&contexts->owned[to], all);
  } else if (abstract_kind(edge->callee.receiver) == ABSTRACT_SELF) {
    changed = add_all(&contexts->shared[to], contexts->shared[from]);
    changed |= add_all(&contexts->owned[to], contexts->owned[from]);
  } else {
    changed = add_all(&contexts->shared[to], all);
  }
  if (all) contexts->entered[to] = true;
  return changed;
}

static void propagate(Contexts *contexts) {
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 0; i < contexts->graph->count; i++)
      if (contexts->graph->edges[i].kind == EDGE_CALL && pass_on(contexts, &contexts->graph->edges[i])) changed = true;
  }
}

// Whether the caller waits for what the call gives before it goes on.
static bool awaited_at_once(const Contexts *contexts, const Edge *edge) {
  const Function *caller = module_function(module_of(contexts), edge->caller);
  const Instruction *call = &caller->code.items[edge->instruction];
  if (call->op == OP_AWAIT) return true;
  for (uint32_t i = edge->instruction + 1; i < caller->code.count && call->result; i++)
    if (caller->code.items[i].op == OP_AWAIT && caller->code.items[i].a == call->result) return true;
  return false;
}

// The functions that one task may have going more than once, because their callers do not wait for what they start.
static bool *find_overlapping(const Contexts *contexts) {
  uint32_t count = module_of(contexts)->functions.count;
  FunctionId *caller = ARENA_ARRAY(contexts->file->arena, FunctionId, count); // by function: the last that called it
  bool *overlapping = ARENA_ARRAY(contexts->file->arena, bool, count);
  for (uint32_t i = 0; i < contexts->graph->count; i++) {
    const Edge *edge = &contexts->graph->edges[i];
    if (edge->kind != EDGE_CALL || awaited_at_once(contexts, edge)) continue;
    bool again = flow_in_loop(contexts->file, edge->caller, edge->instruction) ||
                 repeats(contexts, edge->caller, edge->instruction);
    if (again || caller[edge->callee.function] == edge->caller) overlapping[edge->callee.function] = true;
    caller[edge->callee.function] = edge->caller;
  }
  return overlapping;
}

static RootSet roots_of(const Contexts *contexts, FunctionId function) {
  return contexts->shared[function] | contexts->owned[function];
}

// The roots that are no outsider's calls.
static RootSet in_view(const Contexts *contexts, RootSet set) {
  for (uint32_t r = 0; r < 64; r++)
    if (set >> r & 1 && contexts->roots[r].kind == EDGE_CALLBACK) set &= ~BIT(r);
  return set;
}

// Whether functions that have these roots may run more than once at a time: by the roots in view alone, if asked.
static bool is_many(const Contexts *contexts, RootSet set, bool only_in_view) {
  if (only_in_view) set = in_view(contexts, set);
  bool many = (set & (set - 1)) != 0;
  for (uint32_t r = 0; r < 64 && !many; r++)
    if (set >> r & 1) many = only_in_view ? contexts->roots[r].many_in_view : contexts->roots[r].many;
  return many;
}

// The field that keeps the task of a root; 0 for none.
static Location kept_in(const Contexts *contexts, const Root *root) {
  const Function *spawner = module_function(module_of(contexts), root->spawner);
  for (uint32_t i = root->group + 1; i < spawner->code.count; i++) {
    const Instruction *store = &spawner->code.items[i];
    Location places[VALUE_SET_LIMIT];
    bool keeps = store->op == OP_SET_FIELD && values_source(contexts->file->values, root->spawner, store->c) ==
                                                &spawner->code.items[root->group];
    if (keeps && values_places(contexts->file->values, root->spawner, store, places)) return places[0];
  }
  return 0;
}

// Whether the spawner starts the one task of its own object that a field keeps, by its name once in the object's life.
static bool starts_its_object(const Contexts *contexts, const Root *root) {
  const Function *spawner = module_function(module_of(contexts), root->spawner);
  if (!root->of_self || !spawner->class_id || !kept_in(contexts, root)) return false;
  return starts_by_name(contexts, root->spawner);
}

// A root is many where its spawner may itself run more than once.
static void find_many(Contexts *contexts) {
  const bool *overlapping = find_overlapping(contexts);
  for (uint32_t i = 3; i < contexts->root_count; i++) {
    Root *root = &contexts->roots[i];
    root->many = root->many_in_view = root->many_here || (overlapping[root->spawner] && !root->joined);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 3; i < contexts->root_count; i++) {
      Root *root = &contexts->roots[i];
      RootSet spawner = roots_of(contexts, root->spawner);
      bool once = root->once || starts_its_object(contexts, root);
      if (!root->many && is_many(contexts, spawner, once)) root->many = changed = true;
      if (!root->many_in_view && is_many(contexts, spawner, true)) root->many_in_view = changed = true;
    }
  }
}

// --- locks around a function

static void meet_locks(LockSet *into, bool *known, const LockSet *held) {
  *into = *known ? lock_sets_common(into, held) : *held;
  *known = true;
}

// What the starting of a task claims: the task runs under the claim until somebody writes there again.
static Location claim_of(const Contexts *contexts, const Edge *edge) {
  return edge->kind == EDGE_SPAWN ? contexts->file->claimed_at[edge->maker][edge->made] : 0;
}

// Whether the function gives what a call gives, or what continues it (`return p.then(f).finally(g)`), to whoever called it.
static bool is_returned(const Contexts *contexts, FunctionId id, uint32_t call) {
  const Function *function = module_function(module_of(contexts), id);
  Value value = function->code.items[call].result;
  for (uint32_t i = call + 1; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (instruction->op == OP_RETURN && instruction->a == value) return true;
    bool goes_on = instruction->op == OP_MOVE || instruction->op == OP_CALL_METHOD;
    if (goes_on && instruction->a == value) value = instruction->result;
  }
  return false;
}

// The locks that the starter of a task holds until it has waited for it, or its callers until they have.
static LockSet held_around_task(const Contexts *contexts, const Edge *edge) {
  const LockSet *entry = &contexts->entry[edge->caller];
  LockSet started = contexts->file->held_at[edge->caller][edge->instruction], around = {0};
  uint32_t join = started.count || entry->count ? find_join(contexts, edge->caller, edge->instruction) : 0;
  // What is returned is the one task that goes on under the callers' locks.
  if (!join) return is_returned(contexts, edge->caller, edge->instruction) ? *entry : around;
  LockSet waited = contexts->file->held_at[edge->caller][join];
  for (uint32_t i = 0; i < started.count; i++)
    if (!(started.items[i] & LOCK_CLAIM) && lock_set_holds(&waited, started.items[i]))
      lock_set_add(&around, started.items[i] | LOCK_INHERITED);
  for (uint32_t i = 0; i < entry->count; i++)
    if (!(entry->items[i] & LOCK_CLAIM))
      lock_set_add(&around, entry->items[i] | LOCK_INHERITED);
  return around;
}

static bool is_waited_for(const Contexts *contexts, const Edge *edge) {
  return (edge->kind == EDGE_GATHER || edge->kind == EDGE_SPAWN) &&
         (find_join(contexts, edge->caller, edge->instruction) ||
          is_returned(contexts, edge->caller, edge->instruction));
}

// The tests that decide about a call, in terms of the callee: about its own object, or about what is no object's.
static StateSet states_around(const Contexts *contexts, const Edge *edge) {
  StateSet states = {0};
  AbstractKind receiver = abstract_kind(edge->callee.receiver);
  if (edge->kind != EDGE_CALL || (receiver != ABSTRACT_SELF && receiver != ABSTRACT_NONE)) return states;
  states = contexts->file->states_at[edge->caller][edge->instruction];
  const StateSet *entry = &contexts->entry_states[edge->caller];
  for (uint32_t i = 0; i < entry->count; i++)
    state_set_add(&states, entry->items[i]);
  return states;
}

// Whether the function starts itself anew: it goes on under the claim that it was called under.
static bool starts_itself(const Edge *edge) {
  return edge->kind == EDGE_SPAWN && edge->caller == edge->callee.function && edge->maker == edge->caller;
}

static bool is_true(const Contexts *contexts, FunctionId id, Value value) {
  const ValueSet *set = values_of(contexts->file->values, id, value);
  return set->count == 1 && !set->open && abstract_kind(set->items[0]) == ABSTRACT_TRUE;
}

// Whether the function may have taken a claim back before the instruction is reached.
static bool gives_up(const Contexts *contexts, FunctionId id, uint32_t instruction, Location location) {
  const Function *function = module_function(module_of(contexts), id);
  const Cfg *cfg = contexts->file->cfgs[id];
  BlockId to = function_block_of(function, instruction);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *write = &function->code.items[i];
    if (write->op != OP_STORE && write->op != OP_SET_FIELD && write->op != OP_SET_ITEM) continue;
    if (is_true(contexts, id, write->op == OP_STORE ? write->b : write->c)) continue;
    Location places[VALUE_SET_LIMIT];
    uint32_t count = values_places(contexts->file->values, id, write, places);
    BlockId from = function_block_of(function, i);
    for (uint32_t p = 0; p < count; p++)
      if (places[p] == location && cfg && ((from == to && i < instruction) || cfg_reaches(cfg, from, to))) return true;
  }
  return false;
}

// Of the claims around a function that starts itself anew, those that are still in force then; its callers' locks are not.
static LockSet claims_kept(const Contexts *contexts, const Edge *again, const LockSet *around) {
  LockSet kept = {0};
  for (uint32_t i = 0; i < around->count; i++) {
    Location location = LOCK_LOCATION(around->items[i]);
    if (around->items[i] & LOCK_CLAIM && !gives_up(contexts, again->caller, again->instruction, location))
      lock_set_add(&kept, around->items[i]);
  }
  return kept;
}

static void find_entry_locks(Contexts *contexts) {
  uint32_t count = module_of(contexts)->functions.count;
  contexts->entry_states = ARENA_ARRAY(contexts->file->arena, StateSet, count);
  contexts->entry = ARENA_ARRAY(contexts->file->arena, LockSet, count);
  bool *root = ARENA_ARRAY(contexts->file->arena, bool, count);
  for (uint32_t i = 0; i < contexts->graph->count; i++)
    if (contexts->graph->edges[i].kind != EDGE_CALL && !claim_of(contexts, &contexts->graph->edges[i]) &&
        !contexts->graph->edges[i].lock && !is_waited_for(contexts, &contexts->graph->edges[i]) &&
        !starts_itself(&contexts->graph->edges[i]))
      root[contexts->graph->edges[i].callee.function] = true;
  for (FunctionId id = 1; id < count; id++)
    if (!contexts->closed && is_public(contexts, id)) root[id] = true;
  // Callers before callees; what a cycle would add is left out.
  for (uint32_t n = 0; n < contexts->graph->function_count; n++) {
    FunctionId id = contexts->graph->top_down[n];
    bool known = false;
    const Edge *again = NULL;
    if (root[id]) continue;
    for (const Edge *edge = contexts->graph->into[id]; edge; edge = edge->next_into) {
      if (starts_itself(edge)) again = edge;
      if (!contexts->entered[edge->caller] || edge->caller == id) continue; // it goes on under what it was called under
      LockSet held = contexts->file->held_at[edge->caller][edge->instruction];
      // Where a call starts what is awaited later, a lock taken in between comes too late.
      if (edge->kind == EDGE_CALL && edge->maker == edge->caller && module_of(contexts)->traits.call_starts_async)
        held = lock_sets_common(&held, &contexts->file->held_at[edge->maker][edge->made]);
      Location claim = claim_of(contexts, edge);
      // A task of its own holds what it is started under only where that is the point of starting it.
      if (edge->kind != EDGE_CALL)
        held = held_around_task(contexts, edge);
      if (claim) lock_set_add(&held, claim | LOCK_CLAIM);
      if (edge->lock) lock_set_add(&held, edge->lock);
      for (uint32_t l = 0; edge->kind == EDGE_CALL && l < contexts->entry[edge->caller].count; l++)
        lock_set_add(&held, contexts->entry[edge->caller].items[l]);
      StateSet states = states_around(contexts, edge);
      contexts->entry_states[id] = known ? state_sets_common(&contexts->entry_states[id], &states) : states;
      meet_locks(&contexts->entry[id], &known, &held);
    }
    if (again) contexts->entry[id] = claims_kept(contexts, again, &contexts->entry[id]);
  }
}

// --- what only one task does

// The one task that calls the function, as far as the file tells; 0 where others do, or nobody.
static RootSet only_caller(const Contexts *contexts, FunctionId id) {
  RootSet callers = 0;
  for (const Edge *edge = contexts->graph->into[id]; edge; edge = edge->next_into) {
    RootSet set = roots_of(contexts, edge->caller);
    if (edge->kind != EDGE_CALL || edge->caller == id || !set || abstract_kind(edge->callee.receiver) != ABSTRACT_SELF) return 0;
    callers |= set;
  }
  for (uint32_t r = 3; r < contexts->root_count; r++)
    if (callers == BIT(r)) return contexts->roots[r].of_self && !contexts->roots[r].many ? callers : 0;
  return 0;
}

// A public method that only the one task of its object is seen to call, and one that is that task, are no outsiders' to call.
static bool find_inner(Contexts *contexts) {
  bool found = false;
  for (FunctionId id = 2; id < module_of(contexts)->functions.count; id++) {
    const Edge *edge = contexts->graph->into[id];
    if (!edge || !module_function(module_of(contexts), id)->class_id || !is_public(contexts, id)) continue;
    contexts->inner[id] = is_only_start(contexts, edge) || only_caller(contexts, id);
    found |= contexts->inner[id];
  }
  return found;
}

enum { INNER_ROUNDS = 3 }; // so deep do public methods of one task call each other

static void find_tasks(Contexts *contexts) {
  uint32_t count = module_of(contexts)->functions.count;
  memset(contexts->shared, 0, sizeof(RootSet) * count);
  memset(contexts->owned, 0, sizeof(RootSet) * count);
  memset(contexts->entered, 0, sizeof(bool) * count);
  add_roots(contexts);
  find_handed_depths(contexts);
  propagate(contexts);
  find_many(contexts);
}

Contexts *contexts_new(FlowFile *file, const CallGraph *graph) {
  Contexts *contexts = ARENA_NEW(file->arena, Contexts);
  uint32_t count = file->module->functions.count;
  *contexts = (Contexts){.file = file, .graph = graph};
  contexts->shared = ARENA_ARRAY(file->arena, RootSet, count);
  contexts->owned = ARENA_ARRAY(file->arena, RootSet, count);
  contexts->entered = ARENA_ARRAY(file->arena, bool, count);
  contexts->inner = ARENA_ARRAY(file->arena, bool, count);
  contexts->closed = is_closed(contexts);
  find_tasks(contexts);
  for (unsigned round = 0; !contexts->closed && round < INNER_ROUNDS && find_inner(contexts); round++)
    find_tasks(contexts);
  find_entry_locks(contexts);
  return contexts;
}

TaskRoots contexts_roots(const Contexts *contexts, FunctionId function) {
  return roots_of(contexts, function);
}

TaskRoot contexts_root(const Contexts *contexts, uint32_t number) {
  const Root *root = &contexts->roots[number];
  bool outside = number == ROOT_PUBLIC || number == ROOT_SEQUENTIAL;
  FunctionId beside = number != ROOT_MAIN && root->kind == EDGE_RUN ? root->spawner : 0;
  return (TaskRoot){root->kind, outside, root->entry, beside, root->many, root->span};
}

const LockSet *contexts_entry_locks(const Contexts *contexts, FunctionId function) {
  return &contexts->entry[function];
}

const StateSet *contexts_entry_states(const Contexts *contexts, FunctionId function) {
  return &contexts->entry_states[function];
}

// --- may happen in parallel

// Two tasks that one activation starts one after the other, the first being waited for before the second begins.
static bool in_order(const Contexts *contexts, const Root *a, const Root *b) {
  if (a->spawner != b->spawner || roots_of(contexts, a->spawner) != BIT(ROOT_MAIN)) return false;
  return (a->join && b->group > a->join) || (b->join && a->group > b->join);
}

// Whether an outsider's calls are what runs the tasks of a root.
static bool is_outside(const Contexts *contexts, uint32_t root) {
  return contexts->roots[root].kind == EDGE_CALLBACK;
}

// A task and one that it starts and waits for: together they run only where there are several of the first, or the second
// is started by others as well.
static RootEvidence with_child(const Contexts *contexts, uint32_t parent, uint32_t child) {
  RootSet others = roots_of(contexts, contexts->roots[child].spawner) & ~BIT(parent);
  if (in_view(contexts, others) || contexts->roots[parent].many_in_view) return EVIDENCE_IN_VIEW;
  return others || contexts->roots[parent].many ? EVIDENCE_OUTSIDE : EVIDENCE_NONE;
}

// Whether the spawner does nothing but wait once it has started the task: `await asyncio.wait_for(work(), 5)`.
static bool is_waited_for_at_once(const Contexts *contexts, const Root *root) {
  const Function *spawner = module_function(module_of(contexts), root->spawner);
  for (uint32_t i = root->group + 1; i < root->join; i++)
    if (spawner->code.items[i].op == OP_AWAIT || spawner->code.items[i].flags & INSTRUCTION_ASYNC) return false;
  return root->joined;
}

static bool is_child(const Contexts *contexts, uint32_t parent, uint32_t child) {
  const Root *root = &contexts->roots[child];
  return parent != ROOT_PUBLIC && roots_of(contexts, root->spawner) & BIT(parent) && is_waited_for_at_once(contexts, root);
}

// Whether the spawner starts the one or the other, but not both.
static bool is_either(const Contexts *contexts, const Root *a, const Root *b) {
  const Cfg *cfg = contexts->file->cfgs[a->spawner];
  if (!cfg || a->spawner != b->spawner || !a->entry || a->entry != b->entry || a->many || b->many) return false;
  const Function *spawner = module_function(module_of(contexts), a->spawner);
  BlockId first = function_block_of(spawner, a->group), second = function_block_of(spawner, b->group);
  return first != second && !cfg_reaches(cfg, first, second) && !cfg_reaches(cfg, second, first);
}

static RootEvidence roots_parallel(const Contexts *contexts, uint32_t a, uint32_t b) {
  const Root *first = &contexts->roots[a], *second = &contexts->roots[b];
  RootEvidence evidence = is_outside(contexts, a) || is_outside(contexts, b) ? EVIDENCE_OUTSIDE : EVIDENCE_IN_VIEW;
  if (a == b) return !first->many ? EVIDENCE_NONE : first->many_in_view ? evidence : EVIDENCE_OUTSIDE;
  if (first->during == b || second->during == a) return evidence;
  const Root *spawned = a == ROOT_MAIN ? second : b == ROOT_MAIN ? first : NULL;
  if (spawned && b != ROOT_PUBLIC && a != ROOT_PUBLIC)
    return !spawned->joined && spawned->kind != EDGE_RUN ? evidence : EVIDENCE_NONE;
  if (is_child(contexts, a, b)) return with_child(contexts, a, b);
  if (is_child(contexts, b, a)) return with_child(contexts, b, a);
  return in_order(contexts, first, second) || is_either(contexts, first, second) ? EVIDENCE_NONE : evidence;
}

static bool is_nested_in(const Contexts *contexts, FunctionId function, FunctionId outer) {
  while (function && function != outer)
    function = module_function(module_of(contexts), function)->parent;
  return function == outer;
}

// Whether a task of the root that is in `function` was started within an activation of `owner`: it begins with a closure of
// it, or beside something that the activation waits for.
static bool begins_within(const Contexts *contexts, uint32_t root, FunctionId owner, FunctionId function) {
  const Root *item = &contexts->roots[root];
  if (root == ROOT_PUBLIC || root == ROOT_SEQUENTIAL)
    return contexts->handed_depth[function] >= nesting(contexts, owner);
  if (root == ROOT_MAIN) return false;
  if (root == ROOT_OVERFLOW) return true;
  if (!item->entry) return is_nested_in(contexts, item->spawner, owner);
  return item->entry != owner && is_nested_in(contexts, item->entry, owner);
}

// Whether one activation of `owner` may have several tasks of a root that begins within it.
static bool many_within(const Contexts *contexts, uint32_t root, FunctionId owner, unsigned depth) {
  const Root *item = &contexts->roots[root];
  if (root == ROOT_PUBLIC || (item->many_here && !item->in_turn)) return true;
  if (!depth || item->spawner == owner || !is_nested_in(contexts, item->spawner, owner)) return false;
  RootSet spawner = roots_of(contexts, item->spawner);
  for (uint32_t r = 0; r < contexts->root_count; r++)
    if (spawner >> r & 1 && begins_within(contexts, r, owner, item->spawner) &&
        many_within(contexts, r, owner, depth - 1))
      return true;
  return false;
}

// Whether what a value was taken from is a collection or an object, which others may hold as well.
static bool is_element(const Contexts *contexts, FunctionId function, Value value) {
  const Instruction *source = values_source(contexts->file->values, function, value);
  if (!source) return false;
  const Model *model =
    source->op == OP_CALL_METHOD ? values_model(contexts->file->values, function, source, NULL) : NULL;
  return source->op == OP_NEXT || source->op == OP_GET_ITEM || source->op == OP_GET_FIELD ||
         (model && model->effects & EFFECT_ELEMENT);
}

// Whether the activation that owns a captured variable alone has what stands at the location: the variable itself, or
// a part of an object that is not taken from elsewhere.
static bool belongs_to_activation(const Contexts *contexts, VariableId variable, Location location) {
  const Locations *locations = contexts->file->locations;
  if (!location_row(locations, location)->depth) return true;
  FunctionId owner = module_variable(module_of(contexts), variable)->owner;
  const Function *function = module_function(module_of(contexts), owner);
  for (uint32_t i = 0; i < function->code.count; i++)
    if (function->code.items[i].op == OP_STORE && function->code.items[i].a == variable &&
        is_element(contexts, owner, function->code.items[i].b))
      return false;
  return true;
}

// A captured variable belongs to one activation of its owner: only the activation itself, the tasks that it starts, and
// the closures that it hands out, share it.
static bool shares_activation(const Contexts *contexts, VariableId variable, Location location, FunctionId first,
                              FunctionId second, uint32_t a, uint32_t b) {
  FunctionId owner = module_variable(module_of(contexts), variable)->owner;
  if (first == owner && second == owner) return false;
  // An owner that never suspends has ended before any task that it starts goes on.
  if ((first == owner || second == owner) && !contexts->file->summaries[owner].may_suspend) return false;
  if (!belongs_to_activation(contexts, variable, location) && (a != b || contexts->roots[a].many_here)) return true;
  bool first_within = begins_within(contexts, a, owner, first);
  bool second_within = begins_within(contexts, b, owner, second);
  if (first_within && second_within) return a != b || many_within(contexts, a, owner, 4);
  return first_within || second_within;
}

// Whether two tasks of these roots see one receiver: each its own does not.
static bool shares_receiver(const Contexts *contexts, FunctionId first, FunctionId second, uint32_t a, uint32_t b) {
  bool first_owns = !(contexts->shared[first] >> a & 1), second_owns = !(contexts->shared[second] >> b & 1);
  if (a == b) return !first_owns && !second_owns && !contexts->roots[a].own_receiver;
  if (!first_owns && !second_owns) return true;
  return first_owns && second_owns && contexts->roots[a].receiver &&
         contexts->roots[a].receiver == contexts->roots[b].receiver;
}

RootEvidence contexts_parallel(const Contexts *contexts, FunctionId first, FunctionId second, Location location,
                               Span *spawn) {
  const Locations *locations = contexts->file->locations;
  const LocationRow *root = location_row(locations, location_root_of(locations, location));
  bool of_receiver = root->root == ROOT_SELF || root->root == ROOT_RECEIVER;
  VariableId captured = 0;
  if (root->root == ROOT_VARIABLE && module_variable(module_of(contexts), root->name)->kind == VARIABLE_LOCAL)
    captured = root->name;
  RootSet a = roots_of(contexts, first), b = roots_of(contexts, second);
  RootEvidence best = EVIDENCE_NONE;
  for (uint32_t i = 0; i < 64; i++) {
    if (!(a >> i & 1)) continue;
    for (uint32_t j = 0; j < 64; j++) {
      RootEvidence evidence = b >> j & 1 ? roots_parallel(contexts, i, j) : EVIDENCE_NONE;
      if (evidence <= best) continue;
      if (of_receiver && !shares_receiver(contexts, first, second, i, j)) continue;
      if (captured && !shares_activation(contexts, captured, location, first, second, i, j)) continue;
      best = evidence;
      if (spawn) *spawn = contexts->roots[j].span;
    }
  }
  return best;
}

// Whether the function has waited, before `at`, for what the field keeps.
static bool waits_for_field(const Contexts *contexts, FunctionId id, Location field, Span at) {
  const Function *function = module_function(module_of(contexts), id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *await = &function->code.items[i];
    if (await->op != OP_AWAIT || await->span.end > at.start || flow_in_loop(contexts->file, id, i)) continue;
    const Instruction *read = values_source(contexts->file->values, id, await->a);
    Location places[VALUE_SET_LIMIT];
    bool reads = read && read->op == OP_GET_FIELD && values_places(contexts->file->values, id, read, places);
    if (reads && places[0] == field) return true;
  }
  return false;
}

// Whether the function waits, before `at`, for the one task that its object was started with.
static bool waits_for_task(const Contexts *contexts, FunctionId id, const Root *root, Span at) {
  if (root->kind != EDGE_SPAWN || !root->of_self || !starts_by_name(contexts, root->spawner)) return false;
  Location field = kept_in(contexts, root);
  return field && waits_for_field(contexts, id, field, at);
}

bool contexts_has_ended(const Contexts *contexts, FunctionId first, FunctionId second, Span at) {
  RootSet roots = contexts->shared[second] | contexts->owned[second];
  const Function *function = module_function(module_of(contexts), first);
  for (uint32_t r = 0; r < contexts->root_count; r++) {
    if (!(roots >> r & 1)) continue;
    const Root *root = &contexts->roots[r];
    bool waited = root->kind == EDGE_CALLBACK && root->joined && root->spawner == first;
    bool before = waited && function->code.items[root->join].span.end <= at.start;
    if (before && !flow_in_loop(contexts->file, first, root->join)) continue;
    if (!waits_for_task(contexts, first, root, at)) return false;
  }
  return roots && !(roots >> contexts->root_count);
}

bool contexts_joins(const Contexts *contexts, const Edge *edge, uint32_t *instruction) {
  uint32_t join = find_join(contexts, edge->caller, edge->instruction);
  if (instruction) *instruction = join;
  return join != 0;
}
