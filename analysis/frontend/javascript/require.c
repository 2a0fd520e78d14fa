#include "bindings.h"
#include <string.h>

Symbol bindings_module_path(Nodes *nodes, Symbols *symbols, TSNode string) {
  uint32_t length;
  const char *text = nodes_text(nodes, string, &length);
  if (length < 2)
    return 0;
  text++, length -= 2; // the quotes
  bool builtin = length > 5 && !memcmp(text, "node:", 5);
  return builtin ? symbol_of(symbols, text + 5, length - 5) : symbol_of(symbols, text, length);
}

static bool starts_like_require(const Nodes *nodes, TSNode node) {
  uint32_t length;
  const char *text = nodes_text(nodes, node, &length);
  return length > 9 && !memcmp(text, "require", 7);
}

static TSNode child_of_field(Nodes *nodes, const Grammar *grammar, TSNode node, Field field) {
  Children parts = nodes_children(nodes, node);
  const Child *child = nodes_field(nodes, parts, grammar->field_ids[field]);
  TSNode found = child ? child->node : (TSNode){0};
  nodes_release(nodes, parts);
  return found;
}

static bool is_kind(const Nodes *nodes, TSNode node, Kind kind) {
  return !ts_node_is_null(node) && nodes_kind(nodes, node) == kind;
}

// The path of `require('m')`.
static Symbol required_module(Nodes *nodes, const Grammar *grammar, Symbols *symbols, TSNode call) {
  uint32_t length;
  TSNode function = child_of_field(nodes, grammar, call, FIELD_FUNCTION);
  if (!is_kind(nodes, function, KIND_IDENTIFIER) || (nodes_text(nodes, function, &length), length) != 7)
    return 0;
  TSNode arguments = child_of_field(nodes, grammar, call, FIELD_ARGUMENTS);
  if (!is_kind(nodes, arguments, KIND_ARGUMENTS) || ts_node_named_child_count(arguments) != 1)
    return 0;
  TSNode argument = ts_node_named_child(arguments, 0);
  return is_kind(nodes, argument, KIND_STRING) ? bindings_module_path(nodes, symbols, argument) : 0;
}

Symbol bindings_require(Nodes *nodes, const Grammar *grammar, Symbols *symbols, TSNode node) {
  if (!starts_like_require(nodes, node))
    return 0;
  if (is_kind(nodes, node, KIND_CALL))
    return required_module(nodes, grammar, symbols, node);
  if (!is_kind(nodes, node, KIND_MEMBER))
    return 0;
  TSNode object = child_of_field(nodes, grammar, node, FIELD_OBJECT);
  TSNode property = child_of_field(nodes, grammar, node, FIELD_PROPERTY);
  if (!is_kind(nodes, object, KIND_CALL) || !is_kind(nodes, property, KIND_PROPERTY))
    return 0;
  Symbol path = required_module(nodes, grammar, symbols, object);
  return path ? symbol_join(symbols, path, nodes_symbol(nodes, symbols, property)) : 0;
}
