// Fixes applied to a text.
#ifndef RACEWISE_CLI_APPLY_FIXES_H
#define RACEWISE_CLI_APPLY_FIXES_H

#include "../../analysis/analysis.h"

typedef enum FixLevel {
  FIX_NOTHING,
  FIX_SAFE,   // only what cannot change a correct run
  FIX_UNSAFE, // what may change it too
} FixLevel;

// Whether a finding has a fix of this level.
bool finding_is_fixable(Analysis *analysis, uint32_t finding, FixLevel level);

// The text of the analysis with the best fix of each of the `findings` (their indexes, in order). A fix that touches
// what an earlier one changes is left out: analyse the result and call again. A new reference, and in `*applied` how
// many fixes are in it; NULL when there is none, or when the result would have a syntax error that was not there.
Text *apply_fixes(Analysis *analysis, const uint32_t *findings, uint32_t count, FixLevel level, uint32_t *applied);

#endif
