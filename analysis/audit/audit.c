#include "audit.h"

const Audit *audit_make(RuleRun *run, const Syntax *syntax, Cancel *cancel) {
  AuditDraft draft = {.run = run, .arena = run->file->arena, .cancel = cancel};
  draft.shared = shared_find_all(run, cancel);
  draft.audit.locations = draft.shared.items;
  draft.audit.location_count = draft.shared.count;
  audit_find_tasks(&draft);
  audit_find_locks(&draft);
  audit_find_outside(&draft);
  audit_find_points(&draft);
  audit_find_windows(&draft);
  audit_find_unknowns(&draft, syntax);
  if (cancel_raised(cancel))
    return NULL;
  Audit *audit = ARENA_NEW(draft.arena, Audit);
  *audit = draft.audit;
  return audit;
}
