// The edits of one fix, collected in any order.
#ifndef RACEWISE_FIXES_EDITS_H
#define RACEWISE_FIXES_EDITS_H

#include "../base/array.h"
#include "../text/text.h"
#include <stdbool.h>

typedef struct Edits {
  Arena *arena;
  ARRAY(TextEdit) items;
} Edits;

// Texts may break lines with "\n" alone, whatever the file uses. What is inserted at one place stands there in the
// order of the calls; an insertion that is there already is not made twice.
void edits_replace(Edits *edits, Span span, const char *format, ...) __attribute__((format(printf, 3, 4)));
void edits_insert(Edits *edits, uint32_t at, const char *format, ...) __attribute__((format(printf, 3, 4)));
void edits_delete(Edits *edits, Span span);

// The edits in order of position with line breaks as the file has them, or NULL where they overlap or are none. The
// arena owns them.
const TextEdit *edits_finish(Edits *edits, const char *newline, uint32_t *count);

#endif
