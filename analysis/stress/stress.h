// Stress tests: a finding as a test that fails while the race is there.
#ifndef RACEWISE_STRESS_STRESS_H
#define RACEWISE_STRESS_STRESS_H

#include "../analysis.h"
#include "../rules/rule.h"
#include "../syntax/syntax.h"

// Writes the test of a report in the report's language. The result lives in the arena of the run's file.
StressTest *stress_write(RuleRun *rules, const Syntax *syntax, const Report *report, const StressOptions *options);

#endif
