#include "lines.h"
#include "base/arena.h"
#include <stdlib.h>
#include <string.h>

struct LineReader {
  char *bytes;
  size_t start, length, capacity; // what has not been given back lies from `start` to `length`
  size_t searched;                // up to here there is no line's end
  bool skipping;                  // the line that is arriving is over the limit
};

LineReader *line_reader_new(void) {
  return memory_alloc(sizeof(LineReader));
}

void line_reader_free(LineReader *reader) {
  if (reader)
    free(reader->bytes);
  free(reader);
}

static void make_room(LineReader *reader, size_t length) {
  if (reader->start > 0) {
    memmove(reader->bytes, reader->bytes + reader->start, reader->length - reader->start);
    reader->length -= reader->start;
    reader->searched -= reader->start;
    reader->start = 0;
  }
  if (reader->length + length <= reader->capacity)
    return;
  reader->capacity = (reader->length + length) * 2;
  reader->bytes = memory_resize(reader->bytes, reader->capacity);
}

void line_reader_feed(LineReader *reader, const char *bytes, size_t length) {
  if (length == 0)
    return;
  make_room(reader, length);
  memcpy(reader->bytes + reader->length, bytes, length);
  reader->length += length;
}

// Drops what has arrived of a line that is too long. True the first time.
static bool skip(LineReader *reader) {
  if (reader->length - reader->start <= LINE_LIMIT && !reader->skipping)
    return false;
  reader->start = reader->searched = reader->length;
  bool first = !reader->skipping;
  reader->skipping = true;
  return first;
}

static size_t trimmed(const char *line, size_t length) {
  while (length > 0 && (line[length - 1] == '\r' || line[length - 1] == ' '))
    length--;
  return length;
}

bool line_reader_next(LineReader *reader, char **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  for (;;) {
    char *from = reader->bytes + reader->searched;
    size_t left = reader->length - reader->searched;
    char *end = left ? memchr(from, '\n', left) : NULL;
    if (!end) {
      reader->searched = reader->length;
      return skip(reader);
    }
    char *line = reader->bytes + reader->start;
    size_t size = (size_t)(end - line);
    bool skipped = reader->skipping;
    reader->start = reader->searched = (size_t)(end + 1 - reader->bytes);
    reader->skipping = false;
    if (skipped || trimmed(line, size) == 0)
      continue;
    *bytes = size > LINE_LIMIT ? NULL : line;
    *length = trimmed(line, size);
    return true;
  }
}
