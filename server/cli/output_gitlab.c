// "gitlab": the report of GitLab's code quality, an array of issues in Code Climate's form.
#include "output.h"

#include "json_text.h"

static const char *const SEVERITIES[] = {
    [SEVERITY_ERROR] = "major",
    [SEVERITY_WARNING] = "minor",
    [SEVERITY_INFO] = "info",
    [SEVERITY_HINT] = "info",
};

void gitlab_begin(Output *output) {
  fputc('[', output->stream);
}

void gitlab_finding(Output *output, const Report *report) {
  const Finding *finding = report->finding;
  TextPosition start = text_position(report->text, finding->span.start, TEXT_UTF32);
  TextPosition end = text_position(report->text, finding->span.end, TEXT_UTF32);
  char fingerprint[FINGERPRINT_SIZE];
  identity_fingerprint(report->identity, report->path, fingerprint);
  fputs(output->tally.findings ? ",\n" : "\n", output->stream);
  json_write(json_pack("{s:s, s:s, s:o, s:[s], s:s, s:s, s:{s:o, s:{s:i, s:i}}}", "type", "issue", "check_name",
                       finding->rule, "description", json_text(finding->message), "categories", "Bug Risk", "severity",
                       SEVERITIES[finding->severity], "fingerprint", fingerprint, "location", "path",
                       json_text(report->path), "lines", "begin", (int)start.line + 1, "end", (int)end.line + 1),
             output->stream);
}

void gitlab_end(Output *output) {
  fputs(output->tally.findings ? "\n]\n" : "]\n", output->stream);
}
