// "github": workflow commands, which GitHub shows as annotations beside the code of a change.
#include "output.h"

// In a message line breaks and "%" are escaped, in a property what separates properties too.
static void print_escaped(FILE *out, const char *text, bool property) {
  for (; *text; text++)
    if (*text == '%' || *text == '\r' || *text == '\n' || (property && (*text == ':' || *text == ',')))
      fprintf(out, "%%%02X", (unsigned)*text);
    else
      fputc(*text, out);
}

static const char *command_of(Severity severity) {
  return severity == SEVERITY_ERROR ? "error" : severity == SEVERITY_WARNING ? "warning" : "notice";
}

void github_finding(Output *output, const Report *report) {
  const Finding *finding = report->finding;
  TextPosition start = text_position(report->text, finding->span.start, TEXT_UTF32);
  TextPosition end = text_position(report->text, finding->span.end, TEXT_UTF32);
  fprintf(output->stream, "::%s title=racewise (%s),file=", command_of(finding->severity), finding->rule);
  print_escaped(output->stream, report->path, true);
  fprintf(output->stream, ",line=%u,endLine=%u", start.line + 1, end.line + 1);
  if (start.line == end.line)
    fprintf(output->stream, ",col=%u,endColumn=%u", start.column + 1, end.column + 1);
  fputs("::", output->stream);
  print_escaped(output->stream, report->path, false);
  fprintf(output->stream, ":%u:%u: %s: ", start.line + 1, start.column + 1, finding->rule);
  print_escaped(output->stream, finding->message, false);
  fputc('\n', output->stream);
}
