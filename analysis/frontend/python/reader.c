#include "reader.h"

Node named_of(const Nodes *nodes, Children children, uint32_t index) {
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(nodes, children, i);
    if (child->named && index-- == 0)
      return child->node;
  }
  return 0;
}

Node kind_child(const Nodes *nodes, Children children, Kind kind) {
  for (uint32_t i = 0; i < children.count; i++)
    if (nodes_child(nodes, children, i)->kind == kind)
      return nodes_child(nodes, children, i)->node;
  return 0;
}

Node node_field(const Nodes *nodes, Node node, Field field) {
  return nodes_field(nodes, nodes_children(nodes, node), field);
}

Node node_named(const Nodes *nodes, Node node, uint32_t index) {
  return named_of(nodes, nodes_children(nodes, node), index);
}

uint32_t node_named_count(const Nodes *nodes, Node node) {
  Children children = nodes_children(nodes, node);
  uint32_t count = 0;
  for (uint32_t i = 0; i < children.count; i++)
    count += nodes_child(nodes, children, i)->named;
  return count;
}

Node node_last_named(const Nodes *nodes, Node node) {
  Children children = nodes_children(nodes, node);
  for (uint32_t i = children.count; i-- > 0;)
    if (nodes_child(nodes, children, i)->named)
      return nodes_child(nodes, children, i)->node;
  return 0;
}

Node node_unwrapped(const Nodes *nodes, Node node) {
  while (kind_of(nodes, node) == KIND_PARENTHESIZED_EXPRESSION && node_named(nodes, node, 0))
    node = node_named(nodes, node, 0);
  return node;
}

Symbol dotted_symbol(const Nodes *nodes, Symbols *symbols, Node node) {
  Children children = nodes_children(nodes, node);
  Symbol symbol = 0;
  for (uint32_t i = 0; i < children.count; i++)
    if (nodes_child(nodes, children, i)->kind == KIND_IDENTIFIER)
      symbol = symbol_join(symbols, symbol, nodes_symbol(nodes, symbols, nodes_child(nodes, children, i)->node));
  return symbol;
}

// The quote of a string literal and how often it stands there, once or three times.
typedef struct Quotes {
  char quote;
  uint32_t count;
} Quotes;

static Quotes read_quotes(const char *text, uint32_t length) {
  if (!length || (text[0] != '"' && text[0] != '\''))
    return (Quotes){0, 0};
  bool triple = length >= 6 && text[1] == text[0] && text[2] == text[0];
  return (Quotes){text[0], triple ? 3 : 1};
}

static bool is_plain(const char *text, uint32_t length, bool raw, bool formatted) {
  for (uint32_t i = 0; i < length; i++)
    if ((text[i] == '\\' && !raw) || (formatted && (text[i] == '{' || text[i] == '}')))
      return false;
  return true;
}

bool string_contents(const Nodes *nodes, Node string, Span *contents) {
  if (kind_of(nodes, string) != KIND_STRING)
    return false;
  uint32_t length, start = 0;
  const char *text = nodes_text(nodes, string, &length);
  bool raw = false, formatted = string_is_formatted(text, length);
  for (; start < length && text[start] != '"' && text[start] != '\''; start++)
    raw |= (text[start] | 0x20) == 'r';
  Quotes quotes = read_quotes(text + start, length - start);
  start += quotes.count;
  if (!quotes.count || length < start + quotes.count || text[length - 1] != quotes.quote)
    return false;
  uint32_t end = length - quotes.count, offset = nodes_span(nodes, string).start;
  *contents = (Span){offset + start, offset + end};
  return is_plain(text + start, end - start, raw, formatted);
}
