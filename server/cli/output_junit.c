// "junit": a suite for each file with findings, a failed test for each finding. Where there is none, one test that
// passed, because CI servers take a report without tests for a failure.
#include "output.h"

#include "xml.h"

void junit_begin(Output *output) {
  fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"racewise\">\n", output->stream);
}

void junit_file_begin(Output *output, const char *path, uint32_t findings) {
  fputs("  <testsuite", output->stream);
  xml_attribute(output->stream, "name", path);
  xml_attribute_number(output->stream, "tests", findings);
  xml_attribute_number(output->stream, "failures", findings);
  fputs(" errors=\"0\">\n", output->stream);
}

static void print_steps(FILE *out, const Report *report) {
  const Finding *finding = report->finding;
  for (uint32_t i = 0; i < finding->step_count; i++) {
    const Step *step = &finding->steps[i];
    fprintf(out, "\ntask %c", step->task ? 'B' : 'A');
    if (step->span.end > step->span.start)
      fprintf(out, ", line %u", text_position(report->text, step->span.start, TEXT_UTF32).line + 1);
    fputs(": ", out);
    xml_text(out, step->text);
  }
}

void junit_finding(Output *output, const Report *report) {
  const Finding *finding = report->finding;
  TextPosition at = text_position(report->text, finding->span.start, TEXT_UTF32);
  char name[128];
  snprintf(name, sizeof name, "%s (%u:%u)", finding->rule, at.line + 1, at.column + 1);
  fputs("    <testcase", output->stream);
  xml_attribute(output->stream, "name", name);
  xml_attribute(output->stream, "classname", report->path);
  fputs(">\n      <failure", output->stream);
  xml_attribute(output->stream, "type", severity_name(finding->severity));
  xml_attribute(output->stream, "message", finding->message);
  fputc('>', output->stream);
  xml_text(output->stream, report->path);
  fprintf(output->stream, ":%u:%u: ", at.line + 1, at.column + 1);
  xml_text(output->stream, finding->message);
  print_steps(output->stream, report);
  fputs("</failure>\n    </testcase>\n", output->stream);
}

void junit_file_end(Output *output) {
  fputs("  </testsuite>\n", output->stream);
}

void junit_end(Output *output) {
  if (!output->tally.findings)
    fputs("  <testsuite name=\"racewise\" tests=\"1\" failures=\"0\" errors=\"0\">\n"
          "    <testcase name=\"no findings\" classname=\"racewise\"/>\n"
          "  </testsuite>\n",
          output->stream);
  fputs("</testsuites>\n", output->stream);
}
