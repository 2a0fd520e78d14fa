// Deadlocks between two activations of one function that takes two locks in the order of its arguments.
#ifndef RACEWISE_RULES_LOCK_PAIRS_H
#define RACEWISE_RULES_LOCK_PAIRS_H

#include "rule.h"

// Reports where a function takes the locks of two of its arguments (or of its receiver and one), without having put
// them in order: called with the two exchanged, it takes them in the opposite order.
void deadlock_check_pairs(RuleRun *run, FunctionId id);

#endif
