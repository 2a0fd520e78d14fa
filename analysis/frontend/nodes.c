#include "nodes.h"
#include <stdlib.h>
#include <string.h>

const NodeKindName *nodes_resolve_kinds(const TSLanguage *grammar, const NodeKindName *rows, uint32_t count,
                                        uint8_t *kinds) {
  memset(kinds, 0, ts_language_symbol_count(grammar));
  const NodeKindName *missing = NULL;
  for (uint32_t row = 0; row < count; row++) {
    bool found = false;
    // Several symbols may share a name (aliases); a named one goes before an anonymous one.
    for (int named = 1; named >= 0 && !found; named--)
      for (uint32_t symbol = 0; symbol < ts_language_symbol_count(grammar); symbol++) {
        TSSymbolType type = ts_language_symbol_type(grammar, (TSSymbol)symbol);
        if (type != (named ? TSSymbolTypeRegular : TSSymbolTypeAnonymous))
          continue;
        if (strcmp(ts_language_symbol_name(grammar, (TSSymbol)symbol), rows[row].name) != 0)
          continue;
        kinds[symbol] = rows[row].kind;
        found = true;
      }
    if (!found && !missing)
      missing = &rows[row];
  }
  return missing;
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
  TSTreeCursor cursor;
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

// Adds the node under the cursor; false for one that is left out.
static bool add_node(Copying *copying) {
  TSNode node = ts_tree_cursor_current_node(&copying->cursor);
  TSSymbol symbol = ts_node_symbol(node);
  bool error = symbol == (TSSymbol)-1; // lies past the table
  uint8_t kind = error ? 0 : copying->table->kinds[symbol];
  bool named = error || ts_node_is_named(node);
  if ((!named && !kind) || (!error && ts_node_is_extra(node)))
    return false;
  Records *waiting = &copying->waiting;
  waiting->items = reserve(waiting->items, &waiting->capacity, waiting->count, 1, sizeof *waiting->items);
  waiting->items[waiting->count++] =
      (Child){.kind = kind,
              .field = copying->table->fields[ts_tree_cursor_current_field_id(&copying->cursor)],
              .named = named,
              .span = {ts_node_start_byte(node), ts_node_end_byte(node)}};
  return true;
}

// Goes to the first child of the node added last; false where it has none, or none of use.
static bool open_node(Copying *copying) {
  uint32_t record = copying->waiting.count - 1;
  const Child *node = &copying->waiting.items[record];
  if (copying->table->is_closed(node->kind, copying->nodes->bytes + node->span.start,
                                node->span.end - node->span.start))
    return false;
  if (!ts_tree_cursor_goto_first_child(&copying->cursor))
    return false;
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

static void close_node(Copying *copying) {
  Open open = copying->open[--copying->open_count];
  uint32_t count = copying->waiting.count - open.children;
  Node first = move_records(copying, open.children);
  copying->waiting.items[open.record].first = first;
  copying->waiting.items[open.record].count = count;
}

static void copy_tree(Copying *copying) {
  bool inside = add_node(copying) && open_node(copying);
  while (inside) {
    if (add_node(copying) && open_node(copying))
      continue;
    while (inside && !ts_tree_cursor_goto_next_sibling(&copying->cursor)) {
      ts_tree_cursor_goto_parent(&copying->cursor);
      close_node(copying);
      inside = copying->open_count > 0;
    }
  }
}

Nodes *nodes_new(const Syntax *syntax, const NodeTable *table) {
  Nodes *nodes = memory_alloc(sizeof *nodes);
  nodes->bytes = text_bytes(syntax_text(syntax));
  nodes->items = reserve(NULL, &nodes->capacity, 0, 1, sizeof *nodes->items);
  nodes->items[nodes->count++] = (Child){0};
  Copying copying = {.table = table, .nodes = nodes, .cursor = ts_tree_cursor_new(syntax_root(syntax))};
  copy_tree(&copying);
  nodes->root = copying.waiting.count ? move_records(&copying, 0) : 0;
  ts_tree_cursor_delete(&copying.cursor);
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
