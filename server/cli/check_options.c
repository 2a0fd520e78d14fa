#include "check_options.h"

#include "cli.h"
#include "complain.h"
#include "output.h"
#include "parallel.h"
#include "style.h"
#include <string.h>

static const char *severity_choice(int index) {
  return index <= SEVERITY_HINT ? severity_name((Severity)index) : NULL;
}

static const char *confidence_choice(int index) {
  return index <= CONFIDENCE_LOW ? confidence_name((Confidence)index) : NULL;
}

#define FIELD(name) offsetof(CheckOptions, name)

static const Option OPTIONS[] = {
    {"output-format", 0, OPTION_CHOICE, FIELD(format), NULL, output_format_name, "how findings are written"},
    {"output-file", 'o', OPTION_TEXT, FIELD(output_file), "FILE", NULL, "write there instead of to stdout"},
    {"select", 0, OPTION_LIST, FIELD(select), "RULE,...", NULL, "report these rules only (preview rules too)"},
    {"extend-select", 0, OPTION_LIST, FIELD(extend_select), "RULE,...", NULL, "report these rules too"},
    {"ignore", 0, OPTION_LIST, FIELD(ignore), "RULE,...", NULL, "do not report these rules"},
    {"preview", 0, OPTION_FLAG, FIELD(preview), NULL, NULL, "report preview rules too"},
    {"severity", 0, OPTION_CHOICE, FIELD(severity), NULL, severity_choice, "report from this severity on"},
    {"confidence", 0, OPTION_CHOICE, FIELD(confidence), NULL, confidence_choice, "report from this confidence on"},
    {"fix", 0, OPTION_FLAG, FIELD(fix), NULL, NULL, "apply safe fixes, then report what is left"},
    {"fix-only", 0, OPTION_FLAG, FIELD(fix_only), NULL, NULL, "apply safe fixes, report nothing of what is left"},
    {"unsafe-fixes", 0, OPTION_FLAG, FIELD(unsafe_fixes), NULL, NULL, "with --fix or --diff: unsafe fixes too"},
    {"diff", 0, OPTION_FLAG, FIELD(diff), NULL, NULL, "show what would be changed, change nothing"},
    {"show-fixes", 0, OPTION_FLAG, FIELD(show_fixes), NULL, NULL, "tell of each finding how it can be fixed"},
    {"add-ignore", 0, OPTION_TEXT, FIELD(add_ignore), "REASON", NULL,
     "hide what is found by comments with this reason"},
    {"no-suppressions", 0, OPTION_FLAG, FIELD(no_suppressions), NULL, NULL,
     "report what comments hide, as if there were none"},
    {"baseline", 0, OPTION_TEXT, FIELD(baseline), "FILE", NULL, "do not report the findings that are known there"},
    {"write-baseline", 0, OPTION_FLAG, FIELD(write_baseline), NULL, NULL, "make what is found now the baseline"},
    {"config", 0, OPTION_TEXT, FIELD(config), "FILE", NULL, "the configuration of all files, whatever is near them"},
    {"isolated", 0, OPTION_FLAG, FIELD(isolated), NULL, NULL, "go by no configuration file"},
    {"no-config", 0, OPTION_FLAG, FIELD(isolated), NULL, NULL, "the same as --isolated"},
    {"stdin-filename", 0, OPTION_TEXT, FIELD(stdin_filename), "FILE", NULL, "check stdin as if it were this file"},
    {"include", 0, OPTION_LIST, FIELD(include), "GLOB,...", NULL, "of the files in folders check only these"},
    {"exclude", 0, OPTION_LIST, FIELD(exclude), "GLOB,...", NULL, "of the files in folders leave these out"},
    {"extend-exclude", 0, OPTION_LIST, FIELD(exclude), "GLOB,...", NULL, "the same as --exclude"},
    {"force-exclude", 0, OPTION_FLAG, FIELD(force_exclude), NULL, NULL, "leave out excluded files that are named, too"},
    {"no-default-exclude", 0, OPTION_FLAG, FIELD(no_default_exclude), NULL, NULL,
     "enter node_modules, .venv, build and such too"},
    {"no-respect-gitignore", 0, OPTION_FLAG, FIELD(no_respect_gitignore), NULL, NULL, "check what git ignores too"},
    {"changed-since", 0, OPTION_TEXT, FIELD(changed_since), "REV", NULL,
     "check only what differs from this git revision"},
    {"show-files", 0, OPTION_FLAG, FIELD(show_files), NULL, NULL, "list the files that would be checked"},
    {"watch", 'w', OPTION_FLAG, FIELD(watch), NULL, NULL,
     "check again whenever a file changes, until the process is ended"},
    {"exit-zero", 'e', OPTION_FLAG, FIELD(exit_zero), NULL, NULL, "exit with 0 even when there are findings"},
    {"exit-non-zero-on-fix", 0, OPTION_FLAG, FIELD(exit_non_zero_on_fix), NULL, NULL,
     "exit with 1 when something was fixed, too"},
    {"max-warnings", 0, OPTION_COUNT, FIELD(max_warnings), "N", NULL,
     "exit with 1 only for errors, or more warnings than this"},
    {"statistics", 0, OPTION_FLAG, FIELD(statistics), NULL, NULL, "count the findings of each rule, show none"},
    {"no-cache", 'n', OPTION_FLAG, FIELD(no_cache), NULL, NULL, "take nothing from the cache and leave nothing there"},
    {"cache-dir", 0, OPTION_TEXT, FIELD(cache_dir), "FOLDER", NULL, "where the cache is kept"},
    {"jobs", 'j', OPTION_NUMBER, FIELD(jobs), "N", NULL, "files checked at the same time"},
    {"color", 0, OPTION_CHOICE, FIELD(color), NULL, colour_choice_name, "when text output is coloured"},
    {"quiet", 'q', OPTION_FLAG, FIELD(quiet), NULL, NULL, "findings only: no summary, no progress"},
    {"verbose", 'v', OPTION_FLAG, FIELD(verbose), NULL, NULL, "tell on stderr what happens to each file"},
    {"help", 'h', OPTION_FLAG, FIELD(help), NULL, NULL, "this text"},
};

const OptionTable CHECK_TABLE = {
    .verb = "check",
    .operands = "[PATH…]",
    .summary = "Find race conditions in asynchronous Python, JavaScript and TypeScript.",
    .options = OPTIONS,
    .count = sizeof OPTIONS / sizeof *OPTIONS,
    .notes = "Without a PATH the working directory is checked. Folders are searched for source files.\n"
             "What is not said here is taken from the nearest racewise.toml, [tool.racewise] in pyproject.toml or "
             "\"racewise\"\n"
             "in package.json.\n"
             "NO_COLOR, CLICOLOR and CLICOLOR_FORCE are respected.\n\n"
             "Exit status: 0 nothing found, 1 findings, 2 wrong usage or a failure.\n",
};

// Options that do not go together, each with the reason.
static bool use_changes(CheckOptions *options) {
  options->fix |= options->fix_only;
  bool changes = options->fix || options->add_ignore;
  if (options->unsafe_fixes && !options->fix && !options->diff)
    complain("--unsafe-fixes says which fixes to apply: it needs --fix or --diff");
  else if (changes && options->stdin_filename && !options->diff)
    complain("--%s cannot change stdin; --diff shows what it would change", options->fix ? "fix" : "add-ignore");
  else if (options->add_ignore && options->no_suppressions)
    complain("--add-ignore and --no-suppressions exclude each other: what is hidden already needs no second comment");
  else if (options->add_ignore && options->fix)
    complain("--add-ignore and --fix exclude each other: fix first, then ignore what is left");
  else if (options->add_ignore && (!*options->add_ignore || strpbrk(options->add_ignore, "\r\n")))
    complain("--add-ignore needs a reason, in one line, that tells why what is found does not matter");
  else
    return true;
  return false;
}

static bool use_baseline(const CheckOptions *options) {
  if (options->write_baseline && !options->baseline)
    complain("--write-baseline needs --baseline=FILE, which it writes");
  else if (options->baseline && (options->fix || options->diff || options->add_ignore))
    complain("--baseline hides what is found, and --fix, --diff and --add-ignore change it: run them without it");
  else
    return true;
  return false;
}

static bool use_watch(const CheckOptions *options) {
  bool once = options->stdin_filename || options->write_baseline || options->show_files;
  if (options->watch && once)
    complain("--watch goes on, and --stdin-filename, --write-baseline and --show-files are done once");
  return !options->watch || !once;
}

static bool use_config(const CheckOptions *options) {
  bool both = options->config && options->isolated;
  if (both)
    complain("--config and --isolated exclude each other");
  return !both;
}

static bool use_stdin(CheckOptions *options) {
  bool dash = options->paths.count == 1 && !strcmp(options->paths.items[0], "-");
  if (dash && !options->stdin_filename) {
    complain("reading stdin needs --stdin-filename=FILE, whose ending tells the language");
    return false;
  }
  if (options->stdin_filename && options->paths.count && !dash) {
    complain("--stdin-filename and the path %s exclude each other", options->paths.items[0]);
    return false;
  }
  return true;
}

bool check_options_parse(CheckOptions *options, Arena *arena, int argc, char **argv) {
  *options = (CheckOptions){
      .jobs = parallel_jobs(),
      .severity = SEVERITY_HINT,
      .confidence = -1,
      .max_warnings = -1,
  };
  if (!options_parse(&CHECK_TABLE, arena, argc, argv, options, &options->paths) || !use_stdin(options) ||
      !use_changes(options) || !use_baseline(options) || !use_config(options) || !use_watch(options))
    return false;
  if (!options->paths.count)
    array_push(arena, &options->paths, ".");
  return true;
}

void check_options_help(FILE *out) {
  options_help(&CHECK_TABLE, out);
}
