// Where a lock of a Python file lives.
#ifndef RACEWISE_FIXES_PYTHON_LOCK_H
#define RACEWISE_FIXES_PYTHON_LOCK_H

#include "fix.h"

// "asyncio", or "anyio" or "trio" where the file imports one of these and not asyncio.
const char *python_lock_library(const FixRun *run);

// The expression that names a lock of the file; NULL where it has none of use everywhere.
const char *python_lock_existing(const FixRun *run, Location lock);

// Adds the edits that make a new lock beside the location, the import included, and gives the expression that names it.
// NULL where the location is not in a place that lasts: nothing is added then.
const char *python_lock_new(FixRun *run, Location location, Edits *edits);

#endif
