#include "selection.h"

#include "../../analysis/base/nearest.h"
#include "complain.h"
#include <string.h>

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

static bool name_rules(const char *option, const Words *names, bool *rules) {
  uint32_t count;
  analysis_rules(&count);
  for (uint32_t i = 0; i < names->count; i++) {
    uint32_t index = rule_index(names->items[i]);
    if (index == count)
      return unknown_rule(option, names->items[i]);
    rules[index] = true;
  }
  return true;
}

static FixLevel fix_level(const CheckOptions *options) {
  if (options->add_ignore || (!options->fix && !options->diff))
    return FIX_NOTHING;
  return options->unsafe_fixes ? FIX_UNSAFE : FIX_SAFE;
}

bool selection_of(const CheckOptions *options, Arena *arena, Selection *selection) {
  RuleChoice *choice = rule_choice_new(arena);
  choice->selects = options->select.count;
  choice->confidence = (int8_t)options->confidence;
  choice->preview = options->preview ? 1 : NOT_SAID;
  *selection = (Selection){choice, (Severity)options->severity, fix_level(options), options->add_ignore,
                           .unsuppressed = options->no_suppressions};
  return name_rules("select", &options->select, choice->select) &&
         name_rules("extend-select", &options->extend_select, choice->select) &&
         name_rules("ignore", &options->ignore, choice->ignore);
}

bool selection_has(const Selection *selection, const Finding *finding) {
  return finding->severity <= selection->severity;
}
