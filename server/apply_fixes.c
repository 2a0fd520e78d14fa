#include "apply_fixes.h"

#include "../analysis/base/array.h"
#include <string.h>

typedef ARRAY(TextEdit) Edits;

// A suppression hides a finding: it is for people to write.
bool fix_is_of_level(const Fix *fix, FixLevel level) {
  return level != FIX_NOTHING && !fix->disabled && fix->edit_count && (fix->safe || level == FIX_UNSAFE) &&
         strncmp(fix->id, "suppress", 8) != 0;
}

static const Fix *best_fix(Analysis *analysis, uint32_t finding, FixLevel level) {
  uint32_t count;
  const Fix *fixes = analysis_fixes(analysis, finding, &count);
  for (uint32_t i = 0; i < count; i++)
    if (fix_is_of_level(&fixes[i], level))
      return &fixes[i];
  return NULL;
}

bool finding_is_fixable(Analysis *analysis, uint32_t finding, FixLevel level) {
  return level != FIX_NOTHING && best_fix(analysis, finding, level);
}

// Insertions at one place meet too: two fixes that both add a lock there are not meant to add two.
static bool meets(const Edits *edits, const Fix *fix) {
  for (uint32_t i = 0; i < edits->count; i++)
    for (uint32_t k = 0; k < fix->edit_count; k++)
      if (edits->items[i].span.start <= fix->edits[k].span.end && fix->edits[k].span.start <= edits->items[i].span.end)
        return true;
  return false;
}

static void take(Arena *arena, Edits *edits, const Fix *fix) {
  for (uint32_t i = 0; i < fix->edit_count; i++)
    array_push(arena, edits, fix->edits[i]);
}

// The fixes of one round that can be applied together, at most `most`. False when cancelled.
static bool collect(Analysis *analysis, const FixRequest *request, uint32_t most, Arena *arena, Edits *edits,
                    uint32_t *applied) {
  for (uint32_t i = 0; i < analysis_finding_count(analysis) && *applied < most; i++) {
    if (!request->wants(request->context, analysis_finding(analysis, i)))
      continue;
    if (!analysis_make_fixes(analysis, i, request->cancel))
      return false;
    const Fix *fix = best_fix(analysis, i, request->level);
    if (!fix || meets(edits, fix))
      continue;
    take(arena, edits, fix);
    ++*applied;
  }
  return true;
}

// The analysis of the text with the edits; NULL when they bring a syntax error, or when cancelled.
static Analysis *analyse_edited(const Analysis *analysis, const FixRequest *request, const Edits *edits) {
  const Syntax *before = analysis_syntax(analysis);
  Syntax *syntax = syntax_edit_all(before, edits->items, edits->count, request->cancel);
  if (!syntax)
    return NULL;
  bool broken = ts_node_has_error(syntax_root(syntax)) && !ts_node_has_error(syntax_root(before));
  Analysis *edited = broken ? NULL : analysis_run(syntax, analysis_options(analysis), request->cancel);
  syntax_free(syntax);
  return edited;
}

// The analysis with at most so many fixes applied; NULL when there are none, when cancelled, or when it has as many
// findings as before: what is right alone need not be right together.
static Analysis *apply_some(Analysis *analysis, const FixRequest *request, uint32_t most, uint32_t *applied) {
  Arena *arena = arena_new();
  Edits edits = {0};
  *applied = 0;
  bool whole = collect(analysis, request, most, arena, &edits, applied);
  Analysis *edited = whole && edits.count ? analyse_edited(analysis, request, &edits) : NULL;
  arena_free(arena);
  if (!edited || analysis_finding_count(edited) < analysis_finding_count(analysis))
    return edited;
  analysis_free(edited);
  return NULL;
}

// The analysis after one round; NULL when nothing was applied, or when cancelled.
static Analysis *apply_round(Analysis *analysis, const FixRequest *request, uint32_t *applied) {
  Analysis *edited = apply_some(analysis, request, UINT32_MAX, applied);
  if (!edited && *applied > 1 && !cancel_raised(request->cancel))
    edited = apply_some(analysis, request, 1, applied);
  return edited;
}

uint32_t apply_fixes(Analysis **analysis, const FixRequest *request) {
  if (request->level == FIX_NOTHING)
    return 0;
  Analysis *last = analysis_ref(*analysis);
  uint32_t total = 0, applied;
  Analysis *edited;
  while ((edited = apply_round(last, request, &applied))) {
    analysis_free(last);
    last = edited;
    total += applied;
  }
  bool done = total > 0 && !cancel_raised(request->cancel);
  analysis_free(done ? *analysis : last);
  *analysis = done ? last : *analysis;
  return done ? total : 0;
}
