#include "task_statement.h"
#include "python_insert.h"

bool task_statement_find(const FixRun *run, TaskStatement *task) {
  *task = (TaskStatement){.function = run->report->function};
  task->call = source_node(&run->source, run->report->finding.span);
  TSNode parent = ts_node_parent(task->call);
  if (syntax_node_is(parent, "assignment")) {
    task->target = syntax_node_field(parent, "left");
    parent = ts_node_parent(parent);
    if (!syntax_node_is(task->target, "identifier"))
      return false;
  }
  task->statement = parent;
  return syntax_node_is(parent, "expression_statement") && ts_node_named_child_count(parent) == 1;
}

const char *task_statement_name(const FixRun *run, Edits *edits, const TaskStatement *task) {
  const Source *source = &run->source;
  if (!ts_node_is_null(task->target) && !source_equals(source, syntax_node_span(task->target), "_"))
    return source_copy(source, run->arena, syntax_node_span(task->target));
  const char *name = source_local_name(&run->source, run->arena, task->call, "task");
  if (ts_node_is_null(task->target))
    edits_insert(edits, ts_node_start_byte(task->statement), "%s = ", name);
  else
    edits_replace(edits, syntax_node_span(task->target), "%s", name);
  return name;
}
