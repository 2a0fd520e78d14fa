// What the parts that find the contexts share: their state, and what each part does for the others. See contexts.h.
#ifndef RACEWISE_SUMMARY_CONTEXTS_STATE_H
#define RACEWISE_SUMMARY_CONTEXTS_STATE_H

#include "contexts.h"

typedef TaskRoots RootSet;

enum {
  ROOT_PUBLIC = 0,     // all that outsiders may call
  ROOT_MAIN = 1,       // the top level and what `asyncio.run` runs
  ROOT_SEQUENTIAL = 2, // what outsiders may call, but by custom from one task at a time
  ROOT_OVERFLOW = 63,  // spawns beyond those that have a number of their own
};

#define BIT(root) ((RootSet)1 << (root))

typedef struct Root {
  EdgeKind kind;
  FunctionId spawner;
  FunctionId entry;  // the function that the task begins with; 0 where there are several
  uint32_t group;    // the gather call; the instruction of a lone spawn
  bool many_here;    // the spawner itself starts several
  bool in_turn;      // what the spawner waits for calls it, if often, then one after the other
  bool many;         // several may be alive
  bool many_in_view; // and it does not take an outsider's calls to make them several
  bool joined;       // the spawner waits for it, at `join`
  uint32_t join;     // instruction of the spawner
  uint32_t during;   // the root of what the spawner calls between the start and the wait; 0 for none
  uint32_t receiver; // the allocation that is its receiver, + 1, where the spawner's activation made it; else 0
  bool own_receiver; // each has a receiver of its own
  bool once;         // the one task of the spawner's own object, which starts it or never ends of itself
  bool of_self;      // it is a method of the spawner's own object
  Span span;
} Root;

struct Contexts {
  FlowFile *file;
  const CallGraph *graph;
  Root roots[64];
  uint32_t root_count;
  RootSet *shared; // by function: roots whose tasks share the receiver with others
  RootSet *owned;  // by function: roots whose tasks have a receiver of their own
  LockSet *entry;
  StateSet *entry_states; // by function: by what tests all its calls are decided
  bool *entered;          // by function: has a caller or a root
  uint8_t *handed_depth;  // by function: how deep the functions nest whose activation outsiders share with it
  bool *inner;            // by function: public by its name, but one task of the file is seen to be all that calls it
  bool *only_entered;     // by class: nothing but a context manager, each of which serves one use
  bool *overlapping;      // by function: one task may have it going more than once, its callers not waiting for it
  bool closed;
};

static inline const Module *contexts_module(const Contexts *contexts) {
  return contexts->file->module;
}

// --- contexts.c

// The roots that are no outsider's calls.
RootSet contexts_in_view(const Contexts *contexts, RootSet set);
// The field that keeps the task of a root; 0 for none.
Location contexts_kept_in(const Contexts *contexts, const Root *root);

// --- joins.c

// The instruction at which the spawner waits for what it starts at `start`; 0 where it does not.
uint32_t contexts_find_join(const Contexts *contexts, FunctionId spawner, uint32_t start);

// --- roots.c

// Whether the file is a program, of which only what is in view counts.
bool contexts_is_closed(const Contexts *contexts);
// Finds all roots, and the functions that they begin with.
void contexts_add_roots(Contexts *contexts);
// The tasks of a root run the function; `owned`: with a receiver of their own.
void contexts_enter(Contexts *contexts, FunctionId function, uint32_t root, bool owned);
// Whether a receiver is an object that the activation made and nobody else has.
bool contexts_owns_receiver(const Contexts *contexts, Abstract receiver);
// Whether an instruction calls the function it is given for every element of something.
bool contexts_repeats(const Contexts *contexts, FunctionId function, uint32_t instruction);
// Whether an edge is all that leads to a function, and starts it as the one endless task of the object itself.
bool contexts_is_only_start(const Contexts *contexts, const Edge *edge);
// Whether a method starts its object, by its name: once in the object's life.
bool contexts_starts_by_name(const Contexts *contexts, FunctionId id);

// --- outsiders.c

// Whether outsiders may call the function by its name.
bool contexts_is_public(const Contexts *contexts, FunctionId id);
// Fills `only_entered`.
void contexts_find_only_entered(Contexts *contexts);
// Enters the functions that outsiders may call, and those that nobody in view calls.
void contexts_add_public_roots(Contexts *contexts);
void contexts_add_unreached(Contexts *contexts);
// Fills `handed_depth`.
void contexts_find_handed_depths(Contexts *contexts);
// How many functions stand around one, itself included.
uint8_t contexts_nesting(const Contexts *contexts, FunctionId function);

// --- entry.c

// Fills `entry` and `entry_states`.
void contexts_find_entry(Contexts *contexts);

#endif
