// The comment that hides findings, as an edit.
#ifndef RACEWISE_SERVER_SUPPRESS_H
#define RACEWISE_SERVER_SUPPRESS_H

#include "../analysis/base/arena.h"
#include "../analysis/syntax/syntax.h"

// False for the rules about suppressions.
bool suppress_can_hide(const char *rule);

// A comment to be put in.
typedef struct Suppress {
  const Syntax *syntax; // of the file
  uint32_t line;        // that the findings start on
  const char *rules;    // "lost-update, toctou"
  const char *reason;   // may be ""
  const char *last;     // what follows the comment, such as a snippet's last stop; may be ""
} Suppress;

// A comment `racewise: ignore[rules] -- reason`: behind the line, on one of its own above where a comment behind it
// would be part of a string, and more rules in the comment that is there already. The edit's bytes are in the arena.
// False where no comment can stand.
bool suppress_edit(const Suppress *suppress, Arena *arena, TextEdit *edit);

#endif
