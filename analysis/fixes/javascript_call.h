// Calls in JavaScript files, and the functions that are passed to them.
#ifndef RACEWISE_FIXES_JAVASCRIPT_CALL_H
#define RACEWISE_FIXES_JAVASCRIPT_CALL_H

#include "fix.h"

enum { CALLBACK_PARAMETERS = 4 };

// `receiver.method(callback)`, or `new Promise(callback)`.
typedef struct JavaScriptCallback {
  TSNode call;
  TSNode receiver, method; // null nodes of a `new`
  TSNode argument;         // the first
  bool is_function;        // the argument is written as a function, with …
  bool arrow;
  TSNode body;                            // … a block or, of an arrow function, an expression
  TSNode parameters[CALLBACK_PARAMETERS]; // names or patterns, without types
  uint32_t parameter_count;
  bool plain; // no parameter has a default, gathers the rest, or is one too many
} JavaScriptCallback;

// The call that a span holds the beginning of, its `await` left out; a null node where there is none.
TSNode javascript_call_at(const FixRun *run, Span span);

// Takes a call apart. False where it has no argument, or is no method's or constructor's.
bool javascript_callback_of(TSNode call, JavaScriptCallback *callback);

// Whether the method called has this name.
bool javascript_calls(const FixRun *run, const JavaScriptCallback *callback, const char *name);

// Whether an `await` may stand where the node does.
bool javascript_can_await(const FixRun *run, TSNode node);
// Why not: "`save` is not async and cannot wait".
const char *javascript_why_no_await(const FixRun *run);

// Puts an `await` before an expression, in parentheses where what stands around binds closer.
void javascript_await(Edits *edits, TSNode expression);

// Whether an identifier of this name stands below the node.
bool javascript_names(const FixRun *run, TSNode node, const char *name);
// Whether `this` or `arguments` of the function around the node itself stands below it.
bool javascript_uses_this(const FixRun *run, TSNode node);

#endif
