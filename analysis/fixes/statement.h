// Statements as lines of the source.
#ifndef RACEWISE_FIXES_STATEMENT_H
#define RACEWISE_FIXES_STATEMENT_H

#include "fix.h"

// Whether a node is a list of statements: a block, a function's body, the file.
bool statement_is_list(TSNode node);
// The innermost list of statements around a node, the node itself included; a null node where there is none.
TSNode statement_list(TSNode node);
// The statement of the list that holds a node below it.
TSNode statement_holding(TSNode list, TSNode node);

// From the first byte to the last one that is no comment.
Span statement_span(TSNode statement);

// What a statement consists of: the assignment, the single declarator. A null node where that is more than one thing.
TSNode statement_only_part(TSNode statement);

// Whether nothing but a comment shares the lines of a statement.
bool statement_stands_alone(const Source *source, TSNode statement);

// Deletes the lines of a statement that stands alone; a comment behind it is kept.
void statement_remove(const FixRun *run, Edits *edits, TSNode statement);

#endif
