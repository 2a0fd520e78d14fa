// Fan-outs: the pieces of work that one activation of a function starts at the same time.
#ifndef RACEWISE_RULES_FANOUT_H
#define RACEWISE_RULES_FANOUT_H

#include "code.h"

typedef struct Unit {
  FunctionId starter; // the function that gathers or spawns it
  uint32_t start;     // its instruction: the gather or spawn call
  bool gathered;      // as one of several that the starter waits for
  Site made;          // the call that makes the work: of a coroutine function of the file, or of a library
  Callee callee;      // function 0: a library's
  bool mapped;        // `made` is a call like `xs.map(f)`: the callee runs once for every element
  bool many;          // started for each element of `source`
  Site source;        // where a NEXT, or the mapping call, takes the elements from; see fanout_source
  Loop loop;          // that makes it many; head CODE_NONE where it is mapped
} Unit;

typedef struct Units {
  ARRAY(Unit) all;
} Units;

// All units of the file. Lives in the arena of the run's file.
Units fanout_units(RuleRun *run);

// The collection that a `many` unit is started for every element of, as a value of `unit->source.function`; 0 where it
// is not a collection (a `while` loop).
Value fanout_source(RuleRun *run, const Unit *unit);

#endif
