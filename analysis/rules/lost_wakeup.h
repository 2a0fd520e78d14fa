// The parts of lost-wakeup about promises and listeners.
#ifndef RACEWISE_RULES_LOST_WAKEUP_H
#define RACEWISE_RULES_LOST_WAKEUP_H

#include "code.h"

// The await at `index` waits, each time around a loop, for a promise whose resolver others find in a shared place, and
// the loop suspends elsewhere too: who calls the resolver then calls the old one.
void check_waker(RuleRun *run, FunctionId id, uint32_t index);

// The call at `index` makes an object that tells events of its own accord, and the first listener comes after a
// suspension.
void check_listener(RuleRun *run, FunctionId id, uint32_t index);

#endif
