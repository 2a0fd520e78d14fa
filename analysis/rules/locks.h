// What the locking rules ask of values.
#ifndef RACEWISE_RULES_LOCKS_H
#define RACEWISE_RULES_LOCKS_H

#include "rule.h"

// The model of the lock, semaphore or thread lock that a value is, by its type or its place's; NULL for other values.
const Model *lock_model(const RuleRun *run, FunctionId function, Value value);
bool lock_is_async(const RuleRun *run, FunctionId function, Value value);
bool lock_is_thread(const RuleRun *run, FunctionId function, Value value);

// A name for the lock in messages.
const char *lock_text(RuleRun *run, FunctionId function, Value value);

// Whether an instruction lets other tasks run.
bool lock_instruction_suspends(const RuleRun *run, FunctionId function, const Instruction *instruction);

// The last instruction that leaves the context manager entered at `enter`; `enter` itself where there is none.
uint32_t lock_last_exit(const RuleRun *run, FunctionId function, uint32_t enter);

// An empty span where the code between two instructions ends in the source.
Span lock_region_end(const RuleRun *run, FunctionId function, uint32_t first, uint32_t last);

// Whether an instruction is `value.name()` on a value that stands at the same place as, or is, `lock`.
bool lock_is_call_on(const RuleRun *run, FunctionId function, const Instruction *call, const char *name, Value lock);

#endif
