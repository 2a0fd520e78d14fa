// Which lock is to guard a location, and where it must be taken.
#ifndef RACEWISE_FIXES_LOCK_SITES_H
#define RACEWISE_FIXES_LOCK_SITES_H

#include "region.h"

typedef struct LockSite {
  FunctionId function;
  Region region;
  Location other; // another lock that is held there, which the guard is to replace; 0 for none
} LockSite;

typedef struct LockSites LockSites;

// Widens a region until it can be held under a lock of the language; returns why it cannot, or NULL.
typedef const char *(*RegionWidener)(FixRun *run, FunctionId function, Region *region);

struct LockSites {
  FixRun *run;
  RegionWidener widen;
  Location guard; // the lock that guards the location already; 0 for none
  ARRAY(LockSite) items;
  const char *refusal; // NULL while all is well
  FunctionId blocked;  // one that changes the location but cannot wait for a lock; 0 for none
};

// The lock under which the report's location is accessed somewhere; 0 for none.
Location lock_guard(const FixRun *run);

// The report's own accesses: where they are, or, in a helper that others call under the guard, where it is called
// without.
void lock_sites_here(LockSites *sites);

// Wherever else in the file a suspension splits what is decided about the location.
void lock_sites_split(LockSites *sites);

// Everything else in the file that changes the location outside of construction.
void lock_sites_elsewhere(LockSites *sites);

// "Take `self._lock` here and in the 2 other places": `what` with the number of sites.
const char *lock_sites_title(const LockSites *sites, const char *what);

// Tries the sites in turn: with what else is split, alone, and with everything else, until the language's
// `offer` has offered one. `offer` returns why it did not, or NULL. What could not be offered at all is refused under
// `what`.
void lock_sites_try(LockSites *sites, const char *what, const char *(*offer)(LockSites *sites));

// How code of `function` writes the name of a lock: the receiver and fields. NULL where it cannot reach it.
const char *lock_expression(const FixRun *run, FunctionId function, Location lock);

// The method whose receiver code of `function` can name; 0 for none, as in static methods.
FunctionId lock_receiver_method(const FixRun *run, FunctionId function);
// The name of that receiver: "self", "this".
const char *lock_receiver(const FixRun *run, FunctionId method);

#endif
