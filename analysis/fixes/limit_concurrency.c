// `gather(*(check(url) for url in urls))` becomes `gather(*(limited(check, url) for url in urls))`, where `limited`
// does the work under a semaphore.
#include "../rules/fanout.h"
#include "python_import.h"
#include "python_insert.h"
#include "python_lock.h"
#include <string.h>

enum { LIMIT = 10 };

// The call that makes one piece of the work: `check(url)`, `group.start_soon(check, url)`; a null node where it is not
// a plain call.
static TSNode find_work(const FixRun *run) {
  Units units = fanout_units(run->rules);
  TSNode work = {0};
  for (uint32_t i = 0; i < units.all.count; i++) {
    const Unit *unit = &units.all.items[i];
    Span start = code_at(run->rules, unit->starter, unit->start)->span;
    if (!unit->many || unit->mapped || unit->made.function != unit->starter ||
        start.start != run->report->finding.span.start || start.end != run->report->finding.span.end)
      continue;
    TSNode made = source_node(&run->source, code_at(run->rules, unit->made.function, unit->made.index)->span);
    if (!ts_node_is_null(work) && !ts_node_eq(work, made))
      return (TSNode){0};
    work = made;
  }
  return work;
}

static bool starts_itself(const FixRun *run, TSNode call) {
  TSNode method = syntax_node_field(syntax_node_field(call, "function"), "attribute");
  return !ts_node_is_null(method) && (source_equals(&run->source, syntax_node_span(method), "start_soon") ||
                                      source_equals(&run->source, syntax_node_span(method), "start"));
}

static bool has_keywords(TSNode arguments) {
  for (uint32_t i = 0; i < ts_node_named_child_count(arguments); i++) {
    TSNode child = ts_node_named_child(arguments, i);
    if (syntax_node_is(child, "keyword_argument") || syntax_node_is(child, "dictionary_splat"))
      return true;
  }
  return false;
}

// "CONCURRENCY_LIMIT", made where the file has none.
static const char *limit(FixRun *run, Edits *edits) {
  PythonPlace place = {.name = "CONCURRENCY_LIMIT"};
  const Module *module = fix_module(run);
  for (VariableId id = 1; id < module->variables.count; id++) {
    const Variable *variable = module_variable(module, id);
    if (variable->kind == VARIABLE_MODULE && strcmp(fix_symbol(run, variable->name), place.name) == 0)
      return place.name;
  }
  python_place_add(run, edits, &place, &(PythonObject){.made = arena_printf(run->arena, "%d", LIMIT)});
  return place.name;
}

static const char *semaphore(FixRun *run, Edits *edits) {
  const char *library = python_lock_library(run), *constant = limit(run, edits);
  const char *type = strcmp(library, "asyncio") == 0 ? "Semaphore" : "CapacityLimiter";
  return arena_printf(run->arena, "%s(%s)", python_import_member(run, edits, library, type), constant);
}

static void add_helper(FixRun *run, Edits *edits, TSNode call, const char *helper, bool options) {
  const char *name = source_local_name(&run->source, run->arena, call, "semaphore");
  const char *extra = options ? ", **options" : "";
  const char *text = arena_printf(run->arena,
                                  "%s = %s\n\nasync def %s(work, *arguments%s):\n\tasync with %s:\n\t\treturn await "
                                  "work(*arguments%s)\n\n",
                                  name, semaphore(run, edits), helper, extra, name, extra);
  python_insert_before(run, edits, python_outermost_statement(call), text);
}

// `check(url)` becomes `limited(check, url)`.
static void call_helper(const FixRun *run, Edits *edits, TSNode call, TSNode arguments, const char *helper) {
  uint32_t open = ts_node_start_byte(arguments);
  if (starts_itself(run, call)) {
    edits_insert(edits, ts_node_start_byte(ts_node_named_child(arguments, 0)), "%s, ", helper);
    return;
  }
  char next = run->source.bytes[open + 1];
  const char *comma = next == ')' ? "" : next == '\n' || next == '\r' ? "," : ", ";
  edits_insert(edits, ts_node_start_byte(call), "%s(", helper);
  edits_replace(edits, (Span){open, open + 1}, "%s", comma);
}

void limit_concurrency_fix(FixRun *run) {
  TSNode call = find_work(run), arguments = syntax_node_field(call, "arguments");
  TSNode function = syntax_node_function(call);
  if (!syntax_node_is(call, "call") || !syntax_node_is(arguments, "argument_list") ||
      !syntax_node_is(function, "function_definition"))
    return;
  if (starts_itself(run, call) && !ts_node_named_child_count(arguments))
    return;
  Edits edits = {.arena = run->arena};
  const char *helper = source_local_name(&run->source, run->arena, call, "limited");
  add_helper(run, &edits, call, helper, has_keywords(arguments) && !starts_itself(run, call));
  call_helper(run, &edits, call, arguments, helper);
  fix_offer(run, &edits, false, "Do %d at a time, with a semaphore", LIMIT);
}
