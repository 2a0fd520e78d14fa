#include "record.h"
#include "base/arena.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const SIDES[] = {[RECORD_CLIENT] = "client", [RECORD_SERVER] = "server"};

struct Record {
  FILE *stream;
  struct timespec start;
};

Record *record_new(FILE *stream) {
  Record *record = memory_alloc(sizeof *record);
  record->stream = stream;
  clock_gettime(CLOCK_MONOTONIC, &record->start);
  return record;
}

void record_free(Record *record) {
  free(record);
}

static double seconds_since(struct timespec start) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - start.tv_sec) + (double)(now.tv_nsec - start.tv_nsec) / 1e9;
}

static json_t *string_of(const char *bytes, size_t length) {
  json_t *string = json_stringn(bytes, length);
  if (string)
    return string;
  char *ascii = memory_alloc(length + 1);
  for (size_t i = 0; i < length; i++)
    ascii[i] = (unsigned char)bytes[i] < 0x80 ? bytes[i] : '?';
  string = json_stringn(ascii, length);
  free(ascii);
  return string;
}

void record_message(Record *record, RecordSide from, const char *bytes, size_t length) {
  if (!record)
    return;
  json_t *line = json_pack("{s:f, s:s, s:o}", "time", seconds_since(record->start), "from", SIDES[from], "body",
                           string_of(bytes, length));
  json_dumpf(line, record->stream, JSON_COMPACT | JSON_REAL_PRECISION(9));
  fputc('\n', record->stream);
  fflush(record->stream);
  json_decref(line);
}

static bool read_line(const char *text, size_t length, RecordedMessage *message) {
  const char *from, *body;
  size_t body_length;
  json_t *line = json_loadb(text, length, JSON_ALLOW_NUL, NULL);
  bool valid =
      json_unpack(line, "{s:F, s:s, s:s%}", "time", &message->time, "from", &from, "body", &body, &body_length) == 0;
  if (valid) {
    message->from = strcmp(from, SIDES[RECORD_CLIENT]) == 0 ? RECORD_CLIENT : RECORD_SERVER;
    message->body = memory_alloc(body_length + 1);
    memcpy(message->body, body, body_length);
  }
  json_decref(line);
  return valid;
}

bool record_read(FILE *stream, RecordedMessage *message, const char **problem) {
  char *text = NULL;
  size_t capacity = 0;
  ssize_t length = getline(&text, &capacity, stream);
  bool valid = length > 0 && read_line(text, (size_t)length, message);
  *problem = length > 0 && !valid ? "a line is no recorded message; `racewise lsp --record FILE` writes them" : NULL;
  free(text);
  return valid;
}
