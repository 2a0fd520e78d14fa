// "sarif": the Static Analysis Results Interchange Format 2.1.0 (OASIS), which code scanning services take.
//
// The interleaving is a code flow of two threads whose steps carry their order of execution.
#include "output.h"

#include "../config/config.h"
#include "json_text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const LEVELS[] = {
    [SEVERITY_ERROR] = "error",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_INFO] = "note",
    [SEVERITY_HINT] = "note",
};

static json_t *message(const char *text) {
  return json_pack("{s:o}", "text", json_text(text));
}

// A path as a URI reference (RFC 3986): relative ones stay relative, to the root of the sources.
static json_t *artifact(const char *path) {
  char *uri = memory_alloc(3 * strlen(path) + sizeof "file://"), *to = uri;
  to += sprintf(to, "%s", path[0] == '/' ? "file://" : "");
  for (const char *at = path; *at; at++)
    to += isalnum((unsigned char)*at) || strchr("-._~/", *at) ? sprintf(to, "%c", *at)
                                                              : sprintf(to, "%%%02X", (unsigned char)*at);
  json_t *json = json_pack("{s:s}", "uri", uri);
  if (path[0] != '/')
    json_object_set_new(json, "uriBaseId", json_string("%SRCROOT%"));
  free(uri);
  return json;
}

static json_t *region(const Text *text, Span span) {
  TextPosition start = text_position(text, span.start, TEXT_UTF32), end = text_position(text, span.end, TEXT_UTF32);
  return json_pack("{s:I, s:I, s:I, s:I}", "startLine", (json_int_t)start.line + 1, "startColumn",
                   (json_int_t)start.column + 1, "endLine", (json_int_t)end.line + 1, "endColumn",
                   (json_int_t)end.column + 1);
}

static json_t *location(const Report *report, Span span) {
  return json_pack("{s:{s:o, s:o}}", "physicalLocation", "artifactLocation", artifact(report->path), "region",
                   region(report->text, span));
}

static json_t *primary_location(const Report *report) {
  json_t *json = location(report, report->finding->span);
  if (*report->finding->function)
    json_object_set_new(
        json, "logicalLocations",
        json_pack("[{s:o, s:s}]", "fullyQualifiedName", json_text(report->finding->function), "kind", "function"));
  return json;
}

static json_t *related_locations(const Report *report) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < report->finding->related_count; i++) {
    const Place *place = &report->finding->related[i];
    json_t *json = location(report, place->span);
    json_object_set_new(json, "id", json_integer(i + 1));
    json_object_set_new(json, "message", message(place->message));
    json_array_append_new(list, json);
  }
  return list;
}

static json_t *thread_step(const Report *report, uint32_t index) {
  const Step *step = &report->finding->steps[index];
  json_t *place = step->span.end > step->span.start ? location(report, step->span) : json_object();
  json_object_set_new(place, "message", message(step->text));
  return json_pack("{s:o, s:i}", "location", place, "executionOrder", (int)index + 1);
}

static json_t *thread_flow(const Report *report, uint8_t task) {
  json_t *steps = json_array();
  for (uint32_t i = 0; i < report->finding->step_count; i++)
    if (report->finding->steps[i].task == task)
      json_array_append_new(steps, thread_step(report, i));
  if (json_array_size(steps))
    return json_pack("{s:s, s:o}", "id", task ? "task B" : "task A", "locations", steps);
  json_decref(steps);
  return NULL;
}

static json_t *code_flows(const Report *report) {
  json_t *flows = json_array();
  for (uint8_t task = 0; task < 2; task++) {
    json_t *flow = thread_flow(report, task);
    if (flow)
      json_array_append_new(flows, flow);
  }
  return json_pack("[{s:o}]", "threadFlows", flows);
}

static json_t *fix(const Report *report, const Fix *fix) {
  json_t *replacements = json_array();
  for (uint32_t i = 0; i < fix->edit_count; i++) {
    const TextEdit *edit = &fix->edits[i];
    json_array_append_new(replacements, json_pack("{s:o, s:{s:o}}", "deletedRegion", region(report->text, edit->span),
                                                  "insertedContent", "text", json_text_of(edit->bytes, edit->length)));
  }
  return json_pack("{s:o, s:[{s:o, s:o}]}", "description", message(fix->title), "artifactChanges", "artifactLocation",
                   artifact(report->path), "replacements", replacements);
}

static json_t *fixes(const Report *report) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < report->fix_count; i++)
    if (!report->fixes[i].disabled && report->fixes[i].edit_count)
      json_array_append_new(list, fix(report, &report->fixes[i]));
  return list;
}

static json_t *result(const Report *report) {
  const Finding *finding = report->finding;
  char fingerprint[FINGERPRINT_SIZE];
  identity_fingerprint(report->identity, report->path, fingerprint);
  json_t *json =
      json_pack("{s:s, s:i, s:s, s:o, s:[o], s:o, s:{s:s}, s:{s:s, s:o}}", "ruleId", finding->rule, "ruleIndex",
                (int)rule_index(finding->rule), "level", LEVELS[finding->severity], "message",
                message(finding->message), "locations", primary_location(report), "relatedLocations",
                related_locations(report), "partialFingerprints", "racewise/v1", fingerprint, "properties",
                "confidence", confidence_name(finding->confidence), "variable", json_text(finding->variable));
  if (finding->step_count)
    json_object_set_new(json, "codeFlows", code_flows(report));
  json_t *offered = fixes(report);
  if (json_array_size(offered))
    json_object_set(json, "fixes", offered);
  json_decref(offered);
  return json;
}

static json_t *rule(uint32_t index) {
  const RuleInfo *rule = analysis_rules(&(uint32_t){0}) + index;
  json_t *json = json_pack("{s:s, s:s, s:o, s:{s:s, s:s}, s:{s:s}, s:{s:[s, s]}}", "id", rule->name, "name", rule->name,
                           "shortDescription", message(rule->summary), "help", "text", rule->summary, "markdown",
                           analysis_rule_documentation(index), "defaultConfiguration", "level", LEVELS[rule->severity],
                           "properties", "tags", "concurrency", "reliability");
  if (RACEWISE_RULE_PAGES[0])
    json_object_set_new(json, "helpUri", json_pack("s++", RACEWISE_RULE_PAGES, rule->name, ""));
  return json;
}

void sarif_begin(Output *output) {
  uint32_t count;
  json_t *rules = json_array();
  analysis_rules(&count);
  for (uint32_t i = 0; i < count; i++)
    json_array_append_new(rules, rule(i));
  fputs("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":",
        output->stream);
  json_write(
      json_pack("{s:{s:s, s:s, s:o}}", "driver", "name", "racewise", "version", RACEWISE_VERSION, "rules", rules),
      output->stream);
  fputs(",\"columnKind\":\"unicodeCodePoints\",\"results\":[", output->stream);
}

void sarif_finding(Output *output, const Report *report) {
  fputs(output->tally.findings ? ",\n" : "\n", output->stream);
  json_write(result(report), output->stream);
}

void sarif_end(Output *output) {
  fputs(output->tally.findings ? "\n]}]}\n" : "]}]}\n", output->stream);
}
