#include "arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Chunks grow with the arena, so that a small analysis stays small and a large one makes few of them.
enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20 };

typedef struct Chunk Chunk;
struct Chunk {
  Chunk *next;
  size_t size, used;
  alignas(max_align_t) char bytes[];
};

// `chunks` starts with the one that small blocks come from. A block too large for it gets a chunk of its own, put
// behind the first.
struct Arena {
  Chunk *chunks;
  size_t next_size, used;
};

static _Noreturn void out_of_memory(size_t size) {
  fprintf(stderr, "racewise: out of memory (%zu bytes asked for)\n", size);
  exit(2);
}

void *memory_alloc(size_t size) {
  void *memory = calloc(1, size ? size : 1);
  if (!memory)
    out_of_memory(size);
  return memory;
}

void *memory_resize(void *memory, size_t size) {
  void *moved = realloc(memory, size ? size : 1);
  if (!moved)
    out_of_memory(size);
  return moved;
}

Arena *arena_new(void) {
  Arena *arena = memory_alloc(sizeof *arena);
  arena->next_size = FIRST_CHUNK;
  return arena;
}

void arena_free(Arena *arena) {
  if (!arena)
    return;
  for (Chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
    next = chunk->next;
    free(chunk);
  }
  free(arena);
}

static Chunk *chunk_new(size_t size) {
  if (size > SIZE_MAX - sizeof(Chunk))
    out_of_memory(size);
  Chunk *chunk = memory_alloc(sizeof(Chunk) + size);
  chunk->size = size;
  return chunk;
}

// A chunk with room for `size` bytes, linked into the arena.
static Chunk *arena_chunk(Arena *arena, size_t size) {
  Chunk *first = arena->chunks;
  if (first && size <= first->size - first->used)
    return first;
  if (first && size > arena->next_size / 4) {
    Chunk *own = chunk_new(size);
    own->next = first->next;
    first->next = own;
    return own;
  }
  Chunk *chunk = chunk_new(size > arena->next_size ? size : arena->next_size);
  if (arena->next_size < LARGEST_CHUNK)
    arena->next_size *= 2;
  chunk->next = first;
  arena->chunks = chunk;
  return chunk;
}

static size_t rounded_up(size_t size) {
  const size_t unit = alignof(max_align_t);
  if (size > SIZE_MAX - unit)
    out_of_memory(size);
  return size ? (size + unit - 1) / unit * unit : unit;
}

bool arena_extend(Arena *arena, void *block, size_t size, size_t longer) {
  Chunk *chunk = arena->chunks;
  size_t old = rounded_up(size), new = rounded_up(longer);
  bool is_last = chunk && chunk->used >= old && (char *)block == chunk->bytes + chunk->used - old;
  if (!is_last || new - old > chunk->size - chunk->used)
    return false;
  chunk->used += new - old;
  arena->used += new - old;
  return true;
}

void *arena_alloc(Arena *arena, size_t size) {
  size_t rounded = rounded_up(size);
  Chunk *chunk = arena_chunk(arena, rounded);
  void *block = chunk->bytes + chunk->used;
  chunk->used += rounded;
  arena->used += rounded;
  return block;
}

char *arena_copy(Arena *arena, const char *bytes, size_t length) {
  if (length == SIZE_MAX)
    out_of_memory(length);
  char *copy = arena_alloc(arena, length + 1);
  if (length)
    memcpy(copy, bytes, length);
  return copy;
}

char *arena_vprintf(Arena *arena, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, again);
  va_end(again);
  if (length < 0)
    return arena_copy(arena, "", 0);
  char *string = arena_alloc(arena, (size_t)length + 1);
  vsnprintf(string, (size_t)length + 1, format, arguments);
  return string;
}

char *arena_printf(Arena *arena, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *string = arena_vprintf(arena, format, arguments);
  va_end(arguments);
  return string;
}

size_t arena_used(const Arena *arena) {
  return arena->used;
}
