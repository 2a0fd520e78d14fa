// `Promise.all(urls.map(load))`, `pending.push(load(url))` in a loop: only so many at a time, by `p-limit` where the
// file has it, else by a function of its own.
#include "effects.h"
#include "javascript_call.h"
#include "javascript_import.h"
#include "javascript_place.h"
#include "template.h"
#include <string.h>

enum { AT_A_TIME = 10 };

typedef struct FanOut {
  FixRun *run;
  Edits *edits;
  TSNode all;          // `Promise.all(…)`, or the like
  TSNode statement;    // of the file's top level
  const char *limited; // the function that does work within the limit
  const char *list;    // the variable that the promises are gathered in; NULL where they are mapped in place
  uint32_t count;      // of the places where work is limited
  bool unclear;        // some place cannot be limited
} FanOut;

static bool look_for_fan_out(FanOut *fan) {
  JavaScriptCallback all;
  const FixRun *run = fan->run;
  TSNode call = javascript_call_at(run, run->report->finding.span);
  TSNode arguments = syntax_node_field(call, "arguments");
  if (ts_node_is_null(call) || !javascript_callback_of(call, &all) || ts_node_named_child_count(arguments) != 1)
    return false;
  fan->all = call;
  if (syntax_node_is(all.argument, "identifier"))
    fan->list = source_copy(&run->source, run->arena, syntax_node_span(all.argument));
  for (TSNode node = call; !ts_node_is_null(node) && !ts_node_eq(node, run->source.root); node = ts_node_parent(node))
    fan->statement = node;
  return fan->list || syntax_node_is(all.argument, "call_expression");
}

// --- the places

// `async (url) => …` becomes `(url) => limited(async () => …)`.
static void limit_arrow(FanOut *fan, const JavaScriptCallback *map) {
  bool async = syntax_node_is_async(map->argument);
  uint32_t start = ts_node_start_byte(map->argument);
  if (async)
    edits_delete(fan->edits, (Span){start, ts_node_start_byte(ts_node_child(map->argument, 1))});
  edits_insert(fan->edits, ts_node_start_byte(map->body), "%s(%s() => ", fan->limited, async ? "async " : "");
  edits_insert(fan->edits, ts_node_end_byte(map->body), ")");
}

// `async function (url) { … }` becomes the same arrow. One that has its own `this` stays.
static bool limit_function(FanOut *fan, const JavaScriptCallback *map) {
  TSNode list = syntax_node_field(map->argument, "parameters");
  bool plain = ts_node_is_null(syntax_node_field(map->argument, "return_type")) &&
               ts_node_is_null(syntax_node_field(map->argument, "name"));
  if (!plain || ts_node_is_null(list) || javascript_uses_this(fan->run, map->body))
    return false;
  edits_delete(fan->edits, (Span){ts_node_start_byte(map->argument), ts_node_start_byte(list)});
  edits_replace(fan->edits, (Span){ts_node_end_byte(list), ts_node_start_byte(map->body)}, " => %s(%s() => ",
                fan->limited, syntax_node_is_async(map->argument) ? "async " : "");
  edits_insert(fan->edits, ts_node_end_byte(map->body), ")");
  return true;
}

// `load` becomes `(item) => limited(() => load(item))`.
static void limit_name(FanOut *fan, TSNode name) {
  const char *given = fan->run->source.typescript ? "item" : "item, index";
  edits_insert(fan->edits, ts_node_start_byte(name), "(%s) => %s(() => ", given, fan->limited);
  edits_insert(fan->edits, ts_node_end_byte(name), "(%s))", given);
}

static bool limit_map(FanOut *fan, TSNode call) {
  JavaScriptCallback map;
  if (!syntax_node_is(call, "call_expression") || !javascript_callback_of(call, &map) ||
      !javascript_calls(fan->run, &map, "map") || ts_node_named_child_count(syntax_node_field(call, "arguments")) != 1)
    return false;
  fan->count++;
  if (map.is_function && map.arrow)
    limit_arrow(fan, &map);
  else if (syntax_node_is(map.argument, "identifier"))
    limit_name(fan, map.argument);
  else
    fan->unclear |= !map.is_function || !limit_function(fan, &map);
  return true;
}

// What is done later must not depend on what is given another value behind.
static bool can_wait(const FanOut *fan, TSNode work) {
  static const char *const NOW[] = {"await_expression", "yield_expression", "spread_element", NULL};
  Span span = syntax_node_span(work), behind = {span.end, ts_node_end_byte(syntax_node_function(work))};
  return syntax_node_is(work, "call_expression") && !source_has(&fan->run->source, span, NOW) &&
         !effects_rebinds(fan->run, fan->run->report->candidate.origin, behind, span);
}

// `pending.push(load(url))`, `const pending = urls.map(load)`
static bool limit_place(TSNode node, void *context) {
  FanOut *fan = context;
  const Source *source = &fan->run->source;
  TSNode name = syntax_node_field(node, "name"), value = syntax_node_field(node, "value");
  if (syntax_node_is(node, "variable_declarator") && !ts_node_is_null(value) &&
      source_equals(source, syntax_node_span(name), fan->list))
    limit_map(fan, value);
  JavaScriptCallback push;
  if (!syntax_node_is(node, "call_expression") || !javascript_callback_of(node, &push) ||
      !javascript_calls(fan->run, &push, "push") || !source_equals(source, syntax_node_span(push.receiver), fan->list))
    return true;
  fan->count++;
  fan->unclear |= !can_wait(fan, push.argument) || ts_node_named_child_count(syntax_node_field(node, "arguments")) != 1;
  edits_insert(fan->edits, ts_node_start_byte(push.argument), "%s(() => ", fan->limited);
  edits_insert(fan->edits, ts_node_end_byte(push.argument), ")");
  return true;
}

static bool limit_all(FanOut *fan) {
  TSNode function = syntax_node_function(fan->all);
  if (!fan->list)
    limit_map(fan, syntax_node_child(syntax_node_field(fan->all, "arguments"), 0));
  else
    syntax_node_walk(ts_node_is_null(function) ? fan->run->source.root : function, limit_place, fan);
  return fan->count && !fan->unclear;
}

// --- what limits

// The file, or a function around the place, may have got one by an earlier fix.
static bool has_function(const FixRun *run, Span place, const char *name) {
  const Module *module = fix_module(run);
  for (FunctionId id = 1; id < module->functions.count; id++) {
    const Function *function = module_function(module, id);
    bool seen = function->parent == 1 ||
                (function->parent && span_holds(module_function(module, function->parent)->span, place));
    if (seen && !function->class_id && function->parameters.count == 1 &&
        strcmp(fix_symbol(run, function->name), name) == 0)
      return true;
  }
  return false;
}

static void declare_function(FanOut *fan, const char *most) {
  const FixRun *run = fan->run;
  bool types = run->source.typescript;
  const char *waiting = source_fresh_name(&run->source, run->arena, "waiting", false);
  const char *running = source_fresh_name(&run->source, run->arena, "running", false);
  javascript_insert_before(run, fan->edits, fan->statement,
                           template_text(run, fan->statement,
                                         "const %1$s = %2$d;\n"
                                         "const %3$s%4$s = [];\n"
                                         "let %5$s = 0;\n"
                                         "\n"
                                         "/** Does the work as soon as fewer than `%1$s` others are under way. */\n"
                                         "async function %6$s%7$s {\n"
                                         "\tif (%5$s < %1$s) %5$s += 1;\n"
                                         "\telse await new Promise%8$s((resolve) => { %3$s.push(resolve); });\n"
                                         "\ttry {\n"
                                         "\t\treturn await work();\n"
                                         "\t} finally {\n"
                                         "\t\tconst next = %3$s.shift();\n"
                                         "\t\tif (next) next();\n"
                                         "\t\telse %5$s -= 1;\n"
                                         "\t}\n"
                                         "}\n"
                                         "\n",
                                         most, AT_A_TIME, waiting, types ? ": (() => void)[]" : "", running,
                                         fan->limited, types ? "<T>(work: () => Promise<T>): Promise<T>" : "(work)",
                                         types ? "<void>" : ""));
}

static void declare_with_library(FanOut *fan, const char *most, const char *library) {
  const FixRun *run = fan->run;
  TSNode statement = syntax_node_statement(fan->all), function = syntax_node_function(fan->all);
  if (fan->list && !ts_node_is_null(function))
    statement = syntax_node_child(syntax_node_field(function, "body"), 0);
  javascript_insert_before(run, fan->edits, fan->statement,
                           template_text(run, fan->statement, "const %s = %d;\n\n", most, AT_A_TIME));
  javascript_insert_before(run, fan->edits, statement,
                           template_text(run, statement, "const %s = %s(%s);\n\f", fan->limited, library, most));
}

void limit_promises_fix(FixRun *run) {
  Edits edits = {.arena = run->arena};
  FanOut fan = {.run = run, .edits = &edits};
  if (!look_for_fan_out(&fan))
    return;
  const char *library = javascript_import_of(run, "p-limit");
  const char *most = source_fresh_name(&run->source, run->arena, "MAX_CONCURRENT", false);
  bool known = !library && has_function(run, syntax_node_span(fan.all), "limited");
  fan.limited = known ? "limited" : source_fresh_name(&run->source, run->arena, "limited", false);
  if (!limit_all(&fan))
    return;
  if (library)
    declare_with_library(&fan, most, library);
  else if (!known)
    declare_function(&fan, most);
  if (!fix_offer(run, &edits, false, "Run at most %d at a time%s", AT_A_TIME, library ? " with `p-limit`" : ""))
    fix_refuse(run, "Run at most so many at a time", "it would %s", run->objection);
}
