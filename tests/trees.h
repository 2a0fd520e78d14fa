// Comparing syntax trees, for the tests and the fuzzers.
#ifndef RACEWISE_TESTS_TREES_H
#define RACEWISE_TESTS_TREES_H

#include "syntax/syntax.h"

// To the next node in pre-order; false behind the last.
static inline bool next_node(TSTreeCursor *cursor) {
  if (ts_tree_cursor_goto_first_child(cursor))
    return true;
  while (!ts_tree_cursor_goto_next_sibling(cursor)) {
    if (!ts_tree_cursor_goto_parent(cursor))
      return false;
  }
  return true;
}

static inline bool same_node(TSNode a, TSNode b) {
  TSPoint a_end = ts_node_end_point(a), b_end = ts_node_end_point(b);
  return ts_node_symbol(a) == ts_node_symbol(b) && ts_node_start_byte(a) == ts_node_start_byte(b) &&
         ts_node_end_byte(a) == ts_node_end_byte(b) && a_end.row == b_end.row && a_end.column == b_end.column &&
         ts_node_is_missing(a) == ts_node_is_missing(b);
}

// The same nodes at the same bytes and points.
static inline bool same_tree(const Syntax *a, const Syntax *b) {
  TSTreeCursor left = ts_tree_cursor_new(syntax_root(a)), right = ts_tree_cursor_new(syntax_root(b));
  bool same, more;
  do {
    same = same_node(ts_tree_cursor_current_node(&left), ts_tree_cursor_current_node(&right));
    more = next_node(&left);
    same = next_node(&right) == more && same;
  } while (same && more);
  ts_tree_cursor_delete(&left);
  ts_tree_cursor_delete(&right);
  return same;
}

#endif
