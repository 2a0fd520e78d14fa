// Whether a text can hold anything asynchronous at all.
//
// A text search that is many times faster than a parse: most files of most trees need no more than this.
#ifndef RACEWISE_CLI_ASYNCHRONOUS_H
#define RACEWISE_CLI_ASYNCHRONOUS_H

#include "../../analysis/syntax/syntax.h"

// False only when no rule can report anything in the text. True for a word in a comment too.
bool asynchronous_text(Language language, const char *bytes, size_t length);

#endif
