// The statement that starts a task and drops it.
#ifndef RACEWISE_FIXES_TASK_STATEMENT_H
#define RACEWISE_FIXES_TASK_STATEMENT_H

#include "fix.h"

typedef struct TaskStatement {
  FunctionId function;
  TSNode call;      // what gives the task, with its `await` where it has one
  TSNode statement; // whose value it is, or which assigns it
  TSNode target;    // the name it is assigned to; a null node for nothing
} TaskStatement;

// Finds the statement of the report. False where the task is part of another expression.
bool task_statement_find(const FixRun *run, TaskStatement *task);

// The name of the task, which the statement is made to assign where it does not yet.
const char *task_statement_name(const FixRun *run, Edits *edits, const TaskStatement *task);

#endif
