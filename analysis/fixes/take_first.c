// An element that is looked at, and taken out behind the await, is taken out first.
#include "python_insert.h"
#include "region.h"
#include "statement.h"
#include <string.h>

typedef struct Take {
  const FixRun *run;
  Edits *edits;
  const char *peek; // "idle[-1]"
  const char *name; // of the element
  TSNode first;     // the statement that looks at it
  Span last;        // where it is taken out
  uint32_t count;
} Take;

static const char *text_of(const FixRun *run, TSNode node) {
  return source_copy(&run->source, run->arena, syntax_node_span(node));
}

// "idle[-1]" for `idle.pop()`, "queue[0]" for `queue.popleft()` and `queue.pop(0)`.
static const char *peek_of(const FixRun *run, TSNode call) {
  TSNode called = syntax_node_field(call, "function"),
         argument = syntax_node_child(syntax_node_field(call, "arguments"), 0);
  TSNode object = syntax_node_field(called, "object"), method = syntax_node_field(called, "attribute");
  if (!syntax_node_is(call, "call") || ts_node_is_null(method))
    return NULL;
  bool pop = source_equals(&run->source, syntax_node_span(method), "pop");
  bool left = source_equals(&run->source, syntax_node_span(method), "popleft");
  bool zero = !ts_node_is_null(argument) && source_equals(&run->source, syntax_node_span(argument), "0");
  if ((!pop && !left) || (!ts_node_is_null(argument) && !zero))
    return NULL;
  return arena_printf(run->arena, "%s[%s]", text_of(run, object), left || zero ? "0" : "-1");
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

void take_first_fix(FixRun *run) {
  const Candidate *candidate = &run->report->candidate;
  TSNode call = source_node(&run->source, candidate->second);
  const char *peek = peek_of(run, call);
  TSNode first = peek ? statement_with_peek(run, call, peek) : (TSNode){0};
  if (ts_node_is_null(first) || !source_starts_line(&run->source, ts_node_start_byte(first)) ||
      ts_node_start_byte(first) < candidate->first.end)
    return;
  Edits edits = {.arena = run->arena};
  Take take = {.run = run, .edits = &edits, .peek = peek};
  take.name = source_local_name(&run->source, run->arena, call, "item");
  python_insert_before(run, &edits, first, arena_printf(run->arena, "%s = %s\n", take.name, text_of(run, call)));
  syntax_node_walk(first, replace_peek, &take);
  TSNode statement = ts_node_parent(call);
  if (!syntax_node_is(statement, "expression_statement"))
    edits_replace(&edits, syntax_node_span(call), "%s", take.name);
  else if (statement_stands_alone(&run->source, statement) && ts_node_named_child_count(ts_node_parent(statement)) > 1)
    statement_remove(run, &edits, statement);
  else
    return;
  if (take.count)
    fix_offer(run, &edits, false, "Take the element out before the await");
}
