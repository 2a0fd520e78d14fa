// `if key not in cache: cache[key] = await load(key)`: who comes while it is under way waits for the same task. It is
// forgotten when it has ended: by then the value is there, or it failed and the next one may try again. The task goes
// on when somebody who waits for it is cancelled.
#include "python_import.h"
#include "python_lock.h"
#include "share_in_flight.h"
#include "template.h"
#include <string.h>

typedef struct Task {
  Share share;
  PythonPlace place;
  const char *pending; // where the task under way is kept, as the function writes it
  const char *globals; // "global cache, pending": of the new function; "" for none
} Task;

// The `global` or `nonlocal` statement of the function that names what is set.
static TSNode binding_of(const FixRun *run, TSNode function, const char *name) {
  static const char *const BINDINGS[] = {"global_statement", "nonlocal_statement", NULL};
  TSNode body = syntax_node_field(function, "body");
  for (uint32_t i = 0; i < ts_node_named_child_count(body); i++) {
    TSNode statement = ts_node_named_child(body, i);
    if (syntax_node_is_one_of(statement, BINDINGS) &&
        source_uses(&run->source, syntax_node_span(statement), name, false))
      return statement;
  }
  return (TSNode){0};
}

// What is bound in the function around must be bound in the new one. A variable that keeps the task is bound in both.
static void bind_globals(const FixRun *run, Edits *edits, Task *task) {
  task->globals = "";
  if (task->place.class_id || !task->place.beside)
    return;
  const char *beside = fix_symbol(run, module_variable(fix_module(run), task->place.beside)->name);
  TSNode statement = binding_of(run, task->share.work.function, beside);
  if (ts_node_is_null(statement))
    return;
  const char *more = task->share.key ? "" : arena_printf(run->arena, ", %s", task->pending);
  edits_insert(edits, ts_node_end_byte(statement), "%s", more);
  task->globals =
      arena_printf(run->arena, "%s%s", source_copy(&run->source, run->arena, syntax_node_span(statement)), more);
}

static bool plan(const FixRun *run, Task *task) {
  const Candidate *candidate = &run->report->candidate;
  if (!share_find(run, &task->share) || !python_place_of_location(run, candidate->location, &task->place))
    return false;
  PythonPlace *place = &task->place;
  const char *name = place->beside ? fix_symbol(run, module_variable(fix_module(run), place->beside)->name) : NULL;
  name = place->class_id ? arena_printf(run->arena, "_%s", place->field + (*place->field == '_')) : name;
  if (!name)
    return false;
  place->name = source_fresh_name(&run->source, run->arena, arena_printf(run->arena, "%s_pending", name), true);
  task->pending = python_place_reach(run, place, candidate->origin);
  Span work = task->share.work.span, function = syntax_node_span(task->share.work.function);
  return task->pending && !source_uses(&run->source, work, "super", false) &&
         !source_uses(&run->source, function, "work", false) && !source_uses(&run->source, function, "running", false);
}

static void declare(FixRun *run, Edits *edits, const Task *task) {
  PythonObject none = {.made = "None", .factory = "lambda: None", .type = "asyncio.Task | None", .hint = true};
  PythonObject table = {.made = "{}", .factory = "dict", .type = "dict", .hint = true};
  python_place_add(run, edits, &task->place, task->share.key ? &table : &none);
}

// The new function's head, up to where the work begins.
static const char *head_of(const FixRun *run, const Task *task) {
  TSNode first = task->share.work.first;
  const char *globals = *task->globals ? template_text(run, first, "\f\t\t%s\n", task->globals) : "";
  const char *look = task->share.key ? template_text(run, first, "\frunning = %s.get(%s)\n\fif running is None:\n",
                                                     task->pending, task->share.key)
                                     : template_text(run, first, "\fif %s is None:\n", task->pending);
  return arena_printf(run->arena, "%s%s%s%s", look, template_text(run, first, "\f\tasync def work():\n"), globals,
                      template_text(run, first, "\f\t\ttry:\n"));
}

// What follows behind the work.
static const char *rest_of(FixRun *run, Edits *edits, const Task *task) {
  TSNode first = task->share.work.first;
  const char *create = python_import_member(run, edits, "asyncio", "create_task");
  const char *shield = python_import_member(run, edits, "asyncio", "shield");
  if (!task->share.key)
    return template_text(run, first,
                         "\n\f\t\tfinally:\n\f\t\t\t%1$s = None\n\n\f\t%1$s = %2$s(work())\n\fawait %3$s(%1$s)",
                         task->pending, create, shield);
  return template_text(run, first,
                       "\n\f\t\tfinally:\n\f\t\t\tdel %1$s[%2$s]\n\n\f\trunning = %1$s[%2$s] = %3$s(work())\n"
                       "\fawait %4$s(running)",
                       task->pending, task->share.key, create, shield);
}

static void write(FixRun *run, Edits *edits, const Task *task) {
  const Region *work = &task->share.work;
  edits_insert(edits, source_line_start(&run->source, work->span.start), "%s", head_of(run, task));
  region_indent(run, edits, work, 3);
  edits_insert(edits, source_line_end(&run->source, work->span.end), "%s", rest_of(run, edits, task));
}

void share_task_fix(FixRun *run) {
  Task task = {0};
  if (strcmp(python_lock_library(run), "asyncio") != 0 || !plan(run, &task))
    return;
  Edits edits = {.arena = run->arena};
  bind_globals(run, &edits, &task);
  declare(run, &edits, &task);
  write(run, &edits, &task);
  fix_offer(run, &edits, false, "Share the task that is under way");
}
