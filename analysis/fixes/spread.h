// Lines that hold several statements, spread over lines of their own: many a fix moves whole lines.
#ifndef RACEWISE_FIXES_SPREAD_H
#define RACEWISE_FIXES_SPREAD_H

#include "fix.h"

// The edits that give each statement of the functions around the report's places a line of its own, and each that
// stands around those functions. None where all have one, or in text that a machine wrote. They live in the arena of
// the run.
Spread spread_lines(const FixRun *run);

#endif
