// What a piece of source does, as far as moving it goes.
#ifndef RACEWISE_FIXES_EFFECTS_H
#define RACEWISE_FIXES_EFFECTS_H

#include "fix.h"

// Whether the calls in the span only compute and look: nobody would notice them made at another time.
bool effects_calls_are_pure(const FixRun *run, FunctionId id, Span span);

// The same for all that stands in the span: nothing is written, and no other task may run.
bool effects_is_pure(const FixRun *run, FunctionId id, Span span);

// Whether the code in `changes` binds a variable that `reads` names.
bool effects_rebinds(const FixRun *run, FunctionId id, Span changes, Span reads);

#endif
