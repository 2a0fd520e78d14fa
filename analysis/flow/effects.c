#include "effects.h"

bool lock_set_holds(const LockSet *set, Location lock) {
  for (uint32_t i = 0; i < set->count; i++)
    if (set->items[i] == lock) return true;
  return false;
}

void lock_set_add(LockSet *set, Location lock) {
  if (set->count < LOCK_SET_LIMIT && !lock_set_holds(set, lock)) set->items[set->count++] = lock;
}

bool lock_sets_meet(const LockSet *a, const LockSet *b) {
  for (uint32_t i = 0; i < a->count; i++)
    if (lock_set_holds(b, a->items[i])) return true;
  return false;
}

bool lock_set_has_lock(const LockSet *set) {
  for (uint32_t i = 0; i < set->count; i++)
    if (!(set->items[i] & LOCK_CLAIM)) return true;
  return false;
}
