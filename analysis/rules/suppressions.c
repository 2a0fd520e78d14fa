#include "suppressions.h"

#include <string.h>

static void start_uses(RuleRun *run) {
  run->suppression_uses = ARENA_ARRAY(run->file->arena, SuppressionUse, run->suppressions.count);
  for (uint32_t i = 0; i < run->suppressions.count; i++)
    run->suppression_uses[i].named = ARENA_ARRAY(run->file->arena, bool, run->suppressions.items[i].rule_count);
}

static bool is_about_suppressions(const char *rule) {
  uint32_t index = rule_index_of(rule);
  return index < RULE_COUNT && RULES[index]->about_suppressions;
}

static bool is_about(const Finding *finding, const Suppression *suppression) {
  return is_about_suppressions(finding->rule) && span_holds(suppression->span, finding->span);
}

// Whether the suppression hides the finding; notes it.
static bool hides(const Suppression *suppression, SuppressionUse *use, const Finding *finding) {
  bool covered = suppression->covers.start <= finding->span.start && finding->span.start < suppression->covers.end;
  if (!covered || suppression->fault || is_about(finding, suppression))
    return false;
  if (!suppression->rule_count) {
    bool hidden = !is_about_suppressions(finding->rule);
    use->used |= hidden;
    return hidden;
  }
  bool hidden = false;
  for (uint32_t i = 0; i < suppression->rule_count; i++) {
    if (strcmp(suppression->rules[i].name, finding->rule))
      continue;
    use->used = use->named[i] = hidden = true;
  }
  return hidden;
}

// Every suppression that fits counts as used.
static bool is_hidden(RuleRun *run, const Finding *finding) {
  bool hidden = false;
  for (uint32_t i = 0; i < run->suppressions.count; i++)
    hidden |= hides(&run->suppressions.items[i], &run->suppression_uses[i], finding);
  return hidden;
}

void suppressions_apply(RuleRun *run, uint32_t from) {
  uint32_t kept = from;
  if (!run->suppression_uses)
    start_uses(run);
  for (uint32_t i = from; i < run->reports.count; i++)
    if (!is_hidden(run, &run->reports.items[i].finding))
      run->reports.items[kept++] = run->reports.items[i];
  run->reports.count = kept;
}

Report *suppression_report(RuleRun *run, const Suppression *suppression, Span span, const char *message) {
  enum { TOP_LEVEL = 1 };
  Candidate candidate = {
      .function = TOP_LEVEL, .origin = TOP_LEVEL, .first = suppression->span, .second = suppression->span};
  return rule_report(run, &candidate, EVIDENCE_IN_VIEW, span, "%s", message);
}

const char *suppression_target(const RuleRun *run, const Suppression *suppression) {
  const char *target = "everything";
  for (uint32_t i = 0; i < suppression->rule_count; i++)
    target = arena_printf(run->file->arena, "%s%s`%s`", i ? target : "",
                          !i                                 ? ""
                          : i + 1 == suppression->rule_count ? " and "
                                                             : ", ",
                          suppression->rules[i].name);
  return target;
}
