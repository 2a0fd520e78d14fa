#include "service.h"
#include "base/arena.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char VERSION_KEY[] = "io.modelcontextprotocol/protocolVersion";
static const char CAPABILITIES_KEY[] = "io.modelcontextprotocol/clientCapabilities";
static const char SERVER_KEY[] = "io.modelcontextprotocol/serverInfo";

// Newest first. Those from CURRENT on do without a handshake.
static const char CURRENT[] = "2026-07-28";
static const char *const HANDSHAKE_VERSIONS[] = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"};
enum { HANDSHAKE_VERSION_COUNT = sizeof HANDSHAKE_VERSIONS / sizeof *HANDSHAKE_VERSIONS };

static const char INSTRUCTIONS[] =
    "Racewise finds race conditions between tasks in asynchronous Python, JavaScript and TypeScript. After you have "
    "written or changed such code call check_code; suggest_fix gives edits for a finding, stress_test a test that "
    "fails "
    "while it is there. The resources racewise://rules/NAME explain each rule.";

void answer_wrong(Answer *answer, RpcError code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(answer->problem, sizeof answer->problem, format, arguments);
  va_end(arguments);
  answer->code = code;
}

static json_t *server_info(void) {
  return json_pack("{s:s, s:s, s:s}", "name", "racewise", "title", "Racewise", "version", RACEWISE_VERSION);
}

static json_t *capabilities(void) {
  return json_pack("{s:{}, s:{}, s:{}}", "tools", "resources", "prompts");
}

// --- beginnings

static void initialize(Service *service, const json_t *params, Answer *answer) {
  const char *wanted = json_string_value(json_object_get(params, "protocolVersion"));
  if (!wanted) {
    answer_wrong(answer, RPC_INVALID_PARAMS, "\"protocolVersion\" must be a string");
    return;
  }
  const char *version = HANDSHAKE_VERSIONS[0];
  for (size_t i = 0; i < HANDSHAKE_VERSION_COUNT; i++)
    if (!strcmp(wanted, HANDSHAKE_VERSIONS[i]))
      version = HANDSHAKE_VERSIONS[i];
  service->greeted = true;
  answer->result = json_pack("{s:s, s:o, s:o, s:s}", "protocolVersion", version, "capabilities", capabilities(),
                             "serverInfo", server_info(), "instructions", INSTRUCTIONS);
}

static json_t *supported_versions(void) {
  json_t *versions = json_pack("[s]", CURRENT);
  for (size_t i = 0; i < HANDSHAKE_VERSION_COUNT; i++)
    json_array_append_new(versions, json_string(HANDSHAKE_VERSIONS[i]));
  return versions;
}

static void discover(Service *service, const json_t *params, Answer *answer) {
  (void)service, (void)params;
  answer->result = json_pack("{s:o, s:o, s:o, s:s}", "supportedVersions", supported_versions(), "capabilities",
                             capabilities(), "serverInfo", server_info(), "instructions", INSTRUCTIONS);
}

static void ping(Service *service, const json_t *params, Answer *answer) {
  (void)service, (void)params;
  answer->result = json_object();
}

// --- methods

// To which clients a method belongs.
typedef enum Era { ANY_ERA, HANDSHAKE_ONLY, CURRENT_ONLY } Era;

typedef struct Method {
  const char *name;
  Era era;
  bool cacheable; // the answer is the same as long as the program runs
  bool is_job;    // looks at code, on the pool
  void (*handle)(Service *service, const json_t *params, Answer *answer);
} Method;

static const Method METHODS[] = {
    {"initialize", HANDSHAKE_ONLY, false, false, initialize},
    {"ping", HANDSHAKE_ONLY, false, false, ping},
    {"server/discover", CURRENT_ONLY, true, false, discover},
    {"tools/list", ANY_ERA, true, false, tools_list},
    {"tools/call", ANY_ERA, false, true, tools_call},
    {"resources/list", ANY_ERA, true, false, resources_list},
    {"resources/templates/list", ANY_ERA, true, false, resource_templates_list},
    {"resources/read", ANY_ERA, true, false, resources_read},
    {"prompts/list", ANY_ERA, true, false, prompts_list},
    {"prompts/get", ANY_ERA, false, true, prompts_get},
};

static const Method *find_method(const char *name) {
  for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++)
    if (!strcmp(METHODS[i].name, name))
      return &METHODS[i];
  return NULL;
}

// The revision that a request says it goes by; NULL where it says none.
static const json_t *version_of(const json_t *params) {
  return json_object_get(json_object_get(params, "_meta"), VERSION_KEY);
}

static void refuse_version(RpcRequest *request, const json_t *wanted) {
  json_t *data = json_pack("{s:o, s:O}", "supported", supported_versions(), "requested", (json_t *)wanted);
  rpc_fail_with(request, RPC_UNSUPPORTED_VERSION, data, "this protocol version is not supported");
}

// What the current revision wants of each result.
static void complete(json_t *result, bool cacheable) {
  json_object_set_new(result, "resultType", json_string("complete"));
  json_t *meta = json_object_get(result, "_meta");
  if (!meta)
    json_object_set_new(result, "_meta", meta = json_object());
  json_object_set_new(meta, SERVER_KEY, server_info());
  if (!cacheable)
    return;
  json_object_set_new(result, "ttlMs", json_integer(3600000));
  json_object_set_new(result, "cacheScope", json_string("public"));
}

// What is wrong with how a request was begun; NULL where nothing is.
static const char *era_problem(const Service *service, const Method *method, const json_t *params, bool current) {
  if (params && !json_is_object(params))
    return "\"params\" must be an object";
  if (current && !json_is_object(json_object_get(json_object_get(params, "_meta"), CAPABILITIES_KEY)))
    return "\"_meta\" must have an object \"io.modelcontextprotocol/clientCapabilities\"";
  if (!current && !service->greeted && method->era != HANDSHAKE_ONLY)
    return "\"_meta\" must name an \"io.modelcontextprotocol/protocolVersion\", or `initialize` must come first";
  return NULL;
}

// --- requests

// A request that is being answered.
typedef struct Call {
  Service *service;
  const Method *method;
  json_t *params; // kept
  RpcRequest *request;
  bool current; // it goes by the current revision
  Answer answer;
} Call;

static void work(void *context, Job *job) {
  Call *call = context;
  call->answer.job = job;
  call->method->handle(call->service, call->params, &call->answer);
}

static void finish(void *context) {
  Call *call = context;
  Answer *answer = &call->answer;
  if (answer->result && call->current)
    complete(answer->result, call->method->cacheable);
  if (answer->result)
    rpc_succeed(call->request, answer->result);
  else
    rpc_fail(call->request, answer->code, "%s", answer->problem[0] ? answer->problem : "cancelled");
  json_decref(call->params);
  free(call);
}

static void begin(Call *call) {
  JobTask task = {call, work, finish, call->request,
                  json_object_get(json_object_get(call->params, "_meta"), "progressToken")};
  if (!call->method->is_job)
    call->method->handle(call->service, call->params, &call->answer);
  else if (jobs_full(call->service->jobs))
    answer_wrong(&call->answer, RPC_INTERNAL_ERROR, "%d calls are under way: wait for some of them", JOB_LIMIT);
  else {
    jobs_start(call->service->jobs, &task);
    return;
  }
  finish(call);
}

void service_handle(Service *service, const char *name, json_t *params, RpcRequest *request) {
  const json_t *wanted = version_of(params);
  const char *version = json_string_value(wanted);
  if (wanted && (!version || strcmp(version, CURRENT) != 0)) {
    refuse_version(request, wanted);
    return;
  }
  const Method *method = find_method(name);
  if (!method || method->era == (version ? HANDSHAKE_ONLY : CURRENT_ONLY)) {
    rpc_fail(request, RPC_METHOD_NOT_FOUND, "there is no method \"%.100s\"", name);
    return;
  }
  const char *problem = era_problem(service, method, params, version != NULL);
  if (problem) {
    rpc_fail(request, RPC_INVALID_PARAMS, "%s", problem);
    return;
  }
  Call *call = memory_alloc(sizeof *call);
  *call = (Call){service, method, json_incref(params), request, version != NULL, {.code = RPC_REQUEST_CANCELLED}};
  begin(call);
}

void service_hear(Service *service, const char *method, const json_t *params) {
  if (strcmp(method, "notifications/cancelled") != 0)
    return; // nothing else that a client tells changes what it gets
  rpc_drop(service->rpc, json_object_get(params, "requestId"));
  jobs_look_for_cancelled(service->jobs);
}
