// What two texts have in common, line by line.
#ifndef RACEWISE_SERVER_LINE_DIFF_H
#define RACEWISE_SERVER_LINE_DIFF_H

#include "../analysis/base/array.h"
#include "../analysis/text/text.h"

// A line of either text, or of both.
typedef struct DiffLine {
  char mark;              // ' ' for both, '-' for only the text before, '+' for only the one after
  uint32_t before, after; // the number of lines of each text that come before it
} DiffLine;

typedef ARRAY(DiffLine) DiffLines;

// All lines of both texts in order, as few as possible of them different. Texts that differ in very many lines count as
// replaced between their first difference and their last. The result lives in the arena.
DiffLines line_diff(Arena *arena, const Text *before, const Text *after);

// The same as edits of whole lines of `before`, in order of position. They and their bytes live in the arena.
const TextEdit *line_diff_edits(Arena *arena, const Text *before, const Text *after, uint32_t *count);

// A line with its terminator.
Span line_diff_whole_line(const Text *text, uint32_t line);

#endif
