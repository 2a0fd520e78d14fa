// The tables of known APIs are searched by halving: they must be in order, each path once.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "models/model.h"

static void check_order(Traits traits) {
  Module module = {.traits = traits};
  const Model *rows;
  uint32_t count = models_rows(&module, &rows);
  assert_true(count > 50);
  for (uint32_t i = 1; i < count; i++)
    if (strcmp(rows[i - 1].path, rows[i].path) >= 0)
      fail_msg("\"%s\" stands before \"%s\"", rows[i - 1].path, rows[i].path);
}

static void rows_are_in_order(void **state) {
  (void)state;
  check_order((Traits){.receiver_is_parameter = true});
  check_order((Traits){.call_starts_async = true});
}

static void finds_rows_by_path_and_method(void **state) {
  (void)state;
  Arena *arena = arena_new();
  Module module = {.arena = arena, .symbols = symbols_new(arena), .traits = {.receiver_is_parameter = true}};
  Models *models = models_new(arena, &module);
  assert_int_equal(models_find(models, symbol_of_string(module.symbols, "asyncio.gather"))->kind, MODEL_GATHER);
  assert_int_equal(models_find_method(models, symbol_of_string(module.symbols, "append"))->effects, EFFECT_ADD);
  assert_null(models_find(models, symbol_of_string(module.symbols, "asyncio.gathers")));
  assert_null(models_find_method(models, symbol_of_string(module.symbols, "appended")));
  arena_free(arena);
}

static void tells_locks_by_their_names(void **state) {
  (void)state;
  assert_true(model_name_is_lock("_lock"));
  assert_true(model_name_is_lock("writeLock"));
  assert_true(model_name_is_lock("MUTEX"));
  assert_false(model_name_is_lock("block"));
  assert_false(model_name_is_lock("clock"));
  assert_false(model_name_is_lock("locked_by"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_are_in_order),
      cmocka_unit_test(finds_rows_by_path_and_method),
      cmocka_unit_test(tells_locks_by_their_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
