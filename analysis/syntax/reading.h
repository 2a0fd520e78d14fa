// What a parser is given to read: the text, in words that its grammar knows.
//
// The grammar of TypeScript has no `using` yet. It is read as `const` with as many blanks behind it as the words are
// longer, so that every place in the tree is the place in the text; who needs to know looks at the text.
#ifndef RACEWISE_SYNTAX_READING_H
#define RACEWISE_SYNTAX_READING_H

#include "syntax.h"

typedef struct Reading {
  const Text *text;
  bool translates; // the language lacks `using`, and the text has the word
} Reading;

Reading reading_of(Language language, const Text *text);
// For a TSInput whose payload is the Reading.
const char *reading_read(void *reading, uint32_t offset, TSPoint position, uint32_t *length);

#endif
