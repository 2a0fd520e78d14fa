#include "finding_json.h"

#include "json_text.h"

static json_t *related(const Report *report) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < report->finding->related_count; i++) {
    const Place *place = &report->finding->related[i];
    json_array_append_new(list, json_pack("{s:s, s:o, s:o, s:o}", "role", place_role_name(place->role), "message",
                                          json_text(place->message), "path", json_text(report->path), "range",
                                          json_range(report->text, place->span)));
  }
  return list;
}

static json_t *steps(const Report *report) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < report->finding->step_count; i++) {
    const Step *step = &report->finding->steps[i];
    json_t *json = json_pack("{s:s, s:o}", "task", step->task ? "B" : "A", "text", json_text(step->text));
    if (step->span.end > step->span.start)
      json_object_set_new(json, "range", json_range(report->text, step->span));
    json_array_append_new(list, json);
  }
  return list;
}

static json_t *edits(const Report *report, const Fix *fix) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < fix->edit_count; i++) {
    const TextEdit *edit = &fix->edits[i];
    json_array_append_new(list, json_pack("{s:o, s:o, s:o}", "path", json_text(report->path), "range",
                                          json_range(report->text, edit->span), "text",
                                          json_text_of(edit->bytes, edit->length)));
  }
  return list;
}

static json_t *fixes(const Report *report) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < report->fix_count; i++) {
    const Fix *fix = &report->fixes[i];
    json_t *json = json_pack("{s:s, s:o, s:b, s:b, s:o}", "id", fix->id, "title", json_text(fix->title), "preferred",
                             fix->preferred, "safe", fix->safe, "edits", edits(report, fix));
    if (fix->disabled)
      json_object_set_new(json, "disabled", json_text(fix->disabled));
    json_array_append_new(list, json);
  }
  return list;
}

json_t *finding_to_json(const Report *report) {
  const Finding *finding = report->finding;
  return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "rule", finding->rule, "severity",
                   severity_name(finding->severity), "confidence", confidence_name(finding->confidence), "message",
                   json_text(finding->message), "path", json_text(report->path), "range",
                   json_range(report->text, finding->span), "function", json_text(finding->function), "variable",
                   json_text(finding->variable), "related", related(report), "steps", steps(report), "fixes",
                   fixes(report));
}
