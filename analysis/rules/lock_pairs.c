#include "lock_pairs.h"
#include <string.h>

enum { RECEIVER = -1, NOBODY = -2 };

// Which argument a lock belongs to, and what of it the lock is.
typedef struct Owner {
  int argument;    // index of the parameter, RECEIVER or NOBODY
  Location within; // the collection of locks for a key; 0 for a lock of the argument itself
  Symbol field;    // of the argument; 0 where the argument is the lock or its key
} Owner;

static int argument_of(const RuleRun *run, FunctionId id, Location root) {
  const LocationRow *row = location_row(run->file->locations, root);
  if (row->step != STEP_NONE)
    return NOBODY;
  if (row->root == ROOT_SELF && values_class_of(run->file->values, id))
    return RECEIVER;
  return row->root == ROOT_PARAMETER && row->name >> 6 == id ? (int)(row->name & 63) : NOBODY;
}

static Owner owner_of(const RuleRun *run, FunctionId id, Location lock) {
  const LocationRow *row = location_row(run->file->locations, lock);
  if (row->step == STEP_KEY_LOCATION)
    return (Owner){argument_of(run, id, row->name), row->parent, 0};
  if (row->step == STEP_FIELD)
    return (Owner){argument_of(run, id, row->parent), 0, row->name};
  return (Owner){row->root == ROOT_PARAMETER ? argument_of(run, id, lock) : NOBODY, 0, 0};
}

// Whether a parameter is an object of the receiver's class.
static bool is_like_receiver(const RuleRun *run, FunctionId id, int parameter) {
  const Function *function = module_function(run->file->module, id);
  const ValueSet *set = values_of(run->file->values, id, function->parameters.items[parameter].value);
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_INSTANCE &&
        values_classes_related(run->file->values, abstract_number(set->items[i]),
                               values_class_of(run->file->values, id)))
      return true;
  return false;
}

static bool is_pair(const RuleRun *run, FunctionId id, Owner a, Owner b) {
  if (a.argument == NOBODY || b.argument == NOBODY || a.argument == b.argument)
    return false;
  if (a.within != b.within || a.field != b.field)
    return false;
  if (a.argument == RECEIVER)
    return is_like_receiver(run, id, b.argument);
  return b.argument != RECEIVER || is_like_receiver(run, id, a.argument);
}

// --- the arguments of calls in view

typedef struct Passed {
  Abstract items[VALUE_SET_LIMIT];
  Symbol text; // of a constant
  uint32_t count;
} Passed;

static Passed passed(const RuleRun *run, const Edge *edge, int argument) {
  Passed result = {.count = 0};
  if (argument == RECEIVER)
    return (Passed){.items = {edge->callee.receiver}, .count = edge->callee.receiver != 0};
  const Instruction *call = &module_function(run->file->module, edge->maker)->code.items[edge->made];
  bool shifted = edge->callee.receiver && run->file->module->traits.receiver_is_parameter;
  uint32_t count, index = (uint32_t)argument - (shifted ? 1 : 0);
  const Operand *args = instruction_args(run->file->module, call, &count);
  if (index >= count || args[index].flags || args[index].name)
    return result;
  const Instruction *source = values_source(run->file->values, edge->maker, args[index].value);
  if (source && source->op == OP_CONST)
    result.text = source->a;
  const ValueSet *set = values_of(run->file->values, edge->maker, args[index].value);
  for (uint32_t i = 0; i < set->count; i++)
    if (abstract_kind(set->items[i]) > ABSTRACT_CONSTANT && abstract_kind(set->items[i]) != ABSTRACT_INSTANCE)
      result.items[result.count++] = set->items[i];
  return result;
}

static bool may_be_same(Passed a, Passed b) {
  if (a.text || b.text)
    return a.text == b.text;
  for (uint32_t i = 0; i < a.count; i++)
    for (uint32_t k = 0; k < b.count; k++)
      if (a.items[i] == b.items[k])
        return true;
  return false;
}

// Whether two calls in view pass the same two objects in opposite order.
static bool is_exchanged(const RuleRun *run, FunctionId id, int first, int second) {
  for (const Edge *a = run->graph->into[id]; a; a = a->next_into)
    for (const Edge *b = a; b; b = b->next_into)
      if (may_be_same(passed(run, a, first), passed(run, b, second)) &&
          may_be_same(passed(run, a, second), passed(run, b, first)))
        return true;
  return false;
}

static void report(RuleRun *run, FunctionId id, const Acquisition *taken, Location outer, RootEvidence evidence) {
  Candidate candidate = {
      .function = id, .origin = id, .location = taken->lock, .first = taken->span, .second = taken->span};
  const char *first = rule_location(run, outer), *second = rule_location(run, taken->lock);
  Report *report =
      rule_report(run, &candidate, evidence, taken->span,
                  "`%s` is taken here while `%s` is held: a task that was given the two in the opposite order holds "
                  "what this one waits for, and waits for what this one holds",
                  second, first);
  rule_step(run, report, 0, taken->span, "holds `%s` and waits for `%s`", first, second);
  rule_step(run, report, 1, taken->span, "was given the two exchanged: it holds and waits for the opposite");
}

// The one lock of a set; 0 where there is none, or another beside it.
static Location only_lock(const LockSet *set) {
  Location lock = 0;
  for (uint32_t i = 0; i < set->count; i++) {
    if (set->items[i] & LOCK_CLAIM)
      continue;
    if (lock)
      return 0;
    lock = set->items[i];
  }
  return lock;
}

// --- one lock taken in a callback under the other

// The parameter of `owner` whose field a lock is that `id`, which is `owner` or a callback in it, takes; `*field` gets
// which.
static int parameter_behind(const RuleRun *run, FunctionId owner, FunctionId id, Value lock, Symbol *field) {
  const Instruction *source = values_source(run->file->values, id, lock);
  if (!source || source->op != OP_GET_FIELD)
    return NOBODY;
  *field = source->b;
  const Instruction *base = values_source(run->file->values, id, source->a);
  const Function *function = module_function(run->file->module, owner);
  for (uint32_t i = 0; i < function->parameters.count; i++) {
    const Parameter *parameter = &function->parameters.items[i];
    if (!parameter->variable || !module_variable(run->file->module, parameter->variable)->constant)
      continue;
    bool own = id == owner && parameter->value == source->a;
    if (own || (base && base->op == OP_LOAD && base->a == parameter->variable))
      return (int)i;
  }
  return NOBODY;
}

// The lock that an instruction takes; 0 for none.
static Value taken_by(RuleRun *run, FunctionId id, const Instruction *instruction) {
  if (instruction->op == OP_ENTER)
    return instruction->flags & INSTRUCTION_ASYNC ? instruction->a : 0;
  if (instruction->op != OP_CALL_METHOD)
    return 0;
  const Model *model = values_model(run->file->values, id, instruction, NULL);
  bool acquires = strcmp(symbol_text(run->file->module->symbols, instruction->b), "acquire") == 0;
  return acquires || (model && model->kind == MODEL_LOCKED) ? instruction->a : 0;
}

static void check_callback(RuleRun *run, FunctionId id, FunctionId callback, int outer, Symbol field,
                           RootEvidence evidence) {
  const Function *function = module_function(run->file->module, callback);
  Locations *locations = run->file->locations;
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *take = &function->code.items[i];
    Value lock = taken_by(run, callback, take);
    Symbol other;
    int inner = lock ? parameter_behind(run, id, callback, lock, &other) : NOBODY;
    if (inner == NOBODY || inner == outer || other != field)
      continue;
    if (evidence == EVIDENCE_IN_VIEW && !is_exchanged(run, id, outer, inner))
      continue;
    Location roots[] = {location_root(locations, ROOT_PARAMETER, location_parameter_number(id, (uint32_t)outer)),
                        location_root(locations, ROOT_PARAMETER, location_parameter_number(id, (uint32_t)inner))};
    Acquisition taken = {.lock = location_step(locations, roots[1], STEP_FIELD, field), .span = take->span};
    report(run, callback, &taken, location_step(locations, roots[0], STEP_FIELD, field), evidence);
  }
}

static void check_callbacks(RuleRun *run, FunctionId id) {
  RootEvidence evidence = contexts_parallel(run->contexts, id, id, 0, NULL);
  if (!evidence || !run->file->held_at[id] || contexts_entry_locks(run->contexts, id)->count)
    return;
  for (const Edge *edge = run->graph->from[id]; edge; edge = edge->next_from) {
    if (!edge->lock || run->file->held_at[id][edge->instruction].count)
      continue;
    Symbol field;
    const Instruction *call = &module_function(run->file->module, id)->code.items[edge->instruction];
    int outer = parameter_behind(run, id, id, call->a, &field);
    if (outer != NOBODY)
      check_callback(run, id, edge->callee.function, outer, field, evidence);
  }
}

void deadlock_check_pairs(RuleRun *run, FunctionId id) {
  const Summary *summary = &run->file->summaries[id];
  for (uint32_t i = 0; i < summary->acquisitions.count; i++) {
    const Acquisition *taken = &summary->acquisitions.items[i];
    Owner inner = owner_of(run, id, taken->lock);
    // A third lock around both keeps the other task out.
    Location outer = only_lock(&taken->here);
    if (taken->function != id || !outer || contexts_entry_locks(run->contexts, id)->count)
      continue;
    Owner holder = owner_of(run, id, outer);
    if (!is_pair(run, id, holder, inner))
      continue;
    RootEvidence evidence = contexts_parallel(run->contexts, id, id, 0, NULL);
    // Two locks that were passed themselves may have an order that only the caller knows.
    bool in_view = evidence == EVIDENCE_IN_VIEW || (!inner.within && !inner.field);
    if (evidence && (!in_view || is_exchanged(run, id, holder.argument, inner.argument)))
      report(run, id, taken, outer, evidence);
  }
  check_callbacks(run, id);
}
