#define XXH_INLINE_ALL
#include "cache_key.h"

#include <xxhash.h>

CacheKey cache_key(CacheKey before, const void *bytes, size_t length) {
  XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, length, before.low);
  return (CacheKey){hash.high64 ^ (before.high * 0x9e3779b97f4a7c15u), hash.low64};
}

int cache_key_compare(const CacheKey *left, const CacheKey *right) {
  if (left->high != right->high)
    return left->high < right->high ? -1 : 1;
  return left->low == right->low ? 0 : left->low < right->low ? -1 : 1;
}
