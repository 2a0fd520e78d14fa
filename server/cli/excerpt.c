#include "excerpt.h"

#include "display.h"
#include <stdlib.h>
#include <string.h>

// A line's part that is shown: most lines are shown whole.
enum { WIDEST = 160, LEAD = 40 };

static uint32_t line_of(const Text *text, const Mark *mark) {
  return text_position(text, mark->span.start, TEXT_UTF8).line;
}

uint32_t excerpt_gutter(const Text *text, const Mark *marks, size_t count) {
  uint32_t last = 0, width = 0;
  for (size_t i = 0; i < count; i++)
    last = line_of(text, &marks[i]) > last ? line_of(text, &marks[i]) : last;
  for (last++; last; last /= 10)
    width++;
  return width;
}

void excerpt_margin(const Excerpt *excerpt) {
  style_print(excerpt->out, excerpt->colour, STYLE_GUTTER, "%*s |", (int)excerpt->gutter + 1, "");
}

static uint32_t column_of(const Text *text, Span line, uint32_t offset) {
  offset = offset > line.end ? line.end : offset;
  return display_end(text_bytes(text) + line.start, offset - line.start, 0);
}

static DisplayWindow window_of(const Text *text, Span line, const Mark *first) {
  if (column_of(text, line, line.end) <= WIDEST)
    return DISPLAY_ALL;
  uint32_t column = column_of(text, line, first->span.start);
  uint32_t from = column > LEAD ? column - LEAD : 0;
  return (DisplayWindow){from, from + WIDEST};
}

static void print_line(const Excerpt *excerpt, const Text *text, uint32_t number, DisplayWindow window) {
  Span line = text_line(text, number);
  style_print(excerpt->out, excerpt->colour, STYLE_GUTTER, " %*u |", (int)excerpt->gutter, number + 1);
  if (line.end > line.start) {
    fputc(' ', excerpt->out);
    display_print(excerpt->out, text_bytes(text) + line.start, line.end - line.start, window);
  }
  fputc('\n', excerpt->out);
}

static void print_underline(const Excerpt *excerpt, const Text *text, Span line, const Mark *mark,
                            DisplayWindow window) {
  uint32_t start = column_of(text, line, mark->span.start), end = column_of(text, line, mark->span.end);
  if (start >= window.to)
    start = window.to - 1;
  end = end > window.to ? window.to : end <= start ? start + 1 : end;
  excerpt_margin(excerpt);
  fprintf(excerpt->out, " %*s", (int)(start - window.from), "");
  style_begin(excerpt->out, excerpt->colour, mark->style);
  for (uint32_t i = start; i < end; i++)
    fputc(mark->underline, excerpt->out);
  if (*mark->label)
    fputc(' ', excerpt->out);
  display_string(excerpt->out, mark->label);
  style_end(excerpt->out, excerpt->colour, mark->style);
  fputc('\n', excerpt->out);
}

static void print_gap(const Excerpt *excerpt, const Text *text, uint32_t from, uint32_t to) {
  if (to == from + 1)
    print_line(excerpt, text, from, (DisplayWindow){0, WIDEST});
  else if (to > from)
    style_print(excerpt->out, excerpt->colour, STYLE_GUTTER, "...\n");
}

static int compare(const void *left, const void *right) {
  const Mark *a = left, *b = right;
  if (a->span.start != b->span.start)
    return a->span.start < b->span.start ? -1 : 1;
  return a->span.end < b->span.end ? -1 : a->span.end > b->span.end;
}

void excerpt_print(const Excerpt *excerpt, const Text *text, Mark *marks, size_t count) {
  qsort(marks, count, sizeof *marks, compare);
  for (size_t at = 0; at < count;) {
    uint32_t number = line_of(text, &marks[at]);
    if (at)
      print_gap(excerpt, text, line_of(text, &marks[at - 1]) + 1, number);
    Span line = text_line(text, number);
    DisplayWindow window = window_of(text, line, &marks[at]);
    print_line(excerpt, text, number, window);
    for (; at < count && line_of(text, &marks[at]) == number; at++)
      print_underline(excerpt, text, line, &marks[at], window);
  }
}
