// `racewise rules`: what there is to report.
#include "cli.h"

#include "../../analysis/analysis.h"
#include <stdio.h>

const OptionTable RULES_TABLE = {
    .verb = "rules",
    .operands = "",
    .summary = "List every rule with its severity and what it reports.",
    .options = HELP_ONLY,
    .count = 1,
};

static int list(void) {
  uint32_t count;
  const RuleInfo *rules = analysis_rules(&count);
  for (uint32_t i = 0; i < count; i++)
    printf("%-26s  %-8s  %s%s\n", rules[i].name, severity_name(rules[i].severity), rules[i].summary,
           rules[i].preview ? " (preview)" : "");
  return fflush(stdout) ? 2 : 0;
}

int rules_main(int argc, char **argv) {
  Arena *arena = arena_new();
  Words operands = {0};
  int status;
  if (options_parse_plain(&RULES_TABLE, arena, argc, argv, &operands, &status))
    status = options_at_most(&RULES_TABLE, &operands, 0) ? list() : 2;
  arena_free(arena);
  return status;
}
