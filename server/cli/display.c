#define _XOPEN_SOURCE 700 // wcwidth
#include "display.h"

#include <locale.h>
#include <stdbool.h>
#include <string.h>
#include <wchar.h>

enum { TAB = 4 };

// One character of a text.
typedef struct Glyph {
  size_t length;  // in bytes, at least 1
  uint32_t width; // in columns
  bool printable;
} Glyph;

void display_start(void) {
  setlocale(LC_CTYPE, "C.UTF-8");
}

static size_t sequence_length(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

// The character at the start of `bytes`; -1 where there is none.
static int32_t decode(const char *bytes, size_t length, size_t *used) {
  const unsigned char *at = (const unsigned char *)bytes;
  size_t need = sequence_length(at[0]);
  *used = 1;
  if (need == 1)
    return at[0];
  if (!need || need > length)
    return -1;
  int32_t code = at[0] & (0x7f >> need);
  for (size_t i = 1; i < need; i++) {
    if ((at[i] & 0xc0) != 0x80)
      return -1;
    code = code << 6 | (at[i] & 0x3f);
  }
  *used = need;
  return code;
}

static Glyph glyph_at(const char *bytes, size_t length, uint32_t column) {
  if (*bytes == '\t')
    return (Glyph){1, TAB - column % TAB, false};
  size_t used;
  int32_t code = decode(bytes, length, &used);
  if (code >= 0 && code < 0x80)
    return (Glyph){1, 1, code >= ' ' && code != 0x7f};
  int width = code < 0 ? -1 : wcwidth((wchar_t)code);
  return width < 0 ? (Glyph){used, 1, false} : (Glyph){used, (uint32_t)width, true};
}

uint32_t display_end(const char *bytes, size_t length, uint32_t column) {
  for (size_t at = 0; at < length;) {
    Glyph glyph = glyph_at(bytes + at, length - at, column);
    at += glyph.length;
    column += glyph.width;
  }
  return column;
}

static void print_glyph(FILE *out, const char *at, Glyph glyph) {
  if (glyph.printable)
    fwrite(at, 1, glyph.length, out);
  else
    fprintf(out, "%*s", (int)glyph.width, *at == '\t' ? "" : "?");
}

void display_print(FILE *out, const char *bytes, size_t length, DisplayWindow window) {
  uint32_t column = 0;
  for (size_t at = 0; at < length && column < window.to;) {
    Glyph glyph = glyph_at(bytes + at, length - at, column);
    if (column >= window.from)
      print_glyph(out, bytes + at, glyph);
    else if (column + glyph.width > window.from) // a wide character or a tab that the window cuts
      fprintf(out, "%*s", (int)(column + glyph.width - window.from), "");
    at += glyph.length;
    column += glyph.width;
  }
}

void display_string(FILE *out, const char *string) {
  display_print(out, string, strlen(string), DISPLAY_ALL);
}

size_t display_break(const char *string, uint32_t width) {
  size_t length = strlen(string), space = 0, at = 0;
  for (uint32_t column = 0; at < length;) {
    Glyph glyph = glyph_at(string + at, length - at, column);
    if (column + glyph.width > width)
      return space ? space : at ? at : glyph.length;
    if (string[at] == ' ')
      space = at;
    at += glyph.length;
    column += glyph.width;
  }
  return length;
}
