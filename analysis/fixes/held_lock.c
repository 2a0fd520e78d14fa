#include "held_lock.h"

bool held_lock_at(const FixRun *run, const Edge *edge, Location lock) {
  const LockSet *held = run->rules->file->held_at[edge->caller];
  return lock_set_holds(contexts_entry_locks(run->rules->contexts, edge->caller), lock) ||
         (held && lock_set_holds(&held[edge->instruction], lock));
}

FunctionId held_lock_function(const FixRun *run, Span span) {
  for (FunctionId id = fix_module(run)->functions.count - 1; id; id--)
    if (span_holds(fix_function(run, id)->span, span))
      return id;
  return 0;
}

Span held_lock_taken(const FixRun *run) {
  const Finding *finding = &run->report->finding;
  for (uint32_t i = 0; i < finding->related_count; i++)
    if (finding->related[i].role == PLACE_LOCK || finding->related[i].role == PLACE_CONFLICT)
      return finding->related[i].span;
  return (Span){0, 0};
}
