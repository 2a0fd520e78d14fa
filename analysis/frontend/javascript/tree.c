#include "tree.h"
#include <string.h>

// Whether a declaration that was read as one with `const` says `using` (syntax/reading.h).
static bool is_using(const Tree *tree, Span span) {
  const char *bytes = tree->bytes + span.start;
  uint32_t length = span.end - span.start;
  return length > 5 && (memcmp(bytes, "using", 5) == 0 || memcmp(bytes, "await", 5) == 0);
}

Tree *tree_new(const Syntax *syntax) {
  Tree *tree = nodes_new(syntax, &grammar_of(syntax_language(syntax))->table);
  for (uint32_t i = 0; i < tree->count; i++)
    if (tree->items[i].kind == KIND_LEXICAL_DECLARATION && is_using(tree, tree->items[i].span))
      tree->items[i].kind = KIND_USING_DECLARATION;
  return tree;
}

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
