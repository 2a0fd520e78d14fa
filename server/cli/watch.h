// Runs that are repeated whenever a source file changes.
#ifndef RACEWISE_CLI_WATCH_H
#define RACEWISE_CLI_WATCH_H

#include "discover.h"

typedef struct WatchTask {
  const Words *paths;      // files and folders
  DiscoverOptions options; // which folders are entered
  const char *config;      // the configuration of all files; NULL for the nearest of each
  bool quiet;              // nothing is told about the waiting
  void (*round)(void *context);
  void *context;
} WatchTask;

// Does a round at once, and another each time that source files in the folders have changed, or configurations or
// ignore files there and in those above, and have been at rest for a tenth of a second; what changes during a round
// leads to another one. Ends with the process. Returns 2, after a line on stderr, when a path does not exist or nothing
// can be watched.
int watch(const WatchTask *task);

#endif
