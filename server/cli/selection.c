#include "selection.h"

#include "../../analysis/base/nearest.h"
#include "complain.h"
#include <string.h>

uint32_t rule_index(const char *name) {
  uint32_t count, index = 0;
  const RuleInfo *rules = analysis_rules(&count);
  while (index < count && strcmp(rules[index].name, name))
    index++;
  return index;
}

static bool unknown_rule(const char *option, const char *name) {
  uint32_t count;
  const RuleInfo *rules = analysis_rules(&count);
  Nearest nearest = nearest_to(name);
  for (uint32_t i = 0; i < count; i++)
    nearest_offer(&nearest, rules[i].name);
  const char *word = nearest_word(&nearest);
  complain("--%s: there is no rule %s; %s%s", option, name, word ? "did you mean " : "see ",
           word ? word : "racewise rules");
  return false;
}

static bool set_rules(const char *option, const Words *names, bool enabled, RuleSetting *rules) {
  uint32_t count;
  analysis_rules(&count);
  for (uint32_t i = 0; i < names->count; i++) {
    uint32_t index = rule_index(names->items[i]);
    if (index == count)
      return unknown_rule(option, names->items[i]);
    rules[index].enabled = enabled;
  }
  return true;
}

// A preview rule that is selected by its name is looked for without --preview.
static bool wants_preview(const RuleSetting *settings, bool preview) {
  uint32_t count;
  const RuleInfo *rules = analysis_rules(&count);
  for (uint32_t i = 0; i < count; i++)
    preview = preview || (rules[i].preview && settings[i].enabled);
  return preview;
}

static FixLevel fix_level(const CheckOptions *options) {
  if (!options->fix && !options->diff)
    return FIX_NOTHING;
  return options->unsafe_fixes ? FIX_UNSAFE : FIX_SAFE;
}

bool selection_of(const CheckOptions *options, Arena *arena, Selection *selection) {
  uint32_t count;
  const RuleInfo *rules = analysis_rules(&count);
  RuleSetting *settings = ARENA_ARRAY(arena, RuleSetting, count);
  for (uint32_t i = 0; i < count; i++) {
    bool enabled = !options->select.count && (options->preview || !rules[i].preview);
    settings[i] = (RuleSetting){enabled, rules[i].severity, (Confidence)options->confidence};
  }
  if (!set_rules("select", &options->select, true, settings) || !set_rules("ignore", &options->ignore, false, settings))
    return false;
  *selection = (Selection){
      .analysis = {.preview = wants_preview(settings, options->preview), .rules = settings},
      .severity = (Severity)options->severity,
      .fixes = fix_level(options),
  };
  return true;
}

bool selection_has(const Selection *selection, const Finding *finding) {
  return finding->severity <= selection->severity;
}
