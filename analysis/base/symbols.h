// Interned strings: equal strings have equal symbols, so that names are compared as numbers.
//
// Symbol 0 is the empty string and stands for "no name". A table and its strings live in an arena.
#ifndef RACEWISE_BASE_SYMBOLS_H
#define RACEWISE_BASE_SYMBOLS_H

#include "arena.h"

typedef uint32_t Symbol;
typedef struct Symbols Symbols;

Symbols *symbols_new(Arena *arena); // lives as long as the arena

Symbol symbol_of(Symbols *symbols, const char *bytes, size_t length);
Symbol symbol_of_string(Symbols *symbols, const char *string);

// "a.b" of "a" and "b"; the other one alone where one is empty.
Symbol symbol_join(Symbols *symbols, Symbol left, Symbol right);

// NUL-terminated, owned by the table.
const char *symbol_text(const Symbols *symbols, Symbol symbol);
size_t symbol_length(const Symbols *symbols, Symbol symbol);

uint32_t symbols_count(const Symbols *symbols);

#endif
