// How code tells that the answer to a request comes too late: a flag that an effect's clean-up sets, or the number of
// the request, which is compared with that of the latest.
#ifndef RACEWISE_FIXES_STALE_TOKEN_H
#define RACEWISE_FIXES_STALE_TOKEN_H

#include "fix.h"

typedef struct StaleToken {
  const char *stale, *fresh; // conditions: "ignore" and "!ignore", "request !== latest" and "request === latest"
  const char *title;         // what a fix that uses it does
} StaleToken;

// Adds what the conditions need for code at `store`, where an answer is stored. False where there is no place for it.
bool stale_token_make(const FixRun *run, Edits *edits, TSNode store, StaleToken *token);

// The same for code of an effect, `*effect`, which is given an `AbortController` called `controller`.
bool stale_token_abort(const FixRun *run, Edits *edits, TSNode store, StaleToken *token, TSNode *effect);

#endif
