// What a finding is known by while the lines around it come and go.
//
// Two findings are the same when their rule, path, function, the text of their line (blanks apart) and their occurrence
// are: the how many-th it is, from 0, of those in the file that share all the rest.
#ifndef RACEWISE_CLI_IDENTITY_H
#define RACEWISE_CLI_IDENTITY_H

#include "../../analysis/analysis.h"
#include "../../analysis/base/arena.h"

typedef struct Identity {
  const char *rule, *function;
  const char *line; // that the finding starts on, each run of blanks as one, none at the ends
  uint32_t occurrence;
} Identity;

// The identities of a file's findings, which are in order of position; in the arena.
Identity *identities_of(const Text *text, const Finding *const *findings, uint32_t count, Arena *arena);

enum { FINGERPRINT_SIZE = 33 };

// The identity of a finding of the file as 32 hexadecimal digits and a NUL.
void identity_fingerprint(const Identity *identity, const char *path, char fingerprint[FINGERPRINT_SIZE]);

#endif
