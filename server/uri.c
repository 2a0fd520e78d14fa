#include "uri.h"

#include "base/arena.h"
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int digit_of(char digit) {
  return isdigit((unsigned char)digit) ? digit - '0' : tolower((unsigned char)digit) - 'a' + 10;
}

char *uri_path(const char *uri) {
  static const char SCHEME[] = "file://", HERE[] = "localhost";
  if (strncasecmp(uri, SCHEME, strlen(SCHEME)))
    return NULL;
  uri += strlen(SCHEME);
  if (!strncasecmp(uri, HERE, strlen(HERE)))
    uri += strlen(HERE);
  if (*uri != '/')
    return NULL;
  char *path = memory_alloc(strlen(uri) + 1), *to = path;
  while (*uri) {
    bool escape = uri[0] == '%' && isxdigit((unsigned char)uri[1]) && isxdigit((unsigned char)uri[2]);
    *to++ = escape ? (char)(digit_of(uri[1]) << 4 | digit_of(uri[2])) : *uri;
    uri += escape ? 3 : 1;
  }
  return path;
}

char *path_uri(const char *path) {
  static const char PLAIN[] = "-._~/", DIGITS[] = "0123456789ABCDEF", SCHEME[] = "file://";
  char *uri = memory_alloc(sizeof SCHEME + 3 * strlen(path)), *to = uri + strlen(SCHEME);
  memcpy(uri, SCHEME, strlen(SCHEME));
  for (; *path; path++) {
    unsigned char byte = (unsigned char)*path;
    if (isalnum(byte) || strchr(PLAIN, byte)) {
      *to++ = (char)byte;
      continue;
    }
    *to++ = '%';
    *to++ = DIGITS[byte >> 4];
    *to++ = DIGITS[byte & 15];
  }
  return uri;
}
