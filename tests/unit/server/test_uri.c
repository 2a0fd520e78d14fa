#include "uri.h"

#include "unit.h"
#include <stdlib.h>

static void check(const char *uri, const char *wanted) {
  char *path = uri_path(uri);
  if (wanted)
    assert_string_equal(path, wanted);
  else
    assert_null(path);
  free(path);
}

static void uris_of_files(void **state) {
  (void)state;
  check("file:///a/b.py", "/a/b.py");
  check("file://localhost/a/b.py", "/a/b.py");
  check("FILE:///a%20b/%C3%A9%2fc.py", "/a b/\xc3\xa9/c.py");
  check("file:///a%", "/a%");
  check("file:///a%4", "/a%4");
  check("file://host/a", NULL);
  check("untitled:Untitled-1", NULL);
  check("", NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(uris_of_files)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
