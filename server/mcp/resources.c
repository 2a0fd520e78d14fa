// Resources: what each rule is about, in Markdown.
#include "analysis.h"
#include "service.h"
#include <string.h>

static const char SCHEME[] = "racewise://rules/";
static const char MARKDOWN[] = "text/markdown";

static json_t *resource(const RuleInfo *rule) {
  return json_pack("{s:o, s:s, s:s, s:s}", "uri", json_sprintf("%s%s", SCHEME, rule->name), "name", rule->name,
                   "description", rule->summary, "mimeType", MARKDOWN);
}

void resources_list(Service *service, const json_t *params, Answer *answer) {
  (void)service, (void)params;
  uint32_t count;
  const RuleInfo *rules = analysis_rules(&count);
  json_t *list = json_array();
  for (uint32_t i = 0; i < count; i++)
    json_array_append_new(list, resource(&rules[i]));
  answer->result = json_pack("{s:o}", "resources", list);
}

void resource_templates_list(Service *service, const json_t *params, Answer *answer) {
  (void)service, (void)params;
  answer->result =
      json_pack("{s:[{s:s, s:s, s:s, s:s}]}", "resourceTemplates", "uriTemplate", "racewise://rules/{rule}", "name",
                "rule", "description", "What a rule is about, with an example", "mimeType", MARKDOWN);
}

void resources_read(Service *service, const json_t *params, Answer *answer) {
  const char *uri = json_string_value(json_object_get(params, "uri"));
  if (!uri) {
    answer_wrong(answer, RPC_INVALID_PARAMS, "\"uri\" must be a string");
    return;
  }
  uint32_t count, i = 0;
  const RuleInfo *rules = analysis_rules(&count);
  size_t length = sizeof SCHEME - 1;
  while (i < count && (strncmp(uri, SCHEME, length) || strcmp(uri + length, rules[i].name)))
    i++;
  if (i < count)
    answer->result = json_pack("{s:[{s:s, s:s, s:s}]}", "contents", "uri", uri, "mimeType", MARKDOWN, "text",
                               analysis_rule_documentation(i));
  else // the revisions before 2026-07-28 have a code of their own for it
    answer_wrong(answer, service->greeted ? RPC_RESOURCE_NOT_FOUND : RPC_INVALID_PARAMS,
                 "there is no resource \"%.100s\"", uri);
}
