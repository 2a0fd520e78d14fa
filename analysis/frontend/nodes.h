// Walking tree-sitter nodes cheaply: what both frontends need.
//
// `ts_node_child` costs as much as the node has children, and a tree cursor is slow to set on a node. `nodes_children`
// gathers the children of a node at the first call, with their fields, and finds them again at the next:
//
//     Children children = nodes_children(nodes, node);
//     for (uint32_t i = 0; i < children.count; i++) lower(nodes_child(nodes, children, i)->node);
//     nodes_release(nodes, children);
//
// The children may move when `nodes_children` gathers others: do not keep a `Child` pointer across it, use `nodes_child`
// again. Comments and other extras are left out.
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
const NodeKindName *nodes_resolve_kinds(const TSLanguage *grammar, const NodeKindName *rows, uint32_t count, uint8_t *kinds);

typedef struct Nodes Nodes;

typedef struct Child {
  TSNode node;
  uint16_t field; // TSFieldId; 0 for none
  uint8_t kind;   // by the table given to nodes_new
  bool named;
} Child;

typedef struct Children {
  uint32_t first, count;
} Children;

// Lives in the arena, what it gathers until `nodes_done`: about 13 bytes for each byte of a source all of whose nodes are
// asked for. Keeps `kinds`, which the caller owns.
Nodes *nodes_new(Arena *arena, const Syntax *syntax, const uint8_t *kinds);
void nodes_done(Nodes *nodes);

Children nodes_children(Nodes *nodes, TSNode node);
const Child *nodes_child(const Nodes *nodes, Children children, uint32_t index);
// The first child of a field, or NULL.
const Child *nodes_field(const Nodes *nodes, Children children, uint16_t field);
// Ends the use of children that were gathered; they stay until `nodes_done`, for the passes to come. None,
// `(Children){0}`, are allowed.
void nodes_release(Nodes *nodes, Children children);

uint8_t nodes_kind(const Nodes *nodes, TSNode node);
Span nodes_span(TSNode node);
// The node's source, interned.
Symbol nodes_symbol(const Nodes *nodes, Symbols *symbols, TSNode node);
const char *nodes_text(const Nodes *nodes, TSNode node, uint32_t *length); // not NUL-terminated

#endif
