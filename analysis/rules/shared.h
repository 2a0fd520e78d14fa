// What tasks share: for those who want to see it, finding or not.
#ifndef RACEWISE_RULES_SHARED_H
#define RACEWISE_RULES_SHARED_H

#include "rule.h"

// The locations that one task may change while another is at them, in order of their first access. They live in the
// arena of the run. NULL with a count of 0 when there are none, or when cancelled.
const SharedLocation *shared_find(RuleRun *run, Cancel *cancel, uint32_t *count);

#endif
