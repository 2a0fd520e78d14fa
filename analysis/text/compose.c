#include "compose.h"
#include "../base/array.h"
#include <string.h>

// What is made of the old text, from the left to the right. The old text up to `old` is used up; what of it lies behind
// `from` is replaced by `bytes`, which are not yet written down.
typedef struct Composer {
  Arena *arena;
  EditList second;
  uint32_t next;   // edit of `second`
  uint32_t middle; // offset in the text between the two lists
  uint32_t old, from;
  ARRAY(char) bytes;
  ARRAY(TextEdit) edits;
} Composer;

// A stretch of the text between: of the old text where `bytes` is NULL, else what the first list put there.
typedef struct Stretch {
  const char *bytes;
  uint32_t length;
} Stretch;

static void add(Composer *composer, const char *bytes, uint32_t length) {
  for (uint32_t i = 0; i < length; i++)
    array_push(composer->arena, &composer->bytes, bytes[i]);
}

static void write_down(Composer *composer) {
  uint32_t length = composer->bytes.count;
  if (composer->from < composer->old || length) {
    const char *bytes = arena_copy(composer->arena, length ? composer->bytes.items : "", length);
    array_push(composer->arena, &composer->edits,
               ((TextEdit){.span = {composer->from, composer->old}, .bytes = bytes, .length = length}));
  }
  composer->bytes.count = 0;
}

static void leave(Composer *composer, uint32_t length) {
  if (!length)
    return;
  write_down(composer);
  composer->old += length;
  composer->from = composer->old;
}

// Takes some bytes of the stretch: as they are, or without them.
static void take(Composer *composer, Stretch *stretch, uint32_t length, bool removed) {
  if (stretch->bytes) {
    if (!removed)
      add(composer, stretch->bytes, length);
    stretch->bytes += length;
  } else if (removed)
    composer->old += length;
  else
    leave(composer, length);
  stretch->length -= length;
  composer->middle += length;
}

static uint32_t at_most(uint32_t length, uint32_t limit) {
  return length < limit ? length : limit;
}

static void pass(Composer *composer, Stretch stretch) {
  while (composer->next < composer->second.count) {
    const TextEdit *edit = &composer->second.items[composer->next];
    if (composer->middle < edit->span.start)
      take(composer, &stretch, at_most(stretch.length, edit->span.start - composer->middle), false);
    if (composer->middle < edit->span.start)
      return;
    take(composer, &stretch, at_most(stretch.length, edit->span.end - composer->middle), true);
    if (composer->middle < edit->span.end)
      return;
    add(composer, edit->bytes, edit->length);
    composer->next++;
  }
  take(composer, &stretch, stretch.length, false);
}

EditList edits_compose(Arena *arena, EditList first, const bool *kept, EditList second) {
  Composer composer = {.arena = arena, .second = second};
  uint32_t old = 0;
  for (uint32_t i = 0; i < first.count; i++) {
    const TextEdit *edit = &first.items[i];
    pass(&composer, (Stretch){NULL, edit->span.start - old});
    old = edit->span.end;
    if (!kept || kept[i]) {
      composer.old += edit->span.end - edit->span.start;
      pass(&composer, (Stretch){edit->bytes, edit->length});
    } else {
      composer.middle += edit->length;
      leave(&composer, edit->span.end - edit->span.start);
    }
  }
  if (composer.next < second.count)
    pass(&composer, (Stretch){NULL, second.items[second.count - 1].span.end - composer.middle});
  write_down(&composer);
  return (EditList){composer.edits.items, composer.edits.count};
}
