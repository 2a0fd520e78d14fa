// The audit: what tasks share, where they give way, and what was not understood, findings or not.
#ifndef RACEWISE_AUDIT_AUDIT_H
#define RACEWISE_AUDIT_AUDIT_H

#include "../rules/shared.h"
#include "../syntax/syntax.h"

// Lives in the arena of the run. NULL when cancelled.
const Audit *audit_make(RuleRun *run, const Syntax *syntax, Cancel *cancel);

// --- Its parts, for audit.c alone

// An audit in the making.
typedef struct AuditDraft {
  RuleRun *run;
  Arena *arena;
  Audit audit;
  SharedLocations shared;                // the audit's locations
  uint8_t task_of_root[TASK_ROOT_LIMIT]; // indexes into the audit's tasks
  Cancel *cancel;
} AuditDraft;

void audit_find_tasks(AuditDraft *draft);   // fills `tasks`, and puts their indexes into what is shared
void audit_find_locks(AuditDraft *draft);   // needs the tasks
void audit_find_outside(AuditDraft *draft); // needs the tasks
void audit_find_points(AuditDraft *draft);  // needs the tasks
void audit_find_windows(AuditDraft *draft); // needs the points
void audit_find_unknowns(AuditDraft *draft, const Syntax *syntax);

// The roots of a function as a set of the audit's tasks.
uint64_t audit_tasks_of(const AuditDraft *draft, FunctionId function);

#endif
