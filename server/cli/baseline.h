// Findings that are known and left for later: an old code base is adopted with them, and only new ones are reported.
//
// A baseline is a JSON file to be kept with the sources,
//     {"version": 1, "findings": [{"path", "rule", "function", "line", "count"}]}
// one finding a line, in order, so that changes of it read well. Findings are matched by content (identity.h), `path`
// being relative to the file's own folder; `count` of them are known.
#ifndef RACEWISE_CLI_BASELINE_H
#define RACEWISE_CLI_BASELINE_H

#include "identity.h"

typedef struct Baseline Baseline;

// The baseline that the file holds. NULL, after a line on stderr, when it cannot be read or is none.
Baseline *baseline_read(const char *path);
// One to be written there, empty.
Baseline *baseline_new(const char *path);
void baseline_free(Baseline *baseline); // NULL is allowed

// Whether this finding of a file is a known one.
bool baseline_has(const Baseline *baseline, const char *path, const Identity *identity);

void baseline_add(Baseline *baseline, const char *path, const Identity *identity);

// Writes the file as a whole. False, after a line on stderr, when that fails: it is as it was then.
bool baseline_write(const Baseline *baseline);

#endif
