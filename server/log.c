#include "log.h"
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>

static const char *const LEVEL_NAMES[] = {"error", "warning", "info"};

// A reader who does not read must not stop the server: what it has no room for is dropped.
static bool has_room(FILE *stream) {
  struct pollfd descriptor = {.fd = fileno(stream), .events = POLLOUT};
  return poll(&descriptor, 1, 0) == 1 && (descriptor.revents & POLLOUT);
}

void log_write(const Log *log, LogLevel level, const char *format, ...) {
  if (level > log->level || !has_room(log->stream))
    return;
  char line[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  for (char *c = line; *c; c++)
    if ((unsigned char)*c < ' ' || *c == 0x7F)
      *c = '?';
  fprintf(log->stream, "racewise: %s: %s\n", LEVEL_NAMES[level], line);
  fflush(log->stream);
}
