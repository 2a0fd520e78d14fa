#include "syntax/syntax.h"

#include "unit.h"
#include <string.h>

typedef struct Expectation {
  const char *name;
  Language language;
} Expectation;

static void paths_tell_the_language(void **state) {
  (void)state;
  static const Expectation paths[] = {
      {"app.py", LANGUAGE_PYTHON},
      {"/srv/app.v2/main.py", LANGUAGE_PYTHON},
      {"a.js", LANGUAGE_JAVASCRIPT},
      {"a.mjs", LANGUAGE_JAVASCRIPT},
      {"a.cjs", LANGUAGE_JAVASCRIPT},
      {"a.jsx", LANGUAGE_JAVASCRIPT},
      {"a.ts", LANGUAGE_TYPESCRIPT},
      {"a.mts", LANGUAGE_TYPESCRIPT},
      {"a.cts", LANGUAGE_TYPESCRIPT},
      {"a.test.ts", LANGUAGE_TYPESCRIPT},
      {"a.tsx", LANGUAGE_TSX},
      {"a.d.ts", LANGUAGE_NONE},
      {"a.d.mts", LANGUAGE_NONE},
      {"a.d.cts", LANGUAGE_NONE},
      {"README.md", LANGUAGE_NONE},
      {"py", LANGUAGE_NONE},
      {"", LANGUAGE_NONE},
      {"a.py/", LANGUAGE_NONE},
  };
  for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
    assert_int_equal(language_of_path(paths[i].name), paths[i].language);
}

static void editors_ids_tell_the_language(void **state) {
  (void)state;
  static const Expectation ids[] = {
      {"python", LANGUAGE_PYTHON},
      {"javascript", LANGUAGE_JAVASCRIPT},
      {"javascriptreact", LANGUAGE_JAVASCRIPT},
      {"typescript", LANGUAGE_TYPESCRIPT},
      {"typescriptreact", LANGUAGE_TSX},
      {"rust", LANGUAGE_NONE},
      {"", LANGUAGE_NONE},
  };
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
    assert_int_equal(language_of_id(ids[i].name), ids[i].language);
}

static void first_lines_tell_the_language(void **state) {
  (void)state;
  static const Expectation lines[] = {
      {"#!/usr/bin/env python3", LANGUAGE_PYTHON},
      {"#!/usr/bin/python", LANGUAGE_PYTHON},
      {"#! /usr/local/bin/python3.12 -u\nimport x\n", LANGUAGE_PYTHON},
      {"#!/usr/bin/env -S FOO=bar node --no-warnings", LANGUAGE_JAVASCRIPT},
      {"#!/usr/bin/env tsx\r\n", LANGUAGE_TYPESCRIPT},
      {"#!/usr/bin/env -S deno run", LANGUAGE_TYPESCRIPT},
      {"#!/bin/sh\n# python", LANGUAGE_NONE},
      {"#!/usr/bin/env\npython", LANGUAGE_NONE},
      {"#!", LANGUAGE_NONE},
      {"#", LANGUAGE_NONE},
      {"python", LANGUAGE_NONE},
      {"", LANGUAGE_NONE},
  };
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    assert_int_equal(language_of_script(lines[i].name, strlen(lines[i].name)), lines[i].language);
    assert_int_equal(language_of_file("bin/tool", lines[i].name, strlen(lines[i].name)), lines[i].language);
    assert_int_equal(language_of_file("tool.js", lines[i].name, strlen(lines[i].name)), LANGUAGE_JAVASCRIPT);
  }
}

// A grammar whose ABI the core does not read would be refused here, not in a user's editor.
static void every_language_has_a_name_and_a_grammar(void **state) {
  (void)state;
  assert_string_equal(language_name(LANGUAGE_NONE), "none");
  assert_null(language_grammar(LANGUAGE_NONE));
  for (Language language = LANGUAGE_NONE + 1; language < LANGUAGE_COUNT; language++) {
    assert_non_null(language_name(language));
    TSParser *parser = ts_parser_new();
    assert_true(ts_parser_set_language(parser, language_grammar(language)));
    ts_parser_delete(parser);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(paths_tell_the_language),
      cmocka_unit_test(editors_ids_tell_the_language),
      cmocka_unit_test(first_lines_tell_the_language),
      cmocka_unit_test(every_language_has_a_name_and_a_grammar),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
