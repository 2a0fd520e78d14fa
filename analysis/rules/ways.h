// The ways out of a function from one of its instructions: whether something that was begun is ended on each of them.
#ifndef RACEWISE_RULES_WAYS_H
#define RACEWISE_RULES_WAYS_H

#include "rule.h"

// A question about an instruction: whether it ends what was begun, say.
typedef bool (*WayEnds)(const Instruction *instruction, const void *context);

// The instruction at which the function may be left, behind `from`, before it is ended: a return, or what waits and can
// fail or be cancelled. UINT32_MAX for none. Other calls are taken to succeed.
uint32_t ways_leak(const RuleRun *run, FunctionId function, uint32_t from, WayEnds ends, const void *context);

// Whether it is ended on some way without an exception.
bool ways_end_normally(const RuleRun *run, FunctionId function, uint32_t from, WayEnds ends, const void *context);

// The first instruction in the source, of those that run before it is ended, for which `wanted` says so; UINT32_MAX for
// none.
uint32_t ways_first(const RuleRun *run, FunctionId function, uint32_t from, WayEnds ends, WayEnds wanted,
                    const void *context);

// Whether the instruction only runs under a condition.
bool ways_is_conditional(const RuleRun *run, FunctionId function, uint32_t instruction);

#endif
