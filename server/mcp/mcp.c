#include "mcp.h"
#include "../cli/complain.h"
#include "../rpc/loop.h"
#include "../rpc/stdio.h"
#include "base/arena.h"
#include "lines.h"
#include "service.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct McpOptions {
  bool verbose, help;
} McpOptions;

static const Option OPTIONS[] = {
    {"verbose", 0, OPTION_FLAG, offsetof(McpOptions, verbose), NULL, NULL, "tell on stderr what goes on"},
    {"help", 'h', OPTION_FLAG, offsetof(McpOptions, help), NULL, NULL, "this text"},
};

const OptionTable MCP_TABLE = {
    .verb = "mcp",
    .operands = "[FOLDER…]",
    .summary = "Speak the Model Context Protocol on standard input and output: assistants start it.",
    .options = OPTIONS,
    .count = sizeof OPTIONS / sizeof *OPTIONS,
    .notes = "Files below the FOLDERs alone are read (without one, below the working directory); nothing is run or\n"
             "written.\n",
};

typedef struct Host {
  Loop *loop;
  Log log;
  Stdio *stdio;
  LineReader *lines;
  Service service;
  bool leaving;
} Host;

static void on_finished(void *context) {
  Host *host = context;
  loop_stop(host->loop);
}

static void leave_when_settled(void *context) {
  Host *host = context;
  if (host->leaving && jobs_idle(host->service.jobs))
    stdio_finish(host->stdio, on_finished);
}

// What was asked is answered still, as long as there is somebody to take it.
static void on_ended(void *context, const char *reason) {
  Host *host = context;
  log_write(&host->log, LOG_INFO, "leaving: %s", reason);
  host->leaving = true;
  if (stdio_broken(host->stdio))
    jobs_cancel_all(host->service.jobs);
  leave_when_settled(host);
}

static void on_called(void *context, const char *method, json_t *params, RpcRequest *request) {
  Host *host = context;
  log_write(&host->log, LOG_INFO, "received %s", method);
  if (request)
    service_handle(&host->service, method, params, request);
  else
    service_hear(&host->service, method, params);
}

static void send_body(void *context, char *body, size_t length) {
  Host *host = context;
  stdio_send(host->stdio, body, length);
}

// Answers what has arrived, as long as the client takes the answers.
static void answer_lines(void *context) {
  Host *host = context;
  char *bytes;
  size_t length;
  while (!host->leaving && !stdio_congested(host->stdio) && line_reader_next(host->lines, &bytes, &length))
    if (bytes)
      rpc_receive(host->service.rpc, bytes, length);
    else
      rpc_report_bad_input(host->service.rpc, "a message is at most 16 MiB long");
}

static void on_received(void *context, const char *bytes, size_t length) {
  Host *host = context;
  line_reader_feed(host->lines, bytes, length);
  answer_lines(host);
}

static bool start(Host *host) {
  const char *error;
  StdioEvents events = {host, on_received, answer_lines, on_ended};
  host->loop = loop_new(&error);
  host->stdio = host->loop ? stdio_new(host->loop, STDIO_LINES, events, &error) : NULL;
  if (!host->stdio) {
    fprintf(stderr, "racewise mcp: standard input and output cannot be used: %s\n", error);
    return false;
  }
  host->lines = line_reader_new();
  RpcEvents calls = {.context = host, .called = on_called, .send = send_body, .omits_unknown_id = true};
  host->service.rpc = rpc_new(calls, &host->log);
  host->service.jobs = jobs_new(host->loop, host->service.rpc, leave_when_settled, host);
  return true;
}

static void stop(Host *host) {
  stdio_free(host->stdio);
  jobs_free(host->service.jobs);
  loop_run(host->loop);
  rpc_free(host->service.rpc);
  line_reader_free(host->lines);
}

static int serve(Host *host) {
  signal(SIGPIPE, SIG_IGN); // a broken pipe comes back as a failed write
  json_set_alloc_funcs(memory_alloc, free);
  bool started = start(host);
  if (started) {
    loop_run(host->loop);
    stop(host);
  }
  loop_free(host->loop);
  return started ? 0 : 2;
}

static bool add_folder(Host *host, const char *path) {
  char problem[256];
  bool added = folders_add(&host->service.folders, path, problem, sizeof problem);
  if (!added)
    complain("%s: %s", path, problem);
  return added;
}

static bool add_folders(Host *host, const Words *folders) {
  bool added = folders->count || add_folder(host, ".");
  for (uint32_t i = 0; i < folders->count && added; i++)
    added = add_folder(host, folders->items[i]);
  return added;
}

int mcp_main(int argc, char **argv) {
  Arena *arena = arena_new();
  McpOptions options = {0};
  Words folders = {0};
  Host host = {.log = {.stream = stderr, .level = LOG_WARNING}, .service.folders.arena = arena};
  int status = 2;
  if (options_parse(&MCP_TABLE, arena, argc, argv, &options, &folders)) {
    host.log.level = options.verbose ? LOG_INFO : LOG_WARNING;
    if (options.help)
      options_help(&MCP_TABLE, stdout);
    status = options.help ? 0 : add_folders(&host, &folders) ? serve(&host) : 2;
  }
  arena_free(arena);
  return status;
}
