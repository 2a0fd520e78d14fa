// A stretch of a source text: byte offsets, the end exclusive.
#ifndef RACEWISE_BASE_SPAN_H
#define RACEWISE_BASE_SPAN_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Span {
  uint32_t start, end;
} Span;

static inline bool span_holds(Span outer, Span inner) {
  return outer.start <= inner.start && inner.end <= outer.end;
}

// The smallest span over both.
static inline Span span_join(Span a, Span b) {
  return (Span){a.start < b.start ? a.start : b.start, a.end > b.end ? a.end : b.end};
}

#endif
