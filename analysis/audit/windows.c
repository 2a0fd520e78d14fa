// The windows: what is read before a suspension and relied on behind it.
#include "audit.h"
#include <stdlib.h>

enum { RIVAL_LIMIT = 16 };

typedef struct WindowSearch {
  AuditDraft *draft;
  ARRAY(AuditWindow) windows;
  const SharedLocation *location; // of the candidate at hand
  uint32_t *rivals;               // of it, in the making
  uint32_t rival_count;
} WindowSearch;

static bool same_span(Span a, Span b) {
  return a.start == b.start && a.end == b.end;
}

static uint32_t location_index(const AuditDraft *draft, Location location) {
  Location whole = shared_place(draft->run, location);
  for (uint32_t i = 0; i < draft->shared.count; i++)
    if (draft->shared.locations[i] == whole)
      return i;
  return UINT32_MAX;
}

static uint32_t point_at(const Audit *audit, Span span) {
  uint32_t index = 0;
  while (index < audit->point_count && !same_span(audit->points[index].span, span))
    index++;
  return index;
}

static uint32_t finding_of(const RuleRun *run, const Candidate *candidate) {
  uint32_t index = 0;
  for (; index < run->reports.count; index++) {
    const Candidate *told = &run->reports.items[index].candidate;
    if (told->location == candidate->location && same_span(told->first, candidate->first) &&
        same_span(told->second, candidate->second))
      break;
  }
  return index;
}

// --- What gets in between ------------------------------------------------------------------------------------------

static bool is_access_of(const SharedAccess *told, const Access *access) {
  return told->span.start == access->span.start && told->span.end <= access->span.end &&
         told->writes == ((access->flags & ACCESS_WRITE) != 0);
}

static void add_rival(WindowSearch *search, const Access *access) {
  for (uint32_t i = 0; i < search->location->access_count; i++) {
    if (!is_access_of(&search->location->accesses[i], access))
      continue;
    for (uint32_t k = 0; k < search->rival_count; k++)
      if (search->rivals[k] == i)
        return;
    if (search->rival_count < RIVAL_LIMIT)
      search->rivals[search->rival_count++] = i;
    return;
  }
}

static int by_number(const void *a, const void *b) {
  uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
  return left < right ? -1 : left > right;
}

static bool find_rivals(WindowSearch *search, const Candidate *candidate) {
  const RuleRun *run = search->draft->run;
  bool torn = candidate->kind == CANDIDATE_TORN; // a reader sees it half done
  bool found = false;
  search->rivals = ARENA_ARRAY(search->draft->arena, uint32_t, RIVAL_LIMIT);
  search->rival_count = 0;
  for (uint32_t i = 1; i < run->accesses.count; i++) {
    const Access *access = run->accesses.items[i];
    if (!(access->flags & (torn ? ACCESS_READ | ACCESS_WRITE : ACCESS_WRITE)))
      continue;
    if (rule_meets(run, candidate, access) == EVIDENCE_NONE)
      continue;
    found = true;
    add_rival(search, access);
  }
  if (search->rival_count)
    qsort(search->rivals, search->rival_count, sizeof *search->rivals, by_number);
  return found;
}

// --- The windows ---------------------------------------------------------------------------------------------------

// The window that an earlier candidate of the same places made; NULL for none.
static AuditWindow *known_window(WindowSearch *search, const AuditWindow *window) {
  for (uint32_t i = 0; i < search->windows.count; i++) {
    AuditWindow *known = &search->windows.items[i];
    if (known->location == window->location && same_span(known->first, window->first) &&
        same_span(known->second, window->second))
      return known;
  }
  return NULL;
}

static void add_window(WindowSearch *search, const Candidate *candidate) {
  AuditDraft *draft = search->draft;
  uint32_t location = location_index(draft, candidate->location);
  if (location == UINT32_MAX || !rule_location_is_shared(draft->run, candidate->location))
    return;
  search->location = &draft->audit.locations[location];
  LockSet guards = rule_guards(draft->run, candidate);
  bool open = find_rivals(search, candidate);
  AuditWindow window = {
      .location = location,
      .point = point_at(&draft->audit, candidate->suspension),
      .first = candidate->first,
      .suspension = candidate->suspension,
      .second = candidate->second,
      .function = rule_function(draft->run, candidate->origin),
      .state = open           ? WINDOW_OPEN
               : guards.count ? WINDOW_GUARDED
                              : WINDOW_ALONE,
      .locks = rule_locks(draft->run, guards),
      .rivals = search->rivals,
      .rival_count = search->rival_count,
      .finding = finding_of(draft->run, candidate),
  };
  AuditWindow *known = known_window(search, &window);
  if (!known)
    array_push(draft->arena, &search->windows, window);
  else if (window.state < known->state || (window.state == known->state && window.finding < known->finding))
    *known = window;
}

static int by_position(const void *a, const void *b) {
  const AuditWindow *left = a, *right = b;
  if (left->first.start != right->first.start)
    return left->first.start < right->first.start ? -1 : 1;
  if (left->second.start != right->second.start)
    return left->second.start < right->second.start ? -1 : 1;
  return left->location < right->location ? -1 : left->location > right->location;
}

void audit_find_windows(AuditDraft *draft) {
  const FlowFile *file = draft->run->file;
  WindowSearch search = {.draft = draft};
  for (FunctionId id = 1; id < file->module->functions.count && !cancel_raised(draft->cancel); id++)
    for (uint32_t i = 0; i < file->summaries[id].candidates.count; i++)
      add_window(&search, &file->summaries[id].candidates.items[i]);
  if (search.windows.count)
    qsort(search.windows.items, search.windows.count, sizeof *search.windows.items, by_position);
  draft->audit.windows = search.windows.items;
  draft->audit.window_count = search.windows.count;
}
