#include "finding_json.h"

#include "../../analysis/base/arena.h"
#include <stdlib.h>
#include <string.h>

// jansson refuses a string that is not UTF-8: such bytes are replaced one by one.
static json_t *repaired(const char *bytes, size_t length) {
  char *copy = memory_alloc(3 * length + 1);
  size_t used = 0;
  while (length) {
    size_t step = 1;
    json_t *whole = NULL;
    for (; step <= 4 && step <= length && !(whole = json_stringn(bytes, step)); step++) {}
    step = whole ? step : 1;
    memcpy(copy + used, whole ? bytes : "\xef\xbf\xbd", whole ? step : 3);
    used += whole ? step : 3;
    json_decref(whole);
    bytes += step;
    length -= step;
  }
  json_t *json = json_stringn(copy, used);
  free(copy);
  return json;
}

static json_t *string_of(const char *bytes, size_t length) {
  json_t *json = json_stringn(bytes, length);
  return json ? json : repaired(bytes, length);
}

static json_t *string(const char *text) {
  return string_of(text, strlen(text));
}

static json_t *position(const Text *text, uint32_t offset) {
  TextPosition at = text_position(text, offset, TEXT_UTF32);
  return json_pack("{s:I, s:I}", "line", (json_int_t)at.line + 1, "column", (json_int_t)at.column + 1);
}

static json_t *range(const Text *text, Span span) {
  return json_pack("{s:o, s:o}", "start", position(text, span.start), "end", position(text, span.end));
}

static json_t *related(const Report *report) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < report->finding->related_count; i++) {
    const Place *place = &report->finding->related[i];
    json_array_append_new(list, json_pack("{s:s, s:o, s:o, s:o}", "role", place_role_name(place->role), "message",
                                          string(place->message), "path", string(report->path), "range",
                                          range(report->text, place->span)));
  }
  return list;
}

static json_t *steps(const Report *report) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < report->finding->step_count; i++) {
    const Step *step = &report->finding->steps[i];
    json_t *json = json_pack("{s:s, s:o}", "task", step->task ? "B" : "A", "text", string(step->text));
    if (step->span.end > step->span.start)
      json_object_set_new(json, "range", range(report->text, step->span));
    json_array_append_new(list, json);
  }
  return list;
}

static json_t *edits(const Report *report, const Fix *fix) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < fix->edit_count; i++) {
    const TextEdit *edit = &fix->edits[i];
    json_array_append_new(list,
                          json_pack("{s:o, s:o, s:o}", "path", string(report->path), "range",
                                    range(report->text, edit->span), "text", string_of(edit->bytes, edit->length)));
  }
  return list;
}

static json_t *fixes(const Report *report) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < report->fix_count; i++) {
    const Fix *fix = &report->fixes[i];
    json_t *json = json_pack("{s:s, s:o, s:b, s:b, s:o}", "id", fix->id, "title", string(fix->title), "preferred",
                             fix->preferred, "safe", fix->safe, "edits", edits(report, fix));
    if (fix->disabled)
      json_object_set_new(json, "disabled", string(fix->disabled));
    json_array_append_new(list, json);
  }
  return list;
}

json_t *finding_to_json(const Report *report) {
  const Finding *finding = report->finding;
  return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "rule", finding->rule, "severity",
                   severity_name(finding->severity), "confidence", confidence_name(finding->confidence), "message",
                   string(finding->message), "path", string(report->path), "range", range(report->text, finding->span),
                   "function", string(finding->function), "variable", string(finding->variable), "related",
                   related(report), "steps", steps(report), "fixes", fixes(report));
}
