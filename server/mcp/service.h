// What an MCP server offers: tools, resources and prompts, by the methods of the protocol.
#ifndef RACEWISE_SERVER_MCP_SERVICE_H
#define RACEWISE_SERVER_MCP_SERVICE_H

#include "../rpc/rpc.h"
#include "folders.h"

typedef struct Service {
  Folders folders;
  bool greeted; // by `initialize`: this client goes by a revision before 2026-07-28
} Service;

// Answers a request; `params` is borrowed and may be NULL.
void service_handle(Service *service, const char *method, json_t *params, RpcRequest *request);

// What a method gives: the result, or what is wrong with its parameters.
typedef struct Answer {
  json_t *result; // NULL for a wrong request
  RpcError code;  // then
  char problem[256];
} Answer;

void answer_wrong(Answer *answer, RpcError code, const char *format, ...) __attribute__((format(printf, 3, 4)));

// The methods of each part. Parameters are objects or NULL.
void tools_list(Service *service, const json_t *params, Answer *answer);
void tools_call(Service *service, const json_t *params, Answer *answer);
void resources_list(Service *service, const json_t *params, Answer *answer);
void resource_templates_list(Service *service, const json_t *params, Answer *answer);
void resources_read(Service *service, const json_t *params, Answer *answer);
void prompts_list(Service *service, const json_t *params, Answer *answer);
void prompts_get(Service *service, const json_t *params, Answer *answer);

#endif
