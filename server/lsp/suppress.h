// The comment that hides a finding, as an edit.
#ifndef RACEWISE_SERVER_LSP_SUPPRESS_H
#define RACEWISE_SERVER_LSP_SUPPRESS_H

#include "../document.h"

typedef struct SuppressEdit {
  TextEdit edit; // its bytes are `text`
  char text[256];
} SuppressEdit;

// A comment `racewise: ignore[rule] -- ` for the line on which the finding starts: behind the line, on one of its own
// above where a comment behind it would be part of a string, and one more rule in the comment that is there already.
// With `snippet` the text is a snippet whose first stop is the reason. False where no comment can stand.
bool suppress_edit(const Document *document, const Finding *finding, bool snippet, SuppressEdit *suppress);

#endif
