#include "spread.h"
#include "region.h"
#include "statement.h"
#include <stdlib.h>
#include <string.h>

// Lines that a machine wrote are left alone.
enum { SPREAD_LIMIT = 500 };

typedef struct Break {
  Span span;
  const char *text;
  bool chained; // of one line with the break before it
} Break;

typedef struct Spreading {
  const FixRun *run;
  ARRAY(Break) breaks;
} Spreading;

// --- how deep the statements of a list stand

typedef struct Depth {
  const char *indent; // of a line around them
  unsigned levels;    // deeper than that
} Depth;

static TSNode child_on_line_of_its_own(const Source *source, TSNode list) {
  TSNode none = {0};
  for (uint32_t i = 0; i < ts_node_named_child_count(list); i++)
    if (source_starts_line(source, ts_node_start_byte(ts_node_named_child(list, i))))
      return ts_node_named_child(list, i);
  return none;
}

static const char *indent_at(const FixRun *run, TSNode node) {
  return source_indent(&run->source, run->arena, ts_node_start_byte(node));
}

static Depth depth_of(const FixRun *run, TSNode list) {
  for (unsigned levels = 0;; levels++) {
    TSNode child = child_on_line_of_its_own(&run->source, list), head = ts_node_parent(list);
    if (!ts_node_is_null(child))
      return (Depth){indent_at(run, child), levels};
    TSNode around = statement_list(head);
    if (ts_node_is_null(around) ||
        source_starts_line(&run->source, ts_node_start_byte(statement_holding(around, head))))
      return (Depth){indent_at(run, head), levels + 1};
    list = around;
  }
}

static const char *line_break(const FixRun *run, TSNode list, Depth depth, unsigned levels) {
  const char *text = arena_printf(run->arena, "\n%s", depth.indent), *unit = region_indent_unit(run, list);
  while (levels--)
    text = arena_printf(run->arena, "%s%s", text, unit);
  return text;
}

// --- breaks

// The blanks in front of an offset, with the semicolons that Python has between statements.
static Span gap_before(const Source *source, uint32_t at) {
  uint32_t start = at;
  while (start && (source->bytes[start - 1] == ' ' || source->bytes[start - 1] == '\t' ||
                   (source->python && source->bytes[start - 1] == ';')))
    start--;
  return (Span){start, at};
}

static void spread_children(Spreading *spreading, TSNode list, Depth depth) {
  const FixRun *run = spreading->run;
  const char *text = line_break(run, list, depth, depth.levels);
  bool chained = false, any = false;
  for (uint32_t i = 0; i < ts_node_named_child_count(list); i++) {
    TSNode child = ts_node_named_child(list, i);
    if (syntax_node_is(child, "comment"))
      continue;
    bool alone = source_starts_line(&run->source, ts_node_start_byte(child));
    if (!alone)
      array_push(run->arena, &spreading->breaks,
                 ((Break){gap_before(&run->source, ts_node_start_byte(child)), text, chained}));
    chained = !alone;
    any = true;
  }
  uint32_t brace = ts_node_end_byte(list) - 1;
  if (any && syntax_node_is(list, "statement_block") && !source_starts_line(&run->source, brace)) {
    const char *outer = line_break(run, list, depth, depth.levels ? depth.levels - 1 : 0);
    if (!depth.levels)
      outer = arena_printf(run->arena, "\n%s", indent_at(run, ts_node_parent(list)));
    array_push(run->arena, &spreading->breaks, ((Break){gap_before(&run->source, brace), outer, chained}));
  }
}

static bool shares_a_line(const Source *source, TSNode list) {
  for (uint32_t i = 0; i < ts_node_named_child_count(list); i++) {
    TSNode child = ts_node_named_child(list, i);
    if (!syntax_node_is(child, "comment") && !source_starts_line(source, ts_node_start_byte(child)))
      return true;
  }
  return false;
}

static void spread_list(Spreading *spreading, TSNode list) {
  if (shares_a_line(&spreading->run->source, list))
    spread_children(spreading, list, depth_of(spreading->run, list));
}

static bool spread_below(TSNode node, void *context) {
  if (statement_is_list(node))
    spread_list(context, node);
  return true;
}

// The lists of the function around a place, and those around the function.
static void spread_around(Spreading *spreading, Span place) {
  TSNode node = source_node(&spreading->run->source, place), function = syntax_node_function(node);
  if (place.end <= place.start)
    return;
  if (!ts_node_is_null(function)) {
    syntax_node_walk(function, spread_below, spreading);
    node = ts_node_parent(function);
  }
  for (TSNode list = statement_list(node); !ts_node_is_null(list); list = statement_list(ts_node_parent(list)))
    spread_list(spreading, list);
}

// --- all of them, in order

static int compare_breaks(const void *left, const void *right) {
  const Break *a = left, *b = right;
  return a->span.start < b->span.start ? -1 : a->span.start > b->span.start;
}

// Several places may lie in one list.
static uint32_t without_repeated(Break *breaks, uint32_t count) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++)
    if (!i || breaks[i].span.start != breaks[kept - 1].span.start)
      breaks[kept++] = breaks[i];
  return kept;
}

static bool on_one_line(const Source *source, uint32_t start, uint32_t end) {
  return source_line_end(source, start) >= end;
}

static Spread spread_of(const FixRun *run, const Break *breaks, uint32_t count) {
  TextEdit *edits = ARENA_ARRAY(run->arena, TextEdit, count);
  uint32_t *groups = ARENA_ARRAY(run->arena, uint32_t, count), group = 0;
  for (uint32_t i = 0; i < count; i++) {
    const char *newline = run->source.newline;
    const char *text = arena_printf(run->arena, "%s%s", newline, breaks[i].text + 1);
    edits[i] = (TextEdit){breaks[i].span, text, (uint32_t)strlen(text)};
    if (i && !breaks[i].chained && !on_one_line(&run->source, breaks[i - 1].span.start, breaks[i].span.start))
      group++;
    groups[i] = group;
  }
  return (Spread){edits, groups, count};
}

Spread spread_lines(const FixRun *run) {
  Spreading spreading = {.run = run};
  const Finding *finding = &run->report->finding;
  const Candidate *candidate = &run->report->candidate;
  spread_around(&spreading, finding->span);
  spread_around(&spreading, candidate->first);
  spread_around(&spreading, candidate->suspension);
  spread_around(&spreading, candidate->second);
  for (uint32_t i = 0; i < finding->related_count; i++)
    spread_around(&spreading, finding->related[i].span);
  Break *breaks = spreading.breaks.items;
  if (!spreading.breaks.count)
    return (Spread){0};
  qsort(breaks, spreading.breaks.count, sizeof *breaks, compare_breaks);
  uint32_t count = without_repeated(breaks, spreading.breaks.count);
  return count <= SPREAD_LIMIT ? spread_of(run, breaks, count) : (Spread){0};
}
