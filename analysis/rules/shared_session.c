#include "fanout.h"
#include "sessions.h"
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

enum { COMPARED = 64 };

typedef struct Search {
  RuleRun *run;
  Sessions *sessions;
  SessionUses *by_function;
} Search;

static const Module *module_of(const Search *search) {
  return search->run->file->module;
}

// --- through calls

static Value passed(const Search *search, const Instruction *call, Callee callee, uint32_t index) {
  bool receiver = callee.receiver && module_of(search)->traits.receiver_is_parameter;
  const Function *function = module_function(module_of(search), callee.function);
  if (index >= function->parameters.count || index < receiver)
    return 0;
  const char *name = symbol_text(module_of(search)->symbols, function->parameters.items[index].name);
  return code_argument(search->run, call, index - receiver, name);
}

static bool made_by(const Search *search, Location root, FunctionId callee) {
  const LocationRow *row = location_row(search->run->file->locations, root);
  if (row->root == ROOT_ALLOCATION)
    return true;
  if (row->root == ROOT_EXTERNAL)
    return strchr(symbol_text(module_of(search)->symbols, row->name), ':') != NULL;
  if (row->root != ROOT_VARIABLE)
    return false;
  const Variable *variable = module_variable(module_of(search), row->name);
  return variable->kind == VARIABLE_LOCAL && variable->owner == callee;
}

// Instances of a class are one location: which of them the callee's receiver is, the call tells. False where each call
// has an instance of its own.
static bool rebase_receiver(const Search *search, FunctionId caller, const Instruction *call, Callee callee,
                            SessionUse *use) {
  const FlowFile *file = search->run->file;
  if (call->op != OP_CALL_METHOD)
    return abstract_kind(callee.receiver) != ABSTRACT_FRESH;
  if (strcmp(code_text(search->run, caller, call->a, NULL), "this") == 0)
    return true;
  Site site = code_source(search->run, caller, call->a);
  if (site.index == CODE_NONE || abstract_kind(callee.receiver) == ABSTRACT_FRESH)
    return false;
  Symbol name = symbol_of_string(file->module->symbols, arena_printf(file->arena, "%u:%u", site.function, site.index));
  use->session = location_rebase(file->locations, use->session, location_root_of(file->locations, use->session),
                                 location_root(file->locations, ROOT_EXTERNAL, name));
  return true;
}

// A use of the callee as its caller sees it.
static void lift(const Search *search, SessionUses *uses, FunctionId caller, const Instruction *call, Callee callee,
                 bool mapped, SessionUse use) {
  Locations *locations = search->run->file->locations;
  Location root = location_root_of(locations, use.session);
  const LocationRow *row = location_row(locations, root);
  if (row->root == ROOT_PARAMETER && row->name >> 6 == callee.function) {
    Value value = mapped ? 0 : passed(search, call, callee, row->name & 63);
    if (!value)
      return;
    Location places[VALUE_SET_LIMIT];
    uint32_t count = sessions_places(search->sessions, caller, value, places);
    for (uint32_t i = 0; i < count; i++) {
      SessionUse lifted = use;
      lifted.session = location_rebase(locations, use.session, root, places[i]);
      if (lifted.session == places[i]) {
        lifted.name = code_display(search->run, caller, value);
        lifted.certain |= sessions_is_session(search->sessions, caller, value);
      }
      session_uses_add(uses, &lifted);
    }
    return;
  }
  if (made_by(search, root, callee.function))
    return;
  if (row->root == ROOT_SELF && !rebase_receiver(search, caller, call, callee, &use))
    return;
  session_uses_add(uses, &use);
}

static void add_callee_uses(const Search *search, SessionUses *uses, FunctionId caller, uint32_t index, Callee callee,
                            bool mapped) {
  const SessionUses *from = &search->by_function[callee.function];
  for (uint32_t i = 0; i < from->count; i++) {
    SessionUse use = from->items[i];
    const LockSet *held = &search->run->file->held_at[caller][index];
    for (uint32_t l = 0; l < held->count; l++)
      lock_set_add(&use.guards, held->items[l]);
    lift(search, uses, caller, code_at(search->run, caller, index), callee, mapped, use);
  }
}

static void solve(const Search *search, FunctionId id) {
  SessionUses *uses = &search->by_function[id];
  const Function *function = module_function(module_of(search), id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    if (!code_is_call(call))
      continue;
    Callees callees = values_callees(search->run->file->values, id, call);
    if (!callees.count && code_is_waited_for(search->run, id, i))
      sessions_add_call(search->sessions, uses, id, i);
    for (uint32_t c = 0; c < callees.count; c++) {
      bool async = module_function(module_of(search), callees.items[c].function)->flags & FUNCTION_ASYNC;
      if (!async || code_is_waited_for(search->run, id, i))
        add_callee_uses(search, uses, id, i, callees.items[c], false);
    }
  }
}

// --- units that use one session at the same time

static SessionUses uses_of_unit(const Search *search, const Unit *unit) {
  SessionUses uses = {0};
  if (unit->callee.function)
    add_callee_uses(search, &uses, unit->made.function, unit->made.index, unit->callee,
                    unit->mapped || (unit->made.function == unit->starter && unit->made.index == unit->start));
  else
    sessions_add_call(search->sessions, &uses, unit->made.function, unit->made.index);
  return uses;
}

// Whether each round of the unit's loop, or each call of the mapper, has a session of its own.
static bool is_own(const Search *search, const Unit *unit, Location session) {
  const FlowFile *file = search->run->file;
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
  const Variable *variable = module_variable(module_of(search), row->name);
  if (variable->kind != VARIABLE_LOCAL)
    return false;
  if (unit->mapped && variable->owner == unit->callee.function)
    return true;
  const Function *owner = module_function(module_of(search), variable->owner);
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

static void report(const Search *search, const Unit *unit, const Unit *other, const SessionUse *use,
                   const SessionUse *first) {
  RuleRun *run = search->run;
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

static bool disturb(const Search *search, const SessionUses *uses, const SessionUse *use, const SessionUses *others,
                    const SessionUse *other) {
  if (use->session != other->session || !use->certain || !other->certain)
    return false;
  if (use->drains && other->drains && !sends_in_pieces(uses, use->session) && !sends_in_pieces(others, use->session))
    return false;
  return !lock_sets_meet(search->run->file->locations, &use->guards, &other->guards);
}

// A unit that uses sessions.
typedef struct Busy {
  const Unit *unit;
  SessionUses uses;
} Busy;

typedef struct BusyUnits {
  ARRAY(Busy *) all;
} BusyUnits;

// Reports the first pair of uses of one session that no lock keeps apart.
static bool compare(const Search *search, const Busy *one, const Busy *other) {
  for (uint32_t i = 0; i < one->uses.count; i++) {
    const SessionUse *use = &one->uses.items[i];
    if (one == other && is_own(search, one->unit, use->session))
      continue;
    for (uint32_t j = 0; j < other->uses.count; j++) {
      if (!disturb(search, &one->uses, use, &other->uses, &other->uses.items[j]))
        continue;
      report(search, one->unit, other->unit, use, &other->uses.items[j]);
      return true;
    }
  }
  return false;
}

static BusyUnits busy_units(const Search *search, const Units *units) {
  BusyUnits busy = {0};
  for (uint32_t i = 0; i < units->all.count; i++) {
    SessionUses uses = uses_of_unit(search, &units->all.items[i]);
    if (!uses.count)
      continue;
    Busy *item = ARENA_NEW(search->run->file->arena, Busy);
    *item = (Busy){&units->all.items[i], uses};
    array_push(search->run->file->arena, &busy.all, item);
  }
  return busy;
}

// A unit's neighbours come just before it: more than COMPARED of them tell nothing new.
static void compare_with_earlier(const Search *search, const BusyUnits *busy, uint32_t index) {
  const Busy *one = busy->all.items[index];
  if (one->unit->many && compare(search, one, one))
    return;
  uint32_t first = index > COMPARED ? index - COMPARED : 0;
  for (uint32_t i = first; i < index; i++)
    if (together(one->unit, busy->all.items[i]->unit) && compare(search, one, busy->all.items[i]))
      return;
}

static void check(RuleRun *run) {
  Units units = fanout_units(run);
  if (!units.all.count)
    return;
  Search search = {run, sessions_new(run),
                   ARENA_ARRAY(run->file->arena, SessionUses, run->file->module->functions.count)};
  for (uint32_t i = 0; i < run->graph->function_count; i++)
    solve(&search, run->graph->bottom_up[i]);
  BusyUnits busy = busy_units(&search, &units);
  for (uint32_t i = 0; i < busy.all.count; i++)
    compare_with_earlier(&search, &busy, i);
}

const Rule shared_session_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
