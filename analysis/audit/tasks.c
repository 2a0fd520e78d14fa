// The ways for tasks to begin.
#include "audit.h"
#include <string.h>

static const TaskKind KINDS[] = {
    [EDGE_CALL] = TASK_PROGRAM, [EDGE_SPAWN] = TASK_STARTED,   [EDGE_GATHER] = TASK_GATHERED,
    [EDGE_RUN] = TASK_PROGRAM,  [EDGE_HANDLER] = TASK_HANDLER, [EDGE_CALLBACK] = TASK_CALLBACK,
};

static TaskRoots all_roots(const RuleRun *run) {
  TaskRoots all = 0;
  for (FunctionId id = 1; id < run->file->module->functions.count; id++)
    all |= contexts_roots(run->contexts, id);
  return all;
}

static TaskOrigin tell(const AuditDraft *draft, uint32_t number) {
  TaskRoot root = contexts_root(draft->run->contexts, number);
  TaskKind kind = root.outside ? TASK_OUTSIDE : root.beside ? TASK_BESIDE : KINDS[root.kind];
  FunctionId entry = root.beside ? root.beside : root.entry;
  const char *function = entry ? rule_function(draft->run, entry) : "";
  return (TaskOrigin){kind, function, root.span, root.many};
}

static uint64_t tasks_of(const AuditDraft *draft, TaskRoots roots) {
  uint64_t tasks = 0;
  for (uint32_t i = 0; i < TASK_ROOT_LIMIT; i++)
    if (roots >> i & 1)
      tasks |= (uint64_t)1 << draft->task_of_root[i];
  return tasks;
}

static void name_tasks(const AuditDraft *draft, const SharedAccess *accesses, uint32_t count) {
  SharedAccess *own = (SharedAccess *)accesses; // made for this audit
  for (uint32_t i = 0; i < count; i++)
    own[i].tasks = tasks_of(draft, own[i].tasks);
}

uint64_t audit_tasks_of(const AuditDraft *draft, FunctionId function) {
  return tasks_of(draft, contexts_roots(draft->run->contexts, function));
}

// One start may be seen several times, as when a list of coroutines is waited for at two places.
static uint32_t index_of(const TaskOrigin *tasks, uint32_t count, const TaskOrigin *task) {
  uint32_t index = 0;
  for (; index < count; index++)
    if (tasks[index].kind == task->kind && strcmp(tasks[index].function, task->function) == 0 &&
        tasks[index].span.start == task->span.start && tasks[index].many == task->many)
      break;
  return index;
}

void audit_find_tasks(AuditDraft *draft) {
  TaskRoots all = all_roots(draft->run);
  TaskOrigin *tasks = ARENA_ARRAY(draft->arena, TaskOrigin, TASK_ROOT_LIMIT);
  for (uint32_t i = 0; i < TASK_ROOT_LIMIT; i++) {
    if (!(all >> i & 1))
      continue;
    TaskOrigin task = tell(draft, i);
    uint32_t index = index_of(tasks, draft->audit.task_count, &task);
    tasks[index] = task;
    draft->task_of_root[i] = (uint8_t)index;
    if (index == draft->audit.task_count)
      draft->audit.task_count++;
  }
  draft->audit.tasks = tasks;
  for (uint32_t i = 0; i < draft->shared.count; i++) {
    name_tasks(draft, draft->shared.items[i].accesses, draft->shared.items[i].access_count);
    name_tasks(draft, draft->shared.items[i].setup, draft->shared.items[i].setup_count);
  }
}
