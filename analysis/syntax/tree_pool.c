#include "tree_pool.h"

#include "../base/arena.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

// Freed blocks of up to so many units are kept by size for the next of that size.
enum { UNIT = 8, KEPT_SIZES = 128, FIRST_CHUNK = 1 << 16, LARGEST_CHUNK = 1 << 20 };

// In front of each block. A block outside of a pool has none of its own to go back to.
typedef struct Header {
  uint32_t units; // of UNIT bytes, without the header
  bool pooled;
} Header;

typedef struct Chunk Chunk;
struct Chunk {
  Chunk *next;
};

struct TreePool {
  atomic_uint references;
  Chunk *chunks;
  char *free, *end; // of the newest chunk
  size_t next_size;
  void *kept[KEPT_SIZES + 1]; // by units; each block holds the address of the next
};

static bool installed;
static _Thread_local TreePool *current;

static char *take(TreePool *pool, size_t size) {
  if ((size_t)(pool->end - pool->free) < size) {
    size_t room = size + sizeof(Chunk) > pool->next_size ? size + sizeof(Chunk) : pool->next_size;
    Chunk *chunk = memory_resize(NULL, room);
    chunk->next = pool->chunks;
    pool->chunks = chunk;
    pool->free = (char *)(chunk + 1), pool->end = (char *)chunk + room;
    if (pool->next_size < LARGEST_CHUNK)
      pool->next_size *= 2;
  }
  char *block = pool->free;
  pool->free += size;
  return block;
}

static uint32_t units_of(size_t size) {
  return (uint32_t)((size + UNIT - 1) / UNIT);
}

static void *allocate(size_t size) {
  uint32_t units = size ? units_of(size) : 1;
  TreePool *pool = current;
  if (pool && units <= KEPT_SIZES && pool->kept[units]) {
    void *block = pool->kept[units];
    memcpy(&pool->kept[units], block, sizeof(void *));
    return block;
  }
  size_t whole = sizeof(Header) + (size_t)units * UNIT;
  Header *header = pool ? (Header *)take(pool, whole) : memory_resize(NULL, whole);
  *header = (Header){units, pool};
  return header + 1;
}

static void *allocate_cleared(size_t count, size_t size) {
  return memset(allocate(count * size), 0, count * size);
}

static void release(void *block) {
  if (!block)
    return;
  Header *header = (Header *)block - 1;
  if (!header->pooled) {
    free(header);
  } else if (current && header->units <= KEPT_SIZES) {
    memcpy(block, &current->kept[header->units], sizeof(void *));
    current->kept[header->units] = block;
  }
}

// Whether the block could be made longer where it stands, as the newest of its pool.
static bool extend(Header *header, uint32_t units) {
  char *end = (char *)(header + 1) + (size_t)header->units * UNIT;
  size_t more = (size_t)(units - header->units) * UNIT;
  if (!header->pooled || !current || end != current->free || (size_t)(current->end - end) < more)
    return false;
  current->free += more;
  header->units = units;
  return true;
}

static void *reallocate(void *block, size_t size) {
  if (!block)
    return allocate(size);
  Header *header = (Header *)block - 1;
  uint32_t units = units_of(size);
  if (units <= header->units || extend(header, units))
    return block;
  void *moved = allocate(size);
  memcpy(moved, block, (size_t)header->units * UNIT);
  release(block);
  return moved;
}

void tree_pools_install(void) {
  ts_set_allocator(allocate, allocate_cleared, reallocate, release);
  installed = true;
}

TreePool *tree_pool_new(void) {
  if (!installed)
    return NULL;
  TreePool *pool = memory_alloc(sizeof *pool);
  atomic_init(&pool->references, 1);
  pool->next_size = FIRST_CHUNK;
  return pool;
}

TreePool *tree_pool_ref(TreePool *pool) {
  if (pool)
    atomic_fetch_add_explicit(&pool->references, 1, memory_order_relaxed);
  return pool;
}

void tree_pool_unref(TreePool *pool) {
  if (!pool || atomic_fetch_sub_explicit(&pool->references, 1, memory_order_acq_rel) > 1)
    return;
  for (Chunk *chunk = pool->chunks, *next; chunk; chunk = next) {
    next = chunk->next;
    free(chunk);
  }
  free(pool);
}

TreePool *tree_pool_enter(TreePool *pool) {
  TreePool *before = current;
  current = pool;
  return before;
}
