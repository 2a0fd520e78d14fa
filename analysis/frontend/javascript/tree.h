// The syntax tree of a file as flat records, children side by side: walked once with a cursor, then read many times for
// next to nothing. What the frontend has no use for is left out: comments, punctuation, the insides of strings and
// types.
#ifndef RACEWISE_JAVASCRIPT_TREE_H
#define RACEWISE_JAVASCRIPT_TREE_H

#include "../../base/array.h"
#include "grammar.h"

typedef uint32_t Node; // 0: no node; it has the kind KIND_NONE, no span and no children

typedef struct NodeRecord {
  uint8_t kind;  // Kind; KIND_NONE of a syntax error
  uint8_t field; // Field, in the node around it
  bool named;
  Node first; // its children: `count` nodes from here
  uint32_t count;
  Span span;
} NodeRecord;

typedef struct Tree {
  ARRAY(NodeRecord) nodes;
  Node root;
  const char *bytes;
} Tree;

// In the arena; the syntax keeps the text alive.
Tree *tree_new(Arena *arena, const Syntax *syntax);

static inline const NodeRecord *tree_node(const Tree *tree, Node node) {
  return &tree->nodes.items[node];
}
static inline Kind tree_kind(const Tree *tree, Node node) {
  return (Kind)tree_node(tree, node)->kind;
}
static inline Span tree_span(const Tree *tree, Node node) {
  return tree_node(tree, node)->span;
}
//     for (Node part = tree_first(tree, node); part < tree_end(tree, node); part++)
static inline Node tree_first(const Tree *tree, Node node) {
  return tree_node(tree, node)->first;
}
static inline Node tree_end(const Tree *tree, Node node) {
  return tree_node(tree, node)->first + tree_node(tree, node)->count;
}

Node tree_field(const Tree *tree, Node node, Field field); // the first child of that field; 0: none
Node tree_operand(const Tree *tree, Node node);            // the first named child; 0: none
Node tree_of_kind(const Tree *tree, Node node, Kind kind); // the first child of that kind; 0: none
Symbol tree_symbol(const Tree *tree, Symbols *symbols, Node node);
const char *tree_text(const Tree *tree, Node node, uint32_t *length); // not NUL-terminated
bool tree_is(const Tree *tree, Node node, const char *text);

#endif
