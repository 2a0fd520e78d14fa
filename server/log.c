#include "log.h"
#include <poll.h>
#include <stdarg.h>
#include <time.h>

static const char *const LEVEL_NAMES[] = {"error", "warning", "info"};

// A reader who does not read must not stop the server: what it has no room for is dropped.
static bool has_room(FILE *stream) {
  struct pollfd descriptor = {.fd = fileno(stream), .events = POLLOUT};
  return poll(&descriptor, 1, 0) == 1 && (descriptor.revents & POLLOUT);
}

static void write_time(FILE *stream) {
  struct timespec now;
  struct tm parts;
  char text[32];
  clock_gettime(CLOCK_REALTIME, &now);
  if (gmtime_r(&now.tv_sec, &parts) && strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts) > 0)
    fprintf(stream, "%s.%03ldZ ", text, now.tv_nsec / 1000000);
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
  if (log->timed)
    write_time(log->stream);
  fprintf(log->stream, "racewise: %s: %s\n", LEVEL_NAMES[level], line);
  fflush(log->stream);
}
