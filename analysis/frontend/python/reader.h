// Reading nodes by this grammar's kinds and fields. Null nodes are allowed everywhere and stand for what is not there
// (half-typed code).
#ifndef RACEWISE_FRONTEND_PYTHON_READER_H
#define RACEWISE_FRONTEND_PYTHON_READER_H

#include "grammar.h"

static inline TSNode no_node(void) {
  return (TSNode){.id = NULL};
}

static inline bool is_node(TSNode node) {
  return node.id != NULL;
}

static inline Kind kind_of(const Nodes *nodes, TSNode node) {
  return is_node(node) ? (Kind)nodes_kind(nodes, node) : KIND_OTHER;
}

static inline Children children_of(Nodes *nodes, TSNode node) {
  return is_node(node) ? nodes_children(nodes, node) : (Children){0, 0};
}

static inline Span span_of(TSNode node) {
  return is_node(node) ? nodes_span(node) : (Span){0, 0};
}

// The first child with a field, or a null node.
static inline TSNode field_of(const Nodes *nodes, Children children, Field field) {
  const Child *child = nodes_field(nodes, children, python_grammar()->fields[field]);
  return child ? child->node : no_node();
}

static inline bool has_field(const Child *child, Field field) {
  return child->field == python_grammar()->fields[field];
}

// The index-th named child, or a null node.
TSNode named_of(const Nodes *nodes, Children children, uint32_t index);
// The first child of a kind, or a null node.
TSNode kind_child(const Nodes *nodes, Children children, Kind kind);
bool has_kind(const Nodes *nodes, Children children, Kind kind);

// The same of a node whose children are not gathered.
TSNode node_field(Nodes *nodes, TSNode node, Field field);
TSNode node_named(Nodes *nodes, TSNode node, uint32_t index);
TSNode node_last_named(Nodes *nodes, TSNode node);
uint32_t node_named_count(Nodes *nodes, TSNode node);
// `node` without the parentheses around it.
TSNode node_unwrapped(Nodes *nodes, TSNode node);

// A dotted name's identifiers joined by dots, as a symbol; `first` gets the first identifier's.
Symbol dotted_symbol(Nodes *nodes, Symbols *symbols, TSNode node);

// Has the string literal a prefix with `f` or `t`?
bool string_may_interpolate(const char *text, uint32_t length);
// What a plain string literal without escapes and interpolations holds; false for other strings.
bool string_contents(Nodes *nodes, TSNode string, Span *contents);

#endif
