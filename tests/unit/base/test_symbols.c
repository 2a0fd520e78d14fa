#include "base/symbols.h"

#include "unit.h"
#include <stdio.h>

typedef struct Table {
  Arena *arena;
  Symbols *symbols;
} Table;

static int setup(void **state) {
  static Table table;
  table.arena = arena_new();
  table.symbols = symbols_new(table.arena);
  *state = &table;
  return 0;
}

static int teardown(void **state) {
  Table *table = *state;
  arena_free(table->arena);
  return 0;
}

static void symbol_zero_is_the_empty_string(void **state) {
  Symbols *symbols = ((Table *)*state)->symbols;
  assert_int_equal(symbols_count(symbols), 1);
  assert_int_equal(symbol_of_string(symbols, ""), 0);
  assert_int_equal(symbol_of(symbols, NULL, 0), 0);
  assert_string_equal(symbol_text(symbols, 0), "");
  assert_int_equal(symbol_length(symbols, 0), 0);
}

static void equal_strings_have_equal_symbols(void **state) {
  Symbols *symbols = ((Table *)*state)->symbols;
  Symbol visits = symbol_of_string(symbols, "visits");
  assert_int_equal(symbol_of(symbols, "visits += 1", 6), visits);
  assert_int_not_equal(symbol_of_string(symbols, "visit"), visits);
  assert_int_not_equal(symbol_of(symbols, "visits\0", 7), visits);
  assert_string_equal(symbol_text(symbols, visits), "visits");
  assert_int_equal(symbol_length(symbols, visits), 6);
}

static void many_symbols_stay_what_they_are(void **state) {
  Symbols *symbols = ((Table *)*state)->symbols;
  char name[32];
  for (int i = 0; i < 20000; i++) {
    snprintf(name, sizeof name, "name_%d", i);
    assert_int_equal(symbol_of_string(symbols, name), i + 1);
  }
  for (int i = 0; i < 20000; i++) {
    snprintf(name, sizeof name, "name_%d", i);
    assert_string_equal(symbol_text(symbols, symbol_of_string(symbols, name)), name);
  }
  assert_int_equal(symbols_count(symbols), 20001);
}

static void names_are_joined_with_a_dot(void **state) {
  Symbols *symbols = ((Table *)*state)->symbols;
  Symbol asyncio = symbol_of_string(symbols, "asyncio"), lock = symbol_of_string(symbols, "Lock");
  assert_string_equal(symbol_text(symbols, symbol_join(symbols, asyncio, lock)), "asyncio.Lock");
  assert_int_equal(symbol_join(symbols, asyncio, lock), symbol_of_string(symbols, "asyncio.Lock"));
  assert_int_equal(symbol_join(symbols, 0, lock), lock);
  assert_int_equal(symbol_join(symbols, asyncio, 0), asyncio);
  assert_int_equal(symbol_join(symbols, 0, 0), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(symbol_zero_is_the_empty_string, setup, teardown),
      cmocka_unit_test_setup_teardown(equal_strings_have_equal_symbols, setup, teardown),
      cmocka_unit_test_setup_teardown(many_symbols_stay_what_they_are, setup, teardown),
      cmocka_unit_test_setup_teardown(names_are_joined_with_a_dot, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
