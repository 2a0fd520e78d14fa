#include "nodes.h"
#include "../base/array.h"
#include <string.h>

struct Nodes {
  Arena *arena;
  const Syntax *syntax;
  const char *bytes;
  const uint8_t *kinds;
  TSTreeCursor cursor;
  ARRAY(Child) stack;
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
        if (type != (named ? TSSymbolTypeRegular : TSSymbolTypeAnonymous)) continue;
        if (strcmp(ts_language_symbol_name(grammar, (TSSymbol)symbol), rows[row].name) != 0) continue;
        kinds[symbol] = rows[row].kind;
        found = true;
      }
    if (!found && !missing) missing = &rows[row];
  }
  return missing;
}

Nodes *nodes_new(Arena *arena, const Syntax *syntax, const uint8_t *kinds) {
  Nodes *nodes = ARENA_NEW(arena, Nodes);
  nodes->arena = arena, nodes->syntax = syntax, nodes->kinds = kinds;
  nodes->bytes = text_bytes(syntax_text(syntax));
  nodes->cursor = ts_tree_cursor_new(syntax_root(syntax));
  return nodes;
}

void nodes_done(Nodes *nodes) {
  ts_tree_cursor_delete(&nodes->cursor);
}

Children nodes_children(Nodes *nodes, TSNode node) {
  Children children = {.first = nodes->stack.count};
  ts_tree_cursor_reset(&nodes->cursor, node);
  if (!ts_tree_cursor_goto_first_child(&nodes->cursor)) return children;
  do {
    TSNode child = ts_tree_cursor_current_node(&nodes->cursor);
    if (ts_node_is_extra(child) && !ts_node_is_error(child)) continue;
    array_push(nodes->arena, &nodes->stack,
               ((Child){.node = child,
                        .field = ts_tree_cursor_current_field_id(&nodes->cursor),
                        .kind = nodes_kind(nodes, child),
                        .named = ts_node_is_named(child)}));
  } while (ts_tree_cursor_goto_next_sibling(&nodes->cursor));
  children.count = nodes->stack.count - children.first;
  return children;
}

const Child *nodes_child(const Nodes *nodes, Children children, uint32_t index) {
  return &nodes->stack.items[children.first + index];
}

const Child *nodes_field(const Nodes *nodes, Children children, uint16_t field) {
  for (uint32_t i = 0; i < children.count; i++)
    if (nodes_child(nodes, children, i)->field == field) return nodes_child(nodes, children, i);
  return NULL;
}

void nodes_release(Nodes *nodes, Children children) {
  if (children.count) nodes->stack.count = children.first;
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
