#include "suppressions.h"

static const char DOCUMENTATION[] = "# unjustified-suppression\n"
                                    "\n"
                                    "## What it does\n"
                                    "Reports a suppression comment that gives no reason behind `--`.\n"
                                    "\n"
                                    "## Why is this bad?\n"
                                    "The reason is what the next reader needs: which fact, outside of this code, makes "
                                    "the race impossible or harmless.\n"
                                    "Without it nobody can tell whether the fact still holds.\n"
                                    "\n"
                                    "## Example\n"
                                    "```python\n"
                                    "visits = seen + 1  # racewise: ignore[lost-update]\n"
                                    "```\n"
                                    "\n"
                                    "## Use instead\n"
                                    "```python\n"
                                    "visits = seen + 1  # racewise: ignore[lost-update] -- only one worker runs this\n"
                                    "```\n";

static void check_one(RuleRun *run, const Suppression *suppression) {
  if (suppression->justified || suppression->fault)
    return;
  const char *message =
      arena_printf(run->file->arena,
                   "%s is suppressed%s without a reason: tell behind `--` why the code is right, as in "
                   "`ignore[lost-update] -- only one worker runs this`",
                   suppression_target(run, suppression), suppression->whole_file ? " in the whole file" : "");
  suppression_report(run, suppression, suppression->span, message);
}

static void check(RuleRun *run) {
  for (uint32_t i = 0; i < run->suppressions.count; i++)
    check_one(run, &run->suppressions.items[i]);
}

const Rule unjustified_suppression_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
    .about_suppressions = true,
};
