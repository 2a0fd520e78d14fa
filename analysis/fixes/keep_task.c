// `create_task(work())` becomes a task that a set keeps until it is done.
#include "lock_sites.h"
#include "python_import.h"
#include "python_place.h"
#include "statement.h"
#include "task_statement.h"
#include <string.h>

// --- a set that the file keeps its tasks in already

typedef struct Search {
  const FixRun *run;
  TSNode class; // around the task; a null node for none
  const char *set;
} Search;

static TSNode class_of(TSNode node) {
  static const char *const CLASSES[] = {"class_definition", NULL};
  return syntax_node_enclosing(node, CLASSES);
}

static bool is_same(TSNode a, TSNode b) {
  return ts_node_is_null(a) || ts_node_is_null(b) ? ts_node_is_null(a) && ts_node_is_null(b) : ts_node_eq(a, b);
}

// "self._tasks" of `task.add_done_callback(self._tasks.discard)`.
static bool look_for_set(TSNode node, void *context) {
  Search *search = context;
  const Source *source = &search->run->source;
  TSNode method = syntax_node_field(syntax_node_field(node, "function"), "attribute");
  TSNode discard = syntax_node_child(syntax_node_field(node, "arguments"), 0);
  if (search->set || !syntax_node_is(node, "call") || ts_node_is_null(method) || !syntax_node_is(discard, "attribute"))
    return true;
  if (!source_equals(source, syntax_node_span(method), "add_done_callback") ||
      !source_equals(source, syntax_node_span(syntax_node_field(discard, "attribute")), "discard"))
    return true;
  TSNode set = syntax_node_field(discard, "object");
  bool attribute = syntax_node_is(set, "attribute");
  if (attribute ? !is_same(class_of(node), search->class) : !syntax_node_is(set, "identifier"))
    return true;
  search->set = source_copy(source, search->run->arena, syntax_node_span(set));
  return true;
}

// Whether a name of a set means the same to the function: a variable of the file, or an attribute of its receiver.
static bool reaches(const FixRun *run, FunctionId function, const char *set) {
  const Module *module = fix_module(run);
  FunctionId method = lock_receiver_method(run, function);
  const char *self = method ? arena_printf(run->arena, "%s.", lock_receiver(run, method)) : NULL;
  if (self && strncmp(set, self, strlen(self)) == 0 && !strchr(set + strlen(self), '.'))
    return true;
  for (VariableId id = 1; id < module->variables.count; id++) {
    const Variable *variable = module_variable(module, id);
    if (variable->kind == VARIABLE_MODULE && strcmp(fix_symbol(run, variable->name), set) == 0)
      return true;
  }
  return false;
}

static const char *existing_set(const FixRun *run, const TaskStatement *task) {
  Search search = {.run = run, .class = class_of(task->call)};
  syntax_node_walk(run->source.root, look_for_set, &search);
  return search.set && reaches(run, task->function, search.set) ? search.set : NULL;
}

static const char *new_set(FixRun *run, Edits *edits, const TaskStatement *task) {
  PythonPlace place;
  python_place_of_function(run, task->function, &place);
  place.name =
      source_fresh_name(&run->source, run->arena, place.class_id ? "_background_tasks" : "background_tasks", true);
  const char *type = python_import_of(run, "asyncio") ? "set[asyncio.Task]" : "set";
  python_place_add(run, edits, &place, &(PythonObject){.made = "set()", .factory = "set", .type = type, .hint = true});
  return python_place_reach(run, &place, task->function);
}

// --- the task

static void write(const FixRun *run, Edits *edits, const TaskStatement *task, const char *set) {
  const Source *source = &run->source;
  const char *name = task_statement_name(run, edits, task);
  uint32_t end = ts_node_end_byte(task->statement);
  bool alone = statement_stands_alone(source, task->statement);
  const char *gap = "; ";
  if (alone)
    gap = arena_printf(run->arena, "\n%s", source_indent(source, run->arena, ts_node_start_byte(task->statement)));
  edits_insert(edits, alone ? source_line_end(source, end) : end, "%s%s.add(%s)%s%s.add_done_callback(%s.discard)", gap,
               set, name, gap, name, set);
}

void keep_task_fix(FixRun *run) {
  static const char TITLE[] = "Keep the task until it is done";
  TaskStatement task;
  if (!task_statement_find(run, &task)) {
    fix_refuse(run, TITLE, "it is not started by a statement of its own");
    return;
  }
  Edits edits = {.arena = run->arena};
  const char *set = existing_set(run, &task);
  if (!set)
    set = new_set(run, &edits, &task);
  if (!set)
    return;
  write(run, &edits, &task, set);
  fix_offer(run, &edits, true, "Keep the task in `%s` until it is done", set);
}
