// The parts of ineffective-lock that look beyond the lock: at what it should protect.
#ifndef RACEWISE_RULES_INEFFECTIVE_LOCK_H
#define RACEWISE_RULES_INEFFECTIVE_LOCK_H

#include "rule.h"

// Adds the accesses of a candidate to a report.
void ineffective_tell(RuleRun *run, Report *report, const Candidate *candidate);

// Locks of one instance each over data that all instances share.
void ineffective_per_instance(RuleRun *run);
// Where a lock is taken around a candidate: in its function, or by what calls it back.
Span ineffective_taken_at(const RuleRun *run, const Candidate *candidate, Location lock);

// Locks that are new for each call, or replaced while they may be held.
void ineffective_changing(RuleRun *run);
// Locks that a function takes when the work that it waits for under them is under way already.
void ineffective_started_before(RuleRun *run, FunctionId id);

#endif
