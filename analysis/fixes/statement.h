// Statements as lines of the source.
#ifndef RACEWISE_FIXES_STATEMENT_H
#define RACEWISE_FIXES_STATEMENT_H

#include "fix.h"

// From the first byte to the last one that is no comment.
Span statement_span(TSNode statement);

// Whether nothing but a comment shares the lines of a statement.
bool statement_stands_alone(const Source *source, TSNode statement);

// Deletes the lines of a statement that stands alone; a comment behind it is kept.
void statement_remove(const FixRun *run, Edits *edits, TSNode statement);

#endif
