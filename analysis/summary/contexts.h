// Which tasks run a function, and which functions may run at the same time.
//
// A root is a way for a task to begin: the program's main, a spawn in view, a registered handler, or an outsider's call
// of something public. Each function has the set of roots from which plain calls and awaits lead to it. Two functions
// may run in parallel when two tasks of their roots can be alive together.
//
// A file that runs itself (a main guard, `asyncio.run` at top level, a script's own calls) is a closed program: only
// the spawns in view count there.
#ifndef RACEWISE_SUMMARY_CONTEXTS_H
#define RACEWISE_SUMMARY_CONTEXTS_H

#include "callgraph.h"

typedef enum RootEvidence {
  EVIDENCE_NONE,    // not at the same time
  EVIDENCE_OUTSIDE, // only callers that are not in view could do it
  EVIDENCE_IN_VIEW, // the file itself starts both tasks
} RootEvidence;

typedef struct Contexts Contexts;

// Lives in the arena of `file`, whose summaries must be solved.
Contexts *contexts_new(FlowFile *file, const CallGraph *graph);

// Whether an activation of `first` may be suspended while another task is in `second`, about a location: an object that
// each task has for itself is not shared. `*spawn` (may be NULL) gets where the other task is started, an empty span
// when that is not in view.
RootEvidence contexts_parallel(const Contexts *contexts, FunctionId first, FunctionId second, Location location,
                               Span *spawn);

// Whether whatever runs `second` was called for by the one activation of `first`, which has waited for it before `at`;
// or is the task that its object was started with, for which it has waited.
bool contexts_has_ended(const Contexts *contexts, FunctionId first, FunctionId second, Span at);

// Whether the function that starts the tasks of an edge waits for them; `*instruction` (may be NULL) gets where.
bool contexts_joins(const Contexts *contexts, const Edge *edge, uint32_t *instruction);

// A root, for those who tell of it.
typedef struct TaskRoot {
  EdgeKind kind;
  bool outside;      // it stands for callers that are not in view
  FunctionId entry;  // the function that the task begins with; 0 where there are several
  FunctionId beside; // it stands for what this function calls while tasks that it started are alive; 0 for others
  bool many;         // several such tasks may be alive
  Span span;         // where it is started; empty where that is not in view
} TaskRoot;

enum { TASK_ROOT_LIMIT = 64 };

// A set of roots: bit `n` is root `n`.
typedef uint64_t TaskRoots;

TaskRoots contexts_roots(const Contexts *contexts, FunctionId function); // from which the function is reached
TaskRoot contexts_root(const Contexts *contexts, uint32_t root);         // of a root that some function has

// The locks that every caller of the function holds around it.
const LockSet *contexts_entry_locks(const Contexts *contexts, FunctionId function);
// The tests by which every call of the function is decided.
const StateSet *contexts_entry_states(const Contexts *contexts, FunctionId function);

#endif
