#include "syntax.h"

#include "../base/arena.h"
#include "reading.h"
#include "tree_pool.h"
#include <stdlib.h>

// A place whose row is known. tree-sitter counts rows by "\n" alone, which is not how `Text` counts lines; counting
// from the place of the edit before makes the usual next keystroke cheap in a file of any size.
typedef struct Anchor {
  uint32_t offset, row;
} Anchor;

struct Syntax {
  Language language;
  Text *text;
  TSTree *tree;
  TreePool *pool; // that the tree lives in; NULL for none
  Anchor anchor;
  bool settled;
};

static bool parse_cancelled(TSParseState *state) {
  return cancel_raised(state->payload);
}

// NULL when cancelled, or for LANGUAGE_NONE.
static TSTree *parse(Language language, Text *text, const TSTree *old, Cancel *cancel) {
  const TSLanguage *grammar = language_grammar(language);
  if (!grammar || cancel_raised(cancel))
    return NULL;
  TSParser *parser = ts_parser_new();
  ts_parser_set_language(parser, grammar);
  Reading reading = reading_of(language, text);
  TSInput input = {.payload = &reading, .read = reading_read, .encoding = TSInputEncodingUTF8};
  TSParseOptions options = {.payload = cancel, .progress_callback = parse_cancelled};
  TSTree *tree = ts_parser_parse_with_options(parser, old, input, options);
  ts_parser_delete(parser);
  return tree;
}

// Takes over the tree, which lives in the pool; NULL for a NULL tree.
static Syntax *syntax_new(Language language, Text *text, TSTree *tree, TreePool *pool) {
  if (!tree)
    return NULL;
  Syntax *syntax = memory_alloc(sizeof *syntax);
  *syntax = (Syntax){.language = language, .text = text_ref(text), .tree = tree, .pool = tree_pool_ref(pool)};
  return syntax;
}

Syntax *syntax_parse(Language language, Text *text, Cancel *cancel) {
  TreePool *pool = tree_pool_new(), *before = tree_pool_enter(pool);
  Syntax *syntax = syntax_new(language, text, parse(language, text, NULL, cancel), pool);
  tree_pool_enter(before);
  tree_pool_unref(pool);
  if (syntax)
    syntax->settled = true;
  return syntax;
}

static uint32_t count_rows(const char *bytes, uint32_t start, uint32_t end) {
  uint32_t rows = 0;
  for (uint32_t i = start; i < end; i++)
    rows += bytes[i] == '\n';
  return rows;
}

// The column is in bytes.
static TSPoint point_at(const char *bytes, uint32_t offset, Anchor anchor) {
  uint32_t row = anchor.offset <= offset ? anchor.row + count_rows(bytes, anchor.offset, offset)
                                         : anchor.row - count_rows(bytes, offset, anchor.offset);
  uint32_t line = offset;
  while (line > 0 && bytes[line - 1] != '\n')
    line--;
  return (TSPoint){row, offset - line};
}

static Span span_clip(Span span, uint32_t length) {
  uint32_t end = span.end < length ? span.end : length;
  return (Span){span.start < end ? span.start : end, end};
}

static TSPoint point_behind(TSPoint start, const char *bytes, uint32_t length) {
  uint32_t rows = count_rows(bytes, 0, length), line = length;
  while (line > 0 && bytes[line - 1] != '\n')
    line--;
  return rows ? (TSPoint){start.row + rows, length - line} : (TSPoint){start.row, start.column + length};
}

// Tells the tree, of a text that begins with `old_bytes`, that the span became `length` bytes. The anchor moves there.
static void edit_tree(TSTree *tree, const char *old_bytes, Span replaced, const char *bytes, uint32_t length,
                      Anchor *anchor) {
  TSPoint start = point_at(old_bytes, replaced.start, *anchor);
  *anchor = (Anchor){replaced.start, start.row};
  TSInputEdit edit = {
      .start_byte = replaced.start,
      .old_end_byte = replaced.end,
      .new_end_byte = replaced.start + length,
      .start_point = start,
      .old_end_point = point_at(old_bytes, replaced.end, *anchor),
      .new_end_point = point_behind(start, bytes, length),
  };
  ts_tree_edit(tree, &edit);
}

// The tree of the text, in the pool of the old one. `base` is the old tree that was told of the edits, and is taken over.
static Syntax *parse_again(const Syntax *old, Text *text, TSTree *base, Anchor anchor, Cancel *cancel) {
  // How a word is read may change with what follows it, which a tree that is re-used does not see.
  bool fresh = reading_of(old->language, text).translates || reading_of(old->language, old->text).translates;
  TSTree *tree = parse(old->language, text, fresh ? NULL : base, cancel);
  ts_tree_delete(base);
  Syntax *syntax = syntax_new(old->language, text, tree, old->pool);
  if (!syntax)
    return NULL;
  syntax->anchor = anchor;
  syntax->settled = fresh || !ts_node_has_error(ts_tree_root_node(tree));
  return syntax;
}

Syntax *syntax_edit(const Syntax *old, Text *text, Span replaced, uint32_t length, Cancel *cancel) {
  replaced = span_clip(replaced, text_length(old->text));
  TreePool *before = tree_pool_enter(old->pool);
  TSTree *base = ts_tree_copy(old->tree);
  Anchor anchor = old->anchor;
  edit_tree(base, text_bytes(old->text), replaced, text_bytes(text) + replaced.start, length, &anchor);
  Syntax *syntax = parse_again(old, text, base, anchor, cancel);
  tree_pool_enter(before);
  return syntax;
}

static Syntax *edit_to(const Syntax *old, Text *text, const TextEdit **sorted, uint32_t count, Cancel *cancel) {
  TreePool *before = tree_pool_enter(old->pool);
  TSTree *base = ts_tree_copy(old->tree);
  Anchor anchor = old->anchor;
  // From the last on: those before stay where they are.
  for (uint32_t i = count; i-- > 0;)
    edit_tree(base, text_bytes(old->text), span_clip(sorted[i]->span, text_length(old->text)), sorted[i]->bytes,
              sorted[i]->length, &anchor);
  Syntax *syntax = parse_again(old, text, base, anchor, cancel);
  tree_pool_enter(before);
  return syntax;
}

Syntax *syntax_edit_all(const Syntax *old, const TextEdit *edits, uint32_t count, Cancel *cancel) {
  Text *text = text_edit_all(old->text, edits, count);
  if (!text)
    return NULL;
  const TextEdit **sorted = text_sort_edits(edits, count);
  Syntax *syntax = edit_to(old, text, sorted, count, cancel);
  free(sorted);
  if (syntax && !syntax->settled) {
    syntax_free(syntax);
    syntax = syntax_parse(old->language, text, cancel);
  }
  text_unref(text);
  return syntax;
}

bool syntax_is_settled(const Syntax *syntax) {
  return syntax->settled;
}

Syntax *syntax_ref(const Syntax *syntax) {
  TreePool *before = tree_pool_enter(syntax->pool);
  Syntax *other = syntax_new(syntax->language, syntax->text, ts_tree_copy(syntax->tree), syntax->pool);
  tree_pool_enter(before);
  other->anchor = syntax->anchor;
  other->settled = syntax->settled;
  return other;
}

void syntax_free(Syntax *syntax) {
  if (!syntax)
    return;
  if (!syntax->pool)
    ts_tree_delete(syntax->tree);
  tree_pool_unref(syntax->pool);
  text_unref(syntax->text);
  free(syntax);
}

Language syntax_language(const Syntax *syntax) {
  return syntax->language;
}

Text *syntax_text(const Syntax *syntax) {
  return syntax->text;
}

TSNode syntax_root(const Syntax *syntax) {
  return ts_tree_root_node(syntax->tree);
}
