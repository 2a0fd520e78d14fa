// What an MCP server offers: tools, resources and prompts, by the methods of the protocol.
#ifndef RACEWISE_SERVER_MCP_SERVICE_H
#define RACEWISE_SERVER_MCP_SERVICE_H

#include "../rpc/rpc.h"
#include "folders.h"
#include "jobs.h"

typedef struct Service {
  Folders folders; // which jobs read: not to be changed once there are some
  Rpc *rpc;
  Jobs *jobs;
  bool greeted; // by `initialize`: this client goes by a revision before 2026-07-28
} Service;

// Answers a request, now or when its job is done; `params` is borrowed and may be NULL.
void service_handle(Service *service, const char *method, json_t *params, RpcRequest *request);
// Takes a notification.
void service_hear(Service *service, const char *method, const json_t *params);

// What a method gives: the result, or what is wrong with its parameters. It leaves both where it was cancelled.
typedef struct Answer {
  Job *job; // that the method runs as; NULL for one that the loop runs
  json_t *result;
  RpcError code; // where there is no result
  char problem[256];
} Answer;

void answer_wrong(Answer *answer, RpcError code, const char *format, ...) __attribute__((format(printf, 3, 4)));

// The methods of each part. Parameters are objects or NULL. Those that look at code run as jobs, and change nothing of
// the service.
void tools_list(Service *service, const json_t *params, Answer *answer);
void tools_call(Service *service, const json_t *params, Answer *answer);
void resources_list(Service *service, const json_t *params, Answer *answer);
void resource_templates_list(Service *service, const json_t *params, Answer *answer);
void resources_read(Service *service, const json_t *params, Answer *answer);
void prompts_list(Service *service, const json_t *params, Answer *answer);
void prompts_get(Service *service, const json_t *params, Answer *answer);

#endif
