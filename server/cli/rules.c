// `racewise rules`: what there is to report.
#include "cli.h"

#include "../../analysis/analysis.h"
#include "complain.h"
#include <stdio.h>
#include <string.h>

int rules_main(int argc, char **argv) {
  if (argc == 2 && !strcmp(argv[1], "--help")) {
    puts("Usage: racewise rules\n\nLists every rule with its severity and what it reports.");
    return 0;
  }
  if (argc > 1) {
    complain("racewise rules takes no argument, not %s", argv[1]);
    return 2;
  }
  uint32_t count;
  const RuleInfo *rules = analysis_rules(&count);
  for (uint32_t i = 0; i < count; i++)
    printf("%-26s  %-8s  %s%s\n", rules[i].name, severity_name(rules[i].severity), rules[i].summary,
           rules[i].preview ? " (preview)" : "");
  return fflush(stdout) ? 2 : 0;
}
