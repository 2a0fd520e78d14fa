// Fixes: what makes a finding go away.
//
// A fix is a row of fixes.def (for which rules and languages) and a function that looks at one report and offers what
// it can do there. Fixes work on the syntax tree, by the spans of the report, and ask the solved file about the rest:
// which locks guard a location, who calls whom, what a call does. Besides the frontends they alone know syntax.
//
// A new fix: one `.c` with a function of type `FixMaker`, one row, before/after pairs in tests/fixes.
#ifndef RACEWISE_FIXES_FIX_H
#define RACEWISE_FIXES_FIX_H

#include "../rules/rule.h"
#include "edits.h"
#include "source.h"

// Edits that give statements lines of their own. Those of one group are made together or not at all.
typedef struct Spread {
  const TextEdit *edits;
  const uint32_t *groups; // of each, in rising order
  uint32_t count;
} Spread;

// Asks what speaks against a fix: "leave the race". NULL where nothing does.
typedef struct FixTrial {
  void *context;
  const char *(*objection)(void *context, const TextEdit *edits, uint32_t count);
  // The best fix of what is found only when the text of the span is gone, as edits of what is left; NULL where nothing
  // is, or where it has none.
  const Fix *(*fix_without)(void *context, Span span);
  // The fixes that the finding has, and that can be applied, once lines are spread; as edits of the text as it is. NULL
  // where the lines are to be taken as they are.
  const Fix *(*fixes_spread)(void *context, const Spread *spread, uint32_t *count);
} FixTrial;

// One report that fixes are looked for.
typedef struct FixRun {
  Arena *arena; // the analysis's: what is offered lives there
  Source source;
  RuleRun *rules;
  const Report *report;
  const char *id; // of the row whose turn it is
  FixTrial trial;
  const char *objection; // to what was offered last; NULL when it was taken
  ARRAY(Fix) fixes;
} FixRun;

typedef void (*FixMaker)(FixRun *run);

#define FIX(symbol, id, rule, family) void symbol##_fix(FixRun *run);
#include "fixes.def"
#undef FIX

// Which language a row is for.
typedef enum FixFamily {
  FIX_PYTHON = 1 << 0,
  FIX_JAVASCRIPT = 1 << 1,
  FIX_ANY = FIX_PYTHON | FIX_JAVASCRIPT
} FixFamily;

// The fixes of a report, best first, the first that can be applied marked as preferred. They live in the arena of the
// run's file.
const Fix *fixes_make(RuleRun *rules, const Syntax *syntax, const Report *report, FixTrial trial, uint32_t *count);

// --- for fixes

// Offers the edits under a title, unless the trial objects or there are none: then `run->objection` says why, and the
// result is false. `safe` as in `Fix`.
bool fix_offer(FixRun *run, Edits *edits, bool safe, const char *title, ...) __attribute__((format(printf, 4, 5)));
// Offers nothing, and says why.
void fix_refuse(FixRun *run, const char *title, const char *reason, ...) __attribute__((format(printf, 3, 4)));

const Module *fix_module(const FixRun *run);
const Function *fix_function(const FixRun *run, FunctionId id);
const char *fix_symbol(const FixRun *run, Symbol symbol);
// The report's first related place of a role; empty where it has none.
Span fix_place(const FixRun *run, PlaceRole role);
// Whether a variable is in the function's scope: one of the file, or of a function around it.
bool fix_can_see(const FixRun *run, FunctionId function, VariableId id);

#endif
