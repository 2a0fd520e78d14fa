// What another thread does to things of the event loop is handed over to the loop.
#include "held_lock.h"
#include "lock_sites.h"
#include "python_import.h"
#include "python_insert.h"
#include "python_place.h"
#include <string.h>

typedef struct HandOver {
  TSNode call, called, arguments;
  FunctionId function;
  const char *method; // the last part of what is called
} HandOver;

static const char *text_of(const FixRun *run, TSNode node) {
  return source_copy(&run->source, run->arena, syntax_node_span(node));
}

static bool is_one_of(const char *name, const char *const *names) {
  for (; *names; names++)
    if (strcmp(name, *names) == 0)
      return true;
  return false;
}

// A call whose result nobody uses, with positional arguments alone.
static bool find(const FixRun *run, HandOver *hand) {
  hand->call = source_node(&run->source, run->report->finding.span);
  hand->called = syntax_node_field(hand->call, "function");
  hand->arguments = syntax_node_field(hand->call, "arguments");
  hand->function = run->report->function;
  if (!syntax_node_is(hand->call, "call") || !syntax_node_is(hand->arguments, "argument_list") ||
      !syntax_node_is(ts_node_parent(hand->call), "expression_statement"))
    return false;
  for (uint32_t i = 0; i < ts_node_named_child_count(hand->arguments); i++)
    if (syntax_node_is(ts_node_named_child(hand->arguments, i), "keyword_argument"))
      return false;
  TSNode attribute = syntax_node_field(hand->called, "attribute");
  hand->method = text_of(run, ts_node_is_null(attribute) ? hand->called : attribute);
  return true;
}

// --- the loop

typedef struct Search {
  const FixRun *run;
  const char *wanted; // what is called: "self._thread.start"
  TSNode found;
} Search;

static bool look_for_call(TSNode node, void *context) {
  Search *search = context;
  TSNode called = syntax_node_field(node, "function");
  if (syntax_node_is(node, "call") && !ts_node_is_null(called) && ts_node_is_null(search->found) &&
      source_equals(&search->run->source, syntax_node_span(called), search->wanted))
    search->found = node;
  return true;
}

// Where the thread begins to run: `self._thread.start()`, or where it is made.
static TSNode thread_start(const FixRun *run) {
  const Finding *finding = &run->report->finding;
  TSNode made = {0};
  for (uint32_t i = 0; i < finding->related_count; i++)
    if (finding->related[i].role == PLACE_SPAWN)
      made = source_node(&run->source, finding->related[i].span);
  TSNode name = syntax_node_field(ts_node_is_null(made) ? made : ts_node_parent(made), "left");
  if (ts_node_is_null(name))
    return made;
  Search search = {.run = run, .wanted = arena_printf(run->arena, "%s.start", text_of(run, name))};
  syntax_node_walk(run->source.root, look_for_call, &search);
  return ts_node_is_null(search.found) ? made : search.found;
}

// An attribute that the class keeps its loop in: "self._loop".
static const char *kept_loop(const FixRun *run, FunctionId method) {
  static const char *const NAMES[] = {"_loop", "loop"};
  ClassId class = fix_function(run, method)->class_id;
  for (int i = 0; class && i < 2; i++) {
    const char *loop = arena_printf(run->arena, "%s.%s", lock_receiver(run, method), NAMES[i]);
    const char *set = arena_printf(run->arena, "%s = ", loop);
    Span span = module_class(fix_module(run), class)->span;
    const char *text = source_copy(&run->source, run->arena, span);
    if (strstr(text, set))
      return loop;
  }
  return NULL;
}

// The loop for a function, kept by the object when its thread starts.
static const char *loop_of(FixRun *run, Edits *edits, FunctionId function) {
  FunctionId method = lock_receiver_method(run, function);
  TSNode start = thread_start(run);
  if (ts_node_is_null(start))
    return NULL;
  FunctionId starter = held_lock_function(run, syntax_node_span(start));
  const char *loop = method ? kept_loop(run, method) : NULL;
  if (loop)
    return loop;
  TSNode statement = start;
  static const char *const LISTS[] = {"block", "module", NULL};
  while (!ts_node_is_null(ts_node_parent(statement)) && !syntax_node_is_one_of(ts_node_parent(statement), LISTS))
    statement = ts_node_parent(statement);
  FunctionId outer = lock_receiver_method(run, starter);
  bool nested =
      fix_function(run, function)->parent == starter && !(fix_function(run, starter)->flags & FUNCTION_MODULE);
  if (nested)
    loop = source_local_name(&run->source, run->arena, start, "loop");
  else if (method && outer && fix_function(run, outer)->class_id == fix_function(run, method)->class_id)
    loop = arena_printf(run->arena, "%s._loop", lock_receiver(run, method));
  else
    return NULL;
  const char *current = python_import_member(run, edits, "asyncio", "get_running_loop");
  const char *target = nested ? loop : arena_printf(run->arena, "%s._loop", lock_receiver(run, outer));
  python_insert_before(run, edits, statement, arena_printf(run->arena, "%s = %s()\n", target, current));
  return loop;
}

// --- handing over

// `queue.put_nowait(item)` becomes `loop.call_soon_threadsafe(queue.put_nowait, item)`.
static void call_soon(const FixRun *run, Edits *edits, const HandOver *hand, const char *loop) {
  uint32_t open = ts_node_start_byte(hand->arguments);
  const char *comma = run->source.bytes[open + 1] == ')' ? "" : ", ";
  edits_insert(edits, ts_node_start_byte(hand->call), "%s.call_soon_threadsafe(", loop);
  edits_replace(edits, (Span){open, open + 1}, "%s", comma);
}

// `create_task(work())` becomes `asyncio.run_coroutine_threadsafe(work(), loop)`.
static void run_coroutine(FixRun *run, Edits *edits, const HandOver *hand, const char *loop) {
  const char *starter = python_import_member(run, edits, "asyncio", "run_coroutine_threadsafe");
  edits_replace(edits, syntax_node_span(hand->called), "%s", starter);
  edits_insert(edits, ts_node_end_byte(syntax_node_last_child(hand->arguments)), ", %s", loop);
}

void hand_over_fix(FixRun *run) {
  static const char *const OF_LOOP[] = {"call_soon", "create_task", "stop", NULL};
  static const char *const STARTERS[] = {"create_task", "ensure_future", NULL};
  HandOver hand;
  if (!find(run, &hand))
    return;
  Edits edits = {.arena = run->arena};
  TSNode object = syntax_node_field(hand.called, "object");
  bool module = ts_node_is_null(object) || source_equals(&run->source, syntax_node_span(object), "asyncio");
  bool own = is_one_of(hand.method, OF_LOOP) && !module;
  const char *loop = own ? text_of(run, object) : loop_of(run, &edits, hand.function);
  if (!loop)
    return;
  if (own && strcmp(hand.method, "call_soon") == 0)
    edits_insert(&edits, ts_node_end_byte(hand.called), "_threadsafe");
  else if (is_one_of(hand.method, STARTERS) && ts_node_named_child_count(hand.arguments) == 1)
    run_coroutine(run, &edits, &hand, loop);
  else
    call_soon(run, &edits, &hand, loop);
  fix_offer(run, &edits, false, "Hand it over to the event loop");
}
