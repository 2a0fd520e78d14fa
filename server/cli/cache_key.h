// What things are known by in the cache: 128 bits of a hash that is fast and spreads well (XXH3).
#ifndef RACEWISE_CLI_CACHE_KEY_H
#define RACEWISE_CLI_CACHE_KEY_H

#include <stddef.h>
#include <stdint.h>

typedef struct CacheKey {
  uint64_t high, low;
} CacheKey;

// The key of some bytes together with another key (all zero for none).
CacheKey cache_key(CacheKey before, const void *bytes, size_t length);

// By any order that is always the same: less, equal or greater than 0.
int cache_key_compare(const CacheKey *left, const CacheKey *right);

#endif
