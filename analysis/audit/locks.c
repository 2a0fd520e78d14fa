// The locks, and what else tasks wait for each other with, with where each is made and used.
#include "../rules/code.h"
#include "audit.h"
#include <stdlib.h>

// A use of a lock, or where it is made.
typedef struct Use {
  Location lock;
  FunctionId function;
  Span span;
  LockSet held; // besides
  bool makes;
} Use;

typedef struct LockSearch {
  AuditDraft *draft;
  ARRAY(Use) uses;
} LockSearch;

// --- Finding -------------------------------------------------------------------------------------------------------

static bool is_synchroniser(RuleRun *run, FunctionId function, Value value) {
  Symbol types[VALUE_SET_LIMIT];
  uint32_t count = values_types(run->file->values, function, value, types);
  for (uint32_t i = 0; i < count; i++)
    if (model_type_is_synchroniser(symbol_text(run->file->module->symbols, types[i])))
      return true;
  return code_is_thread_lock(run, function, value);
}

static Location lock_of(RuleRun *run, FunctionId function, Value value) {
  Location lock = flow_lock_of(run->file, function, value, NULL), places[VALUE_SET_LIMIT];
  if (lock || !is_synchroniser(run, function, value))
    return lock;
  bool known = values_locations(run->file->values, function, value, places);
  return known && rule_location_is_shared(run, places[0]) ? places[0] : 0;
}

static void look_at_instruction(LockSearch *search, FunctionId function, uint32_t index) {
  RuleRun *run = search->draft->run;
  const Instruction *instruction = code_at(run, function, index);
  if (instruction->op != OP_ENTER && instruction->op != OP_CALL_METHOD)
    return;
  Location lock = lock_of(run, function, instruction->a);
  if (!lock)
    return;
  LockSet held = {0};
  if (run->file->held_at[function])
    held = run->file->held_at[function][index];
  array_push(search->draft->arena, &search->uses,
             ((Use){shared_place(run, lock), function, instruction->span, held, false}));
}

static bool is_used(const LockSearch *search, Location lock, uint32_t use_count) {
  for (uint32_t i = 0; i < use_count; i++)
    if (search->uses.items[i].lock == lock)
      return true;
  return false;
}

// Where a lock gets its value.
static void find_makers(LockSearch *search) {
  const FlowFile *file = search->draft->run->file;
  uint32_t use_count = search->uses.count;
  for (FunctionId id = 1; id < file->module->functions.count; id++)
    for (uint32_t i = 0; i < file->summaries[id].accesses.count; i++) {
      const Access *access = &file->summaries[id].accesses.items[i];
      if (!(access->flags & ACCESS_WRITE) || access->flags & ACCESS_CALLEE)
        continue;
      Location whole = shared_place(search->draft->run, access->location);
      if (is_used(search, whole, use_count))
        array_push(search->draft->arena, &search->uses, ((Use){whole, id, access->span, access->guards, true}));
    }
}

// --- Telling -------------------------------------------------------------------------------------------------------

static int by_lock(const void *a, const void *b) {
  const Use *left = a, *right = b;
  if (left->lock != right->lock)
    return left->lock < right->lock ? -1 : 1;
  if (left->makes != right->makes)
    return left->makes ? -1 : 1;
  if (left->span.start != right->span.start)
    return left->span.start < right->span.start ? -1 : 1;
  return left->span.end < right->span.end ? -1 : left->span.end > right->span.end;
}

static SharedAccess tell(const AuditDraft *draft, const Use *use) {
  return (SharedAccess){
      .span = use->span,
      .reads = !use->makes,
      .writes = use->makes,
      .function = rule_function(draft->run, use->function),
      .function_span = module_function(draft->run->file->module, use->function)->name_span,
      .locks = rule_locks(draft->run, use->held),
      .tasks = audit_tasks_of(draft, use->function),
  };
}

// Of the copies that a `finally` is lowered to one is told.
static SharedAccess *tell_all(const AuditDraft *draft, const Use *uses, uint32_t end, bool makes, uint32_t *count) {
  SharedAccess *told = ARENA_ARRAY(draft->arena, SharedAccess, end);
  *count = 0;
  for (uint32_t i = 0; i < end; i++)
    if (uses[i].makes == makes && (!*count || told[*count - 1].span.start != uses[i].span.start))
      told[(*count)++] = tell(draft, &uses[i]);
  return told;
}

static SharedLocation tell_lock(const AuditDraft *draft, const Use *uses, uint32_t count) {
  SharedLocation lock = {.name = rule_location(draft->run, uses[0].lock)};
  lock.setup = tell_all(draft, uses, count, true, &lock.setup_count);
  lock.accesses = tell_all(draft, uses, count, false, &lock.access_count);
  lock.definition = lock.setup_count ? lock.setup[0].span : lock.accesses[0].span;
  return lock;
}

static int by_first_use(const void *a, const void *b) {
  const SharedLocation *left = a, *right = b;
  uint32_t left_start = left->accesses[0].span.start, right_start = right->accesses[0].span.start;
  return left_start < right_start ? -1 : left_start > right_start;
}

void audit_find_locks(AuditDraft *draft) {
  const Module *module = draft->run->file->module;
  LockSearch search = {.draft = draft};
  for (FunctionId id = 1; id < module->functions.count && !cancel_raised(draft->cancel); id++)
    for (uint32_t i = 0; i < module_function(module, id)->code.count; i++)
      look_at_instruction(&search, id, i);
  find_makers(&search);
  if (search.uses.count)
    qsort(search.uses.items, search.uses.count, sizeof *search.uses.items, by_lock);
  SharedLocation *locks = ARENA_ARRAY(draft->arena, SharedLocation, search.uses.count);
  for (uint32_t i = 0, end; i < search.uses.count; i = end) {
    for (end = i + 1; end < search.uses.count && search.uses.items[end].lock == search.uses.items[i].lock;)
      end++;
    locks[draft->audit.lock_count++] = tell_lock(draft, search.uses.items + i, end - i);
  }
  if (draft->audit.lock_count)
    qsort(locks, draft->audit.lock_count, sizeof *locks, by_first_use);
  draft->audit.locks = locks;
}
