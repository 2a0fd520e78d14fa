// JavaScript and TypeScript: a plan as a test for node:test, Vitest or Jest, or as a program.
#include "writer.h"

static void write_fields(StressWriter *writer, const StressValue *value, StressWhere where) {
  output_add(&writer->output, "{ ");
  for (uint32_t i = 0; i < value->parts.count; i++) {
    output_add(&writer->output, "%s%s: ", i ? ", " : "", value->parts.items[i]->keyword);
    stress_write_value(writer, value->parts.items[i], where);
  }
  output_add(&writer->output, " }");
}

// All calls of a task get the same object.
static void write_record(StressWriter *writer, const StressValue *value, StressWhere where) {
  bool in_task = where == STRESS_IN_TASK;
  if (in_task)
    output_add(&writer->output, "world.object(n, %s, () => (", stress_quoted(writer->plan->arena, value->name));
  write_fields(writer, value, where);
  output_add(&writer->output, in_task ? "))" : "");
}

static const StressDialect JAVASCRIPT = {
    .name = "javascript",
    .words = {[STRESS_NUMBER] = {"world.number(n)", "3"},
              [STRESS_COUNT] = {"1", "3"},
              [STRESS_NUMBER_TEXT] = {"String(world.number(n))", "\"3\""},
              [STRESS_BYTES] = {"Buffer.from(\"data\")", "Buffer.from(\"data\")"},
              [STRESS_TRUE] = {"true", "true"},
              [STRESS_FALSE] = {"false", "false"},
              [STRESS_MAP] = {"{}", "{}"}},
    .key = "world.key",
    .given = "world.result",
    .list = {{"[", "]"}, {"Array.from({ length: PREPARED }, (_, n) => ", ")"}},
    .member = {"Object.values(module.", ")[0]"},
    .make = "new module.",
    .statement = {"  ", ";\n"},
    .declare = "const shared = ",
    .preparation = {"  for (let n = 0; n < PREPARED; n++) world.given.push(await ", ");\n"},
    .rival = {"  [(module, shared, world, n) => ", "],\n"},
    .no_call = "  // TODO(racewise): start here what runs the code of the finding\n"
               "  throw new Error(`TODO(racewise): what does task ${n} do?`);\n",
    .no_state = "  return null; // it is out of reach: what the calls give tells\n",
    .results = {"null", "\"by kind\"", "\"whole\""},
    .truths = {"false", "true"},
    .write_record = write_record,
};

static const char MODULE_HEADER[] = "import { createRequire as requireFrom } from \"node:module\";\n"
                                    "import { fileURLToPath } from \"node:url\";\n";
static const char MODULE_HERE[] = "\nconst require = requireFrom(import.meta.url);\n"
                                  "const HERE = fileURLToPath(new URL(\".\", import.meta.url));";
static const char JEST_HERE[] = "const HERE = __dirname;";
static const char NODE_TEST[] = "for (const scenario of Object.keys(SCENARIOS))\n"
                                "  test(`the same at once as one after another: ${scenario}`, async () => {\n"
                                "    assert.deepEqual(await check(scenario), []);\n"
                                "  });\n"
                                "test(\"calls get through\", async () => assert.deepEqual(await blocked(), []));\n";
static const char EXPECT_TEST[] =
    "for (const scenario of Object.keys(SCENARIOS))\n"
    "  test(`the same at once as one after another: ${scenario}`, async () => {\n"
    "    expect(await check(scenario)).toEqual([]);\n"
    "  }, 60000);\n"
    "test(\"calls get through\", async () => expect(await blocked()).toEqual([]), 60000);\n";
static const char PROGRAM[] = "// Exits with 1 where tasks race.\n"
                              "async function main() {\n"
                              "  const wrong = await blocked();\n"
                              "  for (const scenario of wrong.length ? [] : Object.keys(SCENARIOS))\n"
                              "    wrong.push(...(await check(scenario)).map((line) => `${scenario}: ${line}`));\n"
                              "  console.log(wrong.join(\"\\n\") || \"no race was seen\");\n"
                              "  process.exit(wrong.length ? 1 : 0);\n"
                              "}\n"
                              "setImmediate(main);\n";

typedef struct Form {
  const char *imports, *test;
} Form;

static const Form FORMS[] = {
    [STRESS_PLAIN] = {"", PROGRAM},
    [STRESS_NODE] = {"import { test } from \"node:test\";\nimport assert from \"node:assert/strict\";\n", NODE_TEST},
    [STRESS_VITEST] = {"import { expect, test } from \"vitest\";\n", EXPECT_TEST},
    [STRESS_JEST] = {"", EXPECT_TEST},
};

const char *stress_write_javascript(const StressPlan *plan, const StressOptions *options) {
  Arena *arena = plan->arena;
  bool jest = options->framework == STRESS_JEST;
  const Form *form = &FORMS[options->framework == STRESS_PYTEST ? STRESS_PLAIN : options->framework];
  const Mark marks[] = {
      {"variable_text", stress_quoted(arena, plan->report->finding.variable)},
      {"header", jest ? JEST_HERE : arena_printf(arena, "%s%s%s", MODULE_HEADER, form->imports, MODULE_HERE)},
      {"replaced", stress_quoted_list(arena, plan->replaced.items, plan->replaced.count)},
      {"test", form->test},
  };
  return stress_write_plan(&JAVASCRIPT, plan, options, marks, sizeof marks / sizeof *marks);
}
