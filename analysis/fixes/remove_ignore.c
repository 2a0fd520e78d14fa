// A suppression that hides nothing goes.
#include "ignore_comment.h"
#include <string.h>

static uint32_t count_reports(const FixRun *run) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < run->rules->reports.count; i++) {
    const Report *report = &run->rules->reports.items[i];
    count += strcmp(report->finding.rule, run->report->finding.rule) == 0 &&
             report->candidate.first.start == run->report->candidate.first.start;
  }
  return count;
}

// The name that the report is about, with its comma; false where the whole list is to go.
static bool one_name(const FixRun *run, const Suppression *suppression, const SuppressedRule **rule, Span *span) {
  if (suppression->fault || suppression->rule_count < 2 || count_reports(run) == suppression->rule_count)
    return false;
  const SuppressedRule *rules = suppression->rules;
  for (uint32_t i = 0; i < suppression->rule_count; i++) {
    if (rules[i].span.start != run->report->finding.span.start)
      continue;
    *rule = &rules[i];
    *span = i ? (Span){rules[i - 1].span.end, rules[i].span.end} : (Span){rules[i].span.start, rules[1].span.start};
    return true;
  }
  return false;
}

// A slip of the pen is for its writer to judge.
static bool is_understood(const Suppression *suppression) {
  bool known = !suppression->fault;
  for (uint32_t i = 0; i < suppression->rule_count; i++)
    known &= rule_index_of(suppression->rules[i].name) < RULE_COUNT;
  return known;
}

void remove_ignore_fix(FixRun *run) {
  const Suppression *suppression = ignore_comment_of(run);
  const SuppressedRule *rule;
  Edits edits = {.arena = run->arena};
  Span span;
  if (!suppression || ignore_comment_hides(run, suppression) > (suppression->rule_count > 1))
    return;
  if (one_name(run, suppression, &rule, &span)) {
    edits_delete(&edits, span);
    fix_offer(run, &edits, is_understood(suppression), "Take `%s` out of the list", rule->name);
  } else if (ignore_comment_span(run, suppression, &span)) {
    edits_delete(&edits, span);
    fix_offer(run, &edits, is_understood(suppression), "Remove the comment: it hides nothing");
  }
}
