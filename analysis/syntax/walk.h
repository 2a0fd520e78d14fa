// Walks a whole tree once, in order: several times as fast as a cursor, which is made to go anywhere.
//
// A node that shows is one of those that tree-sitter's interface tells of (`ts_node_child`); the walk says the same of
// it as a cursor does there. It reads the core's own records, whose layout is that of the pinned version: the tests
// compare it with a cursor on every kind of tree.
#ifndef RACEWISE_SYNTAX_WALK_H
#define RACEWISE_SYNTAX_WALK_H

#include "../base/span.h"
#include "syntax.h"

typedef struct WalkNode {
  TSSymbol symbol; // (TSSymbol)-1 for what did not parse
  TSFieldId field; // in the node around it; 0 for none
  bool named, extra;
  bool has_children; // that show
  Span span;
} WalkNode;

typedef struct WalkVisitor {
  void *context;
  // True to go on inside, which is to be asked for only where there are children; `leave` follows those then.
  bool (*enter)(void *context, const WalkNode *node);
  void (*leave)(void *context);
} WalkVisitor;

void syntax_walk(const Syntax *syntax, WalkVisitor visitor);

#endif
