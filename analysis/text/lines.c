#include "lines.h"
#include "../base/arena.h"
#include <stdlib.h>
#include <string.h>

static Lines *lines_alloc(uint32_t capacity) {
  return memory_resize(NULL, sizeof(Lines) + (size_t)capacity * sizeof(uint32_t));
}

void lines_free(Lines *lines) {
  free(lines);
}

// Walks the line starts of a text after `at`. The next "\n" and "\r" are both remembered, so that a text with only one
// kind of line ending is searched once for each.
typedef struct Breaks {
  const char *at, *end;
  const char *newline, *carriage_return; // `end` where there is none
} Breaks;

static const char *find_byte(const char *at, const char *end, char byte) {
  const char *found = at < end ? memchr(at, byte, (size_t)(end - at)) : NULL;
  return found ? found : end;
}

static Breaks breaks_of(const char *bytes, uint32_t from, uint32_t to) {
  const char *at = bytes + from, *end = bytes + to;
  return (Breaks){at, end, find_byte(at, end, '\n'), find_byte(at, end, '\r')};
}

// The start of the next line; NULL when no line ends before `end`. Looks one byte past `end` for the rest of "\r\n".
static const char *breaks_next(Breaks *breaks) {
  const char *first = breaks->newline < breaks->carriage_return ? breaks->newline : breaks->carriage_return;
  if (first == breaks->end)
    return NULL;
  breaks->at = *first == '\r' && first[1] == '\n' ? first + 2 : first + 1;
  if (breaks->newline < breaks->at)
    breaks->newline = find_byte(breaks->at, breaks->end, '\n');
  if (breaks->carriage_return < breaks->at)
    breaks->carriage_return = find_byte(breaks->at, breaks->end, '\r');
  return breaks->at;
}

static uint32_t count_breaks(Breaks breaks) {
  uint32_t count = 0;
  while (breaks_next(&breaks))
    count++;
  return count;
}

static void add_breaks(Lines *lines, const char *bytes, Breaks breaks) {
  for (const char *start; (start = breaks_next(&breaks));)
    lines->starts[lines->count++] = (uint32_t)(start - bytes);
}

Lines *lines_new(const char *bytes, uint32_t length) {
  Breaks breaks = breaks_of(bytes, 0, length);
  Lines *lines = lines_alloc(1 + count_breaks(breaks));
  lines->count = 1;
  lines->starts[0] = 0;
  add_breaks(lines, bytes, breaks);
  return lines;
}

// How many lines start before the offset.
static uint32_t lines_before(const Lines *lines, uint32_t offset) {
  uint32_t low = 0, high = lines->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (lines->starts[middle] < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

uint32_t lines_find(const Lines *lines, uint32_t offset) {
  return offset == UINT32_MAX ? lines->count - 1 : lines_before(lines, offset + 1) - 1;
}

// Whether a line starts at `place` depends on the bytes before and at it alone. So the starts before the edit stay,
// those behind it move, and only what touches the edit is searched again.
Lines *lines_edit(const Lines *old, Span replaced, const char *bytes, uint32_t inserted) {
  uint32_t kept = lines_before(old, replaced.start);
  if (kept == 0)
    kept = 1; // line 0 is always there
  uint32_t moved = replaced.end == UINT32_MAX ? old->count : lines_before(old, replaced.end + 1);
  uint32_t from = replaced.start > 0 ? replaced.start - 1 : 0;
  uint32_t to = replaced.start + inserted;
  bool splits_break = to > from && bytes[to - 1] == '\r' && bytes[to] == '\n'; // the "\n" is among those behind
  Breaks breaks = breaks_of(bytes, from, splits_break ? to - 1 : to);

  Lines *lines = lines_alloc(kept + count_breaks(breaks) + (old->count - moved));
  memcpy(lines->starts, old->starts, kept * sizeof(uint32_t));
  lines->count = kept;
  add_breaks(lines, bytes, breaks);
  uint32_t shift = to - replaced.end; // wraps round as it should
  for (uint32_t i = moved; i < old->count; i++)
    lines->starts[lines->count++] = old->starts[i] + shift;
  return lines;
}
