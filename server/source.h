// Reading source files, and replacing them.
#ifndef RACEWISE_SERVER_SOURCE_H
#define RACEWISE_SERVER_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

// Larger files are not read: they are data or generated.
enum { SOURCE_LIMIT_MIB = 4 };

typedef struct Source {
  char *bytes; // without a byte order mark; owned
  size_t length;
  bool has_mark; // the file starts with a UTF-8 byte order mark
} Source;

// Reads a regular file of UTF-8 text. On failure returns false and puts a reason that names the remedy where there is
// one into `problem`; nothing is to be freed then.
bool source_read(const char *path, Source *source, char *problem, size_t problem_size);

// The same for what a stream still holds.
bool source_read_stream(FILE *stream, Source *source, char *problem, size_t problem_size);

// Replaces the content of a file as a whole: whoever reads it sees the old content or the new. Keeps its permissions
// and follows links. On failure the file is as it was, and `problem` holds the reason.
bool source_replace(const char *path, const char *bytes, size_t length, bool has_mark, char *problem,
                    size_t problem_size);

void source_done(Source *source);

#endif
