#include "tree.h"
#include <string.h>

// A node whose children are being gathered.
typedef struct Open {
  uint32_t record;   // its own place among what waits
  uint32_t children; // where its children begin
} Open;

// Records wait here until the node around them is complete; then they move to the tree side by side.
typedef struct Gathering {
  Arena *arena;
  const Grammar *grammar;
  Tree *tree;
  ARRAY(NodeRecord) waiting;
  ARRAY(Open) open;
} Gathering;

static const bool CLOSED[KIND_COUNT] = {
    [KIND_TYPE] = true, [KIND_LEAF] = true, [KIND_STRING] = true, [KIND_REGEX] = true, [KIND_ABSTRACT_METHOD] = true,
};

// Adds the node under the cursor; false for one that is left out.
static bool add_node(Gathering *gathering, const TSTreeCursor *cursor) {
  TSNode node = ts_tree_cursor_current_node(cursor);
  TSSymbol symbol = ts_node_symbol(node);
  bool error = symbol == (TSSymbol)-1;
  uint8_t kind = error ? KIND_NONE : gathering->grammar->kinds[symbol];
  bool named = error || ts_node_is_named(node);
  if ((!named && !kind) || (!error && ts_node_is_extra(node)))
    return false;
  NodeRecord record = {.kind = kind,
                       .field = gathering->grammar->fields[ts_tree_cursor_current_field_id(cursor)],
                       .named = named,
                       .span = {ts_node_start_byte(node), ts_node_end_byte(node)}};
  array_push(gathering->arena, &gathering->waiting, record);
  return true;
}

static bool open_node(Gathering *gathering, TSTreeCursor *cursor) {
  uint32_t record = gathering->waiting.count - 1;
  if (CLOSED[gathering->waiting.items[record].kind] || !ts_tree_cursor_goto_first_child(cursor))
    return false;
  array_push(gathering->arena, &gathering->open, ((Open){record, record + 1}));
  return true;
}

static void close_node(Gathering *gathering) {
  Open open = gathering->open.items[--gathering->open.count];
  NodeRecord *record = &gathering->waiting.items[open.record];
  record->first = gathering->tree->nodes.count;
  record->count = gathering->waiting.count - open.children;
  for (uint32_t i = 0; i < record->count; i++)
    array_push(gathering->arena, &gathering->tree->nodes, gathering->waiting.items[open.children + i]);
  gathering->waiting.count = open.children;
}

static void gather(Gathering *gathering, TSTreeCursor *cursor) {
  bool inside = add_node(gathering, cursor) && open_node(gathering, cursor);
  while (inside) {
    if (add_node(gathering, cursor) && open_node(gathering, cursor))
      continue;
    while (inside && !ts_tree_cursor_goto_next_sibling(cursor)) {
      ts_tree_cursor_goto_parent(cursor);
      close_node(gathering);
      inside = gathering->open.count > 0;
    }
  }
}

Tree *tree_new(Arena *arena, const Syntax *syntax) {
  Tree *tree = ARENA_NEW(arena, Tree);
  tree->bytes = text_bytes(syntax_text(syntax));
  (void)array_add(arena, &tree->nodes);
  Gathering gathering = {.arena = arena, .grammar = grammar_of(syntax_language(syntax)), .tree = tree};
  TSTreeCursor cursor = ts_tree_cursor_new(syntax_root(syntax));
  gather(&gathering, &cursor);
  ts_tree_cursor_delete(&cursor);
  tree->root = tree->nodes.count;
  if (gathering.waiting.count)
    array_push(arena, &tree->nodes, gathering.waiting.items[0]);
  else
    tree->root = 0;
  return tree;
}

Node tree_field(const Tree *tree, Node node, Field field) {
  for (Node part = tree_first(tree, node); part < tree_end(tree, node); part++)
    if (tree_node(tree, part)->field == field)
      return part;
  return 0;
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

Symbol tree_symbol(const Tree *tree, Symbols *symbols, Node node) {
  Span span = tree_span(tree, node);
  return symbol_of(symbols, tree->bytes + span.start, span.end - span.start);
}

const char *tree_text(const Tree *tree, Node node, uint32_t *length) {
  Span span = tree_span(tree, node);
  *length = span.end - span.start;
  return tree->bytes + span.start;
}

bool tree_is(const Tree *tree, Node node, const char *text) {
  Span span = tree_span(tree, node);
  size_t length = strlen(text);
  return node && span.end - span.start == length && !memcmp(tree->bytes + span.start, text, length);
}
