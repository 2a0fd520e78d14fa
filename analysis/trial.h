// A fix on trial: what its edits make of the analysed text is analysed before anybody is offered it.
#ifndef RACEWISE_TRIAL_H
#define RACEWISE_TRIAL_H

#include "analysis.h"
#include "base/arena.h"
#include "fixes/fix.h"

typedef struct Trial {
  Arena *arena;
  const Analysis *analysis;
  const Finding *finding;  // one of its findings: the one to fix
  AnalysisOptions options; // that the analysis was run with
  size_t *budget;          // bytes of text that trials may still analyse, all of the analysis together
  Cancel *cancel;          // NULL: nobody cancels; once raised, every trial objects
} Trial;

// What a fresh analysis may spend on trials: some seconds. Each trial analyses the whole file, so that without a limit
// the time would grow with the square of a large file full of findings.
enum { TRIAL_BUDGET = 16 << 20 };

// What speaks against the edits, in words that end "… it would": a syntax error, the finding still there, a new one, or
// that the budget is used up.
// NULL where nothing does. Owned by `trial->arena`.
const char *trial_objection(const Trial *trial, const TextEdit *edits, uint32_t count);

// The best fix of a finding that comes up when the text of the span is gone, as edits of what is left. NULL where none
// comes up, where it has no fix, or where the budget does not allow to look. Owned by `trial->arena`.
const Fix *trial_fix_without(const Trial *trial, Span span);

// The fixes of the finding that can be applied once lines are spread, as edits of the text as it is; lines that they do
// not touch stay as they are. Owned by `trial->arena`.
const Fix *trial_fixes_spread(const Trial *trial, const Spread *spread, uint32_t *count);

// The fixes of this analysis take the lines as they are. Defined where analyses are.
void analysis_keep_lines(Analysis *analysis);

// What an analysis has left for trials. Defined where analyses are.
size_t *analysis_trial_budget(Analysis *analysis);

#endif
