#include "replay.h"
#include "../rpc/frame.h"
#include "lsp.h"
#include "record.h"
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
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

enum { PATIENCE_MS = 10000, LAST_WORDS_MS = 1000, LONGEST_PAUSE_MS = 1000 };

typedef struct Player {
  int to, from; // what the server reads and what it writes; neither blocks
  FrameReader *reader;
  size_t heard; // messages of the server
  bool is_deaf; // the server closed its end
} Player;

static int64_t now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void hear(Player *player) {
  char bytes[16 * 1024];
  ssize_t length = read(player->from, bytes, sizeof bytes);
  player->is_deaf = length == 0 || (length < 0 && errno != EINTR && errno != EAGAIN);
  if (length <= 0)
    return;
  frame_feed(player->reader, bytes, (size_t)length);
  for (Frame frame; frame_next(player->reader, &frame);)
    player->heard++;
}

// Listens for at most `pause` ms, and returns as soon as the server can be written to if that is what is waited for.
static void listen_for(Player *player, int64_t pause, bool until_writable) {
  struct pollfd ends[] = {{.fd = player->is_deaf ? -1 : player->from, .events = POLLIN},
                          {.fd = until_writable ? player->to : -1, .events = POLLOUT}};
  if (poll(ends, 2, pause < 0 ? 0 : (int)pause) > 0 && ends[0].revents)
    hear(player);
}

static void pause_for(Player *player, double seconds) {
  int64_t pause = seconds < 1 ? (int64_t)(seconds * 1000) : LONGEST_PAUSE_MS;
  for (int64_t end = now_ms() + pause; now_ms() < end;)
    listen_for(player, end - now_ms(), false);
}

// Until the server has said `count` messages. One that says less than it did then is not waited for twice.
static void await_messages(Player *player, size_t count) {
  for (int64_t end = now_ms() + PATIENCE_MS; player->heard < count && !player->is_deaf && now_ms() < end;)
    listen_for(player, end - now_ms(), false);
  player->heard = player->heard < count ? count : player->heard;
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

static bool send_all(Player *player, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(player->to, bytes, length);
    if (written < 0 && errno != EINTR && errno != EAGAIN)
      return false;
    bytes += written < 0 ? 0 : written;
    length -= written < 0 ? 0 : (size_t)written;
    if (length > 0)
      listen_for(player, PATIENCE_MS, true);
  }
  return true;
}

static bool send_message(Player *player, const char *body) {
  char header[FRAME_HEADER_SPACE];
  size_t length = strlen(body);
  return send_all(player, header, frame_header(header, length)) && send_all(player, body, length);
}

// What the client said goes out after the same pause, and after what the server had said by then: a server that is
// slower than it was is not asked to stop before it has answered.
static int play(FILE *record, Player *player, const char *path) {
  RecordedMessage message;
  const char *problem;
  double time = 0;
  size_t said = 0;
  bool is_heard = true;
  while (is_heard && record_read(record, &message, &problem)) {
    if (message.from == RECORD_SERVER) {
      await_messages(player, ++said);
    } else {
      pause_for(player, message.time - time);
      message.body = without_process_id(message.body);
      is_heard = send_message(player, message.body);
    }
    time = message.time;
    free(message.body);
  }
  for (int64_t end = now_ms() + LAST_WORDS_MS; !player->is_deaf && now_ms() < end;)
    listen_for(player, end - now_ms(), false);
  return is_heard && problem ? complain(path, problem) : 0;
}

static bool make_unblocking(int end) {
  return fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK) == 0;
}

static int play_client(FILE *record, int to, int from, const char *path) {
  Player player = {.to = to, .from = from, .reader = frame_reader_new()};
  signal(SIGPIPE, SIG_IGN);
  if (!make_unblocking(to) || !make_unblocking(from))
    return complain(path, strerror(errno));
  int status = play(record, &player, path);
  frame_reader_free(player.reader);
  return status;
}

// --- The server, in this one ---------------------------------------------------------------------------------------

// Messages come from one pipe and go to the other; the record has the place of standard output.
static int serve(int input, int output) {
  int shown = dup(STDOUT_FILENO);
  FILE *stream = shown >= 0 ? fdopen(shown, "w") : NULL;
  if (!stream || dup2(input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0)
    return complain("standard input and output", strerror(errno));
  close(input);
  close(output);
  Record *record = record_new(stream);
  int status = lsp_serve(&(LspOptions){.record = record});
  record_free(record);
  fclose(stream);
  return status;
}

static int replay(FILE *record, const char *path) {
  int to_server[2], to_client[2];
  if (pipe(to_server) < 0 || pipe(to_client) < 0)
    return complain(path, strerror(errno));
  pid_t client = fork();
  if (client < 0)
    return complain(path, strerror(errno));
  close(to_server[client == 0 ? 0 : 1]);
  close(to_client[client == 0 ? 1 : 0]);
  if (client == 0)
    _exit(play_client(record, to_server[1], to_client[0], path));
  int status = serve(to_server[0], to_client[1]), played = 0;
  close(STDOUT_FILENO); // the client listens until then
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
