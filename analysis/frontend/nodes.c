#include "nodes.h"
#include "../syntax/walk.h"
#include <stdlib.h>
#include <string.h>

// Gives the symbols of one type their kinds by the rows that are still looked for.
static void resolve_of_type(const TSLanguage *grammar, TSSymbolType type, const NodeKindName *rows, uint32_t count,
                            const bool *found, bool *finds, uint8_t *kinds) {
  uint32_t symbols = ts_language_symbol_count(grammar);
  for (TSSymbol symbol = 0; symbol < symbols; symbol++) {
    if (ts_language_symbol_type(grammar, symbol) != type)
      continue;
    const char *name = ts_language_symbol_name(grammar, symbol);
    for (uint32_t row = 0; row < count; row++)
      if (!found[row] && rows[row].name[0] == name[0] && strcmp(rows[row].name, name) == 0) {
        kinds[symbol] = rows[row].kind;
        finds[row] = true;
      }
  }
}

const NodeKindName *nodes_resolve_kinds(const TSLanguage *grammar, const NodeKindName *rows, uint32_t count,
                                        uint8_t *kinds) {
  memset(kinds, 0, ts_language_symbol_count(grammar));
  // Several symbols may share a name (aliases); a named one goes before an anonymous one.
  static const TSSymbolType types[] = {TSSymbolTypeRegular, TSSymbolTypeAnonymous};
  bool *found = memory_alloc(2 * count), *finds = found + count;
  for (size_t type = 0; type < sizeof types / sizeof *types; type++) {
    resolve_of_type(grammar, types[type], rows, count, found, finds, kinds);
    memcpy(found, finds, count);
  }
  const bool *missing = memchr(found, false, count);
  const NodeKindName *row = missing ? &rows[missing - found] : NULL;
  free(found);
  return row;
}

// --- copying a tree

typedef struct Records {
  Child *items;
  uint32_t count, capacity;
} Records;

// A node whose children are being copied.
typedef struct Open {
  uint32_t record;   // its own place among what waits
  uint32_t children; // where its children begin
} Open;

// Records wait here until the node around them is complete; then they move to the tree side by side.
typedef struct Copying {
  const NodeTable *table;
  Nodes *nodes;
  Records waiting;
  Open *open;
  uint32_t open_count, open_capacity;
} Copying;

// Makes room for `more` items behind the first `count`.
static void *reserve(void *items, uint32_t *capacity, uint32_t count, uint32_t more, size_t size) {
  if (more <= *capacity - count)
    return items;
  while (*capacity - count < more)
    *capacity = *capacity ? *capacity * 2 : 256;
  return memory_resize(items, *capacity * size);
}

static void add_record(Copying *copying, const WalkNode *node, uint8_t kind) {
  Records *waiting = &copying->waiting;
  waiting->items = reserve(waiting->items, &waiting->capacity, waiting->count, 1, sizeof *waiting->items);
  waiting->items[waiting->count++] =
      (Child){.kind = kind, .field = copying->table->fields[node->field], .named = node->named, .span = node->span};
}

// Adds the node unless it is left out, and opens it where there is something of use inside.
static bool enter_node(void *context, const WalkNode *node) {
  Copying *copying = context;
  bool error = node->symbol == (TSSymbol)-1; // lies past the table
  uint8_t kind = error ? 0 : copying->table->kinds[node->symbol];
  if ((!node->named && !kind) || (!error && node->extra))
    return false;
  add_record(copying, node, kind);
  if (!node->has_children ||
      copying->table->is_closed(kind, copying->nodes->bytes + node->span.start, node->span.end - node->span.start))
    return false;
  uint32_t record = copying->waiting.count - 1;
  copying->open = reserve(copying->open, &copying->open_capacity, copying->open_count, 1, sizeof *copying->open);
  copying->open[copying->open_count++] = (Open){record, record + 1};
  return true;
}

// Moves what waits from `first` on to the tree.
static Node move_records(Copying *copying, uint32_t first) {
  Nodes *nodes = copying->nodes;
  uint32_t count = copying->waiting.count - first;
  Node node = nodes->count;
  nodes->items = reserve(nodes->items, &nodes->capacity, nodes->count, count, sizeof *nodes->items);
  for (uint32_t i = 0; i < count; i++) {
    nodes->items[nodes->count] = copying->waiting.items[first + i];
    nodes->items[nodes->count].node = nodes->count;
    nodes->count++;
  }
  copying->waiting.count = first;
  return node;
}

static void leave_node(void *context) {
  Copying *copying = context;
  Open open = copying->open[--copying->open_count];
  uint32_t count = copying->waiting.count - open.children;
  Node first = move_records(copying, open.children);
  copying->waiting.items[open.record].first = first;
  copying->waiting.items[open.record].count = count;
}

Nodes *nodes_new(const Syntax *syntax, const NodeTable *table) {
  Nodes *nodes = memory_alloc(sizeof *nodes);
  *nodes = (Nodes){.bytes = text_bytes(syntax_text(syntax))};
  nodes->items = reserve(NULL, &nodes->capacity, 0, 1, sizeof *nodes->items);
  nodes->items[nodes->count++] = (Child){0};
  Copying copying = {.table = table, .nodes = nodes};
  syntax_walk(syntax, (WalkVisitor){&copying, enter_node, leave_node});
  nodes->root = copying.waiting.count ? move_records(&copying, 0) : 0;
  free(copying.waiting.items);
  free(copying.open);
  return nodes;
}

void nodes_free(Nodes *nodes) {
  if (nodes)
    free(nodes->items);
  free(nodes);
}

// --- reading

Node nodes_field(const Nodes *nodes, Children children, uint8_t field) {
  for (uint32_t i = 0; i < children.count; i++)
    if (nodes_child(nodes, children, i)->field == field)
      return nodes_child(nodes, children, i)->node;
  return 0;
}

const char *nodes_text(const Nodes *nodes, Node node, uint32_t *length) {
  Span span = nodes_span(nodes, node);
  *length = span.end - span.start;
  return nodes->bytes + span.start;
}

Symbol nodes_symbol(const Nodes *nodes, Symbols *symbols, Node node) {
  uint32_t length;
  const char *bytes = nodes_text(nodes, node, &length);
  return symbol_of(symbols, bytes, length);
}
