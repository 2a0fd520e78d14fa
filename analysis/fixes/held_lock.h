// Functions that take a lock which those who call or start them hold already.
#ifndef RACEWISE_FIXES_HELD_LOCK_H
#define RACEWISE_FIXES_HELD_LOCK_H

#include "fix.h"

// Whether the lock is held where an edge of the call graph begins.
bool held_lock_at(const FixRun *run, const Edge *edge, Location lock);

// The function whose code the span lies in.
FunctionId held_lock_function(const FixRun *run, Span span);

// The place where the report's lock is taken again: of the report's related places, the lock's or the conflict's.
Span held_lock_taken(const FixRun *run);

#endif
