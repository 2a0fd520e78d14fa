// What a call parks where others park theirs: `self._params = params`, `this.params = params`.
#ifndef RACEWISE_FIXES_PARKED_H
#define RACEWISE_FIXES_PARKED_H

#include "fix.h"

typedef struct Parked {
  TSNode statement, place, value;
  const char *text; // of the place
  const char *name; // the last part of it, without signs of privacy: "params"
} Parked;

// Finds the statement of the report. False where it does not assign a field or a variable.
bool parked_find(const FixRun *run, Parked *parked);

// The name of the value that was parked, for code up to `end`: that of a variable that keeps it, or of a new one, which
// is added.
const char *parked_local(const FixRun *run, Edits *edits, const Parked *parked, uint32_t end);

// Makes what is read of the place in `body`, from an offset on, a read of `name`, up to where the place is given
// another value. Returns how many there are.
uint32_t parked_replace(const FixRun *run, Edits *edits, const Parked *parked, TSNode body, uint32_t from,
                        const char *name);

#endif
