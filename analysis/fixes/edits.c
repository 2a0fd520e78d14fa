#include "edits.h"
#include <string.h>

static void add(Edits *edits, Span span, const char *text) {
  for (uint32_t i = 0; i < edits->items.count; i++) {
    const TextEdit *old = &edits->items.items[i];
    if (old->span.start == span.start && old->span.end == span.end && strcmp(old->bytes, text) == 0)
      return;
  }
  array_push(edits->arena, &edits->items, ((TextEdit){span, text, (uint32_t)strlen(text)}));
}

void edits_replace(Edits *edits, Span span, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  add(edits, span, arena_vprintf(edits->arena, format, arguments));
  va_end(arguments);
}

void edits_insert(Edits *edits, uint32_t at, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  add(edits, (Span){at, at}, arena_vprintf(edits->arena, format, arguments));
  va_end(arguments);
}

void edits_delete(Edits *edits, Span span) {
  add(edits, span, "");
}

// Insertion sort: stable, and edits come nearly in order.
static void sort(Edits *edits) {
  TextEdit *items = edits->items.items;
  for (uint32_t i = 1; i < edits->items.count; i++)
    for (uint32_t k = i; k && items[k - 1].span.start > items[k].span.start; k--) {
      TextEdit swapped = items[k];
      items[k] = items[k - 1];
      items[k - 1] = swapped;
    }
}

static const char *with_newlines(Arena *arena, const char *text, const char *newline, uint32_t *length) {
  char *copy = arena_alloc(arena, 2 * strlen(text) + 1), *out = copy;
  for (const char *in = text; *in; in++) {
    if (*in != '\n' || (in > text && in[-1] == '\r')) {
      *out++ = *in;
      continue;
    }
    memcpy(out, newline, strlen(newline));
    out += strlen(newline);
  }
  *length = (uint32_t)(out - copy);
  return copy;
}

const TextEdit *edits_finish(Edits *edits, const char *newline, uint32_t *count) {
  sort(edits);
  *count = edits->items.count;
  for (uint32_t i = 0; i < *count; i++) {
    TextEdit *edit = &edits->items.items[i];
    if (i && edit[-1].span.end > edit->span.start)
      return NULL;
    edit->bytes = with_newlines(edits->arena, edit->bytes, newline, &edit->length);
  }
  return *count ? edits->items.items : NULL;
}
