// What a function does to things outside the program: paths, keys of a store, records of a database.
#ifndef RACEWISE_RULES_EXTERNAL_H
#define RACEWISE_RULES_EXTERNAL_H

#include "code.h"

typedef struct Operation {
  uint32_t uses;      // of ResourceUse: what it does
  const char *thing;  // a text that is equal for the same thing in one function
  const char *filter; // of a record: which one; "" where it does not say
  const char *name;   // of the thing, for messages
  uint32_t index;     // the call in the function: the library's, or that of a function of the file which does it
  bool own;           // the library's
  bool awaited;       // other tasks may run while it is done
  Site site;          // the library's call
} Operation;

typedef struct Operations {
  ARRAY(Operation) all;
} Operations;

typedef struct External External;

// Lives in the arena of the run.
External *external_new(RuleRun *run);

// What a function does, in order, its callees' operations included.
Operations external_operations(External *external, FunctionId function);

// Whether anything in the file may take paths or keys away.
bool external_removes(const External *external);

#endif
