// Solves one function: the facts at every point, and from them its summary.
//
// A summary says what the function does to locations, what its result depends on, whether it may suspend, and which
// pairs of its accesses a suspension splits (candidates). Summaries of the functions it calls are applied as if
// inlined, so callees come first; a callee that is not solved yet (recursion) counts as suspending when it is
// asynchronous, and as doing nothing.
#ifndef RACEWISE_FLOW_FLOW_H
#define RACEWISE_FLOW_FLOW_H

#include "cfg.h"
#include "facts.h"

// What all functions of a file share.
typedef struct FlowFile {
  Arena *arena;
  const Module *module;
  Models *models;
  Locations *locations;
  Values *values;
  Summary *summaries;         // by function
  Cfg **cfgs;                 // by function; NULL where it has not been solved or is too large
  LockSet **held_at;          // by function, by instruction that is a call: the locks held there; NULL likewise
  bool **suspends_at;         // by function, by instruction: whether other tasks may run there
  LockSet **held_while;       // by function, by instruction that suspends: the locks held meanwhile
  StateSet **states_at;       // likewise: the tests that decide about it
  Location **claimed_at;      // by function, by instruction that is a call: the location that its result claims
  struct Premises **premises; // by function that is a continuation (`p.then(f)`): the tests that led to it; or NULL
  Span *later;                // by function that only runs later, as a callback or a task: where it is handed out
  VariableId *state_of;       // by VariableId of a state setter: the variable of its state (React's useState)
  bool *is_state;             // by VariableId
  LockSet *around;            // by function: the locks that its decorators hold around every call of it
  struct Facts *scratch;      // room for the facts of a function's blocks, used again for the next function
  uint32_t scratch_count;
  uint8_t *mutable_fields;    // by Symbol: which levels below a field are written outside of construction
  uint8_t *mutable_variables; // the same by VariableId
  uint32_t symbol_count;      // of `mutable_fields`
} FlowFile;

// Bit 0: what has the name is replaced; bit 1: its elements are added, removed or set; bit 2: their elements.
enum { MUTABLE_LEVELS = 8 };

// The bits of the field or variable that a location lies at or below; `*level` gets how many keys below.
uint8_t flow_mutability(const FlowFile *file, Location location, uint32_t *level);

// Whether the instruction removes elements by writing the length: `items.length = 0`.
bool flow_cuts(const FlowFile *file, const Instruction *instruction);

// Everything but the summaries; NULL when cancelled.
FlowFile *flow_file_new(Arena *arena, const Module *module, Cancel *cancel);

// Finds the state setters of the file; called by flow_file_new.
void flow_find_states(FlowFile *file);

// Whether an instruction lies in a loop; true where the function is too large to tell.
bool flow_in_loop(const FlowFile *file, FunctionId function, uint32_t instruction);

// Fills `file->summaries[function]`.
void flow_solve(FlowFile *file, FunctionId function);

// Whether solving another function told what leads to this one, which is then to be solved again.
bool flow_has_premises(const FlowFile *file, FunctionId function);

// Whether a value is a lock of the event loop that all its users share, and which. 0 where it is not. `*made_here` (may
// be NULL) is set where it is a lock that the activation itself made.
Location flow_lock_of(FlowFile *file, FunctionId function, Value value, bool *made_here);
// The lock that a call of a library (MODEL_LOCKED) holds around the function it is given; 0 for none.
Location flow_lock_around(FlowFile *file, FunctionId function, const Instruction *call);
// The promise chain that a call of `then` extends, which serves as a lock; 0 for other calls.
Location flow_chain_of(FlowFile *file, FunctionId function, const Instruction *call);
// Whether the lock that a value is is one and the same whenever the instruction that takes it runs: not one of several,
// not one of a collection in a loop.
bool flow_lock_is_certain(FlowFile *file, FunctionId function, uint32_t instruction, Value value);

// Whether a call within `wrapper`, which a decorator of the file gives back, is one of what the decorator was given.
bool flow_calls_decorated(const FlowFile *file, FunctionId decorator, FunctionId wrapper, const Instruction *call);

// Fills `around`; called by flow_file_new.
void flow_find_decorated(FlowFile *file);

// Where a callee's location lies for its caller: its parameters and receiver replaced by what the call passes. Gives at
// most VALUE_SET_LIMIT; none for what the caller owns.
uint32_t flow_translate(FlowFile *file, FunctionId caller, const Instruction *call, Callee callee, Location location,
                        Location places[VALUE_SET_LIMIT]);

#endif
