#include "config/glob.h"

#include "unit.h"

static void patterns_and_paths(void **state) {
  (void)state;
  static const struct {
    const char *pattern, *path;
    bool matches;
  } rows[] = {
      {"a.py", "a.py", true},
      {"a.py", "src/deep/a.py", true},
      {"src", "src/deep/a.py", true},
      {"deep", "src/deep/a.py", true},
      {"dee", "src/deep/a.py", false},
      {"*.py", "src/a.py", true},
      {"*.py", "src/a.js", false},
      {"src/", "src/a.py", true},
      {"src/a.py", "src/a.py", true},
      {"./src/a.py", "src/a.py", true},
      {"/src/a.py", "src/a.py", true},
      {"/a.py", "src/a.py", false},
      {"src/a.py", "lib/src/a.py", false},
      {"src/*", "src/deep/a.py", true},
      {"src/*.py", "src/deep/a.py", false},
      {"**/a.py", "a.py", true},
      {"**/a.py", "src/deep/a.py", true},
      {"src/**", "src/a.py", true},
      {"src/**/a.py", "src/a.py", true},
      {"src/**/a.py", "src/x/y/a.py", true},
      {"src/**/a.py", "lib/x/a.py", false},
      {"a/**/b/**/c", "a/b/x/b/y/c", true},
      {"a/**/b/**/c", "a/x/y/c", false},
      {"**/**/c", "c", true},
      {"gen_[0-9].py", "x/gen_3.py", true},
      {"", "a.py", false},
      {"**", "a.py", true},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (glob_matches(rows[i].pattern, rows[i].path) != rows[i].matches)
      fail_msg("%s and %s", rows[i].pattern, rows[i].path);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(patterns_and_paths)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
