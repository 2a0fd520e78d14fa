#include "nearest.h"

#include <string.h>

enum { LONGEST = 64 };

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

// One row of the table of distances: `rows[0]` becomes the row of `left[at]`, `rows[1]` and `rows[2]` are the two
// above.
static void next_row(size_t rows[3][LONGEST + 1], const char *left, size_t at, const char *right, size_t width) {
  rows[0][0] = at + 1;
  for (size_t i = 1; i <= width; i++) {
    size_t replaced = rows[1][i - 1] + (left[at] != right[i - 1]);
    rows[0][i] = least(least(rows[1][i], rows[0][i - 1]) + 1, replaced);
    if (at > 0 && i > 1 && left[at] == right[i - 2] && left[at - 1] == right[i - 1])
      rows[0][i] = least(rows[0][i], rows[2][i - 2] + 1);
  }
}

size_t nearest_distance(const char *left, const char *right) {
  size_t height = strlen(left), width = strlen(right);
  if (height > LONGEST || width > LONGEST)
    return height > width ? height : width;
  size_t rows[3][LONGEST + 1] = {0};
  for (size_t i = 0; i <= width; i++)
    rows[0][i] = i;
  for (size_t at = 0; at < height; at++) {
    memcpy(rows[2], rows[1], sizeof rows[1]);
    memcpy(rows[1], rows[0], sizeof rows[0]);
    next_row(rows, left, at, right, width);
  }
  return rows[0][width];
}

Nearest nearest_to(const char *wrong) {
  return (Nearest){.wrong = wrong, .distance = SIZE_MAX};
}

void nearest_offer(Nearest *nearest, const char *word) {
  size_t distance = nearest_distance(nearest->wrong, word);
  if (distance >= nearest->distance)
    return;
  nearest->distance = distance;
  nearest->word = word;
}

const char *nearest_word(const Nearest *nearest) {
  size_t allowed = strlen(nearest->wrong) / 3 + 1;
  return nearest->word && nearest->distance <= allowed ? nearest->word : NULL;
}
