// What is emptied, and refilled across an await, is built in a local and put in place at the end.
#include "collection.h"
#include "hoist.h"
#include "python_insert.h"
#include "region.h"
#include <string.h>

typedef struct Torn {
  TSNode clear;     // the statement that empties it
  TSNode refill;    // the statement beside it that refills it
  const char *name; // as the source writes it: "self.routes"
  bool assigned;    // emptied by giving it a new object, not by `clear()`
  const char *made; // the new object of the source
} Torn;

static const char *text_of(const FixRun *run, TSNode node) {
  return source_copy(&run->source, run->arena, syntax_node_span(node));
}

// `routes.clear()`, `routes = []`
static bool find_clear(const FixRun *run, Torn *torn) {
  static const char *const STATEMENTS[] = {"expression_statement", NULL};
  torn->clear = syntax_node_enclosing(source_node(&run->source, run->report->candidate.first), STATEMENTS);
  TSNode expression = syntax_node_child(torn->clear, 0), called = syntax_node_field(expression, "function");
  if (syntax_node_is(expression, "assignment")) {
    TSNode left = syntax_node_field(expression, "left"), right = syntax_node_field(expression, "right");
    if (ts_node_is_null(right))
      return false;
    torn->assigned = true;
    torn->name = text_of(run, left);
    torn->made = text_of(run, right);
    return true;
  }
  if (!syntax_node_is(called, "attribute") ||
      !source_equals(&run->source, syntax_node_span(syntax_node_field(called, "attribute")), "clear"))
    return false;
  torn->name = text_of(run, syntax_node_field(called, "object"));
  return true;
}

// The statement of the same list that holds the span; a null node where none does.
static TSNode beside(TSNode statement, Span span) {
  for (; !ts_node_is_null(statement); statement = ts_node_next_named_sibling(statement))
    if (span_holds(syntax_node_span(statement), span))
      break;
  return statement;
}

static bool find(const FixRun *run, Torn *torn) {
  *torn = (Torn){0};
  if (!find_clear(run, torn) || !python_stands_alone(&run->source, torn->clear))
    return false;
  torn->refill = beside(torn->clear, run->report->candidate.second);
  return !ts_node_is_null(torn->refill) && python_stands_alone(&run->source, torn->refill);
}

static const char *line_of(const FixRun *run, TSNode statement) {
  return arena_printf(run->arena, "%s\n%s", text_of(run, statement),
                      source_indent(&run->source, run->arena, ts_node_start_byte(statement)));
}

// --- `routes.clear()`, `routes.update(await fetch())`: emptied behind the await

static bool empty_later(FixRun *run, const Torn *torn) {
  const Source *source = &run->source;
  Span between = {ts_node_end_byte(torn->clear), ts_node_start_byte(torn->refill)};
  bool inside = span_holds(syntax_node_span(torn->refill), run->report->candidate.suspension);
  if (source_uses(source, between, torn->name, false))
    return false;
  Edits edits = {.arena = run->arena};
  const char *hoisted = "", *indent = source_indent(source, run->arena, ts_node_start_byte(torn->refill));
  if (inside) {
    Hoist hoist;
    if (!syntax_node_is(torn->refill, "expression_statement") ||
        !hoist_plan(run, run->report->candidate.origin, torn->refill, &hoist))
      return false;
    const char *gap = arena_printf(run->arena, "\n%s", indent);
    hoisted = arena_printf(run->arena, "%s%s", hoist_write(run, &edits, &hoist, false, gap), gap);
  }
  python_delete_statement(run, &edits, torn->clear);
  edits_insert(&edits, ts_node_start_byte(torn->refill), "%s%s", hoisted, line_of(run, torn->clear));
  return fix_offer(run, &edits, false, "Empty `%s` after the await", torn->name);
}

// --- a loop that fills it: into a local

typedef struct Renaming {
  const FixRun *run;
  Edits *edits;
  const char *from, *to;
  bool unclear; // an inner function uses it, or it gets another object
} Renaming;

static bool rename_use(TSNode node, void *context) {
  Renaming *renaming = context;
  if (!ts_node_is_named(node) || !source_equals(&renaming->run->source, syntax_node_span(node), renaming->from))
    return true;
  TSNode parent = ts_node_parent(node);
  bool attribute = syntax_node_is(parent, "attribute") && ts_node_eq(syntax_node_field(parent, "attribute"), node);
  if (attribute || syntax_node_is(parent, "keyword_argument"))
    return true;
  bool bound = syntax_node_is(parent, "assignment") && ts_node_eq(syntax_node_field(parent, "left"), node);
  renaming->unclear |= bound;
  edits_replace(renaming->edits, syntax_node_span(node), "%s", renaming->to);
  return false;
}

static const char *base_name(const char *name) {
  const char *dot = strrchr(name, '.');
  name = dot ? dot + 1 : name;
  return name + strspn(name, "_");
}

static bool is_plain(const char *name) {
  return strcspn(name, "[](){} \"'") == strlen(name);
}

static bool build_local(FixRun *run, const Torn *torn) {
  static const char *const EMPTY[] = {[COLLECTION_LIST] = "[]", [COLLECTION_MAP] = "{}", [COLLECTION_SET] = "set()"};
  const Source *source = &run->source;
  CollectionKind kind = collection_kind(run, run->report->candidate.location);
  bool known = kind == COLLECTION_LIST || kind == COLLECTION_MAP || kind == COLLECTION_SET;
  if ((!torn->assigned && !known) || !is_plain(torn->name))
    return false;
  const char *local = python_local_name(run, torn->clear, arena_printf(run->arena, "new_%s", base_name(torn->name)));
  Edits edits = {.arena = run->arena};
  Renaming renaming = {run, &edits, torn->name, local, false};
  edits_replace(&edits, syntax_node_span(torn->clear), "%s = %s", local, torn->assigned ? torn->made : EMPTY[kind]);
  for (TSNode node = ts_node_next_named_sibling(torn->clear); !ts_node_is_null(node);
       node = ts_node_next_named_sibling(node)) {
    syntax_node_walk(node, rename_use, &renaming);
    if (ts_node_eq(node, torn->refill))
      break;
  }
  if (renaming.unclear)
    return false;
  const char *indent = source_indent(source, run->arena, ts_node_start_byte(torn->clear));
  uint32_t end = source_line_end(source, ts_node_end_byte(torn->refill));
  if (torn->assigned)
    edits_insert(&edits, end, "\n%s%s = %s", indent, torn->name, local);
  else if (kind == COLLECTION_LIST)
    edits_insert(&edits, end, "\n%s%s[:] = %s", indent, torn->name, local);
  else
    edits_insert(&edits, end, "\n%s%s.clear()\n%s%s.update(%s)", indent, torn->name, indent, torn->name, local);
  return fix_offer(run, &edits, false, "Build `%s` first, and put it in place at the end", torn->name);
}

void build_then_swap_fix(FixRun *run) {
  Torn torn;
  if (find(run, &torn) && !empty_later(run, &torn))
    build_local(run, &torn);
}
