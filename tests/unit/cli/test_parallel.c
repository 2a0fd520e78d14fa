#include "cli/parallel.h"

#include "unit.h"
#include <stdatomic.h>

enum { COUNT = 20000 };

typedef struct Squares {
  uint64_t items[COUNT];
  uint32_t delivered;
  atomic_uint waiting, most_waiting;
} Squares;

static void *square(void *context, uint32_t index) {
  Squares *squares = context;
  squares->items[index] = (uint64_t)index * index;
  unsigned waiting = atomic_fetch_add(&squares->waiting, 1) + 1;
  unsigned most = atomic_load(&squares->most_waiting);
  while (waiting > most && !atomic_compare_exchange_weak(&squares->most_waiting, &most, waiting)) {}
  return &squares->items[index];
}

static void take(void *context, uint32_t index, void *result) {
  Squares *squares = context;
  assert_int_equal(index, squares->delivered);
  assert_int_equal(*(uint64_t *)result, (uint64_t)index * index);
  squares->delivered++;
  atomic_fetch_sub(&squares->waiting, 1);
}

static Squares squares;

static void deliver_in_order(uint32_t count, uint32_t jobs) {
  squares = (Squares){0};
  const ParallelTask task = {square, take, &squares};
  parallel_run(&task, count, jobs);
  assert_int_equal(squares.delivered, count);
}

static void results_come_in_order(void **state) {
  (void)state;
  for (uint32_t jobs = 1; jobs < 9; jobs++)
    deliver_in_order(COUNT, jobs);
  deliver_in_order(0, 4);
  deliver_in_order(1, 4);
  deliver_in_order(3, 1000);
}

// One result more than the window may be on its way: delivered, and not yet counted off.
static void few_results_wait(void **state) {
  (void)state;
  deliver_in_order(COUNT, 4);
  assert_true(squares.most_waiting <= 4 * 16 + 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(results_come_in_order),
      cmocka_unit_test(few_results_wait),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
