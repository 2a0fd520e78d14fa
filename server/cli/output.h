// How findings are written: one row per format.
//
// A format is asked to begin, then for each file that has findings, and each of these, in a stable order, then to end.
// It writes to `output->stream` and keeps no state of its own; what it needs to know of the whole run is in the tally.
#ifndef RACEWISE_CLI_OUTPUT_H
#define RACEWISE_CLI_OUTPUT_H

#include "../../analysis/analysis.h"
#include "identity.h"
#include <stdio.h>

// A finding with all that a format may want to tell of it.
typedef struct Report {
  const char *path;
  const Text *text; // of the file: for lines, columns and excerpts
  const Finding *finding;
  const Identity *identity;
  const Fix *fixes; // best first; none where they are not to be shown
  uint32_t fix_count;
} Report;

// What came of the run so far. While a finding is written it is not counted yet.
typedef struct Tally {
  uint32_t files;                          // all that the run is about
  uint32_t quiet;                          // of these: hold nothing asynchronous
  uint32_t skipped;                        // of these: no person wrote them
  uint32_t unread;                         // of these: could not be read
  uint32_t racy;                           // of these: have findings
  uint32_t findings;                       // shown
  uint32_t known;                          // not shown because the baseline has them
  uint32_t changed;                        // of these: fixes or new comments changed them; or, by --diff, would
  uint32_t fixed, ignored;                 // fixes applied, findings hidden by new comments; or, by --diff, to be
  uint32_t by_severity[SEVERITY_HINT + 1]; // shown findings
  uint32_t *by_rule;                       // the same of each rule of `analysis_rules`
} Tally;

typedef struct Output {
  FILE *stream;
  bool colour;
  bool quiet; // no summary
  Tally tally;
} Output;

typedef struct OutputFormat {
  const char *name;
  bool fixes; // shows what can be fixed: each fix is tried, which costs about as much as the analysis
  void (*begin)(Output *output); // NULL when there is nothing to begin, and so on
  void (*file_begin)(Output *output, const char *path, uint32_t findings); // before and after the findings of a file
  void (*finding)(Output *output, const Report *report);
  void (*file_end)(Output *output);
  void (*changed)(Output *output, const char *path, const Text *before, const Text *after); // a file that fixes change
  void (*end)(Output *output);
} OutputFormat;

// The formats that --output-format knows; the default first. `output_format_name` gives NULL past the last.
const OutputFormat *output_format(int index);
const char *output_format_name(int index);

// What --statistics, --diff and --fix-only write instead of findings, and what writes nothing.
const OutputFormat *output_statistics(void);
const OutputFormat *output_diff(void);
const OutputFormat *output_fixes(void);
const OutputFormat *output_nothing(void);

// The formats' own functions.
void text_finding(Output *output, const Report *report);
void text_end(Output *output);
void fixes_end(Output *output);
void concise_finding(Output *output, const Report *report);
void json_begin(Output *output);
void json_finding(Output *output, const Report *report);
void json_end(Output *output);
void json_line_finding(Output *output, const Report *report);
void sarif_begin(Output *output);
void sarif_finding(Output *output, const Report *report);
void sarif_end(Output *output);
void github_finding(Output *output, const Report *report);
void gitlab_begin(Output *output);
void gitlab_finding(Output *output, const Report *report);
void gitlab_end(Output *output);
void junit_begin(Output *output);
void junit_file_begin(Output *output, const char *path, uint32_t findings);
void junit_finding(Output *output, const Report *report);
void junit_file_end(Output *output);
void junit_end(Output *output);
void checkstyle_begin(Output *output);
void checkstyle_file_begin(Output *output, const char *path, uint32_t findings);
void checkstyle_finding(Output *output, const Report *report);
void checkstyle_file_end(Output *output);
void checkstyle_end(Output *output);
void diff_changed(Output *output, const char *path, const Text *before, const Text *after);
void statistics_end(Output *output);

#endif
