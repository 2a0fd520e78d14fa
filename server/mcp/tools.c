// Tools: what they are called, what they take and give, and the calls.
#include "tool.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What is said about the code that a tool looks at.
#define CODE                                                                                                           \
  "\"path\":{\"type\":\"string\",\"description\":\"A source file below the folders that the server may read\"},"       \
  "\"text\":{\"type\":\"string\",\"description\":\"Source code, in place of a path\"},"                                \
  "\"language\":{\"type\":\"string\",\"enum\":[\"python\",\"javascript\",\"typescript\",\"tsx\"],"                     \
  "\"description\":\"Of the text\"}"
#define LINE "\"line\":{\"type\":\"integer\",\"minimum\":1,\"description\":\"Only what is about this line\"}"
#define OBJECT(properties) "{\"type\":\"object\",\"properties\":{" properties "},\"additionalProperties\":false}"
#define GIVES(name, type)                                                                                              \
  "{\"type\":\"object\",\"properties\":{\"" name "\":{\"type\":\"" type "\"}},\"required\":[\"" name "\"]}"

static const Tool TOOLS[] = {
    {"check_code", "Find race conditions",
     "Finds race conditions between tasks in asynchronous Python, JavaScript or TypeScript: each with the other task's "
     "access and the interleaving that goes wrong.",
     OBJECT(CODE "," LINE), GIVES("findings", "array"), check_code},
    {"audit", "List what tasks share",
     "Lists every shared mutable object of a file with its readers, writers and locks, every suspension point, the "
     "windows between them, and what was not understood.",
     OBJECT(CODE), GIVES("shared", "array"), audit},
    {"suggest_fix", "Suggest fixes",
     "Gives edits that make a race go away, each tried on the file before: the safest first.",
     OBJECT(CODE "," LINE ",\"rule\":{\"type\":\"string\",\"description\":\"Only findings of this rule\"}"),
     GIVES("findings", "array"), suggest_fix},
    {"stress_test", "Write a stress test",
     "Writes a test that fails while a lost-update, check-then-act or iterate-across-await is there: the same calls "
     "one after another and at once. Nothing is saved or run.",
     OBJECT(CODE ",\"line\":{\"type\":\"integer\",\"minimum\":1,\"description\":\"Of the finding\"},"
                 "\"function\":{\"type\":\"string\",\"description\":\"With the finding: Cart.add\"},"
                 "\"framework\":{\"type\":\"string\",\"enum\":[\"plain\",\"pytest\",\"node\",\"vitest\",\"jest\"]},"
                 "\"tasks\":{\"type\":\"integer\",\"minimum\":1},\"seed\":{\"type\":\"integer\",\"minimum\":1}"),
     GIVES("test", "string"), stress_test},
    {"explain", "Explain a rule or a topic",
     "Tells what a rule is about, with an example and how to put it right; or a topic around races: gil, "
     "lock-vs-semaphore, suspension-points, promise-all, testing-for-races.",
     "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"description\":\"lost-update, gil\"}},"
     "\"required\":[\"name\"],\"additionalProperties\":false}",
     GIVES("text", "string"), explain},
};
enum { TOOL_COUNT = sizeof TOOLS / sizeof *TOOLS };

static json_t *describe(const Tool *tool) {
  return json_pack("{s:s, s:s, s:s, s:o, s:o, s:{s:b, s:b, s:b}}", "name", tool->name, "title", tool->title,
                   "description", tool->description, "inputSchema", json_loads(tool->input, 0, NULL), "outputSchema",
                   json_loads(tool->output, 0, NULL), "annotations", "readOnlyHint", true, "idempotentHint", true,
                   "openWorldHint", false);
}

void tools_list(Service *service, const json_t *params, Answer *answer) {
  (void)service, (void)params;
  json_t *list = json_array();
  for (int i = 0; i < TOOL_COUNT; i++)
    json_array_append_new(list, describe(&TOOLS[i]));
  answer->result = json_pack("{s:o}", "tools", list);
}

// --- arguments

static bool fits(const json_t *value, const json_t *schema) {
  const char *type = json_string_value(json_object_get(schema, "type"));
  if (!strcmp(type, "integer"))
    return json_is_integer(value) && json_integer_value(value) >= 1 && json_integer_value(value) <= UINT32_MAX;
  const json_t *choices = json_object_get(schema, "enum");
  size_t i, found = json_array_size(choices);
  const json_t *choice;
  json_array_foreach(choices, i, choice) {
    if (json_equal(choice, value))
      found = i;
  }
  return json_is_string(value) && (!choices || found < json_array_size(choices));
}

// Whether the arguments are what the tool's schema asks for; else `problem` tells what is not.
static bool accept(const Tool *tool, const json_t *arguments, char *problem, size_t size) {
  json_t *schema = json_loads(tool->input, 0, NULL), *properties = json_object_get(schema, "properties");
  const char *name;
  json_t *value;
  problem[0] = '\0';
  json_object_foreach((json_t *)arguments, name, value) {
    json_t *property = json_object_get(properties, name);
    if (!property)
      snprintf(problem, size, "%s takes no argument \"%.60s\"", tool->name, name);
    else if (!fits(value, property))
      snprintf(problem, size, "\"%.60s\" is not what %s takes: see its schema", name, tool->name);
  }
  size_t i;
  json_array_foreach(json_object_get(schema, "required"), i, value) {
    if (!json_object_get(arguments, json_string_value(value)))
      snprintf(problem, size, "%s needs the argument \"%s\"", tool->name, json_string_value(value));
  }
  json_decref(schema);
  return !problem[0];
}

// --- calls

static const Tool *find_tool(const char *name) {
  for (int i = 0; i < TOOL_COUNT; i++)
    if (!strcmp(TOOLS[i].name, name))
      return &TOOLS[i];
  return NULL;
}

static json_t *failed(const char *problem) {
  return json_pack("{s:[{s:s, s:o}], s:b}", "content", "type", "text", "text", json_text(problem), "isError", true);
}

// NULL when cancelled.
static json_t *run(const Tool *tool, const Service *service, const json_t *arguments, Job *job) {
  ToolCall call = {.folders = &service->folders, .arguments = arguments, .arena = arena_new(), .job = job};
  char *text = NULL;
  size_t length = 0;
  call.out = open_memstream(&text, &length);
  if (accept(tool, arguments, call.problem, sizeof call.problem))
    tool->call(&call);
  fclose(call.out);
  json_t *result = NULL;
  if (call.problem[0])
    result = failed(call.problem);
  else if (call.result)
    result = json_pack("{s:[{s:s, s:o}], s:o, s:b}", "content", "type", "text", "text", json_text_of(text, length),
                       "structuredContent", call.result, "isError", false);
  free(text);
  arena_free(call.arena);
  return result;
}

void tools_call(Service *service, const json_t *params, Answer *answer) {
  const char *name = json_string_value(json_object_get(params, "name"));
  json_t *arguments = json_object_get(params, "arguments");
  const Tool *tool = name ? find_tool(name) : NULL;
  if (!name)
    answer_wrong(answer, RPC_INVALID_PARAMS, "\"name\" must be a string");
  else if (!tool)
    answer_wrong(answer, RPC_INVALID_PARAMS, "there is no tool \"%.100s\"", name);
  else if (arguments && !json_is_object(arguments))
    answer_wrong(answer, RPC_INVALID_PARAMS, "\"arguments\" must be an object");
  else
    answer->result = run(tool, service, arguments, answer->job);
}
