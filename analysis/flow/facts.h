// Freshness: which reads of shared locations a value or a branch depends on, and whether another task may have run
// since.
//
// A token is a read site of a location. A fact says that a holder (a value, or a branch that decides about the current
// point) depends on a token; it is fresh until a suspension, then stale, and remembers the locks and claims that were
// held from the read on without a break. The facts at a point are a set ordered by holder and token; at a join a fact
// that is stale on one way is stale.
#ifndef RACEWISE_FLOW_FACTS_H
#define RACEWISE_FLOW_FACTS_H

#include "effects.h"

typedef enum HolderKind {
  HOLDER_VALUE = 0u,
  HOLDER_BRANCH = 1u << 29,   // number = the block whose terminator it is
  HOLDER_ITERATOR = 2u << 29, // number = the iterator's value
  HOLDER_EMPTIED = 3u << 29,  // number = token: the write that emptied the location
  HOLDER_HANDED = 4u << 29,   // number = token: the call that the object was passed to
  HOLDER_PARKED = 6u << 29,   // number = token: the write that put a value of this call there
  HOLDER_RAISED = 5u << 29,   // number = the handler that runs because something was not there
  HOLDER_PREMISE = 7u << 29,  // number = token: a test that decided, before the function began, that it would run
} HolderKind;

#define HOLDER_KIND(holder) ((holder)&0xe0000000u)
#define HOLDER_NUMBER(holder) ((holder)&0x1fffffffu)

typedef enum FactFlag {
  FACT_STALE = 1 << 0,
  FACT_DERIVED = 1 << 1,  // computed from what was read, not the very value
  FACT_PRESENT = 1 << 2,  // the holder is true when something is there
  FACT_ABSENT = 1 << 3,   // the holder is true when nothing is there
  FACT_DETACHED = 1 << 4, // the location has been given another object since
  FACT_THROUGH = 1 << 5,  // what was read led to the holder's value; its own content was not looked at
  FACT_INDIRECT = 1 << 7, // a callee emptied the location
  FACT_LOOSE = 1 << 6,    // it only went into an awaited call, of which nothing is known
  FACT_PASSED = 1 << 8,   // it only went into a call of which nothing is known
  FACT_CONSUMED = 1 << 9, // the location has been written since, in the same atomic section: tests nothing any more,
                          // but still tells in which state one got here
} FactFlag;

typedef struct Fact {
  uint32_t holder, token;
  uint32_t flags;
  uint32_t suspension; // index of the instruction that made it stale
  uint32_t guards;     // the function's lock slots held since the read
} Fact;

enum { FACT_LIMIT = 192 };

typedef struct Facts Facts;
struct Facts {
  Fact items[FACT_LIMIT];
  uint32_t count;
  uint32_t held;       // lock slots held
  uint32_t kept;       // claims given back since the last suspension: nobody can have taken them yet
  bool suspended;      // a suspension may have come since the function began
  uint32_t suspension; // the last one, where `suspended`
  bool reached;
};

// Copies what is in use; a whole Facts is kilobytes, and mostly empty.
void facts_copy(Facts *to, const Facts *from);

void facts_add(Facts *facts, Fact fact); // replaces the same holder's and token's; beyond the limit nothing is added
// The holder's fact about the token, or NULL.
const Fact *facts_at(const Facts *facts, uint32_t holder, uint32_t token);
void facts_remove_holder(Facts *facts, uint32_t holder);
// Removes the facts of holders of a kind or a later one for which `drop` says so.
void facts_filter(Facts *facts, uint32_t from, bool (*drop)(const Fact *fact, const void *context),
                  const void *context);
// The range of a holder's facts.
uint32_t facts_find(const Facts *facts, uint32_t holder, uint32_t *end);

// The first fact of holders of a kind or a later one: values, of which there are most, come before all others.
uint32_t facts_from(const Facts *facts, uint32_t kind);

// Another task may run: fresh facts become stale.
void facts_suspend(Facts *facts, uint32_t instruction);
void facts_acquire(Facts *facts, uint32_t slot);
void facts_release(Facts *facts, uint32_t slot);
// A claim is given back; it guards on until the next suspension.
void facts_give_back(Facts *facts, uint32_t slot);
// The slots that guard what is done now.
uint32_t facts_guarding(const Facts *facts);

// Adds what is known at another way into the same point. True if anything changed.
bool facts_merge(Facts *into, const Facts *from);

#endif
