#include "choices.h"

#include <string.h>

static uint32_t count_rules(void) {
  uint32_t count;
  analysis_rules(&count);
  return count;
}

uint32_t rule_index(const char *name) {
  uint32_t count, index = 0;
  const RuleInfo *rules = analysis_rules(&count);
  while (index < count && strcmp(rules[index].name, name))
    index++;
  return index;
}

RuleChoice *rule_choice_new(Arena *arena) {
  uint32_t count = count_rules();
  RuleChoice *choice = ARENA_NEW(arena, RuleChoice);
  *choice = (RuleChoice){
      .select = ARENA_ARRAY(arena, bool, count),
      .ignore = ARENA_ARRAY(arena, bool, count),
      .severity = ARENA_ARRAY(arena, int8_t, count),
      .confidence = NOT_SAID,
      .preview = NOT_SAID,
  };
  memset(choice->severity, NOT_SAID, count);
  return choice;
}

static void apply_to_rule(const RuleChoice *choice, uint32_t rule, RuleSetting *setting) {
  setting->enabled = (setting->enabled && !choice->selects) || choice->select[rule];
  if (choice->ignore[rule])
    setting->enabled = false;
  if (choice->severity[rule] != NOT_SAID)
    setting->severity = (Severity)choice->severity[rule];
  if (choice->confidence != NOT_SAID)
    setting->confidence = (Confidence)choice->confidence;
}

static RuleSetting setting_of(const RuleChoice *const *choices, uint32_t count, uint32_t rule, bool preview) {
  const RuleInfo *info = &analysis_rules(&(uint32_t){0})[rule];
  RuleSetting setting = {preview || !info->preview, info->severity, CONFIDENCE_LOW};
  for (uint32_t i = 0; i < count; i++)
    apply_to_rule(choices[i], rule, &setting);
  return setting;
}

void rule_choices_apply(const RuleChoice *const *choices, uint32_t count, AnalysisOptions *options, Arena *arena) {
  uint32_t rule_count;
  const RuleInfo *infos = analysis_rules(&rule_count);
  RuleSetting *settings = ARENA_ARRAY(arena, RuleSetting, rule_count);
  bool preview = false;
  for (uint32_t i = 0; i < count; i++)
    if (choices[i]->preview != NOT_SAID)
      preview = choices[i]->preview;
  options->preview = preview;
  options->rules = settings;
  for (uint32_t i = 0; i < rule_count; i++) {
    settings[i] = setting_of(choices, count, i, preview);
    options->preview |= settings[i].enabled && infos[i].preview;
  }
}

void config_disable_all(AnalysisOptions *options, Arena *arena) {
  options->rules = ARENA_ARRAY(arena, RuleSetting, count_rules());
}
