#include "complain.h"

#include <stdarg.h>
#include <stdio.h>

void complain(const char *format, ...) {
  char line[4096];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  for (char *at = line; *at; at++)
    if ((unsigned char)*at < ' ' || *at == 0x7f)
      *at = '?';
  fprintf(stderr, "racewise: %s\n", line);
}
