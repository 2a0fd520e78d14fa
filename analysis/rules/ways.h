// The ways out of a function from one of its instructions: whether something that was begun is ended on each of them.
#ifndef RACEWISE_RULES_WAYS_H
#define RACEWISE_RULES_WAYS_H

#include "rule.h"

// Whether an instruction ends what was begun.
typedef bool (*WayEnds)(const Instruction *instruction, const void *context);

// The instruction at which the function may be left, behind `from`, before it is ended: a return, or what waits and can
// fail or be cancelled. UINT32_MAX for none. Other calls are taken to succeed.
uint32_t ways_leak(const RuleRun *run, FunctionId function, uint32_t from, WayEnds ends, const void *context);

// Whether it is ended on some way without an exception.
bool ways_end_normally(const RuleRun *run, FunctionId function, uint32_t from, WayEnds ends, const void *context);

// Whether the instruction only runs under a condition.
bool ways_is_conditional(const RuleRun *run, FunctionId function, uint32_t instruction);

#endif
