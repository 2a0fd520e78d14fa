#include "nodes.h"
#include <stdlib.h>
#include <string.h>

// Children gathered before, by the node's address and place; `id` NULL for a free slot.
typedef struct Slot {
  const void *id;
  uint32_t start;
  Children children;
} Slot;

struct Nodes {
  const char *bytes;
  const uint8_t *kinds;
  TSTreeCursor cursor;
  Child *pool; // the children of every node that was asked for
  uint32_t count, capacity;
  Slot *slots; // a hash table; a power of two
  uint32_t slot_count, used;
};

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

Nodes *nodes_new(Arena *arena, const Syntax *syntax, const uint8_t *kinds) {
  Nodes *nodes = ARENA_NEW(arena, Nodes);
  nodes->kinds = kinds;
  nodes->bytes = text_bytes(syntax_text(syntax));
  nodes->cursor = ts_tree_cursor_new(syntax_root(syntax));
  nodes->slot_count = 256;
  nodes->slots = memory_alloc(nodes->slot_count * sizeof *nodes->slots);
  return nodes;
}

void nodes_done(Nodes *nodes) {
  ts_tree_cursor_delete(&nodes->cursor);
  free(nodes->pool);
  free(nodes->slots);
}

// The slot of a node, or the free one where it goes.
static Slot *slot_of(const Nodes *nodes, const void *id, uint32_t start) {
  uint32_t mask = nodes->slot_count - 1;
  uint32_t at = (uint32_t)((((uint64_t)(uintptr_t)id ^ start) * 0x9E3779B97F4A7C15u) >> 32) & mask;
  while (nodes->slots[at].id && (nodes->slots[at].id != id || nodes->slots[at].start != start))
    at = (at + 1) & mask;
  return &nodes->slots[at];
}

static void grow_slots(Nodes *nodes) {
  Slot *old = nodes->slots;
  uint32_t count = nodes->slot_count;
  nodes->slot_count = count * 2;
  nodes->slots = memory_alloc(nodes->slot_count * sizeof *nodes->slots);
  for (uint32_t i = 0; i < count; i++)
    if (old[i].id)
      *slot_of(nodes, old[i].id, old[i].start) = old[i];
  free(old);
}

static void add_child(Nodes *nodes, TSNode node) {
  if (nodes->count == nodes->capacity) {
    nodes->capacity = nodes->capacity ? nodes->capacity * 2 : 256;
    nodes->pool = memory_resize(nodes->pool, nodes->capacity * sizeof *nodes->pool);
  }
  nodes->pool[nodes->count++] = (Child){.node = node,
                                        .field = ts_tree_cursor_current_field_id(&nodes->cursor),
                                        .kind = nodes_kind(nodes, node),
                                        .named = ts_node_is_named(node)};
}

static Children gather(Nodes *nodes, TSNode node) {
  Children children = {.first = nodes->count};
  ts_tree_cursor_reset(&nodes->cursor, node);
  if (!ts_tree_cursor_goto_first_child(&nodes->cursor))
    return children;
  do {
    TSNode child = ts_tree_cursor_current_node(&nodes->cursor);
    if (!ts_node_is_extra(child) || ts_node_is_error(child))
      add_child(nodes, child);
  } while (ts_tree_cursor_goto_next_sibling(&nodes->cursor));
  children.count = nodes->count - children.first;
  return children;
}

Children nodes_children(Nodes *nodes, TSNode node) {
  uint32_t start = ts_node_start_byte(node);
  Slot *slot = slot_of(nodes, node.id, start);
  if (slot->id)
    return slot->children;
  *slot = (Slot){node.id, start, gather(nodes, node)};
  Children children = slot->children;
  if (++nodes->used * 2 > nodes->slot_count)
    grow_slots(nodes);
  return children;
}

const Child *nodes_child(const Nodes *nodes, Children children, uint32_t index) {
  return &nodes->pool[children.first + index];
}

const Child *nodes_field(const Nodes *nodes, Children children, uint16_t field) {
  for (uint32_t i = 0; i < children.count; i++)
    if (nodes_child(nodes, children, i)->field == field)
      return nodes_child(nodes, children, i);
  return NULL;
}

void nodes_release(Nodes *nodes, Children children) {
  (void)nodes, (void)children;
}

uint8_t nodes_kind(const Nodes *nodes, TSNode node) {
  TSSymbol symbol = ts_node_symbol(node);
  // The error symbol lies past the table.
  return symbol == (TSSymbol)-1 ? 0 : nodes->kinds[symbol];
}

Span nodes_span(TSNode node) {
  return (Span){ts_node_start_byte(node), ts_node_end_byte(node)};
}

const char *nodes_text(const Nodes *nodes, TSNode node, uint32_t *length) {
  Span span = nodes_span(node);
  *length = span.end - span.start;
  return nodes->bytes + span.start;
}

Symbol nodes_symbol(const Nodes *nodes, Symbols *symbols, TSNode node) {
  uint32_t length;
  const char *bytes = nodes_text(nodes, node, &length);
  return symbol_of(symbols, bytes, length);
}
