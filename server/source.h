// Reading source files, and replacing them.
#ifndef RACEWISE_SERVER_SOURCE_H
#define RACEWISE_SERVER_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

// Larger files are not read: they are data or generated.
enum { SOURCE_LIMIT_MIB = 4 };

// What of a file's bytes is not in its text.
typedef struct SourceForm {
  bool has_mark;     // the file starts with a UTF-8 byte order mark
  char encoding[32]; // as a comment of a Python file names it (PEP 263); "" for UTF-8
} SourceForm;

typedef struct Source {
  char *bytes; // UTF-8, without a byte order mark; owned
  size_t length;
  SourceForm form;
} Source;

// Reads a regular file of text: UTF-8, or what a Python coding comment in it names. On failure returns false and puts a
// reason that names the remedy where there is one into `problem`; nothing is to be freed then.
bool source_read(const char *path, Source *source, char *problem, size_t problem_size);

// The same for what a stream still holds.
bool source_read_stream(FILE *stream, Source *source, char *problem, size_t problem_size);

// Replaces the content of a file as a whole, by UTF-8 that is written in this form: whoever reads it sees the old
// content or the new. Keeps its permissions and follows links. On failure the file is as it was, and `problem` holds
// the reason.
bool source_replace(const char *path, const char *bytes, size_t length, const SourceForm *form, char *problem,
                    size_t problem_size);

void source_done(Source *source);

#endif
