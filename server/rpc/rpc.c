#include "rpc.h"
#include "base/arena.h"
#include "surrogates.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utlist.h>

struct RpcRequest {
  Rpc *rpc;
  json_t *id;
  bool cancelled; // and thereby answered
  RpcRequest *prev, *next;
};

// A request of ours that the client has not answered yet, and whose answer somebody wants.
typedef struct Question {
  json_int_t id;
  RpcAnswer *answer;
  void *context;
  struct Question *prev, *next;
} Question;

struct Rpc {
  RpcEvents events;
  Log *log;
  RpcRequest *open; // not yet answered
  Question *questions;
  json_int_t last_asked;
};

Rpc *rpc_new(RpcEvents events, Log *log) {
  Rpc *rpc = memory_alloc(sizeof *rpc);
  rpc->events = events;
  rpc->log = log;
  return rpc;
}

void rpc_free(Rpc *rpc) {
  Question *question, *next;
  DL_FOREACH_SAFE(rpc ? rpc->questions : NULL, question, next) {
    free(question);
  }
  free(rpc);
}

// --- Out -----------------------------------------------------------------------------------------------------------

static void send_message(Rpc *rpc, json_t *message) {
  char *body = json_dumps(message, JSON_COMPACT);
  json_decref(message);
  if (!body) {
    log_write(rpc->log, LOG_ERROR, "a message could not be written as JSON and was not sent");
    return;
  }
  rpc->events.send(rpc->events.context, body, strlen(body));
}

// Takes over `data`, which may be NULL.
static void send_error_with(Rpc *rpc, json_t *id, RpcError code, json_t *data, const char *message) {
  log_write(rpc->log, LOG_INFO, "answering with error %d: %s", (int)code, message);
  json_t *error = json_pack("{s:i, s:s, s:o*}", "code", (int)code, "message", message, "data", data);
  json_t *known = json_is_null(id) && rpc->events.omits_unknown_id ? NULL : id;
  send_message(rpc, json_pack("{s:s, s:O*, s:o}", "jsonrpc", "2.0", "id", known, "error", error));
}

static void send_error(Rpc *rpc, json_t *id, RpcError code, const char *message) {
  send_error_with(rpc, id, code, NULL, message);
}

static void send_error_without_id(Rpc *rpc, RpcError code, const char *message) {
  send_error(rpc, json_null(), code, message);
}

void rpc_report_bad_input(Rpc *rpc, const char *problem) {
  send_error_without_id(rpc, RPC_PARSE_ERROR, problem);
}

void rpc_notify(Rpc *rpc, const char *method, json_t *params) {
  send_message(rpc, json_pack("{s:s, s:s, s:o*}", "jsonrpc", "2.0", "method", method, "params", params));
}

void rpc_ask(Rpc *rpc, const char *method, json_t *params, RpcAnswer *answer, void *context) {
  json_int_t id = ++rpc->last_asked;
  if (answer) {
    Question *question = memory_alloc(sizeof *question);
    *question = (Question){id, answer, context, NULL, NULL};
    DL_APPEND(rpc->questions, question);
  }
  send_message(rpc, json_pack("{s:s, s:I, s:s, s:o*}", "jsonrpc", "2.0", "id", id, "method", method, "params", params));
}

// --- Requests ------------------------------------------------------------------------------------------------------

static RpcRequest *request_new(Rpc *rpc, json_t *id) {
  RpcRequest *request = memory_alloc(sizeof *request);
  request->rpc = rpc;
  request->id = json_incref(id);
  DL_APPEND(rpc->open, request);
  return request;
}

static void request_free(RpcRequest *request) {
  DL_DELETE(request->rpc->open, request);
  json_decref(request->id);
  free(request);
}

void rpc_succeed(RpcRequest *request, json_t *result) {
  if (!request->cancelled)
    send_message(request->rpc, json_pack("{s:s, s:O, s:o}", "jsonrpc", "2.0", "id", request->id, "result",
                                         result ? result : json_null()));
  else
    json_decref(result);
  request_free(request);
}

void rpc_fail(RpcRequest *request, RpcError code, const char *format, ...) {
  char message[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  if (!request->cancelled)
    send_error(request->rpc, request->id, code, message);
  else if (code == RPC_REQUEST_CANCELLED)
    log_write(request->rpc->log, LOG_INFO, "gave up a cancelled request");
  request_free(request);
}

void rpc_fail_with(RpcRequest *request, RpcError code, json_t *data, const char *message) {
  if (!request->cancelled)
    send_error_with(request->rpc, request->id, code, data, message);
  else
    json_decref(data);
  request_free(request);
}

bool rpc_cancelled(const RpcRequest *request) {
  return request->cancelled;
}

// NULL where none is open, or it is cancelled already.
static RpcRequest *find_open(const Rpc *rpc, const json_t *id) {
  RpcRequest *request;
  DL_FOREACH(rpc->open, request) {
    if (!request->cancelled && json_equal(request->id, id))
      return request;
  }
  return NULL;
}

static void cancel(Rpc *rpc, const json_t *params) {
  RpcRequest *request = find_open(rpc, json_object_get(params, "id"));
  if (!request)
    return;
  send_error(rpc, request->id, RPC_REQUEST_CANCELLED, "cancelled by the client");
  request->cancelled = true;
}

void rpc_drop(Rpc *rpc, const json_t *id) {
  RpcRequest *request = find_open(rpc, id);
  if (request)
    request->cancelled = true;
}

// --- In ------------------------------------------------------------------------------------------------------------

static void receive_response(Rpc *rpc, const json_t *message) {
  const json_t *error = json_object_get(message, "error");
  const char *text = json_string_value(json_object_get(error, "message"));
  if (error)
    log_write(rpc->log, LOG_INFO, "the client answered a request with an error: %s", text ? text : "no message");
  Question *question;
  json_int_t id = json_integer_value(json_object_get(message, "id"));
  DL_SEARCH_SCALAR(rpc->questions, question, id, id);
  if (!question)
    return;
  DL_DELETE(rpc->questions, question);
  question->answer(question->context, error ? NULL : json_object_get(message, "result"));
  free(question);
}

static bool is_valid_id(const json_t *id) {
  return json_is_integer(id) || json_is_string(id);
}

// What is wrong with the envelope, or NULL.
static const char *envelope_problem(const json_t *message) {
  const char *version = json_string_value(json_object_get(message, "jsonrpc"));
  const json_t *id = json_object_get(message, "id"), *params = json_object_get(message, "params");
  if (!version || strcmp(version, "2.0") != 0)
    return "\"jsonrpc\" must be \"2.0\"";
  if (!json_is_string(json_object_get(message, "method")))
    return "\"method\" must be a string";
  if (id && !is_valid_id(id))
    return "\"id\" must be an integer or a string";
  if (params && !json_is_object(params) && !json_is_array(params) && !json_is_null(params))
    return "\"params\" must be an object or an array";
  return NULL;
}

static bool is_response(const json_t *message) {
  return !json_object_get(message, "method") &&
         (json_object_get(message, "result") || json_object_get(message, "error"));
}

static void receive_call(Rpc *rpc, json_t *message) {
  json_t *id = json_object_get(message, "id"), *params = json_object_get(message, "params");
  const char *method = json_string_value(json_object_get(message, "method"));
  if (json_is_null(params))
    params = NULL;
  if (!id && strcmp(method, "$/cancelRequest") == 0)
    cancel(rpc, params);
  else
    rpc->events.called(rpc->events.context, method, params, id ? request_new(rpc, id) : NULL);
}

static void receive_message(Rpc *rpc, json_t *message) {
  if (!json_is_object(message)) {
    send_error_without_id(rpc, RPC_INVALID_REQUEST, "a message must be one JSON object; there are no batches");
    return;
  }
  if (is_response(message)) {
    receive_response(rpc, message);
    return;
  }
  const char *problem = envelope_problem(message);
  json_t *id = json_object_get(message, "id");
  if (problem)
    send_error(rpc, is_valid_id(id) ? id : json_null(), RPC_INVALID_REQUEST, problem);
  else
    receive_call(rpc, message);
}

static json_t *decode(char *bytes, size_t length, json_error_t *error) {
  enum { FLAGS = JSON_DECODE_ANY | JSON_ALLOW_NUL };
  json_t *message = json_loadb(bytes, length, FLAGS, error);
  if (!message && surrogates_repair(bytes, length))
    message = json_loadb(bytes, length, FLAGS, error);
  return message;
}

void rpc_receive(Rpc *rpc, char *bytes, size_t length) {
  json_error_t error;
  json_t *message = decode(bytes, length, &error);
  if (!message) {
    send_error_without_id(rpc, RPC_PARSE_ERROR, error.text);
    return;
  }
  receive_message(rpc, message);
  json_decref(message);
}
