// What tasks share: for those who want to see it, finding or not.
#ifndef RACEWISE_RULES_SHARED_H
#define RACEWISE_RULES_SHARED_H

#include "rule.h"

typedef struct SharedLocations {
  const SharedLocation *items; // in order of their first access
  const Location *locations;   // of each
  uint32_t count;
} SharedLocations;

// The locations that one task may change while another is at them. They live in the arena of the run. None when
// cancelled.
SharedLocations shared_find(RuleRun *run, Cancel *cancel);

// All that several tasks get at and one of them changes, whatever keeps them apart.
SharedLocations shared_find_all(RuleRun *run, Cancel *cancel);

// What a location is told as by `shared_find_all`: a variable or a field, "rooms[…].players" of whichever room; an
// element as part of its collection.
Location shared_place(const RuleRun *run, Location location);

#endif
