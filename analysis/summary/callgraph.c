#include "callgraph.h"
#include <string.h>

// A function that calls what it was passed.
typedef struct Invocation {
  FunctionId function; // whose parameter it is
  uint32_t parameter;  // index
  FunctionId caller;   // in which function the call stands: the same, or a closure in it
  uint32_t instruction;
  Location lock; // held around the call
} Invocation;

typedef struct Finder {
  FlowFile *file;
  ARRAY(Invocation) invocations;
  ARRAY(Edge) edges;
  bool *consumed; // by coroutine: awaited, started or run somewhere in view
} Finder;

static void add_edge(Finder *finder, Edge edge) {
  array_push(finder->file->arena, &finder->edges, edge);
}

static void add_call(Finder *finder, FunctionId caller, uint32_t index, Callee callee) {
  add_edge(
      finder,
      (Edge){
          .kind = EDGE_CALL, .caller = caller, .instruction = index, .made = index, .maker = caller, .callee = callee});
}

static Callee callee_of_item(Finder *finder, Abstract item) {
  uint32_t number = abstract_number(item);
  switch (abstract_kind(item)) {
  case ABSTRACT_FUNCTION:
    return (Callee){.function = number};
  case ABSTRACT_BOUND: {
    const BoundMethod *bound = values_bound(finder->file->values, number);
    return (Callee){bound->function, bound->receiver};
  }
  default:
    return (Callee){0};
  }
}

static void add_coroutine(Finder *finder, EdgeKind kind, FunctionId caller, uint32_t index, Abstract item) {
  const CoroutineCall *call = values_coroutine(finder->file->values, abstract_number(item));
  finder->consumed[abstract_number(item)] = true;
  add_edge(finder, (Edge){.kind = kind,
                          .caller = caller,
                          .instruction = index,
                          .made = call->instruction,
                          .maker = call->caller,
                          .callee = call->callee});
}

// The coroutines and functions that a value holds, or that its elements are.
static void add_started(Finder *finder, EdgeKind coroutine, EdgeKind function, FunctionId caller, uint32_t index,
                        const ValueSet *set, unsigned depth) {
  for (uint32_t i = 0; i < set->count; i++) {
    Abstract item = set->items[i];
    if (abstract_kind(item) == ABSTRACT_COROUTINE) {
      add_coroutine(finder, coroutine, caller, index, item);
    } else if (callee_of_item(finder, item).function) {
      add_edge(finder, (Edge){.kind = function,
                              .caller = caller,
                              .instruction = index,
                              .made = index,
                              .maker = caller,
                              .callee = callee_of_item(finder, item)});
    } else if (depth && abstract_kind(item) == ABSTRACT_FRESH) {
      Location root = location_root(finder->file->locations, ROOT_ALLOCATION, abstract_number(item));
      Location any = location_step(finder->file->locations, root, STEP_ANY, 0);
      ValueSet elements = *values_content(finder->file->values, any);
      add_started(finder, coroutine, function, caller, index, &elements, depth - 1);
    } else if (depth && abstract_kind(item) == ABSTRACT_OBJECT) {
      Location any = location_step(finder->file->locations, abstract_number(item), STEP_ANY, 0);
      ValueSet elements = *values_content(finder->file->values, any);
      add_started(finder, coroutine, function, caller, index, &elements, 0);
    }
  }
}

static EdgeKind coroutine_edge(const Model *model) {
  switch (model ? (ModelKind)model->kind : MODEL_NONE) {
  case MODEL_RUN:
    return EDGE_RUN;
  case MODEL_GATHER:
    return EDGE_GATHER;
  default:
    return EDGE_SPAWN;
  }
}

static EdgeKind function_edge(const Model *model) {
  switch (model ? (ModelKind)model->kind : MODEL_NONE) {
  case MODEL_SPAWN_FUNCTION:
  case MODEL_CALL_LATER:
    return EDGE_SPAWN;
  case MODEL_RUN:
    return EDGE_RUN;
  case MODEL_EFFECT:
  case MODEL_HANDLER:
    return EDGE_HANDLER;
  case MODEL_LOCKED:
  case MODEL_CALL_NOW:
    return EDGE_CALL;
  default:
    return EDGE_CALLBACK;
  }
}

static bool takes_coroutines(const Model *model) {
  if (!model)
    return true; // an unknown function may start what it is given
  return model->kind == MODEL_RUN || model->kind == MODEL_SPAWN || model->kind == MODEL_GATHER ||
         model->kind == MODEL_SPAWN_FUNCTION;
}

static bool passes_on(const Model *model) {
  return model && (model->kind == MODEL_WAIT || model->kind == MODEL_METHOD || model->kind == MODEL_PURE ||
                   model->kind == MODEL_COPY || model->kind == MODEL_COLLECTION);
}

// The name of what a decorator is: `get` of `@app.get("/")`, `listener` of `@bot.listener`.
static Symbol decorator_name(Finder *finder, FunctionId id, Value value) {
  const Function *function = module_function(finder->file->module, id);
  for (unsigned steps = 0; steps < 4; steps++) {
    uint32_t definition = values_definition(finder->file->values, id, value);
    if (definition == UINT32_MAX)
      return 0;
    const Instruction *instruction = &function->code.items[definition];
    if (instruction->op == OP_CALL_METHOD || instruction->op == OP_GET_FIELD)
      return instruction->b;
    if (instruction->op != OP_CALL)
      return 0;
    value = instruction->a;
  }
  return 0;
}

static void scan_decorator(Finder *finder, FunctionId caller, uint32_t index, const Instruction *call) {
  Symbol name = decorator_name(finder, caller, call->a);
  Symbols *symbols = finder->file->module->symbols;
  if (!name)
    return;
  Symbol path = symbol_of_string(symbols, arena_printf(finder->file->arena, "@%s", symbol_text(symbols, name)));
  const Model *model = models_find(finder->file->models, path);
  uint32_t count;
  const Operand *args = instruction_args(finder->file->module, call, &count);
  if (!model || !count)
    return;
  ValueSet set = *values_of(finder->file->values, caller, args[0].value);
  add_started(finder, EDGE_HANDLER, EDGE_HANDLER, caller, index, &set, 0);
}

// --- functions that are passed to functions of the file

// The parameter that a value is, in its function or captured by a closure; `*owner` is the function.
static bool is_parameter(const Finder *finder, FunctionId function, Value value, FunctionId *owner, uint32_t *index) {
  const Module *module = finder->file->module;
  const Instruction *source = values_source(finder->file->values, function, value);
  VariableId variable = source && source->op == OP_LOAD ? source->a : 0;
  *owner = variable ? module_variable(module, variable)->owner : function;
  const Function *item = module_function(module, *owner);
  for (*index = 0; *index < item->parameters.count; ++*index) {
    const Parameter *parameter = &item->parameters.items[*index];
    if (variable ? parameter->variable == variable : parameter->value == value)
      return true;
  }
  return false;
}

static void add_invocation(Finder *finder, FunctionId caller, uint32_t index, Value called, Location lock) {
  FunctionId owner;
  uint32_t parameter;
  if (!is_parameter(finder, caller, called, &owner, &parameter))
    return;
  array_push(finder->file->arena, &finder->invocations, ((Invocation){owner, parameter, caller, index, lock}));
}

// What a function of the file does with the functions it is passed.
static void add_passed(Finder *finder, FunctionId caller, uint32_t index, Callee callee, uint32_t parameter,
                       Callee passed) {
  bool invoked = false;
  for (uint32_t i = 0; i < finder->invocations.count; i++) {
    Invocation invocation = finder->invocations.items[i];
    if (invocation.function != callee.function || invocation.parameter != parameter)
      continue;
    invoked = true;
    add_edge(finder, (Edge){.kind = EDGE_CALL,
                            .caller = invocation.caller,
                            .instruction = invocation.instruction,
                            .made = invocation.instruction,
                            .maker = invocation.caller,
                            .callee = passed,
                            .lock = invocation.lock,
                            .passed = true});
  }
  if (invoked)
    return;
  add_edge(finder, (Edge){.kind = EDGE_CALLBACK,
                          .caller = caller,
                          .instruction = index,
                          .made = index,
                          .maker = caller,
                          .callee = passed});
}

static void scan_passed(Finder *finder, FunctionId caller, uint32_t index, const Instruction *call, Callee callee) {
  uint32_t count, shift = callee.receiver && finder->file->module->traits.receiver_is_parameter ? 1 : 0;
  const Operand *args = instruction_args(finder->file->module, call, &count);
  for (uint32_t i = 0; i < count; i++) {
    const ValueSet *set = values_of(finder->file->values, caller, args[i].value);
    for (uint32_t v = 0; v < set->count; v++) {
      Callee passed = callee_of_item(finder, set->items[v]);
      if (passed.function)
        add_passed(finder, caller, index, callee, i + shift, passed);
    }
  }
}

static void find_invocations(Finder *finder) {
  const Module *module = finder->file->module;
  for (FunctionId id = 1; id < module->functions.count; id++) {
    const Function *function = module_function(module, id);
    for (uint32_t i = 0; i < function->code.count; i++) {
      const Instruction *call = &function->code.items[i];
      if (call->op == OP_CALL)
        add_invocation(finder, id, i, call->a, 0);
      if (call->op != OP_CALL && call->op != OP_CALL_METHOD)
        continue;
      const Model *model = values_model(finder->file->values, id, call, NULL);
      bool calls =
          model && (model->kind == MODEL_CALL_NOW || model->kind == MODEL_CALL_LATER || model->kind == MODEL_LOCKED);
      if (!calls || values_callees(finder->file->values, id, call).count)
        continue;
      Location lock = model->kind == MODEL_LOCKED ? flow_lock_around(finder->file, id, call) : 0;
      if (!lock)
        lock = flow_chain_of(finder->file, id, call);
      uint32_t count;
      const Operand *args = instruction_args(module, call, &count);
      for (uint32_t a = 0; a < count; a++)
        add_invocation(finder, id, i, args[a].value, lock);
    }
  }
}

static bool is_awaited(const Finder *finder, FunctionId function, Value value) {
  const Function *item = module_function(finder->file->module, function);
  for (uint32_t i = 0; i < item->code.count; i++)
    if (item->code.items[i].op == OP_AWAIT && item->code.items[i].a == value)
      return true;
  return false;
}

static void scan_call(Finder *finder, FunctionId caller, uint32_t index, const Instruction *call) {
  if (call->flags & INSTRUCTION_DECORATOR) {
    scan_decorator(finder, caller, index, call);
    return;
  }
  Values *values = finder->file->values;
  Callees callees = values_callees(values, caller, call);
  for (uint32_t i = 0; i < callees.count; i++)
    scan_passed(finder, caller, index, call, callees.items[i]);
  for (uint32_t i = 0; i < callees.count; i++) {
    const Function *callee = module_function(finder->file->module, callees.items[i].function);
    if (callee->flags & FUNCTION_ASYNC && !(callee->flags & FUNCTION_GENERATOR))
      continue; // by its coroutine
    add_call(finder, caller, index, callees.items[i]);
  }
  if (callees.count)
    return;
  const Model *model = values_model(values, caller, call, NULL);
  if (passes_on(model))
    return;
  uint32_t count;
  const Operand *args = instruction_args(finder->file->module, call, &count);
  for (uint32_t i = 0; i < count; i++) {
    ValueSet set = *values_of(values, caller, args[i].value);
    if (!takes_coroutines(model)) // keep the coroutines for who awaits them
      for (uint32_t v = 0; v < set.count; v++)
        if (abstract_kind(set.items[v]) == ABSTRACT_COROUTINE)
          set.items[v] = 0;
    uint32_t first = finder->edges.count;
    add_started(finder, coroutine_edge(model), function_edge(model), caller, index, &set, 2);
    Location lock = model && model->kind == MODEL_LOCKED ? flow_lock_around(finder->file, caller, call) : 0;
    if (!lock)
      lock = flow_chain_of(finder->file, caller, call);
    for (uint32_t e = first; e < finder->edges.count; e++) {
      finder->edges.items[e].lock = lock;
      // Who does not wait for the work under the lock goes on beside it.
      bool starts = finder->edges.items[e].kind == EDGE_CALL && model && model->kind == MODEL_LOCKED;
      if (starts && !is_awaited(finder, caller, call->result))
        finder->edges.items[e].kind = EDGE_SPAWN;
    }
  }
}

static void scan_read(Finder *finder, FunctionId caller, uint32_t index, const Instruction *read) {
  Callees callees = values_getters(finder->file->values, caller, read);
  for (uint32_t i = 0; i < callees.count; i++)
    add_call(finder, caller, index, callees.items[i]);
}

static void scan_await(Finder *finder, FunctionId caller, uint32_t index, const Instruction *await) {
  ValueSet set = *values_of(finder->file->values, caller, await->a);
  // One that was found in a shared place was started by whoever put it there.
  if (values_is_loaded(finder->file->values, caller, await->a))
    return;
  for (uint32_t i = 0; i < set.count; i++)
    if (abstract_kind(set.items[i]) == ABSTRACT_COROUTINE)
      add_coroutine(finder, EDGE_CALL, caller, index, set.items[i]);
}

// Functions that something not understood is given: the handlers of a JSX element.
static void scan_opaque(Finder *finder, FunctionId caller, uint32_t index, const Instruction *opaque) {
  uint32_t count;
  const Operand *args = instruction_args(finder->file->module, opaque, &count);
  for (uint32_t i = 0; i < count; i++) {
    ValueSet set = *values_of(finder->file->values, caller, args[i].value);
    for (uint32_t v = 0; v < set.count; v++)
      if (abstract_kind(set.items[v]) == ABSTRACT_COROUTINE)
        set.items[v] = 0;
    add_started(finder, EDGE_CALLBACK, EDGE_CALLBACK, caller, index, &set, 0);
  }
}

static void scan_function(Finder *finder, FunctionId id) {
  const Function *function = module_function(finder->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (instruction->op == OP_CALL || instruction->op == OP_CALL_METHOD)
      scan_call(finder, id, i, instruction);
    else if (instruction->op == OP_AWAIT)
      scan_await(finder, id, i, instruction);
    else if (instruction->op == OP_OPAQUE)
      scan_opaque(finder, id, i, instruction);
    else if (instruction->op == OP_GET_FIELD)
      scan_read(finder, id, i, instruction);
  }
}

// What a callback returns, whoever holds a lock around the callback waits for.
static void scan_returns_under_locks(Finder *finder) {
  for (uint32_t e = 0, edges = finder->edges.count; e < edges; e++) {
    if (!finder->edges.items[e].lock)
      continue;
    FunctionId id = finder->edges.items[e].callee.function;
    const Function *function = module_function(finder->file->module, id);
    for (uint32_t i = 0; i < function->code.count; i++) {
      if (function->code.items[i].op != OP_RETURN || !function->code.items[i].a)
        continue;
      ValueSet set = *values_of(finder->file->values, id, function->code.items[i].a);
      for (uint32_t v = 0; v < set.count; v++) {
        if (abstract_kind(set.items[v]) != ABSTRACT_COROUTINE)
          continue;
        // Work that was started before runs already.
        const CoroutineCall *made = values_coroutine(finder->file->values, abstract_number(set.items[v]));
        if (made->caller == id)
          add_coroutine(finder, EDGE_CALL, id, i, set.items[v]);
      }
    }
  }
}

// A coroutine that nobody in view awaits: in JavaScript it runs all the same.
static void start_the_rest(Finder *finder, uint32_t coroutines) {
  for (uint32_t i = 0; i < coroutines; i++) {
    if (finder->consumed[i])
      continue;
    const CoroutineCall *call = values_coroutine(finder->file->values, i);
    add_coroutine(finder, EDGE_SPAWN, call->caller, call->instruction, abstract_of(ABSTRACT_COROUTINE, i));
  }
}

// --- objects that several tasks are given

enum { USED_BY_CALL = 1 << 0, USED_BY_TASK = 1 << 1, USED_BY_TASKS = 1 << 2 };

typedef struct Given {
  FlowFile *file;
  uint8_t *users; // by allocation: who is given it
  uint32_t count; // of `users`
} Given;

static void give(Given *given, const Edge *edge, Abstract item) {
  if (abstract_kind(item) != ABSTRACT_FRESH || abstract_number(item) >= given->count)
    return;
  const Allocation *made = values_allocation(given->file->values, abstract_number(item));
  bool each_its_own = flow_in_loop(given->file, made->function, made->instruction);
  bool many = flow_in_loop(given->file, edge->maker, edge->made);
  uint8_t *users = &given->users[abstract_number(item)];
  if (edge->kind == EDGE_CALL)
    *users |= USED_BY_CALL;
  else if (!each_its_own)
    *users |= many || *users & USED_BY_TASK ? USED_BY_TASKS : USED_BY_TASK;
  if (*users & USED_BY_TASKS || *users == (USED_BY_CALL | USED_BY_TASK))
    values_escape(given->file->values, item);
}

// An object that is the receiver or an argument of two tasks, or of one and of a call beside it, is shared by them.
static void find_given(FlowFile *file, const CallGraph *graph) {
  Given given = {.file = file, .count = values_allocation_count(file->values)};
  given.users = ARENA_ARRAY(file->arena, uint8_t, given.count);
  for (uint32_t i = 0; i < graph->count; i++) {
    const Edge *edge = &graph->edges[i];
    if (edge->kind == EDGE_RUN)
      continue;
    const Instruction *made = &module_function(file->module, edge->maker)->code.items[edge->made];
    if (abstract_kind(edge->callee.receiver) == ABSTRACT_FRESH)
      give(&given, edge, edge->callee.receiver);
    uint32_t count;
    const Operand *args = instruction_args(file->module, made, &count);
    for (uint32_t a = 0; edge->kind != EDGE_CALL && a < count; a++) {
      const ValueSet *set = values_of(file->values, edge->maker, args[a].value);
      for (uint32_t v = 0; v < set->count; v++)
        give(&given, edge, set->items[v]);
    }
  }
}

// --- bottom-up order, without recursion

typedef struct Visit {
  FunctionId function;
  uint32_t next;
} Visit;

// Callees before callers; a function that is `passed` is called by what it is passed to only with `passed`.
static FunctionId *order_functions(FlowFile *file, CallGraph *graph, bool passed) {
  uint32_t count = file->module->functions.count;
  uint32_t *first = ARENA_ARRAY(file->arena, uint32_t, count + 1), *fill = ARENA_ARRAY(file->arena, uint32_t, count);
  FunctionId *callees = ARENA_ARRAY(file->arena, FunctionId, graph->count + 1);
  for (uint32_t i = 0; i < graph->count; i++)
    if (passed || !graph->edges[i].passed)
      first[graph->edges[i].caller + 1]++;
  for (uint32_t i = 0; i < count; i++)
    first[i + 1] += first[i];
  for (uint32_t i = 0; i < graph->count; i++) {
    FunctionId caller = graph->edges[i].caller;
    if (graph->edges[i].passed && !passed)
      continue;
    callees[first[caller] + fill[caller]++] = graph->edges[i].callee.function;
  }
  bool *seen = ARENA_ARRAY(file->arena, bool, count);
  Visit *stack = ARENA_ARRAY(file->arena, Visit, count + 1);
  FunctionId *order = ARENA_ARRAY(file->arena, FunctionId, count);
  uint32_t done = 0;
  for (FunctionId root = 1; root < count; root++) {
    uint32_t depth = 0;
    if (seen[root])
      continue;
    seen[root] = true, stack[depth++] = (Visit){root, 0};
    while (depth) {
      Visit *top = &stack[depth - 1];
      uint32_t at = first[top->function] + top->next;
      if (at < first[top->function + 1]) {
        top->next++;
        FunctionId to = callees[at];
        if (!seen[to])
          seen[to] = true, stack[depth++] = (Visit){to, 0};
      } else {
        order[done++] = top->function;
        depth--;
      }
    }
  }
  graph->function_count = done;
  return order;
}

static FunctionId *reversed(FlowFile *file, const FunctionId *order, uint32_t count) {
  FunctionId *result = ARENA_ARRAY(file->arena, FunctionId, count + 1);
  for (uint32_t i = 0; i < count; i++)
    result[i] = order[count - 1 - i];
  return result;
}

// A function that no one calls directly runs when what it was handed to sees fit.
static void find_later(FlowFile *file, const CallGraph *graph) {
  bool *called = ARENA_ARRAY(file->arena, bool, file->module->functions.count);
  for (uint32_t i = 0; i < graph->count; i++)
    if (graph->edges[i].kind == EDGE_CALL)
      called[graph->edges[i].callee.function] = true;
  for (uint32_t i = 0; i < graph->count; i++) {
    const Edge *edge = &graph->edges[i];
    if (edge->kind == EDGE_CALL || called[edge->callee.function])
      continue;
    file->later[edge->callee.function] =
        module_function(file->module, edge->caller)->code.items[edge->instruction].span;
  }
}

static void chain_edges(FlowFile *file, CallGraph *graph, Edge *edges) {
  uint32_t functions = file->module->functions.count;
  graph->from = ARENA_ARRAY(file->arena, const Edge *, functions);
  graph->into = ARENA_ARRAY(file->arena, const Edge *, functions);
  for (uint32_t i = graph->count; i-- > 0;) {
    Edge *edge = &edges[i];
    edge->next_from = graph->from[edge->caller], graph->from[edge->caller] = edge;
    edge->next_into = graph->into[edge->callee.function], graph->into[edge->callee.function] = edge;
  }
}

CallGraph *callgraph_new(FlowFile *file) {
  Finder finder = {.file = file};
  uint32_t coroutines = values_coroutine_count(file->values);
  finder.consumed = ARENA_ARRAY(file->arena, bool, coroutines);
  find_invocations(&finder);
  for (FunctionId id = 1; id < file->module->functions.count; id++)
    scan_function(&finder, id);
  scan_returns_under_locks(&finder);
  if (file->module->traits.call_starts_async)
    start_the_rest(&finder, coroutines);
  CallGraph *graph = ARENA_NEW(file->arena, CallGraph);
  graph->edges = finder.edges.items, graph->count = finder.edges.count;
  chain_edges(file, graph, finder.edges.items);
  graph->bottom_up = order_functions(file, graph, false);
  graph->top_down = reversed(file, order_functions(file, graph, true), graph->function_count);
  find_later(file, graph);
  find_given(file, graph);
  return graph;
}
