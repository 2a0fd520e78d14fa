// The `with` statements of Python files.
#ifndef RACEWISE_FIXES_PYTHON_WITH_H
#define RACEWISE_FIXES_PYTHON_WITH_H

#include "fix.h"

// The `with_item` that is, or lies around, what has the span; a null node where there is none.
TSNode python_with_item(const FixRun *run, Span span);

// The statement that an item belongs to.
TSNode python_with_statement(TSNode item);

// Where the colon stands that the body follows.
uint32_t python_with_colon(TSNode with);

// Takes an item away: the whole statement, whose body moves out, where it is the only one. False where the layout of
// the source does not allow it.
bool python_with_remove(const FixRun *run, Edits *edits, TSNode item);

#endif
