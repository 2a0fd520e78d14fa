// What `racewise check` can be told.
#ifndef RACEWISE_CLI_CHECK_OPTIONS_H
#define RACEWISE_CLI_CHECK_OPTIONS_H

#include "../../analysis/analysis.h"
#include "options.h"

typedef struct CheckOptions {
  bool help, exit_zero, preview, quiet, verbose, statistics, isolated;
  bool fix, fix_only, unsafe_fixes, diff, show_fixes, exit_non_zero_on_fix;
  bool write_baseline, no_suppressions, no_cache, watch;
  bool no_default_exclude, no_respect_gitignore, force_exclude, show_files;
  int format; // an index for `output_format`
  int color;  // a ColourChoice
  int severity;
  int confidence; // -1 when not given
  uint32_t jobs;
  int64_t max_warnings; // -1 when not given
  const char *output_file, *stdin_filename, *config, *baseline, *add_ignore, *changed_since,
      *cache_dir; // NULL when not given
  Words select, extend_select, ignore, exclude, include, paths;
} CheckOptions;

// Fills in the defaults, then what the arguments say. False, after a line on stderr, when the usage is wrong.
bool check_options_parse(CheckOptions *options, Arena *arena, int argc, char **argv);

void check_options_help(FILE *out);

#endif
