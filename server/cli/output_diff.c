// What --diff writes: a unified diff that patch and git take.
#include "output.h"

#include "../../analysis/base/array.h"
#include "style.h"
#include <stdlib.h>
#include <string.h>

// Texts that differ in more lines than this are shown as replaced between their first and last difference.
enum { CONTEXT = 3, MOST_CELLS = 16 << 20 };

// A line of the diff: ' ', '-' or '+', with the number of lines of each text that come before it.
typedef struct Line {
  char mark;
  uint32_t before, after;
} Line;

typedef struct Diff {
  Arena *arena;
  const Text *before, *after;
  ARRAY(Line) lines;
} Diff;

// The line with its terminator.
static Span whole_line(const Text *text, uint32_t line) {
  uint32_t next = line + 1 < text_line_count(text) ? text_line(text, line + 1).start : text_length(text);
  return (Span){text_line(text, line).start, next};
}

// A text that ends with a line break has no line behind it.
static uint32_t line_count(const Text *text) {
  uint32_t count = text_line_count(text);
  Span last = whole_line(text, count - 1);
  return last.end > last.start ? count : count - 1;
}

static bool same(const Diff *diff, uint32_t before, uint32_t after) {
  Span a = whole_line(diff->before, before), b = whole_line(diff->after, after);
  return a.end - a.start == b.end - b.start &&
         !memcmp(text_bytes(diff->before) + a.start, text_bytes(diff->after) + b.start, a.end - a.start);
}

static void add(Diff *diff, char mark, uint32_t *before, uint32_t *after) {
  array_push(diff->arena, &diff->lines, ((Line){mark, *before, *after}));
  *before += mark != '+';
  *after += mark != '-';
}

// For each pair of positions, the length of the longest common subsequence behind them; NULL when there are too many.
static uint32_t *common_lengths(Diff *diff, Span before, Span after) {
  size_t rows = before.end - before.start + 1, columns = after.end - after.start + 1;
  if (rows * columns > MOST_CELLS)
    return NULL;
  uint32_t *lengths = ARENA_ARRAY(diff->arena, uint32_t, rows * columns);
  for (size_t i = rows - 1; i-- > 0;)
    for (size_t k = columns - 1; k-- > 0;) {
      uint32_t down = lengths[(i + 1) * columns + k], right = lengths[i * columns + k + 1];
      bool equal = same(diff, before.start + (uint32_t)i, after.start + (uint32_t)k);
      lengths[i * columns + k] = equal ? lengths[(i + 1) * columns + k + 1] + 1 : down > right ? down : right;
    }
  return lengths;
}

// The part between the first and the last difference.
static void compare_middle(Diff *diff, Span before, Span after) {
  const uint32_t *lengths = common_lengths(diff, before, after);
  uint32_t i = before.start, k = after.start;
  size_t columns = after.end - after.start + 1;
  while (i < before.end || k < after.end) {
    const uint32_t *here = lengths ? lengths + (i - before.start) * columns + (k - after.start) : NULL;
    if (lengths && i < before.end && k < after.end && same(diff, i, k))
      add(diff, ' ', &i, &k);
    else if (k == after.end || (i < before.end && (!here || here[columns] >= here[1])))
      add(diff, '-', &i, &k);
    else
      add(diff, '+', &i, &k);
  }
}

static void compare(Diff *diff) {
  uint32_t before = line_count(diff->before), after = line_count(diff->after), head = 0, tail = 0, i = 0, k = 0;
  while (head < before && head < after && same(diff, head, head))
    head++;
  while (tail < before - head && tail < after - head && same(diff, before - tail - 1, after - tail - 1))
    tail++;
  while (i < head)
    add(diff, ' ', &i, &k);
  compare_middle(diff, (Span){head, before - tail}, (Span){head, after - tail});
  for (i = before - tail, k = after - tail; i < before;)
    add(diff, ' ', &i, &k);
}

static void print_line(Output *output, const Diff *diff, const Line *line) {
  const Text *text = line->mark == '+' ? diff->after : diff->before;
  Span span = whole_line(text, line->mark == '+' ? line->after : line->before);
  const char *bytes = text_bytes(text);
  bool ends = bytes[span.end - 1] == '\n';
  Style style = line->mark == '+' ? STYLE_ADDED : line->mark == '-' ? STYLE_ERROR : STYLE_PLAIN;
  style_begin(output->stream, output->colour, style);
  fputc(line->mark, output->stream);
  fwrite(bytes + span.start, 1, span.end - span.start - ends, output->stream);
  style_end(output->stream, output->colour, style);
  fputs(ends ? "\n" : "\n\\ No newline at end of file\n", output->stream);
}

static void print_hunk(Output *output, const Diff *diff, Span lines) {
  const Line *first = &diff->lines.items[lines.start];
  uint32_t before = 0, after = 0;
  for (uint32_t i = lines.start; i < lines.end; i++) {
    before += diff->lines.items[i].mark != '+';
    after += diff->lines.items[i].mark != '-';
  }
  style_print(output->stream, output->colour, STYLE_PLACE, "@@ -%u,%u +%u,%u @@", first->before + (before > 0), before,
              first->after + (after > 0), after);
  fputc('\n', output->stream);
  for (uint32_t i = lines.start; i < lines.end; i++)
    print_line(output, diff, &diff->lines.items[i]);
}

// Changes that are at most twice the context apart share a hunk.
static void print_hunks(Output *output, const Diff *diff) {
  uint32_t count = diff->lines.count, last = 0;
  for (uint32_t at = 0; at < count; at = last + 1) {
    while (at < count && diff->lines.items[at].mark == ' ')
      at++;
    if (at == count)
      return;
    last = at;
    for (uint32_t i = at; i < count && i <= last + 2 * CONTEXT + 1; i++)
      last = diff->lines.items[i].mark == ' ' ? last : i;
    uint32_t start = at > CONTEXT ? at - CONTEXT : 0;
    print_hunk(output, diff, (Span){start, last + CONTEXT + 1 < count ? last + CONTEXT + 1 : count});
  }
}

void diff_changed(Output *output, const char *path, const Text *before, const Text *after) {
  Diff diff = {.arena = arena_new(), .before = before, .after = after};
  compare(&diff);
  style_print(output->stream, output->colour, STYLE_STRONG, "--- %s\n+++ %s\n", path, path);
  print_hunks(output, &diff);
  arena_free(diff.arena);
}
