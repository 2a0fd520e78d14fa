// Prompts: those of `racewise prompt`, filled with what is known of a file below the folders.
#include "../cli/json_text.h"
#include "../prompt/prompt.h"
#include "subject.h"
#include <stdlib.h>
#include <string.h>

static const char *const DESCRIPTIONS[] = {[PROMPT_WRITE] = "Write asynchronous code that holds",
                                           [PROMPT_AUDIT] = "Review a file for races",
                                           [PROMPT_FIX] = "Fix the races that were found",
                                           [PROMPT_TEST] = "Write a stress test"};

static json_t *argument(const char *name, const char *description, bool required) {
  return json_pack("{s:s, s:s, s:b}", "name", name, "description", description, "required", required);
}

static json_t *describe(int kind) {
  json_t *arguments = json_pack(
      "[o, o]", argument("path", "A source file below the folders that the server may read", kind != PROMPT_WRITE),
      argument("line", "Only what is about this line", false));
  if (kind == PROMPT_WRITE)
    json_array_append_new(arguments, argument("language", "Without a path: python, javascript or typescript", false));
  return json_pack("{s:s, s:s, s:o}", "name", prompt_kind_name(kind), "description", DESCRIPTIONS[kind], "arguments",
                   arguments);
}

void prompts_list(Service *service, const json_t *params, Answer *answer) {
  (void)service, (void)params;
  json_t *list = json_array();
  for (int kind = 0; prompt_kind_name(kind); kind++)
    json_array_append_new(list, describe(kind));
  answer->result = json_pack("{s:o}", "prompts", list);
}

static void give(const PromptRequest *request, Arena *arena, Answer *answer) {
  const char *problem, *text = prompt_make(request, arena, &problem);
  if (text)
    answer->result = json_pack("{s:s, s:[{s:s, s:{s:s, s:o}}]}", "description", DESCRIPTIONS[request->kind], "messages",
                               "role", "user", "content", "type", "text", "text", json_text(text));
  else
    answer_wrong(answer, RPC_INVALID_PARAMS, "%s", problem);
}

static void give_for_file(PromptRequest *request, const SubjectRequest *wanted, Answer *answer) {
  Subject subject;
  char problem[256];
  if (!subject_open(&subject, wanted, problem, sizeof problem)) {
    if (problem[0])
      answer_wrong(answer, RPC_INVALID_PARAMS, "%s", problem);
    return;
  }
  if (analysis_make_audit(subject.analysis, job_cancel(wanted->job))) {
    AuditSubject audited = audit_subject(subject.path, subject.analysis, wanted->arena);
    request->subject = &audited;
    request->language = subject.language;
    give(request, wanted->arena, answer);
  }
  subject_close(&subject);
}

// Arguments of prompts are strings, numbers too. False where one is not right.
static bool read_arguments(const json_t *arguments, PromptRequest *request, Answer *answer) {
  const char *line = json_string_value(json_object_get(arguments, "line"));
  const char *language = json_string_value(json_object_get(arguments, "language"));
  char *end = NULL;
  unsigned long number = line ? strtoul(line, &end, 10) : 0;
  request->language = !language || !strcmp(language, "python") ? LANGUAGE_PYTHON : language_of_id(language);
  if (line && (*end || line[0] < '1' || line[0] > '9' || number > INT32_MAX))
    answer_wrong(answer, RPC_INVALID_PARAMS, "\"line\" must be a number from 1 on, as a string");
  else if (request->language == LANGUAGE_NONE)
    answer_wrong(answer, RPC_INVALID_PARAMS, "\"language\" must be python, javascript or typescript");
  request->line = (uint32_t)number;
  return !answer->problem[0];
}

static bool read_kind(const char *name, PromptKind *kind) {
  for (int i = 0; name && prompt_kind_name(i); i++)
    if (!strcmp(name, prompt_kind_name(i))) {
      *kind = (PromptKind)i;
      return true;
    }
  return false;
}

void prompts_get(Service *service, const json_t *params, Answer *answer) {
  const char *name = json_string_value(json_object_get(params, "name"));
  const json_t *arguments = json_object_get(params, "arguments");
  PromptRequest request = {.folder = NULL};
  if (!read_kind(name, &request.kind)) {
    answer_wrong(answer, RPC_INVALID_PARAMS, "there is no prompt \"%.100s\"", name ? name : "");
    return;
  }
  if (!read_arguments(arguments, &request, answer))
    return;
  Arena *arena = arena_new();
  if (request.kind == PROMPT_WRITE && !json_object_get(arguments, "path"))
    give(&request, arena, answer);
  else
    give_for_file(&request, &(SubjectRequest){&service->folders, arguments, arena, answer->job}, answer);
  arena_free(arena);
}
