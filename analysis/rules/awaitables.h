// Which calls surely give a coroutine, a promise or a task that somebody must see to.
//
// "Surely" is meant: one callee that is unknown, overridden, replaced, or changed by a decorator that is not known, and
// the answer is no.
#ifndef RACEWISE_RULES_AWAITABLES_H
#define RACEWISE_RULES_AWAITABLES_H

#include "rule.h"
#include "uses.h"

typedef enum Awaitable {
  AWAITABLE_NO,      // not known to be one
  AWAITABLE_SETTLED, // a promise that needs no one: somebody handles its failure, or a function that cannot fail runs
                     // by itself
  AWAITABLE_SAFE,    // a promise that cannot fail, but is worth nothing unless somebody waits for it: a pause
  AWAITABLE_OPEN,    // a coroutine or promise that is up to whoever holds it
} Awaitable;

typedef struct Awaitables Awaitables;

// Lives in the arena of the run.
Awaitables *awaitables_new(RuleRun *run);

// The uses in a function, made at the first call.
Uses *awaitables_uses(Awaitables *awaitables, FunctionId function);

// What a CALL or CALL_METHOD gives.
Awaitable awaitable_of_call(Awaitables *awaitables, FunctionId function, const Instruction *call);
// What a call of the function gives.
Awaitable awaitable_of_function(Awaitables *awaitables, FunctionId function);
// Whether a call only enters functions that neither wait for anything, throw, nor give anything back: `async` functions
// for the sake of an interface, of whose promise nobody needs to know.
bool awaitable_is_done_at_once(Awaitables *awaitables, FunctionId function, const Instruction *call);
// What a value is: the result of a call, under whatever local name that is its only one.
Awaitable awaitable_of_value(Awaitables *awaitables, FunctionId function, Value value);
// What the functions give that a value may be.
Awaitable awaitable_of_callback(Awaitables *awaitables, FunctionId function, Value callback);

// The instruction that gives a value, looked up through the local variables that are its only names; NULL for none.
const Instruction *awaitable_definition(const Awaitables *awaitables, FunctionId function, Value value);

// Whether every function that a call may enter is in view, and is what its name says: not replaced at run time, not
// overridden by one that is synchronous, not decorated with something unknown.
bool awaitable_callees_known(Awaitables *awaitables, FunctionId function, const Instruction *call);
// Whether nothing unknown decorates the function.
bool awaitable_is_plain(const Awaitables *awaitables, FunctionId function);

// Whether nobody uses a call's result: an expression statement drops it, or a local variable that nobody reads.
bool awaitable_is_dropped(Awaitables *awaitables, FunctionId function, const Instruction *call);

// Whether a value is an event loop, by its type or by how people call one. Task groups have the same methods.
bool awaitable_is_loop(Awaitables *awaitables, FunctionId function, Value value);
// Whether a call hands functions to an event loop, which calls them later and ignores what they return.
bool awaitable_is_callback_dropped(Awaitables *awaitables, FunctionId function, const Instruction *call);

// What is called, as the source writes it: "self.store.save"; "" where it has no name.
const char *awaitable_name(Awaitables *awaitables, FunctionId function, const Instruction *call);

// The same for messages: "`self.store.save`"; "this call" where it has no name.
const char *awaitable_words(Awaitables *awaitables, FunctionId function, const Instruction *call);

// Reports without a location: primary place, the function whose code it is, what is called.
Report *awaitable_report(RuleRun *run, FunctionId function, Span span, bool certain, const char *variable,
                         const char *message);

#endif
