// Lines of a source text with places underlined in them.
#ifndef RACEWISE_CLI_EXCERPT_H
#define RACEWISE_CLI_EXCERPT_H

#include "../../analysis/text/text.h"
#include "style.h"

typedef struct Mark {
  Span span;
  char underline; // the character that underlines it
  Style style;
  const char *label; // printed behind the underline; may be ""
} Mark;

typedef struct Excerpt {
  FILE *out;
  bool colour;
  uint32_t gutter; // width of the line numbers, see excerpt_gutter
} Excerpt;

// The width that the line numbers of `marks` need.
uint32_t excerpt_gutter(const Text *text, const Mark *marks, size_t count);

// Prints every line that a mark starts in, in order, with its underlines, and what lies between (a single line is
// shown, more are "..."). Sorts `marks` by position. A mark over several lines is underlined in its first. Of very
// long lines the part around the marks is shown.
void excerpt_print(const Excerpt *excerpt, const Text *text, Mark *marks, size_t count);

// The start of a line below the excerpt: blanks, then a "|".
void excerpt_margin(const Excerpt *excerpt);

#endif
