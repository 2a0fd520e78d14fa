// `racewise report`: one page for a team.
#include "../report/page.h"

#include "audit_files.h"
#include "cli.h"
#include "complain.h"
#include "display.h"
#include <string.h>

typedef struct ReportOptions {
  AuditFilesOptions files;
  const char *title;
} ReportOptions;

#define FIELD(name) offsetof(ReportOptions, name)

static const Option OPTIONS[] = {
    {"output-file", 'o', OPTION_TEXT, FIELD(files.check.output_file), "FILE", NULL, "the page; needed"},
    {"title", 0, OPTION_TEXT, FIELD(title), "TEXT", NULL, "what stands at its top"},
#include "audit_files.def"
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
  PageWords words = {options->title ? options->title : "Races", join_paths(&options->files.check.paths, arena),
                     run->files - run->unread, run->quiet};
  FILE *out = audit_open(options->files.check.output_file);
  if (!out)
    return false;
  bool made = page_write(page, &words, out);
  return audit_close(out, options->files.check.output_file) && made;
}

static int report_with(const ReportOptions *options, Arena *arena) {
  Page *page = page_new();
  AuditRun run = {.options = &options->files.check, .file = add_file, .context = page};
  bool written = audit_files(&run) && write_page(page, options, &run, arena);
  page_free(page);
  return written ? audit_status(&run, options->files.fail_on_findings) : 2;
}

static bool parse(ReportOptions *options, Arena *arena, int argc, char **argv) {
  if (!audit_options_parse(&REPORT_TABLE, arena, argc, argv, &options->files))
    return false;
  const CheckOptions *check = &options->files.check;
  bool complete = check->help || (check->paths.count && check->output_file);
  if (!complete)
    complain("racewise report needs %s",
             check->output_file ? "a PATH: a file or a folder" : "-o FILE.html: where the page is written");
  return complete;
}

int report_main(int argc, char **argv) {
  Arena *arena = arena_new();
  ReportOptions options = {0};
  int status = 2;
  display_start();
  if (parse(&options, arena, argc, argv)) {
    if (options.files.check.help)
      options_help(&REPORT_TABLE, stdout);
    status = options.files.check.help ? 0 : report_with(&options, arena);
  }
  arena_free(arena);
  return status;
}
