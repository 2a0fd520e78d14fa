#include "text.h"
#include "../base/arena.h"
#include "lines.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

// The line index is made when the first place is converted, by whichever thread gets there first.
struct Text {
  atomic_uint references;
  uint32_t length;
  _Atomic(Lines *) lines;
  char bytes[];
};

// A text of this length whose bytes the caller fills in. Longer ones are cut to the limit that text.h names.
static Text *text_alloc(size_t length) {
  uint32_t kept = length < UINT32_MAX ? (uint32_t)length : UINT32_MAX;
  Text *text = memory_resize(NULL, sizeof(Text) + (size_t)kept + 1);
  atomic_init(&text->references, 1);
  atomic_init(&text->lines, NULL);
  text->length = kept;
  text->bytes[kept] = '\0';
  return text;
}

Text *text_new(const char *bytes, size_t length) {
  Text *text = text_alloc(length);
  if (text->length > 0)
    memcpy(text->bytes, bytes, text->length);
  return text;
}

Text *text_ref(Text *text) {
  atomic_fetch_add_explicit(&text->references, 1, memory_order_relaxed);
  return text;
}

void text_unref(Text *text) {
  if (!text || atomic_fetch_sub_explicit(&text->references, 1, memory_order_acq_rel) != 1)
    return;
  lines_free(atomic_load_explicit(&text->lines, memory_order_relaxed));
  free(text);
}

const char *text_bytes(const Text *text) {
  return text->bytes;
}
uint32_t text_length(const Text *text) {
  return text->length;
}

// The index, made now if need be. The cast takes away a `const` that says the text's meaning never changes.
static const Lines *text_lines(const Text *text) {
  _Atomic(Lines *) *slot = &((Text *)text)->lines;
  Lines *lines = atomic_load_explicit(slot, memory_order_acquire);
  if (lines)
    return lines;
  Lines *made = lines_new(text->bytes, text->length);
  if (atomic_compare_exchange_strong_explicit(slot, &lines, made, memory_order_acq_rel, memory_order_acquire))
    return made;
  lines_free(made);
  return lines;
}

uint32_t text_line_count(const Text *text) {
  return text_lines(text)->count;
}

Span text_line(const Text *text, uint32_t line) {
  const Lines *lines = text_lines(text);
  if (line >= lines->count)
    return (Span){text->length, text->length};
  uint32_t start = lines->starts[line];
  if (line + 1 == lines->count)
    return (Span){start, text->length};
  uint32_t end = lines->starts[line + 1] - 1;
  if (text->bytes[end] == '\n' && end > start && text->bytes[end - 1] == '\r')
    end--;
  return (Span){start, end};
}

// Bytes of the UTF-8 character at `bytes`, of which `left` are there; 1 for an invalid one (Unicode, table 3-7).
static uint32_t character_length(const unsigned char *bytes, uint32_t left) {
  unsigned char lead = bytes[0];
  uint32_t length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
  if (length == 1 || length > left)
    return 1;
  unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (bytes[1] < low || bytes[1] > high)
    return 1;
  for (uint32_t i = 2; i < length; i++)
    if ((bytes[i] & 0xC0) != 0x80)
      return 1;
  return length;
}

// Units of a character of `length` bytes.
static uint32_t character_units(uint32_t length, TextEncoding encoding) {
  if (encoding == TEXT_UTF8)
    return length;
  return encoding == TEXT_UTF16 && length == 4 ? 2 : 1;
}

// A place on the way along a line.
typedef struct Walk {
  uint32_t offset, column;
} Walk;

// Goes along `line` as far as whole characters fit before the offset `limit.offset` and the column `limit.column`.
static Walk walk_line(const Text *text, Span line, Walk limit, TextEncoding encoding) {
  Walk at = {line.start, 0};
  while (at.offset < line.end) {
    const unsigned char *bytes = (const unsigned char *)text->bytes + at.offset;
    uint32_t length = bytes[0] < 0x80 ? 1 : character_length(bytes, line.end - at.offset);
    uint32_t units = character_units(length, encoding);
    if (length > limit.offset - at.offset || units > limit.column - at.column)
      break;
    at.offset += length;
    at.column += units;
  }
  return at;
}

TextPosition text_position(const Text *text, uint32_t offset, TextEncoding encoding) {
  if (offset > text->length)
    offset = text->length;
  uint32_t line = lines_find(text_lines(text), offset);
  Span span = text_line(text, line);
  if (offset > span.end)
    offset = span.end;
  return (TextPosition){line, walk_line(text, span, (Walk){offset, UINT32_MAX}, encoding).column};
}

uint32_t text_offset(const Text *text, TextPosition position, TextEncoding encoding) {
  Span line = text_line(text, position.line);
  return walk_line(text, line, (Walk){line.end, position.column}, encoding).offset;
}

static Span clip(const Text *text, Span span) {
  if (span.start > text->length)
    span.start = text->length;
  if (span.end > text->length)
    span.end = text->length;
  if (span.end < span.start)
    span.end = span.start;
  return span;
}

// Copies as much of a piece as still fits behind `*filled`.
static void append(Text *text, uint32_t *filled, const char *bytes, uint32_t length) {
  if (length > text->length - *filled)
    length = text->length - *filled;
  if (length > 0)
    memcpy(text->bytes + *filled, bytes, length);
  *filled += length;
}

Text *text_edit(const Text *text, TextEdit edit) {
  Span span = clip(text, edit.span);
  size_t length = (size_t)text->length - (span.end - span.start) + edit.length;
  Text *result = text_alloc(length);
  uint32_t filled = 0;
  append(result, &filled, text->bytes, span.start);
  append(result, &filled, edit.bytes, edit.length);
  append(result, &filled, text->bytes + span.end, text->length - span.end);

  const Lines *lines = atomic_load_explicit(&((Text *)text)->lines, memory_order_acquire);
  if (lines && length == result->length)
    atomic_init(&result->lines, lines_edit(lines, span, result->bytes, edit.length));
  return result;
}

// By place, insertions before replacements, then in the given order (all point into one array).
static int compare_edits(const void *left, const void *right) {
  const TextEdit *a = *(const TextEdit *const *)left, *b = *(const TextEdit *const *)right;
  if (a->span.start != b->span.start)
    return a->span.start < b->span.start ? -1 : 1;
  if (a->span.end != b->span.end)
    return a->span.end < b->span.end ? -1 : 1;
  return (a > b) - (a < b);
}

// The new text's length, or SIZE_MAX when spans overlap.
static size_t edited_length(const Text *text, const TextEdit **sorted, size_t count) {
  size_t length = text->length;
  uint32_t free_from = 0;
  for (size_t i = 0; i < count; i++) {
    Span span = clip(text, sorted[i]->span);
    if (span.start < free_from)
      return SIZE_MAX;
    free_from = span.end;
    length = length - (span.end - span.start) + sorted[i]->length;
  }
  return length;
}

static Text *apply_sorted(const Text *text, const TextEdit **sorted, size_t count) {
  size_t length = edited_length(text, sorted, count);
  if (length == SIZE_MAX)
    return NULL;
  Text *result = text_alloc(length);
  uint32_t filled = 0, taken = 0;
  for (size_t i = 0; i < count; i++) {
    Span span = clip(text, sorted[i]->span);
    append(result, &filled, text->bytes + taken, span.start - taken);
    append(result, &filled, sorted[i]->bytes, sorted[i]->length);
    taken = span.end;
  }
  append(result, &filled, text->bytes + taken, text->length - taken);
  return result;
}

const TextEdit **text_sort_edits(const TextEdit *edits, size_t count) {
  const TextEdit **sorted = memory_alloc((count + 1) * sizeof *sorted);
  for (size_t i = 0; i < count; i++)
    sorted[i] = &edits[i];
  qsort(sorted, count, sizeof *sorted, compare_edits);
  return sorted;
}

Text *text_edit_all(const Text *text, const TextEdit *edits, size_t count) {
  const TextEdit **sorted = text_sort_edits(edits, count);
  Text *result = apply_sorted(text, sorted, count);
  free(sorted);
  return result;
}

static bool is_continuation(char byte) {
  return ((unsigned char)byte & 0xC0) == 0x80;
}

// How many bytes at the front are equal, `limit` at most.
static uint32_t common_prefix(const char *a, const char *b, uint32_t limit) {
  enum { BLOCK = 4096 };
  uint32_t same = 0;
  while (limit - same >= BLOCK && memcmp(a + same, b + same, BLOCK) == 0)
    same += BLOCK;
  while (same < limit && a[same] == b[same])
    same++;
  return same;
}

// The same from the ends backwards.
static uint32_t common_suffix(const char *a_end, const char *b_end, uint32_t limit) {
  enum { BLOCK = 4096 };
  uint32_t same = 0;
  while (limit - same >= BLOCK && memcmp(a_end - same - BLOCK, b_end - same - BLOCK, BLOCK) == 0)
    same += BLOCK;
  while (same < limit && a_end[-1 - (ptrdiff_t)same] == b_end[-1 - (ptrdiff_t)same])
    same++;
  return same;
}

Span text_difference(const Text *old, const Text *new, uint32_t *length) {
  uint32_t shorter = old->length < new->length ? old->length : new->length;
  uint32_t start = common_prefix(old->bytes, new->bytes, shorter);
  while (start > 0 && (is_continuation(old->bytes[start]) || is_continuation(new->bytes[start])))
    start--;
  uint32_t tail = common_suffix(old->bytes + old->length, new->bytes + new->length, shorter - start);
  while (tail > 0 && is_continuation(new->bytes[new->length - tail]))
    tail--;
  *length = new->length - tail - start;
  return (Span){start, old->length - tail};
}
