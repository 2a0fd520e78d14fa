// `racewise report`: one page for a team.
#include "../report/page.h"

#include "audit_files.h"
#include "cli.h"
#include "complain.h"
#include "display.h"
#include "parallel.h"
#include <string.h>

typedef struct ReportOptions {
  CheckOptions check;
  const char *title;
  bool fail_on_findings;
} ReportOptions;

#define FIELD(name) offsetof(ReportOptions, name)

static const Option OPTIONS[] = {
    {"output-file", 'o', OPTION_TEXT, FIELD(check.output_file), "FILE", NULL, "the page; needed"},
    {"title", 0, OPTION_TEXT, FIELD(title), "TEXT", NULL, "what stands at its top"},
    {"select", 0, OPTION_LIST, FIELD(check.select), "RULE,...", NULL, "findings of these rules only"},
    {"ignore", 0, OPTION_LIST, FIELD(check.ignore), "RULE,...", NULL, "no findings of these rules"},
    {"preview", 0, OPTION_FLAG, FIELD(check.preview), NULL, NULL, "findings of preview rules too"},
    {"config", 0, OPTION_TEXT, FIELD(check.config), "FILE", NULL,
     "the configuration of all files, whatever is near them"},
    {"isolated", 0, OPTION_FLAG, FIELD(check.isolated), NULL, NULL, "go by no configuration file"},
    {"include", 0, OPTION_LIST, FIELD(check.include), "GLOB,...", NULL, "of the files in folders only these"},
    {"exclude", 0, OPTION_LIST, FIELD(check.exclude), "GLOB,...", NULL, "of the files in folders leave these out"},
    {"no-default-exclude", 0, OPTION_FLAG, FIELD(check.no_default_exclude), NULL, NULL,
     "enter node_modules, .venv, build and such too"},
    {"fail-on-findings", 0, OPTION_FLAG, FIELD(fail_on_findings), NULL, NULL, "exit with 1 when there are findings"},
    {"jobs", 'j', OPTION_NUMBER, FIELD(check.jobs), "N", NULL, "files read at the same time"},
    {"help", 'h', OPTION_FLAG, FIELD(check.help), NULL, NULL, "this text"},
};

const OptionTable REPORT_TABLE = {
    .verb = "report",
    .operands = "PATH… -o FILE.html",
    .summary = "Write a page for a team: findings with their interleavings drawn, and what tasks share.",
    .options = OPTIONS,
    .count = sizeof OPTIONS / sizeof *OPTIONS,
    .notes =
        "The page stands alone: it needs no network and no script, and follows the reader's light or dark colours.\n\n"
        "Exit status: 0 written, 1 with --fail-on-findings and findings, 2 wrong usage or a failure.\n",
};

static void add_file(void *context, const AuditSubject *subject) {
  page_add(context, subject);
}

static const char *join_paths(const Words *paths, Arena *arena) {
  const char *text = "";
  for (uint32_t i = 0; i < paths->count; i++)
    text = arena_printf(arena, "%s%s%s", text, i ? ", " : "", paths->items[i]);
  return text;
}

// Once all files have been read, so that a run that fails leaves no half page.
static bool write_page(Page *page, const ReportOptions *options, const AuditRun *run, Arena *arena) {
  PageWords words = {options->title ? options->title : "Races", join_paths(&options->check.paths, arena),
                     run->files - run->unread, run->quiet};
  FILE *out = audit_open(options->check.output_file);
  if (!out)
    return false;
  bool made = page_write(page, &words, out);
  return audit_close(out, options->check.output_file) && made;
}

static int report_with(const ReportOptions *options, Arena *arena) {
  Page *page = page_new();
  AuditRun run = {.options = &options->check, .file = add_file, .context = page};
  bool written = audit_files(&run) && write_page(page, options, &run, arena);
  page_free(page);
  return written ? audit_status(&run, options->fail_on_findings) : 2;
}

static bool parse(ReportOptions *options, Arena *arena, int argc, char **argv) {
  *options = (ReportOptions){.check = {.jobs = parallel_jobs(), .severity = SEVERITY_HINT, .confidence = -1}};
  if (!options_parse(&REPORT_TABLE, arena, argc, argv, options, &options->check.paths))
    return false;
  bool complete = options->check.help || (options->check.paths.count && options->check.output_file);
  if (!complete)
    complain("racewise report needs %s",
             options->check.output_file ? "a PATH: a file or a folder" : "-o FILE.html: where the page is written");
  return complete;
}

int report_main(int argc, char **argv) {
  Arena *arena = arena_new();
  ReportOptions options;
  int status = 2;
  display_start();
  if (parse(&options, arena, argc, argv)) {
    if (options.check.help)
      options_help(&REPORT_TABLE, stdout);
    status = options.check.help ? 0 : report_with(&options, arena);
  }
  arena_free(arena);
  return status;
}
