// Reading syntax trees cheaply: what a frontend needs.
//
// A tree-sitter node is slow to look into: its children have no index, and each look at it is a miss of the cache. So
// one walk (`syntax_walk`) copies the tree into flat records, the children of a node side by side, which the passes of
// a frontend then read:
//
//     Children children = nodes_children(nodes, node);
//     for (uint32_t i = 0; i < children.count; i++) lower(nodes_child(nodes, children, i)->node);
//
// What says nothing is left out: comments and other extras, and anonymous tokens that the language's table does not
// name.
#ifndef RACEWISE_FRONTEND_NODES_H
#define RACEWISE_FRONTEND_NODES_H

#include "../base/arena.h"
#include "../base/span.h"
#include "../base/symbols.h"
#include "../syntax/syntax.h"

// A row of a language's table: `kind` is the language's own enumerator of the node type, 1 or more.
typedef struct NodeKindName {
  const char *name; // as in the grammar
  uint8_t kind;
} NodeKindName;

// Fills `kinds[symbol]` for the symbols of a grammar (room for `ts_language_symbol_count`) from the rows; symbols
// that no row names get 0. A name serves named nodes, or anonymous ones where the grammar has no named one so called.
// Returns the first row whose name the grammar lacks, or NULL.
const NodeKindName *nodes_resolve_kinds(const TSLanguage *grammar, const NodeKindName *rows, uint32_t count,
                                        uint8_t *kinds);

typedef uint32_t Node; // 0: none; of kind 0, with an empty span and no children

// A language's numbers for the types and fields of its grammar.
typedef struct NodeTable {
  const uint8_t *kinds;  // by TSSymbol; 0 for what the language has no name for, as for syntax errors
  const uint8_t *fields; // by TSFieldId
  // Is what lies inside of a node of no use? `text` is the node's source.
  bool (*is_closed)(uint8_t kind, const char *text, uint32_t length);
} NodeTable;

typedef struct Child {
  Node node;
  uint8_t kind, field; // by the table; the field is the node's in the node around it, 0 for none
  bool named;
  Span span;
  Node first; // its children: `count` nodes from here
  uint32_t count;
} Child;

typedef struct Children {
  uint32_t first, count;
} Children;

typedef struct Nodes {
  const char *bytes;
  Child *items; // by node
  uint32_t count, capacity;
  Node root;
} Nodes;

// Copies the tree. The records are the caller's to free with `nodes_free`; the text is the syntax's.
Nodes *nodes_new(const Syntax *syntax, const NodeTable *table);
void nodes_free(Nodes *nodes); // NULL is allowed

static inline uint8_t nodes_kind(const Nodes *nodes, Node node) {
  return nodes->items[node].kind;
}
static inline Span nodes_span(const Nodes *nodes, Node node) {
  return nodes->items[node].span;
}
static inline Children nodes_children(const Nodes *nodes, Node node) {
  return (Children){nodes->items[node].first, nodes->items[node].count};
}
static inline const Child *nodes_child(const Nodes *nodes, Children children, uint32_t index) {
  return &nodes->items[children.first + index];
}
// The first child of a field, or 0.
Node nodes_field(const Nodes *nodes, Children children, uint8_t field);
// The node's source, interned.
Symbol nodes_symbol(const Nodes *nodes, Symbols *symbols, Node node);
const char *nodes_text(const Nodes *nodes, Node node, uint32_t *length); // not NUL-terminated

#endif
