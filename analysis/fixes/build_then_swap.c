// What is emptied, and refilled across an await, is built in a local and put in place at the end.
#include "collection.h"
#include "hoist.h"
#include "statement.h"
#include "template.h"
#include <ctype.h>
#include <string.h>

typedef struct Torn {
  TSNode clear;     // the statement that empties it
  TSNode refill;    // the statement beside it that refills it
  const char *name; // as the source writes it: "self.routes"
  const char *made; // the new object that empties it; NULL where it is emptied by `clear()` or the like
} Torn;

static const char *text_of(const FixRun *run, TSNode node) {
  return source_copy(&run->source, run->arena, syntax_node_span(node));
}

static TSNode member_name(TSNode member) {
  return syntax_node_field(member, syntax_node_is(member, "attribute") ? "attribute" : "property");
}

static bool is_called(const FixRun *run, TSNode member, const char *name) {
  TSNode last = member_name(member);
  return !ts_node_is_null(last) && source_equals(&run->source, syntax_node_span(last), name);
}

// `routes = []`, `names.length = 0`
static bool clears_by_assignment(const FixRun *run, TSNode assignment, Torn *torn) {
  TSNode left = syntax_node_field(assignment, "left"), right = syntax_node_field(assignment, "right");
  if (ts_node_is_null(right))
    return false;
  bool length = !run->source.python && is_called(run, left, "length");
  torn->name = text_of(run, length ? syntax_node_field(left, "object") : left);
  torn->made = length ? NULL : text_of(run, right);
  return true;
}

// `routes.clear()`
static bool find_clear(const FixRun *run, Torn *torn) {
  static const char *const STATEMENTS[] = {"expression_statement", NULL};
  static const char *const ASSIGNMENTS[] = {"assignment", "assignment_expression", NULL};
  torn->clear = syntax_node_enclosing(source_node(&run->source, run->report->candidate.first), STATEMENTS);
  TSNode expression = syntax_node_child(torn->clear, 0), called = syntax_node_field(expression, "function");
  if (syntax_node_is_one_of(expression, ASSIGNMENTS))
    return clears_by_assignment(run, expression, torn);
  if (!is_called(run, called, "clear"))
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
  if (!find_clear(run, torn) || !statement_stands_alone(&run->source, torn->clear))
    return false;
  torn->refill = beside(torn->clear, run->report->candidate.second);
  return !ts_node_is_null(torn->refill) && statement_stands_alone(&run->source, torn->refill);
}

static const char *line_of(const FixRun *run, TSNode statement) {
  return arena_printf(run->arena, "%s\n%s", source_copy(&run->source, run->arena, statement_span(statement)),
                      source_indent(&run->source, run->arena, ts_node_start_byte(statement)));
}

// --- `routes.clear()`, `routes.update(await fetch())`: emptied behind the await

// The awaits of the statement that refills it, as statements before it. NULL where they cannot move there.
static const char *awaits_of(FixRun *run, const Torn *torn, Edits *edits) {
  Hoist hoist;
  if (!syntax_node_is(torn->refill, "expression_statement") ||
      !hoist_plan(run, run->report->candidate.origin, torn->refill, &hoist))
    return NULL;
  const char *indent = source_indent(&run->source, run->arena, ts_node_start_byte(torn->refill));
  const char *gap = arena_printf(run->arena, "\n%s", indent);
  return arena_printf(run->arena, "%s%s", hoist_write(run, edits, &hoist, run->source.semicolons, gap), gap);
}

static bool empty_later(FixRun *run, const Torn *torn) {
  const Source *source = &run->source;
  Span between = {ts_node_end_byte(torn->clear), ts_node_start_byte(torn->refill)};
  bool inside = span_holds(syntax_node_span(torn->refill), run->report->candidate.suspension);
  Edits edits = {.arena = run->arena};
  const char *hoisted = inside ? awaits_of(run, torn, &edits) : "";
  if (!hoisted || source_uses(source, between, torn->name, false))
    return false;
  statement_remove(run, &edits, torn->clear);
  edits_insert(&edits, ts_node_start_byte(torn->refill), "%s%s", hoisted, line_of(run, torn->clear));
  return fix_offer(run, &edits, false, "Empty `%s` after the await", torn->name);
}

// --- a loop that fills it: into a local

typedef struct Renaming {
  const FixRun *run;
  Edits *edits;
  const char *from, *to;
  uint32_t count;
  bool unclear; // it gets another object
} Renaming;

static bool rename_use(TSNode node, void *context) {
  static const char *const NAMES[] = {"property_identifier", "keyword_argument", NULL};
  Renaming *renaming = context;
  if (!ts_node_is_named(node) || !source_equals(&renaming->run->source, syntax_node_span(node), renaming->from))
    return true;
  TSNode parent = ts_node_parent(node), left = syntax_node_field(parent, "left");
  if (syntax_node_is_member_name(node) || syntax_node_is_one_of(node, NAMES) || syntax_node_is_one_of(parent, NAMES))
    return true;
  renaming->unclear |= !ts_node_is_null(left) && ts_node_eq(left, node) && strstr(ts_node_type(parent), "assignment");
  renaming->count++;
  edits_replace(renaming->edits, syntax_node_span(node), "%s", renaming->to);
  return false;
}

static const char *local_name(const FixRun *run, const Torn *torn) {
  const char *dot = strrchr(torn->name, '.'), *base = dot ? dot + 1 : torn->name;
  base += strspn(base, "_#");
  const char *name = run->source.python
                         ? arena_printf(run->arena, "new_%s", base)
                         : arena_printf(run->arena, "new%c%s", toupper((unsigned char)*base), *base ? base + 1 : "");
  return source_local_name(&run->source, run->arena, torn->clear, name);
}

static bool is_plain(const char *name) {
  return strcspn(name, "[](){} \"'") == strlen(name);
}

// What makes an empty one, and what puts a new one's content into the old one, where it is not just assigned: of each
// kind, for Python and for JavaScript. `%1$s` is the old one, `%2$s` the new one.
typedef struct KindText {
  const char *empty[2], *fill[2];
} KindText;

static const KindText KINDS[] = {
    [COLLECTION_LIST] = {{"[]", "[]"}, {"\n\f%1$s[:] = %2$s", "\n\f%1$s.splice(0, %1$s.length, ...%2$s);"}},
    [COLLECTION_MAP] = {{"{}", "new Map()"},
                        {"\n\f%1$s.clear()\n\f%1$s.update(%2$s)",
                         "\n\f%1$s.clear();\n\ffor (const [key, value] of %2$s) %1$s.set(key, value);"}},
    [COLLECTION_SET] = {{"set()", "new Set()"},
                        {"\n\f%1$s.clear()\n\f%1$s.update(%2$s)",
                         "\n\f%1$s.clear();\n\ffor (const item of %2$s) %1$s.add(item);"}},
    [COLLECTION_DEQUE] = {{NULL, NULL}, {NULL, NULL}},
};

static const char *declaration_of(const FixRun *run, const Torn *torn, const char *local, const char *empty) {
  const char *made = torn->made ? torn->made : empty;
  if (run->source.python)
    return arena_printf(run->arena, "%s = %s", local, made);
  const char *type = run->source.typescript ? arena_printf(run->arena, ": typeof %s", torn->name) : "";
  return arena_printf(run->arena, "const %s%s = %s%s", local, type, made, run->source.semicolons ? ";" : "");
}

static bool rename_all(const Torn *torn, Renaming *renaming) {
  for (TSNode node = ts_node_next_named_sibling(torn->clear); !ts_node_is_null(node);
       node = ts_node_next_named_sibling(node)) {
    syntax_node_walk(node, rename_use, renaming);
    if (ts_node_eq(node, torn->refill))
      break;
  }
  return renaming->count && !renaming->unclear;
}

static bool build_local(FixRun *run, const Torn *torn) {
  const KindText *kind = &KINDS[collection_kind(run, run->report->candidate.location)];
  bool javascript = !run->source.python;
  if ((!torn->made && !kind->fill[javascript]) || !is_plain(torn->name))
    return false;
  const char *local = local_name(run, torn);
  Edits edits = {.arena = run->arena};
  Renaming renaming = {run, &edits, torn->name, local, 0, false};
  edits_replace(&edits, statement_span(torn->clear), "%s", declaration_of(run, torn, local, kind->empty[javascript]));
  if (!rename_all(torn, &renaming))
    return false;
  uint32_t end = source_line_end(&run->source, ts_node_end_byte(torn->refill));
  const char *put = torn->made ? (javascript ? "\n\f%1$s = %2$s;" : "\n\f%1$s = %2$s") : kind->fill[javascript];
  edits_insert(&edits, end, "%s", template_text(run, torn->clear, put, torn->name, local));
  return fix_offer(run, &edits, false, "Build `%s` first, and put it in place at the end", torn->name);
}

void build_then_swap_fix(FixRun *run) {
  Torn torn;
  if (find(run, &torn) && !empty_later(run, &torn))
    build_local(run, &torn);
}
