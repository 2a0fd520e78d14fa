// The solver of one function: what flow.c and the files named below share. Private to this folder.
#ifndef RACEWISE_FLOW_STATE_H
#define RACEWISE_FLOW_STATE_H

#include "flow.h"

// A read site of a location.
typedef struct Token {
  Location location;
  uint32_t instruction; // that reads; several tokens of one instruction are chained
  uint32_t next;        // 0: the last
  Span span;            // where the read stands in the source
  Span suspension;      // where it went stale before the function began; empty where it did not
} Token;

enum { SLOT_LIMIT = 32, REGISTERED_LIMIT = 8 };

typedef struct Flow {
  FlowFile *file;
  FunctionId id;
  const Function *function;
  const Cfg *cfg;
  Summary *summary;
  ARRAY(Token) tokens;        // [0] unused
  uint32_t *first_token;      // by instruction
  uint32_t *last_use;         // by value: the last instruction that uses a temporary; UINT32_MAX: keep
  bool *awaited;              // by instruction that makes a coroutine: this function awaits it
  bool *waited;               // by call: this function awaits or returns what it gives
  Location slots[SLOT_LIMIT]; // what each bit of `held` and `guards` means; claims carry LOCK_CLAIM
  uint32_t slot_count;
  FunctionId registered[REGISTERED_LIMIT]; // continuations, since the last suspension
  uint32_t registered_count;
  // Where the solver stands.
  Facts *now;
  BlockId block;
  uint32_t index;
  bool recording; // the fixpoint is reached: note accesses and candidates
} Flow;

static inline const Instruction *flow_instruction(const Flow *flow) {
  return &flow->function->code.items[flow->index];
}

static inline const Function *flow_function(const Flow *flow, FunctionId id) {
  return module_function(flow->file->module, id);
}

// Whether the fact is of something that decides about the current point.
static inline bool flow_is_test(const Fact *fact) {
  uint32_t kind = HOLDER_KIND(fact->holder);
  bool test = kind == HOLDER_BRANCH || kind == HOLDER_RAISED || kind == HOLDER_PREMISE;
  return test && !(fact->flags & FACT_CONSUMED);
}

// --- reads.c
// The read site of a location at the current instruction.
uint32_t flow_token(Flow *flow, Location location);
// Whether reads of the location can go stale: something of the file changes it, and others can reach it.
bool flow_is_interesting(const Flow *flow, Location location);
bool flow_is_container(const Flow *flow, Location location);
// `holder` now depends on a fresh read of the location here.
void flow_read(Flow *flow, uint32_t holder, Location location, uint32_t flags);
// A read of what this call may have put there, and another call replaced since.
void flow_read_back(Flow *flow, Location location);
// Copies the facts of a value to a holder, adding flags.
void flow_inherit(Flow *flow, uint32_t holder, Value from, uint32_t set, uint32_t clear);
// Whether the object that a value holds is no longer the one at the location: something else was stored there since.
bool flow_is_detached(const Flow *flow, Value value, Location location);
// A value that stands for a collection is looked into: its elements, its length, whether it is empty.
void flow_read_content(Flow *flow, uint32_t holder, Value value);
// The facts of a comparison or another operator.
void flow_compute(Flow *flow, const Instruction *instruction);
// Something is called on, or taken out of, what a value holds: a stale test may have promised that it is there.
// `lenient`: ACCESS_LENIENT where a collection may as well be empty, else 0.
void flow_use(Flow *flow, Value value, uint32_t lenient);
void flow_use_location(Flow *flow, Location location, uint32_t lenient); // the same for what is read there now

// What a test found, where it led here: ACCESS_IF_PRESENT, ACCESS_IF_ABSENT, or 0 where that cannot be told.
uint32_t flow_finding(const Flow *flow, const Fact *test);
// The tests that decide about the current point: all, for UINT32_MAX, or those that went stale at an instruction or
// before.
StateSet flow_states(const Flow *flow, uint32_t suspension);

// --- writes.c
typedef struct Write {
  Location location;
  uint32_t flags;     // AccessFlag
  Value value;        // 0 where unknown
  Value arguments[4]; // values that what is written may come from, for callees
  uint32_t argument_count;
  LockSet claims; // made by the callee at once with the call, and in force until the write
  Span span;
  bool passing; // the callee that empties it fills it again, or suspends
  bool anew;    // the function calls itself: it makes its tests again before it writes
} Write;

void flow_write(Flow *flow, Write write);
// How a value replaces what was there.
uint32_t flow_assign_flags(Flow *flow, Value value);
// What removing elements from an index or length on does: with zero, all go.
uint32_t flow_cut_flags(const Flow *flow, Value index);
// Whether the value is a collection or an object without elements: `[]`, `{}`, `set()`, `new Map()`.
bool flow_makes_empty(Flow *flow, Value value);
// Notes an access for the summary.
void flow_note(Flow *flow, Location location, uint32_t flags, Span span);
// An access of the summary is made at another place too.
void flow_note_site(Flow *flow, uint32_t access, Span span);
void flow_candidate(Flow *flow, CandidateKind kind, const Fact *fact, Location location, uint32_t flags, Span second);
// A task is started here that makes a claim first: a test that decided about the start did not see it.
void flow_claim_in_task(Flow *flow, const Access *claim, Location location, const Instruction *start);
// Whether the fact is more than the test that ended a loop.
bool flow_decides_here(const Flow *flow, const Fact *fact);
// Whether a test of `tested` tells about a write or use of `location`.
bool flow_tells_about(const Flow *flow, Location tested, Location location, uint32_t flags);
// Whether the object whose part is touched here was taken from its place before a suspension.
bool flow_is_held(const Flow *flow, Location location);
LockSet flow_locks(const Flow *flow, uint32_t slots);
uint32_t flow_slot(Flow *flow, Location lock); // SLOT_LIMIT when there are too many

// --- captures.c
// A variable that a closure that runs later captured: what was read for it is stale there.
void flow_read_captured(Flow *flow, const Instruction *load);
// A call of a state setter writes the state.
void flow_set_state(Flow *flow, const Instruction *call);

// --- premises.c
// Notes what led to the continuations that a call registers.
void flow_note_premises(Flow *flow, const Instruction *call);
// A write of what led to a continuation just registered, before anybody else ran.
void flow_claim_premises(Flow *flow, const Write *write);
// The tests that led to the function, as it begins.
void flow_begin_with_premises(Flow *flow, Facts *facts);

// --- locking.c
// Notes for the summary that a lock is taken.
void flow_note_acquisition(Flow *flow, Acquisition acquisition);
// Takes the lock that `value` is: waiting for it lets others run. Taking it again leaves it held until the function's
// own release.
void flow_take_lock(Flow *flow, Location lock, Value value);
void flow_release_lock(Flow *flow, Location lock);
// What the callee takes, as seen from here; `under` where it is a callback that runs under a lock.
void flow_lift_acquisitions(Flow *flow, const Instruction *call, Callee callee, Span span, bool under);
// The locks that a call leaves taken or released behind it: these, or those of the callee's summary.
void flow_apply_locks(Flow *flow, const Instruction *call, Callee callee, const LockSet *taken, bool takes);
void flow_apply_lock_effects(Flow *flow, const Instruction *call, Callee callee);
// The lock that awaiting what `acquire` gives takes; `*value` gets what it is. 0 where it is none.
Location flow_acquired_lock(const Flow *flow, Value awaited, Value *value);
// The place that is a lock because whoever comes later waits for the promise that stands there; 0 where it is none.
Location flow_predecessor_of(const Flow *flow, Value awaited);
// A call of what `acquire` gave releases the lock. False where it is another call.
bool flow_release_by_call(Flow *flow, const Instruction *call);
bool flow_is_method(const Flow *flow, const Instruction *call, const char *name);
// The locks that decorators hold when the function begins.
void flow_begin_locks(Flow *flow, Facts *facts);
// Notes the locks that are held where the function returns or yields.
void flow_leave_locks(Flow *flow, const Instruction *instruction);

// --- apply.c
// What a callee does before its first suspension, after it, or all.
typedef enum Phase { PHASE_BEFORE, PHASE_AFTER, PHASE_ALL } Phase;

void flow_apply_accesses(Flow *flow, const Instruction *call, Callee callee, Phase phase, Span span);
// Candidates about what a caller passed are judged where it is known what that was.
void flow_lift_candidates(Flow *flow, const Instruction *call, Callee callee, FunctionId owner);
// A coroutine that becomes a task: what it does to what it was passed is told, and happens some time.
void flow_lift_task(Flow *flow, const Instruction *call, Callee callee);
// What a call gives depends on what the callee read for it.
void flow_apply_returned(Flow *flow, const Instruction *call, Callee callee, Value result);
// What a callee claims at once for a test of its caller, it claims around itself.
void flow_note_claims(Flow *flow, FunctionId callee);

// --- calls.c
void flow_call(Flow *flow, const Instruction *call);
// Runs the getters of the file that a GET_FIELD means.
void flow_get(Flow *flow, const Instruction *read);
// Notes what is held, and what decides, where others are called.
void flow_note_held(Flow *flow);

// --- awaits.c
void flow_suspend(Flow *flow);
void flow_find_awaited(Flow *flow); // fills `awaited`
void flow_await(Flow *flow, const Instruction *await);
void flow_enter(Flow *flow, const Instruction *enter);
void flow_exit(Flow *flow, const Instruction *exit);

#endif
