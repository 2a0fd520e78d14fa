// The readable form of control flow and summaries, for the developers.
#ifndef RACEWISE_FLOW_PRINT_H
#define RACEWISE_FLOW_PRINT_H

#include "flow.h"

// The control flow graphs, or the summaries with their candidates. Owned by the arena of `file`.
const char *flow_print(const FlowFile *file, bool graphs);

#endif
