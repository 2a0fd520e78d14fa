// The configurations that the files of a run go by.
#ifndef RACEWISE_CLI_CHECK_CONFIGS_H
#define RACEWISE_CLI_CHECK_CONFIGS_H

#include "../config/config.h"
#include "check_options.h"
#include "discover.h"
#include "file_filter.h"

typedef ARRAY(Config *) ConfigList; // by file; NULL where a file has none

// Finds the configuration of each file and leaves out of `files` those that the run is not about.
// False, after a line on stderr, when a configuration has a problem. Free the list in either case.
bool check_configs_find(const CheckOptions *options, Arena *arena, SourceFiles *files, ConfigList *configs);

void check_configs_free(ConfigList *configs);

#endif
