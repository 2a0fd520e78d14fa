// Python: a plan as a test for pytest or as a program.
#include "writer.h"

static const StressDialect PYTHON = {
    .name = "python",
    .words = {[STRESS_NUMBER] = {"world.number(n)", "3"},
              [STRESS_COUNT] = {"1", "3"},
              [STRESS_NUMBER_TEXT] = {"str(world.number(n))", "\"3\""},
              [STRESS_BYTES] = {"b\"data\"", "b\"data\""},
              [STRESS_TRUE] = {"True", "True"},
              [STRESS_FALSE] = {"False", "False"},
              [STRESS_MAP] = {"{}", "{}"}},
    .key = "world.key",
    .given = "world.key",
    .list = {{"[", "]"}, {"[", " for n in range(PREPARED)]"}},
    .member = {"next(iter(module.", "))"},
    .make = "module.",
    .statement = {"    ", "\n"},
    .declare = "shared = ",
    .preparation = {"    for n in range(PREPARED):\n        await settled(", ")\n"},
    .rival = {"    (lambda module, shared, world, n: ", "),\n"},
    .no_call = "    # TODO(racewise): start here what runs the code of the finding\n"
               "    raise NotImplementedError(\"TODO(racewise): what does task %d do?\" % n)\n",
    .no_state = "    return None  # it is out of reach: what the calls give tells\n",
    .results = {"None", "\"by kind\"", "\"whole\""},
    .truths = {"False", "True"},
};

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

const char *stress_write_python(const StressPlan *plan, const StressOptions *options) {
  bool pytest = options->framework == STRESS_PYTEST;
  const Mark marks[] = {
      {"pytest", pytest ? "\nimport pytest\n" : ""},
      {"replace", replace_text(plan)},
      {"test", pytest ? PYTEST : PROGRAM},
      {"main", pytest ? "" : "\n\nif __name__ == \"__main__\":\n    main()\n"},
  };
  return stress_write_plan(&PYTHON, plan, options, marks, sizeof marks / sizeof *marks);
}
