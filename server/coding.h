// Encodings other than UTF-8.
#ifndef RACEWISE_SERVER_CODING_H
#define RACEWISE_SERVER_CODING_H

#include <stdbool.h>
#include <stddef.h>

// What a comment in the first two lines says that the encoding of a Python file is (PEP 263), "latin-1" for instance.
// False when none does, or the name does not fit. `bytes` ends with a NUL.
bool coding_of(const char *bytes, char *name, size_t size);

// Replaces a text (NUL-terminated, in malloc's memory) by the same in another encoding; names are Python's. False, and
// nothing is changed, when an encoding is not known here or the text is not of it, or would not fit into the other.
bool recode(char **bytes, size_t *length, const char *from, const char *to);

#endif
