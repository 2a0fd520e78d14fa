#include "stdio.h"
#include "base/arena.h"
#include "frame.h"
#include <stdlib.h>
#include <unistd.h>
#include <uv.h>

enum { INPUT_SIZE = 64 * 1024, FINISH_MILLISECONDS = 1000 };

// One end: a stream where the system lets us poll it, else a plain file, which never makes us wait.
typedef union Stream {
  uv_handle_t handle;
  uv_stream_t stream;
  uv_pipe_t pipe;
  uv_tty_t tty;
} Stream;

struct Stdio {
  Loop *loop;
  StdioFraming framing;
  StdioEvents events;
  Stream input, output;
  uv_idle_t file_input; // reads in place of `input` when that is a file
  uv_timer_t patience;
  bool input_is_file, output_is_file;
  bool reading, congested, ended, broken;
  size_t waiting; // bytes given to libuv and not yet written
  void (*finished)(void *context);
  int open_handles;
  char buffer[INPUT_SIZE];
};

static void end(Stdio *stdio, const char *reason) {
  if (stdio->ended)
    return;
  stdio->ended = true;
  stdio->events.ended(stdio->events.context, reason);
}

static void break_off(Stdio *stdio, const char *reason) {
  if (stdio->broken)
    return;
  stdio->broken = stdio->ended = true;
  stdio->events.ended(stdio->events.context, reason);
}

// --- Input ---------------------------------------------------------------------------------------------------------

static void provide_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
  (void)suggested;
  Stdio *stdio = handle->data;
  *buffer = uv_buf_init(stdio->buffer, INPUT_SIZE);
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer) {
  Stdio *stdio = stream->data;
  if (length > 0)
    stdio->events.received(stdio->events.context, buffer->base, (size_t)length);
  else if (length < 0)
    end(stdio, uv_strerror((int)length));
}

static void on_idle(uv_idle_t *idle) {
  Stdio *stdio = idle->data;
  ssize_t length = read(STDIN_FILENO, stdio->buffer, INPUT_SIZE);
  if (length > 0)
    stdio->events.received(stdio->events.context, stdio->buffer, (size_t)length);
  else
    end(stdio, length == 0 ? "end of input" : "standard input cannot be read");
}

static void start_reading(Stdio *stdio) {
  if (stdio->reading || stdio->ended || stdio->finished)
    return;
  stdio->reading = true;
  if (stdio->input_is_file)
    uv_idle_start(&stdio->file_input, on_idle);
  else
    uv_read_start(&stdio->input.stream, provide_buffer, on_read);
}

static void stop_reading(Stdio *stdio) {
  if (!stdio->reading)
    return;
  stdio->reading = false;
  if (stdio->input_is_file)
    uv_idle_stop(&stdio->file_input);
  else
    uv_read_stop(&stdio->input.stream);
}

// --- Output --------------------------------------------------------------------------------------------------------

// A message on its way out.
typedef struct Sending {
  uv_write_t request;
  Stdio *stdio;
  char header[FRAME_HEADER_SPACE];
  char *body;
  size_t size;
} Sending;

static void finish_if_written(Stdio *stdio) {
  if (!stdio->finished || stdio->waiting > 0)
    return;
  uv_timer_stop(&stdio->patience);
  stdio->finished(stdio->events.context);
}

static void relieve(Stdio *stdio) {
  if (!stdio->congested || stdio->waiting > STDIO_CONGESTED / 8)
    return;
  stdio->congested = false;
  start_reading(stdio);
  stdio->events.drained(stdio->events.context);
}

static void on_written(uv_write_t *request, int status) {
  Sending *sending = request->data;
  Stdio *stdio = sending->stdio;
  stdio->waiting -= sending->size;
  free(sending->body);
  free(sending);
  if (status == UV_ECANCELED)
    return; // the handle is being closed
  if (status < 0)
    break_off(stdio, uv_strerror(status));
  relieve(stdio);
  finish_if_written(stdio);
}

static void write_to_file(Stdio *stdio, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(STDOUT_FILENO, bytes, length);
    if (written <= 0) {
      break_off(stdio, "standard output cannot be written");
      return;
    }
    bytes += written;
    length -= (size_t)written;
  }
}

static void send_to_file(Stdio *stdio, char *body, size_t length) {
  char header[FRAME_HEADER_SPACE];
  if (stdio->framing == STDIO_HEADERS)
    write_to_file(stdio, header, frame_header(header, length));
  write_to_file(stdio, body, length);
  if (stdio->framing == STDIO_LINES)
    write_to_file(stdio, "\n", 1);
  free(body);
}

static void send_to_stream(Stdio *stdio, char *body, size_t length) {
  Sending *sending = memory_alloc(sizeof *sending);
  bool lines = stdio->framing == STDIO_LINES;
  size_t header_length = lines ? 0 : frame_header(sending->header, length);
  sending->stdio = stdio;
  sending->body = body;
  sending->size = header_length + length + lines;
  sending->request.data = sending;
  stdio->waiting += sending->size;
  sending->header[FRAME_HEADER_SPACE - 1] = '\n';
  uv_buf_t pieces[] = {uv_buf_init(sending->header, (unsigned)header_length), uv_buf_init(body, (unsigned)length),
                       uv_buf_init(sending->header + FRAME_HEADER_SPACE - 1, lines)};
  int status = uv_write(&sending->request, &stdio->output.stream, pieces, 3, on_written);
  if (status < 0)
    on_written(&sending->request, status);
  if (stdio->waiting > STDIO_CONGESTED) {
    stdio->congested = true;
    stop_reading(stdio);
  }
}

void stdio_send(Stdio *stdio, char *body, size_t length) {
  if (stdio->broken)
    free(body);
  else if (stdio->output_is_file)
    send_to_file(stdio, body, length);
  else
    send_to_stream(stdio, body, length);
}

bool stdio_congested(const Stdio *stdio) {
  return stdio->congested;
}

bool stdio_broken(const Stdio *stdio) {
  return stdio->broken;
}

// --- Beginning and end ---------------------------------------------------------------------------------------------

// Opens one end as what it is. Returns 0 or libuv's error.
static int open_end(Stdio *stdio, Stream *stream, int descriptor, bool *is_file) {
  uv_handle_type type = uv_guess_handle(descriptor);
  if (type == UV_UNKNOWN_HANDLE)
    return UV_EBADF;
  *is_file = type == UV_FILE;
  if (*is_file)
    return 0;
  int status = type == UV_TTY ? uv_tty_init(stdio->loop, &stream->tty, descriptor, 0)
                              : uv_pipe_init(stdio->loop, &stream->pipe, 0);
  if (status < 0)
    return status;
  stream->handle.data = stdio;
  stdio->open_handles++;
  return type == UV_TTY ? 0 : uv_pipe_open(&stream->pipe, descriptor);
}

Stdio *stdio_new(Loop *loop, StdioFraming framing, StdioEvents events, const char **error) {
  Stdio *stdio = memory_alloc(sizeof *stdio);
  stdio->loop = loop;
  stdio->framing = framing;
  stdio->events = events;
  uv_idle_init(loop, &stdio->file_input);
  uv_timer_init(loop, &stdio->patience);
  stdio->file_input.data = stdio;
  stdio->patience.data = stdio;
  stdio->open_handles = 2;
  int status = open_end(stdio, &stdio->input, STDIN_FILENO, &stdio->input_is_file);
  if (status == 0)
    status = open_end(stdio, &stdio->output, STDOUT_FILENO, &stdio->output_is_file);
  if (status < 0) {
    *error = uv_strerror(status);
    stdio_free(stdio);
    return NULL;
  }
  start_reading(stdio);
  return stdio;
}

static void on_patience_over(uv_timer_t *timer) {
  Stdio *stdio = timer->data;
  stdio->finished(stdio->events.context);
}

void stdio_finish(Stdio *stdio, void (*done)(void *context)) {
  stop_reading(stdio);
  stdio->finished = done;
  uv_timer_start(&stdio->patience, on_patience_over, FINISH_MILLISECONDS, 0);
  finish_if_written(stdio);
}

static void on_closed(uv_handle_t *handle) {
  Stdio *stdio = handle->data;
  if (--stdio->open_handles == 0)
    free(stdio);
}

static void close_stream(Stream *stream) {
  if (stream->handle.data)
    uv_close(&stream->handle, on_closed);
}

void stdio_free(Stdio *stdio) {
  stdio->ended = stdio->broken = true;
  close_stream(&stdio->input);
  close_stream(&stdio->output);
  uv_close((uv_handle_t *)&stdio->file_input, on_closed);
  uv_close((uv_handle_t *)&stdio->patience, on_closed);
}
