// What `racewise check` can be told.
#ifndef RACEWISE_CLI_CHECK_OPTIONS_H
#define RACEWISE_CLI_CHECK_OPTIONS_H

#include "../../analysis/analysis.h"
#include "options.h"

typedef struct CheckOptions {
  bool help, exit_zero, preview, quiet, verbose, statistics, no_default_exclude, isolated;
  bool fix, unsafe_fixes, diff;
  int format; // an index for `output_format`
  int color;  // a ColourChoice
  int severity;
  int confidence; // -1 when not given
  uint32_t jobs;
  const char *output_file, *stdin_filename, *config; // NULL when not given
  Words select, extend_select, ignore, paths;
} CheckOptions;

// Fills in the defaults, then what the arguments say. False, after a line on stderr, when the usage is wrong.
bool check_options_parse(CheckOptions *options, Arena *arena, int argc, char **argv);

void check_options_help(FILE *out);

#endif
