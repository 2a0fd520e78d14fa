// `items.reduce(async (sum, item) => …)`: each step gets the promise of the one before, and awaits it first.
#include "javascript_call.h"
#include "template.h"

void async_reducer_fix(FixRun *run) {
  JavaScriptCallback reducer;
  TSNode call = javascript_call_at(run, run->report->finding.span);
  if (ts_node_is_null(call) || !javascript_callback_of(call, &reducer) || !reducer.is_function || !reducer.plain)
    return;
  bool folds = javascript_calls(run, &reducer, "reduce") || javascript_calls(run, &reducer, "reduceRight");
  if (!folds || !reducer.parameter_count || !syntax_node_is_async(reducer.argument))
    return;
  const Source *source = &run->source;
  const char *sum = source_copy(source, run->arena, syntax_node_span(reducer.parameters[0]));
  const char *promise = source_fresh_name(source, run->arena, "previous", false);
  Edits edits = {.arena = run->arena};
  edits_replace(&edits, syntax_node_span(reducer.parameters[0]), "%s", promise);
  TSNode first = ts_node_named_child(reducer.body, 0);
  uint32_t start = ts_node_start_byte(reducer.body);
  if (!syntax_node_is(reducer.body, "statement_block")) {
    edits_insert(&edits, start, "%s",
                 template_text(run, reducer.call, "{\n\f\tconst %s = await %s;\n\f\treturn ", sum, promise));
    edits_insert(&edits, ts_node_end_byte(reducer.body), "%s", template_text(run, reducer.call, ";\n\f}"));
  } else if (!ts_node_is_null(first) && source_starts_line(source, ts_node_start_byte(first))) {
    edits_insert(&edits, ts_node_start_byte(first), "%s",
                 template_text(run, first, "const %s = await %s;\n\f", sum, promise));
  } else {
    edits_insert(&edits, start + 1, " const %s = await %s;", sum, promise);
  }
  fix_offer(run, &edits, true, "Await the result of the step before");
}
