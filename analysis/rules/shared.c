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

typedef struct Search {
  RuleRun *run;
  Arena *arena;
  const Access **accesses; // of one location, in order of position
  uint32_t count;
  Span *definitions; // by location: where a constructor or the module first gives it a value; empty for nowhere
  ARRAY(SharedLocation) found;
} Search;

// --- Which accesses belong together --------------------------------------------------------------------------------

// An element is told as part of its collection.
static Location without_keys(const Locations *locations, Location location) {
  Location kept = location;
  for (; location_row(locations, location)->parent; location = location_row(locations, location)->parent)
    if (location_row(locations, location)->step != STEP_FIELD) kept = location_row(locations, location)->parent;
  return kept;
}

static void note_definitions(Search *search, const Summary *summary) {
  const Locations *locations = search->run->file->locations;
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *access = &summary->accesses.items[i];
    if (!(access->flags & ACCESS_WRITE) || access->flags & ACCESS_CALLEE) continue;
    Span *definition = &search->definitions[without_keys(locations, access->location)];
    if (definition->end == 0 || access->span.start < definition->start) *definition = access->span;
  }
}

static void find_definitions(Search *search) {
  const FlowFile *file = search->run->file;
  search->definitions = ARENA_ARRAY(search->arena, Span, locations_count(file->locations));
  for (FunctionId id = 1; id < file->module->functions.count; id++)
    if (module_function(file->module, id)->flags & (FUNCTION_CONSTRUCTOR | FUNCTION_MODULE))
      note_definitions(search, &file->summaries[id]);
}

static int by_location(const void *a, const void *b) {
  const Item *left = a, *right = b;
  if (left->location != right->location) return left->location < right->location ? -1 : 1;
  if (left->access->span.start != right->access->span.start)
    return left->access->span.start < right->access->span.start ? -1 : 1;
  return left->access < right->access ? -1 : 1;
}

static Item *sorted_accesses(const Search *search, uint32_t *count) {
  const RuleRun *run = search->run;
  Item *items = ARENA_ARRAY(search->arena, Item, run->accesses.count);
  *count = 0;
  for (uint32_t i = 1; i < run->accesses.count; i++)
    if (rule_location_is_shared(run, run->accesses.items[i]->location))
      items[(*count)++] = (Item){without_keys(run->file->locations, run->accesses.items[i]->location),
                                 run->accesses.items[i]};
  if (*count) qsort(items, *count, sizeof *items, by_location);
  return items;
}

// --- What another task may do --------------------------------------------------------------------------------------

// Whether another task may do `other` while the one that does `access` waits, and it matters to one of them.
static bool is_rival(const Search *search, const Access *access, const Access *other) {
  const RuleRun *run = search->run;
  if (!((access->flags | other->flags) & ACCESS_WRITE)) return false;
  Candidate at = {.location = access->location, .function = access->function, .origin = access->function,
                  .first = access->span, .suspension = access->span, .second = access->span, .guards = access->guards};
  return rule_meets(run, &at, other) != EVIDENCE_NONE;
}

static void find_rivals(const Search *search, uint32_t index, SharedAccess *told) {
  const Access *access = search->accesses[index];
  uint32_t *rivals = ARENA_ARRAY(search->arena, uint32_t, RIVAL_LIMIT);
  told->suspends = search->run->file->summaries[access->function].may_suspend;
  told->rivals = rivals;
  for (uint32_t i = 0; told->suspends && i < search->count && told->rival_count < RIVAL_LIMIT; i++)
    if (is_rival(search, access, search->accesses[i])) rivals[told->rival_count++] = i;
}

// --- How it is told ------------------------------------------------------------------------------------------------

// Of an assignment or a call, the name that it is done to, where the source writes it first.
static Span name_span(const Search *search, const char *name, Span span) {
  size_t length = strlen(name);
  const char *bytes = text_bytes(search->run->text) + span.start;
  if (length < span.end - span.start && memcmp(bytes, name, length) == 0) span.end = span.start + (uint32_t)length;
  return span;
}

static const char *locks_text(const Search *search, const Access *access) {
  LockSet locks = rule_locks_at(search->run, access);
  const char *text = "";
  for (uint32_t i = 0; i < locks.count; i++) {
    if (locks.items[i] & LOCK_CLAIM) continue;
    const char *lock = rule_location(search->run, LOCK_LOCATION(locks.items[i]));
    text = arena_printf(search->arena, "%s%s`%s`", text, *text ? ", " : "", lock);
  }
  return text;
}

// The function whose code it is: not always the one whose activation does it, which may have passed it on.
static FunctionId code_of(const Search *search, const Access *access) {
  const Module *module = search->run->file->module;
  if (span_holds(module_function(module, access->function)->span, access->span)) return access->function;
  FunctionId innermost = access->function;
  for (FunctionId id = 1; id < module->functions.count; id++) // inner functions come after outer ones
    if (span_holds(module_function(module, id)->span, access->span)) innermost = id;
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
    .locks = locks_text(search, access),
  };
  find_rivals(search, index, &told);
  return told;
}

static bool is_written(const Search *search) {
  for (uint32_t i = 0; i < search->count; i++)
    if (search->accesses[i]->flags & ACCESS_WRITE) return true;
  return false;
}

// Looks at the accesses of one location; what no other task gets at is left out.
static void add(Search *search, Location location) {
  if (!is_written(search)) return;
  SharedAccess *told = ARENA_ARRAY(search->arena, SharedAccess, search->count);
  const char *name = rule_location(search->run, location);
  bool shared = false;
  for (uint32_t i = 0; i < search->count; i++) {
    told[i] = tell(search, name, i);
    shared |= told[i].rival_count > 0;
  }
  Span defined = search->definitions[location];
  defined = defined.end ? name_span(search, name, defined) : told[0].span;
  if (shared) array_push(search->arena, &search->found, ((SharedLocation){name, defined, told, search->count}));
}

static int by_first_access(const void *a, const void *b) {
  const SharedLocation *left = a, *right = b;
  return left->accesses[0].span.start < right->accesses[0].span.start ? -1 : 1;
}

// Accesses at one place by one function count once: the copies that a `finally` is lowered to.
static void gather(Search *search, const Access *access) {
  const Access *last = search->count ? search->accesses[search->count - 1] : NULL;
  bool again = last && last->span.start == access->span.start && last->span.end == access->span.end &&
               (last->flags & ACCESS_WRITE) == (access->flags & ACCESS_WRITE);
  if (!again && search->count < ACCESS_LIMIT) search->accesses[search->count++] = access;
}

const SharedLocation *shared_find(RuleRun *run, Cancel *cancel, uint32_t *count) {
  Search search = {.run = run, .arena = run->file->arena};
  search.accesses = ARENA_ARRAY(search.arena, const Access *, ACCESS_LIMIT);
  find_definitions(&search);
  uint32_t item_count;
  const Item *items = sorted_accesses(&search, &item_count);
  for (uint32_t i = 0; i < item_count && !cancel_raised(cancel);) {
    Location location = items[i].location;
    search.count = 0;
    for (; i < item_count && items[i].location == location; i++)
      gather(&search, items[i].access);
    add(&search, location);
  }
  *count = cancel_raised(cancel) ? 0 : search.found.count;
  if (*count) qsort(search.found.items, *count, sizeof *search.found.items, by_first_access);
  return *count ? search.found.items : NULL;
}
