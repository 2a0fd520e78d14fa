#include "base/array.h"

#include "unit.h"

typedef struct Item {
  uint64_t key;
  char pad[24];
} Item;

static void items_keep_their_order_and_values_while_growing(void **state) {
  (void)state;
  Arena *arena = arena_new();
  ARRAY(Item) items = {0};
  for (uint64_t i = 0; i < 10000; i++)
    array_push(arena, &items, ((Item){.key = i * i}));
  assert_int_equal(items.count, 10000);
  for (uint64_t i = 0; i < 10000; i++)
    assert_int_equal(items.items[i].key, i * i);
  assert_int_equal(array_last(&items).key, 9999 * 9999);
  arena_free(arena);
}

static void added_items_are_zeroed(void **state) {
  (void)state;
  Arena *arena = arena_new();
  ARRAY(Item) items = {0};
  for (int i = 0; i < 100; i++) {
    Item *item = array_add(arena, &items);
    assert_int_equal(item->key, 0);
    item->key = UINT64_MAX;
  }
  arena_free(arena);
}

static void capacity_doubles_from_eight(void **state) {
  (void)state;
  Arena *arena = arena_new();
  ARRAY(uint32_t) numbers = {0};
  array_push(arena, &numbers, 1);
  assert_int_equal(numbers.capacity, 8);
  while (numbers.count < 9)
    array_push(arena, &numbers, 1);
  assert_int_equal(numbers.capacity, 16);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(items_keep_their_order_and_values_while_growing),
      cmocka_unit_test(added_items_are_zeroed),
      cmocka_unit_test(capacity_doubles_from_eight),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
