// What the parts of awaitables.h share.
#ifndef RACEWISE_RULES_AWAITABLE_STATE_H
#define RACEWISE_RULES_AWAITABLE_STATE_H

#include "awaitables.h"

enum { MEMBER_SYNCHRONOUS = 1 << 0, MEMBER_ASYNCHRONOUS = 1 << 1, MEMBER_REPLACED = 1 << 2 };

struct Awaitables {
  RuleRun *run;
  Arena *arena;
  const Module *module;
  Values *values;
  bool *decorated; // by function: by something that may change what it returns
  uint8_t *memo;   // by function
  uint8_t *names;  // by symbol: which functions are members of this name
  Uses **uses;     // by function
  unsigned depth;  // of calls being looked through
};

// Whether a related class has a synchronous method of the same name beside an asynchronous one, or the other way round.
bool awaitable_is_mixed(const Awaitables *awaitables, const Function *method);

// Whether a value is surely one of a few functions of the file.
bool awaitable_is_function_set(const ValueSet *set);

#endif
