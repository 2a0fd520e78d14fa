#include "../rules/code.h"
#include "plan_parts.h"
#include <string.h>

// --- what can be called

const Function *plan_function(const StressPlan *plan, FunctionId id) {
  return module_function(plan->rules->file->module, id);
}

const char *plan_text(const StressPlan *plan, Symbol symbol) {
  return symbol_text(plan->rules->file->module->symbols, symbol);
}

void stress_gap(StressPlan *plan, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *gap = arena_vprintf(plan->arena, format, arguments);
  va_end(arguments);
  array_push(plan->arena, &plan->gaps, gap);
}

bool plan_can_call(const StressPlan *plan, FunctionId id) {
  const Function *function = plan_function(plan, id);
  if (id <= 1 || function->flags & (FUNCTION_MODULE | FUNCTION_CONSTRUCTOR | FUNCTION_GENERATOR))
    return false;
  if (!plan_text(plan, function->name)[0] || (plan->source.python && function->flags & FUNCTION_LAMBDA))
    return false;
  if (!function->class_id)
    return function->parent == 1;
  const Class *class = module_class(plan->rules->file->module, function->class_id);
  return class->function == 1 && !(class->flags & (CLASS_LITERAL | CLASS_PROTOTYPE));
}

static bool runs(const StressPlan *plan, FunctionId caller, FunctionId callee) {
  for (const Edge *edge = plan->rules->graph->from[caller]; edge; edge = edge->next_from)
    if (edge->callee.function == callee && edge->kind != EDGE_HANDLER && edge->kind != EDGE_CALLBACK)
      return true;
  return false;
}

// The function itself; else one that calls it; else one that it stands in and that runs it. 0 for none.
static FunctionId reach(const StressPlan *plan, FunctionId id) {
  for (unsigned steps = 0; id > 1 && steps < 8; steps++) {
    if (plan_can_call(plan, id))
      return id;
    FunctionId next = 0;
    for (const Edge *edge = plan->rules->graph->into[id]; edge && !next; edge = edge->next_into)
      if (edge->kind != EDGE_HANDLER && edge->kind != EDGE_CALLBACK && plan_can_call(plan, edge->caller))
        next = edge->caller;
    FunctionId parent = plan_function(plan, id)->parent;
    id = next ? next : runs(plan, parent, id) ? parent : 0;
  }
  return 0;
}

// --- arguments

bool plan_has_receiver(const Function *function) {
  return function->class_id && !(function->flags & FUNCTION_STATIC);
}

StressCall plan_call(StressPlan *plan, FunctionId id) {
  const Function *function = plan_function(plan, id);
  StressCall call = {.function = id, .name = plan_text(plan, function->name), .method = plan_has_receiver(function)};
  if (function->class_id && !call.method)
    call.name = plan_text(plan, function->qualified);
  if (plan->source.python)
    stress_python_arguments(plan, &call, id);
  else
    stress_javascript_arguments(plan, &call, id);
  return call;
}

static void construct(StressPlan *plan, ClassId id) {
  if (plan->source.python)
    stress_python_constructor(plan, &plan->construct, id);
  else
    stress_javascript_constructor(plan, &plan->construct, id);
}

// --- state

static void find_state(StressPlan *plan) {
  const Locations *locations = plan->rules->file->locations;
  const Module *module = plan->rules->file->module;
  Location container = plan_container(plan, plan->report->candidate.location);
  const LocationRow *row = location_row(locations, container);
  const LocationRow *root = location_row(locations, location_root_of(locations, container));
  if (!container)
    return;
  if (root->root == ROOT_VARIABLE) {
    const Variable *variable = module_variable(module, root->name);
    bool reachable = variable->kind == VARIABLE_MODULE;
    plan->state = reachable ? STRESS_STATE_VARIABLE : STRESS_STATE_NONE;
    plan->state_name = plan_text(plan, variable->name);
    return;
  }
  ClassId own = plan_function(plan, plan->call.function)->class_id;
  if (row->step != STEP_FIELD)
    return;
  bool same = own && values_classes_related(plan->rules->file->values, own, root->name);
  plan->state = same ? STRESS_STATE_FIELD : STRESS_STATE_FOUND;
  plan->state_class = plan_text(plan, module_class(module, root->name)->qualified);
  plan->state_name = plan_text(plan, row->name);
}

// --- what is imported and awaited

static VariableId variable_of(const StressPlan *plan, FunctionId id, const Instruction *call) {
  const Function *function = plan_function(plan, id);
  for (uint32_t i = 0; i < function->code.count; i++)
    if (function->code.items[i].op == OP_LOAD && function->code.items[i].result == call->a)
      return function->code.items[i].a;
  return 0;
}

// What a test replaces to fake an imported variable; NULL where it should not.
static const char *replaceable(const StressPlan *plan, const Variable *variable) {
  const char *path = plan_text(plan, variable->import_path);
  if (variable->kind != VARIABLE_IMPORT)
    return NULL;
  if (plan->source.python)
    return strncmp(path, "asyncio", 7) ? plan_text(plan, variable->name) : NULL;
  const char *dot = strchr(path + strspn(path, "./"), '.');
  return arena_copy(plan->arena, path, dot ? (size_t)(dot - path) : strlen(path));
}

static void replace(StressPlan *plan, VariableId id) {
  const char *name = replaceable(plan, module_variable(plan->rules->file->module, id));
  if (!name)
    return;
  for (uint32_t i = 0; i < plan->replaced.count; i++)
    if (!strcmp(plan->replaced.items[i], name))
      return;
  array_push(plan->arena, &plan->replaced, name);
}

static void find_replaced(StressPlan *plan) {
  const Module *module = plan->rules->file->module;
  for (FunctionId id = 1; id < module->functions.count; id++) {
    const Function *function = module_function(module, id);
    for (uint32_t i = 0; i < function->code.count; i++) {
      const Instruction *call = &function->code.items[i];
      if (code_is_call(call) && code_awaited_at(plan->rules, id, i) != CODE_NONE) {
        VariableId variable = variable_of(plan, id, call);
        if (variable)
          replace(plan, variable);
      }
    }
  }
}

// --- what is registered, and what a function gives

static const char *const CALL_NODES[] = {"call_expression", NULL};

// The place that a function is registered for: `app.get("/items", async (req, res) => …)`. NULL for none.
static const char *place_of(const StressPlan *plan, FunctionId id) {
  TSNode function = syntax_node_function(source_node(&plan->source, plan_function(plan, id)->span));
  TSNode call =
      plan->source.python || ts_node_is_null(function) ? (TSNode){0} : syntax_node_enclosing(function, CALL_NODES);
  if (ts_node_is_null(call) || plan_function(plan, id)->parent != 1)
    return NULL;
  TSNode first = syntax_node_child(syntax_node_field(call, "arguments"), 0);
  Span span = syntax_node_span(first);
  if (ts_node_is_null(first) || !syntax_node_is(first, "string"))
    return "";
  return source_copy(&plan->source, plan->arena, (Span){span.start + 1, span.end - 1});
}

// What functions are registered with comes from elsewhere: every package is faked.
static void replace_packages(StressPlan *plan) {
  const Module *module = plan->rules->file->module;
  for (VariableId id = 1; id < module->variables.count; id++) {
    const char *path = plan_text(plan, module_variable(module, id)->import_path);
    if (path[0] && path[0] != '.' && strncmp(path, "node:", 5))
      replace(plan, id);
  }
}

static bool returns_with(const StressPlan *plan, FunctionId factory, FunctionId function) {
  TSNode node = syntax_node_function(source_node(&plan->source, plan_function(plan, factory)->span));
  if (ts_node_is_null(node))
    return false;
  TSNode body = syntax_node_field(node, "body");
  TSNode last = ts_node_is_null(body) ? body : syntax_node_last_child(body);
  TSNode given = syntax_node_child(last, 0);
  return !ts_node_is_null(given) && syntax_node_is(last, "return_statement") && syntax_node_is(given, "object") &&
         source_uses(&plan->source, syntax_node_span(last), plan_text(plan, plan_function(plan, function)->name),
                     false);
}

// The function that gives an object with the function in it: `return { ask, remaining }`. 0 for none.
static FunctionId factory_of(const StressPlan *plan, FunctionId id) {
  FunctionId parent = plan_function(plan, id)->parent;
  bool named = plan_text(plan, plan_function(plan, id)->name)[0] != '\0' && !plan_function(plan, id)->class_id;
  bool plain = !(plan_function(plan, parent)->flags & FUNCTION_ASYNC);
  bool given = !plan->source.python && named && plain && parent > 1 && plan_can_call(plan, parent) &&
               returns_with(plan, parent, id);
  return given ? parent : 0;
}

// Functions of the factory that need nothing and only read the variable of the finding.
static void find_observers(StressPlan *plan, FunctionId factory) {
  const Module *module = plan->rules->file->module;
  Location location = plan->report->candidate.location;
  for (FunctionId id = 2; id < module->functions.count; id++) {
    const Function *function = module_function(module, id);
    if (function->parent != factory || function->parameters.count || function->flags & FUNCTION_ASYNC ||
        !returns_with(plan, factory, id))
      continue;
    const Summary *summary = &plan->rules->file->summaries[id];
    for (uint32_t i = 0; i < summary->accesses.count; i++)
      if (location_same(summary->accesses.items[i].location, location)) {
        array_push(plan->arena, &plan->observers, plan_text(plan, function->name));
        break;
      }
  }
}

// --- what one task at a time may do

// The end of the section that the act claims: the next write of the same location; 0 for none.
static uint32_t release_of(const StressPlan *plan) {
  const Candidate *candidate = &plan->report->candidate;
  const Summary *summary = &plan->rules->file->summaries[candidate->function];
  Locations *locations = plan->rules->file->locations;
  uint32_t release = 0;
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *access = &summary->accesses.items[i];
    // A report has a location of its own for what a parameter leads to: it is told by how it is written.
    if (!strcmp(location_text(locations, access->location), location_text(locations, candidate->location)) &&
        access->flags & ACCESS_CONSTANT && access->span.start > candidate->second.end &&
        (!release || access->span.start < release))
      release = access->span.start;
  }
  return candidate->flags & ACCESS_CONSTANT ? release : 0;
}

static void find_exclusive(StressPlan *plan) {
  FunctionId id = plan->report->candidate.function;
  const Function *function = plan_function(plan, id);
  uint32_t release = plan->report->candidate.kind == CANDIDATE_ACT ? release_of(plan) : 0;
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    if (call->op == OP_CALL_METHOD && call->span.start > plan->report->candidate.second.end &&
        call->span.end < release && code_awaited_at(plan->rules, id, i) != CODE_NONE && plan->exclusive.count < 4)
      array_push(plan->arena, &plan->exclusive, plan_text(plan, call->b));
  }
}

// --- the plan

static void call_handler(StressPlan *plan, FunctionId function) {
  plan->handler = place_of(plan, function);
  if (!plan->handler) {
    stress_gap(plan, "nobody outside can call the code of the finding: say in `call` how to get there");
    return;
  }
  plan->call = plan_call(plan, function);
  plan->call.method = false;
  replace_packages(plan);
}

// The function of the finding or, where it is a callback within another, that one.
static FunctionId named_function(const StressPlan *plan) {
  FunctionId id = plan->report->function;
  while (plan_function(plan, id)->flags & FUNCTION_LAMBDA && !plan_text(plan, plan_function(plan, id)->name)[0] &&
         plan_function(plan, id)->parent > 1)
    id = plan_function(plan, id)->parent;
  return id;
}

static void find_call(StressPlan *plan) {
  FunctionId function = named_function(plan), factory = factory_of(plan, function);
  FunctionId reached = factory ? function : reach(plan, function);
  if (!reached) {
    call_handler(plan, function);
    return;
  }
  plan->call = plan_call(plan, reached);
  plan->factory = factory != 0;
  plan->has_receiver = plan->call.method |= plan->factory;
  if (factory) {
    plan->construct = plan_call(plan, factory);
    find_observers(plan, factory);
  } else if (plan->has_receiver) {
    construct(plan, plan_function(plan, reached)->class_id);
  }
}

static void choose_comparisons(StressPlan *plan) {
  const Candidate *candidate = &plan->report->candidate;
  bool act = candidate->kind == CANDIDATE_ACT;
  bool once = act && candidate->flags & (ACCESS_ASSIGN | ACCESS_ADD) &&
              !(candidate->flags & (ACCESS_UPDATE | ACCESS_NULLS)) && !plan->exclusive.count;
  bool seen = plan->state != STRESS_STATE_NONE || plan->observers.count;
  plan->calls = once || candidate->kind == CANDIDATE_ITERATE;
  bool wanted = plan->call.function != named_function(plan) || !seen || candidate->kind != CANDIDATE_UPDATE;
  plan->results = plan->exclusive.count || !wanted ? STRESS_RESULTS_IGNORED
                  : seen                           ? STRESS_RESULTS_BY_KIND
                                                   : STRESS_RESULTS_WHOLE;
}

StressPlan *stress_plan(RuleRun *rules, const Syntax *syntax, const Report *report) {
  StressPlan *plan = ARENA_NEW(rules->file->arena, StressPlan);
  *plan = (StressPlan){.arena = rules->file->arena, .source = source_of(syntax), .rules = rules, .report = report};
  find_call(plan);
  find_replaced(plan);
  if (!plan->call.function)
    return plan;
  if (!plan->factory)
    plan_find_companions(plan);
  plan_find_keys(plan);
  find_state(plan);
  find_exclusive(plan);
  choose_comparisons(plan);
  return plan;
}
