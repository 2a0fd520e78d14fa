// "checkstyle": the XML of Checkstyle, which many a CI server and review tool reads.
#include "output.h"

#include "xml.h"

static const char *const SEVERITIES[] = {
    [SEVERITY_ERROR] = "error",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_INFO] = "info",
    [SEVERITY_HINT] = "info",
};

void checkstyle_begin(Output *output) {
  fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n", output->stream);
}

void checkstyle_file_begin(Output *output, const char *path, uint32_t findings) {
  (void)findings;
  fputs("  <file", output->stream);
  xml_attribute(output->stream, "name", path);
  fputs(">\n", output->stream);
}

void checkstyle_finding(Output *output, const Report *report) {
  const Finding *finding = report->finding;
  TextPosition start = text_position(report->text, finding->span.start, TEXT_UTF32);
  fputs("    <error", output->stream);
  xml_attribute_number(output->stream, "line", start.line + 1);
  xml_attribute_number(output->stream, "column", start.column + 1);
  xml_attribute(output->stream, "severity", SEVERITIES[finding->severity]);
  xml_attribute(output->stream, "message", finding->message);
  fprintf(output->stream, " source=\"racewise.%s\"/>\n", finding->rule);
}

void checkstyle_file_end(Output *output) {
  fputs("  </file>\n", output->stream);
}

void checkstyle_end(Output *output) {
  fputs("</checkstyle>\n", output->stream);
}
