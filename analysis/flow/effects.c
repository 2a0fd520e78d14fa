#include "effects.h"

bool lock_set_holds(const LockSet *set, Location lock) {
  for (uint32_t i = 0; i < set->count; i++)
    if (set->items[i] == lock)
      return true;
  return false;
}

void lock_set_add(LockSet *set, Location lock) {
  if (set->count < LOCK_SET_LIMIT && !lock_set_holds(set, lock))
    set->items[set->count++] = lock;
}

static bool keeps_out(const Locations *locations, Location a, Location b) {
  if ((a & b & LOCK_INHERITED) || (a & LOCK_CLAIM) != (b & LOCK_CLAIM))
    return false;
  if (a & LOCK_CLAIM)
    return a == b;
  return location_overlaps(locations, LOCK_LOCATION(a), LOCK_LOCATION(b));
}

bool lock_sets_meet(const Locations *locations, const LockSet *a, const LockSet *b) {
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t k = 0; k < b->count; k++)
      if (keeps_out(locations, a->items[i], b->items[k]))
        return true;
  return false;
}

LockSet lock_sets_common(const LockSet *a, const LockSet *b) {
  LockSet common = {0};
  for (uint32_t i = 0; i < a->count; i++) {
    Location lock = a->items[i];
    if (lock_set_holds(b, lock))
      lock_set_add(&common, lock);
    else if (!(lock & LOCK_CLAIM) && lock_set_holds(b, lock ^ LOCK_INHERITED))
      lock_set_add(&common, lock | LOCK_INHERITED);
  }
  return common;
}

bool lock_set_has_lock(const LockSet *set) {
  for (uint32_t i = 0; i < set->count; i++)
    if (!(set->items[i] & (LOCK_CLAIM | LOCK_INHERITED)))
      return true;
  return false;
}

void state_set_add(StateSet *set, Location state) {
  for (uint32_t i = 0; i < set->count; i++)
    if (set->items[i] == state)
      return;
  if (set->count < STATE_SET_LIMIT)
    set->items[set->count++] = state;
}

StateSet state_sets_common(const StateSet *a, const StateSet *b) {
  StateSet common = {0};
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t j = 0; j < b->count; j++)
      if (a->items[i] == b->items[j])
        state_set_add(&common, a->items[i]);
  return common;
}

bool state_sets_exclude(const StateSet *a, const StateSet *b) {
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t j = 0; j < b->count; j++)
      if (a->items[i] == (b->items[j] ^ STATE_ABSENT))
        return true;
  return false;
}
