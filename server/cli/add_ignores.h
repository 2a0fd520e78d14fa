// Suppression comments for all that is found in a file.
#ifndef RACEWISE_CLI_ADD_IGNORES_H
#define RACEWISE_CLI_ADD_IGNORES_H

#include "../../analysis/analysis.h"

typedef struct IgnoreRequest {
  const char *reason;
  bool (*wants)(const void *context, const Finding *finding);
  const void *context;
} IgnoreRequest;

// Hides findings by comments with the reason, one comment for all that start on a line, and analyses the result by the
// same options; `*analysis` is replaced by that. Returns how many findings are hidden now; the rest is where no comment
// can stand.
uint32_t add_ignores(Analysis **analysis, const IgnoreRequest *request);

#endif
