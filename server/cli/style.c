#include "style.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const CODES[] = {
    [STYLE_PLAIN] = "",     [STYLE_ERROR] = "1;31", [STYLE_WARNING] = "1;33", [STYLE_INFO] = "1;34",
    [STYLE_PLACE] = "1;36", [STYLE_GUTTER] = "34",  [STYLE_STRONG] = "1",     [STYLE_ADDED] = "32",
};

const char *colour_choice_name(int index) {
  static const char *const NAMES[] = {"auto", "always", "never"};
  return index < 3 ? NAMES[index] : NULL;
}

static bool is_set(const char *name) {
  const char *value = getenv(name);
  return value && *value;
}

static bool is_set_to(const char *name, const char *word) {
  const char *value = getenv(name);
  return value && !strcmp(value, word);
}

bool colour_wanted(ColourChoice choice, FILE *stream) {
  if (choice != COLOUR_AUTO)
    return choice == COLOUR_ALWAYS;
  if (is_set("NO_COLOR"))
    return false;
  if ((is_set("CLICOLOR_FORCE") && !is_set_to("CLICOLOR_FORCE", "0")) || is_set("FORCE_COLOR"))
    return true;
  return !is_set_to("CLICOLOR", "0") && !is_set_to("TERM", "dumb") && isatty(fileno(stream));
}

void style_begin(FILE *out, bool colour, Style style) {
  if (colour && style != STYLE_PLAIN)
    fprintf(out, "\033[%sm", CODES[style]);
}

void style_end(FILE *out, bool colour, Style style) {
  if (colour && style != STYLE_PLAIN)
    fputs("\033[0m", out);
}

void style_print(FILE *out, bool colour, Style style, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  style_begin(out, colour, style);
  vfprintf(out, format, arguments);
  style_end(out, colour, style);
  va_end(arguments);
}
