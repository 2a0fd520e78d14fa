// Well-formed UTF-8.
#ifndef RACEWISE_SERVER_UTF8_H
#define RACEWISE_SERVER_UTF8_H

#include <stddef.h>

// The length of the character at `at`, in a text that ends with a NUL; 0 when no well-formed one stands there.
size_t utf8_length(const char *at);

// Where the first byte that is not of a well-formed character is; `length` when there is none. A NUL stands behind the
// last byte.
size_t utf8_invalid(const char *bytes, size_t length);

#endif
