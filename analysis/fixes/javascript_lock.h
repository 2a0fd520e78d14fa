// Locks in JavaScript files: those the file has, and promise chains, which need no dependency. Along a chain each piece
// of work waits for the one before it, whether that succeeded or not; its own result, or failure, goes to whoever asked
// for it.
#ifndef RACEWISE_FIXES_JAVASCRIPT_LOCK_H
#define RACEWISE_FIXES_JAVASCRIPT_LOCK_H

#include "javascript_place.h"

typedef struct JavaScriptChain {
  JavaScriptPlace place;
  const char *tail, *helper; // the promise, and the function that hangs work on it
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
