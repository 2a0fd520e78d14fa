#include "class_data.h"
#include "suppressions.h"
#include <stdlib.h>
#include <string.h>

#define RULE(symbol, name, severity, preview, summary) extern const Rule symbol##_rule;
#include "rules.def"
#undef RULE

const RuleInfo RULE_INFOS[] = {
#define RULE(symbol, name, severity, preview, summary) {name, summary, SEVERITY_##severity, preview},
#include "rules.def"
#undef RULE
};

const Rule *const RULES[] = {
#define RULE(symbol, name, severity, preview, summary) &symbol##_rule,
#include "rules.def"
#undef RULE
};
const uint32_t RULE_COUNT = sizeof RULES / sizeof *RULES;

// --- the index of accesses

// What two overlapping locations have in common: a variable, or a field of an instance or a module.
static Location bucket_of(const RuleRun *run, Location location) {
  const Locations *locations = run->file->locations;
  Location root = location_root_of(locations, location);
  if (location_row(locations, root)->root == ROOT_VARIABLE)
    return root;
  while (location_row(locations, location)->depth > 1)
    location = location_row(locations, location)->parent;
  return location;
}

static void index_access(RuleRun *run, const Access *access) {
  Arena *arena = run->file->arena;
  Location bucket = bucket_of(run, access->location);
  while (run->first_access.count <= bucket)
    (void)array_add(arena, &run->first_access);
  array_push(arena, &run->accesses, access);
  array_push(arena, &run->next_access, run->first_access.items[bucket]);
  run->first_access.items[bucket] = run->accesses.count - 1;
}

static void index_accesses(RuleRun *run) {
  const Module *module = run->file->module;
  array_push(run->file->arena, &run->accesses, NULL);
  array_push(run->file->arena, &run->next_access, 0);
  for (FunctionId id = 1; id < module->functions.count; id++) {
    if (module_function(module, id)->flags & (FUNCTION_CONSTRUCTOR | FUNCTION_MODULE))
      continue;
    const Summary *summary = &run->file->summaries[id];
    for (uint32_t i = 0; i < summary->accesses.count; i++)
      if (!(summary->accesses.items[i].flags & (ACCESS_CALLEE | ACCESS_DECLARES)))
        index_access(run, &summary->accesses.items[i]);
  }
}

// --- conflicts

static LockSet with_entry_locks(const RuleRun *run, const LockSet *held, FunctionId function) {
  LockSet all = *held;
  const LockSet *entry = contexts_entry_locks(run->contexts, function);
  for (uint32_t i = 0; i < entry->count; i++)
    lock_set_add(&all, entry->items[i]);
  return all;
}

LockSet rule_guards(const RuleRun *run, const Candidate *candidate) {
  return with_entry_locks(run, &candidate->guards, candidate->function);
}

bool rule_is_locked(const RuleRun *run, const Candidate *candidate) {
  LockSet guards = rule_guards(run, candidate);
  return lock_set_has_lock(&guards);
}

// Fields of a class and of one that only shares its base are different fields.
static bool same_class(const RuleRun *run, const Candidate *candidate, const Access *access) {
  const Locations *locations = run->file->locations;
  if (location_row(locations, location_root_of(locations, candidate->location))->root != ROOT_SELF)
    return true;
  ClassId a = values_class_of(run->file->values, candidate->function);
  ClassId b = values_class_of(run->file->values, access->function);
  return !a || !b || values_classes_related(run->file->values, a, b);
}

// What a caller passed is the caller's own until it is seen to be shared.
bool rule_location_is_shared(const RuleRun *run, Location location) {
  const Locations *locations = run->file->locations;
  const LocationRow *root = location_row(locations, location_root_of(locations, location));
  if (root->root == ROOT_EXTERNAL)
    return !values_is_of_type(run->file->values, root->name);
  return root->root == ROOT_VARIABLE || root->root == ROOT_SELF;
}

// By custom, objects of some classes (a request, a cursor, a lock of one's own making) are used by one task or take
// care of themselves.
static bool is_for_one_task(const RuleRun *run, const Candidate *candidate) {
  const Locations *locations = run->file->locations;
  const Values *values = run->file->values;
  const LocationRow *root = location_row(locations, location_root_of(locations, candidate->location));
  if (root->root != ROOT_SELF)
    return false;
  return values_class_is_sequential(values, root->name) ||
         values_class_is_sequential(values, values_class_of(values, candidate->function));
}

// Whether what was found by the candidate keeps the other task from its access, which is decided by the opposite: until
// a third one changes the location, which is a conflict of its own.
static bool is_excluded(const RuleRun *run, const Candidate *candidate, const Access *access) {
  const Locations *locations = run->file->locations;
  uint32_t both = ACCESS_IF_PRESENT | ACCESS_IF_ABSENT;
  uint32_t found = candidate->flags & both, needed = access->flags & both;
  bool opposite = found && needed && found != needed;
  if (opposite && candidate->location == access->location)
    return true;
  // What is added at the end changes neither that there is a first element nor which it is.
  uint32_t others = ACCESS_ASSIGN | ACCESS_REMOVE | ACCESS_CLEAR | ACCESS_NULLS;
  bool added = access->flags & ACCESS_ADD && !(access->flags & others);
  if (candidate->flags & ACCESS_FIRST && added && candidate->location == access->location)
    return true;
  const LocationRow *own = location_row(locations, candidate->location);
  const LocationRow *other = location_row(locations, access->location);
  // An iteration goes on over the collection that it began with.
  bool replaced = candidate->kind == CANDIDATE_ITERATE && access->flags & ACCESS_ASSIGN;
  if (replaced && own->parent == other->parent && own->depth == other->depth)
    return true;
  return candidate->flags & ACCESS_HELD && other->depth < own->depth;
}

static void add_entry_states(const RuleRun *run, FunctionId function, StateSet *states) {
  const StateSet *entry = contexts_entry_states(run->contexts, function);
  for (uint32_t i = 0; i < entry->count; i++)
    state_set_add(states, entry->items[i]);
}

// Where what is shared belongs to no object, the tasks may have an object each.
static void drop_states_of_objects(const RuleRun *run, StateSet *states) {
  const Locations *locations = run->file->locations;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < states->count; i++) {
    Location root = location_root_of(locations, states->items[i] & ~STATE_ABSENT);
    if (location_row(locations, root)->root != ROOT_SELF)
      states->items[kept++] = states->items[i];
  }
  states->count = kept;
}

// Whether the access only happens in a state that is not the one the candidate tested: `if self.task: await …;
// self.task = None` and `if not self.task: self.task = …`.
static bool keeps_out(const RuleRun *run, const Candidate *candidate, Location about, const Access *access) {
  const Locations *locations = run->file->locations;
  StateSet tested = candidate->states, required = access->states;
  add_entry_states(run, candidate->function, &tested);
  add_entry_states(run, access->function, &required);
  bool of_object = about && location_row(locations, location_root_of(locations, about))->root == ROOT_SELF;
  if (!of_object)
    drop_states_of_objects(run, &tested);
  return state_sets_exclude(&tested, &required);
}

static bool is_latch(uint32_t flags) {
  return flags & ACCESS_CONSTANT && !(flags & ACCESS_NULLS);
}

// Whether both only set a flag, and the access does so without having asked before: it is set, by whomever.
static bool sets_same_flag(const RuleRun *run, const Candidate *candidate, const Access *access) {
  if (!is_latch(candidate->flags) || !is_latch(access->flags))
    return false;
  if (candidate->flags & ACCESS_ON_FAILURE)
    return true; // it notes a failure of its own
  if (access->function == candidate->function)
    return false;
  if (candidate->flags & ACCESS_CALLEE)
    return false; // the access may be of the very function that is called
  const Summary *summary = &run->file->summaries[access->function];
  for (uint32_t i = 0; i < summary->candidates.count; i++)
    if (summary->candidates.items[i].second.start == access->span.start)
      return false;
  return true;
}

// What another task may do with the access between the candidate's accesses, and by what evidence: none where it
// cannot. `about` is what they share, 0 where that belongs to no object.
static Conflict conflict_with(const RuleRun *run, const Candidate *candidate, const LockSet *guards, Location about,
                              const Access *access) {
  Conflict conflict = {.access = access};
  if (!location_overlaps(run->file->locations, candidate->location, access->location))
    return conflict;
  if (!same_class(run, candidate, access))
    return conflict;
  if (is_excluded(run, candidate, access))
    return conflict;
  LockSet others = rule_locks_at(run, access);
  if (lock_sets_meet(run->file->locations, guards, &others))
    return conflict;
  if (contexts_has_ended(run->contexts, candidate->function, access->function, candidate->first))
    return conflict;
  if (candidate->kind == CANDIDATE_ACT && sets_same_flag(run, candidate, access))
    return conflict;
  if (candidate->kind != CANDIDATE_UPDATE && keeps_out(run, candidate, about, access))
    return conflict;
  conflict.evidence = contexts_parallel(run->contexts, candidate->function, access->function, about, &conflict.spawn);
  return conflict;
}

LockSet rule_locks_at(const RuleRun *run, const Access *access) {
  return with_entry_locks(run, &access->guards, access->function);
}

// What belongs to a class is shared by tasks that have an object each.
static Location shared_through(const RuleRun *run, const Candidate *candidate) {
  return class_data_holds(run, candidate->location) ? 0 : candidate->location;
}

RootEvidence rule_meets(const RuleRun *run, const Candidate *candidate, const Access *access) {
  if (is_for_one_task(run, candidate))
    return EVIDENCE_NONE;
  LockSet guards = rule_guards(run, candidate);
  return conflict_with(run, candidate, &guards, shared_through(run, candidate), access).evidence;
}

LockSet rule_locks_while(const RuleRun *run, FunctionId function, uint32_t instruction) {
  const LockSet *held = run->file->held_while[function];
  return with_entry_locks(run, held ? &held[instruction] : &(LockSet){0}, function);
}

RootEvidence rule_coexists(const RuleRun *run, const Access *access, const Access *other) {
  const Locations *locations = run->file->locations;
  Candidate at = {.location = access->location, .function = access->function};
  if (!location_overlaps(locations, access->location, other->location) &&
      !location_overlaps(locations, other->location, access->location))
    return EVIDENCE_NONE;
  if (!same_class(run, &at, other))
    return EVIDENCE_NONE;
  return contexts_parallel(run->contexts, access->function, other->function, shared_through(run, &at), NULL);
}

typedef ARRAY(Conflict) Conflicts;

// So many conflicts of a candidate are enough; those of its own function, which tell the simplest story, always count.
enum { CONFLICT_LIMIT = 64 };

static Conflicts find_conflicts(const RuleRun *run, const Candidate *candidate, const LockSet *guards, uint32_t flags,
                                uint32_t without) {
  Conflicts found = {0};
  if (!rule_location_is_shared(run, candidate->location) || is_for_one_task(run, candidate))
    return found;
  Location bucket = bucket_of(run, candidate->location);
  Location about = shared_through(run, candidate);
  Location buckets[] = {bucket, location_row(run->file->locations, bucket)->parent};
  for (int b = 0; b < 2; b++) {
    if (!buckets[b] || buckets[b] >= run->first_access.count)
      continue;
    for (uint32_t i = run->first_access.items[buckets[b]]; i; i = run->next_access.items[i]) {
      const Access *access = run->accesses.items[i];
      if (!(access->flags & flags) || access->flags & without)
        continue;
      if (found.count >= CONFLICT_LIMIT && access->function != candidate->function)
        continue;
      Conflict conflict = conflict_with(run, candidate, guards, about, access);
      if (conflict.evidence)
        array_push(run->file->arena, &found, conflict);
    }
  }
  return found;
}

Conflict rule_conflict_under(const RuleRun *run, const Candidate *candidate, const LockSet *guards, uint32_t flags,
                             uint32_t without) {
  Conflict best = {0};
  Conflicts found = find_conflicts(run, candidate, guards, flags, without);
  for (uint32_t i = 0; i < found.count; i++) {
    const Conflict *conflict = &found.items[i];
    bool same = conflict->access->function == candidate->function;
    bool better = conflict->evidence > best.evidence ||
                  (conflict->evidence == best.evidence && same && best.access->function != candidate->function);
    if (better)
      best = *conflict;
  }
  return best;
}

Conflict rule_conflict(const RuleRun *run, const Candidate *candidate, uint32_t flags, uint32_t without) {
  LockSet guards = rule_guards(run, candidate);
  return rule_conflict_under(run, candidate, &guards, flags, without);
}

void rule_each_conflict(RuleRun *run, const Candidate *candidate, uint32_t flags,
                        void (*visit)(RuleRun *run, const Candidate *candidate, const Conflict *conflict)) {
  LockSet guards = rule_guards(run, candidate);
  Conflicts found = find_conflicts(run, candidate, &guards, flags, 0);
  for (uint32_t i = 0; i < found.count; i++)
    visit(run, candidate, &found.items[i]);
}

void rule_each_candidate(RuleRun *run, CandidateKind kind, void (*visit)(RuleRun *run, const Candidate *candidate)) {
  for (FunctionId id = 1; id < run->file->module->functions.count; id++) {
    const Summary *summary = &run->file->summaries[id];
    for (uint32_t i = 0; i < summary->candidates.count; i++)
      if (summary->candidates.items[i].kind == kind)
        visit(run, &summary->candidates.items[i]);
  }
}

// --- the order of reports, and one for each race

static int by_position(const void *a, const void *b) {
  const Report *left = a, *right = b;
  if (left->finding.span.start != right->finding.span.start)
    return left->finding.span.start < right->finding.span.start ? -1 : 1;
  if (left->finding.span.end != right->finding.span.end)
    return left->finding.span.end < right->finding.span.end ? -1 : 1;
  return strcmp(left->finding.rule, right->finding.rule);
}

static bool regions_overlap(const Report *a, const Report *b) {
  Span first = span_join(a->candidate.first, a->candidate.second);
  Span second = span_join(b->candidate.first, b->candidate.second);
  return first.start < second.end && second.start < first.end;
}

// Rules come in order of precedence within a race: an earlier report of the same region and location stands for it.
static bool is_repeated(const RuleRun *run, const Report *report) {
  for (uint32_t i = 0; i < run->reports.count; i++) {
    const Report *other = &run->reports.items[i];
    if (other == report)
      return false;
    // The copies that a `finally` is lowered to.
    bool same_span =
        other->finding.span.start == report->finding.span.start && other->finding.span.end == report->finding.span.end;
    if (same_span && other->finding.rule == report->finding.rule)
      return true;
    if (other->covers && regions_overlap(other, report) && report->finding.severity != SEVERITY_HINT)
      return true;
    if (other->candidate.location && report->candidate.location && other->function == report->function &&
        regions_overlap(other, report) &&
        location_overlaps(run->file->locations, other->candidate.location, report->candidate.location))
      return true;
  }
  return false;
}

static void drop_repeated(RuleRun *run) {
  uint32_t kept = 0;
  bool *repeated = ARENA_ARRAY(run->file->arena, bool, run->reports.count);
  for (uint32_t i = 0; i < run->reports.count; i++)
    repeated[i] = is_repeated(run, &run->reports.items[i]);
  for (uint32_t i = 0; i < run->reports.count; i++)
    if (!repeated[i])
      run->reports.items[kept++] = run->reports.items[i];
  run->reports.count = kept;
}

// --- running

uint32_t rule_index_of(const char *name) {
  uint32_t index = 0;
  while (index < RULE_COUNT && strcmp(RULE_INFOS[index].name, name) != 0)
    index++;
  return index;
}

static const RuleSetting *settings_of(Arena *arena, const AnalysisOptions *options) {
  if (options->rules)
    return options->rules;
  RuleSetting *settings = ARENA_ARRAY(arena, RuleSetting, RULE_COUNT);
  for (uint32_t i = 0; i < RULE_COUNT; i++)
    settings[i] = (RuleSetting){options->preview || !RULE_INFOS[i].preview, RULE_INFOS[i].severity, CONFIDENCE_LOW};
  return settings;
}

static void check_all(RuleRun *run, bool about_suppressions) {
  for (uint32_t i = 0; i < RULE_COUNT; i++) {
    if (RULES[i]->about_suppressions != about_suppressions)
      continue;
    if (RULE_INFOS[i].preview && !run->settings[i].enabled)
      continue;
    uint32_t told = run->reports.count;
    run->rule = &RULE_INFOS[i];
    RULES[i]->check(run);
    if (about_suppressions)
      suppressions_apply(run, told);
  }
}

// Leaves out what is not asked for.
static void select_reports(RuleRun *run) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < run->reports.count; i++) {
    Report *report = &run->reports.items[i];
    const RuleSetting *setting = &run->settings[rule_index_of(report->finding.rule)];
    report->finding.severity = setting->severity;
    if (setting->enabled && report->finding.confidence <= setting->confidence)
      run->reports.items[kept++] = *report;
  }
  run->reports.count = kept;
}

RuleRun *rules_run(FlowFile *file, const CallGraph *graph, const Contexts *contexts, const RuleInput *input) {
  RuleRun *run = ARENA_NEW(file->arena, RuleRun);
  *run = (RuleRun){.file = file,
                   .graph = graph,
                   .contexts = contexts,
                   .text = input->text,
                   .preview = input->options.preview,
                   .settings = settings_of(file->arena, &input->options),
                   .suppressions = input->suppressions};
  index_accesses(run);
  check_all(run, false);
  drop_repeated(run);
  suppressions_apply(run, 0);
  check_all(run, true);
  select_reports(run);
  if (run->reports.count)
    qsort(run->reports.items, run->reports.count, sizeof(Report), by_position);
  return run;
}
