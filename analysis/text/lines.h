// Where the lines of a text start: text.c's own.
#ifndef RACEWISE_TEXT_LINES_H
#define RACEWISE_TEXT_LINES_H

#include "../base/span.h"

typedef struct Lines {
  uint32_t count;    // at least 1
  uint32_t starts[]; // rising; the first is 0
} Lines;

// `bytes` must be readable at `bytes[length]`, and hold anything but '\n' there.
Lines *lines_new(const char *bytes, uint32_t length);
void lines_free(Lines *lines); // NULL is allowed

// The lines after an edit: `replaced` of the old text became `inserted` bytes, and the text is now `bytes`.
Lines *lines_edit(const Lines *old, Span replaced, const char *bytes, uint32_t inserted);

// The line that holds the offset.
uint32_t lines_find(const Lines *lines, uint32_t offset);

#endif
