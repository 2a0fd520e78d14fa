#include "models/resource.h"

#include "unit.h"
#include <stdio.h>
#include <string.h>

static const Module PYTHON = {.traits = {.receiver_is_parameter = true}};
static const Module JAVASCRIPT = {.traits = {.call_starts_async = true}};

static void assert_ordered(const Module *module) {
  const Resource *rows;
  uint32_t count = resource_rows(module, &rows);
  assert_true(count > 0);
  for (uint32_t i = 1; i < count; i++)
    if (strcmp(rows[i - 1].path, rows[i].path) >= 0)
      fail_msg("%s stands before %s", rows[i - 1].path, rows[i].path);
}

static void rows_are_in_order_of_path(void **state) {
  (void)state;
  assert_ordered(&PYTHON);
  assert_ordered(&JAVASCRIPT);
}

static void a_path_has_its_row_or_the_nearest_above(void **state) {
  (void)state;
  assert_true(resource_find(&PYTHON, "asyncpg.Connection")->uses & RESOURCE_SESSION);
  assert_true(resource_find(&PYTHON, "openai.AsyncOpenAI.chat.completions.create")->uses & RESOURCE_REMOTE);
  assert_null(resource_find(&PYTHON, "openai"));
  assert_null(resource_find(&PYTHON, ""));
  char longest[4096];
  memset(longest, 'a', sizeof longest - 1);
  longest[sizeof longest - 1] = 0;
  assert_null(resource_find(&JAVASCRIPT, longest));
  assert_null(resource_find_method(&JAVASCRIPT, longest, longest));
}

static void a_method_is_found_by_the_name_of_its_object(void **state) {
  (void)state;
  assert_string_equal(resource_find_method(&PYTHON, "self_redis", "get")->path, "?redis.get");
  assert_string_equal(resource_find_method(&JAVASCRIPT, "userRedis", "set")->path, "?redis.set");
  assert_null(resource_find_method(&PYTHON, "credis", "get"));
  assert_string_equal(resource_find_method(&PYTHON, "", "is_dir")->path, "*.is_dir");
}

static void the_last_word_of_a_name(void **state) {
  (void)state;
  char word[RESOURCE_WORD];
  const char *const cases[][2] = {
      {"_http", "http"}, {"httpClient", "client"}, {"DB", "db"}, {"#redis", "redis"}, {"", ""}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    resource_last_word(cases[i][0], word);
    assert_string_equal(word, cases[i][1]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_are_in_order_of_path),
      cmocka_unit_test(a_path_has_its_row_or_the_nearest_above),
      cmocka_unit_test(a_method_is_found_by_the_name_of_its_object),
      cmocka_unit_test(the_last_word_of_a_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
