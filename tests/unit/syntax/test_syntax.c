#include "syntax/syntax.h"
#include "syntax/tree_pool.h"

#include "trees.h"
#include "unit.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static Syntax *parse(Language language, const char *source) {
  Text *text = text_new(source, strlen(source));
  Syntax *syntax = syntax_parse(language, text, NULL);
  text_unref(text);
  return syntax;
}

static Syntax *edit(const Syntax *old, Span span, const char *bytes) {
  TextEdit change = {span, bytes, (uint32_t)strlen(bytes)};
  Text *text = text_edit(syntax_text(old), change);
  Syntax *syntax = syntax_edit(old, text, span, change.length, NULL);
  text_unref(text);
  return syntax;
}

static const char PYTHON[] = "import asyncio\n\nvisits = 0\n\n\nasync def record_visit():\n    global visits\n"
                             "    seen = visits  # h\xc3\xa9llo\n    await asyncio.sleep(0)\n    visits = seen + 1\n";
static const char SCRIPT[] =
    "let visits = 0;\n\nasync function recordVisit() {\n  const seen = visits; // \xf0\x9f\x8c\x8d\n"
    "  await null;\n  visits = seen + 1;\n}\n";

static int install_pools(void **state) {
  (void)state;
  tree_pools_install();
  return 0;
}

static void *free_tree(void *syntax) {
  syntax_free(syntax);
  return NULL;
}

static void a_tree_may_be_freed_by_another_thread(void **state) {
  (void)state;
  Syntax *syntax = parse(LANGUAGE_PYTHON, PYTHON), *other = syntax_ref(syntax);
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, free_tree, syntax), 0);
  assert_int_equal(pthread_join(thread, NULL), 0);
  assert_string_equal(ts_node_type(syntax_root(other)), "module");
  syntax_free(other);
}

static void every_language_parses_its_own(void **state) {
  (void)state;
  static const struct {
    Language language;
    const char *source, *root;
  } rows[] = {
      {LANGUAGE_PYTHON, PYTHON, "module"},
      {LANGUAGE_JAVASCRIPT, SCRIPT, "program"},
      {LANGUAGE_JAVASCRIPT, "const page = <p>{await text()}</p>;\n", "program"},
      {LANGUAGE_TYPESCRIPT, "const names = <string[]>await load();\n", "program"},
      {LANGUAGE_TSX, "const page: Page = <p>{text}</p>;\n", "program"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Syntax *syntax = parse(rows[i].language, rows[i].source);
    assert_non_null(syntax);
    assert_int_equal(syntax_language(syntax), rows[i].language);
    assert_string_equal(ts_node_type(syntax_root(syntax)), rows[i].root);
    assert_false(ts_node_has_error(syntax_root(syntax)));
    assert_int_equal(ts_node_end_byte(syntax_root(syntax)), strlen(rows[i].source));
    syntax_free(syntax);
  }
}

static void what_has_no_grammar_is_not_parsed(void **state) {
  (void)state;
  assert_null(parse(LANGUAGE_NONE, PYTHON));
}

static void a_raised_flag_cancels(void **state) {
  (void)state;
  Cancel cancel = {0};
  Text *text = text_new(PYTHON, strlen(PYTHON));
  Syntax *syntax = syntax_parse(LANGUAGE_PYTHON, text, &cancel);
  assert_non_null(syntax);
  cancel_raise(&cancel);
  assert_null(syntax_parse(LANGUAGE_PYTHON, text, &cancel));
  assert_null(syntax_edit(syntax, text, (Span){0, 0}, 0, &cancel));
  syntax_free(syntax);
  text_unref(text);
}

static void the_text_lives_as_long_as_its_tree(void **state) {
  (void)state;
  Syntax *syntax = parse(LANGUAGE_PYTHON, PYTHON), *other = syntax_ref(syntax);
  syntax_free(syntax);
  assert_string_equal(text_bytes(syntax_text(other)), PYTHON);
  assert_string_equal(ts_node_type(syntax_root(other)), "module");
  syntax_free(other);
  syntax_free(NULL);
}

static void an_edit_leaves_the_old_tree_as_it_was(void **state) {
  (void)state;
  Syntax *old = parse(LANGUAGE_JAVASCRIPT, SCRIPT), *fresh = parse(LANGUAGE_JAVASCRIPT, SCRIPT);
  Syntax *edited = edit(old, (Span){4, 10}, "hits");
  assert_true(same_tree(old, fresh));
  assert_false(same_tree(old, edited));
  syntax_free(old);
  syntax_free(fresh);
  syntax_free(edited);
}

// Replays edits at random places, each undone by the next: the source in between is mostly broken, as it is while
// somebody types, and whole again every second time.
static void replay(Language language, const char *source, unsigned seed) {
  static const char *const pieces[] = {"x", "\n", "\r\n",   "\r",       " ",
                                       "(", "\"", "await ", "\xc3\xa9", "\xf0\x9f\x8c\x8d"};
  Syntax *whole = parse(language, source), *now = syntax_ref(whole);
  uint32_t length = (uint32_t)strlen(source);
  for (int i = 0; i < 300; i++) {
    seed = seed * 1103515245 + 12345;
    const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
    seed = seed * 1103515245 + 12345;
    uint32_t place = (seed >> 8) % (length + 1), end = place + strlen(piece);
    Syntax *broken = edit(now, (Span){place, place}, piece);
    Syntax *mended = edit(broken, (Span){place, end}, "");
    assert_true(same_tree(mended, whole));
    syntax_free(now);
    syntax_free(broken);
    now = mended;
  }
  syntax_free(now);
  syntax_free(whole);
}

static void undone_edits_give_the_tree_of_a_fresh_parse(void **state) {
  (void)state;
  replay(LANGUAGE_PYTHON, PYTHON, 1);
  replay(LANGUAGE_JAVASCRIPT, SCRIPT, 2);
  replay(LANGUAGE_TYPESCRIPT, SCRIPT, 3);
  replay(LANGUAGE_TSX, SCRIPT, 4);
}

// A text grown one character at a time, as it is typed.
static void typed_texts_have_the_tree_of_a_fresh_parse(void **state) {
  (void)state;
  Syntax *typed = parse(LANGUAGE_PYTHON, "");
  for (uint32_t i = 0; i < strlen(PYTHON); i++) {
    Syntax *next = edit(typed, (Span){i, i}, (char[]){PYTHON[i], 0});
    syntax_free(typed);
    typed = next;
  }
  Syntax *fresh = parse(LANGUAGE_PYTHON, PYTHON);
  assert_true(same_tree(typed, fresh));
  syntax_free(typed);
  syntax_free(fresh);
}

static void trees_with_errors_are_settled_by_a_fresh_parse(void **state) {
  (void)state;
  Syntax *whole = parse(LANGUAGE_PYTHON, PYTHON), *broken = edit(whole, (Span){0, 0}, "(");
  Syntax *mended = edit(broken, (Span){0, 1}, ""), *other = syntax_ref(broken);
  Syntax *fresh = syntax_parse(LANGUAGE_PYTHON, syntax_text(broken), NULL);
  assert_true(syntax_is_settled(whole));
  assert_false(syntax_is_settled(broken));
  assert_false(syntax_is_settled(other));
  assert_true(syntax_is_settled(mended));
  assert_true(syntax_is_settled(fresh));
  syntax_free(whole);
  syntax_free(broken);
  syntax_free(mended);
  syntax_free(other);
  syntax_free(fresh);
}

// The grammar of TypeScript does not know it.
static void using_is_read_as_a_declaration(void **state) {
  (void)state;
  static const char *const rows[] = {
      "using link = open();\n",
      "async function f() {\n  await using link: Link = open(); using other = link;\n}\n",
      "const text = \"using x = 1\"; // using y = 2\n",
      "type A = { using: string }; const old = a.using;\n",
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Syntax *syntax = parse(LANGUAGE_TYPESCRIPT, rows[i]);
    assert_false(ts_node_has_error(syntax_root(syntax)));
    syntax_free(syntax);
  }
  Syntax *half = parse(LANGUAGE_TYPESCRIPT, "let a = 1;\nusing link;\n");
  Syntax *whole = edit(half, (Span){21, 21}, " = open()");
  assert_false(ts_node_has_error(syntax_root(whole)));
  assert_string_equal(ts_node_type(ts_node_named_child(syntax_root(whole), 1)), "lexical_declaration");
  syntax_free(half);
  syntax_free(whole);
}

static void spans_past_the_end_are_clipped(void **state) {
  (void)state;
  Syntax *old = parse(LANGUAGE_PYTHON, "a = 1\n"), *edited = edit(old, (Span){6, 60}, "b = 2\n");
  Syntax *fresh = parse(LANGUAGE_PYTHON, "a = 1\nb = 2\n");
  assert_true(same_tree(edited, fresh));
  syntax_free(old);
  syntax_free(edited);
  syntax_free(fresh);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_language_parses_its_own),
      cmocka_unit_test(what_has_no_grammar_is_not_parsed),
      cmocka_unit_test(a_raised_flag_cancels),
      cmocka_unit_test(the_text_lives_as_long_as_its_tree),
      cmocka_unit_test(an_edit_leaves_the_old_tree_as_it_was),
      cmocka_unit_test(undone_edits_give_the_tree_of_a_fresh_parse),
      cmocka_unit_test(typed_texts_have_the_tree_of_a_fresh_parse),
      cmocka_unit_test(trees_with_errors_are_settled_by_a_fresh_parse),
      cmocka_unit_test(using_is_read_as_a_declaration),
      cmocka_unit_test(spans_past_the_end_are_clipped),
      cmocka_unit_test(a_tree_may_be_freed_by_another_thread),
  };
  int failed = cmocka_run_group_tests_name("each node by itself", tests, NULL, NULL);
  return failed + cmocka_run_group_tests_name("in pools", tests, install_pools, NULL);
}
