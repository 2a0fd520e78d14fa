// The framing of messages: however the bytes are cut, and whatever they are.
#include "rpc/frame.h"

#include "base/arena.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What a reader gave: "[body]" for a message, "!" for a problem.
typedef struct Record {
  char text[4096];
  size_t length;
} Record;

static void record(Record *record, const char *bytes, size_t length) {
  assert_true(record->length + length < sizeof record->text);
  memcpy(record->text + record->length, bytes, length);
  record->length += length;
}

static void drain(FrameReader *reader, Record *into) {
  Frame frame;
  while (frame_next(reader, &frame)) {
    record(into, frame.problem ? "!" : "[", 1);
    record(into, frame.problem ? "" : frame.bytes, frame.problem ? 0 : frame.length);
    record(into, frame.problem ? "" : "]", frame.problem ? 0 : 1);
  }
}

// Feeds `stream` in pieces of `size` bytes.
static Record read_in_pieces(const char *stream, size_t length, size_t size) {
  Record result = {0};
  FrameReader *reader = frame_reader_new();
  for (size_t at = 0; at < length; at += size) {
    frame_feed(reader, stream + at, length - at < size ? length - at : size);
    drain(reader, &result);
  }
  frame_reader_free(reader);
  return result;
}

static void assert_reads(const char *stream, size_t length, const char *expected) {
  for (size_t size = 1; size <= length; size += size < 40 ? 1 : length) {
    Record result = read_in_pieces(stream, length, size);
    assert_int_equal(result.length, strlen(expected));
    assert_memory_equal(result.text, expected, result.length);
  }
  Record whole = read_in_pieces(stream, length, length);
  assert_int_equal(whole.length, strlen(expected));
}

typedef struct Case {
  const char *stream, *expected;
} Case;

static const Case CASES[] = {
    // Well-formed.
    {"Content-Length: 2\r\n\r\n{}", "[{}]"},
    {"Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\nabc", "[{}][abc]"},
    {"Content-Length: 0\r\n\r\nContent-Length: 1\r\n\r\nx", "[][x]"},
    {"content-length:2\r\nX-Other: thing\r\n\r\n{}", "[{}]"},
    {"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}", "[{}]"},
    {"Content-Type: application/vscode-jsonrpc; charset=utf8\r\nContent-Length: 2\r\n\r\n{}", "[{}]"},
    // Forgiven.
    {"Content-Length: 2\n\n{}\nContent-Length: 1\r\n\r\nx", "[{}][x]"},
    // Bad headers, and the next message behind them.
    {"Content-Length: abc\r\n\r\n{}Content-Length: 2\r\n\r\n{}", "![{}]"},
    {"Content-Length: -1\r\n\r\n{}Content-Length: 2\r\n\r\n{}", "![{}]"},
    {"Content-Length: 99999999999999999999999\r\n\r\n{}Content-Length: 2\r\n\r\n{}", "![{}]"},
    {"Content-Length:\r\n\r\n{}Content-Length: 2\r\n\r\n{}", "![{}]"},
    {"X: y\r\n\r\n{}Content-Length: 2\r\n\r\n{}", "![{}]"},
    {"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}Content-Length: 1\r\n\r\nx", "![x]"},
    {"hello\r\nContent-Length: 2\r\n\r\n{}", "![{}]"},
    {"{\"a\": 1}\r\n\r\nContent-Length: 2\r\n\r\n{}", "![{}]"},
    // A length that is too small, or too large.
    {"Content-Length: 3\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}", "[{\"a]![{}]"},
    {"Content-Length: 19\r\n\r\n{}Content-Length: 2\r\n\r\n{}Content-Length: 1\r\n\r\nx", "[{}Content-Length: 2]![x]"},
    // Refused, and skipped by their length.
    {"Content-Type: x; charset=utf-16\r\nContent-Length: 2\r\n\r\n{}Content-Length: 1\r\n\r\nx", "![x]"},
    // Unfinished.
    {"", ""},
    {"Content-Le", ""},
    {"Content-Length: 5\r\n\r\n{}", ""},
};

static void streams_are_read_whatever_the_pieces(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
    assert_reads(CASES[i].stream, strlen(CASES[i].stream), CASES[i].expected);
}

static void bodies_may_hold_any_bytes(void **state) {
  (void)state;
  static const char STREAM[] = "Content-Length: 4\r\n\r\n\0\xFF\r\n";
  Record result = read_in_pieces(STREAM, sizeof STREAM - 1, 1);
  assert_int_equal(result.length, 6);
  assert_memory_equal(result.text, "[\0\xFF\r\n]", 6);
}

// A header of `size` bytes that never ends, and a message behind it.
static void assert_oversized(const char *start, size_t size, const char *end) {
  static const char NEXT[] = "\r\nContent-Length: 2\r\n\r\n{}";
  char *stream = memory_alloc(size + sizeof NEXT + 64);
  memset(stream, 'x', size);
  memcpy(stream, start, strlen(start));
  sprintf(stream + size, "%s%s", end, NEXT);
  assert_reads(stream, strlen(stream), "![{}]");
  free(stream);
}

static void oversized_headers_are_skipped(void **state) {
  (void)state;
  assert_oversized("", FRAME_HEADER_LIMIT + 1, "");
  assert_oversized("X-Long: ", 3 * FRAME_HEADER_LIMIT, "\r\n");
  assert_oversized("Content-Length: 2\r\nX-Long: ", 2 * FRAME_HEADER_LIMIT, "\r\n\r\n");
}

static void oversized_bodies_are_skipped_without_being_kept(void **state) {
  (void)state;
  static char piece[1024 * 1024];
  FrameReader *reader = frame_reader_new();
  Record result = {0};
  char header[FRAME_HEADER_SPACE];
  size_t left = (size_t)FRAME_BODY_LIMIT + 1;
  frame_feed(reader, header, frame_header(header, left));
  drain(reader, &result);
  for (; left > 0; left -= left < sizeof piece ? left : sizeof piece) {
    frame_feed(reader, piece, left < sizeof piece ? left : sizeof piece);
    drain(reader, &result);
  }
  static const char NEXT[] = "Content-Length: 2\r\n\r\n{}";
  frame_feed(reader, NEXT, sizeof NEXT - 1);
  drain(reader, &result);
  frame_reader_free(reader);
  assert_int_equal(result.length, 5);
  assert_memory_equal(result.text, "![{}]", 5);
}

static void headers_that_are_written_are_read(void **state) {
  (void)state;
  char stream[FRAME_HEADER_SPACE + 5];
  size_t length = frame_header(stream, 5);
  memcpy(stream + length, "12345", 5);
  assert_reads(stream, length + 5, "[12345]");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(streams_are_read_whatever_the_pieces),
      cmocka_unit_test(bodies_may_hold_any_bytes),
      cmocka_unit_test(oversized_headers_are_skipped),
      cmocka_unit_test(oversized_bodies_are_skipped_without_being_kept),
      cmocka_unit_test(headers_that_are_written_are_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
