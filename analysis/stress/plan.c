#include "plan.h"
#include "../rules/code.h"
#include <string.h>

// --- what can be called

static const Function *function_of(const StressPlan *plan, FunctionId id) {
  return module_function(plan->rules->file->module, id);
}

static const char *text_of(const StressPlan *plan, Symbol symbol) {
  return symbol_text(plan->rules->file->module->symbols, symbol);
}

void stress_gap(StressPlan *plan, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *gap = arena_vprintf(plan->arena, format, arguments);
  va_end(arguments);
  array_push(plan->arena, &plan->gaps, gap);
}

static bool calls(const StressPlan *plan, FunctionId caller, FunctionId callee) {
  for (const Edge *edge = plan->rules->graph->from[caller]; edge; edge = edge->next_from)
    if (edge->callee.function == callee)
      return true;
  return false;
}

// Whether who holds the module, or an object of the class, can call the function.
static bool can_call(const StressPlan *plan, FunctionId id) {
  const Function *function = function_of(plan, id);
  if (id <= 1 || function->flags & (FUNCTION_MODULE | FUNCTION_CONSTRUCTOR | FUNCTION_GENERATOR))
    return false;
  if (!text_of(plan, function->name)[0] || (plan->source.python && function->flags & FUNCTION_LAMBDA))
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
    if (can_call(plan, id))
      return id;
    FunctionId next = 0;
    for (const Edge *edge = plan->rules->graph->into[id]; edge && !next; edge = edge->next_into)
      if (edge->kind != EDGE_HANDLER && edge->kind != EDGE_CALLBACK && can_call(plan, edge->caller))
        next = edge->caller;
    FunctionId parent = function_of(plan, id)->parent;
    id = next ? next : runs(plan, parent, id) ? parent : 0;
  }
  return 0;
}

// --- arguments

static bool has_receiver(const Function *function) {
  return function->class_id && !(function->flags & FUNCTION_STATIC);
}

static StressCall call_of(StressPlan *plan, FunctionId id) {
  const Function *function = function_of(plan, id);
  StressCall call = {.function = id, .name = text_of(plan, function->name), .method = has_receiver(function)};
  if (function->class_id && !call.method)
    call.name = text_of(plan, function->qualified);
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

// --- who else touches what

// What a location lies in: a variable of the module, or a field of an object; 0 for others.
static Location container_of(const StressPlan *plan, Location location) {
  const Locations *locations = plan->rules->file->locations;
  const LocationRow *root = location_row(locations, location_root_of(locations, location));
  unsigned depth = root->root == ROOT_VARIABLE ? 0 : root->root == ROOT_SELF ? 1 : 9;
  while (location_row(locations, location)->depth > depth)
    location = location_row(locations, location)->parent;
  return location_row(locations, location)->depth == depth ? location : 0;
}

enum { ADDS = 1, ASSIGNS = 2, EMPTIES = 4, FILLS = ADDS | ASSIGNS };

static unsigned effect_of(uint32_t flags) {
  if (flags & (ACCESS_REMOVE | ACCESS_CLEAR | ACCESS_NULLS))
    return EMPTIES;
  if (flags & ACCESS_ADD)
    return ADDS;
  return flags & ACCESS_WRITE ? ASSIGNS : 0;
}

// What a function does to a location of a container or its elements, through those it calls as well; what it does to
// fields of the elements counts for nothing.
static unsigned effects_on(const StressPlan *plan, FunctionId id, Location location) {
  const Summary *summary = &plan->rules->file->summaries[id];
  const Locations *locations = plan->rules->file->locations;
  Location container = container_of(plan, location);
  unsigned effects = 0, depth = location_row(locations, location)->depth + 1u;
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *access = &summary->accesses.items[i];
    if (container_of(plan, access->location) == container && location_row(locations, access->location)->depth <= depth)
      effects |= effect_of(access->flags);
  }
  return effects;
}

// Whether a function is one that others call on the same object or module as the tested one.
static bool is_companion(const StressPlan *plan, FunctionId id) {
  const Function *function = function_of(plan, id), *tested = function_of(plan, plan->call.function);
  if (id == plan->call.function || !can_call(plan, id) || function->flags & (FUNCTION_GETTER | FUNCTION_SETTER))
    return false;
  if (has_receiver(function) && function->class_id != tested->class_id)
    return false;
  return !(function->flags & FUNCTION_PRIVATE) && !calls(plan, plan->call.function, id) &&
         !calls(plan, id, plan->call.function);
}

// A companion that only does `effect` to a container.
static FunctionId companion_with(const StressPlan *plan, Location container, unsigned effect) {
  for (FunctionId id = 2; id < plan->rules->file->module->functions.count; id++)
    if (is_companion(plan, id) && effects_on(plan, id, container) & effect &&
        !(effects_on(plan, id, container) & EMPTIES))
      return id;
  return 0;
}

// A function that fills a container which the tested one only reads, or empties.
static FunctionId filler_of_container(const StressPlan *plan, Location container) {
  if (!container || effects_on(plan, plan->call.function, container) & FILLS)
    return 0;
  FunctionId adder = companion_with(plan, container, ADDS);
  return adder ? adder : companion_with(plan, container, ASSIGNS);
}

static FunctionId filler_of(const StressPlan *plan) {
  const Summary *summary = &plan->rules->file->summaries[plan->call.function];
  FunctionId filler = filler_of_container(plan, container_of(plan, plan->report->candidate.location));
  for (uint32_t i = 0; i < summary->accesses.count && !filler; i++)
    filler = filler_of_container(plan, container_of(plan, summary->accesses.items[i].location));
  return filler;
}

static bool needs_others(const StressPlan *plan) {
  CandidateKind kind = plan->report->candidate.kind;
  return kind == CANDIDATE_ITERATE || kind == CANDIDATE_USE;
}

static void find_rivals(StressPlan *plan) {
  Location location = plan->report->candidate.location;
  if (!container_of(plan, location) || !needs_others(plan))
    return;
  for (FunctionId id = 2; id < plan->rules->file->module->functions.count; id++)
    if (plan->rival_count < STRESS_RIVAL_LIMIT && is_companion(plan, id) && effects_on(plan, id, location)) {
      plan->rival_adds[plan->rival_count] = !(effects_on(plan, id, location) & EMPTIES);
      plan->rivals[plan->rival_count++] = call_of(plan, id);
    }
}

// --- state

static void find_state(StressPlan *plan) {
  const Locations *locations = plan->rules->file->locations;
  const Module *module = plan->rules->file->module;
  Location container = container_of(plan, plan->report->candidate.location);
  const LocationRow *row = location_row(locations, container);
  const LocationRow *root = location_row(locations, location_root_of(locations, container));
  if (!container)
    return;
  if (root->root == ROOT_VARIABLE) {
    const Variable *variable = module_variable(module, root->name);
    bool reachable = variable->kind == VARIABLE_MODULE;
    plan->state = reachable ? STRESS_STATE_VARIABLE : STRESS_STATE_NONE;
    plan->state_name = text_of(plan, variable->name);
    return;
  }
  ClassId own = function_of(plan, plan->call.function)->class_id;
  if (row->step != STEP_FIELD)
    return;
  bool same = own && values_classes_related(plan->rules->file->values, own, root->name);
  plan->state = same ? STRESS_STATE_FIELD : STRESS_STATE_FOUND;
  plan->state_class = text_of(plan, module_class(module, root->name)->qualified);
  plan->state_name = text_of(plan, row->name);
}

// --- what is imported and awaited

static VariableId variable_of(const StressPlan *plan, FunctionId id, const Instruction *call) {
  const Function *function = function_of(plan, id);
  for (uint32_t i = 0; i < function->code.count; i++)
    if (function->code.items[i].op == OP_LOAD && function->code.items[i].result == call->a)
      return function->code.items[i].a;
  return 0;
}

// What a test replaces to fake an imported variable; NULL where it should not.
static const char *replaceable(const StressPlan *plan, const Variable *variable) {
  const char *path = text_of(plan, variable->import_path);
  if (variable->kind != VARIABLE_IMPORT)
    return NULL;
  if (plan->source.python)
    return strncmp(path, "asyncio", 7) ? text_of(plan, variable->name) : NULL;
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
  TSNode function = syntax_node_function(source_node(&plan->source, function_of(plan, id)->span));
  TSNode call =
      plan->source.python || ts_node_is_null(function) ? (TSNode){0} : syntax_node_enclosing(function, CALL_NODES);
  if (ts_node_is_null(call) || function_of(plan, id)->parent != 1)
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
    const char *path = text_of(plan, module_variable(module, id)->import_path);
    if (path[0] && path[0] != '.' && strncmp(path, "node:", 5))
      replace(plan, id);
  }
}

static bool returns_with(const StressPlan *plan, FunctionId factory, FunctionId function) {
  TSNode node = syntax_node_function(source_node(&plan->source, function_of(plan, factory)->span));
  if (ts_node_is_null(node))
    return false;
  TSNode body = syntax_node_field(node, "body");
  TSNode last = ts_node_is_null(body) ? body : syntax_node_last_child(body);
  TSNode given = syntax_node_child(last, 0);
  return !ts_node_is_null(given) && syntax_node_is(last, "return_statement") && syntax_node_is(given, "object") &&
         source_uses(&plan->source, syntax_node_span(last), text_of(plan, function_of(plan, function)->name), false);
}

// The function that gives an object with the function in it: `return { ask, remaining }`. 0 for none.
static FunctionId factory_of(const StressPlan *plan, FunctionId id) {
  FunctionId parent = function_of(plan, id)->parent;
  bool named = text_of(plan, function_of(plan, id)->name)[0] != '\0' && !function_of(plan, id)->class_id;
  bool plain = !(function_of(plan, parent)->flags & FUNCTION_ASYNC);
  bool given =
      !plan->source.python && named && plain && parent > 1 && can_call(plan, parent) && returns_with(plan, parent, id);
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
        array_push(plan->arena, &plan->observers, text_of(plan, function->name));
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
  const Function *function = function_of(plan, id);
  uint32_t release = plan->report->candidate.kind == CANDIDATE_ACT ? release_of(plan) : 0;
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    if (call->op == OP_CALL_METHOD && call->span.start > plan->report->candidate.second.end &&
        call->span.end < release && code_awaited_at(plan->rules, id, i) != CODE_NONE && plan->exclusive.count < 4)
      array_push(plan->arena, &plan->exclusive, text_of(plan, call->b));
  }
}

// --- keys that belong together

enum { RECORD_DEPTH = 3 };

static bool holds_text(const StressValue *value, const char *name, unsigned depth) {
  if (value->kind == STRESS_TEXT)
    return !strcmp(value->name, name);
  for (uint32_t i = 0; i < value->parts.count && depth < RECORD_DEPTH; i++)
    if (holds_text(value->parts.items[i], name, depth + 1))
      return true;
  return false;
}

static bool has_text(const StressCall *call, const char *name) {
  for (uint32_t i = 0; i < call->arguments.count; i++)
    if (holds_text(call->arguments.items[i], name, 0))
      return true;
  return false;
}

// Gives the texts of a companion the names that the tested function has for them, so that both get the same keys.
static void align(const StressCall *call, const StressCall *preparation, StressCall *companion) {
  uint32_t next = 0;
  for (uint32_t i = 0; i < companion->arguments.count; i++) {
    StressValue *value = companion->arguments.items[i];
    if (value->kind != STRESS_TEXT || has_text(call, value->name) || has_text(preparation, value->name))
      continue;
    for (; next < call->arguments.count; next++) {
      StressValue *own = call->arguments.items[next];
      if (own->kind == STRESS_TEXT && !has_text(companion, own->name)) {
        value->name = own->name;
        value->texts.items = own->texts.items;
        value->texts.count = own->texts.count;
        next++;
        break;
      }
    }
  }
}

// What the preparation does not know how to name, it may give.
static void take_given(const StressPlan *plan, StressCall *call) {
  for (uint32_t i = 0; i < call->arguments.count; i++) {
    StressValue *value = call->arguments.items[i];
    value->prepared = value->kind == STRESS_TEXT && !has_text(&plan->preparation, value->name);
  }
}

static void add_key(StressPlan *plan, const char *name) {
  for (uint32_t i = 0; i < plan->keys.count; i++)
    if (!strcmp(plan->keys.items[i], name))
      return;
  array_push(plan->arena, &plan->keys, name);
}

static void add_keys(StressPlan *plan, const StressValue *value, unsigned depth) {
  if (value->kind == STRESS_TEXT && !value->texts.count)
    add_key(plan, value->name);
  for (uint32_t i = 0; i < value->parts.count && depth < RECORD_DEPTH; i++)
    add_keys(plan, value->parts.items[i], depth + 1);
}

// With several keys each may be the one that tells tasks apart; a single one has its scenario already.
static void find_keys(StressPlan *plan) {
  enum { MOST_KEYS = 3 };
  for (uint32_t i = 0; i < plan->call.arguments.count; i++)
    add_keys(plan, plan->call.arguments.items[i], 0);
  if (plan->keys.count < 2 || plan->keys.count > MOST_KEYS)
    plan->keys.count = 0;
}

static void find_companions(StressPlan *plan) {
  FunctionId filler = filler_of(plan);
  find_rivals(plan);
  if (filler) {
    StressCall preparation = call_of(plan, filler);
    align(&plan->call, &plan->preparation, &preparation);
    plan->preparation = preparation;
    take_given(plan, &plan->call);
  }
  for (uint32_t i = 0; i < plan->rival_count; i++) {
    align(&plan->call, &plan->preparation, &plan->rivals[i]);
    if (filler)
      take_given(plan, &plan->rivals[i]);
  }
}

// --- the plan

static void call_handler(StressPlan *plan, FunctionId function) {
  plan->handler = place_of(plan, function);
  if (!plan->handler) {
    stress_gap(plan, "nobody outside can call the code of the finding: say in `call` how to get there");
    return;
  }
  plan->call = call_of(plan, function);
  plan->call.method = false;
  replace_packages(plan);
}

// The function of the finding or, where it is a callback within another, that one.
static FunctionId named_function(const StressPlan *plan) {
  FunctionId id = plan->report->function;
  while (function_of(plan, id)->flags & FUNCTION_LAMBDA && !text_of(plan, function_of(plan, id)->name)[0] &&
         function_of(plan, id)->parent > 1)
    id = function_of(plan, id)->parent;
  return id;
}

static void find_call(StressPlan *plan) {
  FunctionId function = named_function(plan), factory = factory_of(plan, function);
  FunctionId reached = factory ? function : reach(plan, function);
  if (!reached) {
    call_handler(plan, function);
    return;
  }
  plan->call = call_of(plan, reached);
  plan->factory = factory != 0;
  plan->has_receiver = plan->call.method |= plan->factory;
  if (factory) {
    plan->construct = call_of(plan, factory);
    find_observers(plan, factory);
  } else if (plan->has_receiver) {
    construct(plan, function_of(plan, reached)->class_id);
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
    find_companions(plan);
  find_keys(plan);
  find_state(plan);
  find_exclusive(plan);
  choose_comparisons(plan);
  return plan;
}
