#include "base/arena.h"

#include "unit.h"
#include <stdalign.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool all_zero(const unsigned char *bytes, size_t size) {
  while (size && !bytes[size - 1])
    size--;
  return size == 0;
}

// Fills every block with its own byte and looks at all of them at the end, so that overlapping blocks show.
static void blocks_are_zeroed_aligned_and_apart(void **state) {
  (void)state;
  enum { COUNT = 3000 };
  static unsigned char *blocks[COUNT];
  static size_t sizes[COUNT];
  Arena *arena = arena_new();
  for (size_t i = 0; i < COUNT; i++) {
    sizes[i] = i % 100 == 99 ? i * 50 : i % 70;
    blocks[i] = arena_alloc(arena, sizes[i]);
    assert_int_equal((uintptr_t)blocks[i] % alignof(max_align_t), 0);
    assert_true(all_zero(blocks[i], sizes[i]));
    memset(blocks[i], (int)(i % 251) + 1, sizes[i]);
  }
  for (size_t i = 0; i < COUNT; i++) {
    for (size_t j = 0; j < sizes[i]; j++)
      assert_int_equal(blocks[i][j], i % 251 + 1);
  }
  arena_free(arena);
}

static void empty_blocks_have_addresses_of_their_own(void **state) {
  (void)state;
  Arena *arena = arena_new();
  void *first = arena_alloc(arena, 0), *second = arena_alloc(arena, 0);
  assert_non_null(first);
  assert_ptr_not_equal(first, second);
  arena_free(arena);
}

static void used_grows_with_what_is_handed_out(void **state) {
  (void)state;
  Arena *arena = arena_new();
  assert_int_equal(arena_used(arena), 0);
  arena_alloc(arena, 100);
  size_t used = arena_used(arena);
  assert_true(used >= 100);
  arena_alloc(arena, 1 << 22);
  assert_true(arena_used(arena) >= used + (1 << 22));
  arena_free(arena);
}

static void the_last_block_is_made_longer_in_its_place(void **state) {
  (void)state;
  Arena *arena = arena_new();
  char *first = arena_alloc(arena, 20), *last = arena_alloc(arena, 10);
  memset(last, 'x', 10);
  assert_false(arena_extend(arena, first, 20, 40));
  size_t used = arena_used(arena);
  assert_true(arena_extend(arena, last, 10, 100));
  assert_true(arena_used(arena) >= used + 80);
  for (int i = 10; i < 100; i++)
    assert_int_equal(last[i], 0);
  char *next = arena_alloc(arena, 1);
  assert_true(next >= last + 100);
  assert_false(arena_extend(arena, last, 100, 200));
  assert_false(arena_extend(arena, next, 1, 1 << 20));
  arena_free(arena);
}

static void strings_are_copied_and_formatted(void **state) {
  (void)state;
  Arena *arena = arena_new();
  assert_string_equal(arena_copy(arena, "visits = 1", 6), "visits");
  assert_string_equal(arena_copy(arena, NULL, 0), "");
  assert_memory_equal(arena_copy(arena, "a\0b", 3), "a\0b", 4);
  assert_string_equal(arena_printf(arena, "`%s` is read %d times", "visits", 2), "`visits` is read 2 times");
  assert_int_equal(strlen(arena_printf(arena, "%*s", 100000, "x")), 100000);
  arena_free(arena);
}

static void freeing_null_is_allowed(void **state) {
  (void)state;
  arena_free(NULL);
}

static void plain_memory_is_zeroed_and_resized(void **state) {
  (void)state;
  unsigned char *memory = memory_alloc(64);
  assert_true(all_zero(memory, 64));
  memory[63] = 7;
  memory = memory_resize(memory, 4096);
  assert_int_equal(memory[63], 7);
  memory = memory_resize(memory, 0);
  assert_non_null(memory);
  free(memory);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(blocks_are_zeroed_aligned_and_apart),
      cmocka_unit_test(empty_blocks_have_addresses_of_their_own),
      cmocka_unit_test(used_grows_with_what_is_handed_out),
      cmocka_unit_test(the_last_block_is_made_longer_in_its_place),
      cmocka_unit_test(strings_are_copied_and_formatted),
      cmocka_unit_test(freeing_null_is_allowed),
      cmocka_unit_test(plain_memory_is_zeroed_and_resized),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
