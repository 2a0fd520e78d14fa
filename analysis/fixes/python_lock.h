// Locks in Python files.
#ifndef RACEWISE_FIXES_PYTHON_LOCK_H
#define RACEWISE_FIXES_PYTHON_LOCK_H

#include "lock_sites.h"
#include "python_place.h"

// "asyncio", or "anyio" or "trio" where the file imports one of these and not asyncio.
const char *python_lock_library(const FixRun *run);

// Plans a new lock where all who share a location find it. False where there is no such place.
bool python_lock_plan(const FixRun *run, Location location, PythonPlace *lock);

// The same for all runs of a function on one object.
void python_lock_plan_for(const FixRun *run, FunctionId function, PythonPlace *lock);

// Adds what makes the lock, the import included.
void python_lock_make(FixRun *run, Edits *edits, const PythonPlace *lock);

// Why a region cannot be held under a lock, or NULL (a RegionWidener).
const char *python_lock_widen(FixRun *run, FunctionId function, Region *region);

// Puts a region under `async with lock:`.
void python_lock_wrap(const FixRun *run, Edits *edits, const Region *region, const char *lock);

#endif
