// Reading nodes by this grammar's kinds. Node 0 is allowed everywhere and stands for what is not there (half-typed
// code).
#ifndef RACEWISE_FRONTEND_PYTHON_READER_H
#define RACEWISE_FRONTEND_PYTHON_READER_H

#include "grammar.h"

static inline Kind kind_of(const Nodes *nodes, Node node) {
  return (Kind)nodes_kind(nodes, node);
}

// The index-th named child, or 0.
Node named_of(const Nodes *nodes, Children children, uint32_t index);
// The first child of a kind, or 0.
Node kind_child(const Nodes *nodes, Children children, Kind kind);
static inline bool has_kind(const Nodes *nodes, Children children, Kind kind) {
  return kind_child(nodes, children, kind) != 0;
}

// The same of a node's own children.
Node node_field(const Nodes *nodes, Node node, Field field);
Node node_named(const Nodes *nodes, Node node, uint32_t index);
Node node_last_named(const Nodes *nodes, Node node);
uint32_t node_named_count(const Nodes *nodes, Node node);
// `node` without the parentheses around it.
Node node_unwrapped(const Nodes *nodes, Node node);

// A dotted name's identifiers joined by dots, as a symbol.
Symbol dotted_symbol(const Nodes *nodes, Symbols *symbols, Node node);

// What a plain string literal without escapes and interpolations holds; false for other nodes.
bool string_contents(const Nodes *nodes, Node string, Span *contents);

#endif
