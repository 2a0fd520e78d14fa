#include "surrogates.h"
#include <string.h>

enum { ESCAPE_SIZE = 6 }; // "\uXXXX"

static int digit_value(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The code unit of a "\uXXXX" at `json`; -1 for anything else.
static int escape_at(const char *json, size_t length) {
  if (length < ESCAPE_SIZE || json[0] != '\\' || json[1] != 'u')
    return -1;
  int unit = 0;
  for (int i = 2; i < ESCAPE_SIZE; i++) {
    int value = digit_value(json[i]);
    if (value < 0)
      return -1;
    unit = unit * 16 + value;
  }
  return unit;
}

static bool is_high(int unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(int unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

bool surrogates_repair(char *json, size_t length) {
  bool repaired = false;
  for (size_t at = 0; at < length;) {
    int unit = escape_at(json + at, length - at);
    if (is_high(unit) && is_low(escape_at(json + at + ESCAPE_SIZE, length - at - ESCAPE_SIZE))) {
      at += 2 * ESCAPE_SIZE;
    } else if (is_high(unit) || is_low(unit)) {
      memcpy(json + at, "\\uFFFD", ESCAPE_SIZE);
      repaired = true;
      at += ESCAPE_SIZE;
    } else {
      at += json[at] == '\\' ? 2 : 1;
    }
  }
  return repaired;
}
