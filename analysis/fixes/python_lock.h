// Locks in Python files.
#ifndef RACEWISE_FIXES_PYTHON_LOCK_H
#define RACEWISE_FIXES_PYTHON_LOCK_H

#include "lock_sites.h"

// "asyncio", or "anyio" or "trio" where the file imports one of these and not asyncio.
const char *python_lock_library(const FixRun *run);

// A lock to be made.
typedef struct PythonLock {
  const char *name;  // what it is called, without a receiver
  ClassId class_id;  // 0 where it is a variable
  VariableId beside; // the variable it stands beside; 0 for none

} PythonLock;

// Plans a new lock where all who share the report's location find it. False where there is no such place.
bool python_lock_plan(const FixRun *run, PythonLock *lock);

// How code of a function names the lock; NULL where it cannot reach it.
const char *python_lock_name(const FixRun *run, const PythonLock *lock, FunctionId function);

// Adds what makes the lock, the import included.
void python_lock_make(FixRun *run, Edits *edits, const PythonLock *lock);

#endif
