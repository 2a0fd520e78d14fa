// The accesses and the suspension between them under one lock: made where the location is shared, or the one that guards
// it already.
#include "python_lock.h"
#include "region.h"
#include <string.h>

static const char *const YIELDS[] = {"yield", NULL};

typedef struct Wrap {
  FixRun *run;
  Edits edits;
  const char *lock; // the expression that names it
  Location guard;   // the lock that guards the location elsewhere; 0 for a new one
  uint32_t places;
  const char *refusal;
  ARRAY(Region) regions;
} Wrap;

static void refuse(Wrap *wrap, const char *reason) {
  if (!wrap->refusal) wrap->refusal = reason;
}

// A region in or around one that is wrapped already widens it instead.
static bool merge_region(Wrap *wrap, const Region *region) {
  for (uint32_t i = 0; i < wrap->regions.count; i++) {
    Region *known = &wrap->regions.items[i];
    if (span_holds(known->span, region->span)) return true;
    if (span_holds(region->span, known->span)) {
      *known = *region;
      return true;
    }
    if (region->span.start < known->span.end && known->span.start < region->span.end) {
      if (!region_of(&wrap->run->source, span_join(known->span, region->span), known)) refuse(wrap, "its regions overlap");
      return true;
    }
  }
  return false;
}

static void add_region(Wrap *wrap, FunctionId id, Span span) {
  const Source *source = &wrap->run->source;
  const Function *function = fix_function(wrap->run, id);
  Region region;
  if (!span_holds(function->span, span) || !region_of(source, span, &region)) {
    refuse(wrap, "the accesses do not stand on lines of one block");
    return;
  }
  TSNode around = syntax_node_function(region.list);
  if (ts_node_is_null(around) || !syntax_node_is_async(around)) {
    refuse(wrap, arena_printf(wrap->run->arena, "`%s` is not async and cannot wait for a lock",
                              fix_symbol(wrap->run, function->qualified)));
    return;
  }
  if (source_has(source, region.span, YIELDS)) {
    refuse(wrap, "the lock would be held while the generator's consumer runs");
    return;
  }
  if (!merge_region(wrap, &region)) array_push(wrap->run->arena, &wrap->regions, region);
}

static bool guards(const LockSet *set, Location lock) {
  return lock && lock_set_holds(set, lock);
}

// The lock under which some access of the location is made.
static Location find_guard(const Wrap *wrap, Location location) {
  const FlowFile *file = wrap->run->rules->file;
  for (FunctionId id = 1; id < fix_module(wrap->run)->functions.count; id++) {
    const Summary *summary = &file->summaries[id];
    for (uint32_t i = 0; i < summary->accesses.count; i++) {
      const Access *access = &summary->accesses.items[i];
      if (access->flags & ACCESS_CALLEE || !location_overlaps(file->locations, location, access->location)) continue;
      for (uint32_t g = 0; g < access->guards.count; g++)
        if (!(access->guards.items[g] & LOCK_CLAIM)) return access->guards.items[g];
    }
  }
  return 0;
}

// Whether the access is where the variable comes into being: nobody else knows it yet.
static bool is_birth(const Wrap *wrap, const Access *access) {
  const Locations *locations = wrap->run->rules->file->locations;
  const LocationRow *root = location_row(locations, location_root_of(locations, access->location));
  if (root->root != ROOT_VARIABLE) return false;
  const Variable *variable = module_variable(fix_module(wrap->run), root->name);
  return variable->owner == access->function && span_holds(access->span, variable->declaration);
}

// Whether something else than the lock to take is held: a second lock may be taken in the opposite order elsewhere.
static bool holds_another(const LockSet *held, Location lock) {
  for (uint32_t i = 0; i < held->count; i++)
    if (!(held->items[i] & LOCK_CLAIM) && held->items[i] != lock) return true;
  return false;
}

static bool starts_early(const Module *module, FunctionId id) {
  return module_function(module, id)->flags & (FUNCTION_CONSTRUCTOR | FUNCTION_MODULE);
}

// Every other task that writes the location must take the lock too, around the whole of what it decides.
static void add_others(Wrap *wrap, Location location) {
  const FlowFile *file = wrap->run->rules->file;
  const Module *module = fix_module(wrap->run);
  for (FunctionId id = 1; id < module->functions.count; id++) {
    const Summary *summary = &file->summaries[id];
    if (starts_early(module, id)) continue;
    for (uint32_t i = 0; i < summary->candidates.count; i++) {
      const Candidate *candidate = &summary->candidates.items[i];
      bool own = candidate->origin == id && !guards(&candidate->guards, wrap->guard);
      if (own && location_overlaps(file->locations, location, candidate->location))
        add_region(wrap, id, span_join(candidate->first, candidate->second));
    }
    for (uint32_t i = 0; i < summary->accesses.count; i++) {
      const Access *access = &summary->accesses.items[i];
      bool writes = access->flags & ACCESS_WRITE && !(access->flags & ACCESS_CALLEE) && access->function == id;
      if (writes && !guards(&access->guards, wrap->guard) &&
          !guards(contexts_entry_locks(wrap->run->rules->contexts, id), wrap->guard) &&
          location_overlaps(file->locations, location, access->location) && !is_birth(wrap, access)) {
        add_region(wrap, id, access->span);
        if (holds_another(&access->guards, wrap->guard)) refuse(wrap, "another lock is held there already");
      }
    }
  }
}

static void write_region(Wrap *wrap, const Region *region) {
  const Source *source = &wrap->run->source;
  const char *indent = source_indent(source, wrap->run->arena, region->span.start);
  uint32_t start = source_line_start(source, region->span.start);
  edits_insert(&wrap->edits, start, "%sasync with %s:\n", indent, wrap->lock);
  region_indent(source, &wrap->edits, region, region_indent_unit(source, wrap->run->arena, region));
}

void wrap_in_lock_fix(FixRun *run) {
  const Candidate *candidate = &run->report->candidate;
  Wrap wrap = {.run = run, .edits = {.arena = run->arena}};
  const char *library = python_lock_library(run);
  const char *title = arena_printf(run->arena, "Wrap in %s.Lock", library);
  wrap.guard = find_guard(&wrap, candidate->location);
  add_region(&wrap, candidate->origin, span_join(candidate->first, candidate->second));
  add_others(&wrap, candidate->location);
  if (!wrap.refusal)
    wrap.lock = wrap.guard ? python_lock_existing(run, wrap.guard) : python_lock_new(run, candidate->location, &wrap.edits);
  if (!wrap.refusal && !wrap.lock) refuse(&wrap, "there is no place here that all tasks share to keep a lock in");
  if (wrap.refusal) {
    fix_refuse(run, title, "%s", wrap.refusal);
    return;
  }
  for (uint32_t i = 0; i < wrap.regions.count; i++)
    write_region(&wrap, &wrap.regions.items[i]);
  if (wrap.guard) title = arena_printf(run->arena, "Take `%s`", wrap.lock);
  if (wrap.regions.count == 1)
    fix_offer(run, &wrap.edits, false, "%s", title);
  else
    fix_offer(run, &wrap.edits, false, "%s, here and in %u other place%s", title, wrap.regions.count - 1,
              wrap.regions.count == 2 ? "" : "s");
}
