// One client's session: what the handlers of its messages work on.
#ifndef RACEWISE_SERVER_LSP_SESSION_H
#define RACEWISE_SERVER_LSP_SESSION_H

#include "../document.h"
#include "../extras.h"
#include "../log.h"
#include "../rpc/rpc.h"
#include "../scheduler.h"
#include "protocol.h"
#include "workspace.h"

// LSP 3.17, "Server lifecycle".
typedef enum Lifecycle { LIFECYCLE_STARTING, LIFECYCLE_RUNNING, LIFECYCLE_SHUT_DOWN } Lifecycle;

typedef struct WaitingRequest WaitingRequest; // waiting.h
typedef struct WholeWorkspace WholeWorkspace; // whole_workspace.h

// What only the process around a session can do.
typedef struct SessionHost {
  void *context;
  void (*watch_process)(void *context, int64_t id); // ends the server when that process ends
  void (*leave)(void *context);                     // the client said "exit"
  bool (*congested)(void *context);                 // the client reads too slowly: send nothing unasked
} SessionHost;

typedef enum Trace { TRACE_OFF, TRACE_MESSAGES, TRACE_VERBOSE } Trace;

typedef struct Session {
  SessionHost host;
  Log *log;
  Rpc *rpc;
  Loop *loop;
  Scheduler *scheduler;
  Extras *extras;
  Lifecycle lifecycle;
  Trace trace;
  Client client;
  Workspace workspace;
  bool announced_whole; // the client has been told that the whole workspace is looked at
  Documents documents;
  Configs *configs;
  WaitingRequest *waiting;
  WholeWorkspace *whole; // NULL before anybody asks
} Session;

// Handles one request or notification, as `RpcEvents.called` has it.
void session_handle(Session *session, const char *method, json_t *params, RpcRequest *request);

// A document's analysis is there; a `SchedulerReady`.
void session_analysed(void *session, Document *document);

// What a request waits for has been made; an `ExtrasReady`.
void session_made(void *session, Document *document);

// The client reads again: sends what was held back.
void session_resume(Session *session);

// The process's exit status: 0 after `shutdown`, 1 without.
int session_exit_status(const Session *session);

// Answers what waits and closes all documents. Only when the scheduler is idle, or about to be left behind.
void session_end(Session *session);

#endif
