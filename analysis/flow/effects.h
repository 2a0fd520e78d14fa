// What a function does to locations: the vocabulary that facts, summaries and rules share.
#ifndef RACEWISE_FLOW_EFFECTS_H
#define RACEWISE_FLOW_EFFECTS_H

#include "values.h"

// Locks held, or claims in force (a flag tested and set in one atomic section, until it is written again).
enum { LOCK_SET_LIMIT = 4 };
#define LOCK_CLAIM 0x80000000u // set on the location of a claim
// Set on the location of a lock that another task holds around this one, which it waits for: it keeps others out, but
// not the task's siblings.
#define LOCK_INHERITED 0x40000000u
#define LOCK_LOCATION(item) ((item) & ~(LOCK_CLAIM | LOCK_INHERITED))

typedef struct LockSet {
  Location items[LOCK_SET_LIMIT];
  uint32_t count;
} LockSet;

bool lock_set_holds(const LockSet *set, Location lock);
void lock_set_add(LockSet *set, Location lock); // beyond the limit nothing is added: silent, not wrong
// Whether a lock or claim keeps who holds the one out of where the other is held. Locks of one collection under keys
// that may be equal count as one.
bool lock_sets_meet(const Locations *locations, const LockSet *a, const LockSet *b);
LockSet lock_sets_common(const LockSet *a, const LockSet *b); // what is held either way
bool lock_set_has_lock(const LockSet *set);                   // of its own, and no claim

// Tests that decide about a point: something was there, or nothing was (set on the location).
enum { STATE_SET_LIMIT = 4 };
#define STATE_ABSENT 0x80000000u

typedef struct StateSet {
  Location items[STATE_SET_LIMIT];
  uint32_t count;
} StateSet;

void state_set_add(StateSet *set, Location state); // beyond the limit nothing is added
StateSet state_sets_common(const StateSet *a, const StateSet *b);
// Whether what runs in the one cannot run in the other: something is there for the one, and nothing for the other.
bool state_sets_exclude(const StateSet *a, const StateSet *b);

typedef enum AccessFlag {
  ACCESS_READ = 1 << 0,
  ACCESS_WRITE = 1 << 1,       // any write
  ACCESS_ASSIGN = 1 << 2,      // the whole value is replaced
  ACCESS_UPDATE = 1 << 3,      // replaced by a value computed from it in the same atomic section (`n += 1`)
  ACCESS_ADD = 1 << 4,         // a collection gains an element
  ACCESS_REMOVE = 1 << 5,      // it loses one
  ACCESS_CLEAR = 1 << 6,       // it loses all, or is replaced by an empty one
  ACCESS_NULLS = 1 << 7,       // replaced by None, False or the like
  ACCESS_CONSTANT = 1 << 8,    // replaced by a constant
  ACCESS_VALIDATED = 1 << 9,   // decided by a test of the location in the same atomic section
  ACCESS_AFTER = 1 << 10,      // may come after a suspension of the function
  ACCESS_CALLEE = 1 << 11,     // of a function called, as seen by the caller
  ACCESS_ARGUMENT = 1 << 12,   // what is written comes from the function's arguments
  ACCESS_USE = 1 << 13,        // what was read is used without a test that it is there
  ACCESS_LENIENT = 1 << 14,    // a removal that is content with nothing being there; a use, with an empty collection
  ACCESS_DECLARES = 1 << 15,   // a variable of the activation's own is made: no task that shares it runs yet
  ACCESS_TESTED = 1 << 16,     // decided by a test of the location in the function itself, however long before
  ACCESS_HELD = 1 << 17,       // of an object that was taken from its place before, whatever happens to the place
  ACCESS_IF_PRESENT = 1 << 18, // decided by a test that found something there; of a candidate: the first access did
  ACCESS_IF_ABSENT = 1 << 19,  // decided by a test that found nothing there
  ACCESS_FIRST = 1 << 20,      // the first element is removed
  ACCESS_NAMED = 1 << 21,      // replaced by a constant of another module: `Status.CLOSED`
  ACCESS_ON_FAILURE =
      1 << 22, // a flag is set in a handler of exceptions; of a candidate: the test came before the exception
} AccessFlag;

typedef struct Access {
  Location location;
  uint32_t flags;
  FunctionId function; // the activation it belongs to
  Span span;
  LockSet guards;
  StateSet states; // by what tests it was decided, in any atomic section
} Access;

enum { SUMMARY_LIMIT = 256 }; // of a function; beyond it the summary is truncated

// Another place of an access: what is the same but for its place is told as one.
typedef struct AccessSite {
  uint32_t access; // index into the summary's accesses
  Span span;
} AccessSite;

typedef enum CandidateKind {
  CANDIDATE_UPDATE,  // a write of a value computed from a stale read
  CANDIDATE_ACT,     // a write decided by a stale test
  CANDIDATE_USE,     // a use that a stale test made seem safe
  CANDIDATE_ITERATE, // an iteration that suspends
  CANDIDATE_TORN,    // emptied, suspended, refilled
  CANDIDATE_PARKED,  // put there, suspended, read back
} CandidateKind;

// Two accesses of one activation with a suspension in between: a race if another task gets in.
typedef struct Candidate {
  CandidateKind kind;
  Location location;
  FunctionId function; // the activation in which it happens
  FunctionId origin;   // the function whose code it is
  Span first, suspension, second;
  uint32_t flags;  // AccessFlag of the second access
  LockSet guards;  // held without a break from the first access to the second
  LockSet held;    // held at the second access
  StateSet states; // the tests made before the suspension that decide about the second access
} Candidate;

// A read that a function's result depends on.
typedef struct ReturnedRead {
  Location location;
  bool stale;   // a suspension came between it and the return
  bool present; // a true result means that something is there
  bool through; // it only led to the result
  bool loose;   // it only went into an awaited call, of which nothing is known
} ReturnedRead;

// A lock being taken.
typedef struct Acquisition {
  Location lock;
  FunctionId function; // whose code takes it
  Span span;           // where; the call, as seen by a caller
  Span own;            // where its function takes it
  LockSet held;        // already held there
  LockSet here;        // of those, the ones held by the function itself, not by a callee
  bool under;          // taken by a callback that the function hands to what holds the lock: told there
} Acquisition;

// A location that is tested and set at once to keep others out.
typedef struct Claim {
  Location location;
  uint32_t instruction;
} Claim;

// What a call of a function does to locks beyond its own end.
typedef struct LockEffects {
  bool leaves;      // it returns or yields at all
  LockSet left;     // taken, and still held when it returns (`acquire` in a helper, in `__aenter__`)
  LockSet released; // released without having been taken by it
  bool yields;
  LockSet yielded; // held whenever it yields: what a context manager made of a generator holds
} LockEffects;

typedef struct Summary {
  bool solved;
  bool may_suspend;
  bool truncated; // too large: its accesses are not all here
  ARRAY(Access) accesses;
  ARRAY(AccessSite) sites;
  ARRAY(Candidate) candidates;
  ARRAY(ReturnedRead) returned;
  ARRAY(Claim) claims;
  ARRAY(Acquisition) acquisitions; // its own, and its callees' as seen from here
  LockEffects locks;
} Summary;

#endif
