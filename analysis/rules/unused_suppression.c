#include "../base/nearest.h"
#include "suppressions.h"
#include <string.h>

static const char DOCUMENTATION[] =
    "# unused-suppression\n"
    "\n"
    "## What it does\n"
    "Reports a suppression comment that hides nothing, because nothing is found where it stands or because it cannot "
    "be\n"
    "understood: a rule that does not exist, a bracket that is not closed, `ignore-file` below the first statement. "
    "One\n"
    "whose rule is not looked for in this run is left alone.\n"
    "\n"
    "## Why is this bad?\n"
    "It tells readers of a race that is not there, and hides the next one that is.\n"
    "\n"
    "## Example\n"
    "```python\n"
    "async with lock:\n"
    "    visits = visits + await count()  # racewise: ignore[lost-update] -- only one worker runs this\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "```python\n"
    "async with lock:\n"
    "    visits = visits + await count()\n"
    "```\n";

static const char *nearest_rule(const char *name) {
  Nearest nearest = nearest_to(name);
  for (uint32_t i = 0; i < RULE_COUNT; i++)
    nearest_offer(&nearest, RULE_INFOS[i].name);
  return nearest_word(&nearest);
}

static const char *unknown_rule(const RuleRun *run, const char *name) {
  const char *near = nearest_rule(name);
  if (near)
    return arena_printf(run->file->arena, "there is no rule `%s`: did you mean `%s`?", name, near);
  return arena_printf(run->file->arena, "there is no rule `%s`: `racewise rules` lists them", name);
}

static const char *fault_message(const RuleRun *run, const Suppression *suppression) {
  switch (suppression->fault) {
  case SUPPRESSION_MISSPELT:
    return arena_printf(run->file->arena, "`%s` suppresses nothing: did you mean `%s`?", suppression->rules[0].name,
                        strlen(suppression->rules[0].name) > strlen("ignore") + 2 ? "ignore-file" : "ignore");
  case SUPPRESSION_UNCLOSED:
    return "this suppresses nothing: the list of rules lacks its `]`";
  case SUPPRESSION_EMPTY:
    return "this suppresses nothing: name the rules between the brackets, or leave out the brackets for all rules";
  case SUPPRESSION_TOO_LATE:
    return "this suppresses nothing: `ignore-file` counts only above the first statement of the file";
  case SUPPRESSION_SOUND:
    break;
  }
  return NULL;
}

static const char *where(const RuleRun *run, const Suppression *suppression) {
  Span covers = suppression->covers;
  if (suppression->whole_file)
    return "in this file";
  if (covers.start == covers.end)
    return "here, for it stands above no code";
  unsigned first = rule_line(run, covers), last = rule_line(run, (Span){covers.end - 1, covers.end});
  if (covers.end - 1 <= covers.start || last <= first)
    return arena_printf(run->file->arena, "on line %u", first);
  return arena_printf(run->file->arena, "on lines %u to %u", first, last);
}

static void tell_unused(RuleRun *run, const Suppression *suppression, const char *target, Span span) {
  suppression_report(run, suppression, span,
                     arena_printf(run->file->arena, "%s is suppressed, but nothing of it is found %s: remove this",
                                  target, where(run, suppression)));
}

// A rule whose reports nobody asked for may well have something to hide.
static bool is_looked_for(const RuleRun *run, uint32_t rule) {
  return run->settings[rule].enabled && strcmp(RULE_INFOS[rule].name, run->rule->name);
}

static void check_name(RuleRun *run, const Suppression *suppression, const SuppressedRule *rule, bool used) {
  uint32_t index = rule_index_of(rule->name);
  if (index == RULE_COUNT)
    suppression_report(run, suppression, rule->span, unknown_rule(run, rule->name));
  else if (!used && is_looked_for(run, index))
    tell_unused(run, suppression, arena_printf(run->file->arena, "`%s`", rule->name), rule->span);
}

// Every rule that is on by itself is looked for.
static bool all_are_looked_for(const RuleRun *run) {
  for (uint32_t i = 0; i < RULE_COUNT; i++)
    if (!run->settings[i].enabled && !RULE_INFOS[i].preview)
      return false;
  return true;
}

static void check_one(RuleRun *run, const Suppression *suppression, const SuppressionUse *use) {
  if (suppression->fault) {
    suppression_report(run, suppression, suppression->span, fault_message(run, suppression));
    return;
  }
  if (!suppression->rule_count && !use->used && all_are_looked_for(run))
    tell_unused(run, suppression, "everything", suppression->span);
  for (uint32_t i = 0; i < suppression->rule_count; i++)
    check_name(run, suppression, &suppression->rules[i], use->named[i]);
}

static void check(RuleRun *run) {
  for (uint32_t i = 0; i < run->suppressions.count; i++)
    check_one(run, &run->suppressions.items[i], &run->suppression_uses[i]);
}

const Rule unused_suppression_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
    .about_suppressions = true,
};
