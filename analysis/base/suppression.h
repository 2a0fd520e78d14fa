// What comments ask not to be told: plain data between the layer that reads comments and the one that makes findings.
#ifndef RACEWISE_BASE_SUPPRESSION_H
#define RACEWISE_BASE_SUPPRESSION_H

#include "span.h"

// Why a suppression has no effect.
typedef enum SuppressionFault {
  SUPPRESSION_SOUND,
  SUPPRESSION_MISSPELT, // `rules` holds the one word that was meant to be "ignore" or "ignore-file"
  SUPPRESSION_UNCLOSED, // "ignore[" without its "]"
  SUPPRESSION_EMPTY,    // "ignore[]"
  SUPPRESSION_TOO_LATE, // "ignore-file" below the first statement
} SuppressionFault;

typedef struct SuppressedRule {
  const char *name; // as written: may be no rule's
  Span span;
} SuppressedRule;

typedef struct Suppression {
  Span span;   // the directive, without its reason: "racewise: ignore[lost-update]"
  Span covers; // findings whose primary place starts in here are hidden; the whole text for "ignore-file"
  SuppressionFault fault;
  bool whole_file;
  bool justified;              // a reason stands behind "--"
  const SuppressedRule *rules; // those that are named; none: all
  uint32_t rule_count;
} Suppression;

typedef struct Suppressions {
  const Suppression *items; // in order of position
  uint32_t count;
} Suppressions;

#endif
