// The Python frontend: the shapes that the analysis relies on, and that no text at all upsets it.
#include "frontend/frontend.h"
#include "frontend/python/grammar.h"

#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Lowered {
  Arena *arena;
  Module *module;
} Lowered;

static Lowered lower_bytes(const char *source, size_t length) {
  Text *text = text_new(source, length);
  Syntax *syntax = syntax_parse(LANGUAGE_PYTHON, text, NULL);
  Arena *arena = arena_new();
  Module *module = python_lower(syntax, arena);
  const char *fault = module_verify(module);
  if (fault)
    fail_msg("%s in:\n%.*s", fault, (int)length, source);
  syntax_free(syntax);
  text_unref(text);
  return (Lowered){arena, module};
}

static Lowered lower_text(const char *source) {
  return lower_bytes(source, strlen(source));
}

// --- the table of node types

static void every_row_and_field_is_in_the_grammar(void **state) {
  (void)state;
  const char *missing = python_grammar()->missing;
  if (missing)
    fail_msg("the grammar has no %s", missing);
}

static void every_named_node_has_a_row(void **state) {
  (void)state;
  const TSLanguage *grammar = language_grammar(LANGUAGE_PYTHON);
  for (uint32_t symbol = 1; symbol < ts_language_symbol_count(grammar); symbol++)
    if (ts_language_symbol_type(grammar, (TSSymbol)symbol) == TSSymbolTypeRegular && !python_grammar()->kinds[symbol])
      fail_msg("kinds.def has no row for %s", ts_language_symbol_name(grammar, (TSSymbol)symbol));
}

// --- shapes

typedef struct Shape {
  const char *source;
  const char *expected; // a part of the printed module
} Shape;

static void expect_shapes(const Shape *shapes, size_t count) {
  uint32_t wrong = 0;
  for (size_t i = 0; i < count; i++) {
    Lowered lowered = lower_text(shapes[i].source);
    const char *printed = module_print(lowered.module);
    if (!strstr(printed, shapes[i].expected)) {
      wrong++;
      print_error("---\n%s--- lowers to\n%s--- without\n%s---\n", shapes[i].source, printed, shapes[i].expected);
    }
    arena_free(lowered.arena);
  }
  assert_int_equal(wrong, 0);
}

#define EXPECT_SHAPES(shapes) expect_shapes(shapes, sizeof(shapes) / sizeof *(shapes))

static void assignments(void **state) {
  (void)state;
  static const Shape shapes[] = {
      {"async def f(self):\n    self.n += await g()\n", "    %2 = get_field self.1 'n' !update\n"
                                                        "    %3 = load @g\n"
                                                        "    %4 = call %3 ( )\n"
                                                        "    %5 = await %4\n"
                                                        "    %6 = compute add ( %2, %5 )\n"
                                                        "    set_field self.1 'n' %6 !update\n"},
      {"def f(d, k):\n    d[k] -= 1\n", "    %3 = get_item d.1 k.2 !update\n"
                                        "    %4 = const number '1'\n"
                                        "    %5 = compute add ( %3, %4 )\n"
                                        "    set_item d.1 k.2 %5 !update\n"},
      {"n = 0\ndef f():\n    global n\n    n += 1\n", "    %1 = load @n !update\n"
                                                      "    %2 = const number '1'\n"
                                                      "    %3 = compute add ( %1, %2 )\n"
                                                      "    store @n %3 !update\n"},
      {"def f(o):\n    o.a = o.b = g()\n", "    set_field o.1 'a' %3\n    set_field o.1 'b' %3\n"},
      {"def f(o):\n    a, (b, *c) = o\n", "    %6 = get_item o.1 %5\n"
                                          "    %7 = const number '0'\n"
                                          "    %8 = get_item %6 %7\n"
                                          "    b.9 = move %8\n"
                                          "    %10 = opaque ( %6 )\n"
                                          "    c.11 = move %10\n"},
      {"def f(o):\n    (a) = o\n", "    a.2 = move o.1\n"},
      {"def f(o, k):\n    del o.a, o[k]\n", "    delete_field o.1 'a'\n    delete_item o.1 k.2\n"},
      {"def f(o):\n    o[1:2, ...] = -1\n", "opaque ( %3, %4 )"},
      {"def f(o):\n    if (n := o.get()) > 1: return n\n", "    n.3 = move %2\n"},
  };
  EXPECT_SHAPES(shapes);
}

static void conditions(void **state) {
  (void)state;
  static const Shape shapes[] = {
      {"def f(a, b):\n    if not a and b: g()\n", "    branch a.1 -> 4 | 2\n  block 2:\n    branch b.2 -> 3 | 4\n"},
      {"def f(a, b):\n    while a or b: g()\n", "    branch a.1 !loop -> 4 | 3\n"},
      {"def f(a, b):\n    return a or b\n",
       "    %3 = move a.1\n    branch a.1 -> 3 | 2\n  block 2:\n    %3 = move b.2\n"},
      {"def f(a):\n    return a if a is None else 1\n", "    %3 = const null ''\n    %4 = compute == ( a.1, %3 )\n"},
      {"def f(a):\n    if 1 < a < 3: g()\n", "    branch %3 -> 2 | 4\n  block 2:\n    %4 = const number '3'\n"},
      {"def f(a):\n    while True:\n        if a: break\n", "    branch a.1 -> 4 | 5\n"},
      {"def f(a, b):\n    a and b.go()\n", "    branch a.1 -> 2 | 3\n  block 2:\n    %3 = call_method b.2 'go' ( ) "
                                           "!discarded\n"},
      {"def f(a):\n    assert a, g()\n",
       "    branch a.1 -> 3 | 2\n  block 2:\n    %2 = load @g\n    %3 = call %2 ( )\n"},
      {"def f(a):\n    if a not in g.d: pass\n", "compute not-in ( a.1, %3 )"},
  };
  EXPECT_SHAPES(shapes);
}

static void loops_and_comprehensions(void **state) {
  (void)state;
  static const Shape shapes[] = {
      {"async def f(a):\n    async for i, j in a: g()\n", "    %2 = iterate a.1 !async\n"
                                                          "    jump -> 2\n"
                                                          "  block 2:\n"
                                                          "    %3 = next %2 !async -> 3 | 4\n"
                                                          "  block 3:\n"
                                                          "    %4 = const number '0'\n"
                                                          "    %5 = get_item %3 %4\n"
                                                          "    i.6 = move %5\n"},
      {"def f(a):\n    return [i.x for i in a if i]\n", "    branch i.5 -> 4 | 2\n"
                                                        "  block 4:\n"
                                                        "    %6 = get_field i.5 'x'\n"
                                                        "    %7 = call_method %2 'append' ( %6 )\n"},
      {"def f(a):\n    return {k: v async for k, v in a}\n", "    set_item %2 k.7 v.10\n"},
      {"def f(a):\n    return g(i for i in {j for j in a})\n", "    %8 = call_method %4 'add' ( j.7 )\n"},
      {"def f(a):\n    [g(i) for i in a]\n", "    %6 = call %5 ( i.4 ) !discarded\n    jump -> 2\n"},
      {"def f(a):\n    for i in a:\n        if i: break\n    else: g()\n", "    %3 = next %2 -> 3 | 7\n"},
      {"class C:\n    x = 1\n    y = [x for _ in range(x)]\n", "    %5 = get_field %1 'x'\n"},
  };
  EXPECT_SHAPES(shapes);
}

static void ways_out(void **state) {
  (void)state;
  static const Shape shapes[] = {
      {"async def f(l):\n    async with l as x: return x\n", "    exit l.1 !async\n    return x.3\n"
                                                             "  block 4:\n"
                                                             "    exit l.1 !async\n    throw\n"},
      {"async def f(s):\n    async with s as s: s.go()\n", "    %2 = move s.1\n    %3 = enter %2 !async\n"},
      {"def f():\n    with (a as b, c() as d): pass\n", "    %6 = enter %5\n"},
      {"def f():\n    with (a, b): pass\n", "    %4 = enter %3\n"},
      {"def f():\n    try: g()\n    except (A, B) as e: h(e)\n", "    %5 = make tuple ( %3, %4 )\n"
                                                                 "    %6 = catch %5\n"
                                                                 "    %7 = compute match ( %6 )\n"
                                                                 "    branch %7 -> 5 | 6\n"
                                                                 "  block 5:\n"
                                                                 "    e.8 = move %6\n"},
      {"def f():\n    try: g()\n    except Exception: return 1\n", "    %4 = catch %3\n    jump -> 5\n"},
      {"def f():\n    try: g()\n    except* E as e: h(e)\n", "    e.6 = move %4\n"},
      {"def f():\n    try: return g()\n    finally: h()\n", "    %4 = call %3 ( ) !discarded\n    return %2\n"},
      {"def f(e):\n    raise E(e) from e\n", "    throw %3\n"},
      {"def f(a):\n    while a:\n        with a: continue\n", "    exit a.1\n    jump -> 2\n"},
  };
  EXPECT_SHAPES(shapes);
}

static void patterns(void **state) {
  (void)state;
  static const Shape shapes[] = {
      {"def f(o):\n    match o.state:\n        case 'idle': g()\n        case _: h()\n",
       "    %2 = get_field o.1 'state'\n    %3 = const string 'idle'\n    %4 = compute == ( %2, %3 )\n"},
      {"def f(o):\n    match o:\n        case P(x=a) if a: g()\n", "    %4 = get_field o.1 'x'\n    a.5 = move %4\n"},
      {"def f(o):\n    match o:\n        case [a, *r] | (a, r): g()\n", "    r.7 = move %6\n"},
      {"def f(o):\n    match o:\n        case {'k': v, **r}: g()\n", "    %4 = get_item o.1 %3\n    v.5 = move %4\n"},
      {"def f(o):\n    match o:\n        case Color.RED as c: g()\n", "    %4 = compute == ( o.1, %3 )\n"},
      {"def f(o):\n    match o:\n        case -1: g()\n        case x: h(x)\n", "    %2 = const number '-1'\n"},
      {"def f(a, b):\n    match a, b:\n        case x, y: g()\n", "    %3 = make tuple ( a.1, b.2 )\n"},
  };
  EXPECT_SHAPES(shapes);
}

static void definitions(void **state) {
  (void)state;
  static const Shape shapes[] = {
      {"@a\n@b(1)\ndef f(): pass\n", "    %1 = load @a\n"
                                     "    %2 = load @b\n"
                                     "    %3 = const number '1'\n"
                                     "    %4 = call %2 ( %3 )\n"
                                     "    %5 = closure function#2\n"
                                     "    %6 = call %4 ( %5 ) !decorator\n"
                                     "    %7 = call %1 ( %6 ) !decorator\n"
                                     "    store @f %7\n"},
      {"class A:\n    def __init__(this): this.x = 1\n", "A.__init__ ( this.1 ) !method !constructor !exported of"},
      {"class A:\n    @classmethod\n    def _c(cls): pass\n", "A._c ( cls.1 ) !method !static !private of"},
      {"class A:\n    @staticmethod\n    def s(x): pass\n", "A.s ( x.1 ) !static !exported of"},
      {"class A:\n    @property\n    def p(self): return 1\n    @p.setter\n    def p(self, v): pass\n",
       "A.p ( self.1, v.2 ) !method !setter !exported of"},
      {"class A(Protocol):\n    def m(self): pass\n", "!abstract of class#1"},
      {"class A:\n    @abstractmethod\n    def m(self): 'doc'\n", "!abstract of class#1"},
      {"class A(B[int], metaclass=M):\n    x: int = 1\n    y: T\n", "    set_field %5 'x' %6\n"
                                                                    "    %7 = load @int\n"
                                                                    "    annotate_field %5 'x' %7\n"
                                                                    "    %8 = load @T\n"
                                                                    "    annotate_field %5 'y' %8\n"},
      {"def f():\n    class A:\n        def m(self): return lambda x: x\n", "f.A.m ( self.1 ) !method"},
      {"def outer():\n    n = 0\n    def inner():\n        nonlocal n\n        n += 1\n", "outer.inner ( )\n"
                                                                                          "  block 1:\n"
                                                                                          "    %1 = load @n !update\n"},
      {"f = lambda x, *y: x\n", "f ( x.1, * y.2 ) !lambda"},
      {"def f(x=g(), /, *, y: 'T' = 1, **z): pass\n", "    %1 = load @g\n    %2 = call %1 ( )\n"},
      {"def f[T: int](x: T) -> T: return x\nclass A[T](B[T]):\n    def m(self): return T\n", "    %2 = load @T\n"},
      {"async def f():\n    x = yield 1\n    yield\n", "f ( ) !async !generator"},
      {"def f(x):\n    yield from x\n", "yield x.1 !delegate !discarded"},
      {"type X[T] = list[T]\n", "    store @X %1\n"},
  };
  EXPECT_SHAPES(shapes);
}

static void annotations(void **state) {
  (void)state;
  static const Shape shapes[] = {
      {"def f(x: Optional[a.T]): pass\n", "    %2 = load @a\n    %3 = get_field %2 'T'\n    annotate x.1 %3\n"},
      {"def f(x: T | None): pass\n", "    %2 = load @T\n    annotate x.1 %2\n"},
      {"def f(x: None | T): pass\n", "    %2 = load @T\n    annotate x.1 %2\n"},
      {"def f(x: Annotated[T, g()]): pass\n", "    %2 = load @T\n    annotate x.1 %2\n"},
      {"def f(x: 'a.T | None'): pass\n", "    %2 = load @a\n    %3 = get_field %2 'T'\n    annotate x.1 %3\n"},
      {"def f(x: list[T]): pass\n", "    %2 = load @list\n    annotate x.1 %2\n"},
      {"def f(x: A | B): pass\n", "f ( x.1 ) !exported\n  block 1:\n    return\n"},
      {"class A:\n    def __init__(self):\n        self.x: T = 1\n",
       "    %3 = load @T\n    annotate_field self.1 'x' %3\n    set_field self.1 'x' %2\n"},
      {"x: T = 1\n", "    store @x %1\n    %2 = load @T\n    annotate_variable @x %2\n"},
      {"def f():\n    x: T = 1\n", "    x.2 = move %1\n    %3 = load @T\n    annotate x.2 %3\n"},
  };
  EXPECT_SHAPES(shapes);
}

static void calls_and_literals(void **state) {
  (void)state;
  static const Shape shapes[] = {
      {"def f(a, b):\n    a.go(1, *b, k=2, **b)\n", "call_method a.1 'go' ( %3, * b.2, k= %4, ** b.2 ) !discarded"},
      {"async def f(a):\n    return await a\n", "    %2 = await a.1\n"},
      {"def f(a):\n    return f'{a!r:>{a}} x' 'y'\n", "make string 'f'{a!r:>{a}} x' 'y'' ( a.1, a.1 )"},
      {"def f(a):\n    return {'k': a, **a}\n", "make map ( k= a.1, ** a.1 )"},
      {"def f(a):\n    return [*a, {a}, (a,), ()]\n", "make list ( * a.1, %2, %3, %4 )"},
      {"def f(a):\n    x = 'a' 'b'\n", "const string ''"},
      {"def f(a):\n    return a[1]['k']\n", "    %5 = get_item %3 %4\n"},
      {"print >>f, x\n", "opaque ( %1, %2 )"},
  };
  EXPECT_SHAPES(shapes);
}

// --- variables

static const Variable *variable_named(const Module *module, const char *name) {
  for (VariableId id = 1; id < module->variables.count; id++)
    if (!strcmp(symbol_text(module->symbols, module->variables.items[id].name), name))
      return module_variable(module, id);
  fail_msg("no variable %s", name);
  return NULL;
}

static void expect_import(const char *source, const char *name, const char *path) {
  Lowered lowered = lower_text(source);
  const Variable *variable = variable_named(lowered.module, name);
  assert_int_equal(variable->kind, VARIABLE_IMPORT);
  assert_string_equal(symbol_text(lowered.module->symbols, variable->import_path), path);
  arena_free(lowered.arena);
}

static void imports_have_paths(void **state) {
  (void)state;
  expect_import("import asyncio\n", "asyncio", "asyncio");
  expect_import("import a.b\n", "a", "a");
  expect_import("import a.b as c\n", "c", "a.b");
  expect_import("from asyncio import (Lock as L, Event,)\n", "L", "asyncio.Lock");
  expect_import("from asyncio import (Lock as L, Event,)\n", "Event", "asyncio.Event");
  expect_import("from . import x\n", "x", ".x");
  expect_import("from .. import x as y\n", "y", "..x");
  expect_import("from ..m.n import x\n", "x", "..m.n.x");
  expect_import("def f():\n    from m import x\n    return lambda: x\n", "x", "m.x");
  expect_import("try:\n    import fast as json\nexcept ImportError:\n    import json\n", "json", "fast");
}

static void variables_are_told_apart(void **state) {
  (void)state;
  Lowered lowered = lower_text("one = 1\ntwo = 2\ntwo = 3\n__all__ = ['one']\n"
                               "def f(plain, cell):\n    global made\n    made = 1\n    return lambda: cell\n"
                               "class A:\n    def m(me): return me\n"
                               "if __name__ == '__main__': len(one)\n");
  const Module *module = lowered.module;
  assert_true(module->main_guard && module->has_exports);
  assert_int_equal(variable_named(module, "one")->kind, VARIABLE_MODULE);
  assert_true(variable_named(module, "one")->constant && variable_named(module, "one")->exported);
  assert_false(variable_named(module, "two")->constant || variable_named(module, "two")->exported);
  assert_int_equal(variable_named(module, "made")->kind, VARIABLE_MODULE);
  assert_int_equal(variable_named(module, "len")->kind, VARIABLE_UNRESOLVED);
  assert_true(variable_named(module, "plain")->local && variable_named(module, "plain")->parameter);
  assert_false(variable_named(module, "cell")->local);
  assert_true(variable_named(module, "me")->is_self);
  assert_false(module_class(module, 1)->flags & CLASS_EXPORTED);
  arena_free(lowered.arena);
}

// --- robustness

// Every beginning of a text, and the text with each of its bytes left out.
static void half_typed_code_lowers(void **state) {
  (void)state;
  static const char source[] =
      "@d(x)\nclass A[T](B, k=v):\n    x: int = 1\n    async def f(self, a=1, *b: T, **c) -> 'T':\n"
      "        async with x as y, (z): self.n += await g(*b, k=[i async for i in a if i])\n"
      "        try: raise E from e\n        except* (A, B) as e: del x[1:], y.z\n        finally: return "
      "f'{a!r:>{b}}'\n"
      "        match a:\n            case P(x=1) | [a, *_] | {'k': -1, **r} if a: yield\n"
      "        while not (a < b < c): print(lambda q: q if q else (w := 1))\n        else: global g; assert a, b\n"
      "from ..m import (a as b, c)\n";
  size_t length = sizeof source - 1;
  char shorter[sizeof source];
  for (size_t i = 0; i < length; i++) {
    arena_free(lower_bytes(source, i).arena);
    memcpy(shorter, source, i);
    memcpy(shorter + i, source + i + 1, length - i - 1);
    arena_free(lower_bytes(shorter, length - 1).arena);
  }
}

static char *repeat(const char *head, const char *part, uint32_t count, const char *tail) {
  size_t size = strlen(head) + strlen(part) * count + strlen(tail) + 1;
  char *text = memory_alloc(size);
  char *end = text + sprintf(text, "%s", head);
  for (uint32_t i = 0; i < count; i++)
    end += sprintf(end, "%s", part);
  sprintf(end, "%s", tail);
  return text;
}

static void deep_code_is_cut_off(void **state) {
  (void)state;
  static const struct {
    const char *head, *part, *tail;
  } deep[] = {{"x = ", "(", "1"},      {"x = 1", " + 1", "\n"}, {"x = ", "lambda: ", "1\n"},   {"x", ".y()", "\n"},
              {"x = ", "not ", "1\n"}, {"", "x = ", "1\n"},     {"x = ", "[i for i in ", "1"}, {"(", "(", "x = 1"}};
  for (size_t i = 0; i < sizeof deep / sizeof *deep; i++) {
    char *text = repeat(deep[i].head, deep[i].part, 20000, deep[i].tail);
    arena_free(lower_text(text).arena);
    free(text);
  }
}

// Each `finally` inside of another doubles its copies.
static void nested_cleanups_stay_small(void **state) {
  (void)state;
  char source[4096] = "def f(x):\n", *end = source + strlen(source);
  for (int depth = 1; depth <= 40; depth++)
    end += sprintf(end, "%*stry: x()\n%*sfinally:\n", depth, "", depth, "");
  sprintf(end, "%*sx()\n", 41, "");
  Lowered lowered = lower_text(source);
  assert_true(module_function(lowered.module, 2)->flags & FUNCTION_TRUNCATED);
  assert_true(module_function(lowered.module, 2)->code.count < 20000);
  arena_free(lowered.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_row_and_field_is_in_the_grammar),
      cmocka_unit_test(every_named_node_has_a_row),
      cmocka_unit_test(assignments),
      cmocka_unit_test(conditions),
      cmocka_unit_test(loops_and_comprehensions),
      cmocka_unit_test(ways_out),
      cmocka_unit_test(patterns),
      cmocka_unit_test(definitions),
      cmocka_unit_test(annotations),
      cmocka_unit_test(calls_and_literals),
      cmocka_unit_test(imports_have_paths),
      cmocka_unit_test(variables_are_told_apart),
      cmocka_unit_test(half_typed_code_lowers),
      cmocka_unit_test(deep_code_is_cut_off),
      cmocka_unit_test(nested_cleanups_stay_small),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
