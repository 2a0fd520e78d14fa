// Colours of text output.
#ifndef RACEWISE_CLI_STYLE_H
#define RACEWISE_CLI_STYLE_H

#include <stdbool.h>
#include <stdio.h>

typedef enum ColourChoice { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } ColourChoice;

// "auto", "always", "never"; NULL past the last.
const char *colour_choice_name(int index);

// Whether to colour: as chosen; by COLOUR_AUTO as NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR and CLICOLOR say (in this
// order, see no-color.org and bixense.com/clicolors), else when the stream is a terminal.
bool colour_wanted(ColourChoice choice, FILE *stream);

typedef enum Style {
  STYLE_PLAIN,
  STYLE_ERROR,   // and the primary place of an error
  STYLE_WARNING, // and the primary place of a warning
  STYLE_INFO,
  STYLE_PLACE,  // related places
  STYLE_GUTTER, // line numbers and bars
  STYLE_STRONG,
  STYLE_ADDED, // in a diff
} Style;

// Prints a formatted text in a style; plain where `colour` is false.
void style_print(FILE *out, bool colour, Style style, const char *format, ...) __attribute__((format(printf, 4, 5)));

void style_begin(FILE *out, bool colour, Style style);
void style_end(FILE *out, bool colour, Style style);

#endif
