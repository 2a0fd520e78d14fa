// The suppressions in a file's comments.
//
// They are read from the tree's comments: what looks like one in a string has no effect. A suppression covers
//   - its own line, where code stands beside it; the whole statement, where that ends on this line;
//   - the next line of code, where it stands alone: the whole of a statement that starts there, up to the first block
//   of
//     it, so that above an `if` or a `def` it covers the head and not the body. Other comments may stand between;
//   - on or above a decorator, all decorators and the head of what they decorate;
//   - everything, for `ignore-file` above the first statement (a docstring or "use strict" may come before).
#ifndef RACEWISE_SYNTAX_SUPPRESSIONS_H
#define RACEWISE_SYNTAX_SUPPRESSIONS_H

#include "../base/suppression.h"
#include "syntax.h"

struct Arena;

// In the arena. Costs next to nothing for a text without the mark "racewise:".
Suppressions suppressions_read(const Syntax *syntax, struct Arena *arena);

#endif
