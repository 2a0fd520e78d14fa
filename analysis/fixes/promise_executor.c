// `new Promise(async (resolve, reject) => { … })`: what the body throws is caught and rejects the promise.
#include "javascript_call.h"
#include "region.h"
#include "template.h"

static const char TITLE[] = "Reject the promise with what the body throws";

// The name of the function that rejects: the second parameter, which is added where there is none.
static const char *rejection(const FixRun *run, Edits *edits, const JavaScriptCallback *executor) {
  const Source *source = &run->source;
  if (executor->parameter_count > 1)
    return syntax_node_is(executor->parameters[1], "identifier")
               ? source_copy(source, run->arena, syntax_node_span(executor->parameters[1]))
               : NULL;
  TSNode single = syntax_node_field(executor->argument, "parameter");
  const char *name = javascript_names(run, executor->body, "reject") ? "rejectPromise" : "reject";
  if (!ts_node_is_null(single)) {
    edits_insert(edits, ts_node_start_byte(single), "(");
    edits_insert(edits, ts_node_end_byte(single), ", %s)", name);
  } else if (executor->parameter_count) {
    TSNode list = ts_node_parent(executor->parameters[0]);
    edits_insert(edits, ts_node_end_byte(syntax_node_is(list, "formal_parameters") ? executor->parameters[0] : list),
                 ", %s", name);
  } else {
    edits_insert(edits, ts_node_start_byte(syntax_node_field(executor->argument, "parameters")) + 1, "resolve, %s",
                 name);
  }
  return name;
}

static void catch_in_block(const FixRun *run, Edits *edits, const JavaScriptCallback *executor, const char *reject,
                           const char *error) {
  Span body = syntax_node_span(executor->body);
  TSNode first = ts_node_named_child(executor->body, 0);
  Region region = {.list = executor->body, .first = first, .last = first};
  region.span = (Span){ts_node_start_byte(first), ts_node_end_byte(first)};
  region_to_end(&region);
  if (!source_starts_line(&run->source, region.span.start)) {
    edits_insert(edits, body.start + 1, " try {");
    edits_insert(edits, body.end - 1, "} catch (%s) { %s(%s); } ", error, reject, error);
    return;
  }
  uint32_t end = source_line_start(&run->source, body.end - 1);
  region.span.end = end > region.span.end ? end : region.span.end;
  edits_insert(edits, source_line_start(&run->source, region.span.start), "%s", template_text(run, first, "\ftry {\n"));
  region_indent(run, edits, &region, 1);
  edits_insert(edits, end > ts_node_end_byte(first) ? end : body.end - 1, "%s",
               template_text(run, first, "\f} catch (%s) {\n\f\t%s(%s);\n\f}\n", error, reject, error));
}

static void catch_in_expression(const FixRun *run, Edits *edits, const JavaScriptCallback *executor, const char *reject,
                                const char *error) {
  edits_insert(edits, ts_node_start_byte(executor->body), "%s",
               template_text(run, executor->call, "{\n\f\ttry {\n\f\t\t"));
  edits_insert(
      edits, ts_node_end_byte(executor->body), "%s",
      template_text(run, executor->call, ";\n\f\t} catch (%s) {\n\f\t\t%s(%s);\n\f\t}\n\f}", error, reject, error));
}

void promise_executor_fix(FixRun *run) {
  JavaScriptCallback executor;
  TSNode call = javascript_call_at(run, run->report->finding.span);
  if (!syntax_node_is(call, "new_expression") || !javascript_callback_of(call, &executor) || !executor.is_function ||
      !executor.plain)
    return;
  Edits edits = {.arena = run->arena};
  const char *reject = rejection(run, &edits, &executor);
  if (!reject)
    return;
  const char *error = javascript_names(run, executor.body, "error") ? "reason" : "error";
  if (!syntax_node_is(executor.body, "statement_block"))
    catch_in_expression(run, &edits, &executor, reject, error);
  else if (ts_node_named_child_count(executor.body))
    catch_in_block(run, &edits, &executor, reject, error);
  fix_offer(run, &edits, true, "%s", TITLE);
}
