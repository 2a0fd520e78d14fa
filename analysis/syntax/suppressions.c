#define _GNU_SOURCE // memmem
#include "suppressions.h"

#include "../base/array.h"
#include "directive.h"
#include <string.h>

static const char *const BLOCKS[] = {
    "block", "statement_block", "class_body", "switch_body", "interface_body", "enum_body", NULL,
};
// What holds statements and may start where the first of them does.
static const char *const CONTAINERS[] = {"module", "program", "block", "statement_block", "class_body", NULL};

static bool is_one_of(TSNode node, const char *const *types) {
  for (; *types; types++)
    if (!strcmp(ts_node_type(node), *types))
      return true;
  return false;
}

static bool is_type(TSNode node, const char *type) {
  return !strcmp(ts_node_type(node), type);
}

static Span span_of(TSNode node) {
  return (Span){ts_node_start_byte(node), ts_node_end_byte(node)};
}

static Span line_at(const Text *text, uint32_t offset) {
  return text_line(text, text_position(text, offset, TEXT_UTF8).line);
}

// --- comments

// The comment that holds this byte; empty for none.
static Span comment_at(TSNode root, uint32_t offset) {
  TSNode node = ts_node_descendant_for_byte_range(root, offset, offset + 1);
  return is_type(node, "comment") || is_type(node, "html_comment") ? span_of(node) : (Span){0};
}

// JSX has comments only in braces: what stands alone is then the braces. Empty for no comment.
static Span place_at(TSNode root, uint32_t offset) {
  TSNode node = ts_node_descendant_for_byte_range(root, offset, offset + 1);
  TSNode parent = ts_node_parent(node);
  bool braces = !ts_node_is_null(parent) && is_type(parent, "jsx_expression") &&
                ts_node_named_child_count(parent) == 1 && is_type(ts_node_named_child(parent, 0), "comment");
  return braces ? span_of(parent) : comment_at(root, offset);
}

static bool is_blank(const Text *text, uint32_t start, uint32_t end) {
  for (; start < end; start++)
    if (!strchr(" \t\f", text_bytes(text)[start]))
      return false;
  return true;
}

// --- what a place belongs to

// The first statement, expression or clause, outermost first, that starts at this byte; null for none.
static TSNode outermost_at(TSNode root, uint32_t offset) {
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  TSNode found = {0};
  while (!found.id && ts_tree_cursor_goto_first_child_for_byte(&cursor, offset) >= 0) {
    TSNode node = ts_tree_cursor_current_node(&cursor);
    if (ts_node_start_byte(node) == offset && !is_one_of(node, CONTAINERS))
      found = node;
  }
  ts_tree_cursor_delete(&cursor);
  return found;
}

// The statement around this byte, or what a decorator around it belongs to.
typedef struct Around {
  TSNode statement, decorated; // null for none
} Around;

static Around around(TSNode root, uint32_t offset) {
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  Around found = {0};
  TSNode parent = root;
  while (ts_tree_cursor_goto_first_child_for_byte(&cursor, offset) >= 0) {
    TSNode node = ts_tree_cursor_current_node(&cursor);
    bool contained = is_one_of(parent, CONTAINERS);
    if (contained && !is_one_of(node, CONTAINERS))
      found = (Around){.statement = node};
    if (is_type(node, "decorator"))
      found.decorated = contained ? node : parent;
    parent = node;
  }
  ts_tree_cursor_delete(&cursor);
  return found;
}

// Goes on to the node behind all that is below this one. False at the end of the cursor's tree.
static bool goto_behind(TSTreeCursor *cursor) {
  while (!ts_tree_cursor_goto_next_sibling(cursor))
    if (!ts_tree_cursor_goto_parent(cursor))
      return false;
  return true;
}

// Where the first block in a node starts; the node's end where there is none.
static uint32_t first_block(TSNode node) {
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  uint32_t end = ts_node_end_byte(node);
  bool more = true, found = false;
  while (more && !found) {
    TSNode current = ts_tree_cursor_current_node(&cursor);
    found = is_one_of(current, BLOCKS);
    if (found)
      end = ts_node_start_byte(current);
    else
      more = ts_tree_cursor_goto_first_child(&cursor) || goto_behind(&cursor);
  }
  ts_tree_cursor_delete(&cursor);
  return end;
}

// A statement without its blocks; of a decorator that stands beside what it decorates, all of both.
static Span region_of(TSNode node) {
  TSNode last = node;
  while (!ts_node_is_null(last) && (is_type(last, "decorator") || is_type(last, "comment")))
    last = ts_node_next_named_sibling(last);
  if (ts_node_is_null(last))
    last = node;
  return (Span){ts_node_start_byte(node), first_block(last)};
}

// --- what a suppression covers

// The next byte of code, where at most other comments stand before it; false where a blank line or nothing does.
static bool next_code(const Syntax *syntax, uint32_t from, uint32_t *offset) {
  const Text *text = syntax_text(syntax);
  uint32_t at = from, line = text_position(text, from, TEXT_UTF8).line;
  for (Span comment = {0};; at = comment.end) {
    while (at < text_length(text) && strchr(" \t\f\r\n", text_bytes(text)[at]))
      at++;
    uint32_t here = text_position(text, at, TEXT_UTF8).line;
    if (at == text_length(text) || here > line + 1)
      return false;
    *offset = at;
    comment = place_at(syntax_root(syntax), at);
    if (comment.start == comment.end)
      return true;
    line = text_position(text, comment.end, TEXT_UTF8).line;
  }
}

static Span covers_next(const Syntax *syntax, Span place) {
  uint32_t offset;
  if (!next_code(syntax, place.end, &offset))
    return (Span){0};
  Span line = line_at(syntax_text(syntax), offset);
  TSNode node = outermost_at(syntax_root(syntax), offset);
  return ts_node_is_null(node) ? line : span_join(line, region_of(node));
}

// The last byte of code before the place on its line.
static uint32_t code_before(const Text *text, Span line, Span place) {
  uint32_t at = place.start;
  while (at > line.start && is_blank(text, at - 1, at))
    at--;
  return at > line.start ? at - 1 : line.start;
}

static Span covers_line(const Syntax *syntax, Span line, Span place) {
  const Text *text = syntax_text(syntax);
  Around found = around(syntax_root(syntax), code_before(text, line, place));
  if (!ts_node_is_null(found.decorated))
    return span_join(line, region_of(found.decorated));
  if (ts_node_is_null(found.statement))
    return line;
  Span statement = span_of(found.statement);
  bool ends_here =
      statement.end > line.start && statement.end <= line.end && first_block(found.statement) == statement.end;
  return ends_here ? span_join(line, statement) : line;
}

static Span coverage(const Syntax *syntax, Span comment) {
  const Text *text = syntax_text(syntax);
  Span place = place_at(syntax_root(syntax), comment.start);
  Span first = line_at(text, place.start), last = line_at(text, place.end);
  bool alone = is_blank(text, first.start, place.start) && is_blank(text, place.end, last.end);
  return alone ? covers_next(syntax, place) : covers_line(syntax, first, place);
}

// Where the first statement starts, docstrings and directives like "use strict" left out.
static uint32_t first_statement(const Syntax *syntax) {
  TSTreeCursor cursor = ts_tree_cursor_new(syntax_root(syntax));
  uint32_t start = text_length(syntax_text(syntax));
  bool more = ts_tree_cursor_goto_first_child(&cursor), found = false;
  while (more && !found) {
    TSNode node = ts_tree_cursor_current_node(&cursor);
    bool text = is_type(node, "expression_statement") && ts_node_named_child_count(node) == 1 &&
                is_type(ts_node_named_child(node, 0), "string");
    found = !text && !is_type(node, "comment") && !is_type(node, "html_comment") && !is_type(node, "hash_bang_line");
    if (found)
      start = ts_node_start_byte(node);
    more = ts_tree_cursor_goto_next_sibling(&cursor);
  }
  ts_tree_cursor_delete(&cursor);
  return start;
}

static void place_suppression(const Syntax *syntax, Span comment, uint32_t top, Suppression *suppression) {
  if (suppression->whole_file) {
    suppression->covers = (Span){0, UINT32_MAX};
    if (!suppression->fault && suppression->span.start > top)
      suppression->fault = SUPPRESSION_TOO_LATE;
  } else {
    suppression->covers = coverage(syntax, comment);
  }
}

Suppressions suppressions_read(const Syntax *syntax, Arena *arena) {
  const Text *text = syntax_text(syntax);
  const char *bytes = text_bytes(text), *end = bytes + text_length(text), *at = bytes;
  ARRAY(Suppression) found = {0};
  uint32_t top = UINT32_MAX;
  while ((at = memmem(at, (size_t)(end - at), DIRECTIVE_MARK, strlen(DIRECTIVE_MARK)))) {
    uint32_t offset = (uint32_t)(at - bytes);
    Span comment = comment_at(syntax_root(syntax), offset);
    Suppression suppression;
    if (top == UINT32_MAX)
      top = first_statement(syntax);
    if (comment.start < comment.end && directive_read(text, comment, offset, arena, &suppression)) {
      place_suppression(syntax, comment, top, &suppression);
      array_push(arena, &found, suppression);
    }
    at += strlen(DIRECTIVE_MARK);
  }
  return (Suppressions){found.items, found.count};
}
