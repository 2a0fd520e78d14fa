#include "bindings.h"
#include <string.h>

Symbol bindings_module_path(const Tree *tree, Symbols *symbols, Node string) {
  uint32_t length;
  const char *text = tree_text(tree, string, &length);
  if (length < 2)
    return 0;
  text++, length -= 2; // the quotes
  bool builtin = length > 5 && !memcmp(text, "node:", 5);
  return builtin ? symbol_of(symbols, text + 5, length - 5) : symbol_of(symbols, text, length);
}

// The path of `require('m')`.
static Symbol required_module(const Tree *tree, Symbols *symbols, Node call) {
  Node function = tree_field(tree, call, FIELD_FUNCTION);
  if (tree_kind(tree, function) != KIND_IDENTIFIER || !tree_is(tree, function, "require"))
    return 0;
  Node arguments = tree_field(tree, call, FIELD_ARGUMENTS), argument = tree_operand(tree, arguments);
  bool sole = tree_kind(tree, argument) == KIND_STRING && argument + 1 == tree_end(tree, arguments);
  return sole ? bindings_module_path(tree, symbols, argument) : 0;
}

Symbol bindings_require(const Tree *tree, Symbols *symbols, Node node) {
  if (tree_kind(tree, node) == KIND_CALL)
    return required_module(tree, symbols, node);
  if (tree_kind(tree, node) != KIND_MEMBER)
    return 0;
  Node object = tree_field(tree, node, FIELD_OBJECT), property = tree_field(tree, node, FIELD_PROPERTY);
  if (tree_kind(tree, object) != KIND_CALL || tree_kind(tree, property) != KIND_PROPERTY)
    return 0;
  Symbol path = required_module(tree, symbols, object);
  return path ? symbol_join(symbols, path, tree_symbol(tree, symbols, property)) : 0;
}
