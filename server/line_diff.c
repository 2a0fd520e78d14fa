#include "line_diff.h"
#include <string.h>

// Texts that differ in more lines than this allows are told apart by their first and last difference alone.
enum { MOST_CELLS = 16 << 20 };

// A comparison under way.
typedef struct Diff {
  Arena *arena;
  const Text *before, *after;
  DiffLines lines;
} Diff;

Span line_diff_whole_line(const Text *text, uint32_t line) {
  uint32_t next = line + 1 < text_line_count(text) ? text_line(text, line + 1).start : text_length(text);
  return (Span){text_line(text, line).start, next};
}

// A text that ends with a line break has no line behind it.
static uint32_t line_count(const Text *text) {
  uint32_t count = text_line_count(text);
  Span last = line_diff_whole_line(text, count - 1);
  return last.end > last.start ? count : count - 1;
}

static bool same(const Diff *diff, uint32_t before, uint32_t after) {
  Span a = line_diff_whole_line(diff->before, before), b = line_diff_whole_line(diff->after, after);
  return a.end - a.start == b.end - b.start &&
         !memcmp(text_bytes(diff->before) + a.start, text_bytes(diff->after) + b.start, a.end - a.start);
}

static void add(Diff *diff, char mark, uint32_t *before, uint32_t *after) {
  array_push(diff->arena, &diff->lines, ((DiffLine){mark, *before, *after}));
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

DiffLines line_diff(Arena *arena, const Text *before, const Text *after) {
  Diff diff = {.arena = arena, .before = before, .after = after};
  compare(&diff);
  return diff.lines;
}

// The stretch of a text from one line to another.
static Span lines_span(const Text *text, uint32_t from, uint32_t to) {
  uint32_t end = text_length(text), count = line_count(text);
  return (Span){from < count ? line_diff_whole_line(text, from).start : end,
                to < count ? line_diff_whole_line(text, to).start : end};
}

typedef ARRAY(TextEdit) Edits;

const TextEdit *line_diff_edits(Arena *arena, const Text *before, const Text *after, uint32_t *count) {
  DiffLines lines = line_diff(arena, before, after);
  Edits edits = {0};
  for (uint32_t at = 0, end; at < lines.count; at = end) {
    end = at + 1;
    if (lines.items[at].mark == ' ')
      continue;
    DiffLine first = lines.items[at];
    uint32_t removed = 0, added = 0;
    for (end = at; end < lines.count && lines.items[end].mark != ' '; end++)
      *(lines.items[end].mark == '-' ? &removed : &added) += 1;
    Span span = lines_span(before, first.before, first.before + removed);
    Span new = lines_span(after, first.after, first.after + added);
    const char *bytes = arena_copy(arena, text_bytes(after) + new.start, new.end - new.start);
    array_push(arena, &edits, ((TextEdit){span, bytes, new.end - new.start}));
  }
  *count = edits.count;
  return edits.items;
}
