#include "symbols.h"

#include "array.h"
#include "hash.h"
#include "index.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct Entry {
  const char *text;
  size_t length;
} Entry;

struct Symbols {
  Arena *arena;
  ARRAY(Entry) entries; // by symbol
  Index by_text;
};

static Symbol symbols_add(Symbols *symbols, const char *bytes, size_t length, uint32_t hash) {
  Symbol symbol = symbols->entries.count;
  array_push(symbols->arena, &symbols->entries, ((Entry){arena_copy(symbols->arena, bytes, length), length}));
  index_add(symbols->arena, &symbols->by_text, hash, symbol);
  return symbol;
}

Symbols *symbols_new(Arena *arena) {
  Symbols *symbols = ARENA_NEW(arena, Symbols);
  symbols->arena = arena;
  symbols_add(symbols, "", 0, hash_bytes("", 0));
  return symbols;
}

Symbol symbol_of(Symbols *symbols, const char *bytes, size_t length) {
  if (length == 0)
    return 0;
  uint32_t hash = hash_bytes(bytes, length), probe = 0;
  for (Symbol symbol; (symbol = index_next(&symbols->by_text, hash, &probe)) != (Symbol)INDEX_NONE;) {
    const Entry *entry = &symbols->entries.items[symbol];
    if (entry->length == length && memcmp(entry->text, bytes, length) == 0)
      return symbol;
  }
  return symbols_add(symbols, bytes, length, hash);
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
  return symbols->entries.items[symbol].text;
}

size_t symbol_length(const Symbols *symbols, Symbol symbol) {
  return symbols->entries.items[symbol].length;
}

uint32_t symbols_count(const Symbols *symbols) {
  return symbols->entries.count;
}
