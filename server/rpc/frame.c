#include "frame.h"
#include "base/arena.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// What the next bytes are.
typedef enum FrameState {
  STATE_HEADER,
  STATE_BODY,
  STATE_SKIPPED_BODY, // of a message that is refused
  STATE_LOST,         // nothing known: looking for a header
} FrameState;

struct FrameReader {
  FrameState state;
  char *bytes; // those from `start` to `end` wait
  size_t start, end, capacity;
  size_t header_size; // of the header that is being read
  size_t body_left;
  bool has_length;
  bool foreign_charset;
};

static const char LENGTH_FIELD[] = "Content-Length:";
enum { LENGTH_FIELD_SIZE = sizeof LENGTH_FIELD - 1 };

FrameReader *frame_reader_new(void) {
  return memory_alloc(sizeof(FrameReader));
}

void frame_reader_free(FrameReader *reader) {
  if (!reader)
    return;
  free(reader->bytes);
  free(reader);
}

// Moves what waits to the front; gives back the memory of a large message once it is done with.
static void compact(FrameReader *reader) {
  enum { KEPT_CAPACITY = 1024 * 1024 };
  size_t waiting = reader->end - reader->start;
  if (reader->start > 0 && waiting > 0)
    memmove(reader->bytes, reader->bytes + reader->start, waiting);
  reader->start = 0;
  reader->end = waiting;
  if (waiting == 0 && reader->capacity > KEPT_CAPACITY) {
    free(reader->bytes);
    reader->bytes = NULL;
    reader->capacity = 0;
  }
}

void frame_feed(FrameReader *reader, const char *bytes, size_t length) {
  compact(reader);
  if (reader->capacity - reader->end < length) {
    size_t doubled = reader->capacity * 2, needed = reader->end + length;
    reader->capacity = doubled > needed ? doubled : needed;
    reader->bytes = memory_resize(reader->bytes, reader->capacity);
  }
  if (length > 0)
    memcpy(reader->bytes + reader->end, bytes, length);
  reader->end += length;
}

static void begin_header(FrameReader *reader) {
  reader->state = STATE_HEADER;
  reader->header_size = 0;
  reader->has_length = false;
  reader->foreign_charset = false;
}

static bool report(Frame *frame, const char *problem) {
  *frame = (Frame){.problem = problem};
  return true;
}

// Gives up the header. The search goes on one byte further, since a header may begin inside what was taken for a line.
static bool lose(FrameReader *reader, Frame *frame, const char *problem) {
  reader->state = STATE_LOST;
  reader->start++;
  return report(frame, problem);
}

static bool find_header(FrameReader *reader) {
  for (; reader->end - reader->start >= LENGTH_FIELD_SIZE; reader->start++) {
    if (strncasecmp(reader->bytes + reader->start, LENGTH_FIELD, LENGTH_FIELD_SIZE) == 0) {
      begin_header(reader);
      return true;
    }
  }
  return false;
}

// A piece of the header.
typedef struct Piece {
  const char *bytes;
  size_t length;
} Piece;

static bool piece_is(Piece piece, const char *name) {
  return piece.length == strlen(name) && strncasecmp(piece.bytes, name, piece.length) == 0;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

static Piece trim(Piece piece) {
  for (; piece.length > 0 && is_blank(piece.bytes[0]); piece.length--)
    piece.bytes++;
  while (piece.length > 0 && is_blank(piece.bytes[piece.length - 1]))
    piece.length--;
  return piece;
}

// A field's name holds letters, digits and hyphens: enough to tell a header from a piece of a message.
static bool is_field_name(Piece name) {
  for (size_t i = 0; i < name.length; i++) {
    char c = name.bytes[i];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'))
      return false;
  }
  return name.length > 0;
}

static bool read_length(Piece value, size_t *length) {
  *length = 0;
  for (size_t i = 0; i < value.length; i++) {
    if (value.bytes[i] < '0' || value.bytes[i] > '9' || *length > SIZE_MAX / 10 - 1)
      return false;
    *length = *length * 10 + (size_t)(value.bytes[i] - '0');
  }
  return value.length > 0;
}

// True for no charset and for "utf-8", which older clients call "utf8".
static bool is_utf8(Piece value) {
  static const char KEY[] = "charset=";
  for (; value.length >= sizeof KEY - 1; value.bytes++, value.length--) {
    if (strncasecmp(value.bytes, KEY, sizeof KEY - 1) != 0)
      continue;
    Piece charset = trim((Piece){value.bytes + sizeof KEY - 1, value.length - (sizeof KEY - 1)});
    return piece_is(charset, "utf-8") || piece_is(charset, "utf8") || piece_is(charset, "\"utf-8\"");
  }
  return true;
}

// Takes one line of the header; returns what is wrong with it, or NULL.
static const char *read_field(FrameReader *reader, Piece line) {
  const char *colon = memchr(line.bytes, ':', line.length);
  Piece name = {line.bytes, colon ? (size_t)(colon - line.bytes) : 0};
  if (!is_field_name(name))
    return "a message's header has a line that is no field; send \"Content-Length: N\\r\\n\\r\\n\" before each message";
  Piece value = trim((Piece){colon + 1, line.length - name.length - 1});
  if (piece_is(name, "Content-Type"))
    reader->foreign_charset = !is_utf8(value);
  if (!piece_is(name, "Content-Length"))
    return NULL;
  if (reader->has_length)
    return "a message's header has two Content-Length fields; send one";
  if (!read_length(value, &reader->body_left))
    return "a message's Content-Length is not a number of bytes";
  reader->has_length = true;
  return NULL;
}

// At the empty line. True when there is something to report.
static bool end_header(FrameReader *reader, Frame *frame) {
  if (!reader->has_length) {
    reader->state = STATE_LOST;
    return report(frame, "a message's header has no Content-Length field");
  }
  reader->state = STATE_SKIPPED_BODY;
  if (reader->body_left > FRAME_BODY_LIMIT)
    return report(frame, "a message is longer than 256 MiB");
  if (reader->foreign_charset)
    return report(frame, "a message's charset is not utf-8");
  reader->state = STATE_BODY;
  return false;
}

typedef enum Progress { PROGRESS_BLOCKED, PROGRESS_ON, PROGRESS_REPORT } Progress;

static Progress step_header(FrameReader *reader, Frame *frame) {
  const char *line = reader->bytes + reader->start;
  size_t waiting = reader->end - reader->start;
  const char *newline = waiting > 0 ? memchr(line, '\n', waiting) : NULL;
  size_t size = newline ? (size_t)(newline - line) + 1 : waiting;
  if (reader->header_size + size > FRAME_HEADER_LIMIT) {
    lose(reader, frame, "a message's header is longer than 8 KiB");
    return PROGRESS_REPORT;
  }
  if (!newline)
    return PROGRESS_BLOCKED;

  Piece piece = {line, size - 1};
  if (piece.length > 0 && piece.bytes[piece.length - 1] == '\r')
    piece.length--;
  bool leading_blank = piece.length == 0 && reader->header_size == 0;
  const char *problem = piece.length > 0 ? read_field(reader, piece) : NULL;
  if (problem) {
    lose(reader, frame, problem);
    return PROGRESS_REPORT;
  }
  reader->start += size;
  if (leading_blank)
    return PROGRESS_ON;
  reader->header_size += size;
  return piece.length == 0 && end_header(reader, frame) ? PROGRESS_REPORT : PROGRESS_ON;
}

static Progress step_body(FrameReader *reader, Frame *frame) {
  if (reader->end - reader->start < reader->body_left)
    return PROGRESS_BLOCKED;
  *frame = (Frame){.bytes = reader->bytes + reader->start, .length = reader->body_left};
  reader->start += reader->body_left;
  begin_header(reader);
  return PROGRESS_REPORT;
}

static Progress step_skipped_body(FrameReader *reader, Frame *frame) {
  (void)frame;
  size_t waiting = reader->end - reader->start;
  size_t skipped = waiting < reader->body_left ? waiting : reader->body_left;
  reader->start += skipped;
  reader->body_left -= skipped;
  if (reader->body_left > 0)
    return PROGRESS_BLOCKED;
  begin_header(reader);
  return PROGRESS_ON;
}

static Progress step_lost(FrameReader *reader, Frame *frame) {
  (void)frame;
  return find_header(reader) ? PROGRESS_ON : PROGRESS_BLOCKED;
}

bool frame_next(FrameReader *reader, Frame *frame) {
  static Progress (*const STEPS[])(FrameReader *, Frame *) = {
      [STATE_HEADER] = step_header,
      [STATE_BODY] = step_body,
      [STATE_SKIPPED_BODY] = step_skipped_body,
      [STATE_LOST] = step_lost,
  };
  Progress progress = PROGRESS_ON;
  while (progress == PROGRESS_ON)
    progress = STEPS[reader->state](reader, frame);
  return progress == PROGRESS_REPORT;
}

size_t frame_header(char header[FRAME_HEADER_SPACE], size_t length) {
  return (size_t)snprintf(header, FRAME_HEADER_SPACE, "Content-Length: %zu\r\n\r\n", length);
}
