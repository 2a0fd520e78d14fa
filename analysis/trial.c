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

const char *trial_objection(const Trial *trial, const TextEdit *edits, uint32_t count) {
  const Syntax *before = analysis_syntax(trial->analysis);
  if (!afford(trial, syntax_text(before)))
    return "take too long to try: the file is large and has many findings, so apply the fixes of others first";
  Text *text = text_edit_all(syntax_text(before), edits, count);
  if (!text)
    return "edit one place twice";
  Syntax *syntax = syntax_parse(syntax_language(before), text, trial->cancel);
  text_unref(text);
  if (!syntax)
    return CANCELLED;
  const char *objection = NULL;
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
