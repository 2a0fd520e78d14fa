// A fix on trial: what its edits make of the analysed text is analysed before anybody is offered it.
#ifndef RACEWISE_TRIAL_H
#define RACEWISE_TRIAL_H

#include "analysis.h"
#include "base/arena.h"

typedef struct Trial {
  Arena *arena;
  const Analysis *analysis;
  const Finding *finding;  // one of its findings: the one to fix
  AnalysisOptions options; // that the analysis was run with
} Trial;

// What speaks against the edits, in words that end "… it would": a syntax error, the finding still there, a new one.
// NULL where nothing does. Owned by `trial->arena`.
const char *trial_objection(const Trial *trial, const TextEdit *edits, uint32_t count);

#endif
