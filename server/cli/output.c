#include "output.h"

// The columns after the name: fixes, begin, file_begin, finding, file_end, changed, end.
static const OutputFormat FORMATS[] = {
    {"text", false, NULL, NULL, text_finding, NULL, NULL, text_end},
    {"concise", false, NULL, NULL, concise_finding, NULL, NULL, text_end},
    {"json", true, json_begin, NULL, json_finding, NULL, NULL, json_end},
    {"jsonl", true, NULL, NULL, json_line_finding, NULL, NULL, NULL},
    {"sarif", true, sarif_begin, NULL, sarif_finding, NULL, NULL, sarif_end},
    {"github", false, NULL, NULL, github_finding, NULL, NULL, NULL},
    {"gitlab", false, gitlab_begin, NULL, gitlab_finding, NULL, NULL, gitlab_end},
    {"junit", false, junit_begin, junit_file_begin, junit_finding, junit_file_end, NULL, junit_end},
    {"checkstyle", false, checkstyle_begin, checkstyle_file_begin, checkstyle_finding, checkstyle_file_end, NULL,
     checkstyle_end},
};

static const OutputFormat STATISTICS = {.name = "statistics", .end = statistics_end};
static const OutputFormat DIFF = {.name = "diff", .changed = diff_changed};
static const OutputFormat FIXES = {.name = "fixes", .end = fixes_end};
static const OutputFormat NOTHING = {.name = "nothing"};

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

const OutputFormat *output_fixes(void) {
  return &FIXES;
}

const OutputFormat *output_nothing(void) {
  return &NOTHING;
}
