// Halves of characters in JSON become U+FFFD; everything else stays.
#include "rpc/surrogates.h"

#include "unit.h"
#include <string.h>

typedef struct Case {
  const char *json, *repaired; // the latter NULL when nothing is to be done
} Case;

static const Case CASES[] = {
    {"\"plain\"", NULL},
    {"\"\\ud83c\\udf0d\"", NULL},
    {"\"\\uD83C\"", "\"\\uFFFD\""},
    {"\"\\udf0d\"", "\"\\uFFFD\""},
    {"\"\\udf0d\\ud83c\"", "\"\\uFFFD\\uFFFD\""},
    {"\"\\ud83c\\ud83c\\udf0d\"", "\"\\uFFFD\\ud83c\\udf0d\""},
    {"\"\\\\ud83c\"", NULL}, // a backslash and five letters
    {"\"\\\\\\ud83cx\"", "\"\\\\\\uFFFDx\""},
    {"\"\\ud83", NULL},
    {"\\", NULL},
    {"", NULL},
};

static void lone_surrogates_are_replaced(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    char json[64];
    strcpy(json, CASES[i].json);
    assert_int_equal(surrogates_repair(json, strlen(json)), CASES[i].repaired != NULL);
    assert_string_equal(json, CASES[i].repaired ? CASES[i].repaired : CASES[i].json);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(lone_surrogates_are_replaced)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
