// JSON from editors whose strings may hold half a character.
#ifndef RACEWISE_SERVER_RPC_SURROGATES_H
#define RACEWISE_SERVER_RPC_SURROGATES_H

#include <stdbool.h>
#include <stddef.h>

// Replaces, in place, every escape "\uD800" to "\uDFFF" that is not half of a pair by "\uFFFD", which is as long in
// every encoding that positions are counted in. Editors in JavaScript and Java can send such strings; JSON parsers
// refuse them, and a refused change would leave the document out of step. Returns whether there was one.
bool surrogates_repair(char *json, size_t length);

#endif
