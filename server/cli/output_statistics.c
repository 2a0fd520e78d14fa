// What --statistics writes: how often each rule was reported, the most frequent first.
#include "output.h"

#include "../../analysis/base/arena.h"
#include <stdlib.h>

typedef struct Row {
  uint32_t count, rule;
} Row;

static int compare(const void *left, const void *right) {
  const Row *a = left, *b = right;
  if (a->count != b->count)
    return a->count > b->count ? -1 : 1;
  return a->rule < b->rule ? -1 : 1;
}

void statistics_end(Output *output) {
  uint32_t rule_count;
  const RuleInfo *rules = analysis_rules(&rule_count);
  Row *rows = memory_alloc((rule_count + 1) * sizeof *rows);
  for (uint32_t i = 0; i < rule_count; i++)
    rows[i] = (Row){output->tally.by_rule[i], i};
  qsort(rows, rule_count, sizeof *rows, compare);
  for (uint32_t i = 0; i < rule_count && rows[i].count; i++)
    fprintf(output->stream, "%6u  %-26s  %s\n", rows[i].count, rules[rows[i].rule].name, rules[rows[i].rule].summary);
  free(rows);
  text_end(output);
}
