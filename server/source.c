#include "source.h"

#include "../analysis/base/arena.h"
#include "coding.h"
#include "utf8.h"
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LIMIT = SOURCE_LIMIT_MIB << 20, CHUNK = 1 << 16 };

static size_t line_of(const char *bytes, size_t offset) {
  size_t line = 1;
  for (size_t i = 0; i < offset; i++)
    line += bytes[i] == '\n';
  return line;
}

static bool has_wide_mark(const Source *source) {
  return source->length >= 2 && (!memcmp(source->bytes, "\xff\xfe", 2) || !memcmp(source->bytes, "\xfe\xff", 2));
}

static void take_mark(Source *source) {
  source->form.has_mark = source->length >= 3 && !memcmp(source->bytes, "\xef\xbb\xbf", 3);
  if (source->form.has_mark)
    memmove(source->bytes, source->bytes + 3, (source->length -= 3) + 1);
}

static bool decode(Source *source, char *problem, size_t problem_size) {
  size_t invalid;
  if (has_wide_mark(source)) {
    snprintf(problem, problem_size, "is UTF-16; save it as UTF-8");
  } else if (memchr(source->bytes, 0, source->length)) {
    snprintf(problem, problem_size, "is binary or UTF-16, for it holds NUL bytes; save it as UTF-8");
  } else if ((invalid = utf8_invalid(source->bytes, source->length)) == source->length) {
    take_mark(source);
    return true;
  } else if (!coding_of(source->bytes, source->form.encoding, sizeof source->form.encoding)) {
    snprintf(problem, problem_size, "is not UTF-8 (line %zu); save it as UTF-8", line_of(source->bytes, invalid));
  } else if (recode(&source->bytes, &source->length, source->form.encoding, "utf-8")) {
    return true;
  } else {
    snprintf(problem, problem_size, "is neither UTF-8 nor \"%s\", as it says; save it as UTF-8", source->form.encoding);
  }
  source_done(source);
  return false;
}

static bool too_large(char *problem, size_t problem_size) {
  snprintf(problem, problem_size, "is larger than %d MiB; split it or leave it out", SOURCE_LIMIT_MIB);
  return false;
}

// Reads to the end of the file, at most one byte more than LIMIT.
static bool read_descriptor(int file, size_t expected, Source *source) {
  size_t capacity = expected + 1;
  *source = (Source){.bytes = memory_alloc(capacity + 1)};
  for (;;) {
    ssize_t got = read(file, source->bytes + source->length, capacity - source->length);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0) {
      source_done(source);
      return false;
    }
    source->length += (size_t)got;
    source->bytes[source->length] = 0;
    if (!got || source->length > LIMIT)
      return true;
    if (source->length == capacity)
      source->bytes = memory_resize(source->bytes, (capacity += CHUNK) + 1);
  }
}

static bool read_open_file(int file, Source *source, char *problem, size_t problem_size) {
  struct stat status;
  bool known = !fstat(file, &status);
  if (known && !S_ISREG(status.st_mode)) {
    snprintf(problem, problem_size, "is not a regular file");
    return false;
  }
  if (known && status.st_size > LIMIT)
    return too_large(problem, problem_size);
  if (!known || !read_descriptor(file, (size_t)status.st_size, source)) {
    snprintf(problem, problem_size, "cannot be read: %s", strerror(errno));
    return false;
  }
  return true;
}

static bool finish(Source *source, char *problem, size_t problem_size) {
  if (source->length <= LIMIT)
    return decode(source, problem, problem_size);
  source_done(source);
  return too_large(problem, problem_size);
}

bool source_read(const char *path, Source *source, char *problem, size_t problem_size) {
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0) {
    snprintf(problem, problem_size, "cannot be read: %s", strerror(errno));
    return false;
  }
  bool read = read_open_file(file, source, problem, problem_size);
  close(file);
  return read && finish(source, problem, problem_size);
}

bool source_read_stream(FILE *stream, Source *source, char *problem, size_t problem_size) {
  if (!read_descriptor(fileno(stream), CHUNK, source)) {
    snprintf(problem, problem_size, "cannot be read: %s", strerror(errno));
    return false;
  }
  return finish(source, problem, problem_size);
}

static bool write_all(int file, const char *bytes, size_t length) {
  while (length) {
    ssize_t written = write(file, bytes, length);
    if (written < 0 && errno != EINTR)
      return false;
    bytes += written < 0 ? 0 : written;
    length -= written < 0 ? 0 : (size_t)written;
  }
  return true;
}

static bool fill(int file, const char *target, const char *bytes, size_t length, bool has_mark) {
  struct stat status;
  return !stat(target, &status) && !fchmod(file, status.st_mode & 07777) &&
         write_all(file, "\xef\xbb\xbf", has_mark ? 3 : 0) && write_all(file, bytes, length) && !fsync(file);
}

static bool replace(const char *path, const char *bytes, size_t length, bool has_mark) {
  char *target = realpath(path, NULL);
  char *scratch = memory_alloc((target ? strlen(target) : 0) + sizeof ".racewise-XXXXXX");
  sprintf(scratch, "%s.racewise-XXXXXX", target ? target : "");
  int file = target ? mkstemp(scratch) : -1;
  bool done = file >= 0 && fill(file, target, bytes, length, has_mark);
  done = (file < 0 || !close(file)) && done && !rename(scratch, target);
  int error = errno;
  if (!done && file >= 0)
    unlink(scratch);
  free(scratch);
  free(target);
  errno = error;
  return done;
}

bool source_replace(const char *path, const char *bytes, size_t length, const SourceForm *form, char *problem,
                    size_t problem_size) {
  char *copy = memory_alloc(length + 1);
  memcpy(copy, bytes, length);
  bool done = true;
  if (*form->encoding && !recode(&copy, &length, "utf-8", form->encoding)) {
    snprintf(problem, problem_size, "cannot be replaced: \"%s\" has no room for a character", form->encoding);
    done = false;
  } else if (!replace(path, copy, length, form->has_mark)) {
    snprintf(problem, problem_size, "cannot be replaced: %s", strerror(errno));
    done = false;
  }
  free(copy);
  return done;
}

void source_done(Source *source) {
  free(source->bytes);
  *source = (Source){0};
}
