// Work that makes something which is not there yet: who comes while it is under way can wait for the same.
#ifndef RACEWISE_FIXES_SHARE_IN_FLIGHT_H
#define RACEWISE_FIXES_SHARE_IN_FLIGHT_H

#include "region.h"

typedef struct Share {
  TSNode body;     // the block that the test leads to
  Region work;     // all of it
  const char *key; // what the source writes for the key; NULL where the location has none
} Share;

// Finds the work of the report. False where callers would not all want the same, or need more of it than the thing.
bool share_find(const FixRun *run, Share *share);

#endif
