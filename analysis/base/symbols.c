#include "symbols.h"

#include "array.h"
#include "hash.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// The table's own memory comes from the arena as well: what it outgrows stays there, at most as much again as the
// table. uthash asks with a size and frees with one, and keeps the table in a local named `ut_arena` here.
#define uthash_malloc(size) arena_alloc(ut_arena, (size))
#define uthash_free(memory, size) ((void)(memory))
#include <uthash.h>

typedef struct Entry {
  const char *text;
  size_t length;
  Symbol symbol;
  UT_hash_handle hh;
} Entry;

struct Symbols {
  Arena *arena;
  Entry *by_text;
  ARRAY(Entry *) entries; // by symbol
};

static Symbol symbols_add(Symbols *symbols, const char *bytes, size_t length) {
  Arena *ut_arena = symbols->arena;
  Entry *entry = ARENA_NEW(ut_arena, Entry);
  entry->text = arena_copy(ut_arena, bytes, length);
  entry->length = length;
  entry->symbol = symbols->entries.count;
  array_push(ut_arena, &symbols->entries, entry);
  HASH_ADD_KEYPTR(hh, symbols->by_text, entry->text, entry->length, entry);
  return entry->symbol;
}

Symbols *symbols_new(Arena *arena) {
  Symbols *symbols = ARENA_NEW(arena, Symbols);
  symbols->arena = arena;
  symbols_add(symbols, "", 0);
  return symbols;
}

Symbol symbol_of(Symbols *symbols, const char *bytes, size_t length) {
  if (length == 0)
    return 0;
  Entry *entry = NULL;
  HASH_FIND(hh, symbols->by_text, bytes, length, entry);
  return entry ? entry->symbol : symbols_add(symbols, bytes, length);
}

Symbol symbol_of_string(Symbols *symbols, const char *string) {
  return symbol_of(symbols, string, strlen(string));
}

Symbol symbol_join(Symbols *symbols, Symbol left, Symbol right) {
  if (!left || !right)
    return left ? left : right;
  size_t left_length = symbol_length(symbols, left), right_length = symbol_length(symbols, right);
  char short_text[128];
  bool is_short = left_length + right_length < sizeof short_text;
  char *joined = is_short ? short_text : memory_alloc(left_length + right_length + 1);
  memcpy(joined, symbol_text(symbols, left), left_length);
  joined[left_length] = '.';
  memcpy(joined + left_length + 1, symbol_text(symbols, right), right_length);
  Symbol symbol = symbol_of(symbols, joined, left_length + right_length + 1);
  if (!is_short)
    free(joined);
  return symbol;
}

const char *symbol_text(const Symbols *symbols, Symbol symbol) {
  return symbols->entries.items[symbol]->text;
}

size_t symbol_length(const Symbols *symbols, Symbol symbol) {
  return symbols->entries.items[symbol]->length;
}

uint32_t symbols_count(const Symbols *symbols) {
  return symbols->entries.count;
}
