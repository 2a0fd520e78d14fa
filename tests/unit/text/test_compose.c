// Lists of edits made one: the same text as one after the other.
#include "text/compose.h"

#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_EDITS = 6 };

typedef struct Edits {
  TextEdit items[MOST_EDITS];
  uint32_t count;
} Edits;

static uint32_t next_random(uint64_t *seed) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*seed >> 33);
}

// Edits in order, some of them at one place.
static Edits random_edits(uint64_t *seed, uint32_t length) {
  static const char *const PIECES[] = {"", "A", "BC", "\n", "xyz"};
  Edits edits = {.count = next_random(seed) % (MOST_EDITS + 1)};
  uint32_t at = 0;
  for (uint32_t i = 0; i < edits.count; i++) {
    uint32_t start = at + next_random(seed) % (length - at + 1) / 2;
    uint32_t end = start + next_random(seed) % (length - start + 1) / 2;
    const char *piece = PIECES[next_random(seed) % (sizeof PIECES / sizeof *PIECES)];
    edits.items[i] = (TextEdit){{start, end}, piece, (uint32_t)strlen(piece)};
    at = end;
  }
  return edits;
}

static Text *edited(const Text *text, const TextEdit *items, uint32_t count) {
  Text *made = text_edit_all(text, items, count);
  assert_non_null(made);
  return made;
}

static void assert_composed(const Text *text, const Edits *first, const Edits *second) {
  Arena *arena = arena_new();
  Text *between = edited(text, first->items, first->count);
  Text *expected = edited(between, second->items, second->count);
  EditList composed =
      edits_compose(arena, (EditList){first->items, first->count}, NULL, (EditList){second->items, second->count});
  Text *made = edited(text, composed.items, composed.count);
  assert_string_equal(text_bytes(made), text_bytes(expected));
  for (uint32_t i = 1; i < composed.count; i++)
    assert_true(composed.items[i - 1].span.end <= composed.items[i].span.start);
  text_unref(made);
  text_unref(expected);
  text_unref(between);
  arena_free(arena);
}

static void test_random(void **state) {
  (void)state;
  uint64_t seed = 1;
  Text *text = text_new("abcdefghijklmnopqrstuvwxyz", 26);
  for (int i = 0; i < 5000; i++) {
    Edits first = random_edits(&seed, text_length(text));
    Text *between = edited(text, first.items, first.count);
    Edits second = random_edits(&seed, text_length(between));
    text_unref(between);
    assert_composed(text, &first, &second);
  }
  text_unref(text);
}

static void test_left_out(void **state) {
  (void)state;
  Arena *arena = arena_new();
  Text *text = text_new("a; b; c; d", 10);
  static const TextEdit FIRST[] = {{{1, 3}, "\n", 1}, {{4, 6}, "\n", 1}, {{7, 9}, "\n", 1}}; // "a\nb\nc\nd"
  static const TextEdit SECOND[] = {{{6, 6}, "*", 1}};
  static const bool KEPT[] = {false, false, true};
  EditList composed = edits_compose(arena, (EditList){FIRST, 3}, KEPT, (EditList){SECOND, 1});
  Text *made = edited(text, composed.items, composed.count);
  assert_string_equal(text_bytes(made), "a; b; c\n*d");
  assert_int_equal(composed.count, 1);
  text_unref(made);
  text_unref(text);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_random), cmocka_unit_test(test_left_out)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
