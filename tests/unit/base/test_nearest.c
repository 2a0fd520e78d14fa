#include "base/nearest.h"

#include "unit.h"

static void distances(void **state) {
  (void)state;
  assert_int_equal(nearest_distance("", ""), 0);
  assert_int_equal(nearest_distance("json", "json"), 0);
  assert_int_equal(nearest_distance("json", "jsonl"), 1);
  assert_int_equal(nearest_distance("json", "jsno"), 1);
  assert_int_equal(nearest_distance("", "abc"), 3);
  assert_int_equal(nearest_distance("kitten", "sitting"), 3);
}

static void very_long_words_are_compared_by_length(void **state) {
  (void)state;
  char word[200];
  for (size_t i = 0; i < sizeof word; i++)
    word[i] = 'x';
  word[sizeof word - 1] = 0;
  assert_int_equal(nearest_distance(word, "x"), 199);
}

static void only_near_words_are_named(void **state) {
  (void)state;
  Nearest nearest = nearest_to("selct");
  nearest_offer(&nearest, "statistics");
  assert_null(nearest_word(&nearest));
  nearest_offer(&nearest, "select");
  nearest_offer(&nearest, "severity");
  assert_string_equal(nearest_word(&nearest), "select");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(distances),
      cmocka_unit_test(very_long_words_are_compared_by_length),
      cmocka_unit_test(only_near_words_are_named),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
