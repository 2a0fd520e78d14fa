// `racewise audit`: everything that is known of files, findings or not.
#include "../audit/document.h"
#include "audit_files.h"
#include "cli.h"
#include "complain.h"
#include "display.h"
#include "json_text.h"
#include "parallel.h"
#include <string.h>

enum { FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_JSON };

static const char *format_name(int index) {
  static const char *const NAMES[] = {"text", "markdown", "json", NULL};
  return NAMES[index];
}

typedef struct AuditOptions {
  CheckOptions check;
  int format;
  bool fail_on_findings;
} AuditOptions;

#define FIELD(name) offsetof(AuditOptions, name)

static const Option OPTIONS[] = {
    {"output-format", 0, OPTION_CHOICE, FIELD(format), NULL, format_name, "how the audit is written"},
    {"output-file", 'o', OPTION_TEXT, FIELD(check.output_file), "FILE", NULL, "write there instead of to stdout"},
    {"select", 0, OPTION_LIST, FIELD(check.select), "RULE,...", NULL, "findings of these rules only"},
    {"ignore", 0, OPTION_LIST, FIELD(check.ignore), "RULE,...", NULL, "no findings of these rules"},
    {"preview", 0, OPTION_FLAG, FIELD(check.preview), NULL, NULL, "findings of preview rules too"},
    {"config", 0, OPTION_TEXT, FIELD(check.config), "FILE", NULL,
     "the configuration of all files, whatever is near them"},
    {"isolated", 0, OPTION_FLAG, FIELD(check.isolated), NULL, NULL, "go by no configuration file"},
    {"stdin-filename", 0, OPTION_TEXT, FIELD(check.stdin_filename), "FILE", NULL,
     "audit stdin as if it were this file"},
    {"include", 0, OPTION_LIST, FIELD(check.include), "GLOB,...", NULL, "of the files in folders audit only these"},
    {"exclude", 0, OPTION_LIST, FIELD(check.exclude), "GLOB,...", NULL, "of the files in folders leave these out"},
    {"no-default-exclude", 0, OPTION_FLAG, FIELD(check.no_default_exclude), NULL, NULL,
     "enter node_modules, .venv, build and such too"},
    {"fail-on-findings", 0, OPTION_FLAG, FIELD(fail_on_findings), NULL, NULL, "exit with 1 when there are findings"},
    {"jobs", 'j', OPTION_NUMBER, FIELD(check.jobs), "N", NULL, "files read at the same time"},
    {"help", 'h', OPTION_FLAG, FIELD(check.help), NULL, NULL, "this text"},
};

const OptionTable AUDIT_TABLE = {
    .verb = "audit",
    .operands = "PATH…",
    .summary = "List what tasks share, where they give way, the windows between, and what was not understood.",
    .options = OPTIONS,
    .count = sizeof OPTIONS / sizeof *OPTIONS,
    .notes = "Folders are searched for source files that hold something asynchronous.\n"
             "Configuration files count as for `racewise check`.\n\n"
             "Exit status: 0 written, 1 with --fail-on-findings and findings, 2 wrong usage or a failure.\n",
};

typedef struct Writer {
  FILE *out;
  int format;
  uint32_t written;
} Writer;

static void write_file(void *context, const AuditSubject *subject) {
  Writer *writer = context;
  if (writer->format == FORMAT_JSON) {
    fputs(writer->written++ ? ",\n" : "\n", writer->out);
    json_write(audit_to_json(subject), writer->out);
    return;
  }
  writer->written++;
  audit_write(subject, writer->out, writer->format == FORMAT_MARKDOWN);
}

static void write_end(const Writer *writer, const AuditRun *run) {
  if (writer->format == FORMAT_JSON)
    fprintf(writer->out, "\n], \"files_read\": %u, \"files_without_tasks\": %u, \"files_unread\": %u}\n",
            run->files - run->unread, run->quiet, run->unread);
  else if (run->files != 1)
    fprintf(writer->out, "\nAudited %u file%s; %u hold nothing asynchronous.\n", writer->written,
            writer->written == 1 ? "" : "s", run->quiet);
}

static int write_audit(const AuditOptions *options) {
  Writer writer = {audit_open(options->check.output_file), options->format, 0};
  AuditRun run = {.options = &options->check, .file = write_file, .context = &writer};
  if (!writer.out)
    return 2;
  if (options->format == FORMAT_JSON)
    fputs("{\"version\": 1, \"files\": [", writer.out);
  bool begun = audit_files(&run);
  write_end(&writer, &run);
  bool written = audit_close(writer.out, options->check.output_file);
  return begun && written ? audit_status(&run, options->fail_on_findings) : 2;
}

static bool parse(AuditOptions *options, Arena *arena, int argc, char **argv) {
  *options = (AuditOptions){.check = {.jobs = parallel_jobs(), .severity = SEVERITY_HINT, .confidence = -1}};
  if (!options_parse(&AUDIT_TABLE, arena, argc, argv, options, &options->check.paths))
    return false;
  bool no_paths = !options->check.paths.count && !options->check.stdin_filename && !options->check.help;
  if (no_paths)
    complain("racewise audit needs a PATH: a file or a folder");
  return !no_paths;
}

int audit_main(int argc, char **argv) {
  Arena *arena = arena_new();
  AuditOptions options;
  int status = 2;
  display_start();
  if (parse(&options, arena, argc, argv)) {
    if (options.check.help)
      options_help(&AUDIT_TABLE, stdout);
    status = options.check.help ? 0 : write_audit(&options);
  }
  arena_free(arena);
  return status;
}
