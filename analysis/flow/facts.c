#include "facts.h"
#include <string.h>

// What facts are ordered by.
static uint64_t key_of(uint32_t holder, uint32_t token) {
  return (uint64_t)holder << 32 | token;
}

static uint64_t key_at(const Facts *facts, uint32_t at) {
  return key_of(facts->items[at].holder, facts->items[at].token);
}

// The first fact not before (holder, token).
static uint32_t lower_bound(const Facts *facts, uint32_t holder, uint32_t token) {
  uint32_t low = 0, high = facts->count;
  uint64_t key = key_of(holder, token);
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (key_at(facts, middle) < key)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void facts_copy(Facts *to, const Facts *from) {
  memcpy(to->items, from->items, sizeof(Fact) * from->count);
  to->count = from->count, to->held = from->held, to->kept = from->kept;
  to->suspended = from->suspended, to->suspension = from->suspension;
  to->reached = from->reached;
}

void facts_add(Facts *facts, Fact fact) {
  uint32_t at = lower_bound(facts, fact.holder, fact.token);
  bool there = at < facts->count && key_at(facts, at) == key_of(fact.holder, fact.token);
  if (!there) {
    if (facts->count == FACT_LIMIT)
      return;
    memmove(&facts->items[at + 1], &facts->items[at], sizeof(Fact) * (facts->count - at));
    facts->count++;
  }
  facts->items[at] = fact;
}

const Fact *facts_at(const Facts *facts, uint32_t holder, uint32_t token) {
  uint32_t at = lower_bound(facts, holder, token);
  return at < facts->count && key_at(facts, at) == key_of(holder, token) ? &facts->items[at] : NULL;
}

uint32_t facts_find(const Facts *facts, uint32_t holder, uint32_t *end) {
  uint32_t start = lower_bound(facts, holder, 0), at = start;
  while (at < facts->count && facts->items[at].holder == holder)
    at++;
  *end = at;
  return start;
}

uint32_t facts_from(const Facts *facts, uint32_t kind) {
  return lower_bound(facts, kind, 0);
}

void facts_remove_holder(Facts *facts, uint32_t holder) {
  uint32_t end, start = facts_find(facts, holder, &end);
  if (start == end)
    return;
  memmove(&facts->items[start], &facts->items[end], sizeof(Fact) * (facts->count - end));
  facts->count -= end - start;
}

void facts_filter(Facts *facts, uint32_t from, bool (*drop)(const Fact *fact, const void *context),
                  const void *context) {
  uint32_t kept = facts_from(facts, from);
  for (uint32_t i = kept; i < facts->count; i++) {
    if (drop(&facts->items[i], context))
      continue;
    if (kept < i)
      facts->items[kept] = facts->items[i];
    kept++;
  }
  facts->count = kept;
}

static void drop_guards(Facts *facts, uint32_t slots) {
  for (uint32_t i = 0; i < facts->count; i++)
    facts->items[i].guards &= ~slots;
}

void facts_suspend(Facts *facts, uint32_t instruction) {
  if (facts->kept)
    drop_guards(facts, facts->kept);
  facts->kept = 0;
  uint32_t count = 0;
  for (uint32_t i = 0; i < facts->count; i++) {
    Fact fact = facts->items[i];
    if (fact.flags & FACT_CONSUMED)
      continue;
    if (!(fact.flags & FACT_STALE))
      fact.flags |= FACT_STALE, fact.suspension = instruction;
    facts->items[count++] = fact;
  }
  facts->count = count;
  facts->suspended = true;
  facts->suspension = instruction;
}

void facts_acquire(Facts *facts, uint32_t slot) {
  if (slot >= 32)
    return;
  facts->held |= 1u << slot;
  facts->kept &= ~(1u << slot);
}

void facts_release(Facts *facts, uint32_t slot) {
  if (slot >= 32)
    return;
  facts->held &= ~(1u << slot), facts->kept &= ~(1u << slot);
  drop_guards(facts, 1u << slot);
}

void facts_give_back(Facts *facts, uint32_t slot) {
  if (slot >= 32 || !(facts->held >> slot & 1))
    return;
  facts->held &= ~(1u << slot);
  facts->kept |= 1u << slot;
}

uint32_t facts_guarding(const Facts *facts) {
  return facts->held | facts->kept;
}

static bool is_same(const Fact *a, const Fact *b) {
  return a->flags == b->flags && a->suspension == b->suspension && a->guards == b->guards;
}

static bool merge_fact(Fact *into, const Fact *from) {
  Fact before = *into;
  bool was_stale = into->flags & FACT_STALE, is_stale = from->flags & FACT_STALE;
  uint32_t sense = into->flags & from->flags & (FACT_PRESENT | FACT_ABSENT);
  if (is_stale && !was_stale) {
    into->suspension = from->suspension, into->guards = from->guards;
  } else if (is_stale == was_stale) {
    into->guards &= from->guards;
    if (from->suspension < into->suspension)
      into->suspension = from->suspension;
  }
  // What comes of a stale way tells of the fact that will be asked for.
  uint32_t loose = is_stale == was_stale ? into->flags & from->flags : is_stale ? from->flags : into->flags;
  uint32_t both = (into->flags & from->flags & (FACT_THROUGH | FACT_PASSED | FACT_CONSUMED)) | (loose & FACT_LOOSE);
  into->flags =
      ((into->flags | from->flags) & (FACT_STALE | FACT_DERIVED | FACT_DETACHED | FACT_INDIRECT)) | sense | both;
  return !is_same(&before, into);
}

bool facts_merge(Facts *into, const Facts *from) {
  if (!into->reached) {
    facts_copy(into, from);
    into->reached = true;
    return true;
  }
  bool changed = (into->held & from->held) != into->held || (from->suspended && !into->suspended);
  uint32_t guarding = facts_guarding(into) & facts_guarding(from);
  changed |= (guarding & ~(into->held & from->held)) != into->kept;
  into->held &= from->held;
  into->kept = guarding & ~into->held;
  if (!into->suspended)
    into->suspension = from->suspension;
  into->suspended |= from->suspended;
  // Both are in order: walk them side by side.
  for (uint32_t i = 0, at = 0; i < from->count; i++) {
    const Fact *fact = &from->items[i];
    uint64_t key = key_at(from, i);
    while (at < into->count && key_at(into, at) < key)
      at++;
    if (at < into->count && key_at(into, at) == key) {
      changed |= !is_same(&into->items[at], fact) && merge_fact(&into->items[at], fact);
    } else if (into->count < FACT_LIMIT) {
      facts_add(into, *fact);
      changed = true;
    }
  }
  return changed;
}
