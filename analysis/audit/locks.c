// The locks, and what else tasks wait for each other with, with where each is made and used.
#include "../rules/code.h"
#include "audit.h"
#include <stdlib.h>

// A use of a lock, a mention of it, or where it is made.
typedef struct Use {
  Location lock;
  const char *name; // of a lock of the activation's own; NULL for others
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

static void add(LockSearch *search, Use use) {
  array_push(search->draft->arena, &search->uses, use);
}

static bool is_used(const LockSearch *search, Location lock, uint32_t use_count) {
  for (uint32_t i = 0; i < use_count; i++)
    if (search->uses.items[i].lock == lock)
      return true;
  return false;
}

// The lock that every activation makes anew and nobody else gets; NULL where it is none.
static const Allocation *own_lock(RuleRun *run, FunctionId function, Value value, Location *lock) {
  const ValueSet *set = values_of(run->file->values, function, value);
  if (set->count != 1 || set->open || abstract_kind(set->items[0]) != ABSTRACT_FRESH)
    return NULL;
  const Allocation *made = values_allocation(run->file->values, abstract_number(set->items[0]));
  bool is_lock = made->model && (made->model->kind == MODEL_LOCK || made->model->kind == MODEL_SEMAPHORE);
  *lock = location_root(run->file->locations, ROOT_ALLOCATION, abstract_number(set->items[0]));
  return is_lock && !made->escapes ? made : NULL;
}

static void add_own(LockSearch *search, Use use, Value value) {
  RuleRun *run = search->draft->run;
  const Allocation *made = own_lock(run, use.function, value, &use.lock);
  if (!made)
    return;
  use.name = code_display(run, use.function, value);
  Use maker = {.lock = use.lock, .name = use.name, .function = made->function, .makes = true};
  maker.span = code_at(run, made->function, made->instruction)->span;
  if (!is_used(search, use.lock, search->uses.count))
    add(search, maker);
  add(search, use);
}

static void look_at_instruction(LockSearch *search, FunctionId function, uint32_t index) {
  RuleRun *run = search->draft->run;
  const Instruction *instruction = code_at(run, function, index);
  if (instruction->op != OP_ENTER && instruction->op != OP_CALL_METHOD)
    return;
  Use use = {.lock = lock_of(run, function, instruction->a), .function = function, .span = instruction->span};
  if (run->file->held_at[function])
    use.held = run->file->held_at[function][index];
  if (!use.lock) {
    add_own(search, use, instruction->a);
    return;
  }
  use.lock = shared_place(run, use.lock);
  add(search, use);
}

// --- Where else it stands ------------------------------------------------------------------------------------------

static void add_mention(LockSearch *search, Use use, Location place, uint32_t use_count) {
  use.lock = shared_place(search->draft->run, place);
  if (is_used(search, use.lock, use_count))
    add(search, use);
}

// Where it gets its value.
static void find_makers(LockSearch *search, FunctionId function, uint32_t use_count) {
  const Summary *summary = &search->draft->run->file->summaries[function];
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *access = &summary->accesses.items[i];
    Use use = {.function = function, .span = access->span, .held = access->guards, .makes = true};
    if (access->flags & ACCESS_WRITE && !(access->flags & ACCESS_CALLEE))
      add_mention(search, use, access->location, use_count);
  }
}

// Where it is looked at or passed on.
static void find_readers(LockSearch *search, FunctionId function, uint32_t use_count) {
  const FlowFile *file = search->draft->run->file;
  const Function *code = module_function(file->module, function);
  Location places[VALUE_SET_LIMIT];
  for (uint32_t i = 0; i < code->code.count; i++) {
    const Instruction *instruction = &code->code.items[i];
    if (instruction->op != OP_LOAD && instruction->op != OP_GET_FIELD && instruction->op != OP_GET_ITEM)
      continue;
    uint32_t count = values_places(file->values, function, instruction, places);
    for (uint32_t k = 0; k < count; k++)
      add_mention(search, (Use){.function = function, .span = instruction->span}, places[k], use_count);
  }
}

static void find_mentions(LockSearch *search) {
  uint32_t use_count = search->uses.count;
  for (FunctionId id = 1; use_count && id < search->draft->run->file->module->functions.count; id++) {
    find_makers(search, id, use_count);
    find_readers(search, id, use_count);
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
  return left->span.end > right->span.end ? -1 : left->span.end < right->span.end;
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

// Of the copies that a `finally` is lowered to one is told, and of a use and the mention in it the use.
static SharedAccess *tell_all(const AuditDraft *draft, const Use *uses, uint32_t end, bool makes, uint32_t *count) {
  SharedAccess *told = ARENA_ARRAY(draft->arena, SharedAccess, end);
  uint32_t covered = 0;
  *count = 0;
  for (uint32_t i = 0; i < end; i++) {
    if (uses[i].makes != makes || (*count && uses[i].span.end <= covered))
      continue;
    told[(*count)++] = tell(draft, &uses[i]);
    covered = uses[i].span.end;
  }
  return told;
}

static SharedLocation tell_lock(const AuditDraft *draft, const Use *uses, uint32_t count) {
  const char *own = uses[0].name;
  SharedLocation lock = {.name = own ? own : rule_location(draft->run, uses[0].lock), .setter = "", .own = own};
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
  find_mentions(&search);
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
