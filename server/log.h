// What the server tells its operator: lines on stderr or in a file.
#ifndef RACEWISE_SERVER_LOG_H
#define RACEWISE_SERVER_LOG_H

#include <stdbool.h>
#include <stdio.h>

typedef enum LogLevel { LOG_ERROR, LOG_WARNING, LOG_INFO } LogLevel;

typedef struct Log {
  FILE *stream;
  LogLevel level; // and what is graver is written
  bool timed;     // each line starts with the time (UTC)
} Log;

// One line; control characters in it are shown as "?". Never waits: a line that the stream has no room for is lost.
void log_write(const Log *log, LogLevel level, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
