// Finds the items of an array by what is in them: a hash table that holds no more than their numbers.
//
// An item costs eight bytes in one block of memory, so that a look-up is one miss of the cache where a chained table
// has three: names and locations are looked up a hundred thousand times in a file. The hash is the caller's
// (`hash_bytes`), and so is comparing the items that have it:
//
//     uint32_t probe = 0, item;
//     while ((item = index_next(&index, hash, &probe)) != INDEX_NONE)
//       if (is_equal(items[item], key)) return item;
//     index_add(arena, &index, hash, count);
#ifndef RACEWISE_BASE_INDEX_H
#define RACEWISE_BASE_INDEX_H

#include "arena.h"
#include <stdint.h>

typedef struct Index {
  uint64_t *slots;          // the hash above, the item's number and one below; 0 for an empty slot
  uint32_t count, capacity; // a power of two, or 0
} Index;

enum { INDEX_NONE = -1 };

// The next item that has the hash. `*probe` is 0 at first, and the index's own between two calls.
static inline uint32_t index_next(const Index *index, uint32_t hash, uint32_t *probe) {
  while (*probe < index->capacity) {
    uint64_t slot = index->slots[(hash + (*probe)++) & (index->capacity - 1)];
    if (!slot)
      break;
    if (slot >> 32 == hash)
      return (uint32_t)slot - 1;
  }
  return (uint32_t)INDEX_NONE;
}

// Adds an item, which the caller knows not to be there. Items are numbered below UINT32_MAX.
void index_add(Arena *arena, Index *index, uint32_t hash, uint32_t item);

#endif
