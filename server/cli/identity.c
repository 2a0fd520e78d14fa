#define XXH_INLINE_ALL
#include "identity.h"
#include "base/hash.h"
#include "base/index.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t';
}

static const char *line_of(const Text *text, const Finding *finding, Arena *arena) {
  Span span = text_line(text, text_position(text, finding->span.start, TEXT_UTF8).line);
  const char *at = text_bytes(text) + span.start, *end = text_bytes(text) + span.end;
  char *line = arena_alloc(arena, span.end - span.start + 1), *to = line;
  for (; at < end; at++)
    if (!is_blank(*at))
      *to++ = *at;
    else if (to > line && to[-1] != ' ')
      *to++ = ' ';
  while (to > line && to[-1] == ' ')
    *--to = 0;
  return line;
}

static bool is_same(const Identity *a, const Identity *b) {
  return !strcmp(a->rule, b->rule) && !strcmp(a->function, b->function) && !strcmp(a->line, b->line);
}

// Numbers the findings that nothing else tells apart. `seen` counts them at the first of each kind.
static void count_occurrence(Identity *identities, uint32_t number, Index *index, uint32_t *seen, Arena *arena) {
  Identity *identity = &identities[number];
  uint32_t hash = hash_bytes(identity->line, strlen(identity->line)), probe = 0, first;
  while ((first = index_next(index, hash, &probe)) != (uint32_t)INDEX_NONE)
    if (is_same(identity, &identities[first])) {
      identity->occurrence = ++seen[first];
      return;
    }
  index_add(arena, index, hash, number);
}

Identity *identities_of(const Text *text, const Finding *const *findings, uint32_t count, Arena *arena) {
  Identity *identities = ARENA_ARRAY(arena, Identity, count);
  uint32_t *seen = ARENA_ARRAY(arena, uint32_t, count);
  Index index = {0};
  for (uint32_t i = 0; i < count; i++) {
    identities[i] = (Identity){findings[i]->rule, findings[i]->function, line_of(text, findings[i], arena), 0};
    count_occurrence(identities, i, &index, seen, arena);
  }
  return identities;
}

void identity_fingerprint(const Identity *identity, const char *path, char fingerprint[FINGERPRINT_SIZE]) {
  const char *const parts[] = {identity->rule, path, identity->function, identity->line};
  XXH3_state_t state;
  XXH3_INITSTATE(&state);
  XXH3_128bits_reset(&state);
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    XXH3_128bits_update(&state, parts[i], strlen(parts[i]) + 1);
  char occurrence[16];
  snprintf(occurrence, sizeof occurrence, "%" PRIu32, identity->occurrence);
  XXH3_128bits_update(&state, occurrence, strlen(occurrence));
  XXH128_hash_t hash = XXH3_128bits_digest(&state);
  snprintf(fingerprint, FINGERPRINT_SIZE, "%016" PRIx64 "%016" PRIx64, (uint64_t)hash.high64, (uint64_t)hash.low64);
}
