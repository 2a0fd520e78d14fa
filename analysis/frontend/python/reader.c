#include "reader.h"

TSNode named_of(const Nodes *nodes, Children children, uint32_t index) {
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(nodes, children, i);
    if (child->named && index-- == 0)
      return child->node;
  }
  return no_node();
}

TSNode kind_child(const Nodes *nodes, Children children, Kind kind) {
  for (uint32_t i = 0; i < children.count; i++)
    if (nodes_child(nodes, children, i)->kind == kind)
      return nodes_child(nodes, children, i)->node;
  return no_node();
}

bool has_kind(const Nodes *nodes, Children children, Kind kind) {
  return is_node(kind_child(nodes, children, kind));
}

TSNode node_field(Nodes *nodes, TSNode node, Field field) {
  Children children = children_of(nodes, node);
  TSNode found = field_of(nodes, children, field);
  nodes_release(nodes, children);
  return found;
}

TSNode node_named(Nodes *nodes, TSNode node, uint32_t index) {
  Children children = children_of(nodes, node);
  TSNode found = named_of(nodes, children, index);
  nodes_release(nodes, children);
  return found;
}

uint32_t node_named_count(Nodes *nodes, TSNode node) {
  Children children = children_of(nodes, node);
  uint32_t count = 0;
  for (uint32_t i = 0; i < children.count; i++)
    count += nodes_child(nodes, children, i)->named;
  nodes_release(nodes, children);
  return count;
}

TSNode node_last_named(Nodes *nodes, TSNode node) {
  Children children = children_of(nodes, node);
  TSNode found = no_node();
  for (uint32_t i = children.count; i-- > 0 && !is_node(found);)
    if (nodes_child(nodes, children, i)->named)
      found = nodes_child(nodes, children, i)->node;
  nodes_release(nodes, children);
  return found;
}

TSNode node_unwrapped(Nodes *nodes, TSNode node) {
  while (kind_of(nodes, node) == KIND_PARENTHESIZED_EXPRESSION) {
    TSNode inner = node_named(nodes, node, 0);
    if (!is_node(inner))
      break;
    node = inner;
  }
  return node;
}

Symbol dotted_symbol(Nodes *nodes, Symbols *symbols, TSNode node) {
  Children children = children_of(nodes, node);
  Symbol symbol = 0;
  for (uint32_t i = 0; i < children.count; i++)
    if (nodes_child(nodes, children, i)->kind == KIND_IDENTIFIER)
      symbol = symbol_join(symbols, symbol, nodes_symbol(nodes, symbols, nodes_child(nodes, children, i)->node));
  nodes_release(nodes, children);
  return symbol;
}

bool string_may_interpolate(const char *text, uint32_t length) {
  for (uint32_t i = 0; i < length && text[i] != '"' && text[i] != '\''; i++)
    if ((text[i] | 0x20) == 'f' || (text[i] | 0x20) == 't')
      return true;
  return false;
}

static bool has_escapes(Nodes *nodes, TSNode content) {
  Children children = nodes_children(nodes, content);
  nodes_release(nodes, children);
  return children.count > 0;
}

bool string_contents(Nodes *nodes, TSNode string, Span *contents) {
  Children children = children_of(nodes, string);
  bool plain = children.count >= 2;
  Span span = nodes_span(string);
  for (uint32_t i = 0; i < children.count && plain; i++) {
    const Child *child = nodes_child(nodes, children, i);
    TSNode node = child->node;
    if (child->kind == KIND_STRING_START)
      span.start = span.end = nodes_span(node).end;
    else if (child->kind == KIND_STRING_CONTENT)
      span.end = nodes_span(node).end, plain = !has_escapes(nodes, node);
    else
      plain = child->kind == KIND_STRING_END;
  }
  nodes_release(nodes, children);
  *contents = span;
  return plain;
}
