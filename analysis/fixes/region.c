#include "region.h"
#include <string.h>

static const char *const LISTS[] = {"block", "module", "statement_block", "program", NULL};
static const char *const STRINGS[] = {"string", "template_string", "concatenated_string", NULL};

// The child of the list that holds the offset, or the nearest one behind it.
static TSNode child_at(TSNode list, uint32_t at) {
  for (uint32_t i = 0; i < ts_node_named_child_count(list); i++) {
    TSNode child = ts_node_named_child(list, i);
    if (ts_node_end_byte(child) > at && !syntax_node_is(child, "comment")) return child;
  }
  return ts_node_named_child(list, 0);
}

bool region_of(const Source *source, Span span, Region *region) {
  TSNode node = syntax_node_enclosing(source_node(source, span), LISTS);
  if (ts_node_is_null(node)) return false;
  region->list = node;
  region->first = child_at(node, span.start);
  region->last = child_at(node, span.end ? span.end - 1 : 0);
  region->span = (Span){ts_node_start_byte(region->first), ts_node_end_byte(region->last)};
  return source_starts_line(source, region->span.start) && region->span.start < region->span.end;
}

Region region_to_end(Region region) {
  for (uint32_t i = ts_node_named_child_count(region.list); i-- > 0;) {
    TSNode child = ts_node_named_child(region.list, i);
    if (syntax_node_is(child, "comment")) continue;
    region.last = child;
    region.span.end = ts_node_end_byte(child);
    break;
  }
  return region;
}

const char *region_indent_unit(const Source *source, Arena *arena, const Region *region) {
  const char *inner = source_indent(source, arena, region->span.start);
  TSNode outside = ts_node_parent(region->list);
  const char *outer =
    ts_node_is_null(outside) ? "" : source_indent(source, arena, ts_node_start_byte(outside));
  size_t inner_length = strlen(inner), outer_length = strlen(outer);
  if (inner_length > outer_length && strncmp(inner, outer, outer_length) == 0) return inner + outer_length;
  return source->python ? "    " : "  ";
}

static bool starts_in_string(const Source *source, uint32_t at) {
  TSNode string = syntax_node_enclosing(source_node(source, (Span){at, at}), STRINGS);
  return !ts_node_is_null(string) && ts_node_start_byte(string) < at;
}

void region_indent(const Source *source, Edits *edits, const Region *region, const char *unit) {
  for (uint32_t line = source_line_start(source, region->span.start); line < region->span.end;
       line = source_next_line(source, line)) {
    if (source_line_end(source, line) == line || starts_in_string(source, line)) continue;
    edits_insert(edits, line, "%s", unit);
  }
}
