// Findings and shared locations told in full, for people: in Markdown, or as plain text where a client shows no
// Markdown.
#ifndef RACEWISE_SERVER_EXPLAIN_H
#define RACEWISE_SERVER_EXPLAIN_H

#include "analysis.h"
#include <stdio.h>

typedef struct Explanation {
  FILE *out;
  const Text *text; // of the document
  bool markdown;
} Explanation;

// What the finding is about, and the interleaving as a table of two tasks.
void explain_finding(const Explanation *explanation, const Finding *finding);

// Who reads and writes the location, under which locks, and what other tasks may do to it at one of its accesses.
void explain_shared(const Explanation *explanation, const SharedLocation *location, uint32_t access);

// "reads", "writes", or "changes" for both.
const char *explain_verb(const SharedAccess *access);

// Between two explanations.
void explain_break(const Explanation *explanation);

// The innermost access at an offset, and its location; NULL when nothing shared stands there.
const SharedLocation *shared_at(const SharedLocation *locations, uint32_t count, uint32_t offset, uint32_t *access);

#endif
