// What led to a continuation: the tests that decided, before `p.then(f)`, that `f` would run at all. They are stale
// when it does.
#include "state.h"

enum { PREMISE_LIMIT = 8 };

typedef struct Premise {
  Location location;
  Span read;
  uint32_t flags;
} Premise;

struct Premises {
  FunctionId caller; // that registers the continuation
  uint32_t instruction;
  Premise items[PREMISE_LIMIT];
  uint32_t count;
  bool several; // places register it: none of their tests is what led to it
};

// A variable of the activation that registers the continuation: nobody else is likely to have it.
static bool is_own(const Flow *flow, Location location) {
  const Locations *locations = flow->file->locations;
  const LocationRow *root = location_row(locations, location_root_of(locations, location));
  if (root->root != ROOT_VARIABLE)
    return false;
  const Variable *variable = module_variable(flow->file->module, root->name);
  return variable->kind == VARIABLE_LOCAL && variable->owner == flow->id;
}

static void add_tests(Flow *flow, struct Premises *premises) {
  for (uint32_t i = facts_from(flow->now, HOLDER_BRANCH); i < flow->now->count && premises->count < PREMISE_LIMIT; i++) {
    const Fact *fact = &flow->now->items[i];
    if (!flow_is_test(fact) || fact->flags & FACT_PASSED)
      continue;
    if (fact->guards & facts_guarding(flow->now) || !flow_decides_here(flow, fact))
      continue;
    const Token *token = &flow->tokens.items[fact->token];
    // What was there and is to go at the end is mostly the continuation's own to end.
    if (is_own(flow, token->location) || flow_finding(flow, fact) != ACCESS_IF_ABSENT)
      continue;
    uint32_t flags = (fact->flags & FACT_THROUGH) | FACT_ABSENT | FACT_STALE;
    premises->items[premises->count++] = (Premise){token->location, token->span, flags};
  }
}

static void note(Flow *flow, FunctionId continuation) {
  struct Premises **premises = &flow->file->premises[continuation];
  if (!*premises)
    *premises = ARENA_NEW(flow->file->arena, struct Premises);
  bool same = (*premises)->caller == flow->id && (*premises)->instruction == flow->index;
  bool several = (*premises)->several || ((*premises)->caller && !same);
  **premises = (struct Premises){.caller = flow->id, .instruction = flow->index, .several = several};
  if ((*premises)->several)
    return;
  add_tests(flow, *premises);
  if (flow->registered_count < REGISTERED_LIMIT)
    flow->registered[flow->registered_count++] = continuation;
}

void flow_note_premises(Flow *flow, const Instruction *call) {
  const Model *model = flow->recording ? values_model(flow->file->values, flow->id, call, NULL) : NULL;
  if (!model || model->kind != MODEL_CALL_LATER || !(model->effects & EFFECT_CHAIN))
    return;
  uint32_t count;
  const Operand *args = instruction_args(flow->file->module, call, &count);
  for (uint32_t i = 0; i < count; i++) {
    const ValueSet *set = values_of(flow->file->values, flow->id, args[i].value);
    for (uint32_t v = 0; v < set->count; v++)
      if (abstract_kind(set->items[v]) == ABSTRACT_FUNCTION)
        note(flow, abstract_number(set->items[v]));
  }
}

// `if (!this.loading) this.loading = load().then(…)`: what is written before anybody else runs claims what was tested.
void flow_claim_premises(Flow *flow, const Write *write) {
  for (uint32_t r = 0; r < flow->registered_count; r++) {
    struct Premises *premises = flow->file->premises[flow->registered[r]];
    bool claimed = false;
    for (uint32_t i = 0; i < premises->count; i++)
      claimed |= flow_tells_about(flow, premises->items[i].location, write->location, write->flags);
    if (claimed)
      premises->count = 0;
  }
}

void flow_begin_with_premises(Flow *flow, Facts *facts) {
  const struct Premises *premises = flow->file->premises[flow->id];
  if (!premises)
    return;
  Span registered = module_function(flow->file->module, premises->caller)->code.items[premises->instruction].span;
  for (uint32_t i = 0; i < premises->count; i++) {
    const Premise *premise = &premises->items[i];
    uint32_t token = flow->tokens.count;
    array_push(flow->file->arena, &flow->tokens,
               ((Token){.location = premise->location, .span = premise->read, .suspension = registered}));
    facts_add(facts, (Fact){.holder = HOLDER_PREMISE | token, .token = token, .flags = premise->flags});
  }
}

bool flow_has_premises(const FlowFile *file, FunctionId function) {
  return file->premises[function] && file->premises[function]->count;
}
