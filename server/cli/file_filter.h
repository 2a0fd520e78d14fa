// Which of the files found a run is about.
#ifndef RACEWISE_CLI_FILE_FILTER_H
#define RACEWISE_CLI_FILE_FILTER_H

#include "../config/config.h"
#include "check_options.h"
#include "discover.h"

typedef struct FileFilter {
  const CheckOptions *options;
  Words changed; // by --changed-since: absolute paths, in order
} FileFilter;

// False, after a line on stderr, when git cannot tell what has changed.
bool file_filter_start(FileFilter *filter, const CheckOptions *options, Arena *arena);

// Whether the run is about the file. `config` is its own; may be NULL.
bool file_filter_takes(const FileFilter *filter, const SourceFile *file, const Config *config, Arena *arena);

#endif
