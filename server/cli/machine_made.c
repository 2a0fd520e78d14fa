#define _GNU_SOURCE // strcasestr
#include "machine_made.h"

#include <string.h>

enum { SMALL = 4096, LONG_LINE = 250, HEAD = 2048 };

static bool is_minified(const char *bytes, size_t length) {
  size_t lines = 1;
  for (const char *at = bytes; (at = memchr(at, '\n', length - (size_t)(at - bytes))); at++)
    lines++;
  return length >= SMALL && length / lines >= LONG_LINE;
}

static bool is_comment(const char *line) {
  line += strspn(line, " \t");
  return *line == '#' || *line == '*' || !strncmp(line, "//", 2) || !strncmp(line, "/*", 2) ||
         !strncmp(line, "\"\"\"", 3);
}

static bool tells_generator(const char *line) {
  return strstr(line, "@generated") || (strcasestr(line, "generated") && strcasestr(line, "do not edit"));
}

static bool is_generated(const char *bytes, size_t length) {
  char head[HEAD + 1];
  size_t size = length < HEAD ? length : HEAD;
  memcpy(head, bytes, size);
  head[size] = 0;
  for (char *line = head, *next; line; line = next) {
    if ((next = strchr(line, '\n')))
      *next++ = 0;
    if (is_comment(line) && tells_generator(line))
      return true;
  }
  return false;
}

const char *machine_made(Language language, const char *bytes, size_t length) {
  if (language != LANGUAGE_PYTHON && is_minified(bytes, length))
    return "is minified";
  return is_generated(bytes, length) ? "is generated" : NULL;
}
