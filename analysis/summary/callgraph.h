// Who calls whom, who starts whom: the edges between the functions of a file.
#ifndef RACEWISE_SUMMARY_CALLGRAPH_H
#define RACEWISE_SUMMARY_CALLGRAPH_H

#include "../flow/flow.h"

typedef enum EdgeKind {
  EDGE_CALL,     // runs as part of the caller: a plain call, an awaited coroutine
  EDGE_SPAWN,    // started as a task of its own
  EDGE_GATHER,   // started as one of several tasks that the caller waits for
  EDGE_RUN,      // run to completion by the program's main
  EDGE_HANDLER,  // registered: runs for every event
  EDGE_CALLBACK, // handed out: runs later, perhaps often
} EdgeKind;

typedef struct Edge {
  EdgeKind kind;
  FunctionId caller;
  uint32_t instruction; // of the caller: the call, the await, the spawn
  uint32_t made;        // of `maker`: where the coroutine was made; the same as `instruction` otherwise
  FunctionId maker;
  Callee callee;
  Location lock; // held around the callee by what calls it, beside what the caller holds; 0 for none
  bool passed;   // the caller was passed the callee, and does not know what it calls
  const struct Edge *next_from, *next_into; // of the same caller, of the same callee
} Edge;

typedef struct CallGraph {
  const Edge *edges;
  uint32_t count;
  // By function: its first edge as the caller and as the callee; NULL for none. The others follow in order:
  //     for (const Edge *edge = graph->from[id]; edge; edge = edge->next_from)
  const Edge **from, **into;
  // Callees before callers, as far as cycles allow; a function is no callee of what it is passed to.
  const FunctionId *bottom_up;
  const FunctionId *top_down; // callers before callees, what calls a passed function included
  uint32_t function_count;
} CallGraph;

// Lives in the arena of `file`.
CallGraph *callgraph_new(FlowFile *file);

#endif
