#include "walk.h"
#include "../base/arena.h"
#include <language.h> // of tree-sitter's core, as is the next
#include <stdlib.h>
#include <subtree.h>

// A subtree whose children are being walked.
typedef struct Level {
  const Subtree *children;
  uint32_t next, count;
  uint32_t structural;     // children before the next that are no extras
  const TSSymbol *aliases; // by structural child; may be NULL
  const TSFieldMapEntry *fields, *fields_end;
  TSFieldId field; // that a hidden subtree has, and with it those of its children that have none; else 0
  bool shows;
} Level;

typedef struct Walk {
  const TSLanguage *language;
  WalkVisitor visitor;
  uint32_t offset; // where the last subtree ended
  Level *levels;
  uint32_t depth, capacity;
} Walk;

static void descend(Walk *walk, Subtree subtree, TSFieldId field, bool shows) {
  if (walk->depth == walk->capacity) {
    walk->capacity = walk->capacity ? walk->capacity * 2 : 64;
    walk->levels = memory_resize(walk->levels, walk->capacity * sizeof *walk->levels);
  }
  Level *level = &walk->levels[walk->depth++];
  *level = (Level){.children = ts_subtree_children(subtree),
                   .count = ts_subtree_child_count(subtree),
                   .aliases = ts_language_alias_sequence(walk->language, ts_subtree_production_id(subtree)),
                   .field = shows ? 0 : field,
                   .shows = shows};
  ts_language_field_map(walk->language, ts_subtree_production_id(subtree), &level->fields, &level->fields_end);
}

static TSFieldId field_of(const Level *level, uint32_t structural) {
  for (const TSFieldMapEntry *entry = level->fields; entry < level->fields_end; entry++)
    if (!entry->inherited && entry->child_index == structural)
      return entry->field_id;
  return level->field;
}

static bool enter(Walk *walk, Subtree subtree, TSSymbol alias, TSFieldId field, uint32_t start) {
  TSSymbol symbol = alias ? alias : ts_subtree_symbol(subtree);
  WalkNode node = {
      .symbol = symbol == ts_builtin_sym_error ? symbol : walk->language->public_symbol_map[symbol],
      .field = field,
      .named = alias ? walk->language->symbol_metadata[alias].named : ts_subtree_named(subtree),
      .extra = ts_subtree_extra(subtree),
      .has_children = ts_subtree_visible_child_count(subtree) > 0,
      .span = {start, start + ts_subtree_size(subtree).bytes},
  };
  return walk->visitor.enter(walk->visitor.context, &node) && node.has_children;
}

static void walk_child(Walk *walk) {
  Level *level = &walk->levels[walk->depth - 1];
  Subtree child = level->children[level->next];
  bool extra = ts_subtree_extra(child);
  TSSymbol alias = level->aliases && !extra ? level->aliases[level->structural] : 0;
  TSFieldId field = extra ? 0 : field_of(level, level->structural);
  // What stands before the first child stands before the subtree.
  uint32_t start = walk->offset + (level->next > 0 ? ts_subtree_padding(child).bytes : 0);
  level->next++;
  level->structural += !extra;
  bool shows = ts_subtree_visible(child) || alias;
  walk->offset = start;
  if (shows ? enter(walk, child, alias, field, start) : ts_subtree_visible_child_count(child) > 0)
    descend(walk, child, field, shows);
  else
    walk->offset = start + ts_subtree_size(child).bytes;
}

static void ascend(Walk *walk) {
  if (walk->levels[--walk->depth].shows)
    walk->visitor.leave(walk->visitor.context);
}

void syntax_walk(const Syntax *syntax, WalkVisitor visitor) {
  TSNode root = syntax_root(syntax);
  Subtree subtree = *(const Subtree *)root.id;
  Walk walk = {
      .language = language_grammar(syntax_language(syntax)), .visitor = visitor, .offset = ts_node_start_byte(root)};
  if (enter(&walk, subtree, 0, 0, walk.offset))
    descend(&walk, subtree, 0, true);
  while (walk.depth > 0)
    if (walk.levels[walk.depth - 1].next < walk.levels[walk.depth - 1].count)
      walk_child(&walk);
    else
      ascend(&walk);
  free(walk.levels);
}
