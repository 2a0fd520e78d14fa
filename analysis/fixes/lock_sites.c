#include "lock_sites.h"

static const FlowFile *file_of(const FixRun *run) {
  return run->rules->file;
}

// --- the guard

static Location first_lock(const LockSet *set) {
  for (uint32_t i = 0; i < set->count; i++)
    if (!(set->items[i] & (LOCK_CLAIM | LOCK_INHERITED)))
      return set->items[i];
  return 0;
}

static Location guard_of_access(const FixRun *run, const Access *access) {
  if (!location_overlaps(file_of(run)->locations, run->report->candidate.location, access->location))
    return 0;
  Location lock = first_lock(&access->guards);
  return lock ? lock : first_lock(contexts_entry_locks(run->rules->contexts, access->function));
}

// Whether the report is of one access without the lock of another.
static bool is_unlocked_access(const Candidate *candidate) {
  return candidate->first.start == candidate->second.start && candidate->first.end == candidate->second.end;
}

// The locks held at an access of the function.
static LockSet guards_at(const FixRun *run, FunctionId id, Span span) {
  const Summary *summary = &file_of(run)->summaries[id];
  LockSet guards = {.count = 0};
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *access = &summary->accesses.items[i];
    if (access->span.start == span.start && access->span.end == span.end)
      guards = access->guards;
  }
  return guards;
}

// Of two locks that guard the same location, both sides' fixes keep the same one.
static Location guard_of_report(const FixRun *run) {
  const Candidate *candidate = &run->report->candidate;
  Location guard = first_lock(&candidate->guards);
  if (!guard || !is_unlocked_access(candidate))
    return guard;
  LockSet held = guards_at(run, candidate->origin, candidate->second);
  Location other = first_lock(&held);
  return other && other < guard ? other : guard;
}

Location lock_guard(const FixRun *run) {
  Location guard = guard_of_report(run);
  const Module *module = fix_module(run);
  for (uint32_t callee = 0; callee < 2 && !guard; callee++)
    for (FunctionId id = 1; id < module->functions.count && !guard; id++) {
      const Summary *summary = &file_of(run)->summaries[id];
      for (uint32_t i = 0; i < summary->accesses.count && !guard; i++)
        if ((callee != 0) == ((summary->accesses.items[i].flags & ACCESS_CALLEE) != 0))
          guard = guard_of_access(run, &summary->accesses.items[i]);
    }
  return guard;
}

static bool is_guarded(const LockSites *sites, FunctionId function, const LockSet *held) {
  if (!sites->guard)
    return false;
  return lock_set_holds(held, sites->guard) ||
         lock_set_holds(contexts_entry_locks(sites->run->rules->contexts, function), sites->guard);
}

// --- names

FunctionId lock_receiver_method(const FixRun *run, FunctionId function) {
  for (; function; function = fix_function(run, function)->parent) {
    uint32_t flags = fix_function(run, function)->flags;
    if (flags & FUNCTION_STATIC)
      return 0;
    if (flags & FUNCTION_METHOD)
      return function;
  }
  return 0;
}

const char *lock_receiver(const FixRun *run, FunctionId method) {
  if (!run->source.python)
    return "this";
  const Function *function = fix_function(run, method);
  return function->parameters.count ? fix_symbol(run, function->parameters.items[0].name) : "self";
}

static const char *root_name(const FixRun *run, FunctionId function, const LocationRow *root) {
  if (root->root == ROOT_VARIABLE)
    return fix_can_see(run, function, root->name) ? fix_symbol(run, module_variable(fix_module(run), root->name)->name)
                                                  : NULL;
  FunctionId method = lock_receiver_method(run, function);
  if (root->root != ROOT_SELF || !method)
    return NULL;
  ClassId class = fix_function(run, method)->class_id;
  return values_classes_related(file_of(run)->values, class, root->name) ? lock_receiver(run, method) : NULL;
}

const char *lock_expression(const FixRun *run, FunctionId function, Location lock) {
  const LocationRow *row = location_row(file_of(run)->locations, lock);
  if (!row->parent)
    return root_name(run, function, row);
  const char *base = row->step == STEP_FIELD ? lock_expression(run, function, row->parent) : NULL;
  return base ? arena_printf(run->arena, "%s.%s", base, fix_symbol(run, row->name)) : NULL;
}

// --- sites

static bool merge(LockSites *sites, FunctionId function, const Region *region) {
  for (uint32_t i = 0; i < sites->items.count; i++) {
    LockSite *known = &sites->items.items[i];
    Span both = span_join(known->region.span, region->span);
    bool apart = region->span.end <= known->region.span.start || known->region.span.end <= region->span.start;
    if (apart)
      continue;
    if (!region_of(sites->run, function, both, &known->region))
      sites->refusal = "its regions overlap";
    if (!sites->refusal)
      sites->refusal = sites->widen(sites->run, function, &known->region);
    return true;
  }
  return false;
}

static void add_region(LockSites *sites, FunctionId function, Region region, Location other) {
  if (ts_node_is_null(region.function)) {
    sites->refusal = "nothing can wait for a lock at the top level";
    return;
  }
  const char *refusal = sites->widen(sites->run, function, &region);
  if (refusal) {
    if (!sites->refusal)
      sites->refusal = refusal;
  } else if (!merge(sites, function, &region)) {
    array_push(sites->run->arena, &sites->items, ((LockSite){function, region, other}));
  }
}

static const LockSet *held_at(const LockSites *sites, const Edge *edge) {
  static const LockSet NONE = {.count = 0};
  LockSet *const *held = &file_of(sites->run)->held_at[edge->caller];
  return *held ? &(*held)[edge->instruction] : &NONE;
}

static bool is_call_under_guard(const LockSites *sites, const Edge *edge) {
  return edge->lock == sites->guard || is_guarded(sites, edge->caller, held_at(sites, edge));
}

static bool is_called_under_guard(const LockSites *sites, FunctionId function) {
  const CallGraph *graph = sites->run->rules->graph;
  for (uint32_t i = 0; sites->guard && i < graph->count; i++)
    if (graph->edges[i].callee.function == function && is_call_under_guard(sites, &graph->edges[i]))
      return true;
  return false;
}

// Around the calls of a helper that other callers make under the guard: inside of it they would wait for themselves.
static void add_calls(LockSites *sites, FunctionId function) {
  const CallGraph *graph = sites->run->rules->graph;
  for (uint32_t i = 0; i < graph->count; i++) {
    const Edge *edge = &graph->edges[i];
    Region region;
    if (edge->callee.function != function || is_call_under_guard(sites, edge))
      continue;
    Span call = fix_function(sites->run, edge->caller)->code.items[edge->instruction].span;
    if (edge->kind == EDGE_CALL && region_of(sites->run, edge->caller, call, &region))
      add_region(sites, edge->caller, region, 0);
    else
      sites->refusal = "it is started where the lock is not held";
  }
}

static bool can_wait(const LockSites *sites, FunctionId function) {
  return fix_function(sites->run, function)->flags & FUNCTION_ASYNC;
}

static void add_candidate(LockSites *sites, const Candidate *candidate) {
  Region region;
  if (is_guarded(sites, candidate->origin, &candidate->guards))
    return;
  if (is_called_under_guard(sites, candidate->origin))
    add_calls(sites, candidate->origin);
  else if (region_of_candidate(sites->run, candidate, &region))
    add_region(sites, candidate->origin, region, first_lock(&candidate->guards));
  else if (!sites->refusal)
    sites->refusal = "the accesses do not lie in statements of one function";
}

void lock_sites_here(LockSites *sites) {
  Candidate candidate = sites->run->report->candidate;
  bool at_call = !span_holds(fix_function(sites->run, candidate.origin)->span, candidate.second);
  // Of an access without the lock the report has the guards of the other side.
  if (is_unlocked_access(&candidate))
    candidate.guards = guards_at(sites->run, candidate.origin, candidate.second);
  if (at_call)
    for (FunctionId id = fix_module(sites->run)->functions.count - 1; id; id--)
      if (span_holds(fix_function(sites->run, id)->span, candidate.second)) {
        candidate.origin = id;
        break;
      }
  add_candidate(sites, &candidate);
}

// The same up to the end of the block: what follows may belong to it. False where nothing follows.
static bool lock_sites_to_end(LockSites *sites) {
  if (sites->items.count != 1 || sites->refusal)
    return false;
  LockSite *site = &sites->items.items[0];
  uint32_t end = site->region.span.end;
  region_to_end(&site->region);
  sites->refusal = sites->widen(sites->run, site->function, &site->region);
  return site->region.span.end > end;
}

// --- the others

static bool starts_early(const FixRun *run, FunctionId id) {
  return fix_function(run, id)->flags & (FUNCTION_CONSTRUCTOR | FUNCTION_MODULE);
}

static bool is_site(const LockSites *sites, Span span) {
  for (uint32_t i = 0; i < sites->items.count; i++)
    if (span_holds(sites->items.items[i].region.span, span))
      return true;
  return false;
}

// Whether the access is where the variable comes into being: nobody else knows it yet.
static bool is_birth(const LockSites *sites, const Access *access) {
  const Locations *locations = file_of(sites->run)->locations;
  const LocationRow *root = location_row(locations, location_root_of(locations, access->location));
  if (root->root != ROOT_VARIABLE)
    return false;
  const Variable *variable = module_variable(fix_module(sites->run), root->name);
  return variable->owner == access->function && span_holds(access->span, variable->declaration);
}

// Whether the function is called under the lock anyway, as far as the file tells.
static bool is_called_in_sites(const LockSites *sites, FunctionId id) {
  const Edge *edge = sites->run->rules->graph->into[id];
  for (; edge; edge = edge->next_into) {
    Span call = fix_function(sites->run, edge->caller)->code.items[edge->instruction].span;
    if (edge->kind != EDGE_CALL || !is_site(sites, call))
      return false;
  }
  return sites->run->rules->graph->into[id];
}

// Of what is torn apart, readers must wait too.
static uint32_t wanted_flags(const FixRun *run) {
  return run->report->candidate.kind == CANDIDATE_TORN ? ACCESS_WRITE | ACCESS_READ : ACCESS_WRITE;
}

static void add_access(LockSites *sites, const Access *access, FunctionId id) {
  Region region;
  bool direct = access->flags & wanted_flags(sites->run) && !(access->flags & ACCESS_CALLEE) &&
                access->function == id && !is_called_in_sites(sites, id);
  if (!direct || is_guarded(sites, id, &access->guards) || is_birth(sites, access) || is_site(sites, access->span))
    return;
  if (!can_wait(sites, id))
    sites->blocked = id;
  else if (is_called_under_guard(sites, id))
    add_calls(sites, id);
  else if (region_of(sites->run, id, access->span, &region))
    add_region(sites, id, region, first_lock(&access->guards));
}

static void add_candidates(LockSites *sites, FunctionId id) {
  const Summary *summary = &file_of(sites->run)->summaries[id];
  for (uint32_t i = 0; i < summary->candidates.count; i++) {
    const Candidate *candidate = &summary->candidates.items[i];
    bool own = candidate->origin == id && candidate->function == id && can_wait(sites, id);
    Location location = sites->run->report->candidate.location;
    if (own && location_overlaps(file_of(sites->run)->locations, location, candidate->location))
      add_candidate(sites, candidate);
  }
}

void lock_sites_split(LockSites *sites) {
  for (FunctionId id = 1; id < fix_module(sites->run)->functions.count; id++)
    if (!starts_early(sites->run, id))
      add_candidates(sites, id);
}

void lock_sites_elsewhere(LockSites *sites) {
  const FixRun *run = sites->run;
  Location location = run->report->candidate.location;
  for (FunctionId id = 1; id < fix_module(run)->functions.count; id++) {
    const Summary *summary = &file_of(run)->summaries[id];
    if (starts_early(run, id))
      continue;
    add_candidates(sites, id);
    for (uint32_t i = 0; i < summary->accesses.count; i++)
      if (location_overlaps(file_of(run)->locations, location, summary->accesses.items[i].location))
        add_access(sites, &summary->accesses.items[i], id);
  }
}

// --- which of them

const char *lock_sites_title(const LockSites *sites, const char *what) {
  uint32_t others = sites->items.count ? sites->items.count - 1 : 0;
  if (!others)
    return what;
  return others == 1 ? arena_printf(sites->run->arena, "%s here and in the other place", what)
                     : arena_printf(sites->run->arena, "%s here and in the %u other places", what, others);
}

typedef struct Attempt {
  const char *reason; // of the first attempt that failed
  bool offered;
} Attempt;

static void attempt(Attempt *attempt, LockSites *sites, const char *(*offer)(LockSites *sites)) {
  const char *reason = sites->refusal ? sites->refusal : offer(sites);
  if (!reason)
    attempt->offered = true;
  if (reason && !attempt->reason)
    attempt->reason = reason;
}

static LockSites here(const LockSites *sites) {
  LockSites fresh = {.run = sites->run, .widen = sites->widen, .guard = sites->guard};
  lock_sites_here(&fresh);
  return fresh;
}

void lock_sites_try(LockSites *sites, const char *what, const char *(*offer)(LockSites *sites)) {
  FixRun *run = sites->run;
  LockSites alone = here(sites), split = here(sites), wider = here(sites), all = here(sites);
  Attempt result = {0};
  lock_sites_split(&split);
  if (split.items.count > alone.items.count)
    attempt(&result, &split, offer);
  if (alone.items.count || alone.refusal)
    attempt(&result, &alone, offer);
  if (!result.offered && lock_sites_to_end(&wider))
    attempt(&result, &wider, offer);
  if (!result.offered)
    lock_sites_elsewhere(&all);
  if (!result.offered && all.items.count > alone.items.count)
    attempt(&result, &all, offer);
  if (result.offered)
    return;
  const char *reason = result.reason ? result.reason : "there is nothing here that a lock could cover";
  if (all.blocked && !alone.refusal)
    reason = arena_printf(run->arena, "`%s` changes `%s` too, and is not async: it cannot wait for a lock",
                          rule_function(run->rules, all.blocked), run->report->finding.variable);
  fix_refuse(run, what, "%s", reason);
}
