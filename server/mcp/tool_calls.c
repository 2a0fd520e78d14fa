// What each tool does.
#include "../audit/document.h"
#include "../cli/finding_json.h"
#include "../explain.h"
#include "../manual.h"
#include "../stress_project.h"
#include "subject.h"
#include "tool.h"
#include <string.h>

static bool open_subject(ToolCall *call, Subject *subject) {
  SubjectRequest request = {call->folders, call->arguments, call->arena, call->job};
  return subject_open(subject, &request, call->problem, sizeof call->problem);
}

static uint32_t number(const ToolCall *call, const char *name, uint32_t otherwise) {
  const json_t *value = json_object_get(call->arguments, name);
  return value ? (uint32_t)json_integer_value(value) : otherwise;
}

static const char *word(const ToolCall *call, const char *name) {
  return json_string_value(json_object_get(call->arguments, name));
}

// --- findings

static bool touches(const Text *text, Span span, uint32_t line) {
  uint32_t first = text_position(text, span.start, TEXT_UTF8).line + 1;
  return line >= first && line <= text_position(text, span.end, TEXT_UTF8).line + 1;
}

static bool is_wanted(const ToolCall *call, const Text *text, const Finding *finding) {
  uint32_t line = number(call, "line", 0);
  const char *rule = word(call, "rule");
  bool at_line = !line || touches(text, finding->span, line);
  for (uint32_t i = 0; i < finding->related_count; i++)
    at_line |= touches(text, finding->related[i].span, line);
  return at_line && (!rule || !strcmp(rule, finding->rule));
}

static void tell_fixes(const ToolCall *call, const Fix *fixes, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    fprintf(call->out, "- %s%s%s\n", fixes[i].title, fixes[i].disabled ? ": cannot be applied: " : "",
            fixes[i].disabled ? fixes[i].disabled : "");
}

// The second step of a call, and those behind it.
static void tell_progress(const ToolCall *call, const Subject *subject, uint32_t index) {
  const Finding *finding = analysis_finding(subject->analysis, index);
  const char *place = arena_printf(call->arena, "trying fixes for %s on line %u", finding->rule,
                                   text_position(subject->text, finding->span.start, TEXT_UTF8).line + 1);
  job_progress(call->job, index + 2, analysis_finding_count(subject->analysis) + 1, place);
}

static void tell_finding(const ToolCall *call, const Subject *subject, uint32_t index, bool with_fixes, json_t *list) {
  const Finding *finding = analysis_finding(subject->analysis, index);
  uint32_t count = 0;
  const Fix *fixes = with_fixes ? analysis_fixes(subject->analysis, index, &count) : NULL;
  Report report = {
      .path = subject->path, .text = subject->text, .finding = finding, .fixes = fixes, .fix_count = count};
  json_array_append_new(list, finding_to_json(&report));
  fprintf(call->out, "%s:%u: ", subject->path, text_position(subject->text, finding->span.start, TEXT_UTF8).line + 1);
  explain_finding(&(Explanation){call->out, subject->text, true}, finding);
  tell_fixes(call, fixes, count);
  fputs("\n", call->out);
}

// False when cancelled.
static bool make_fixes(const ToolCall *call, const Subject *subject, uint32_t index) {
  tell_progress(call, subject, index);
  return analysis_make_fixes(subject->analysis, index, job_cancel(call->job));
}

static void give_findings(ToolCall *call, bool with_fixes) {
  Subject subject;
  if (!open_subject(call, &subject))
    return;
  json_t *list = json_array();
  bool going = true;
  for (uint32_t i = 0; going && i < analysis_finding_count(subject.analysis); i++) {
    if (!is_wanted(call, subject.text, analysis_finding(subject.analysis, i)))
      continue;
    going = !with_fixes || make_fixes(call, &subject, i);
    if (going)
      tell_finding(call, &subject, i, with_fixes, list);
  }
  if (!json_array_size(list))
    fputs("No race was found.\n", call->out);
  if (going)
    call->result = json_pack("{s:o, s:O}", "path", json_text(subject.path), "findings", list);
  json_decref(list);
  subject_close(&subject);
}

void check_code(ToolCall *call) {
  give_findings(call, false);
}

void suggest_fix(ToolCall *call) {
  give_findings(call, true);
}

// --- audit

void audit(ToolCall *call) {
  Subject subject;
  if (!open_subject(call, &subject))
    return;
  job_progress(call->job, 2, 2, "listing what tasks share");
  if (analysis_make_audit(subject.analysis, job_cancel(call->job))) {
    AuditSubject audited = audit_subject(subject.path, subject.analysis, call->arena);
    audit_write(&audited, call->out, true);
    call->result = audit_to_json(&audited);
  }
  subject_close(&subject);
}

// --- stress tests

static StressFramework framework_of(const ToolCall *call, const Subject *subject) {
  const char *wanted = word(call, "framework");
  for (StressFramework one = STRESS_PLAIN; wanted && stress_framework_name(one); one++)
    if (!strcmp(stress_framework_name(one), wanted))
      return one;
  if (subject->real)
    return stress_project_framework(subject->real, subject->language);
  return subject->language == LANGUAGE_PYTHON ? STRESS_PLAIN : STRESS_NODE;
}

static void give_test(ToolCall *call, const Subject *subject, uint32_t index) {
  StressFramework framework = framework_of(call, subject);
  const char *slash = strrchr(subject->path, '/'), *function = analysis_finding(subject->analysis, index)->function;
  StressOptions options = {slash ? slash + 1 : subject->path, framework, number(call, "tasks", 1000),
                           number(call, "seed", 1)};
  if (!stress_framework_fits(framework, subject->language)) {
    snprintf(call->problem, sizeof call->problem, "%s is not for %s", stress_framework_name(framework),
             language_name(subject->language));
    return;
  }
  job_progress(call->job, 2, 2, "writing the test");
  const StressTest *test = analysis_stress(subject->analysis, index, &options);
  json_t *gaps = json_array();
  for (uint32_t i = 0; i < test->gap_count; i++)
    json_array_append_new(gaps, json_text(test->gaps[i]));
  const char *file = stress_project_file(subject->path, framework, subject->language, function, call->arena);
  call->result = json_pack("{s:o, s:o, s:s, s:o}", "test", json_text(test->text), "file", json_text(file), "framework",
                           stress_framework_name(framework), "todo", gaps);
  fputs(test->text, call->out);
}

void stress_test(ToolCall *call) {
  const char *function = word(call, "function");
  uint32_t line = number(call, "line", 0);
  if (!function == !line) {
    snprintf(call->problem, sizeof call->problem, "say where the race is: a \"line\" or a \"function\"");
    return;
  }
  Subject subject;
  if (!open_subject(call, &subject))
    return;
  uint32_t index = stress_project_finding(subject.analysis, function, line);
  if (index < analysis_finding_count(subject.analysis))
    give_test(call, &subject, index);
  else
    snprintf(call->problem, sizeof call->problem,
             "no lost-update, check-then-act or iterate-across-await is there: check_code tells what is");
  subject_close(&subject);
}

// --- rules and topics

void explain(ToolCall *call) {
  const char *name = word(call, "name"), *page = manual_page(name);
  char right[64];
  if (!page) {
    const char *nearest = manual_nearest(name, right, sizeof right);
    snprintf(call->problem, sizeof call->problem, "there is no rule and no topic \"%.100s\"%s%s", name,
             nearest ? "; did you mean " : "", nearest ? nearest : "");
    return;
  }
  fputs(page, call->out);
  call->result = json_pack("{s:s, s:o}", "name", name, "text", json_text(page));
}
