// The semicolons that even a file without them needs.
#ifndef RACEWISE_FIXES_JAVASCRIPT_SEMICOLON_H
#define RACEWISE_FIXES_JAVASCRIPT_SEMICOLON_H

#include "fix.h"

// Ends the lines that the edits add with a semicolon where the next line would go on with them: it begins with a
// parenthesis, a bracket or a template.
void javascript_end_lines(const FixRun *run, Edits *edits);

#endif
