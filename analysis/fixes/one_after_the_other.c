// `await Promise.all([first(), second()])`: the pieces of work are awaited one after the other.
#include "javascript_call.h"
#include "template.h"

static const char TITLE[] = "Run one after the other";

static Span start_of_tasks(const FixRun *run) {
  for (uint32_t i = 0; i < run->report->finding.related_count; i++)
    if (run->report->finding.related[i].role == PLACE_SPAWN)
      return run->report->finding.related[i].span;
  return run->report->finding.span;
}

// `[first(), second()]`, given to `Promise.all` alone; a null node where there is something else.
static TSNode list_of(TSNode call) {
  TSNode arguments = syntax_node_field(call, "arguments"), none = {0};
  if (ts_node_is_null(arguments) || ts_node_named_child_count(arguments) != 1)
    return none;
  TSNode list = ts_node_named_child(arguments, 0);
  if (!syntax_node_is(list, "array") || !ts_node_named_child_count(list))
    return none;
  for (uint32_t i = 0; i < ts_node_named_child_count(list); i++) {
    TSNode element = ts_node_named_child(list, i);
    if (!syntax_node_is(element, "call_expression") && !syntax_node_is(element, "comment"))
      return none;
  }
  return list;
}

// Results are kept: `[await first(), await second()]`.
static void await_in_list(Edits *edits, TSNode await, TSNode list) {
  edits_delete(edits, (Span){ts_node_start_byte(await), ts_node_start_byte(list)});
  for (uint32_t i = 0; i < ts_node_named_child_count(list); i++)
    if (!syntax_node_is(ts_node_named_child(list, i), "comment"))
      javascript_await(edits, ts_node_named_child(list, i));
  edits_delete(edits, (Span){ts_node_end_byte(list), ts_node_end_byte(await)});
}

static void await_as_statements(const FixRun *run, Edits *edits, TSNode await, TSNode list) {
  uint32_t start = ts_node_start_byte(await);
  for (uint32_t i = 0; i < ts_node_named_child_count(list); i++) {
    Span element = syntax_node_span(ts_node_named_child(list, i));
    edits_replace(edits, (Span){start, element.start}, "%s",
                  i ? template_text(run, await, "%s\n\fawait ", run->source.semicolons ? ";" : "") : "await ");
    start = element.end;
  }
  edits_delete(edits, (Span){start, ts_node_end_byte(await)});
}

void one_after_the_other_fix(FixRun *run) {
  TSNode call = javascript_call_at(run, start_of_tasks(run));
  JavaScriptCallback all;
  if (ts_node_is_null(call) || !javascript_callback_of(call, &all) || !javascript_calls(run, &all, "all"))
    return;
  TSNode list = list_of(call), await = ts_node_parent(call);
  if (ts_node_is_null(list) || !syntax_node_is(await, "await_expression"))
    return;
  Edits edits = {.arena = run->arena};
  TSNode statement = ts_node_parent(await);
  static const char *const COMMENTS[] = {"comment", NULL};
  if (syntax_node_is(statement, "expression_statement") &&
      !source_has(&run->source, syntax_node_span(list), COMMENTS) &&
      source_starts_line(&run->source, ts_node_start_byte(statement)))
    await_as_statements(run, &edits, await, list);
  else
    await_in_list(&edits, await, list);
  fix_offer(run, &edits, false, "%s", TITLE);
}
