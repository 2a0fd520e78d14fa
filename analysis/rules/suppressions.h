// Reports that comments suppress.
//
// A suppression that names rules hides their reports; one without names hides all but those about suppressions. None
// hides a report about itself.
#ifndef RACEWISE_RULES_SUPPRESSIONS_H
#define RACEWISE_RULES_SUPPRESSIONS_H

#include "rule.h"

// What a suppression has hidden.
typedef struct SuppressionUse {
  bool used;   // a report of any rule
  bool *named; // by the rules that it names
} SuppressionUse;

// Leaves out the suppressed ones of the reports from `from` on, and notes what each suppression hid.
void suppressions_apply(RuleRun *run, uint32_t from);

// A report about a suppression: none of its own hides it.
Report *suppression_report(RuleRun *run, const Suppression *suppression, Span span, const char *message);

// "`lost-update`", "`lost-update` and `toctou`", "everything": what it is meant to hide. Owned by the arena.
const char *suppression_target(const RuleRun *run, const Suppression *suppression);

#endif
