#include "lsp.h"
#include "../rpc/client_process.h"
#include "../rpc/frame.h"
#include "../rpc/loop.h"
#include "../rpc/stdio.h"
#include "base/arena.h"
#include "session.h"
#include "whole_workspace.h"
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const Option OPTIONS[] = {
    {"stdio", 0, OPTION_FLAG, offsetof(LspOptions, stdio), NULL, NULL, "accepted, and what it does anyway"},
    {"clientProcessId", 0, OPTION_COUNT, offsetof(LspOptions, process_id), "N", NULL, "end when process N ends"},
    {"verbose", 0, OPTION_FLAG, offsetof(LspOptions, verbose), NULL, NULL, "tell what goes on"},
    {"log-file", 0, OPTION_TEXT, offsetof(LspOptions, log_file), "FILE", NULL, "tell it in a file, not on stderr"},
    {"record", 0, OPTION_TEXT, offsetof(LspOptions, record_file), "FILE", NULL,
     "write down all messages, texts included, for `racewise debug replay`"},
    {"help", 'h', OPTION_FLAG, offsetof(LspOptions, help), NULL, NULL, "this text"},
};

const OptionTable LSP_TABLE = {
    .verb = "lsp",
    .operands = "",
    .summary = "Speak the Language Server Protocol on standard input and output: editors start it.",
    .options = OPTIONS,
    .count = sizeof OPTIONS / sizeof *OPTIONS,
};

static bool read_options(int argc, char **argv, LspOptions *options) {
  Arena *arena = arena_new();
  Words operands = {0};
  bool read =
      options_parse(&LSP_TABLE, arena, argc, argv, options, &operands) && options_at_most(&LSP_TABLE, &operands, 0);
  arena_free(arena);
  return read;
}

// The process around a session.
typedef struct Host {
  Loop *loop;
  Log log;
  Stdio *stdio;
  FrameReader *frames;
  Rpc *rpc;
  Session session;
  ClientProcess *client_process;
  Record *record; // NULL for none
  bool leaving;
} Host;

// --- Leaving -------------------------------------------------------------------------------------------------------

// An analysis that is under way must not keep the process, and there is nothing that it would leave undone.
static void on_finished(void *context) {
  Host *host = context;
  const Session *session = &host->session;
  if (!scheduler_idle(session->scheduler) || !extras_idle(session->extras) || !whole_workspace_idle(session))
    _exit(session_exit_status(&host->session));
  loop_stop(host->loop);
}

static void leave(void *context) {
  Host *host = context;
  if (host->leaving)
    return;
  host->leaving = true;
  stdio_finish(host->stdio, on_finished);
}

static void leave_at_once(void *context, const char *reason) {
  Host *host = context;
  log_write(&host->log, LOG_INFO, "leaving: %s", reason);
  host->leaving = true;
  on_finished(host);
}

static void on_client_died(void *context) {
  leave_at_once(context, "the client's process has ended");
}

static void watch_process(void *context, int64_t id) {
  Host *host = context;
  client_process_free(host->client_process);
  host->client_process = client_process_watch(host->loop, id, on_client_died, host);
}

// --- Messages ------------------------------------------------------------------------------------------------------

static bool congested(void *context) {
  Host *host = context;
  return stdio_congested(host->stdio);
}

static void on_called(void *context, const char *method, json_t *params, RpcRequest *request) {
  Host *host = context;
  session_handle(&host->session, method, params, request);
}

static void send_body(void *context, char *body, size_t length) {
  Host *host = context;
  record_message(host->record, RECORD_SERVER, body, length);
  stdio_send(host->stdio, body, length);
}

// Handles what has arrived, as long as the client takes the answers.
static void handle_frames(Host *host) {
  Frame frame;
  while (!host->leaving && !congested(host) && frame_next(host->frames, &frame)) {
    if (!frame.problem)
      record_message(host->record, RECORD_CLIENT, frame.bytes, frame.length);
    if (frame.problem)
      rpc_report_bad_input(host->rpc, frame.problem);
    else
      rpc_receive(host->rpc, frame.bytes, frame.length);
  }
}

static void on_received(void *context, const char *bytes, size_t length) {
  Host *host = context;
  frame_feed(host->frames, bytes, length);
  handle_frames(host);
}

static void on_drained(void *context) {
  Host *host = context;
  session_resume(&host->session);
  handle_frames(host);
}

// --- The process ---------------------------------------------------------------------------------------------------

static bool host_start(Host *host, const LspOptions *options) {
  host->log = options->log;
  host->record = options->record;
  if (!host->log.stream)
    host->log.stream = stderr;
  host->log.level = options->verbose ? LOG_INFO : LOG_WARNING;
  const char *error;
  StdioEvents events = {host, on_received, on_drained, leave_at_once};
  host->loop = loop_new(&error);
  host->stdio = host->loop ? stdio_new(host->loop, STDIO_HEADERS, events, &error) : NULL;
  if (!host->stdio) {
    fprintf(stderr, "racewise lsp: standard input and output cannot be used: %s\n", error);
    return false;
  }
  host->frames = frame_reader_new();
  host->rpc = rpc_new((RpcEvents){.context = host, .called = on_called, .send = send_body}, &host->log);
  host->session = (Session){
      .host = {host, watch_process, leave, congested},
      .log = &host->log,
      .rpc = host->rpc,
      .loop = host->loop,
      .configs = configs_new(),
      .scheduler = scheduler_new(host->loop, session_analysed, &host->session),
      .extras = extras_new(host->loop, session_made, &host->session),
  };
  if (options->process_id > 0)
    watch_process(host, options->process_id);
  return true;
}

static void host_stop(Host *host) {
  session_end(&host->session);
  stdio_free(host->stdio);
  client_process_free(host->client_process);
  loop_run(host->loop);
  scheduler_free(host->session.scheduler);
  extras_free(host->session.extras);
  rpc_free(host->rpc);
  frame_reader_free(host->frames);
}

int lsp_serve(const LspOptions *options) {
  signal(SIGPIPE, SIG_IGN); // a broken pipe comes back as a failed write
  json_set_alloc_funcs(memory_alloc, free);
  if (isatty(STDIN_FILENO))
    fputs("racewise lsp: waiting for a client on standard input; an editor is meant to start this\n", stderr);
  Host *host = memory_alloc(sizeof *host);
  bool started = host_start(host, options);
  if (host->loop)
    loop_run(host->loop);
  if (started)
    host_stop(host);
  int status = started ? session_exit_status(&host->session) : 2;
  loop_free(host->loop);
  free(host);
  return status;
}

// A file for the whole session, added to or begun anew; NULL, after a line on stderr, when it cannot be opened.
static FILE *open_file(const char *path, const char *mode) {
  FILE *stream = fopen(path, mode);
  if (!stream)
    fprintf(stderr, "racewise lsp: %s: cannot be opened: %s\n", path, strerror(errno));
  return stream;
}

static int serve_on_record(LspOptions *options) {
  FILE *log = options->log_file ? open_file(options->log_file, "a") : NULL;
  FILE *record = options->record_file ? open_file(options->record_file, "w") : NULL;
  int status = 2;
  if ((log || !options->log_file) && (record || !options->record_file)) {
    options->log = (Log){.stream = log, .timed = log != NULL};
    options->record = record ? record_new(record) : NULL;
    status = lsp_serve(options);
    record_free(options->record);
  }
  if (log)
    fclose(log);
  if (record)
    fclose(record);
  return status;
}

int lsp_main(int argc, char **argv) {
  LspOptions options = {0};
  if (!read_options(argc, argv, &options))
    return 2;
  if (options.help) {
    options_help(&LSP_TABLE, stdout);
    return 0;
  }
  return serve_on_record(&options);
}
