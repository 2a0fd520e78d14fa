// Files that are written as a whole or not at all.
#ifndef RACEWISE_CLI_REPLACE_FILE_H
#define RACEWISE_CLI_REPLACE_FILE_H

#include <stdbool.h>
#include <stdio.h>

typedef struct Replacement {
  FILE *stream;  // to write to
  char *target;  // owned
  char *scratch; // owned; a file beside the target, which takes its place in the end
} Replacement;

// Starts a new content for a file, which need not exist. False with errno when that cannot be; nothing is left then.
bool replacement_open(Replacement *replacement, const char *path);

// Puts the new content in place: whoever opens the file sees the old one or the new. False with errno when that failed;
// the file is as it was then.
bool replacement_finish(Replacement *replacement);

#endif
