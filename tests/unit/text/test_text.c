// Texts: places in three encodings, line endings, edits compared with naive ones.
#include "text/text.h"

#include "base/arena.h"
#include "unit.h"
#include <stdlib.h>
#include <string.h>

static Text *text_of(const char *string) {
  return text_new(string, strlen(string));
}

static void assert_position(const Text *text, uint32_t offset, TextEncoding encoding, uint32_t line, uint32_t column) {
  TextPosition position = text_position(text, offset, encoding);
  assert_int_equal(position.line, line);
  assert_int_equal(position.column, column);
}

static void assert_offset(const Text *text, uint32_t line, uint32_t column, TextEncoding encoding, uint32_t offset) {
  assert_int_equal(text_offset(text, (TextPosition){line, column}, encoding), offset);
}

static void test_empty(void **state) {
  (void)state;
  Text *text = text_new(NULL, 0);
  assert_int_equal(text_length(text), 0);
  assert_string_equal(text_bytes(text), "");
  assert_int_equal(text_line_count(text), 1);
  assert_position(text, 7, TEXT_UTF16, 0, 0);
  assert_offset(text, 3, 9, TEXT_UTF8, 0);
  text_unref(text);
  text_unref(NULL);
}

static void test_line_endings(void **state) {
  (void)state;
  Text *text = text_of("a\nbb\r\nc\rd\n\r\n");
  static const Span LINES[] = {{0, 1}, {2, 4}, {6, 7}, {8, 9}, {10, 10}, {12, 12}};
  assert_int_equal(text_line_count(text), 6);
  for (uint32_t i = 0; i < 6; i++) {
    assert_int_equal(text_line(text, i).start, LINES[i].start);
    assert_int_equal(text_line(text, i).end, LINES[i].end);
  }
  assert_int_equal(text_line(text, 6).start, 12);
  assert_position(text, 5, TEXT_UTF8, 1, 2); // between "\r" and "\n"
  text_unref(text);
}

// "a é € 🌍 z": one, two, three and four bytes; one, one, one and two units of UTF-16.
static const char MIXED[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8C\x8Dz\n";

static void test_encodings(void **state) {
  (void)state;
  Text *text = text_of(MIXED);
  static const uint32_t OFFSETS[] = {0, 1, 3, 6, 10, 11};
  static const uint32_t COLUMNS[3][6] = {{0, 1, 3, 6, 10, 11}, {0, 1, 2, 3, 5, 6}, {0, 1, 2, 3, 4, 5}};
  for (int encoding = 0; encoding < 3; encoding++)
    for (int i = 0; i < 6; i++) {
      assert_position(text, OFFSETS[i], (TextEncoding)encoding, 0, COLUMNS[encoding][i]);
      assert_offset(text, 0, COLUMNS[encoding][i], (TextEncoding)encoding, OFFSETS[i]);
    }
  text_unref(text);
}

static void test_inside_characters(void **state) {
  (void)state;
  Text *text = text_of(MIXED);
  assert_position(text, 2, TEXT_UTF8, 0, 1);
  assert_position(text, 5, TEXT_UTF16, 0, 2);
  assert_position(text, 9, TEXT_UTF16, 0, 3);
  assert_offset(text, 0, 4, TEXT_UTF16, 6); // between the surrogates
  assert_offset(text, 0, 2, TEXT_UTF8, 1);
  text_unref(text);
}

static void test_past_the_end(void **state) {
  (void)state;
  Text *text = text_of("ab\r\ncd");
  assert_offset(text, 0, 99, TEXT_UTF16, 2);
  assert_offset(text, 0, UINT32_MAX, TEXT_UTF16, 2);
  assert_offset(text, 1, 3, TEXT_UTF8, 6);
  assert_offset(text, 2, 0, TEXT_UTF32, 6);
  assert_offset(text, UINT32_MAX, UINT32_MAX, TEXT_UTF16, 6);
  assert_position(text, UINT32_MAX, TEXT_UTF16, 1, 2);
  text_unref(text);
}

static void test_invalid_utf8(void **state) {
  (void)state;
  // A lone continuation, an overlong form, a surrogate, one beyond U+10FFFF, a cut sequence: every byte counts as one.
  static const char *const BAD[] = {"\x80", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\xFF\xFE"};
  for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
    Text *text = text_of(BAD[i]);
    for (int encoding = 0; encoding < 3; encoding++)
      assert_position(text, text_length(text), (TextEncoding)encoding, 0, text_length(text));
    text_unref(text);
  }
  Text *text = text_of("\xE2\x82\nx"); // cut by the line's end
  assert_position(text, 3, TEXT_UTF16, 1, 0);
  assert_position(text, 2, TEXT_UTF16, 0, 2);
  text_unref(text);
}

static void test_nul_bytes(void **state) {
  (void)state;
  Text *text = text_new("a\0b\nc", 5);
  assert_int_equal(text_length(text), 5);
  assert_int_equal(text_line_count(text), 2);
  assert_position(text, 3, TEXT_UTF16, 0, 3);
  text_unref(text);
}

static void assert_text(Text *text, const char *expected) {
  assert_non_null(text);
  assert_int_equal(text_length(text), strlen(expected));
  assert_string_equal(text_bytes(text), expected);
  text_unref(text);
}

static void test_edit(void **state) {
  (void)state;
  Text *text = text_of("hello world");
  assert_text(text_edit(text, (TextEdit){{0, 5}, "bye", 3}), "bye world");
  assert_text(text_edit(text, (TextEdit){{5, 5}, ",", 1}), "hello, world");
  assert_text(text_edit(text, (TextEdit){{5, 99}, NULL, 0}), "hello");
  assert_text(text_edit(text, (TextEdit){{99, 200}, "!", 1}), "hello world!");
  assert_text(text_edit(text, (TextEdit){{6, 2}, "my ", 3}), "hello my world");
  assert_text(text, "hello world");
}

static void test_edit_all(void **state) {
  (void)state;
  Text *text = text_of("0123456789");
  TextEdit edits[] = {{{8, 9}, "C", 1}, {{2, 4}, "A", 1}, {{2, 2}, "<", 1}, {{2, 2}, ">", 1}, {{4, 4}, "B", 1}};
  assert_text(text_edit_all(text, edits, 5), "01<>AB4567C9");
  assert_text(text_edit_all(text, edits, 0), "0123456789");
  text_unref(text);
}

static void test_overlapping_edits(void **state) {
  (void)state;
  Text *text = text_of("0123456789");
  static const TextEdit PAIRS[][2] = {
      {{{2, 5}, "a", 1}, {{4, 6}, "b", 1}}, {{{2, 5}, "a", 1}, {{2, 3}, "b", 1}},  {{{2, 5}, "a", 1}, {{3, 3}, "b", 1}},
      {{{0, 9}, "a", 1}, {{4, 5}, "b", 1}}, {{{8, 99}, "a", 1}, {{9, 99}, "", 0}},
  };
  for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++)
    assert_null(text_edit_all(text, PAIRS[i], 2));
  text_unref(text);
}

static void assert_difference(const char *from, const char *to, uint32_t start, uint32_t end, uint32_t length) {
  Text *old = text_of(from), *new = text_of(to);
  uint32_t found;
  Span span = text_difference(old, new, &found);
  assert_int_equal(span.start, start);
  assert_int_equal(span.end, end);
  assert_int_equal(found, length);
  text_unref(old);
  text_unref(new);
}

static void test_difference(void **state) {
  (void)state;
  assert_difference("abcdef", "abXdef", 2, 3, 1);
  assert_difference("abc", "abc", 3, 3, 0);
  assert_difference("", "abc", 0, 0, 3);
  assert_difference("aaa", "aaaa", 3, 3, 1);
  assert_difference("x\xC3\xA9y", "x\xC3\xA8y", 1, 3, 2); // "é" and "è" share their first byte
  assert_difference("x\xC3\xA9y", "x\xC4\xA9y", 1, 3, 2); // these their last
}

static void test_references(void **state) {
  (void)state;
  Text *text = text_of("shared");
  assert_ptr_equal(text_ref(text), text);
  text_unref(text);
  assert_text(text, "shared");
}

// A small generator of the test's own, so that every machine runs the same cases.
static uint32_t next_random(uint64_t *seed) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*seed >> 33);
}

static const char *const PIECES[] = {
    "a",    "\n",       "\r\n",   "\r", "\n\r", "", "xyz", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x8C\x8D",
    "\x80", "\xF0\x9F", "\r\r\n",
};
enum { PIECE_COUNT = sizeof PIECES / sizeof *PIECES };

// The edit done with plain memory functions.
static Text *naive_edit(const Text *text, TextEdit edit) {
  uint32_t tail = text_length(text) - edit.span.end;
  char *bytes = memory_alloc(edit.span.start + edit.length + tail + 1);
  memcpy(bytes, text_bytes(text), edit.span.start);
  memcpy(bytes + edit.span.start, edit.bytes, edit.length);
  memcpy(bytes + edit.span.start + edit.length, text_bytes(text) + edit.span.end, tail);
  Text *result = text_new(bytes, edit.span.start + edit.length + tail);
  free(bytes);
  return result;
}

static void assert_same(const Text *a, const Text *b) {
  assert_int_equal(text_length(a), text_length(b));
  assert_memory_equal(text_bytes(a), text_bytes(b), text_length(a));
  assert_int_equal(text_line_count(a), text_line_count(b));
  for (uint32_t line = 0; line < text_line_count(a); line++) {
    assert_int_equal(text_line(a, line).start, text_line(b, line).start);
    assert_int_equal(text_line(a, line).end, text_line(b, line).end);
  }
}

// Every place survives the way to a position and back, in every encoding.
static void assert_round_trips(const Text *text, uint32_t offset) {
  for (int encoding = 0; encoding < 3; encoding++) {
    TextPosition position = text_position(text, offset, (TextEncoding)encoding);
    uint32_t start = text_offset(text, position, (TextEncoding)encoding);
    assert_true(start <= offset && offset - start < 4);
    TextPosition again = text_position(text, start, (TextEncoding)encoding);
    assert_int_equal(again.line, position.line);
    assert_int_equal(again.column, position.column);
  }
}

static void test_random_edits(void **state) {
  (void)state;
  uint64_t seed = 1;
  Text *text = text_of("");
  for (int i = 0; i < 20000; i++) {
    uint32_t limit = text_length(text) + 1;
    uint32_t start = next_random(&seed) % limit, end = start + next_random(&seed) % 4;
    if (next_random(&seed) % 50 == 0 || end >= limit)
      end = limit - 1;
    const char *piece = PIECES[next_random(&seed) % PIECE_COUNT];
    TextEdit edit = {{start, end}, piece, (uint32_t)strlen(piece)};
    Text *edited = text_edit(text, edit), *expected = naive_edit(text, edit);
    assert_same(edited, expected);
    assert_round_trips(edited, next_random(&seed) % (text_length(edited) + 1));

    uint32_t length;
    Span span = text_difference(text, edited, &length);
    TextEdit difference = {span, text_bytes(edited) + span.start, length};
    Text *repeated = text_edit_all(text, &difference, 1);
    assert_same(repeated, expected);
    text_unref(repeated);
    text_unref(expected);
    text_unref(text);
    text = edited;
  }
  text_unref(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_empty),        cmocka_unit_test(test_line_endings),
      cmocka_unit_test(test_encodings),    cmocka_unit_test(test_inside_characters),
      cmocka_unit_test(test_past_the_end), cmocka_unit_test(test_invalid_utf8),
      cmocka_unit_test(test_nul_bytes),    cmocka_unit_test(test_edit),
      cmocka_unit_test(test_edit_all),     cmocka_unit_test(test_overlapping_edits),
      cmocka_unit_test(test_difference),   cmocka_unit_test(test_references),
      cmocka_unit_test(test_random_edits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
