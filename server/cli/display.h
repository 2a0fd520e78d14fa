// How text looks in a terminal: columns rather than characters.
//
// Tabs go to the next multiple of four, wide characters take two columns, combining ones none. Control characters and
// bytes that are not UTF-8 appear as "?", so that no source file can command the terminal.
#ifndef RACEWISE_CLI_DISPLAY_H
#define RACEWISE_CLI_DISPLAY_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

// The columns [from, to) of a line.
typedef struct DisplayWindow {
  uint32_t from, to;
} DisplayWindow;

#define DISPLAY_ALL ((DisplayWindow){0, UINT32_MAX})

// To be called once before the others: lets the C library know the widths of characters.
void display_start(void);

// The column behind a text that starts at `column`.
uint32_t display_end(const char *bytes, size_t length, uint32_t column);

// Prints the part of a line that is in the window.
void display_print(FILE *out, const char *bytes, size_t length, DisplayWindow window);

// A whole NUL-terminated text.
void display_string(FILE *out, const char *string);

// How many bytes of `string` to print so that no line is wider than `width`: up to the last space that fits, or
// through the middle of a word that is wider.
size_t display_break(const char *string, uint32_t width);

#endif
