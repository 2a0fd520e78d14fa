// What kind of collection a place holds.
#ifndef RACEWISE_FIXES_COLLECTION_H
#define RACEWISE_FIXES_COLLECTION_H

#include "fix.h"

typedef enum CollectionKind {
  COLLECTION_UNKNOWN,
  COLLECTION_LIST,
  COLLECTION_MAP,
  COLLECTION_SET,
  COLLECTION_DEQUE,
} CollectionKind;

// By what the file puts there.
CollectionKind collection_kind(const FixRun *run, Location location);

#endif
