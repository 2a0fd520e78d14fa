// Memory that lives and dies together.
//
// An arena hands out memory that is never freed piece by piece: everything one analysis makes is freed
// with `arena_free`. Blocks are zero-filled and aligned for any type.
//
// Out of memory: this library has no way to give a partial answer without memory, so every allocation here
// and in `memory_*` that fails ends the process with exit status 2 and one line on stderr.
#ifndef RACEWISE_BASE_ARENA_H
#define RACEWISE_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *arena); // NULL is allowed

// `size` zeroed bytes, owned by the arena; a size of 0 gives a unique non-NULL address.
void *arena_alloc(Arena *arena, size_t size);

// Makes the block longer where it stands, the new bytes zeroed. False where there is no room: only the last block that
// was handed out may have some.
bool arena_extend(Arena *arena, void *block, size_t size, size_t longer);

// A NUL-terminated copy of `length` bytes, owned by the arena.
char *arena_copy(Arena *arena, const char *bytes, size_t length);

// A formatted NUL-terminated string, owned by the arena.
char *arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(Arena *arena, const char *format, va_list arguments);

// Bytes handed out so far.
size_t arena_used(const Arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(count)))

// malloc, calloc-style and realloc that never return NULL; release with free().
void *memory_alloc(size_t size); // zeroed
void *memory_resize(void *memory, size_t size);

#endif
