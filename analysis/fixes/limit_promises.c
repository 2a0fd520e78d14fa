// `Promise.all(urls.map(load))`: only so many at a time, by `p-limit` where the file has it, else by a function of its
// own.
#include "javascript_call.h"
#include "javascript_import.h"
#include "javascript_place.h"
#include "template.h"

enum { AT_A_TIME = 10 };

typedef struct FanOut {
  JavaScriptCallback map;
  TSNode all;       // `Promise.all(…)`
  TSNode statement; // of the file's top level
} FanOut;

static bool find_fan_out(const FixRun *run, FanOut *fan) {
  JavaScriptCallback all;
  TSNode call = javascript_call_at(run, run->report->finding.span);
  if (ts_node_is_null(call) || !javascript_callback_of(call, &all) || !javascript_calls(run, &all, "all"))
    return false;
  fan->all = call;
  TSNode arguments = syntax_node_field(call, "arguments");
  if (ts_node_named_child_count(arguments) != 1 || !syntax_node_is(all.argument, "call_expression") ||
      !javascript_callback_of(all.argument, &fan->map) || !javascript_calls(run, &fan->map, "map") ||
      ts_node_named_child_count(syntax_node_field(all.argument, "arguments")) != 1)
    return false;
  for (TSNode node = call; !ts_node_is_null(node) && !ts_node_eq(node, run->source.root); node = ts_node_parent(node))
    fan->statement = node;
  return syntax_node_has_token(syntax_node_field(all.argument, "function"), ".");
}

static void declare_limit(const FixRun *run, Edits *edits, const FanOut *fan, const char *limit, const char *more) {
  javascript_insert_before(run, edits, fan->statement,
                           template_text(run, fan->statement, "const %s = %d;\n%s\n", limit, AT_A_TIME, more));
}

// --- a function of the file's own

static const char *helper_of(const FixRun *run, const FanOut *fan, const char *name) {
  bool types = run->source.typescript;
  const char *parameters = types
                               ? "\n  items: readonly T[],\n  limit: number,\n  work: (item: T, index: number) => R | "
                                 "Promise<R>,\n"
                               : "items, limit, work";
  return template_text(
      run, fan->statement,
      "\n/** Does the work for every item, for at most `limit` at a time: the workers share one iterator. */\n"
      "async function %s%s(%s)%s {\n"
      "\tconst results%s = [];\n"
      "\tconst entries = items.entries();\n"
      "\tasync function worker() {\n"
      "\t\tfor (const [index, item] of entries) results[index] = await work(item, index);\n"
      "\t}\n"
      "\tawait Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));\n"
      "\treturn results;\n"
      "}\n",
      name, types ? "<T, R>" : "", parameters, types ? ": Promise<R[]>" : "", types ? ": R[]" : "");
}

static bool use_helper(FixRun *run, const FanOut *fan, const char *limit) {
  Edits edits = {.arena = run->arena};
  const char *name = source_fresh_name(&run->source, run->arena, "mapLimited", false);
  declare_limit(run, &edits, fan, limit, helper_of(run, fan, name));
  edits_replace(&edits, syntax_node_span(syntax_node_field(fan->all, "function")), "%s", name);
  edits_replace(&edits, (Span){ts_node_end_byte(fan->map.receiver), ts_node_start_byte(fan->map.argument)}, ", %s, ",
                limit);
  edits_delete(&edits, (Span){ts_node_end_byte(fan->map.argument), ts_node_end_byte(fan->map.call)});
  return fix_offer(run, &edits, false, "Run at most %d at a time", AT_A_TIME);
}

// --- p-limit

static bool use_library(FixRun *run, const FanOut *fan, const char *limit, const char *library) {
  const JavaScriptCallback *map = &fan->map;
  TSNode statement = syntax_node_statement(fan->all);
  if (!map->is_function || !map->arrow || !syntax_node_is_async(map->argument))
    return false;
  Edits edits = {.arena = run->arena};
  const char *limited = source_fresh_name(&run->source, run->arena, "limited", false);
  declare_limit(run, &edits, fan, limit, "");
  edits_insert(&edits, ts_node_start_byte(statement), "%s",
               template_text(run, statement, "const %s = %s(%s);\n\f", limited, library, limit));
  uint32_t start = ts_node_start_byte(map->argument);
  edits_delete(&edits, (Span){start, ts_node_start_byte(ts_node_child(map->argument, 1))});
  edits_insert(&edits, ts_node_start_byte(map->body), "%s(async () => ", limited);
  edits_insert(&edits, ts_node_end_byte(map->body), ")");
  return fix_offer(run, &edits, false, "Run at most %d at a time with `%s`", AT_A_TIME, library);
}

void limit_promises_fix(FixRun *run) {
  FanOut fan;
  if (!find_fan_out(run, &fan))
    return;
  const char *limit = source_fresh_name(&run->source, run->arena, "MAX_CONCURRENT", false);
  const char *library = javascript_import_of(run, "p-limit");
  bool offered = (library && use_library(run, &fan, limit, library)) || use_helper(run, &fan, limit);
  if (!offered)
    fix_refuse(run, "Run at most so many at a time", "it would %s", run->objection);
}
