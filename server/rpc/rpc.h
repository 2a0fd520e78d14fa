// JSON-RPC 2.0 as LSP and MCP use it: requests, notifications, responses, cancellation.
//
// Every request that arrives becomes an `RpcRequest`, which whoever handles it answers exactly once, now or later; the
// answer frees it. A request that the client cancels by `$/cancelRequest` is answered here and at once (-32800): the
// handler's own answer then goes nowhere. All `json_t` results and parameters that are given to this module are taken
// over, NULL included.
#ifndef RACEWISE_SERVER_RPC_RPC_H
#define RACEWISE_SERVER_RPC_RPC_H

#include "../log.h"
#include <jansson.h>
#include <stdbool.h>

typedef enum RpcError {
  RPC_PARSE_ERROR = -32700,
  RPC_INVALID_REQUEST = -32600,
  RPC_METHOD_NOT_FOUND = -32601,
  RPC_INVALID_PARAMS = -32602,
  RPC_INTERNAL_ERROR = -32603,
  RPC_SERVER_NOT_INITIALIZED = -32002,
  RPC_RESOURCE_NOT_FOUND = -32002,  // MCP before 2026-07-28
  RPC_UNSUPPORTED_VERSION = -32022, // MCP
  RPC_REQUEST_FAILED = -32803,
  RPC_REQUEST_CANCELLED = -32800,
  RPC_CONTENT_MODIFIED = -32801,
} RpcError;

typedef struct Rpc Rpc;
typedef struct RpcRequest RpcRequest;

typedef struct RpcEvents {
  void *context;
  // `params` is borrowed; NULL when the message has none. `request` is NULL for a notification.
  void (*called)(void *context, const char *method, json_t *params, RpcRequest *request);
  // Sends a message; takes over `body` (free()).
  void (*send)(void *context, char *body, size_t length);
  bool omits_unknown_id; // an error without a request's id has none at all, and not null
} RpcEvents;

Rpc *rpc_new(RpcEvents events, Log *log);
// Requests that are still open are not answered: answer them before.
void rpc_free(Rpc *rpc); // NULL is allowed

// Takes one message; may change its bytes.
void rpc_receive(Rpc *rpc, char *bytes, size_t length);

// Tells the client that what came was no message (-32700 without an id).
void rpc_report_bad_input(Rpc *rpc, const char *problem);

void rpc_succeed(RpcRequest *request, json_t *result);
void rpc_fail(RpcRequest *request, RpcError code, const char *format, ...) __attribute__((format(printf, 3, 4)));
// The same with more about it for programs; takes over `data`.
void rpc_fail_with(RpcRequest *request, RpcError code, json_t *data, const char *message);

// The client has cancelled it: nothing is worth computing any more. It still has to be "answered", to be freed.
bool rpc_cancelled(const RpcRequest *request);

// The client has cancelled the request with this id, if it is still open, and wants no answer at all (MCP).
void rpc_drop(Rpc *rpc, const json_t *id);

void rpc_notify(Rpc *rpc, const char *method, json_t *params);

// Takes the client's answer: borrowed, NULL when it is an error, which is logged.
typedef void RpcAnswer(void *context, const json_t *result);

// Asks the client. `answer` may be NULL; it is called at most once, and not after `rpc_free`.
void rpc_ask(Rpc *rpc, const char *method, json_t *params, RpcAnswer *answer, void *context);

#endif
