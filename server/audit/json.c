// The audit as JSON.
#include "../cli/finding_json.h"
#include "../cli/json_text.h"
#include "document.h"

static json_t *task_labels(const AuditSubject *subject, uint64_t tasks) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < subject->audit->task_count; i++)
    if (tasks >> i & 1)
      json_array_append_new(list, json_sprintf("T%u", i + 1));
  return list;
}

static json_t *tasks(const AuditSubject *subject) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < subject->audit->task_count; i++) {
    const TaskOrigin *task = &subject->audit->tasks[i];
    json_t *json = json_pack("{s:o, s:s, s:o, s:b, s:o}", "id", json_sprintf("T%u", i + 1), "kind",
                             task_kind_name(task->kind), "function", json_text(task->function), "several", task->many,
                             "text", json_text(audit_task(subject, i)));
    if (task->span.end)
      json_object_set_new(json, "range", json_range(subject->text, task->span));
    json_array_append_new(list, json);
  }
  return list;
}

static json_t *indexes(const uint32_t *items, uint32_t count) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < count; i++)
    json_array_append_new(list, json_integer(items[i]));
  return list;
}

static json_t *accesses(const AuditSubject *subject, const SharedAccess *items, uint32_t count) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < count; i++) {
    const SharedAccess *access = &items[i];
    json_array_append_new(
        list, json_pack("{s:o, s:o, s:b, s:b, s:o, s:o, s:o}", "range", json_range(subject->text, access->span),
                        "function", json_text(access->function), "reads", access->reads, "writes", access->writes,
                        "locks", json_text(access->locks), "tasks", task_labels(subject, access->tasks), "rivals",
                        indexes(access->rivals, access->rival_count)));
  }
  return list;
}

static json_t *locations(const AuditSubject *subject, const SharedLocation *items, uint32_t count) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < count; i++) {
    const SharedLocation *location = &items[i];
    json_t *json =
        json_pack("{s:o, s:o, s:o, s:o, s:b}", "name", json_text(location->name), "definition",
                  json_range(subject->text, location->definition), "setup",
                  accesses(subject, location->setup, location->setup_count), "accesses",
                  accesses(subject, location->accesses, location->access_count), "truncated", location->truncated);
    if (*location->setter)
      json_object_set_new(json, "setter", json_text(location->setter));
    if (location->own)
      json_object_set_new(json, "own", json_true());
    json_array_append_new(list, json);
  }
  return list;
}

static json_t *outside(const AuditSubject *subject) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < subject->audit->outside_count; i++) {
    const OutsideThing *thing = &subject->audit->outside[i];
    json_array_append_new(list, json_pack("{s:s, s:o, s:o, s:o}", "kind", outside_kind_name(thing->kind), "name",
                                          json_text(thing->name), "of", json_text(thing->of), "accesses",
                                          accesses(subject, thing->accesses, thing->access_count)));
  }
  return list;
}

static json_t *windows_at(const AuditSubject *subject, uint32_t point) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < subject->audit->window_count; i++)
    if (subject->audit->windows[i].point == point)
      json_array_append_new(list, json_integer(i));
  return list;
}

static json_t *points(const AuditSubject *subject) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < subject->audit->point_count; i++) {
    const SuspensionPoint *point = &subject->audit->points[i];
    json_t *others = json_array();
    for (uint32_t k = 0; k < point->other_count; k++)
      json_array_append_new(others, json_text(point->others[k]));
    json_array_append_new(
        list,
        json_pack("{s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:o}", "range", json_range(subject->text, point->span), "code",
                  json_text(audit_quote(subject, point->span)), "function", json_text(point->function), "suspends",
                  suspension_certainty_name(point->certainty), "locks", json_text(point->locks), "tasks",
                  task_labels(subject, point->tasks), "others", others, "windows", windows_at(subject, i)));
  }
  return list;
}

static json_t *windows(const AuditSubject *subject) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < subject->audit->window_count; i++) {
    const AuditWindow *window = &subject->audit->windows[i];
    json_t *json =
        json_pack("{s:o, s:i, s:o, s:o, s:o, s:o, s:s, s:o, s:o}", "name",
                  json_text(subject->audit->locations[window->location].name), "shared", (int)window->location, "first",
                  json_range(subject->text, window->first), "suspension", json_range(subject->text, window->suspension),
                  "second", json_range(subject->text, window->second), "function", json_text(window->function), "state",
                  window_state_name(window->state), "locks", json_text(window->locks), "rivals",
                  indexes(window->rivals, window->rival_count));
    if (window->finding < analysis_finding_count(subject->analysis))
      json_object_set_new(json, "finding", json_integer(window->finding));
    json_array_append_new(list, json);
  }
  return list;
}

static json_t *findings(const AuditSubject *subject) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < analysis_finding_count(subject->analysis); i++) {
    const Report report = {
        .path = subject->path, .text = subject->text, .finding = analysis_finding(subject->analysis, i)};
    json_array_append_new(list, finding_to_json(&report));
  }
  return list;
}

static json_t *unknowns(const AuditSubject *subject) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < subject->audit->unknown_count; i++) {
    const Unknown *unknown = &subject->audit->unknowns[i];
    json_array_append_new(list,
                          json_pack("{s:s, s:o, s:o, s:i, s:o}", "kind", unknown_kind_name(unknown->kind), "range",
                                    json_range(subject->text, unknown->span), "name", json_text(unknown->name), "count",
                                    (int)unknown->count, "text", json_text(audit_unknown(subject, unknown))));
  }
  return list;
}

json_t *audit_to_json(const AuditSubject *subject) {
  const Audit *audit = subject->audit;
  return json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "path", json_text(subject->path), "language",
                   language_name(syntax_language(analysis_syntax(subject->analysis))), "tasks", tasks(subject),
                   "shared", locations(subject, audit->locations, audit->location_count), "locks",
                   locations(subject, audit->locks, audit->lock_count), "outside", outside(subject), "suspensions",
                   points(subject), "windows", windows(subject), "findings", findings(subject), "unknown",
                   unknowns(subject));
}
