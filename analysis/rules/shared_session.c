#include "fanout.h"
#include <string.h>

static const char DOCUMENTATION[] =
    "# shared-session\n"
    "\n"
    "## What it does\n"
    "Reports an object that serves one task at a time (a database session, connection, cursor or transaction, a "
    "stream\n"
    "reader) and is used by several tasks that run at the same time.\n"
    "\n"
    "## Why is this bad?\n"
    "Such an object keeps the state of one conversation. A second request in the middle of the first is refused "
    "(`another\n"
    "operation is in progress`), or its answer goes to the wrong task, or both end up in one transaction.\n"
    "\n"
    "## Example\n"
    "```python\n"
    "async with make_session() as session:\n"
    "    await asyncio.gather(session.execute(first), session.execute(second))\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "```python\n"
    "async with make_session() as session:\n"
    "    await session.execute(first)\n"
    "    await session.execute(second)\n"
    "```\n"
    "or a session of its own for each task.\n";

enum { USE_LIMIT = 24, CHAIN_LIMIT = 8, COMPARED = 64 };

// A place where a session is used, told by where the session stands for the function that it is listed for.
typedef struct SessionUse {
  Location session;
  const char *name;
  Span span;
  LockSet guards;
  bool certain; // false: of a parameter, a session only where a caller passes one
  bool drains;  // waits until a stream has sent what it was given: alone it disturbs nobody
} SessionUse;

typedef struct SessionUses {
  SessionUse items[USE_LIMIT];
  uint32_t count;
} SessionUses;

typedef struct Sessions {
  RuleRun *run;
  SessionUses *by_function;
  bool *lent; // by function: its first parameter is a session that a library lends
} Sessions;

static const Module *module_of(const Sessions *sessions) {
  return sessions->run->file->module;
}

static void add_use(SessionUses *uses, SessionUse use) {
  for (uint32_t i = 0; i < uses->count; i++)
    if (uses->items[i].session == use.session && uses->items[i].span.start == use.span.start)
      return;
  if (uses->count < USE_LIMIT)
    uses->items[uses->count++] = use;
}

// --- which values are sessions

static void find_lent(Sessions *sessions) {
  RuleRun *run = sessions->run;
  for (FunctionId id = 1; id < module_of(sessions)->functions.count; id++) {
    const Function *function = module_function(module_of(sessions), id);
    for (uint32_t i = 0; i < function->code.count; i++) {
      const Instruction *call = &function->code.items[i];
      const Resource *row = code_is_call(call) ? code_resource(run, id, call) : NULL;
      if (!row || !(row->uses & RESOURCE_LENDS))
        continue;
      uint32_t count;
      const Operand *args = instruction_args(module_of(sessions), call, &count);
      for (uint32_t a = 0; a < count; a++) {
        Callees callees = code_functions(run, id, args[a].value);
        for (uint32_t c = 0; c < callees.count; c++)
          sessions->lent[callees.items[c].function] = true;
      }
    }
  }
}

static bool is_lent(const Sessions *sessions, Location location) {
  const Locations *locations = sessions->run->file->locations;
  const LocationRow *row = location_row(locations, location);
  if (row->root == ROOT_PARAMETER)
    return !row->parent && (row->name & 63) == 0 && sessions->lent[row->name >> 6];
  if (row->root != ROOT_VARIABLE || row->parent)
    return false;
  const Variable *variable = module_variable(module_of(sessions), row->name);
  if (!variable->parameter || !sessions->lent[variable->owner])
    return false;
  const Function *owner = module_function(module_of(sessions), variable->owner);
  return owner->parameters.count && owner->parameters.items[0].variable == row->name;
}

// Where the objects stand that a value may be; those that the activation made are told by where they were made.
static uint32_t places_of(const Sessions *sessions, FunctionId function, Value value,
                          Location places[VALUE_SET_LIMIT]) {
  const FlowFile *file = sessions->run->file;
  uint32_t count = values_locations(file->values, function, value, places);
  const ValueSet *set = values_of(file->values, function, value);
  for (uint32_t i = 0; i < set->count && count < VALUE_SET_LIMIT; i++)
    if (abstract_kind(set->items[i]) == ABSTRACT_FRESH)
      places[count++] = location_root(file->locations, ROOT_ALLOCATION, abstract_number(set->items[i]));
  Site site = code_source(sessions->run, function, value);
  if (count || site.index == CODE_NONE)
    return count;
  // Of no known type: told by the call that gave it.
  Symbol name = symbol_of_string(file->module->symbols, arena_printf(file->arena, "%u:%u", site.function, site.index));
  places[0] = location_root(file->locations, ROOT_EXTERNAL, name);
  return 1;
}

static bool is_session(const Sessions *sessions, FunctionId function, Value value) {
  if (code_value_uses(sessions->run, function, value, RESOURCE_SESSION))
    return true;
  Location places[VALUE_SET_LIMIT];
  uint32_t count = values_locations(sessions->run->file->values, function, value, places);
  for (uint32_t i = 0; i < count; i++)
    if (is_lent(sessions, places[i]))
      return true;
  return false;
}

// --- the uses of one function

static void add_uses_of(const Sessions *sessions, SessionUses *uses, FunctionId function, uint32_t call, Value session,
                        bool certain) {
  RuleRun *run = sessions->run;
  Location places[VALUE_SET_LIMIT];
  uint32_t count = places_of(sessions, function, session, places);
  LockSet guards = run->file->held_at[function][call];
  uint32_t at = code_awaited_at(run, function, call);
  if (at != CODE_NONE)
    for (uint32_t i = 0; i < run->file->held_at[function][at].count; i++)
      lock_set_add(&guards, run->file->held_at[function][at].items[i]);
  const Instruction *instruction = code_at(run, function, call);
  const char *name = instruction->op == OP_CALL_METHOD ? symbol_text(module_of(sessions)->symbols, instruction->b) : "";
  for (uint32_t i = 0; i < count; i++)
    add_use(uses, (SessionUse){places[i], code_display(run, function, session), instruction->span, guards, certain,
                               strcmp(name, "drain") == 0});
}

// The session that a chain of calls and fields begins with (`trx("users").where(…)`, `tx.user.update`); 0 for none.
static Value receiver_session(const Sessions *sessions, FunctionId function, Value value) {
  for (uint32_t steps = 0; steps < CHAIN_LIMIT; steps++) {
    if (is_session(sessions, function, value))
      return value;
    uint32_t index = values_definition(sessions->run->file->values, function, value);
    if (index == UINT32_MAX)
      return 0;
    const Instruction *instruction = code_at(sessions->run, function, index);
    bool continues = instruction->op == OP_GET_FIELD || code_is_call(instruction);
    if (!continues)
      return 0;
    value = instruction->a;
  }
  return 0;
}

static void add_argument_uses(const Sessions *sessions, SessionUses *uses, FunctionId function, uint32_t call,
                              const Instruction *holder) {
  uint32_t count;
  const Operand *args = instruction_args(module_of(sessions), holder, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (is_session(sessions, function, args[i].value))
      add_uses_of(sessions, uses, function, call, args[i].value, true);
    uint32_t index = values_definition(sessions->run->file->values, function, args[i].value);
    const Instruction *made = index == UINT32_MAX ? NULL : code_at(sessions->run, function, index);
    bool options = made && made->op == OP_MAKE && (made->detail == MAKE_OBJECT || made->detail == MAKE_MAP);
    if (options && holder->op != OP_MAKE)
      add_argument_uses(sessions, uses, function, call, made);
  }
}

static bool is_plain_parameter(const Sessions *sessions, FunctionId id, Value value) {
  const Function *function = module_function(module_of(sessions), id);
  for (uint32_t i = 0; i < function->parameters.count; i++)
    if (function->parameters.items[i].value == value)
      return !module_variable(module_of(sessions), function->parameters.items[i].variable)->is_self;
  return false;
}

// What a call of a library does with sessions.
static void add_call_uses(const Sessions *sessions, SessionUses *uses, FunctionId function, uint32_t index) {
  const Instruction *call = code_at(sessions->run, function, index);
  const Model *model = values_model(sessions->run->file->values, function, call, NULL);
  if (model && model->kind != MODEL_METHOD && model->kind != MODEL_HANDLER && model->kind != MODEL_TYPE)
    return;
  Value receiver = receiver_session(sessions, function, call->a);
  if (receiver)
    add_uses_of(sessions, uses, function, index, receiver, true);
  else if (call->op == OP_CALL_METHOD && is_plain_parameter(sessions, function, call->a))
    add_uses_of(sessions, uses, function, index, call->a, false);
  else
    add_argument_uses(sessions, uses, function, index, call);
}

// --- through calls

static Value passed(const Sessions *sessions, const Instruction *call, Callee callee, uint32_t index) {
  bool receiver = callee.receiver && module_of(sessions)->traits.receiver_is_parameter;
  const Function *function = module_function(module_of(sessions), callee.function);
  if (index >= function->parameters.count || index < receiver)
    return 0;
  const char *name = symbol_text(module_of(sessions)->symbols, function->parameters.items[index].name);
  return code_argument(sessions->run, call, index - receiver, name);
}

static bool made_by(const Sessions *sessions, Location root, FunctionId callee) {
  const LocationRow *row = location_row(sessions->run->file->locations, root);
  if (row->root == ROOT_ALLOCATION)
    return true;
  if (row->root == ROOT_EXTERNAL)
    return strchr(symbol_text(module_of(sessions)->symbols, row->name), ':') != NULL;
  if (row->root != ROOT_VARIABLE)
    return false;
  const Variable *variable = module_variable(module_of(sessions), row->name);
  return variable->kind == VARIABLE_LOCAL && variable->owner == callee;
}

// Instances of a class are one location: which of them the callee's receiver is, the call tells. False where each call
// has an instance of its own.
static bool rebase_receiver(const Sessions *sessions, FunctionId caller, const Instruction *call, Callee callee,
                            SessionUse *use) {
  const FlowFile *file = sessions->run->file;
  if (call->op != OP_CALL_METHOD)
    return abstract_kind(callee.receiver) != ABSTRACT_FRESH;
  if (strcmp(code_text(sessions->run, caller, call->a, NULL), "this") == 0)
    return true;
  Site site = code_source(sessions->run, caller, call->a);
  if (site.index == CODE_NONE || abstract_kind(callee.receiver) == ABSTRACT_FRESH)
    return false;
  Symbol name = symbol_of_string(file->module->symbols, arena_printf(file->arena, "%u:%u", site.function, site.index));
  use->session = location_rebase(file->locations, use->session, location_root_of(file->locations, use->session),
                                 location_root(file->locations, ROOT_EXTERNAL, name));
  return true;
}

// A use of the callee as its caller sees it.
static void lift(const Sessions *sessions, SessionUses *uses, FunctionId caller, const Instruction *call, Callee callee,
                 bool mapped, SessionUse use) {
  Locations *locations = sessions->run->file->locations;
  Location root = location_root_of(locations, use.session);
  const LocationRow *row = location_row(locations, root);
  if (row->root == ROOT_PARAMETER && row->name >> 6 == callee.function) {
    Value value = mapped ? 0 : passed(sessions, call, callee, row->name & 63);
    if (!value)
      return;
    Location places[VALUE_SET_LIMIT];
    uint32_t count = places_of(sessions, caller, value, places);
    for (uint32_t i = 0; i < count; i++) {
      SessionUse lifted = use;
      lifted.session = location_rebase(locations, use.session, root, places[i]);
      if (lifted.session == places[i]) {
        lifted.name = code_display(sessions->run, caller, value);
        lifted.certain |= is_session(sessions, caller, value);
      }
      add_use(uses, lifted);
    }
    return;
  }
  if (made_by(sessions, root, callee.function))
    return;
  if (row->root == ROOT_SELF && !rebase_receiver(sessions, caller, call, callee, &use))
    return;
  add_use(uses, use);
}

static void add_callee_uses(const Sessions *sessions, SessionUses *uses, FunctionId caller, uint32_t index,
                            Callee callee, bool mapped) {
  const SessionUses *from = &sessions->by_function[callee.function];
  for (uint32_t i = 0; i < from->count; i++) {
    SessionUse use = from->items[i];
    const LockSet *held = &sessions->run->file->held_at[caller][index];
    for (uint32_t l = 0; l < held->count; l++)
      lock_set_add(&use.guards, held->items[l]);
    lift(sessions, uses, caller, code_at(sessions->run, caller, index), callee, mapped, use);
  }
}

static void solve(const Sessions *sessions, FunctionId id) {
  SessionUses *uses = &sessions->by_function[id];
  const Function *function = module_function(module_of(sessions), id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    if (!code_is_call(call))
      continue;
    Callees callees = values_callees(sessions->run->file->values, id, call);
    if (!callees.count && code_is_waited_for(sessions->run, id, i))
      add_call_uses(sessions, uses, id, i);
    for (uint32_t c = 0; c < callees.count; c++) {
      bool async = module_function(module_of(sessions), callees.items[c].function)->flags & FUNCTION_ASYNC;
      if (!async || code_is_waited_for(sessions->run, id, i))
        add_callee_uses(sessions, uses, id, i, callees.items[c], false);
    }
  }
}

// --- units that use one session at the same time

static SessionUses uses_of_unit(const Sessions *sessions, const Unit *unit) {
  SessionUses uses = {0};
  if (unit->callee.function)
    add_callee_uses(sessions, &uses, unit->made.function, unit->made.index, unit->callee,
                    unit->mapped || (unit->made.function == unit->starter && unit->made.index == unit->start));
  else
    add_call_uses(sessions, &uses, unit->made.function, unit->made.index);
  return uses;
}

// Whether each round of the unit's loop, or each call of the mapper, has a session of its own.
static bool is_own(const Sessions *sessions, const Unit *unit, Location session) {
  const FlowFile *file = sessions->run->file;
  const LocationRow *row = location_row(file->locations, location_root_of(file->locations, session));
  if (row->root == ROOT_ALLOCATION) {
    const Allocation *made = values_allocation(file->values, row->name);
    return made->function != unit->starter || code_loop_holds(unit->loop, made->instruction);
  }
  if (row->root == ROOT_PARAMETER)
    return row->name >> 6 != unit->starter;
  if (row->root == ROOT_EXTERNAL)
    return unit->many; // told by its call alone
  if (row->root != ROOT_VARIABLE)
    return false;
  const Variable *variable = module_variable(module_of(sessions), row->name);
  if (variable->kind != VARIABLE_LOCAL)
    return false;
  if (unit->mapped && variable->owner == unit->callee.function)
    return true;
  const Function *owner = module_function(module_of(sessions), variable->owner);
  for (uint32_t i = 0; variable->owner == unit->starter && i < owner->code.count; i++)
    if (owner->code.items[i].op == OP_STORE && owner->code.items[i].a == row->name && code_loop_holds(unit->loop, i))
      return true;
  return false;
}

static bool together(const Unit *a, const Unit *b) {
  if (a->starter != b->starter)
    return false;
  if (a->gathered || b->gathered)
    return a->start == b->start;
  return true;
}

static void report(const Sessions *sessions, const Unit *unit, const Unit *other, const SessionUse *use,
                   const SessionUse *first) {
  RuleRun *run = sessions->run;
  Span span = code_at(run, unit->made.function, unit->made.index)->span;
  Span start = code_at(run, unit->starter, unit->start)->span;
  Candidate candidate = {.location = use->session,
                         .function = unit->starter,
                         .origin = unit->starter,
                         .first = first->span,
                         .second = span,
                         .suspension = start};
  Report *report =
      rule_report(run, &candidate, EVIDENCE_IN_VIEW, span,
                  other == unit ? "`%s` is used by all the tasks that are started here; it serves one task at a time"
                                : "`%s` is used here while another task that runs at the same time uses it too; "
                                  "it serves one task at a time",
                  use->name);
  report->finding.variable = use->name;
  if (other != unit)
    rule_place(run, report, PLACE_FIRST_ACCESS, code_at(run, other->made.function, other->made.index)->span,
               "the other task is made here");
  rule_place(run, report, PLACE_SECOND_ACCESS, use->span, "`%s` is used here", use->name);
  if (first->span.start != use->span.start)
    rule_place(run, report, PLACE_CONFLICT, first->span, "and here, by the other task");
  rule_place(run, report, PLACE_SPAWN, start, "the tasks are started here");
  rule_step(run, report, 0, first->span, "uses `%s` and waits for the answer", use->name);
  rule_step(run, report, 1, use->span, "uses `%s` while the first request is under way", use->name);
}

// Whether the unit's tasks send one message in several pieces, so that another task's may come in between.
static bool sends_in_pieces(const SessionUses *uses, Location stream) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < uses->count; i++)
    if (uses->items[i].session == stream && uses->items[i].drains)
      count++;
  return count > 1;
}

static bool disturb(const Sessions *sessions, const SessionUses *uses, const SessionUse *use, const SessionUses *others,
                    const SessionUse *other) {
  if (use->session != other->session || !use->certain || !other->certain)
    return false;
  if (use->drains && other->drains && !sends_in_pieces(uses, use->session) && !sends_in_pieces(others, use->session))
    return false;
  return !lock_sets_meet(sessions->run->file->locations, &use->guards, &other->guards);
}

// Reports the first pair of uses of one session that no lock keeps apart.
// A unit that uses sessions.
typedef struct Busy {
  const Unit *unit;
  SessionUses uses;
} Busy;

typedef struct BusyUnits {
  ARRAY(Busy *) all;
} BusyUnits;

static bool compare(const Sessions *sessions, const Busy *one, const Busy *other) {
  for (uint32_t i = 0; i < one->uses.count; i++) {
    const SessionUse *use = &one->uses.items[i];
    if (one == other && is_own(sessions, one->unit, use->session))
      continue;
    for (uint32_t j = 0; j < other->uses.count; j++) {
      if (!disturb(sessions, &one->uses, use, &other->uses, &other->uses.items[j]))
        continue;
      report(sessions, one->unit, other->unit, use, &other->uses.items[j]);
      return true;
    }
  }
  return false;
}

static BusyUnits busy_units(const Sessions *sessions, const Units *units) {
  BusyUnits busy = {0};
  for (uint32_t i = 0; i < units->all.count; i++) {
    SessionUses uses = uses_of_unit(sessions, &units->all.items[i]);
    if (!uses.count)
      continue;
    Busy *item = ARENA_NEW(sessions->run->file->arena, Busy);
    *item = (Busy){&units->all.items[i], uses};
    array_push(sessions->run->file->arena, &busy.all, item);
  }
  return busy;
}

// A unit's neighbours come just before it: more than COMPARED of them tell nothing new.
static void compare_with_earlier(const Sessions *sessions, const BusyUnits *busy, uint32_t index) {
  const Busy *one = busy->all.items[index];
  if (one->unit->many && compare(sessions, one, one))
    return;
  uint32_t first = index > COMPARED ? index - COMPARED : 0;
  for (uint32_t i = first; i < index; i++)
    if (together(one->unit, busy->all.items[i]->unit) && compare(sessions, one, busy->all.items[i]))
      return;
}

static void check(RuleRun *run) {
  uint32_t functions = run->file->module->functions.count;
  Sessions sessions = {run, ARENA_ARRAY(run->file->arena, SessionUses, functions),
                       ARENA_ARRAY(run->file->arena, bool, functions)};
  Units units = fanout_units(run);
  if (!units.all.count)
    return;
  find_lent(&sessions);
  for (uint32_t i = 0; i < run->graph->function_count; i++)
    solve(&sessions, run->graph->bottom_up[i]);
  BusyUnits busy = busy_units(&sessions, &units);
  for (uint32_t i = 0; i < busy.all.count; i++)
    compare_with_earlier(&sessions, &busy, i);
}

const Rule shared_session_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
