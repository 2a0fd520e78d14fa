#include "bindings.h"
#include <string.h>

// The length of what stands before `ending`; 0 when the text does not end so.
static uint32_t length_before(const char *text, uint32_t length, const char *ending) {
  uint32_t ending_length = (uint32_t)strlen(ending);
  bool ends = length > ending_length && !memcmp(text + length - ending_length, ending, ending_length);
  return ends ? length - ending_length : 0;
}

// `fs/promises` is the `promises` of `fs`, however it is reached.
Symbol bindings_module_path(const Tree *tree, Symbols *symbols, Node string) {
  uint32_t length;
  const char *text = tree_text(tree, string, &length);
  if (length < 2)
    return 0;
  text++, length -= 2; // the quotes
  if (length > 5 && !memcmp(text, "node:", 5))
    text += 5, length -= 5;
  uint32_t parent = length_before(text, length, "/promises");
  if (!parent || *text == '.' || *text == '@')
    return symbol_of(symbols, text, length);
  return symbol_join(symbols, symbol_of(symbols, text, parent), symbol_of_string(symbols, "promises"));
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
