// Fixes applied to a text.
#ifndef RACEWISE_SERVER_APPLY_FIXES_H
#define RACEWISE_SERVER_APPLY_FIXES_H

#include "../analysis/analysis.h"

typedef enum FixLevel {
  FIX_NOTHING,
  FIX_SAFE,   // only what cannot change a correct run
  FIX_UNSAFE, // what may change it too
} FixLevel;

// Which fixes of which findings are applied.
typedef struct FixRequest {
  FixLevel level;
  bool (*wants)(const void *context, const Finding *finding);
  const void *context;
  Cancel *cancel; // may be NULL
} FixRequest;

// Whether a fix is one of a level.
bool fix_is_of_level(const Fix *fix, FixLevel level);

// Whether a finding has a fix of this level.
bool finding_is_fixable(Analysis *analysis, uint32_t finding, FixLevel level);

// Applies the best fix of each finding, analyses the result by the same options, and goes on until nothing is left to
// apply. A fix that touches what an earlier one changes waits for the next round; a round that would bring a syntax
// error, or leave as many findings as there were, is made of the first fix alone, or left out: the rounds come to an
// end. `*analysis` is replaced by the one of the fixed text. Returns how many fixes were applied; when
// cancelled, 0, and `*analysis` is as it was.
uint32_t apply_fixes(Analysis **analysis, const FixRequest *request);

#endif
