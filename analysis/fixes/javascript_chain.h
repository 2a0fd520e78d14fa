// Promise chains in JavaScript files: a lock without a dependency. Each piece of work hangs on the promise of the one
// before it, whether that succeeded or not; its own result, or failure, goes to whoever asked for it.
#ifndef RACEWISE_FIXES_JAVASCRIPT_CHAIN_H
#define RACEWISE_FIXES_JAVASCRIPT_CHAIN_H

#include "lock_sites.h"

typedef struct JavaScriptChain {
  const char *tail, *helper; // the promise, and the function that hangs work on it
  ClassId class_id;          // whose private members they are; 0 for plain ones
  VariableId beside;         // the variable they stand behind; 0 for before the function of the report
} JavaScriptChain;

// Plans a chain where all who share the report's location find it. False where there is no such place.
bool javascript_chain_plan(const FixRun *run, JavaScriptChain *chain);

// What code of a function calls with its work: "this.#exclusive"; NULL where it cannot reach it.
const char *javascript_chain_call(const FixRun *run, const JavaScriptChain *chain, FunctionId function);

void javascript_chain_make(const FixRun *run, Edits *edits, const JavaScriptChain *chain);

// What code of a function calls with work for a lock that the file has: "this.mutex.runExclusive", or the file's own
// helper of a promise chain. NULL where there is no such call, or the function cannot reach it.
const char *javascript_lock_call(const FixRun *run, Location lock, FunctionId function);

#endif
