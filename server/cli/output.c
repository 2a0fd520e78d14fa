#include "output.h"

static const OutputFormat FORMATS[] = {
    {"text", false, NULL, text_finding, NULL, text_end},
    {"concise", false, NULL, concise_finding, NULL, text_end},
    {"json", true, json_begin, json_finding, NULL, json_end},
    {"jsonl", true, NULL, json_line_finding, NULL, NULL},
};

static const OutputFormat STATISTICS = {"statistics", false, NULL, NULL, NULL, statistics_end};
static const OutputFormat DIFF = {"diff", false, NULL, NULL, diff_changed, NULL};

const OutputFormat *output_format(int index) {
  return &FORMATS[index];
}

const char *output_format_name(int index) {
  return index < (int)(sizeof FORMATS / sizeof *FORMATS) ? FORMATS[index].name : NULL;
}

const OutputFormat *output_statistics(void) {
  return &STATISTICS;
}

const OutputFormat *output_diff(void) {
  return &DIFF;
}
