#include "trial.h"
#include "base/array.h"
#include "base/symbols.h"
#include "rules/rule.h"
#include "text/compose.h"
#include <string.h>

// How many more findings of each kind an analysis has than the trial's. A finding's kind is its rule, its function and
// its variable: places move with the edits.
typedef struct Comparison {
  Arena *arena;
  Symbols *kinds;
  ARRAY(int32_t) more; // by kind
} Comparison;

static int32_t *more_of(Comparison *comparison, const Finding *finding) {
  const char *kind = arena_printf(comparison->arena, "%s\n%s\n%s", finding->rule, finding->function, finding->variable);
  Symbol symbol = symbol_of_string(comparison->kinds, kind);
  while (comparison->more.count <= symbol)
    array_push(comparison->arena, &comparison->more, 0);
  return &comparison->more.items[symbol];
}

static void count_findings(Comparison *comparison, const Analysis *analysis, int32_t each) {
  for (uint32_t i = 0; i < analysis_finding_count(analysis); i++)
    *more_of(comparison, analysis_finding(analysis, i)) += each;
}

// Owned by its arena.
static Comparison compare(const Trial *trial, const Analysis *after) {
  Arena *arena = arena_new();
  Comparison comparison = {.arena = arena, .kinds = symbols_new(arena)};
  count_findings(&comparison, trial->analysis, -1);
  count_findings(&comparison, after, 1);
  return comparison;
}

// A suppression that a fix leaves without work is no new race.
static bool is_about_code(const Finding *finding) {
  return !RULES[rule_index_of(finding->rule)]->about_suppressions;
}

// The first finding about the code that the trial's analysis does not have. Returns the number of findings where there
// is none.
static uint32_t find_new(Comparison *comparison, const Analysis *after) {
  uint32_t count = analysis_finding_count(after);
  for (uint32_t i = 0; i < count; i++) {
    const Finding *finding = analysis_finding(after, i);
    if (is_about_code(finding) && *more_of(comparison, finding) > 0)
      return i;
  }
  return count;
}

static const char *object(const Trial *trial, const Analysis *after) {
  Comparison comparison = compare(trial, after);
  uint32_t added = find_new(&comparison, after);
  bool gone = *more_of(&comparison, trial->finding) < 0;
  arena_free(comparison.arena);
  if (added == analysis_finding_count(after))
    return gone ? NULL : "leave the race";
  const Finding *finding = analysis_finding(after, added);
  return arena_printf(trial->arena, "leave %s %s: %s", strchr("aeiou", finding->rule[0]) ? "an" : "a", finding->rule,
                      finding->message);
}

static const char *const CANCELLED = "be tried in vain: nobody asks any more";

static bool afford(const Trial *trial, const Text *text) {
  if (text_length(text) > *trial->budget)
    return false;
  *trial->budget -= text_length(text);
  return true;
}

const char *trial_objection(const Trial *trial, const TextEdit *edits, uint32_t count) {
  const Syntax *before = analysis_syntax(trial->analysis);
  if (!afford(trial, syntax_text(before)))
    return "take too long to try: the file is large and has many findings, so apply the fixes of others first";
  Syntax *syntax = syntax_edit_all(before, edits, count, trial->cancel);
  if (!syntax)
    return cancel_raised(trial->cancel) ? CANCELLED : "edit one place twice";
  const char *objection;
  if (ts_node_has_error(syntax_root(syntax)) && !ts_node_has_error(syntax_root(before)))
    objection = "not be valid code";
  else {
    Analysis *after = analysis_run(syntax, &trial->options, trial->cancel);
    objection = after ? object(trial, after) : CANCELLED;
    analysis_free(after);
  }
  syntax_free(syntax);
  return objection;
}

// NULL where the edits meet, or when cancelled.
static Analysis *analyse_edited(const Trial *trial, const TextEdit *edits, uint32_t count) {
  Syntax *syntax = syntax_edit_all(analysis_syntax(trial->analysis), edits, count, trial->cancel);
  Analysis *after = syntax ? analysis_run(syntax, &trial->options, trial->cancel) : NULL;
  syntax_free(syntax);
  return after;
}

static const Fix *first_enabled(Analysis *analysis, uint32_t finding, Cancel *cancel) {
  uint32_t count = 0;
  const Fix *fixes = analysis_make_fixes(analysis, finding, cancel) ? analysis_fixes(analysis, finding, &count) : NULL;
  for (uint32_t i = 0; i < count; i++)
    if (!fixes[i].disabled)
      return &fixes[i];
  return NULL;
}

static const Fix *keep_fix(Arena *arena, const Fix *fix) {
  Fix *kept = ARENA_NEW(arena, Fix);
  TextEdit *edits = ARENA_ARRAY(arena, TextEdit, fix->edit_count);
  for (uint32_t i = 0; i < fix->edit_count; i++) {
    edits[i] = fix->edits[i];
    edits[i].bytes = arena_copy(arena, edits[i].bytes, edits[i].length);
  }
  *kept = *fix;
  kept->title = arena_copy(arena, fix->title, strlen(fix->title));
  kept->edits = edits;
  return kept;
}

// The fix of the first finding that the trial's analysis does not have.
static const Fix *fix_of_new(const Trial *trial, Analysis *after) {
  Comparison comparison = compare(trial, after);
  uint32_t added = find_new(&comparison, after);
  arena_free(comparison.arena);
  const Fix *fix = added < analysis_finding_count(after) ? first_enabled(after, added, trial->cancel) : NULL;
  return fix ? keep_fix(trial->arena, fix) : NULL;
}

const Fix *trial_fix_without(const Trial *trial, Span span) {
  if (!afford(trial, syntax_text(analysis_syntax(trial->analysis))))
    return NULL;
  Analysis *after = analyse_edited(trial, &(TextEdit){.span = span, .bytes = ""}, 1);
  if (!after)
    return NULL;
  *analysis_trial_budget(after) = *trial->budget;
  const Fix *fix = fix_of_new(trial, after);
  *trial->budget = *analysis_trial_budget(after);
  analysis_free(after);
  return fix;
}

// --- lines spread

static bool is_alike(const Finding *a, const Finding *b) {
  return strcmp(a->rule, b->rule) == 0 && strcmp(a->function, b->function) == 0 &&
         strcmp(a->variable, b->variable) == 0;
}

// The finding of `after` that is the trial's: of several that are alike, the one in the same place among them.
static uint32_t same_finding(const Trial *trial, const Analysis *after) {
  uint32_t rank = 0, count = analysis_finding_count(after), found = count;
  for (uint32_t i = 0; analysis_finding(trial->analysis, i) != trial->finding; i++)
    rank += is_alike(analysis_finding(trial->analysis, i), trial->finding);
  for (uint32_t i = 0; i < count && found == count; i++)
    if (is_alike(analysis_finding(after, i), trial->finding) && rank-- == 0)
      found = i;
  return found;
}

// The lines that a group of breaks makes, in the text with all of them.
static Span lines_of_group(const Spread *spread, uint32_t first, uint32_t *next, uint32_t *shift, const Text *text) {
  Span lines = {0};
  for (*next = first; *next < spread->count && spread->groups[*next] == spread->groups[first]; (*next)++) {
    const TextEdit *edit = &spread->edits[*next];
    lines.start = *next == first ? edit->span.start + *shift : lines.start;
    lines.end = edit->span.start + *shift + edit->length;
    *shift += edit->length - (edit->span.end - edit->span.start);
  }
  uint32_t last = text_position(text, lines.end, TEXT_UTF8).line;
  return (Span){text_line(text, text_position(text, lines.start, TEXT_UTF8).line).start, text_line(text, last).end};
}

static bool touches(const Fix *fix, Span lines) {
  for (uint32_t i = 0; i < fix->edit_count; i++) {
    Span span = fix->edits[i].span;
    bool inserts = span.start == span.end;
    if (span.start <= lines.end && (inserts ? span.end >= lines.start : span.end > lines.start))
      return true;
  }
  return false;
}

static Fix compose_fix(const Trial *trial, const Spread *spread, const Text *text, const Fix *fix) {
  bool *kept = ARENA_ARRAY(trial->arena, bool, spread->count);
  for (uint32_t i = 0, next, shift = 0; i < spread->count; i = next) {
    Span lines = lines_of_group(spread, i, &next, &shift, text);
    for (uint32_t k = i; k < next; k++)
      kept[k] = touches(fix, lines);
  }
  EditList edits = edits_compose(trial->arena, (EditList){spread->edits, spread->count}, kept,
                                 (EditList){fix->edits, fix->edit_count});
  Fix composed = *fix;
  composed.title = arena_copy(trial->arena, fix->title, strlen(fix->title));
  composed.edits = edits.items;
  composed.edit_count = edits.count;
  return composed;
}

static const Fix *compose_fixes(const Trial *trial, const Spread *spread, Analysis *after, uint32_t *count) {
  uint32_t finding = same_finding(trial, after), all = 0;
  bool made = finding < analysis_finding_count(after) && analysis_make_fixes(after, finding, trial->cancel);
  const Fix *fixes = made ? analysis_fixes(after, finding, &all) : NULL;
  Fix *composed = ARENA_ARRAY(trial->arena, Fix, all);
  for (uint32_t i = 0; i < all; i++)
    if (!fixes[i].disabled)
      composed[(*count)++] = compose_fix(trial, spread, syntax_text(analysis_syntax(after)), &fixes[i]);
  return composed;
}

const Fix *trial_fixes_spread(const Trial *trial, const Spread *spread, uint32_t *count) {
  *count = 0;
  Analysis *after = afford(trial, syntax_text(analysis_syntax(trial->analysis)))
                        ? analyse_edited(trial, spread->edits, spread->count)
                        : NULL;
  if (!after)
    return NULL;
  analysis_keep_lines(after);
  *analysis_trial_budget(after) = *trial->budget;
  const Fix *fixes = compose_fixes(trial, spread, after, count);
  *trial->budget = *analysis_trial_budget(after);
  analysis_free(after);
  return fixes;
}
