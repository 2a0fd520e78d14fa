// Moving awaits out of the statement they stand in: `x += await f()` becomes `value = await f()` and `x += value`.
#ifndef RACEWISE_FIXES_HOIST_H
#define RACEWISE_FIXES_HOIST_H

#include "fix.h"

enum { HOIST_LIMIT = 4 };

typedef struct Hoist {
  TSNode statement;
  TSNode awaits[HOIST_LIMIT]; // in order of the source
  uint32_t count;
  bool too_many;
} Hoist;

// Finds the awaits of a statement. False where it has none, or where they cannot move out: one is not always evaluated,
// or what is evaluated before it would be noticed behind it.
bool hoist_plan(const FixRun *run, FunctionId id, TSNode statement, Hoist *hoist);

// Whether an access lies within one of the awaits.
bool hoist_takes(const Hoist *hoist, Span access);

// Replaces each await by a name, and gives the statements that bind the names; `separator` stands between them.
const char *hoist_write(const FixRun *run, Edits *edits, const Hoist *hoist, bool semicolons, const char *separator);

#endif
