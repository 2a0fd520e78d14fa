#include "apply_fixes.h"

#include "../../analysis/base/array.h"
#include <string.h>

typedef ARRAY(TextEdit) Edits;

// A suppression hides a finding: it is for people to write.
static bool is_eligible(const Fix *fix, FixLevel level) {
  return !fix->disabled && fix->edit_count && (fix->safe || level == FIX_UNSAFE) &&
         strncmp(fix->id, "suppress", 8) != 0;
}

static const Fix *best_fix(Analysis *analysis, uint32_t finding, FixLevel level) {
  uint32_t count;
  const Fix *fixes = analysis_fixes(analysis, finding, &count);
  for (uint32_t i = 0; level != FIX_NOTHING && i < count; i++)
    if (is_eligible(&fixes[i], level))
      return &fixes[i];
  return NULL;
}

bool finding_is_fixable(Analysis *analysis, uint32_t finding, FixLevel level) {
  return best_fix(analysis, finding, level);
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

static bool is_broken(const Syntax *syntax, Text *text) {
  if (ts_node_has_error(syntax_root(syntax)))
    return false;
  Syntax *fixed = syntax_parse(syntax_language(syntax), text, NULL);
  bool broken = ts_node_has_error(syntax_root(fixed));
  syntax_free(fixed);
  return broken;
}

Text *apply_fixes(Analysis *analysis, const uint32_t *findings, uint32_t count, FixLevel level, uint32_t *applied) {
  const Syntax *syntax = analysis_syntax(analysis);
  Arena *arena = arena_new();
  Edits edits = {0};
  *applied = 0;
  for (uint32_t i = 0; i < count; i++) {
    const Fix *fix = best_fix(analysis, findings[i], level);
    if (!fix || meets(&edits, fix))
      continue;
    take(arena, &edits, fix);
    ++*applied;
  }
  Text *text = edits.count ? text_edit_all(syntax_text(syntax), edits.items, edits.count) : NULL;
  arena_free(arena);
  if (text && is_broken(syntax, text)) {
    text_unref(text);
    text = NULL;
  }
  return text;
}
