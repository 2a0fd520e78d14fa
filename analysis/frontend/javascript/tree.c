#include "tree.h"
#include <string.h>

Node tree_operand(const Tree *tree, Node node) {
  for (Node part = tree_first(tree, node); part < tree_end(tree, node); part++)
    if (tree_node(tree, part)->named)
      return part;
  return 0;
}

Node tree_of_kind(const Tree *tree, Node node, Kind kind) {
  for (Node part = tree_first(tree, node); part < tree_end(tree, node); part++)
    if (tree_kind(tree, part) == kind)
      return part;
  return 0;
}

bool tree_is(const Tree *tree, Node node, const char *text) {
  Span span = tree_span(tree, node);
  size_t length = strlen(text);
  return node && span.end - span.start == length && !memcmp(tree->bytes + span.start, text, length);
}
