#include "add_ignores.h"

#include "../../analysis/base/array.h"
#include "../suppress.h"
#include <string.h>

typedef ARRAY(TextEdit) Edits;

static uint32_t line_of(const Analysis *analysis, uint32_t index) {
  const Text *text = syntax_text(analysis_syntax(analysis));
  return text_position(text, analysis_finding(analysis, index)->span.start, TEXT_UTF8).line;
}

static bool is_wanted(const Analysis *analysis, const IgnoreRequest *request, uint32_t index) {
  const Finding *finding = analysis_finding(analysis, index);
  return suppress_can_hide(finding->rule) && request->wants(request->context, finding);
}

static bool is_listed(const char *rules, const char *rule) {
  const char *at = strstr(rules, rule);
  size_t length = strlen(rule);
  while (at && ((at > rules && at[-1] != ' ') || (at[length] && at[length] != ',')))
    at = strstr(at + 1, rule);
  return at;
}

// The rules of the wanted findings from `*index` on that start on its line; moves `*index` behind the line.
static const char *rules_of_line(const Analysis *analysis, const IgnoreRequest *request, uint32_t *index,
                                 Arena *arena) {
  uint32_t count = analysis_finding_count(analysis), line = line_of(analysis, *index);
  const char *rules = "";
  for (; *index < count && line_of(analysis, *index) == line; ++*index) {
    const char *rule = analysis_finding(analysis, *index)->rule;
    if (is_wanted(analysis, request, *index) && !is_listed(rules, rule))
      rules = arena_printf(arena, "%s%s%s", rules, *rules ? ", " : "", rule);
  }
  return rules;
}

static void collect(const Analysis *analysis, const IgnoreRequest *request, Arena *arena, Edits *edits) {
  for (uint32_t i = 0; i < analysis_finding_count(analysis);) {
    Suppress suppress = {analysis_syntax(analysis), line_of(analysis, i), NULL, request->reason, ""};
    TextEdit edit;
    suppress.rules = rules_of_line(analysis, request, &i, arena);
    if (*suppress.rules && suppress_edit(&suppress, arena, &edit))
      array_push(arena, edits, edit);
  }
}

static uint32_t count_wanted(const Analysis *analysis, const IgnoreRequest *request) {
  uint32_t wanted = 0;
  for (uint32_t i = 0; i < analysis_finding_count(analysis); i++)
    wanted += is_wanted(analysis, request, i);
  return wanted;
}

static void analyse(Analysis **analysis, Text *text) {
  Syntax *syntax = syntax_parse(syntax_language(analysis_syntax(*analysis)), text, NULL);
  Analysis *result = analysis_run(syntax, analysis_options(*analysis), NULL);
  syntax_free(syntax);
  analysis_free(*analysis);
  *analysis = result;
}

uint32_t add_ignores(Analysis **analysis, const IgnoreRequest *request) {
  Arena *arena = arena_new();
  Edits edits = {0};
  uint32_t before = count_wanted(*analysis, request), after = before;
  collect(*analysis, request, arena, &edits);
  Text *text = edits.count ? text_edit_all(syntax_text(analysis_syntax(*analysis)), edits.items, edits.count) : NULL;
  if (text) {
    analyse(analysis, text);
    after = count_wanted(*analysis, request);
    text_unref(text);
  }
  arena_free(arena);
  return before > after ? before - after : 0;
}
