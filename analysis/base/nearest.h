// The nearest right word to a mistyped one.
#ifndef RACEWISE_BASE_NEAREST_H
#define RACEWISE_BASE_NEAREST_H

#include <stddef.h>
#include <stdint.h>

// A search in progress: start from `nearest_to`, offer the right words one by one, then ask `nearest_word`.
typedef struct Nearest {
  const char *wrong;
  const char *word; // the best so far
  size_t distance;
} Nearest;

Nearest nearest_to(const char *wrong);
void nearest_offer(Nearest *nearest, const char *word); // the word is kept, not copied

// NULL when nothing offered is near: more than a third of the word would have to change.
const char *nearest_word(const Nearest *nearest);

// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other, in bytes
// (Damerau–Levenshtein, restricted). Words over 64 bytes are as far apart as they are long.
size_t nearest_distance(const char *left, const char *right);

#endif
