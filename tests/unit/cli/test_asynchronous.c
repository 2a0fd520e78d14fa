#include "cli/asynchronous.h"

#include "unit.h"
#include <string.h>

static bool found(Language language, const char *text) {
  return asynchronous_text(language, text, strlen(text));
}

static void words_of_each_language(void **state) {
  (void)state;
  assert_true(found(LANGUAGE_PYTHON, "async def f(): pass"));
  assert_true(found(LANGUAGE_PYTHON, "import trio"));
  assert_true(found(LANGUAGE_PYTHON, "loop.create_task(f())"));
  assert_true(found(LANGUAGE_PYTHON, "import os, asyncio as aio"));
  assert_true(found(LANGUAGE_PYTHON, "async\\\n def f(): pass"));
  assert_true(found(LANGUAGE_PYTHON, "async   def f(): pass"));
  assert_true(found(LANGUAGE_JAVASCRIPT, "async()=>{}"));
  assert_true(found(LANGUAGE_JAVASCRIPT, "asynchronous; async"));
  assert_true(found(LANGUAGE_JAVASCRIPT, "new Promise(f)"));
  assert_true(found(LANGUAGE_TYPESCRIPT, "f().then(g)"));
  assert_true(found(LANGUAGE_TSX, "await f()"));
}

static void nothing_asynchronous(void **state) {
  (void)state;
  assert_false(found(LANGUAGE_PYTHON, "def f(): return 1"));
  assert_false(found(LANGUAGE_PYTHON, ""));
  assert_false(found(LANGUAGE_PYTHON, "# async code runs elsewhere; await it\nthreading.Thread(target=f)"));
  assert_false(found(LANGUAGE_JAVASCRIPT, "// asynchronous; awaited; asyncLib; Promises"));
  assert_false(found(LANGUAGE_JAVASCRIPT, "function f() { return 1; }"));
  assert_false(asynchronous_text(LANGUAGE_PYTHON, "async", 4));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_of_each_language),
      cmocka_unit_test(nothing_asynchronous),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
