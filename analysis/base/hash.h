// The hash of an `Index`: keys are short and come by the hundred thousand.
#ifndef RACEWISE_BASE_HASH_H
#define RACEWISE_BASE_HASH_H

#include <stdint.h>
#include <string.h>

// Multiplies and folds eight bytes at a time (the mixing step of wyhash).
static inline uint32_t hash_bytes(const void *bytes, size_t length) {
  const unsigned char *at = bytes;
  uint64_t hash = 0x9e3779b97f4a7c15u ^ length;
  for (; length >= 8; at += 8, length -= 8) {
    uint64_t word;
    memcpy(&word, at, 8);
    __uint128_t product = (__uint128_t)(hash ^ word) * 0xa0761d6478bd642fu;
    hash = (uint64_t)product ^ (uint64_t)(product >> 64);
  }
  uint64_t rest = 0;
  memcpy(&rest, at, length);
  __uint128_t product = (__uint128_t)(hash ^ rest) * 0xe7037ed1a0b428dbu;
  return (uint32_t)((uint64_t)product ^ (uint64_t)(product >> 64));
}

#endif
