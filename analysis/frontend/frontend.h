// From a syntax tree to the intermediate representation.
//
// A frontend resolves names and takes the syntax away; it knows nothing of libraries, tasks or races. What it does not
// understand becomes OPAQUE: a guess that could make a finding is worse than silence.
#ifndef RACEWISE_FRONTEND_FRONTEND_H
#define RACEWISE_FRONTEND_FRONTEND_H

#include "../ir/ir.h"
#include "../syntax/syntax.h"

// The module of a file, in the arena. Never fails: what does not parse is left out. NULL for LANGUAGE_NONE.
Module *frontend_lower(const Syntax *syntax, Arena *arena);

// The frontends, one a language family.
Module *python_lower(const Syntax *syntax, Arena *arena);
Module *javascript_lower(const Syntax *syntax, Arena *arena); // TypeScript and JSX included

#endif
