// `create_task(work())` is waited for before the program's main returns: what is left then is cancelled.
#include "python_import.h"
#include "python_insert.h"
#include "python_lock.h"
#include "task_statement.h"

// Whether the program's main runs the function to its end, and then cancels the tasks that are left.
static bool ends_program(const FixRun *run, FunctionId function) {
  const CallGraph *graph = run->rules->graph;
  for (uint32_t i = 0; i < graph->count; i++)
    if (graph->edges[i].kind == EDGE_RUN && graph->edges[i].callee.function == function)
      return true;
  return false;
}

typedef struct Exits {
  TSNode last; // the last statement of the function, which may be a return
  bool early;  // there is another return
} Exits;

static bool look_for_exit(TSNode node, void *context) {
  Exits *exits = context;
  if (syntax_node_is(node, "return_statement") && !ts_node_eq(node, exits->last))
    exits->early = true;
  return !syntax_node_is_function(node) && !syntax_node_is(node, "class_definition");
}

// Whether the function ends behind its last statement alone, and never goes round for ever.
static bool ends_at_last(const FixRun *run, TSNode function, TSNode statement) {
  Exits exits = {.last = syntax_node_last_child(syntax_node_field(function, "body"))};
  syntax_node_walk(syntax_node_field(function, "body"), look_for_exit, &exits);
  static const char *const LOOPS[] = {"while_statement", NULL};
  TSNode loop = syntax_node_enclosing(statement, LOOPS);
  bool endless = !ts_node_is_null(loop) && ts_node_start_byte(loop) > ts_node_start_byte(function) &&
                 source_equals(&run->source, syntax_node_span(syntax_node_field(loop, "condition")), "True");
  return !exits.early && !endless;
}

static bool is_direct(TSNode function, TSNode statement) {
  return ts_node_eq(ts_node_parent(statement), syntax_node_field(function, "body"));
}

// The statement that waits, and what makes the task known to it.
static const char *keep(FixRun *run, Edits *edits, const TaskStatement *task, TSNode function) {
  if (is_direct(function, task->statement))
    return arena_printf(run->arena, "await %s", task_statement_name(run, edits, task));
  const char *list = source_local_name(&run->source, run->arena, task->call, "tasks");
  const char *gather = python_import_member(run, edits, "asyncio", "gather");
  python_insert_before(run, edits, python_outermost_statement(task->statement),
                       arena_printf(run->arena, "%s = []\n", list));
  edits_replace(edits, (Span){ts_node_start_byte(task->statement), ts_node_start_byte(task->call)}, "%s.append(", list);
  edits_insert(edits, ts_node_end_byte(task->call), ")");
  return arena_printf(run->arena, "await %s(*%s)", gather, list);
}

static void wait_at_end(const FixRun *run, Edits *edits, TSNode function, const char *waiting) {
  TSNode last = syntax_node_last_child(syntax_node_field(function, "body"));
  const char *indent = source_indent(&run->source, run->arena, ts_node_start_byte(last));
  if (syntax_node_is(last, "return_statement"))
    python_insert_before(run, edits, last, arena_printf(run->arena, "%s\n", waiting));
  else
    edits_insert(edits, source_line_end(&run->source, ts_node_end_byte(last)), "\n%s%s", indent, waiting);
}

void join_tasks_fix(FixRun *run) {
  TaskStatement task;
  if (!task_statement_find(run, &task) || !ends_program(run, task.function))
    return;
  TSNode function = syntax_node_function(task.call), last = syntax_node_last_child(syntax_node_field(function, "body"));
  if (!syntax_node_is(function, "function_definition") || !syntax_node_is_async(function) ||
      !ends_at_last(run, function, task.statement) || !source_starts_line(&run->source, ts_node_start_byte(last)))
    return;
  Edits edits = {.arena = run->arena};
  wait_at_end(run, &edits, function, keep(run, &edits, &task, function));
  fix_offer(run, &edits, false, "Wait for the task before `%s` returns", rule_function(run->rules, task.function));
}

// --- a task group, which waits at its end

static bool is_of_asyncio(const FixRun *run, TSNode call) {
  TSNode object = syntax_node_field(syntax_node_field(call, "function"), "object");
  return !ts_node_is_null(object) && source_equals(&run->source, syntax_node_span(object), "asyncio");
}

void task_group_fix(FixRun *run) {
  TaskStatement task;
  Region region;
  if (!task_statement_find(run, &task) || !ends_program(run, task.function) || !is_of_asyncio(run, task.call) ||
      !syntax_node_is(task.statement, "expression_statement"))
    return;
  TSNode function = syntax_node_function(task.call), outermost = python_outermost_statement(task.statement);
  if (!syntax_node_is(function, "function_definition") || !syntax_node_is_async(function) ||
      !ends_at_last(run, function, task.statement) ||
      !region_of(run, task.function, syntax_node_span(outermost), &region) || region.inside_line)
    return;
  region_to_end(&region);
  Edits edits = {.arena = run->arena};
  const char *group = source_local_name(&run->source, run->arena, task.call, "tasks");
  python_lock_wrap(run, &edits, &region, arena_printf(run->arena, "asyncio.TaskGroup() as %s", group));
  edits_replace(&edits, syntax_node_span(syntax_node_field(syntax_node_field(task.call, "function"), "object")), "%s",
                group);
  fix_offer(run, &edits, false, "Start the task in a group that waits for it");
}
