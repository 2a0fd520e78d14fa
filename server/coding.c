#include "coding.h"

#include "../analysis/base/arena.h"
#include <ctype.h>
#include <iconv.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// Python's names that iconv does not know.
static const char *const NAMES[][2] = {
    {"latin-1", "ISO-8859-1"},
    {"latin1", "ISO-8859-1"},
    {"iso-latin-1", "ISO-8859-1"},
    {"mbcs", "CP1252"},
};

enum { LONGEST_LINES = 1024 };

// The first two lines; the second counts only below a comment or an empty line.
static const char PATTERN[] = "^([ \t\f]*(#[^\n]*)?\r?\n)?[ \t\f]*#[^\n]*coding[:=][ \t]*([-_.a-zA-Z0-9]+)";

bool coding_of(const char *bytes, char *name, size_t size) {
  char head[LONGEST_LINES];
  regex_t pattern;
  regmatch_t parts[4];
  size_t length = strnlen(bytes, sizeof head - 1);
  memcpy(head, bytes, length);
  head[length] = 0;
  if (regcomp(&pattern, PATTERN, REG_EXTENDED))
    return false;
  bool found = !regexec(&pattern, head, 4, parts, 0);
  regfree(&pattern);
  size_t named = found ? (size_t)(parts[3].rm_eo - parts[3].rm_so) : 0;
  if (!found || named >= size)
    return false;
  for (size_t i = 0; i < named; i++) {
    char letter = (char)tolower((unsigned char)head[(size_t)parts[3].rm_so + i]);
    name[i] = letter == '_' ? '-' : letter;
  }
  name[named] = 0;
  return true;
}

static const char *iconv_name(const char *name) {
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (!strcasecmp(name, NAMES[i][0]))
      return NAMES[i][1];
  return name;
}

// No encoding of characters takes more than four bytes for what another takes one for.
static char *convert(iconv_t converter, char *bytes, size_t *length) {
  size_t left = *length, room = 4 * *length + 16, size = room;
  char *result = memory_alloc(size + 1), *from = bytes, *to = result;
  bool done = iconv(converter, &from, &left, &to, &room) != (size_t)-1 &&
              iconv(converter, NULL, NULL, &to, &room) != (size_t)-1;
  *length = size - room;
  if (done)
    return result;
  free(result);
  return NULL;
}

bool recode(char **bytes, size_t *length, const char *from, const char *to) {
  iconv_t converter = iconv_open(iconv_name(to), iconv_name(from));
  if (converter == (iconv_t)-1)
    return false;
  size_t size = *length;
  char *result = convert(converter, *bytes, &size);
  iconv_close(converter);
  if (!result)
    return false;
  free(*bytes);
  *bytes = result;
  *length = size;
  return true;
}
