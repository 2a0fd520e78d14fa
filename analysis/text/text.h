// Immutable, reference-counted source text, and the arithmetic of places in it.
//
// Inside Racewise a place is always a byte offset. Lines and columns exist only at the edges (the language
// server protocol, the command line), and are converted here. Lines end with "\n", "\r\n" or a lone "\r"
// (LSP 3.17, "Text Documents"). Lines and columns are zero-based; a column counts units of an encoding.
//
// Texts are at most 4 GiB - 1 long. They are valid for use on any thread: the count is atomic, the rest never
// changes. Invalid UTF-8 is allowed: each invalid byte counts as one character of one unit.
#ifndef RACEWISE_TEXT_TEXT_H
#define RACEWISE_TEXT_TEXT_H

#include "../base/span.h"
#include <stddef.h>

typedef struct Text Text;

typedef enum TextEncoding { TEXT_UTF8, TEXT_UTF16, TEXT_UTF32 } TextEncoding;

typedef struct TextPosition {
  uint32_t line, column;
} TextPosition;

// Replaces `span` of a text by `length` bytes.
typedef struct TextEdit {
  Span span;
  const char *bytes;
  uint32_t length;
} TextEdit;

// Copies the bytes. The count starts at one. What goes beyond the limit, here or in an edit, is cut off.
Text *text_new(const char *bytes, size_t length);
Text *text_ref(Text *text);
void text_unref(Text *text); // NULL is allowed

// NUL-terminated behind the last byte, for convenience.
const char *text_bytes(const Text *text);
uint32_t text_length(const Text *text);

uint32_t text_line_count(const Text *text); // at least 1
// The line without its terminator. A line past the end gives an empty span at the end.
Span text_line(const Text *text, uint32_t line);

// An offset past the end counts as the end; one inside a character as that character's start; one inside "\r\n" as
// the line's end.
TextPosition text_position(const Text *text, uint32_t offset, TextEncoding encoding);
// As LSP asks: a column past the line's end means the line's end (before its terminator), a line past the last the
// end of the text; a column inside a character means that character's start.
uint32_t text_offset(const Text *text, TextPosition position, TextEncoding encoding);

// A new text with one edit applied. The span is clipped to the text.
Text *text_edit(const Text *text, TextEdit edit);

// The edits by place, insertions before replacements, else in the given order; free() the array.
const TextEdit **text_sort_edits(const TextEdit *edits, size_t count);

// A new text with all edits applied at once: spans refer to the old text, in any order. Returns NULL when two
// spans overlap (insertions at one place are kept in the given order).
Text *text_edit_all(const Text *text, const TextEdit *edits, size_t count);

// The smallest single edit from `old` to `new` that keeps characters whole: the returned span of `old` became
// `*length` bytes at the same place of `new`.
Span text_difference(const Text *old, const Text *new, uint32_t *length);

#endif
