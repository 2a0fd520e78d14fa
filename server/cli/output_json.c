// The machine-readable formats: "json" is one document, "jsonl" one finding a line. Both write a finding the same way.
#include "output.h"

#include "finding_json.h"
#include "json_text.h"

// One finding a line keeps the document readable and is written as the findings come.
static void write_finding(Output *output, const Report *report) {
  json_write(finding_to_json(report), output->stream);
}

void json_begin(Output *output) {
  fputs("{\"version\":1,\"findings\":[", output->stream);
}

void json_finding(Output *output, const Report *report) {
  fputs(output->tally.findings ? ",\n" : "\n", output->stream);
  write_finding(output, report);
}

void json_end(Output *output) {
  fputs(output->tally.findings ? "\n]}\n" : "]}\n", output->stream);
}

void json_line_finding(Output *output, const Report *report) {
  write_finding(output, report);
  fputc('\n', output->stream);
}
