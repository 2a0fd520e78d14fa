#include "sessions.h"
#include <string.h>

enum { CHAIN_LIMIT = 8 };

struct Sessions {
  RuleRun *run;
  bool *lent; // by function: its first parameter is a session that a library lends
};

static const Module *module_of(const Sessions *sessions) {
  return sessions->run->file->module;
}

void session_uses_add(SessionUses *uses, const SessionUse *use) {
  for (uint32_t i = 0; i < uses->count; i++)
    if (uses->items[i].session == use->session && uses->items[i].span.start == use->span.start)
      return;
  if (uses->count < SESSION_USE_LIMIT)
    uses->items[uses->count++] = *use;
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

uint32_t sessions_places(const Sessions *sessions, FunctionId function, Value value, Location places[VALUE_SET_LIMIT]) {
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

bool sessions_is_session(const Sessions *sessions, FunctionId function, Value value) {
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
  uint32_t count = sessions_places(sessions, function, session, places);
  LockSet guards = run->file->held_at[function][call];
  uint32_t at = code_awaited_at(run, function, call);
  if (at != CODE_NONE)
    for (uint32_t i = 0; i < run->file->held_at[function][at].count; i++)
      lock_set_add(&guards, run->file->held_at[function][at].items[i]);
  const Instruction *instruction = code_at(run, function, call);
  const char *name = instruction->op == OP_CALL_METHOD ? symbol_text(module_of(sessions)->symbols, instruction->b) : "";
  for (uint32_t i = 0; i < count; i++)
    session_uses_add(uses, &(SessionUse){places[i], code_display(run, function, session), instruction->span, guards,
                                         certain, strcmp(name, "drain") == 0});
}

// The session that a chain of calls and fields begins with (`trx("users").where(…)`, `tx.user.update`); 0 for none.
static Value receiver_session(const Sessions *sessions, FunctionId function, Value value) {
  for (uint32_t steps = 0; steps < CHAIN_LIMIT; steps++) {
    if (sessions_is_session(sessions, function, value))
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
    if (sessions_is_session(sessions, function, args[i].value))
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

void sessions_add_call(const Sessions *sessions, SessionUses *uses, FunctionId function, uint32_t index) {
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

void sessions_add_arguments(const Sessions *sessions, SessionUses *uses, FunctionId function, uint32_t call) {
  add_argument_uses(sessions, uses, function, call, code_at(sessions->run, function, call));
}

Sessions *sessions_new(RuleRun *run) {
  Sessions *sessions = ARENA_NEW(run->file->arena, Sessions);
  *sessions = (Sessions){run, ARENA_ARRAY(run->file->arena, bool, run->file->module->functions.count)};
  find_lent(sessions);
  return sessions;
}
