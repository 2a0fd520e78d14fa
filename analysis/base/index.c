#include "index.h"

static void put(Index *index, uint64_t slot) {
  uint32_t at = (uint32_t)(slot >> 32);
  while (index->slots[at & (index->capacity - 1)])
    at++;
  index->slots[at & (index->capacity - 1)] = slot;
}

static void grow(Arena *arena, Index *index) {
  Index wider = {.count = index->count, .capacity = index->capacity ? index->capacity * 2 : 64};
  wider.slots = ARENA_ARRAY(arena, uint64_t, wider.capacity);
  for (uint32_t i = 0; i < index->capacity; i++)
    if (index->slots[i])
      put(&wider, index->slots[i]);
  *index = wider;
}

void index_add(Arena *arena, Index *index, uint32_t hash, uint32_t item) {
  // More than half full, a look-up for what is not there would take too many steps.
  if (index->count >= index->capacity / 2)
    grow(arena, index);
  put(index, (uint64_t)hash << 32 | (item + 1));
  index->count++;
}
