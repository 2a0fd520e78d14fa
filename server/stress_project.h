// Stress tests among a project's files: how its tests run, where a new one goes, and how it names what it tests.
#ifndef RACEWISE_SERVER_STRESS_PROJECT_H
#define RACEWISE_SERVER_STRESS_PROJECT_H

#include "../analysis/analysis.h"
#include "../analysis/base/arena.h"

// What the project around a source file runs its tests with, by the configuration files in its folder and above:
// pytest, else a plain program; Vitest or Jest, else node:test.
StressFramework stress_project_framework(const char *path, Language language);

// Whether a framework is one of the language's.
bool stress_framework_fits(StressFramework framework, Language language);

// The path of a new test for a function beside the source: "shop/test_stress_cart_add.py". In the arena.
const char *stress_project_file(const char *path, StressFramework framework, Language language, const char *function,
                                Arena *arena);

// The path that leads from the folder of the file `from` to the file `to`, with "/". Both exist, or their folders do.
// `to` as it is where no such path is found. In the arena.
const char *stress_project_relative(const char *from, const char *to, Arena *arena);

// The first finding that a stress test can be written for, in a function of this name ("Cart.add" or "add") or, where
// it is NULL, with a place at the one-based line. The count of findings where there is none.
uint32_t stress_project_finding(const Analysis *analysis, const char *function, unsigned line);

#endif
