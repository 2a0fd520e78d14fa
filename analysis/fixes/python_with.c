#include "python_with.h"
#include "region.h"
#include <string.h>

static const char *const ITEMS[] = {"with_item", NULL};
static const char *const STATEMENTS[] = {"with_statement", NULL};

TSNode python_with_item(const FixRun *run, Span span) {
  TSNode item = syntax_node_enclosing(source_node(&run->source, span), ITEMS);
  bool own = !ts_node_is_null(python_with_statement(item)) && ts_node_start_byte(item) <= span.start &&
             span.end <= ts_node_end_byte(item);
  return own ? item : (TSNode){0};
}

TSNode python_with_statement(TSNode item) {
  return syntax_node_enclosing(item, STATEMENTS);
}

// `async with a, lock:`: the item goes with the comma beside it.
static bool remove_from_list(Edits *edits, TSNode item) {
  TSNode next = ts_node_next_named_sibling(item), before = ts_node_prev_named_sibling(item);
  if (syntax_node_is_one_of(next, ITEMS))
    edits_delete(edits, (Span){ts_node_start_byte(item), ts_node_start_byte(next)});
  else if (syntax_node_is_one_of(before, ITEMS))
    edits_delete(edits, (Span){ts_node_end_byte(before), ts_node_end_byte(item)});
  else
    return false;
  return true;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// The line of the `with` goes, but for a comment on it.
static void remove_head(const FixRun *run, Edits *edits, TSNode with, uint32_t colon) {
  const Source *source = &run->source;
  uint32_t start = ts_node_start_byte(with), rest = colon + 1;
  while (rest < source->length && is_blank(source->bytes[rest]))
    rest++;
  if (rest < source_line_end(source, colon))
    edits_delete(edits, (Span){start, rest});
  else
    edits_delete(edits, (Span){source_line_start(source, start), source_next_line(source, colon)});
}

uint32_t python_with_colon(TSNode with) {
  for (uint32_t i = 0; i < ts_node_child_count(with); i++)
    if (syntax_node_is(ts_node_child(with, i), ":"))
      return ts_node_start_byte(ts_node_child(with, i));
  return ts_node_end_byte(with);
}

bool python_with_remove(const FixRun *run, Edits *edits, TSNode item) {
  const Source *source = &run->source;
  TSNode with = python_with_statement(item), body = syntax_node_field(with, "body");
  if (ts_node_is_null(with) || ts_node_is_null(body))
    return false;
  if (ts_node_named_child_count(ts_node_parent(item)) > 1)
    return remove_from_list(edits, item);
  uint32_t start = ts_node_start_byte(with), colon = python_with_colon(with);
  TSNode first = syntax_node_child(body, 0);
  if (!source_starts_line(source, start))
    return false;
  if (!source_starts_line(source, ts_node_start_byte(first))) {
    edits_delete(edits, (Span){start, ts_node_start_byte(first)});
    return true;
  }
  remove_head(run, edits, with, colon);
  size_t outer = strlen(source_indent(source, run->arena, start));
  size_t inner = strlen(source_indent(source, run->arena, ts_node_start_byte(first)));
  Region region = {.first = first, .span = {source_next_line(source, colon), ts_node_end_byte(body)}};
  region_dedent(run, edits, &region, inner - outer);
  return true;
}
