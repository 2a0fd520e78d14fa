// Questions about the instructions of a function, for rules that look at calls rather than at shared locations.
//
// Instructions are told by their index in the function's code. Frontends lower a function in the order of its source,
// so that of two instructions of one pass through a function the earlier one has the smaller index.
#ifndef RACEWISE_RULES_CODE_H
#define RACEWISE_RULES_CODE_H

#include "../models/resource.h"
#include "rule.h"

enum { CODE_NONE = UINT32_MAX };

typedef struct Site {
  FunctionId function;
  uint32_t index; // CODE_NONE where it is not known
} Site;

static inline const Instruction *code_at(const RuleRun *run, FunctionId function, uint32_t index) {
  return &module_function(run->file->module, function)->code.items[index];
}

// The block that an instruction lies in.
BlockId code_block(RuleRun *run, FunctionId function, uint32_t index);

// Where a value comes from: through moves, and through variables that are set once.
Site code_source(RuleRun *run, FunctionId function, Value value);

// What a value is called: the name of its variable or field; "" where it has none.
const char *code_name(RuleRun *run, FunctionId function, Value value);
// How the source writes it, as far as names go: "self._redis", "session"; "" where it has none.
const char *code_display(RuleRun *run, FunctionId function, Value value);

// --- calls

bool code_is_call(const Instruction *instruction);
// The path of what a call of a library means; "" where it is unknown or a function of the file.
const char *code_path(RuleRun *run, FunctionId function, const Instruction *call);
// Its row among the resources, or NULL.
const Resource *code_resource(RuleRun *run, FunctionId function, const Instruction *call);
// Whether a value is of a type, or comes from a call, whose row has one of these uses.
bool code_value_uses(RuleRun *run, FunctionId function, Value value, uint32_t uses);
// The instruction that awaits, enters or iterates what the call at `index` gives; CODE_NONE where there is none. A
// return leaves it to the caller to await.
uint32_t code_awaited_at(RuleRun *run, FunctionId function, uint32_t index);
// Whether it is awaited, or handed back to be awaited.
bool code_is_waited_for(RuleRun *run, FunctionId function, uint32_t index);
// The argument of this name or, where it has none, at this position; 0 for none.
Value code_argument(RuleRun *run, const Instruction *call, uint32_t position, const char *name);
// The functions of the file that a value may be, through `functools.partial` and the like; at most CALLEE_LIMIT.
Callees code_functions(RuleRun *run, FunctionId function, Value value);

// --- order and dependence

// Whether other tasks may run during the instruction.
bool code_suspends(RuleRun *run, FunctionId function, uint32_t index);
// Whether `to` may follow `from` without going back.
bool code_leads(RuleRun *run, FunctionId function, uint32_t from, uint32_t to);
// A suspension on some way from `from` to `to`, both excluded; CODE_NONE where there is none.
uint32_t code_suspension_between(RuleRun *run, FunctionId function, uint32_t from, uint32_t to);

// The values that depend on the results of some instructions.
typedef struct Slice {
  FunctionId function;
  bool *values;
} Slice;

// What the result of the instruction at `index` flows into, through computations, calls and variables.
Slice code_slice(RuleRun *run, FunctionId function, uint32_t index);
// The same from a value on: every definition counts.
Slice code_slice_of_value(RuleRun *run, FunctionId function, Value value);
bool code_slice_feeds(RuleRun *run, const Slice *slice, const Instruction *instruction); // into an argument
// Whether a branch on one of the slice's values decides whether the instruction at `index` runs; only branches behind
// `after`.
bool code_slice_decides(RuleRun *run, const Slice *slice, uint32_t after, uint32_t index);

// The innermost loop around an instruction, as a range of indexes; `head` is its NEXT or its BRANCH. `head` is
// CODE_NONE where there is no loop.
typedef struct Loop {
  uint32_t head, end;
} Loop;

Loop code_loop(RuleRun *run, FunctionId function, uint32_t index);

static inline bool code_loop_holds(Loop loop, uint32_t index) {
  return loop.head != CODE_NONE && index > loop.head && index < loop.end;
}

// Whether a context manager whose row has one of the uses, or that is a lock by type or name, is entered before `from`
// and left after `to`.
bool code_is_guarded(RuleRun *run, FunctionId function, uint32_t from, uint32_t to, uint32_t uses);

// Whether a value is a lock of threads.
bool code_is_thread_lock(RuleRun *run, FunctionId function, Value value);

// --- expressions

// What a function's parameters and its receiver are for one caller, as texts; NULL where they are not known.
typedef struct Bindings {
  const char *receiver;
  const char **parameters; // by index
} Bindings;

// A text that is equal for two values of the file only if they are computed alike, from the same variables. `bindings`
// may be NULL.
const char *code_text(RuleRun *run, FunctionId function, Value value, const Bindings *bindings);

#endif
