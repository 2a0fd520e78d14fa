// The JavaScript frontend: the shapes that the analysis relies on, and that no text at all upsets it.
#include "frontend/frontend.h"
#include "frontend/javascript/grammar.h"

#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Lowered {
  Arena *arena;
  Module *module;
} Lowered;

static Lowered lower_bytes(Language language, const char *source, size_t length) {
  Text *text = text_new(source, length);
  Syntax *syntax = syntax_parse(language, text, NULL);
  Arena *arena = arena_new();
  Module *module = javascript_lower(syntax, arena);
  const char *fault = module_verify(module);
  if (fault)
    fail_msg("%s in:\n%.*s", fault, (int)length, source);
  syntax_free(syntax);
  text_unref(text);
  return (Lowered){arena, module};
}

static Lowered lower_text(Language language, const char *source) {
  return lower_bytes(language, source, strlen(source));
}

// --- the table of node types

static bool is_in_a_grammar(const char *name) {
  for (Language language = LANGUAGE_JAVASCRIPT; language <= LANGUAGE_TSX; language++) {
    const TSLanguage *grammar = language_grammar(language);
    for (uint32_t symbol = 0; symbol < ts_language_symbol_count(grammar); symbol++)
      if (!strcmp(ts_language_symbol_name(grammar, (TSSymbol)symbol), name))
        return true;
  }
  return false;
}

static void every_row_is_in_a_grammar(void **state) {
  (void)state;
  uint32_t count;
  const NodeKindName *rows = grammar_rows(&count);
  for (uint32_t i = 0; i < count; i++)
    if (!is_in_a_grammar(rows[i].name))
      fail_msg("no grammar has a node %s", rows[i].name);
}

static void every_named_node_has_a_row(void **state) {
  (void)state;
  for (Language language = LANGUAGE_JAVASCRIPT; language <= LANGUAGE_TSX; language++) {
    const TSLanguage *grammar = language_grammar(language);
    const Grammar *tables = grammar_of(language);
    assert_true(ts_language_symbol_count(grammar) <= GRAMMAR_SYMBOL_LIMIT);
    for (uint32_t symbol = 1; symbol < ts_language_symbol_count(grammar); symbol++)
      if (ts_language_symbol_type(grammar, (TSSymbol)symbol) == TSSymbolTypeRegular && !tables->kinds[symbol])
        fail_msg("kinds.def has no row for %s", ts_language_symbol_name(grammar, (TSSymbol)symbol));
  }
}

static void every_field_is_in_a_grammar(void **state) {
  (void)state;
  for (Field field = FIELD_NONE + 1; field < FIELD_COUNT; field++)
    assert_true(grammar_of(LANGUAGE_JAVASCRIPT)->field_ids[field] || grammar_of(LANGUAGE_TSX)->field_ids[field]);
}

// --- shapes

typedef struct Shape {
  const char *source;
  const char *expected; // a part of the printed module
} Shape;

static void expect_shapes(Language language, const Shape *shapes, size_t count) {
  uint32_t wrong = 0;
  for (size_t i = 0; i < count; i++) {
    Lowered lowered = lower_text(language, shapes[i].source);
    const char *printed = module_print(lowered.module);
    if (!strstr(printed, shapes[i].expected)) {
      print_error("%s\nshould contain\n%s\nbut is\n%s", shapes[i].source, shapes[i].expected, printed);
      wrong++;
    }
    arena_free(lowered.arena);
  }
  assert_int_equal(wrong, 0);
}

#define EXPECT(language, shapes) expect_shapes(language, shapes, sizeof(shapes) / sizeof *(shapes))

static void names(void **state) {
  (void)state;
  static const Shape SHAPES[] = {
      {"let n = 0; async function f() { n += await g(); }",
       "    %1 = load @n !update\n    %2 = load @g\n    %3 = call %2 ( )\n    %4 = await %3\n"
       "    %5 = compute add ( %1, %4 )\n    store @n %5 !update\n"},
      {"function f() { let n = 0; return n; }", "n.2 = move %1\n    return n.2\n"},
      {"function f() { let n = 0; return () => n; }", "store @n %1\n"},
      {"function f() { return g; function g() {} }", "%1 = closure function#3\n    g.2 = move %1\n    return g.2\n"},
      {"function f() { x = 1; { var x; } }", "x.2 = move %1\n"},
      {"function f(x) { { let x = 1; use(x); } return x; }", "return x.1\n"},
      {"const f = function g() { return g; };", "%1 = closure function#2\n    g.2 = move %1\n    return g.2\n"},
      {"try { f(); } catch (error) { log(error); }", "= catch\n"},
      {"function f(n) { n++; }", "%3 = compute add ( n.1, %2 )\n    n.1 = move %3 !update\n"},
  };
  EXPECT(LANGUAGE_JAVASCRIPT, SHAPES);
}

static void classes(void **state) {
  (void)state;
  static const Shape SHAPES[] = {
      {"class C { #n = 0; async add(x) { this.#n += await x; } }", "class#1 C add=function#3 constructor=function#2\n"},
      {"class C { #n = 0; async add(x) { this.#n += await x; } }",
       "    %2 = self function#3\n    %3 = get_field %2 '#n' !update\n    %4 = await x.1\n"},
      {"class C { n = 1; }", "function#2 C.constructor ( ) !method !constructor of class#1\n  block 1:\n"
                             "    %1 = self function#2\n    %2 = const number '1'\n    set_field %1 'n' %2\n"},
      {"class C { pick = async (id) => { this.id = id; }; }",
       "function#3 C.pick ( id.1 ) !async !method !lambda of class#1\n  block 1:\n    %2 = self function#2\n"},
      {"class C { f() { return () => this; } }", "function#3 C.f ( ) !lambda\n  block 1:\n    %1 = self function#2\n"},
      {"class D extends B { f() { super.f(); } }", "call_method %1 'f' ( ) !discarded\n"},
      {"class D extends B { constructor() { super(1); } }",
       "%1 = load @B\n    %2 = const number '1'\n    %3 = call %1 ( %2 )"},
      {"class C { static n = 1; static { this.n = 2; } }", "set_field %1 'n' %2\n    %3 = const number '2'\n"
                                                           "    set_field %1 'n' %3\n"},
      {"class C { get x() { return 1; } set x(v) {} }", "class#1 C x=function#2 x=function#3\n"},
      {"const o = { n: 0, add() { this.n++; } };", "class#1 o add=function#2\n"},
      {"const o = { n: 0, add: () => n };", "make object ( n= "},
  };
  EXPECT(LANGUAGE_JAVASCRIPT, SHAPES);
}

static void expressions(void **state) {
  (void)state;
  static const Shape SHAPES[] = {
      {"a?.b.c(1);", "branch %1 -> 2 | 3\n  block 2:\n    %2 = get_field %1 'b' !optional\n    %3 = const number '1'\n"
                     "    %4 = call_method %2 'c' ( %3 ) !discarded\n"},
      {"x = a ?? b;", "    %1 = move %2\n    branch %2 -> 3 | 2\n"},
      {"o.cache ?\?= await f();", "    %3 = get_field %1 'cache'\n    %2 = move %3\n    branch %3 -> 3 | 2\n"},
      {"if (!a || b && c) f();", "branch %1 -> 2 | 4\n"},
      {"while (a.length) f();", "branch %2 !loop -> 3 | 4\n"},
      {"void f();", "%3 = compute void ( %2 ) !discarded\n"},
      {"a && f();", "%3 = call %2 ( ) !discarded\n"},
      {"const g = () => f();", "%2 = call %1 ( )\n    return %2\n"},
      {"o['m'](...xs);", "call_method %1 'm' ( * %2 ) !discarded\n"},
      {"new Map([[1, 2]]);", ") !new !discarded\n"},
      {"f`a${b}`;", "make string '`a${b}`' ( "},
      {"const { a, b: [c], ...d } = o;",
       "get_field %1 'b'\n    %4 = const number '0'\n    %5 = get_item %3 %4\n    store @c %5\n"},
      {"function f({ a = 1 } = {}) {}", "branch %1 -> 3 | 2\n"},
      {"for (const k in o) f(k);", "iterate keys %1\n"},
      {"(async () => { for await (const x of xs) f(x); })();", "iterate %1 !async\n"},
      {"delete o.x; delete o[k];", "delete_field %1 'x'\n"},
      {"function* f() { yield* g(); }", "yield %2 !delegate"},
      {"const t = { ...a, b };", "make object ( ** %1, b= %2 )\n"},
      {"const e = <A on={() => f()}>{b}</A>;", "opaque ( %1, %2, %3 )\n"},
  };
  EXPECT(LANGUAGE_JAVASCRIPT, SHAPES);
}

static void modules(void **state) {
  (void)state;
  static const Shape SHAPES[] = {
      {"export async function f() {}", "export %2 'f'\n"},
      {"export async function f() {}", "function#2 f ( ) !async !exported\n"},
      {"const f = async () => {}; export { f as g };", "function#2 f ( ) !async !lambda !exported\n"},
      {"export default class C { f() {} }", "export %2 ''\n"},
      {"module.exports = { f, async g() {} }; function f() {}", "function#3 f ( ) !exported\n"},
      {"module.exports = { f, async g() {} }; function f() {}", "g ( ) !async !exported\n"},
      {"exports.f = async () => {};", "function#2 f ( ) !async !lambda !exported\n"},
  };
  EXPECT(LANGUAGE_JAVASCRIPT, SHAPES);
}

static void typescript(void **state) {
  (void)state;
  static const Shape SHAPES[] = {
      {"class C { constructor(private readonly api: Api) {} }",
       "annotate_field %3 'api' %4\n    set_field %3 'api' api.1\n"},
      {"class C { cache: Map<string, number>; }", "annotate_field %1 'cache' %2\n"},
      {"class C { private f(): void {} }", "!private of class#1\n"},
      {"abstract class C { abstract f(): void; g() {} }", "class#1 C g=function#2\n"},
      {"function f(x: string): void; function f(x: any) { g(x as T); }", "function#2 f ( x.1 )\n"},
      {"enum E { A = 1, B }", "make object ( A= %1, B= %2 )\n"},
      {"namespace N { export function f() {} }", "set_field %1 'f' %3\n"},
      {"function f(x: Readonly<Foo> | null) {}", "%2 = load @Foo\n    annotate x.1 %2\n"},
      {"interface Foo {} function f(x: Foo) {}", "block 1:\n    return\n"},
      {"@Injectable() class C { @Get('x') f() {} }", "!decorator"},
      {"const m = <T>(x: T) => x!.y satisfies U;", "get_field x.1 'y'\n    return"},
      {"async function f(o) { return await o.get<T>(1).all(); }",
       "call_method o.1 'get' ( %2 )\n    %4 = call_method %3 'all' ( )\n    %5 = await %4\n    return %5"},
  };
  EXPECT(LANGUAGE_TYPESCRIPT, SHAPES);
}

// --- variables

static const Variable *variable_named(const Module *module, const char *name) {
  for (VariableId id = 1; id < module->variables.count; id++)
    if (!strcmp(symbol_text(module->symbols, module_variable(module, id)->name), name))
      return module_variable(module, id);
  fail_msg("no variable %s", name);
  return NULL;
}

static void imports(void **state) {
  (void)state;
  static const struct {
    const char *source, *path;
  } IMPORTS[] = {
      {"import x from 'm'", "m"},
      {"import { y as x } from 'm'", "m.y"},
      {"import * as x from 'node:fs'", "fs"},
      {"import { default as x } from 'm'", "m"},
      {"const x = require('m')", "m"},
      {"const { y: x } = require('m')", "m.y"},
      {"const { x } = require('m')", "m.x"},
      {"const x = require('m').y", "m.y"},
      {"import { y as x } from 'node:fs/promises'", "fs.promises.y"},
      {"import x from './fs/promises'", "./fs/promises"},
  };
  for (size_t i = 0; i < sizeof IMPORTS / sizeof *IMPORTS; i++) {
    Lowered lowered = lower_text(LANGUAGE_JAVASCRIPT, IMPORTS[i].source);
    const Variable *variable = variable_named(lowered.module, "x");
    assert_int_equal(variable->kind, VARIABLE_IMPORT);
    assert_string_equal(symbol_text(lowered.module->symbols, variable->import_path), IMPORTS[i].path);
    arena_free(lowered.arena);
  }
}

static void constants(void **state) {
  (void)state;
  Lowered lowered = lower_text(LANGUAGE_JAVASCRIPT, "const a = 1; let b = 1; let c = 1; c = 2; let d; d = 1;"
                                                    "function e() {} class F {} function g(h) { h = 1; }");
  static const char CONSTANT[] = "abeFg", ASSIGNED[] = "cdh";
  for (const char *name = CONSTANT; *name; name++)
    assert_true(variable_named(lowered.module, (char[]){*name, 0})->constant);
  for (const char *name = ASSIGNED; *name; name++)
    assert_false(variable_named(lowered.module, (char[]){*name, 0})->constant);
  arena_free(lowered.arena);
}

// --- anything at all

static const char EVERYTHING[] =
    "#!/usr/bin/env node\n'use strict';\nimport d, * as ns from 'a'; import { b as c, default as e } from 'b' with { "
    "type: "
    "'json' }; import 'side';\nexport * from 'c'; export * as all from 'd'; export { x, y as default } from 'e';\n"
    "label: for (let i = 0, j = 9; i < j; i++, j--) { if (i) continue label; else if (j) break label; else { ; } }\n"
    "outer: { inner: do { break outer; } while (0) }\nswitch (d) { case 1: let q = 1; case 2: f(); break; default: "
    "g(); }\n"
    "try { throw new Error(`a${b}`); } catch { } finally { for (;;) break; }\n"
    "async function* gen(a, { b, c: [d = 1, , e], ...r } = {}, ...rest) { yield; yield a; yield* b; await c; return r; "
    "}\n"
    "async function u() { try { return await f(); } catch ({ message }) { log(message); } finally { using z = f(); } "
    "}\n"
    "async function v() { await using w = f(), x = g(); for (await using y of ys) { if (y) return y; } }\n"
    "with (o) { p; }\ndebugger;\nvar v1 = function () { return arguments.length + new.target; }, v2 = class extends "
    "(a, b) {};\n"
    "const { [k]: kk, 'lit': l2, 3: l3, deep: { er = 5 } } = o, [first, ...others] = xs;\n"
    "({ a, b: o.p, c: o[q] = 1, ...o.r } = z); [a, b] = [b, a]; for ([a, b] of xs) ; for (o.p in q) ; for (var z2 of "
    "zs) ;\n"
    "class K extends B { static #p = 1; #q; [comp] = 1; 'str' = 2; 3 = 4; static async *gen() {} get [g]() {} set s(v) "
    "{}\n"
    "  constructor() { super(...a); super.m(); super.p = super.q; } static { this.x = () => this; } static f = () => "
    "this; }\n"
    "o?.a?.[b]?.(c)?.d.e(f); o.m?.(); o?.['x'](); delete o?.a.b; a?.b`t`; new (f())(); new X; import('m').then(n => "
    "n.o);\n"
    "x **= 2; x &&= 1; x ||= 2; x ?\?= 3; o.p >>>= 1; o[i++] += --j; a = b = c; void 0; typeof x === 'y'; -x; !x; ~x;\n"
    "a ? b : c ? d : e; (a, b); a in b; #q in o; a instanceof b; /re/g; 1_000n; 'esc\\n'; `raw`; import.meta.url;\n"
    "const lit = { a, b: 1, 'c': 2, [d]: 3, ...e, f() {}, get g() { return this.h; }, async *i() {}, j: async function "
    "() "
    "{ this.k; } };\nmodule.exports = { lit, fn() {} }; exports.one = module.exports.two = () => {};\n"
    "const el = <A.B x={1} {...y} z='s' w:v=''><></><c-d>{...e} text {/* c */}</c-d></A.B>;\n"
    "const enum E1 { A, B = A << 1, 'c' = 2 } declare module 'x' { } namespace A.B { export const c = 1; export "
    "default 2 }\n"
    "abstract class T<U> extends V<U> implements W { declare a: string; readonly b?: number = 1; constructor(public c "
    "= 1, "
    "@Dec() private d?: X.Y) { super(); } abstract e(): void; f?(): void; [key: string]: any; @dec @dec2() g(this: T, "
    "h: "
    "this) {} accessor i = 1; }\ntype Q<T> = T extends infer U ? U : never; interface R { (): void } let an: A | B = "
    "<A>b;\n"
    "import type { S } from 's'; import eq = require('q'); import al = A.B; export = x; export type { S }; export as "
    "namespace N;\nlet nn = a!.b!(c!)!; let as = a as const satisfies B; f<string>(x); declare function df(): void;\n"
    "function over(a: string): void; function over(a: any) {} function pred(x): x is string { return true }\n";

static void takes_every_syntax(void **state) {
  (void)state;
  for (Language language = LANGUAGE_JAVASCRIPT; language <= LANGUAGE_TSX; language++)
    arena_free(lower_text(language, EVERYTHING).arena);
}

// A syntax error costs no function around it.
static void keeps_what_parses(void **state) {
  (void)state;
  static const Shape SHAPES[] = {
      {"function f() { return 1; } let = = ; function g() { return 2; }", "function#3 g ( )\n"},
      {"const x = ; async function h() { n += await g(); }", "!update"},
      {"if (a { function f() { return 1; } }", " f ( )"},
  };
  EXPECT(LANGUAGE_TYPESCRIPT, SHAPES);
}

// Half-typed code: every beginning and every end of a text that has everything.
static void takes_half_typed_code(void **state) {
  (void)state;
  size_t length = sizeof EVERYTHING - 1;
  for (size_t cut = 0; cut < length; cut += 7) {
    Language language = LANGUAGE_JAVASCRIPT + cut % 3;
    arena_free(lower_bytes(language, EVERYTHING, cut).arena);
    arena_free(lower_bytes(language, EVERYTHING + cut, length - cut).arena);
  }
}

static char *repeat(const char *before, const char *unit, const char *middle, const char *closing, uint32_t count) {
  size_t unit_length = strlen(unit), closing_length = strlen(closing);
  char *text = malloc(strlen(before) + strlen(middle) + (unit_length + closing_length) * count + 1), *end = text;
  end = stpcpy(end, before);
  for (uint32_t i = 0; i < count; i++)
    end = stpcpy(end, unit);
  end = stpcpy(end, middle);
  for (uint32_t i = 0; i < count; i++)
    end = stpcpy(end, closing);
  return text;
}

static void takes_long_and_deep_code(void **state) {
  (void)state;
  static const struct {
    const char *before, *unit, *middle, *closing;
    uint32_t count;
    bool whole; // nothing is cut off
  } TEXTS[] = {
      {"x = a", " + b", ";", "", 20000, true},
      {"x = a", " && b", ";", "", 20000, true},
      {"x = a", ".then(b)", ";", "", 5000, true},
      {"x = a", "?.b[c]", ";", "", 5000, true},
      {"", "if (a) b(); else ", "c();", "", 5000, true},
      {"x = ", "a ? b : ", "c;", "", 5000, true},
      {"", "f(x);\n", "", "", 20000, true},
      {"x = ", "(", "a", ")", 2000, false},
      {"x = ", "[", "a", "]", 2000, false},
      {"x = ", "!", "a;", "", 2000, false},
      {"", "{", "a();", "}", 2000, false},
      {"x = ", "() => ", "a;", "", 2000, true},
      {"", "function f() {", "a();", "}", 2000, true},
      {"", "try {} finally {", "a();", "}", 300, false},
      {"", "class A { x = ", "1", "}", 300, false},
  };
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
    char *text = repeat(TEXTS[i].before, TEXTS[i].unit, TEXTS[i].middle, TEXTS[i].closing, TEXTS[i].count);
    Lowered lowered = lower_text(LANGUAGE_JAVASCRIPT, text);
    bool truncated = module_function(lowered.module, 1)->flags & FUNCTION_TRUNCATED;
    if (TEXTS[i].whole && truncated)
      fail_msg("%s… is cut off", TEXTS[i].unit);
    arena_free(lowered.arena);
    free(text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_row_is_in_a_grammar),
      cmocka_unit_test(every_named_node_has_a_row),
      cmocka_unit_test(every_field_is_in_a_grammar),
      cmocka_unit_test(names),
      cmocka_unit_test(classes),
      cmocka_unit_test(expressions),
      cmocka_unit_test(modules),
      cmocka_unit_test(typescript),
      cmocka_unit_test(imports),
      cmocka_unit_test(constants),
      cmocka_unit_test(takes_every_syntax),
      cmocka_unit_test(keeps_what_parses),
      cmocka_unit_test(takes_half_typed_code),
      cmocka_unit_test(takes_long_and_deep_code),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
