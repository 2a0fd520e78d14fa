// An element that is looked at, and taken out behind the await, is taken out first.
#include "python_insert.h"
#include "region.h"
#include "statement.h"
#include "template.h"
#include <string.h>

typedef struct Take {
  const FixRun *run;
  Edits *edits;
  const char *peek; // "idle[-1]"
  const char *name; // of the element
  TSNode first;     // the statement that looks at it
  uint32_t count;
  bool keeps; // what is left alone after all is put back
} Take;

static const char *text_of(const FixRun *run, TSNode node) {
  return source_copy(&run->source, run->arena, syntax_node_span(node));
}

// How the end is looked at that a call takes from, and how something is put back there.
typedef struct EndRow {
  const char *method, *argument; // NULL for none
  const char *peek, *put_back;
} EndRow;

static const EndRow ENDS[] = {
    {"pop", NULL, "%s[-1]", "%s.append(%s)"},
    {"pop", "0", "%s[0]", "%s.insert(0, %s)"},
    {"popleft", NULL, "%s[0]", "%s.appendleft(%s)"},
};

static bool is_text(const FixRun *run, TSNode node, const char *text) {
  return ts_node_is_null(node) ? !text : text && source_equals(&run->source, syntax_node_span(node), text);
}

// The row of `idle.pop()`, `queue.popleft()` or `queue.pop(0)`; NULL for others.
static const EndRow *end_of(const FixRun *run, TSNode call) {
  TSNode method = syntax_node_field(syntax_node_field(call, "function"), "attribute");
  TSNode argument = syntax_node_child(syntax_node_field(call, "arguments"), 0);
  for (size_t i = 0; syntax_node_is(call, "call") && i < sizeof ENDS / sizeof *ENDS; i++)
    if (!ts_node_is_null(method) && is_text(run, method, ENDS[i].method) && is_text(run, argument, ENDS[i].argument))
      return &ENDS[i];
  return NULL;
}

static bool replace_peek(TSNode node, void *context) {
  Take *take = context;
  if (syntax_node_is_function(node))
    return false;
  if (!syntax_node_is(node, "subscript") || !source_equals(&take->run->source, syntax_node_span(node), take->peek))
    return true;
  edits_replace(take->edits, syntax_node_span(node), "%s", take->name);
  take->count++;
  return false;
}

// The statement, of those that stand in the list of the taking or around it, that looks at the element.
static TSNode statement_with_peek(const FixRun *run, TSNode call, const char *peek) {
  static const char *const LISTS[] = {"block", NULL};
  for (TSNode list = syntax_node_enclosing(call, LISTS); !ts_node_is_null(list);
       list = syntax_node_enclosing(ts_node_parent(list), LISTS)) {
    for (uint32_t i = 0; i < ts_node_named_child_count(list); i++) {
      TSNode child = ts_node_named_child(list, i);
      Span span = {ts_node_start_byte(child), ts_node_start_byte(call)};
      if (span.start < span.end && strstr(source_copy(&run->source, run->arena, span), peek))
        return child;
    }
  }
  return (TSNode){0};
}

// Puts the statements under a `try` that puts the element back.
static void write_try(const FixRun *run, Edits *edits, TSNode first, uint32_t end, const char *put_back) {
  uint32_t start = source_line_start(&run->source, ts_node_start_byte(first));
  Region region = {.first = first, .span = {start, end}};
  python_insert_before(run, edits, first, "try:\n");
  region_indent(run, edits, &region, 1);
  edits_insert(edits, end, "%s", template_text(run, first, "\fexcept BaseException:\n\f\t%s\n\f\traise\n", put_back));
}

// Behind the statement that looks at the element: it is taken in the same list, or it leaves the function with it.
static bool write(const Take *take, TSNode call, const char *put_back) {
  static const char *const RETURNS[] = {"return_statement", NULL};
  const FixRun *run = take->run;
  TSNode statement = syntax_node_statement(call), parent = ts_node_parent(call);
  bool leaves = span_holds(syntax_node_span(take->first), syntax_node_span(call));
  if (leaves) {
    edits_replace(take->edits, syntax_node_span(call), "%s", take->name);
    uint32_t end = source_next_line(&run->source, ts_node_end_byte(take->first));
    write_try(run, take->edits, take->first, end, put_back);
    if (take->keeps)
      edits_insert(take->edits, end, "%s", template_text(run, take->first, "\f%s\n", put_back));
    return ts_node_eq(parent, syntax_node_enclosing(call, RETURNS)) && end > ts_node_end_byte(take->first);
  }
  if (!ts_node_eq(ts_node_parent(statement), ts_node_parent(take->first)) ||
      !statement_stands_alone(&run->source, statement))
    return false;
  write_try(run, take->edits, take->first, source_line_start(&run->source, ts_node_start_byte(statement)), put_back);
  if (syntax_node_is(parent, "expression_statement"))
    statement_remove(run, take->edits, statement);
  else
    edits_replace(take->edits, syntax_node_span(call), "%s", take->name);
  return true;
}

static bool attempt(FixRun *run, TSNode call, const EndRow *end, bool keeps) {
  const char *object = text_of(run, syntax_node_field(syntax_node_field(call, "function"), "object"));
  Edits edits = {.arena = run->arena};
  Take take = {.run = run, .edits = &edits, .peek = arena_printf(run->arena, end->peek, object), .keeps = keeps};
  take.name = source_local_name(&run->source, run->arena, call, "item");
  take.first = statement_with_peek(run, call, take.peek);
  if (ts_node_is_null(take.first) || !source_starts_line(&run->source, ts_node_start_byte(take.first)) ||
      ts_node_start_byte(take.first) < run->report->candidate.first.end)
    return false;
  python_insert_before(run, &edits, take.first, arena_printf(run->arena, "%s = %s\n", take.name, text_of(run, call)));
  syntax_node_walk(take.first, replace_peek, &take);
  return take.count && write(&take, call, arena_printf(run->arena, end->put_back, object, take.name)) &&
         fix_offer(run, &edits, false, "Take the element out before the await");
}

// Where all is emptied when the first one will not do, it need not be put back for that.
void take_first_fix(FixRun *run) {
  TSNode call = source_node(&run->source, run->report->candidate.second);
  const EndRow *end = end_of(run, call);
  if (end && !attempt(run, call, end, true))
    attempt(run, call, end, false);
}
