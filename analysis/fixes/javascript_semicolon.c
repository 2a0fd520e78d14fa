#include "javascript_semicolon.h"
#include <ctype.h>
#include <string.h>

static bool is_blank(char c) {
  return c && strchr(" \t\r\n", c);
}

// Whether an expression may end with it.
static bool ends_expression(char c) {
  return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || (c && strchr("_$)]'\"`", c));
}

static bool breaks_line(const char *bytes, uint32_t length) {
  return memchr(bytes, '\n', length) || memchr(bytes, '\r', length);
}

// How much of the text lies before the blanks at its end, where a semicolon is needed there; else 0.
static uint32_t place_for_semicolon(const Source *source, const TextEdit *edit) {
  uint32_t end = edit->length, next = edit->span.end;
  while (end && is_blank(edit->bytes[end - 1]))
    end--;
  while (next < source->length && is_blank(source->bytes[next]))
    next++;
  bool continues = next < source->length && strchr("([`", source->bytes[next]);
  bool new_line = breaks_line(edit->bytes + end, edit->length - end) ||
                  breaks_line(source->bytes + edit->span.end, next - edit->span.end);
  return end && continues && new_line && ends_expression(edit->bytes[end - 1]) ? end : 0;
}

void javascript_end_lines(const FixRun *run, Edits *edits) {
  for (uint32_t i = 0; i < edits->items.count; i++) {
    TextEdit *edit = &edits->items.items[i];
    uint32_t end = place_for_semicolon(&run->source, edit);
    if (!end)
      continue;
    edit->bytes = arena_printf(run->arena, "%.*s;%s", (int)end, edit->bytes, edit->bytes + end);
    edit->length++;
  }
}
