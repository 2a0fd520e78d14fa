// The syntax tree of a file as flat records (`../nodes.h`), by the kinds and fields of JavaScript. What the frontend
// has no use for is left out: comments, punctuation, the insides of strings and types.
#ifndef RACEWISE_JAVASCRIPT_TREE_H
#define RACEWISE_JAVASCRIPT_TREE_H

#include "grammar.h"

typedef Nodes Tree;

// To be freed with `nodes_free`; the syntax keeps the text alive.
Tree *tree_new(const Syntax *syntax);

static inline const Child *tree_node(const Tree *tree, Node node) {
  return &tree->items[node];
}
static inline Kind tree_kind(const Tree *tree, Node node) {
  return (Kind)nodes_kind(tree, node);
}
static inline Span tree_span(const Tree *tree, Node node) {
  return nodes_span(tree, node);
}
//     for (Node part = tree_first(tree, node); part < tree_end(tree, node); part++)
static inline Node tree_first(const Tree *tree, Node node) {
  return tree_node(tree, node)->first;
}
static inline Node tree_end(const Tree *tree, Node node) {
  return tree_node(tree, node)->first + tree_node(tree, node)->count;
}

// The first child of that field; 0: none.
static inline Node tree_field(const Tree *tree, Node node, Field field) {
  return nodes_field(tree, nodes_children(tree, node), (uint8_t)field);
}
Node tree_operand(const Tree *tree, Node node);            // the first named child; 0: none
Node tree_of_kind(const Tree *tree, Node node, Kind kind); // the first child of that kind; 0: none
static inline Symbol tree_symbol(const Tree *tree, Symbols *symbols, Node node) {
  return nodes_symbol(tree, symbols, node);
}
static inline const char *tree_text(const Tree *tree, Node node, uint32_t *length) { // not NUL-terminated
  return nodes_text(tree, node, length);
}
bool tree_is(const Tree *tree, Node node, const char *text);

#endif
