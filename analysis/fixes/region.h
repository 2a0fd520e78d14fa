// The statements that a finding spans: what a lock must cover.
#ifndef RACEWISE_FIXES_REGION_H
#define RACEWISE_FIXES_REGION_H

#include "fix.h"

// Whole statements of one list, never a part of a compound one; all that stand on their lines.
typedef struct Region {
  TSNode list;      // the statement list: a block, a module, a function's body
  TSNode function;  // the function around it
  TSNode first;     // its statements, from …
  TSNode last;      // … to
  Span span;        // from the first byte of the first to the last byte of the last
  bool inside_line; // does not begin a line: `if x: y = await f()`, `{ y = await f(); }`
} Region;

// The smallest run of statements that covers the span. False where they do not lie in the function `id`.
bool region_of(const FixRun *run, FunctionId id, Span span, Region *region);

// The statements from the first access of a candidate to the last; the whole loop where they lie in different turns of
// it.
bool region_of_candidate(const FixRun *run, const Candidate *candidate, Region *region);

// Adds the statements up to the end of the region's list.
void region_to_end(Region *region);
// The region of the statement around the region's list. False where that is the function.
bool region_outwards(const FixRun *run, Region *region);

// The indentation of one level, as the file has it around the node. Owned by the arena.
const char *region_indent_unit(const FixRun *run, TSNode node);

// Indents the lines of the region by some levels; lines that begin inside a string that spans lines stay as they are,
// as do those that earlier edits replace.
void region_indent(const FixRun *run, Edits *edits, const Region *region, unsigned levels);

// Takes up to `width` blanks from the beginning of the same lines.
void region_dedent(const FixRun *run, Edits *edits, const Region *region, size_t width);

#endif
