// The statements that a finding spans: what a lock must cover.
#ifndef RACEWISE_FIXES_REGION_H
#define RACEWISE_FIXES_REGION_H

#include "fix.h"

typedef struct Region {
  TSNode list;  // the statement list: a block, a module, a function's body
  TSNode first; // its statements, from …
  TSNode last;  // … to
  Span span;    // from the first byte of the first to the last byte of the last
} Region;

// The smallest run of whole statements of one list that covers the span. False where the list is not one that stands on
// lines of its own (`if x: return y`).
bool region_of(const Source *source, Span span, Region *region);

// The same run, up to the end of its list.
Region region_to_end(Region region);

// The indentation of one level, as the file has it around the region. Owned by the arena.
const char *region_indent_unit(const Source *source, Arena *arena, const Region *region);

// Indents the lines of the region one level deeper; lines that begin inside a string that spans lines stay as they are.
void region_indent(const Source *source, Edits *edits, const Region *region, const char *unit);

#endif
