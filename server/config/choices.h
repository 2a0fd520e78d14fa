// What several sources together say about the rules. Internal to this folder.
#ifndef RACEWISE_CONFIG_CHOICES_H
#define RACEWISE_CONFIG_CHOICES_H

#include "config.h"

// Sets what `options` say about rules, by the choices in order; settings are in the arena.
void rule_choices_apply(const RuleChoice *const *choices, uint32_t count, AnalysisOptions *options, Arena *arena);

#endif
