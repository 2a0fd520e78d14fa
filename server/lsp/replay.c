#include "replay.h"
#include "../rpc/frame.h"
#include "lsp.h"
#include "record.h"
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int complain(const char *path, const char *problem) {
  fprintf(stderr, "racewise debug replay: %s: %s\n", path, problem);
  return 2;
}

// --- The client, in a process of its own ---------------------------------------------------------------------------

static void pause_for(double seconds) {
  double paused = seconds < 0 ? 0 : seconds < 1 ? seconds : 1;
  struct timespec time = {(time_t)paused, (long)((paused - (double)(time_t)paused) * 1e9)};
  nanosleep(&time, NULL);
}

// The editor of then is gone: the server is not to wait for its end.
static char *without_process_id(char *body) {
  json_t *message = json_loads(body, 0, NULL);
  const char *method = json_string_value(json_object_get(message, "method"));
  if (method && strcmp(method, "initialize") == 0) {
    json_object_set_new(json_object_get(message, "params"), "processId", json_null());
    free(body);
    body = json_dumps(message, JSON_COMPACT);
  }
  json_decref(message);
  return body;
}

static bool send_all(int pipe, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(pipe, bytes, length);
    if (written < 0 && errno != EINTR)
      return false;
    bytes += written < 0 ? 0 : written;
    length -= written < 0 ? 0 : (size_t)written;
  }
  return true;
}

static bool send_message(int pipe, const char *body) {
  char header[FRAME_HEADER_SPACE];
  size_t length = strlen(body);
  return send_all(pipe, header, frame_header(header, length)) && send_all(pipe, body, length);
}

// Plays the client. What the server said only takes time.
static int play(FILE *record, int pipe, const char *path) {
  RecordedMessage message;
  const char *problem;
  double time = 0;
  bool is_heard = true;
  signal(SIGPIPE, SIG_IGN);
  while (is_heard && record_read(record, &message, &problem)) {
    pause_for(message.time - time);
    time = message.time;
    message.body = without_process_id(message.body);
    is_heard = message.from == RECORD_SERVER || send_message(pipe, message.body);
    free(message.body);
  }
  pause_for(1); // for what the server has still to say
  return is_heard && problem ? complain(path, problem) : 0;
}

// --- The server, in this one ---------------------------------------------------------------------------------------

// Messages come from the pipe, and go nowhere but on record.
static int serve_from(int pipe) {
  int output = dup(STDOUT_FILENO), nowhere = open("/dev/null", O_WRONLY);
  FILE *stream = output >= 0 ? fdopen(output, "w") : NULL;
  if (!stream || nowhere < 0 || dup2(pipe, STDIN_FILENO) < 0 || dup2(nowhere, STDOUT_FILENO) < 0)
    return complain("standard input and output", strerror(errno));
  close(pipe);
  close(nowhere);
  Record *record = record_new(stream);
  int status = lsp_serve(&(LspOptions){.record = record});
  record_free(record);
  fclose(stream);
  return status;
}

static int replay(FILE *record, const char *path) {
  int ends[2];
  if (pipe(ends) < 0)
    return complain(path, strerror(errno));
  pid_t client = fork();
  if (client < 0)
    return complain(path, strerror(errno));
  if (client == 0) {
    close(ends[0]);
    _exit(play(record, ends[1], path));
  }
  close(ends[1]);
  int status = serve_from(ends[0]), played = 0;
  waitpid(client, &played, 0);
  return WIFEXITED(played) && WEXITSTATUS(played) != 0 ? WEXITSTATUS(played) : status;
}

int replay_main(const char *path) {
  FILE *record = fopen(path, "r");
  if (!record)
    return complain(path, strerror(errno));
  int status = replay(record, path);
  fclose(record);
  return status;
}
