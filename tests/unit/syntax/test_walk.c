#include "syntax/walk.h"

#include "unit.h"
#include <stdlib.h>
#include <string.h>

// A cursor that follows the walk and must be told the same.
typedef struct Follower {
  TSTreeCursor cursor;
  bool is_first; // of the nodes at this depth
  bool is_started;
  uint32_t count;
  const char *closed; // a type that is not gone into
} Follower;

static void step(Follower *follower) {
  if (!follower->is_started)
    follower->is_started = true;
  else if (follower->is_first)
    assert_true(ts_tree_cursor_goto_first_child(&follower->cursor));
  else
    assert_true(ts_tree_cursor_goto_next_sibling(&follower->cursor));
}

static bool enter(void *context, const WalkNode *node) {
  Follower *follower = context;
  step(follower);
  TSNode expected = ts_tree_cursor_current_node(&follower->cursor);
  assert_int_equal(node->symbol, ts_node_symbol(expected));
  assert_int_equal(node->field, ts_tree_cursor_current_field_id(&follower->cursor));
  assert_int_equal(node->named, ts_node_is_named(expected));
  assert_int_equal(node->extra, ts_node_is_extra(expected));
  assert_int_equal(node->has_children, ts_node_child_count(expected) > 0);
  assert_int_equal(node->span.start, ts_node_start_byte(expected));
  assert_int_equal(node->span.end, ts_node_end_byte(expected));
  follower->count++;
  bool opens = node->has_children && (!follower->closed || strcmp(follower->closed, ts_node_type(expected)) != 0);
  follower->is_first = opens;
  return opens;
}

static void leave(void *context) {
  Follower *follower = context;
  assert_false(ts_tree_cursor_goto_next_sibling(&follower->cursor));
  assert_true(ts_tree_cursor_goto_parent(&follower->cursor));
  follower->is_first = false;
}

static uint32_t count_walked(Language language, const char *source, size_t length, const char *closed) {
  Text *text = text_new(source, length);
  Syntax *syntax = syntax_parse(language, text, NULL);
  text_unref(text);
  Follower follower = {.cursor = ts_tree_cursor_new(syntax_root(syntax)), .closed = closed};
  syntax_walk(syntax, (WalkVisitor){&follower, enter, leave});
  assert_false(ts_tree_cursor_goto_parent(&follower.cursor));
  ts_tree_cursor_delete(&follower.cursor);
  uint32_t descendants = ts_node_descendant_count(syntax_root(syntax));
  if (!closed)
    assert_int_equal(follower.count, descendants);
  syntax_free(syntax);
  return follower.count;
}

static const struct {
  Language language;
  const char *source;
} SOURCES[] = {
    {LANGUAGE_PYTHON, ""},
    {LANGUAGE_PYTHON, "\n\n# only a comment\n"},
    {LANGUAGE_PYTHON, "@cached(\n    ttl=3  # seconds\n)\nasync def f(a, /, b: int = 1, *c, d=2, **e) -> str:\n"
                      "    # first\n    async with a as b, c: x[1:2] += await f'{y!r:>{w}}h\xc3\xa9'\n"
                      "    match p:\n        case {'k': [1, *_]} if q: return lambda: (yield)\n"
                      "    try: pass\n    except* E as e: raise\n    finally: print(*a, **b)\n"},
    {LANGUAGE_PYTHON, "def f(:\n  x = = 1\n\tawait (\nclass"},
    {LANGUAGE_JAVASCRIPT,
     "// c\nclass A extends B { static #p = 1; get x() { return this.#p?.y ?? 0 } static { f() } }\n"
     "for await (const { a, ...b } of c) label: switch (a) { case 1: break label; default: }\n"
     "export default async function* g() { yield* `t${await h}` }\nconst e = <p a={1}>{x}<B/></p>\n"},
    {LANGUAGE_JAVASCRIPT, "if (a) { b( } else ] => async function"},
    {LANGUAGE_TYPESCRIPT,
     "abstract class A<T extends B = C> implements D { constructor(private readonly x?: T) { super() }\n"
     "  @dec() declare y: Map<string, A[]>; abstract z(): asserts this is T }\n"
     "namespace N.M { export enum E { a = 1, b } }\nconst x = <T>y as const satisfies Z;\n"},
    {LANGUAGE_TSX, "const P: FC<Q> = ({ a }: Q) => <><A {...a} b=\"c\">text &amp; {/* d */}</A></>;\n"},
};

static void a_walk_tells_what_a_cursor_does(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof SOURCES / sizeof *SOURCES; i++)
    assert_true(count_walked(SOURCES[i].language, SOURCES[i].source, strlen(SOURCES[i].source), NULL) > 0);
}

// What is broken off anywhere has errors and missing nodes anywhere.
static void broken_sources_are_walked(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof SOURCES / sizeof *SOURCES; i++)
    for (size_t length = strlen(SOURCES[i].source); length > 0; length--)
      count_walked(SOURCES[i].language, SOURCES[i].source, length, NULL);
}

static void what_is_closed_is_passed_over(void **state) {
  (void)state;
  const char *source = "def f(a, b):\n    pass\n\nx = (1, 2)\n";
  uint32_t all = count_walked(LANGUAGE_PYTHON, source, strlen(source), NULL);
  assert_int_equal(count_walked(LANGUAGE_PYTHON, source, strlen(source), "module"), 1);
  assert_int_equal(count_walked(LANGUAGE_PYTHON, source, strlen(source), "parameters"), all - 5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_walk_tells_what_a_cursor_does),
      cmocka_unit_test(broken_sources_are_walked),
      cmocka_unit_test(what_is_closed_is_passed_over),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
