#include "array.h"

#include <string.h>

void *array_grow(Arena *arena, void *items, uint32_t *capacity, size_t item_size) {
  uint32_t wider = *capacity == 0 ? 8 : *capacity <= UINT32_MAX / 2 ? *capacity * 2 : UINT32_MAX;
  if (wider == *capacity || item_size > SIZE_MAX / wider)
    return arena_alloc(arena, SIZE_MAX); // more than any machine has: ends the process as the arena promises
  if (*capacity && arena_extend(arena, items, *capacity * item_size, wider * item_size)) {
    *capacity = wider;
    return items;
  }
  void *moved = arena_alloc(arena, wider * item_size);
  if (*capacity)
    memcpy(moved, items, *capacity * item_size);
  *capacity = wider;
  return moved;
}
