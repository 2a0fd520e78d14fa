// `racewise audit`: everything that is known of files, findings or not.
#include "../audit/document.h"
#include "audit_files.h"
#include "cli.h"
#include "complain.h"
#include "display.h"
#include "json_text.h"
#include <string.h>

enum { FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_JSON };

static const char *format_name(int index) {
  static const char *const NAMES[] = {"text", "markdown", "json", NULL};
  return NAMES[index];
}

typedef struct AuditOptions {
  AuditFilesOptions files;
  int format;
} AuditOptions;

#define FIELD(name) offsetof(AuditOptions, name)

static const Option OPTIONS[] = {
    {"output-format", 0, OPTION_CHOICE, FIELD(format), NULL, format_name, "how the audit is written"},
    {"output-file", 'o', OPTION_TEXT, FIELD(files.check.output_file), "FILE", NULL, "write there instead of to stdout"},
    {"stdin-filename", 0, OPTION_TEXT, FIELD(files.check.stdin_filename), "FILE", NULL,
     "audit stdin as if it were this file"},
#include "audit_files.def"
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
  const CheckOptions *check = &options->files.check;
  Writer writer = {audit_open(check->output_file), options->format, 0};
  AuditRun run = {.options = check, .file = write_file, .context = &writer};
  if (!writer.out)
    return 2;
  if (options->format == FORMAT_JSON)
    fputs("{\"version\": 1, \"files\": [", writer.out);
  bool begun = audit_files(&run);
  write_end(&writer, &run);
  bool written = audit_close(writer.out, check->output_file);
  return begun && written ? audit_status(&run, options->files.fail_on_findings) : 2;
}

static bool parse(AuditOptions *options, Arena *arena, int argc, char **argv) {
  if (!audit_options_parse(&AUDIT_TABLE, arena, argc, argv, &options->files))
    return false;
  const CheckOptions *check = &options->files.check;
  bool no_paths = !check->paths.count && !check->stdin_filename && !check->help;
  if (no_paths)
    complain("racewise audit needs a PATH: a file or a folder");
  return !no_paths;
}

int audit_main(int argc, char **argv) {
  Arena *arena = arena_new();
  AuditOptions options = {0};
  int status = 2;
  display_start();
  if (parse(&options, arena, argc, argv)) {
    if (options.files.check.help)
      options_help(&AUDIT_TABLE, stdout);
    status = options.files.check.help ? 0 : write_audit(&options);
  }
  arena_free(arena);
  return status;
}
