// The client at the other end of standard input and output, on a libuv loop.
//
// Output is asynchronous: a client that does not read never blocks the server. It is bounded too: while more than
// `STDIO_CONGESTED` bytes wait, no input is read, and whoever makes output unasked is to hold it back until `drained`.
#ifndef RACEWISE_SERVER_RPC_STDIO_H
#define RACEWISE_SERVER_RPC_STDIO_H

#include "loop.h"
#include <stdbool.h>
#include <stddef.h>

typedef struct Stdio Stdio;

enum { STDIO_CONGESTED = 8 * 1024 * 1024 };

// All are called on the loop. None of them may free the `Stdio`.
typedef struct StdioEvents {
  void *context;
  void (*received)(void *context, const char *bytes, size_t length);
  void (*drained)(void *context); // congestion is over
  // Nothing more comes: "end of input". Or nothing that is sent arrives any more, either: "broken pipe"; this may be
  // told after the other.
  void (*ended)(void *context, const char *reason);
} StdioEvents;

// What stands around a message that is sent.
typedef enum StdioFraming {
  STDIO_HEADERS, // a header in front that tells its length
  STDIO_LINES,   // a line break behind it; it holds none
} StdioFraming;

// Starts to read. NULL when standard input or output cannot be used; the reason is then in `*error`.
Stdio *stdio_new(Loop *loop, StdioFraming framing, StdioEvents events, const char **error);

// Sends a message of `length` bytes, also when no more input comes. Takes over `body` and frees it with free().
void stdio_send(Stdio *stdio, char *body, size_t length);

bool stdio_congested(const Stdio *stdio);
bool stdio_broken(const Stdio *stdio); // nothing that is sent arrives any more

// Reads no more; calls `done` when all output is written or a second has passed.
void stdio_finish(Stdio *stdio, void (*done)(void *context));

// Closes both handles; the memory goes when the loop has run once more.
void stdio_free(Stdio *stdio);

#endif
