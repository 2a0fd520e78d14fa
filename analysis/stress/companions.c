// What happens beside the tested call: what prepares for it, its rivals, and the keys that they have in common.
#include "plan_parts.h"
#include <string.h>

// --- who else touches what

Location plan_container(const StressPlan *plan, Location location) {
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
  Location container = plan_container(plan, location);
  unsigned effects = 0, depth = location_row(locations, location)->depth + 1u;
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *access = &summary->accesses.items[i];
    if (plan_container(plan, access->location) == container &&
        location_row(locations, access->location)->depth <= depth)
      effects |= effect_of(access->flags);
  }
  return effects;
}

static bool calls(const StressPlan *plan, FunctionId caller, FunctionId callee) {
  for (const Edge *edge = plan->rules->graph->from[caller]; edge; edge = edge->next_from)
    if (edge->callee.function == callee)
      return true;
  return false;
}

// Whether a function is one that others call on the same object or module as the tested one.
static bool is_companion(const StressPlan *plan, FunctionId id) {
  const Function *function = plan_function(plan, id), *tested = plan_function(plan, plan->call.function);
  if (id == plan->call.function || !plan_can_call(plan, id) || function->flags & (FUNCTION_GETTER | FUNCTION_SETTER))
    return false;
  if (plan_has_receiver(function) && function->class_id != tested->class_id)
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
  FunctionId filler = filler_of_container(plan, plan_container(plan, plan->report->candidate.location));
  for (uint32_t i = 0; i < summary->accesses.count && !filler; i++)
    filler = filler_of_container(plan, plan_container(plan, summary->accesses.items[i].location));
  return filler;
}

static bool needs_others(const StressPlan *plan) {
  CandidateKind kind = plan->report->candidate.kind;
  return kind == CANDIDATE_ITERATE || kind == CANDIDATE_USE;
}

static void find_rivals(StressPlan *plan) {
  Location location = plan->report->candidate.location;
  if (!plan_container(plan, location) || !needs_others(plan))
    return;
  for (FunctionId id = 2; id < plan->rules->file->module->functions.count; id++)
    if (plan->rival_count < STRESS_RIVAL_LIMIT && is_companion(plan, id) && effects_on(plan, id, location)) {
      plan->rival_adds[plan->rival_count] = !(effects_on(plan, id, location) & EMPTIES);
      plan->rivals[plan->rival_count++] = plan_call(plan, id);
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
void plan_find_keys(StressPlan *plan) {
  enum { MOST_KEYS = 3 };
  for (uint32_t i = 0; i < plan->call.arguments.count; i++)
    add_keys(plan, plan->call.arguments.items[i], 0);
  if (plan->keys.count < 2 || plan->keys.count > MOST_KEYS)
    plan->keys.count = 0;
}

void plan_find_companions(StressPlan *plan) {
  FunctionId filler = filler_of(plan);
  find_rivals(plan);
  if (filler) {
    StressCall preparation = plan_call(plan, filler);
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
