// JavaScript and TypeScript: a plan as a test for node:test, Vitest or Jest, or as a program.
#include "writer.h"
#include <string.h>

// Where arguments stand: in `call`, where each task has its number, or where what they share is made.
typedef enum Where { IN_TASK, IN_CONSTRUCTOR } Where;

static void write_value(Output *output, const StressValue *value, Where where);

// What is private by # has another name in the copy that a test loads.
static const char *reachable(Arena *arena, const char *name) {
  return name[0] == '#' ? arena_printf(arena, "_private_%s", name + 1) : name;
}

static void write_values(Output *output, StressValue *const *values, uint32_t count, Where where) {
  for (uint32_t i = 0; i < count; i++) {
    output_add(output, "%s", i ? ", " : "");
    write_value(output, values[i], where);
  }
}

static void write_fields(Output *output, const StressValue *value, Where where) {
  output_add(output, "{ ");
  for (uint32_t i = 0; i < value->parts.count; i++) {
    output_add(output, "%s%s: ", i ? ", " : "", value->parts.items[i]->keyword);
    write_value(output, value->parts.items[i], where);
  }
  output_add(output, " }");
}

static void write_record(Output *output, const StressValue *value, Where where) {
  if (where == IN_TASK)
    output_add(output, "world.object(n, %s, () => (", stress_quoted(output->arena, value->name));
  write_fields(output, value, where);
  output_add(output, where == IN_TASK ? "))" : "");
}

static void write_text(Output *output, const StressValue *value, Where where) {
  output_add(output, "world.%s(%s", value->prepared ? "result" : "key", where == IN_TASK ? "n" : "0");
  for (uint32_t i = 0; i < value->texts.count; i++)
    output_add(output, ", %s", stress_quoted(output->arena, value->texts.items[i]));
  if (!value->texts.count)
    output_add(output, ", %s", stress_quoted(output->arena, value->name));
  output_add(output, ")");
}

static void write_list(Output *output, const StressValue *value, Where where) {
  output_add(output, where == IN_TASK ? "[" : "Array.from({ length: PREPARED }, (_, n) => ");
  write_value(output, value->parts.items[0], IN_TASK);
  output_add(output, where == IN_TASK ? "]" : ")");
}

static void write_object(Output *output, const StressValue *value, Where where) {
  output_add(output, "new module.%s(", value->class_name);
  write_values(output, value->parts.items, value->parts.count, where);
  output_add(output, ")");
}

static void write_value(Output *output, const StressValue *value, Where where) {
  static const char *const WORDS[][2] = {
      [STRESS_NUMBER] = {"world.number(n)", "3"},
      [STRESS_COUNT] = {"1", "3"},
      [STRESS_NUMBER_TEXT] = {"String(world.number(n))", "\"3\""},
      [STRESS_BYTES] = {"Buffer.from(\"data\")", NULL},
      [STRESS_TRUE] = {"true", NULL},
      [STRESS_FALSE] = {"false", NULL},
      [STRESS_MAP] = {"{}", NULL},
      [STRESS_KIND_COUNT] = {NULL, NULL},
  };
  const char *word = WORDS[value->kind][0];
  if (word)
    output_add(output, "%s", where == IN_CONSTRUCTOR && WORDS[value->kind][1] ? WORDS[value->kind][1] : word);
  else if (value->kind == STRESS_TEXT)
    write_text(output, value, where);
  else if (value->kind == STRESS_LIST)
    write_list(output, value, where);
  else if (value->kind == STRESS_RECORD)
    write_record(output, value, where);
  else if (value->kind == STRESS_OBJECT)
    write_object(output, value, where);
  else if (value->kind == STRESS_MEMBER)
    output_add(output, "Object.values(module.%s)[0]", value->class_name);
  else if (value->kind == STRESS_LITERAL)
    output_add(output, "%s", value->class_name);
  else
    output_add(output, where == IN_TASK ? "world.fake(%s, n)" : "world.fake(%s)",
               stress_quoted(output->arena, value->name));
}

static void write_call(Output *output, const StressPlan *plan, const StressCall *call) {
  if (plan->handler && call == &plan->call)
    output_add(output, "world.handler(%s)(", stress_quoted(plan->arena, plan->handler));
  else
    output_add(output, "%s.%s(", call->method ? "shared" : "module", reachable(plan->arena, call->name));
  write_values(output, call->arguments.items, call->arguments.count, IN_TASK);
  output_add(output, ")");
}

static const char *prepare_text(const StressPlan *plan) {
  Output output = {.arena = plan->arena};
  if (plan->has_receiver) {
    output_add(&output, "  const shared = %smodule.%s(", plan->factory ? "" : "new ", plan->construct.name);
    write_values(&output, plan->construct.arguments.items, plan->construct.arguments.count, IN_CONSTRUCTOR);
    output_add(&output, ");\n");
  } else {
    output_add(&output, "  const shared = module;\n");
  }
  if (plan->preparation.function) {
    output_add(&output, "  for (let n = 0; n < PREPARED; n++) world.given.push(await ");
    write_call(&output, plan, &plan->preparation);
    output_add(&output, ");\n");
  }
  output_add(&output, "  return shared;\n");
  return output_text(&output);
}

static const char *call_text(const StressPlan *plan) {
  Output output = {.arena = plan->arena};
  if (plan->call.function) {
    output_add(&output, "  return ");
    write_call(&output, plan, &plan->call);
    output_add(&output, ";\n");
  } else {
    output_add(&output, "  // TODO(racewise): start here what runs the code of the finding\n"
                        "  throw new Error(`TODO(racewise): what does task ${n} do?`);\n");
  }
  return output_text(&output);
}

static const char *rivals_text(const StressPlan *plan) {
  Output output = {.arena = plan->arena};
  for (uint32_t i = 0; i < plan->rival_count; i++) {
    output_add(&output, "  [(module, shared, world, n) => ");
    write_call(&output, plan, &plan->rivals[i]);
    output_add(&output, ", %s],\n", plan->rival_adds[i] ? "PREPARED" : "0");
  }
  return output_text(&output);
}

static const char *observers_text(const StressPlan *plan) {
  Output output = {.arena = plan->arena};
  output_add(&output, "  return [");
  for (uint32_t i = 0; i < plan->observers.count; i++)
    output_add(&output, "%sshared.%s()", i ? ", " : "", plan->observers.items[i]);
  output_add(&output, "];\n");
  return output_text(&output);
}

static const char *state_text(const StressPlan *plan) {
  const char *name = plan->state ? reachable(plan->arena, plan->state_name) : "";
  switch (plan->state) {
  case STRESS_STATE_VARIABLE:
    return arena_printf(plan->arena, "  return module.%s;\n", name);
  case STRESS_STATE_FIELD:
    return arena_printf(plan->arena, "  return shared.%s;\n", name);
  case STRESS_STATE_FOUND:
    return arena_printf(plan->arena, "  return found(shared, module.%s, \"%s\");\n", plan->state_class, name);
  default:
    return plan->observers.count ? observers_text(plan)
                                 : "  return null; // it is out of reach: what the calls give tells\n";
  }
}

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

static const char *const RESULTS[] = {
    [STRESS_RESULTS_IGNORED] = "null", [STRESS_RESULTS_BY_KIND] = "\"by kind\"", [STRESS_RESULTS_WHOLE] = "\"whole\""};

const char *stress_write_javascript(const StressPlan *plan, const StressOptions *options) {
  Arena *arena = plan->arena;
  const Finding *finding = &plan->report->finding;
  const char *slash = strrchr(options->path, '/');
  bool jest = options->framework == STRESS_JEST;
  const Form *form = &FORMS[options->framework == STRESS_PYTEST ? STRESS_PLAIN : options->framework];
  const Mark marks[] = {
      {"function", stress_plain(arena, finding->function[0] ? finding->function : "the top level")},
      {"rule", finding->rule},
      {"variable", stress_plain(arena, finding->variable)},
      {"variable_text", stress_quoted(arena, finding->variable)},
      {"line", arena_printf(arena, "%u", rule_line(plan->rules, finding->span))},
      {"file", stress_plain(arena, slash ? slash + 1 : options->path)},
      {"path", stress_quoted(arena, options->path)},
      {"tasks", arena_printf(arena, "%u", options->tasks)},
      {"seed", arena_printf(arena, "%u", options->seed)},
      {"header", jest ? JEST_HERE : arena_printf(arena, "%s%s%s", MODULE_HEADER, form->imports, MODULE_HERE)},
      {"prepare", prepare_text(plan)},
      {"call", call_text(plan)},
      {"rivals", rivals_text(plan)},
      {"state", state_text(plan)},
      {"results", RESULTS[plan->results]},
      {"calls", plan->calls ? "true" : "false"},
      {"exclusive", stress_quoted_list(arena, plan->exclusive.items, plan->exclusive.count)},
      {"keys", stress_quoted_list(arena, plan->keys.items, plan->keys.count)},
      {"replaced", stress_quoted_list(arena, plan->replaced.items, plan->replaced.count)},
      {"test", form->test},
  };
  return output_fill(arena, STRESS_JAVASCRIPT_TEMPLATE, marks, sizeof marks / sizeof *marks);
}
