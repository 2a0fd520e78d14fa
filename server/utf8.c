#include "utf8.h"

#include <stdint.h>
#include <string.h>

// By the table of well-formed sequences (Unicode 15, table 3-7); a NUL continues none.
size_t utf8_length(const char *bytes) {
  const unsigned char *at = (const unsigned char *)bytes;
  if (at[0] < 0x80)
    return 1;
  size_t length = at[0] >= 0xf0 ? 4 : at[0] >= 0xe0 ? 3 : 2;
  unsigned char low = at[0] == 0xe0 ? 0xa0 : at[0] == 0xf0 ? 0x90 : 0x80;
  unsigned char high = at[0] == 0xed ? 0x9f : at[0] == 0xf4 ? 0x8f : 0xbf;
  if (at[0] < 0xc2 || at[0] > 0xf4 || at[1] < low || at[1] > high)
    return 0;
  for (size_t i = 2; i < length; i++)
    if ((at[i] & 0xc0) != 0x80)
      return 0;
  return length;
}

// Runs of ASCII are skipped eight bytes at a time.
size_t utf8_invalid(const char *bytes, size_t length) {
  size_t at = 0;
  while (at < length) {
    uint64_t word;
    if (length - at >= sizeof word && (memcpy(&word, bytes + at, sizeof word), !(word & 0x8080808080808080u))) {
      at += sizeof word;
      continue;
    }
    size_t step = utf8_length(bytes + at);
    if (!step)
      return at;
    at += step;
  }
  return length;
}
