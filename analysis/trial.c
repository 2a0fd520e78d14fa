#include "trial.h"
#include "rules/rule.h"
#include <string.h>

static bool is_alike(const Finding *a, const Finding *b) {
  return strcmp(a->rule, b->rule) == 0 && strcmp(a->function, b->function) == 0 &&
         strcmp(a->variable, b->variable) == 0;
}

static uint32_t count_alike(const Analysis *analysis, const Finding *finding) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < analysis_finding_count(analysis); i++)
    count += is_alike(analysis_finding(analysis, i), finding);
  return count;
}

// A suppression that a fix leaves without work is no new race.
static bool is_about_code(const Finding *finding) {
  return !RULES[rule_index_of(finding->rule)]->about_suppressions;
}

static const char *compare(const Trial *trial, const Analysis *after) {
  for (uint32_t i = 0; i < analysis_finding_count(after); i++) {
    const Finding *finding = analysis_finding(after, i);
    if (is_about_code(finding) && count_alike(after, finding) > count_alike(trial->analysis, finding))
      return arena_printf(trial->arena, "leave %s %s: %s", strchr("aeiou", finding->rule[0]) ? "an" : "a",
                          finding->rule, finding->message);
  }
  bool gone = count_alike(after, trial->finding) < count_alike(trial->analysis, trial->finding);
  return gone ? NULL : "leave the race";
}

static const char *const CANCELLED = "be tried in vain: nobody asks any more";

static bool afford(const Trial *trial, const Text *text) {
  if (text_length(text) > *trial->budget)
    return false;
  *trial->budget -= text_length(text);
  return true;
}

// The tree of the text with the edits. NULL where they meet, or when cancelled: then `*objection` says so.
static Syntax *parse_edited(const Trial *trial, const TextEdit *edits, uint32_t count, const char **objection) {
  const Syntax *before = analysis_syntax(trial->analysis);
  Text *text = text_edit_all(syntax_text(before), edits, count);
  *objection = text ? CANCELLED : "edit one place twice";
  Syntax *syntax = text ? syntax_parse(syntax_language(before), text, trial->cancel) : NULL;
  text_unref(text);
  return syntax;
}

const char *trial_objection(const Trial *trial, const TextEdit *edits, uint32_t count) {
  const Syntax *before = analysis_syntax(trial->analysis);
  if (!afford(trial, syntax_text(before)))
    return "take too long to try: the file is large and has many findings, so apply the fixes of others first";
  const char *objection;
  Syntax *syntax = parse_edited(trial, edits, count, &objection);
  if (!syntax)
    return objection;
  if (ts_node_has_error(syntax_root(syntax)) && !ts_node_has_error(syntax_root(before)))
    objection = "not be valid code";
  else {
    Analysis *after = analysis_run(syntax, &trial->options, trial->cancel);
    objection = after ? compare(trial, after) : CANCELLED;
    analysis_free(after);
  }
  syntax_free(syntax);
  return objection;
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
  for (uint32_t i = 0; i < analysis_finding_count(after); i++) {
    const Finding *finding = analysis_finding(after, i);
    if (!is_about_code(finding) || count_alike(after, finding) <= count_alike(trial->analysis, finding))
      continue;
    const Fix *fix = first_enabled(after, i, trial->cancel);
    return fix ? keep_fix(trial->arena, fix) : NULL;
  }
  return NULL;
}

const Fix *trial_fix_without(const Trial *trial, Span span) {
  if (!afford(trial, syntax_text(analysis_syntax(trial->analysis))))
    return NULL;
  const char *objection;
  Syntax *syntax = parse_edited(trial, &(TextEdit){.span = span, .bytes = ""}, 1, &objection);
  Analysis *after = syntax ? analysis_run(syntax, &trial->options, trial->cancel) : NULL;
  syntax_free(syntax);
  if (!after)
    return NULL;
  *analysis_trial_budget(after) = *trial->budget;
  const Fix *fix = fix_of_new(trial, after);
  *trial->budget = *analysis_trial_budget(after);
  analysis_free(after);
  return fix;
}
