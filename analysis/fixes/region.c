#include "region.h"
#include "statement.h"
#include <string.h>

static const char *const LOOPS[] = {"while_statement", "for_statement", "for_in_statement", "do_statement", NULL};
static const char *const STRINGS[] = {"string", "template_string", NULL};

// The statement of the list that holds the offset, or the nearest one behind it.
static TSNode statement_at(TSNode list, uint32_t at) {
  TSNode found = {0};
  for (uint32_t i = 0; i < ts_node_named_child_count(list); i++) {
    TSNode child = ts_node_named_child(list, i);
    if (syntax_node_is(child, "comment"))
      continue;
    found = child;
    if (ts_node_end_byte(child) > at)
      break;
  }
  return found;
}

static TSNode statement_beside(TSNode node, bool before) {
  do
    node = before ? ts_node_prev_named_sibling(node) : ts_node_next_named_sibling(node);
  while (syntax_node_is(node, "comment"));
  return node;
}

static bool share_line(const Source *source, uint32_t before, uint32_t behind) {
  return source_line_end(source, before) >= behind;
}

// `a = x; b = await f()`: what stands on the line is taken whole.
static void take_lines(const Source *source, Region *region) {
  for (TSNode node = statement_beside(region->first, true); !ts_node_is_null(node);
       node = statement_beside(node, true)) {
    if (!share_line(source, ts_node_end_byte(node), ts_node_start_byte(region->first)))
      break;
    region->first = node;
  }
  for (TSNode node = statement_beside(region->last, false); !ts_node_is_null(node);
       node = statement_beside(node, false)) {
    if (!share_line(source, ts_node_end_byte(region->last), ts_node_start_byte(node)))
      break;
    region->last = node;
  }
}

static bool finish(const FixRun *run, Region *region) {
  if (ts_node_is_null(region->first) || ts_node_is_null(region->last))
    return false;
  take_lines(&run->source, region);
  region->span = (Span){ts_node_start_byte(region->first), ts_node_end_byte(region->last)};
  region->function = syntax_node_function(region->list);
  region->inside_line = !source_starts_line(&run->source, region->span.start);
  return region->span.start < region->span.end;
}

bool region_of(const FixRun *run, FunctionId id, Span span, Region *region) {
  Span function = fix_function(run, id)->span;
  if (span.end <= span.start || !span_holds(function, span))
    return false;
  TSNode list = statement_list(source_node(&run->source, span));
  if (ts_node_is_null(list))
    return false;
  *region = (Region){.list = list, .first = statement_at(list, span.start), .last = statement_at(list, span.end - 1)};
  if (!finish(run, region))
    return false;
  bool module = fix_function(run, id)->flags & FUNCTION_MODULE;
  return module || (!ts_node_is_null(region->function) && span_holds(function, syntax_node_span(region->function)));
}

// The accesses lie in different turns of a loop when the source has them in another order than they happen.
static bool is_cyclic(const Candidate *candidate) {
  return candidate->second.end <= candidate->first.start || candidate->second.end <= candidate->suspension.start ||
         candidate->suspension.end <= candidate->first.start;
}

bool region_of_candidate(const FixRun *run, const Candidate *candidate, Region *region) {
  Span function = fix_function(run, candidate->origin)->span;
  Span span = span_join(candidate->first, candidate->second);
  // Of an access without a lock the suspension is in the code of another.
  bool split = candidate->first.start != candidate->second.start || candidate->first.end != candidate->second.end;
  if (split && span_holds(function, candidate->suspension)) {
    span = span_join(span, candidate->suspension);
    if (is_cyclic(candidate)) {
      TSNode loop = syntax_node_enclosing(source_node(&run->source, span), LOOPS);
      if (!ts_node_is_null(loop) && span_holds(function, syntax_node_span(loop)))
        span = syntax_node_span(loop);
    }
  }
  return region_of(run, candidate->origin, span, region);
}

void region_to_end(Region *region) {
  for (TSNode node = statement_beside(region->last, false); !ts_node_is_null(node);
       node = statement_beside(node, false))
    region->last = node;
  region->span.end = ts_node_end_byte(region->last);
}

bool region_outwards(const FixRun *run, Region *region) {
  TSNode outside = ts_node_parent(region->list);
  if (ts_node_is_null(outside) || ts_node_eq(outside, region->function))
    return false;
  TSNode list = statement_list(outside);
  if (ts_node_is_null(list))
    return false;
  TSNode statement = statement_at(list, region->span.start);
  *region = (Region){.list = list, .first = statement, .last = statement};
  return finish(run, region);
}

// The indentation behind the first line of the file that opens a block; NULL where there is none.
static const char *first_indent(const FixRun *run) {
  const Source *source = &run->source;
  char opening = source->python ? ':' : '{';
  for (uint32_t end = source_line_end(source, 0); end < source->length;) {
    uint32_t next = source_next_line(source, end);
    bool opens = end && source->bytes[end - 1] == opening && !*source_indent(source, run->arena, end - 1);
    const char *indent = opens ? source_indent(source, run->arena, next) : "";
    if (*indent)
      return indent;
    end = source_line_end(source, next);
  }
  return NULL;
}

const char *region_indent_unit(const FixRun *run, TSNode node) {
  const Source *source = &run->source;
  const char *inner = source_indent(source, run->arena, ts_node_start_byte(node));
  for (TSNode outside = ts_node_parent(node); !ts_node_is_null(outside); outside = ts_node_parent(outside)) {
    const char *outer = source_indent(source, run->arena, ts_node_start_byte(outside));
    size_t inner_length = strlen(inner), outer_length = strlen(outer);
    if (inner_length > outer_length && strncmp(inner, outer, outer_length) == 0)
      return inner + outer_length;
  }
  const char *first = first_indent(run);
  return first ? first : source->python ? "    " : "  ";
}

static bool starts_in_string(const Source *source, uint32_t at) {
  TSNode string = syntax_node_enclosing(source_node(source, (Span){at, at}), STRINGS);
  return !ts_node_is_null(string) && ts_node_start_byte(string) < at;
}

static bool is_deleted(const Edits *edits, uint32_t at) {
  for (uint32_t i = 0; i < edits->items.count; i++)
    if (edits->items.items[i].span.start <= at && at < edits->items.items[i].span.end)
      return true;
  return false;
}

void region_indent(const FixRun *run, Edits *edits, const Region *region, unsigned levels) {
  const Source *source = &run->source;
  const char *unit = region_indent_unit(run, region->first), *deeper = "";
  while (levels--)
    deeper = arena_printf(run->arena, "%s%s", deeper, unit);
  for (uint32_t line = source_line_start(source, region->span.start); line < region->span.end;
       line = source_next_line(source, line)) {
    if (source_line_end(source, line) == line || starts_in_string(source, line) || is_deleted(edits, line))
      continue;
    edits_insert(edits, line, "%s", deeper);
  }
}

void region_dedent(const FixRun *run, Edits *edits, const Region *region, size_t width) {
  const Source *source = &run->source;
  for (uint32_t line = source_line_start(source, region->span.start); line < region->span.end;
       line = source_next_line(source, line)) {
    size_t blanks = strlen(source_indent(source, run->arena, line));
    if (source_line_end(source, line) == line + blanks || starts_in_string(source, line) || is_deleted(edits, line))
      continue;
    edits_delete(edits, (Span){line, line + (uint32_t)(blanks < width ? blanks : width)});
  }
}
