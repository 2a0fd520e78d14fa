// A tool that assistants call.
#ifndef RACEWISE_SERVER_MCP_TOOL_H
#define RACEWISE_SERVER_MCP_TOOL_H

#include "../cli/json_text.h"
#include "service.h"
#include <stdio.h>

// One call. A tool sets `result`, and writes the same for people to `out`; or it says in `problem` why it cannot; or it
// was cancelled, and does neither.
typedef struct ToolCall {
  const Folders *folders;
  const json_t *arguments; // as the tool's schema asks for; NULL for none
  Arena *arena;
  Job *job;
  FILE *out;
  json_t *result;
  char problem[512];
} ToolCall;

typedef struct Tool {
  const char *name, *title, *description;
  const char *input, *output; // JSON Schemas
  void (*call)(ToolCall *call);
} Tool;

void check_code(ToolCall *call);
void audit(ToolCall *call);
void suggest_fix(ToolCall *call);
void stress_test(ToolCall *call);
void explain(ToolCall *call);

#endif
