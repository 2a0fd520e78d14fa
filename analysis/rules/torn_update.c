#include "rule.h"

static const char DOCUMENTATION[] = "# torn-update\n"
                                    "\n"
                                    "## What it does\n"
                                    "Reports a shared collection that is emptied and, after a suspension point, "
                                    "refilled, while other tasks may look at it.\n"
                                    "\n"
                                    "## Why is this bad?\n"
                                    "In between, readers see it empty or half full.\n"
                                    "\n"
                                    "## Example\n"
                                    "```python\n"
                                    "self.routes.clear()\n"
                                    "async for route in fetch():\n"
                                    "    self.routes.append(route)\n"
                                    "```\n"
                                    "\n"
                                    "## Use instead\n"
                                    "```python\n"
                                    "self.routes = [route async for route in fetch()]\n"
                                    "```\n";

// Who reaches for it only to add something does not look at what is there.
static bool only_adds(const RuleRun *run, const Access *reader) {
  const Summary *summary = &run->file->summaries[reader->function];
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *access = &summary->accesses.items[i];
    bool same = access->location == reader->location && span_holds(access->span, reader->span);
    if (same && access->flags & ACCESS_ADD)
      return true;
  }
  return false;
}

static void report_reader(RuleRun *run, const Candidate *candidate, const Conflict *reader) {
  Conflict conflict = *reader;
  if (conflict.access->function == candidate->function || only_adds(run, conflict.access))
    return;
  const char *location = rule_location(run, candidate->location);
  const char *other = rule_function(run, conflict.access->function);
  Report *report = rule_report(run, candidate, conflict.evidence, candidate->second,
                               "`%s` is emptied on line %u and refilled only after `%s` was suspended on line %u; "
                               "another task in `%s` may see it "
                               "empty or half full (line %u)",
                               location, rule_line(run, candidate->first), rule_function(run, candidate->origin),
                               rule_line(run, candidate->suspension), other, rule_line(run, conflict.access->span));
  rule_place(run, report, PLACE_FIRST_ACCESS, candidate->first, "`%s` is emptied here", location);
  rule_place(run, report, PLACE_SUSPENSION, candidate->suspension, "other tasks may run here");
  rule_place(run, report, PLACE_CONFLICT, conflict.access->span, "another task in `%s` reads `%s` here", other,
             location);
  rule_step(run, report, 0, candidate->first, "empties `%s`", location);
  rule_step(run, report, 0, candidate->suspension, "is suspended");
  rule_step(run, report, 1, conflict.access->span, "reads `%s` and finds it empty", location);
  rule_step(run, report, 0, candidate->second, "refills `%s`", location);
}

// `mine, self.items = self.items, []` takes the content along: what is put there later is new, or given back.
static bool takes_content(const RuleRun *run, const Candidate *candidate) {
  const Summary *summary = &run->file->summaries[candidate->function];
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *access = &summary->accesses.items[i];
    bool within = access->span.start > candidate->first.start && access->span.end <= candidate->first.end;
    if (within && access->flags & ACCESS_READ && access->location == candidate->location)
      return true;
  }
  return false;
}

static bool starts_object(const RuleRun *run, FunctionId id) {
  const Function *function = module_function(run->file->module, id);
  return function->class_id && model_method_starts(symbol_text(run->file->module->symbols, function->name));
}

static void visit(RuleRun *run, const Candidate *candidate) {
  if (starts_object(run, candidate->function))
    return; // nobody uses it before it has started
  if (!takes_content(run, candidate))
    rule_each_conflict(run, candidate, ACCESS_READ, report_reader);
}

// --- in preview: a flag that others take to mean "ready", set before the suspension that makes it ready

static bool is_access(const Access *access, FunctionId id, uint32_t flags) {
  return access->function == id && !(access->flags & ACCESS_CALLEE) && (access->flags & flags) == flags;
}

// A function that reads both the flag and, relying on it, what is set later.
static const Access *reader_of_both(const RuleRun *run, FunctionId writer, Location flag, Location late) {
  for (FunctionId id = 1; id < run->file->module->functions.count; id++) {
    const Summary *summary = &run->file->summaries[id];
    bool reads_flag = false;
    const Access *use = NULL;
    for (uint32_t i = 0; id != writer && i < summary->accesses.count; i++) {
      const Access *access = &summary->accesses.items[i];
      reads_flag |= access->location == flag && is_access(access, id, ACCESS_READ);
      if (access->location == late && is_access(access, id, ACCESS_READ | ACCESS_USE))
        use = access;
    }
    if (reads_flag && use)
      return use;
  }
  return NULL;
}

static void check_ready(RuleRun *run, FunctionId id, const Access *flag, const Access *late) {
  const Access *use = reader_of_both(run, id, flag->location, late->location);
  if (!use || late->location == flag->location)
    return;
  Span spawn;
  RootEvidence evidence = contexts_parallel(run->contexts, id, use->function, late->location, &spawn);
  if (!evidence || lock_sets_meet(run->file->locations, &flag->guards, &use->guards))
    return;
  const char *ready = rule_location(run, flag->location), *later = rule_location(run, late->location);
  Candidate candidate = {.function = id,
                         .origin = id,
                         .location = flag->location,
                         .first = flag->span,
                         .suspension = late->span,
                         .second = late->span};
  Report *report =
      rule_report(run, &candidate, evidence, flag->span,
                  "`%s` says that all is ready before `%s` has set `%s` (line %u), which it does only after a "
                  "suspension; another task in `%s` relies on it (line %u)",
                  ready, rule_function(run, id), later, rule_line(run, late->span), rule_function(run, use->function),
                  rule_line(run, use->span));
  rule_place(run, report, PLACE_SECOND_ACCESS, late->span, "`%s` is set only here", later);
  rule_place(run, report, PLACE_CONFLICT, use->span, "`%s` is used here", later);
  rule_step(run, report, 0, flag->span, "sets `%s`", ready);
  rule_step(run, report, 1, use->span, "finds it set, and uses `%s`", later);
  rule_step(run, report, 0, late->span, "sets `%s`", later);
}

static void check_function(RuleRun *run, FunctionId id) {
  const Summary *summary = &run->file->summaries[id];
  const Access *accesses = summary->accesses.items;
  for (uint32_t f = 0; f < summary->accesses.count; f++) {
    bool flag = is_access(&accesses[f], id, ACCESS_WRITE | ACCESS_CONSTANT) &&
                !(accesses[f].flags & (ACCESS_NULLS | ACCESS_AFTER));
    for (uint32_t l = 0; flag && l < summary->accesses.count; l++)
      if (is_access(&accesses[l], id, ACCESS_WRITE | ACCESS_ASSIGN | ACCESS_AFTER) &&
          !(accesses[l].flags & ACCESS_NULLS))
        check_ready(run, id, &accesses[f], &accesses[l]);
  }
}

static void check(RuleRun *run) {
  rule_each_candidate(run, CANDIDATE_TORN, visit);
  for (FunctionId id = 1; run->preview && id < run->file->module->functions.count; id++)
    if (module_function(run->file->module, id)->flags & FUNCTION_ASYNC)
      check_function(run, id);
}

const Rule torn_update_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
