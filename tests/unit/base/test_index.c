#include "base/index.h"

#include "unit.h"

static uint32_t find(const Index *index, const uint32_t *items, uint32_t hash, uint32_t key) {
  uint32_t probe = 0, item;
  while ((item = index_next(index, hash, &probe)) != (uint32_t)INDEX_NONE)
    if (items[item] == key)
      return item;
  return (uint32_t)INDEX_NONE;
}

static void an_empty_index_has_nothing(void **state) {
  (void)state;
  Index index = {0};
  uint32_t probe = 0;
  assert_int_equal(index_next(&index, 7, &probe), (uint32_t)INDEX_NONE);
}

// Few hashes for many items, the highest one among them: every look-up meets others, and wraps around.
static void items_of_one_hash_are_told_apart(void **state) {
  (void)state;
  enum { COUNT = 1000, HASHES = 7 };
  Arena *arena = arena_new();
  Index index = {0};
  uint32_t items[COUNT];
  for (uint32_t i = 0; i < COUNT; i++) {
    items[i] = i * 3;
    index_add(arena, &index, UINT32_MAX - i % HASHES, i);
  }
  for (uint32_t i = 0; i < COUNT; i++) {
    assert_int_equal(find(&index, items, UINT32_MAX - i % HASHES, i * 3), i);
    assert_int_equal(find(&index, items, UINT32_MAX - (i + 1) % HASHES, i * 3), (uint32_t)INDEX_NONE);
    assert_int_equal(find(&index, items, i, i * 3), (uint32_t)INDEX_NONE);
  }
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_empty_index_has_nothing),
      cmocka_unit_test(items_of_one_hash_are_told_apart),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
