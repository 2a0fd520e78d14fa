#include "shared.h"
#include <stdlib.h>
#include <string.h>

// More accesses of one location than this are not told, nor more of other tasks than that.
enum { ACCESS_LIMIT = 200, RIVAL_LIMIT = 16 };

// An access with the variable or field that it is one of.
typedef struct Item {
  Location location;
  const Access *access;
} Item;

typedef ARRAY(Item) Items;

typedef struct Search {
  RuleRun *run;
  Arena *arena;
  bool everything;         // what locks keep apart too
  Items items, setup;      // by location
  const Access **accesses; // of one location, in order of position
  uint32_t count;
  bool truncated;
  ARRAY(SharedLocation) found;
  ARRAY(Location) locations; // of those found
} Search;

// --- Which accesses belong together --------------------------------------------------------------------------------

// The variable or field that a location is part of: an element is told as part of its collection.
static Location without_keys(const Locations *locations, Location location) {
  Location kept = location;
  for (; location_row(locations, location)->parent; location = location_row(locations, location)->parent)
    if (location_row(locations, location)->step != STEP_FIELD)
      kept = location_row(locations, location)->parent;
  return kept;
}

Location shared_place(const RuleRun *run, Location location) {
  Locations *locations = run->file->locations;
  LocationRow steps[LOCATION_MAX_STEPS];
  uint32_t count = 0, kept = 0;
  for (; location_row(locations, location)->parent; location = location_row(locations, location)->parent)
    steps[count++] = *location_row(locations, location);
  while (kept < count && steps[kept].step != STEP_FIELD)
    kept++;
  while (count-- > kept)
    location = steps[count].step == STEP_FIELD ? location_step(locations, location, STEP_FIELD, steps[count].name)
                                               : location_step(locations, location, STEP_ANY, 0);
  return location;
}

// What comes before any task shares the location, or when none runs.
static bool is_setup(const Search *search, const Access *access) {
  uint32_t flags = module_function(search->run->file->module, access->function)->flags;
  return flags & (FUNCTION_CONSTRUCTOR | FUNCTION_MODULE) || access->flags & ACCESS_DECLARES;
}

static void add_item(const Search *search, Items *items, const Access *access) {
  const RuleRun *run = search->run;
  if (!rule_location_is_shared(run, access->location))
    return;
  Location place =
      search->everything ? shared_place(run, access->location) : without_keys(run->file->locations, access->location);
  array_push(search->arena, items, ((Item){place, access}));
}

// The other places of the accesses of a function, as accesses of their own.
static void add_sites(const Search *search, FunctionId id, Items *items, bool setup) {
  const Summary *summary = &search->run->file->summaries[id];
  for (uint32_t i = 0; i < summary->sites.count; i++) {
    const Access *access = &summary->accesses.items[summary->sites.items[i].access];
    if (access->flags & ACCESS_CALLEE || is_setup(search, access) != setup)
      continue;
    Access *copy = ARENA_NEW(search->arena, Access);
    *copy = *access;
    copy->span = summary->sites.items[i].span;
    add_item(search, items, copy);
  }
}

static void find_setup(Search *search) {
  const FlowFile *file = search->run->file;
  for (FunctionId id = 1; id < file->module->functions.count; id++)
    for (uint32_t i = 0; i < file->summaries[id].accesses.count; i++) {
      const Access *access = &file->summaries[id].accesses.items[i];
      if (!(access->flags & ACCESS_CALLEE) && is_setup(search, access))
        add_item(search, &search->setup, access);
    }
  for (FunctionId id = 1; search->everything && id < file->module->functions.count; id++) {
    add_sites(search, id, &search->items, false);
    add_sites(search, id, &search->setup, true);
  }
}

static int by_location(const void *a, const void *b) {
  const Item *left = a, *right = b;
  if (left->location != right->location)
    return left->location < right->location ? -1 : 1;
  if (left->access->span.start != right->access->span.start)
    return left->access->span.start < right->access->span.start ? -1 : 1;
  return left->access < right->access ? -1 : 1;
}

static void sort(Items *items) {
  if (items->count)
    qsort(items->items, items->count, sizeof *items->items, by_location);
}

static void find_accesses(Search *search) {
  const RuleRun *run = search->run;
  for (uint32_t i = 1; i < run->accesses.count; i++)
    add_item(search, &search->items, run->accesses.items[i]);
  find_setup(search);
  sort(&search->items);
  sort(&search->setup);
}

// --- What another task may do --------------------------------------------------------------------------------------

// Whether another task may do `other` while the one that does `access` waits, and it matters to one of them.
static bool is_rival(const Search *search, const Access *access, const Access *other) {
  const RuleRun *run = search->run;
  if (!((access->flags | other->flags) & ACCESS_WRITE))
    return false;
  Candidate at = {.location = access->location,
                  .function = access->function,
                  .origin = access->function,
                  .first = access->span,
                  .suspension = access->span,
                  .second = access->span,
                  .guards = access->guards};
  return rule_meets(run, &at, other) != EVIDENCE_NONE;
}

static void find_rivals(const Search *search, uint32_t index, SharedAccess *told) {
  const Access *access = search->accesses[index];
  uint32_t *rivals = ARENA_ARRAY(search->arena, uint32_t, RIVAL_LIMIT);
  told->suspends = search->run->file->summaries[access->function].may_suspend;
  told->rivals = rivals;
  for (uint32_t i = 0; told->suspends && i < search->count && told->rival_count < RIVAL_LIMIT; i++)
    if (is_rival(search, access, search->accesses[i]))
      rivals[told->rival_count++] = i;
}

// --- How it is told ------------------------------------------------------------------------------------------------

// Of an assignment or a call, the name that it is done to, where the source writes it first.
static Span name_span(const Search *search, const char *name, Span span) {
  size_t length = strlen(name);
  const char *bytes = text_bytes(search->run->text) + span.start;
  if (length < span.end - span.start && memcmp(bytes, name, length) == 0)
    span.end = span.start + (uint32_t)length;
  return span;
}

// The function whose code it is: not always the one whose activation does it, which may have passed it on.
static FunctionId code_of(const Search *search, const Access *access) {
  const Module *module = search->run->file->module;
  if (span_holds(module_function(module, access->function)->span, access->span))
    return access->function;
  FunctionId innermost = access->function;
  for (FunctionId id = 1; id < module->functions.count; id++) // inner functions come after outer ones
    if (span_holds(module_function(module, id)->span, access->span))
      innermost = id;
  return innermost;
}

static SharedAccess tell(const Search *search, const char *name, uint32_t index) {
  const Access *access = search->accesses[index];
  FunctionId code = code_of(search, access);
  SharedAccess told = {
      .span = name_span(search, name, access->span),
      .reads = access->flags & (ACCESS_READ | ACCESS_UPDATE),
      .writes = access->flags & ACCESS_WRITE,
      .function = rule_function(search->run, code),
      .function_span = module_function(search->run->file->module, code)->name_span,
      .locks = rule_locks(search->run, rule_locks_at(search->run, access)),
      .tasks = contexts_roots(search->run->contexts, access->function),
  };
  if (!is_setup(search, access))
    find_rivals(search, index, &told);
  return told;
}

static bool is_written(const Search *search) {
  for (uint32_t i = 0; i < search->count; i++)
    if (search->accesses[i]->flags & ACCESS_WRITE)
      return true;
  return false;
}

// Accesses at one place count once: the copies that a `finally` is lowered to, an element and its collection.
static bool is_gathered(const Search *search, const Access *access) {
  for (uint32_t i = search->count; i > 0 && search->accesses[i - 1]->span.start == access->span.start; i--) {
    const Access *other = search->accesses[i - 1];
    if (other->span.end == access->span.end && !((other->flags ^ access->flags) & ACCESS_WRITE))
      return true;
  }
  return false;
}

static void gather(Search *search, const Access *access) {
  if (is_gathered(search, access))
    return;
  search->truncated |= search->count == ACCESS_LIMIT;
  if (search->count < ACCESS_LIMIT)
    search->accesses[search->count++] = access;
}

// Gathers the accesses of one location from `*at` on, and moves that behind them.
static void gather_all(Search *search, const Items *items, uint32_t *at, Location location) {
  search->count = 0;
  for (; *at < items->count && items->items[*at].location <= location; (*at)++)
    if (items->items[*at].location == location)
      gather(search, items->items[*at].access);
}

static SharedAccess *tell_all(const Search *search, const char *name) {
  SharedAccess *told = ARENA_ARRAY(search->arena, SharedAccess, search->count);
  for (uint32_t i = 0; i < search->count; i++)
    told[i] = tell(search, name, i);
  return told;
}

// --- Which locations are told --------------------------------------------------------------------------------------

static bool has_rivals(const SharedAccess *accesses, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (accesses[i].rival_count > 0)
      return true;
  return false;
}

// Whether it is a variable of the module that several tasks get at, be it one after another.
static bool is_passed_on(const Search *search) {
  const RuleRun *run = search->run;
  const LocationRow *root =
      location_row(run->file->locations, location_root_of(run->file->locations, search->accesses[0]->location));
  TaskRoots roots = 0;
  for (uint32_t i = 0; i < search->count; i++)
    roots |= contexts_roots(run->contexts, search->accesses[i]->function);
  return root->root == ROOT_VARIABLE && module_variable(run->file->module, root->name)->kind == VARIABLE_MODULE &&
         roots & (roots - 1);
}

// Whether tasks that are alive together get at it, one of them to change it.
static bool is_shared(const Search *search) {
  if (is_passed_on(search))
    return true;
  for (uint32_t i = 0; i < search->count; i++)
    for (uint32_t k = 0; search->accesses[i]->flags & ACCESS_WRITE && k < search->count; k++)
      if (rule_coexists(search->run, search->accesses[i], search->accesses[k]))
        return true;
  return false;
}

static bool is_told(const Search *search, const SharedLocation *found) {
  return search->everything ? is_shared(search) : has_rivals(found->accesses, found->access_count);
}

// A constructor's or the module's first write; else the first access.
static Span definition_of(const SharedLocation *found) {
  for (uint32_t i = 0; i < found->setup_count; i++)
    if (found->setup[i].writes)
      return found->setup[i].span;
  return found->accesses[0].span;
}

// What sets a state that a framework keeps.
static const char *setter_of(const RuleRun *run, Location location) {
  const LocationRow *row = location_row(run->file->locations, location);
  bool is_state = row->root == ROOT_VARIABLE && !row->parent && run->file->is_state[row->name];
  for (VariableId id = 1; is_state && id < run->file->module->variables.count; id++)
    if (run->file->state_of[id] == row->name)
      return symbol_text(run->file->module->symbols, module_variable(run->file->module, id)->name);
  return "";
}

// Looks at the location whose accesses are at `*at`.
static void add(Search *search, uint32_t *at, uint32_t *setup_at) {
  Location location = search->items.items[*at].location;
  const char *name = rule_location(search->run, location);
  SharedLocation found = {.name = name, .setter = setter_of(search->run, location)};
  search->truncated = false;
  gather_all(search, &search->items, at, location);
  if (!is_written(search))
    return;
  found.accesses = tell_all(search, name);
  found.access_count = search->count;
  if (!is_told(search, &found))
    return;
  gather_all(search, &search->setup, setup_at, location);
  found.setup = tell_all(search, name);
  found.setup_count = search->count;
  found.truncated = search->truncated;
  found.definition = definition_of(&found);
  array_push(search->arena, &search->found, found);
  array_push(search->arena, &search->locations, location);
}

// --- The search ----------------------------------------------------------------------------------------------------

static void put_in_order(Search *search) {
  for (uint32_t i = 1; i < search->found.count; i++) { // few, and sorted with their locations
    SharedLocation found = search->found.items[i];
    Location location = search->locations.items[i];
    uint32_t k = i;
    for (; k > 0 && search->found.items[k - 1].accesses[0].span.start > found.accesses[0].span.start; k--) {
      search->found.items[k] = search->found.items[k - 1];
      search->locations.items[k] = search->locations.items[k - 1];
    }
    search->found.items[k] = found;
    search->locations.items[k] = location;
  }
}

static SharedLocations find(Search *search, Cancel *cancel) {
  search->arena = search->run->file->arena;
  search->accesses = ARENA_ARRAY(search->arena, const Access *, ACCESS_LIMIT);
  find_accesses(search);
  uint32_t setup_at = 0;
  for (uint32_t i = 0; i < search->items.count && !cancel_raised(cancel);)
    add(search, &i, &setup_at);
  if (cancel_raised(cancel))
    return (SharedLocations){0};
  put_in_order(search);
  return (SharedLocations){search->found.items, search->locations.items, search->found.count};
}

SharedLocations shared_find(RuleRun *run, Cancel *cancel) {
  return find(&(Search){.run = run}, cancel);
}

SharedLocations shared_find_all(RuleRun *run, Cancel *cancel) {
  return find(&(Search){.run = run, .everything = true}, cancel);
}
