// Python: a plan as a test for pytest or as a program.
#include "writer.h"
#include <string.h>

// Where arguments stand: in `call`, where each task has its number, or where what they share is made.
typedef enum Where { IN_TASK, IN_CONSTRUCTOR } Where;

static void write_value(Output *output, const StressValue *value, Where where);

static void write_values(Output *output, StressValue *const *values, uint32_t count, Where where) {
  for (uint32_t i = 0; i < count; i++) {
    output_add(output, "%s", i ? ", " : "");
    if (values[i]->keyword)
      output_add(output, "%s=", values[i]->keyword);
    write_value(output, values[i], where);
  }
}

static void write_text(Output *output, const StressValue *value, Where where) {
  output_add(output, "world.key(%s", where == IN_TASK ? "n" : "0");
  for (uint32_t i = 0; i < value->texts.count; i++)
    output_add(output, ", %s", stress_quoted(output->arena, value->texts.items[i]));
  if (!value->texts.count)
    output_add(output, ", %s", stress_quoted(output->arena, value->name));
  output_add(output, ")");
}

static void write_list(Output *output, const StressValue *value, Where where) {
  output_add(output, "[");
  write_value(output, value->parts.items[0], IN_TASK);
  output_add(output, where == IN_TASK ? "]" : " for n in range(PREPARED)]");
}

static void write_value(Output *output, const StressValue *value, Where where) {
  switch (value->kind) {
  case STRESS_NUMBER:
    output_add(output, where == IN_TASK ? "world.number(n)" : "3");
    break;
  case STRESS_COUNT:
    output_add(output, where == IN_TASK ? "1" : "3");
    break;
  case STRESS_NUMBER_TEXT:
    output_add(output, where == IN_TASK ? "str(world.number(n))" : "\"3\"");
    break;
  case STRESS_TEXT:
    write_text(output, value, where);
    break;
  case STRESS_LIST:
    write_list(output, value, where);
    break;
  case STRESS_OBJECT:
    output_add(output, "module.%s(", value->class_name);
    write_values(output, value->parts.items, value->parts.count, where);
    output_add(output, ")");
    break;
  case STRESS_MEMBER:
    output_add(output, "next(iter(module.%s))", value->class_name);
    break;
  case STRESS_BYTES:
    output_add(output, "b\"data\"");
    break;
  case STRESS_TRUE:
    output_add(output, "True");
    break;
  case STRESS_MAP:
    output_add(output, "{}");
    break;
  default:
    output_add(output, where == IN_TASK ? "world.fake(%s, n)" : "world.fake(%s)",
               stress_quoted(output->arena, value->name));
  }
}

static void write_call(Output *output, const StressCall *call) {
  output_add(output, "%s.%s(", call->method ? "shared" : "module", call->name);
  write_values(output, call->arguments.items, call->arguments.count, IN_TASK);
  output_add(output, ")");
}

static const char *prepare_text(const StressPlan *plan) {
  Output output = {.arena = plan->arena};
  if (plan->has_receiver) {
    output_add(&output, "    shared = module.%s(", plan->construct.name);
    write_values(&output, plan->construct.arguments.items, plan->construct.arguments.count, IN_CONSTRUCTOR);
    output_add(&output, ")\n");
  } else {
    output_add(&output, "    shared = module\n");
  }
  if (plan->preparation.function) {
    output_add(&output, "    for n in range(PREPARED):\n        await settled(");
    write_call(&output, &plan->preparation);
    output_add(&output, ")\n");
  }
  output_add(&output, "    return shared\n");
  return output_text(&output);
}

static const char *call_text(const StressPlan *plan) {
  Output output = {.arena = plan->arena};
  if (plan->call.function) {
    output_add(&output, "    return ");
    write_call(&output, &plan->call);
    output_add(&output, "\n");
  } else {
    output_add(&output, "    # TODO(racewise): start here what runs the code of the finding\n"
                        "    raise NotImplementedError(\"TODO(racewise): what does task %%d do?\" %% n)\n");
  }
  return output_text(&output);
}

static const char *rivals_text(const StressPlan *plan) {
  Output output = {.arena = plan->arena};
  for (uint32_t i = 0; i < plan->rival_count; i++) {
    output_add(&output, "    (lambda module, shared, world, n: ");
    write_call(&output, &plan->rivals[i]);
    output_add(&output, ", %s),\n", plan->rival_adds[i] ? "PREPARED" : "0");
  }
  return output_text(&output);
}

static const char *state_text(const StressPlan *plan) {
  switch (plan->state) {
  case STRESS_STATE_VARIABLE:
    return arena_printf(plan->arena, "    return module.%s\n", plan->state_name);
  case STRESS_STATE_FIELD:
    return arena_printf(plan->arena, "    return shared.%s\n", plan->state_name);
  case STRESS_STATE_FOUND:
    return arena_printf(plan->arena, "    return found(shared, module.%s, \"%s\")\n", plan->state_class,
                        plan->state_name);
  default:
    return "    return None  # it is out of reach: what the calls give tells\n";
  }
}

static const char *replace_text(const StressPlan *plan) {
  Output output = {.arena = plan->arena};
  for (uint32_t i = 0; i < plan->replaced.count; i++)
    output_add(&output, "        module.%s = world.fake(\"%s\")\n", plan->replaced.items[i], plan->replaced.items[i]);
  return output_text(&output);
}

static const char PYTEST[] = "@pytest.mark.parametrize(\"scenario\", SCENARIOS)\n"
                             "def test_same_at_once_as_one_after_another(scenario):\n"
                             "    assert check(scenario) == []\n"
                             "\n\n"
                             "def test_calls_get_through():\n"
                             "    assert blocked() == []\n";
static const char PROGRAM[] =
    "def main():\n"
    "    \"\"\"Exits with 1 where tasks race.\"\"\"\n"
    "    wrong = blocked() or [f\"{name}: {line}\" for name in SCENARIOS for line in check(name)]\n"
    "    print(\"\\n\".join(wrong) or \"no race was seen\")\n"
    "    sys.exit(1 if wrong else 0)\n";

static const char *const RESULTS[] = {
    [STRESS_RESULTS_IGNORED] = "None", [STRESS_RESULTS_BY_KIND] = "\"by kind\"", [STRESS_RESULTS_WHOLE] = "\"whole\""};

const char *stress_write_python(const StressPlan *plan, const StressOptions *options) {
  Arena *arena = plan->arena;
  const Finding *finding = &plan->report->finding;
  bool pytest = options->framework == STRESS_PYTEST;
  const char *slash = strrchr(options->path, '/');
  const Mark marks[] = {
      {"function", stress_plain(arena, finding->function[0] ? finding->function : "the top level")},
      {"rule", finding->rule},
      {"variable", stress_plain(arena, finding->variable)},
      {"line", arena_printf(arena, "%u", rule_line(plan->rules, finding->span))},
      {"file", stress_plain(arena, slash ? slash + 1 : options->path)},
      {"path", stress_quoted(arena, options->path)},
      {"tasks", arena_printf(arena, "%u", options->tasks)},
      {"seed", arena_printf(arena, "%u", options->seed)},
      {"pytest", pytest ? "\nimport pytest\n" : ""},
      {"prepare", prepare_text(plan)},
      {"call", call_text(plan)},
      {"rivals", rivals_text(plan)},
      {"state", state_text(plan)},
      {"results", RESULTS[plan->results]},
      {"calls", plan->calls ? "True" : "False"},
      {"keys", stress_quoted_list(arena, plan->keys.items, plan->keys.count)},
      {"exclusive", stress_quoted_list(arena, plan->exclusive.items, plan->exclusive.count)},
      {"replace", replace_text(plan)},
      {"test", pytest ? PYTEST : PROGRAM},
      {"main", pytest ? "" : "\n\nif __name__ == \"__main__\":\n    main()\n"},
  };
  return output_fill(arena, STRESS_PYTHON_TEMPLATE, marks, sizeof marks / sizeof *marks);
}
