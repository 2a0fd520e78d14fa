// Growable arrays of any element type, in an arena.
//
//     ARRAY(Block) blocks = {0};
//     *array_add(arena, &blocks) = (Block){...};
//     for (uint32_t i = 0; i < blocks.count; i++) use(blocks.items[i]);
//
// Growing moves the items: keep indexes across an `array_add`, never pointers.
#ifndef RACEWISE_BASE_ARRAY_H
#define RACEWISE_BASE_ARRAY_H

#include "arena.h"

#define ARRAY(type)                                                                                                    \
  struct {                                                                                                             \
    type *items;                                                                                                       \
    uint32_t count, capacity;                                                                                          \
  }

// Makes room for one more item and returns its address (zeroed).
#define array_add(arena, array)                                                                                        \
  ((array)->count == (array)->capacity                                                                                 \
       ? ((array)->items = array_grow((arena), (array)->items, &(array)->capacity, sizeof *(array)->items),            \
          (array)->items + (array)->count++)                                                                           \
       : (array)->items + (array)->count++)

#define array_push(arena, array, value) ((void)(*array_add((arena), (array)) = (value)))

#define array_last(array) ((array)->items[(array)->count - 1])

// The arrays' own: doubles `*capacity` (from 8) and returns the moved, zero-extended items.
void *array_grow(Arena *arena, void *items, uint32_t *capacity, size_t item_size);

#endif
