// A line at the foot of a terminal that tells how far a run has come.
//
//     [=========>          ] 1234/5678 files
//
// It appears on stderr once a run has taken a while, and is gone in the end.
#ifndef RACEWISE_CLI_PROGRESS_BAR_H
#define RACEWISE_CLI_PROGRESS_BAR_H

#include <stdbool.h>
#include <stdint.h>

typedef struct ProgressBar {
  uint32_t total;
  bool wanted, shown;
  int64_t next; // when to draw again, in milliseconds of a clock that only goes on
} ProgressBar;

// Wanted where stderr is a terminal that can move its cursor, unless `quiet`.
ProgressBar progress_bar_new(uint32_t total, bool quiet);

// `done` of the files are checked: draws where it is time.
void progress_bar_step(ProgressBar *bar, uint32_t done);

// Clears the line, so that something else can be written there.
void progress_bar_hide(ProgressBar *bar);

#endif
