// Two lists of edits, one after the other, as one.
#ifndef RACEWISE_TEXT_COMPOSE_H
#define RACEWISE_TEXT_COMPOSE_H

#include "../base/arena.h"
#include "text.h"
#include <stdbool.h>

// Edits in order of position, none overlapping.
typedef struct EditList {
  const TextEdit *items;
  uint32_t count;
} EditList;

// The edits of a text that do what `first` does to it and `second` to the result. Edits of `first` whose `kept` is
// false are left out: `second`, which must not touch them, speaks of the text in which they are made all the same. All
// are kept where `kept` is NULL. Owned by the arena, the new texts included.
EditList edits_compose(Arena *arena, EditList first, const bool *kept, EditList second);

#endif
