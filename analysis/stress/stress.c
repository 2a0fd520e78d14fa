#include "stress.h"
#include "writer.h"
#include <string.h>

static const char *const FRAMEWORKS[] = {
    [STRESS_PLAIN] = "plain",   [STRESS_PYTEST] = "pytest", [STRESS_NODE] = "node",
    [STRESS_VITEST] = "vitest", [STRESS_JEST] = "jest",
};
enum { FRAMEWORK_COUNT = sizeof FRAMEWORKS / sizeof *FRAMEWORKS };

const char *stress_framework_name(StressFramework framework) {
  return (size_t)framework < FRAMEWORK_COUNT ? FRAMEWORKS[framework] : NULL;
}

bool analysis_can_stress(const Finding *finding) {
  static const char *const RULES_COVERED[] = {"lost-update", "check-then-act", "iterate-across-await"};
  for (size_t i = 0; i < sizeof RULES_COVERED / sizeof *RULES_COVERED; i++)
    if (!strcmp(finding->rule, RULES_COVERED[i]))
      return true;
  return false;
}

const char *stress_quoted(Arena *arena, const char *text) {
  Output output = {.arena = arena};
  output_add(&output, "\"");
  for (; *text; text++)
    if ((unsigned char)*text < ' ')
      output_add(&output, "\\x%02x", (unsigned char)*text);
    else
      output_add(&output, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
  output_add(&output, "\"");
  return output_text(&output);
}

const char *stress_quoted_list(Arena *arena, const char *const *texts, uint32_t count) {
  Output output = {.arena = arena};
  for (uint32_t i = 0; i < count; i++)
    output_add(&output, "%s%s", i ? ", " : "", stress_quoted(arena, texts[i]));
  return output_text(&output);
}

const char *stress_plain(Arena *arena, const char *text) {
  char *plain = arena_copy(arena, text, strlen(text));
  for (char *at = plain; *at; at++)
    if ((unsigned char)*at < ' ' || strchr("\\\"`*", *at))
      *at = ' ';
  return plain;
}

StressTest *stress_write(RuleRun *rules, const Syntax *syntax, const Report *report, const StressOptions *options) {
  if (!analysis_can_stress(&report->finding))
    return NULL;
  StressPlan *plan = stress_plan(rules, syntax, report);
  StressTest *test = ARENA_NEW(plan->arena, StressTest);
  test->text = plan->source.python ? stress_write_python(plan, options) : stress_write_javascript(plan, options);
  test->gaps = plan->gaps.items;
  test->gap_count = plan->gaps.count;
  return test;
}
