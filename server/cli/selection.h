// Which findings a run shows, and which of their fixes it applies.
#ifndef RACEWISE_CLI_SELECTION_H
#define RACEWISE_CLI_SELECTION_H

#include "../apply_fixes.h"
#include "../config/config.h"
#include "check_options.h"

typedef struct Selection {
  const RuleChoice *choice; // what the command line says; it wins over configuration files
  Severity severity;        // from this severity on
  FixLevel fixes;
  const char *ignore_reason; // what is found is hidden by comments with this reason; NULL: it is not
  bool offers;               // fixes are shown with the findings
  bool unsuppressed;         // what comments suppress is shown
} Selection;

// The selection that the options describe, in the arena. False, after a line on stderr, when they name a rule that
// does not exist.
bool selection_of(const CheckOptions *options, Arena *arena, Selection *selection);

bool selection_has(const Selection *selection, const Finding *finding);

#endif
