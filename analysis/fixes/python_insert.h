// Statements added to Python files.
#ifndef RACEWISE_FIXES_PYTHON_INSERT_H
#define RACEWISE_FIXES_PYTHON_INSERT_H

#include "fix.h"

// The statement directly in the body of the innermost function around a node, or at the top level, that holds it.
TSNode python_outermost_statement(TSNode node);

// Adds lines in front of a statement, and of the comment right above it. Each line of `text`, which ends with "\n",
// gets the statement's indentation; a tab stands for one level more. A statement behind a colon or another one
// (`if x: y()`) moves to a line of its own.
void python_insert_before(const FixRun *run, Edits *edits, TSNode statement, const char *text);

#endif
