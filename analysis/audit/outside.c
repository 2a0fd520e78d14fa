// What tasks get at outside of the program's variables: paths, entries of stores, records, sessions.
#include "../rules/external.h"
#include "../rules/records.h"
#include "../rules/sessions.h"
#include "audit.h"
#include <stdlib.h>
#include <string.h>

enum { NAME_LIMIT = 60 }; // bytes of source text that stand for a name

// One access, with the thing that it gets at.
typedef struct Item {
  OutsideKind kind;
  const char *name, *of;
  Location session; // 0 for other things, which their names tell
  SharedAccess access;
} Item;

typedef struct OutsideSearch {
  AuditDraft *draft;
  ARRAY(Item) items;
} OutsideSearch;

static void add(OutsideSearch *search, Item item, FunctionId function, uint32_t index) {
  RuleRun *run = search->draft->run;
  Access access = {.function = function};
  if (run->file->held_at[function])
    access.guards = run->file->held_at[function][index];
  item.access.function = rule_function(run, function);
  item.access.function_span = module_function(run->file->module, function)->name_span;
  item.access.locks = rule_locks(run, rule_locks_at(run, &access));
  item.access.suspends = run->file->summaries[function].may_suspend;
  item.access.tasks = audit_tasks_of(search->draft, function);
  array_push(search->draft->arena, &search->items, item);
}

// --- Paths, entries and records ------------------------------------------------------------------------------------

// A value as the source writes it: its name, or the expression that gives it.
static const char *source_of(const RuleRun *run, FunctionId function, Value value) {
  const char *name = value ? code_display((RuleRun *)run, function, value) : "";
  uint32_t index = value ? values_definition(run->file->values, function, value) : UINT32_MAX;
  if (*name || index == UINT32_MAX)
    return name;
  Span span = code_at(run, function, index)->span;
  uint32_t length = span.end - span.start > NAME_LIMIT ? NAME_LIMIT : span.end - span.start;
  const char *text = arena_copy(run->file->arena, text_bytes(run->text) + span.start, length);
  return text[strcspn(text, "\r\n")] ? "" : text; // over several lines it is no name
}

static Item describe(RuleRun *run, FunctionId function, const Operation *operation) {
  const Instruction *call = code_at(run, function, operation->index);
  const Resource *row = code_resource(run, function, call);
  Value key = row && row->key >= 0 ? code_argument(run, call, (uint32_t)row->key, NULL) : 0;
  const char *source = source_of(run, function, key);
  if (operation->uses & RESOURCE_RECORD)
    return (Item){.kind = OUTSIDE_RECORD, .name = operation->name, .of = source};
  const char *name = *source ? source : operation->name;
  if (operation->uses & RESOURCE_STORE)
    return (Item){.kind = OUTSIDE_ENTRY, .name = name, .of = source_of(run, function, call->a)};
  return (Item){.kind = OUTSIDE_PATH, .name = name, .of = ""};
}

static bool same_thing(const Operation *one, const Operation *other) {
  uint32_t domain = RESOURCE_RECORD | RESOURCE_STORE;
  return (one->uses & domain) == (other->uses & domain) && strcmp(one->thing, other->thing) == 0;
}

static void add_operation(OutsideSearch *search, FunctionId function, const Operation *operation, Item item) {
  item.access.span = code_at(search->draft->run, function, operation->index)->span;
  item.access.reads = operation->uses & (RESOURCE_TEST | RESOURCE_READ);
  item.access.writes = operation->uses & (RESOURCE_WRITE | RESOURCE_REMOVE);
  add(search, item, function, operation->index);
}

// What a function does itself, and what it has others do to the same things.
static void add_operations(OutsideSearch *search, FunctionId function, const Operations *operations) {
  for (uint32_t i = 0; i < operations->all.count; i++) {
    const Operation *operation = &operations->all.items[i];
    for (uint32_t k = 0; k < operations->all.count; k++) {
      const Operation *own = &operations->all.items[k];
      if (!own->own || (operation->own ? i != k : !same_thing(own, operation)))
        continue;
      add_operation(search, function, operation, describe(search->draft->run, function, own));
      break;
    }
  }
}

static void add_records(OutsideSearch *search, FunctionId function) {
  RecordUpdates updates = records_of(search->draft->run, function);
  for (uint32_t i = 0; i < updates.all.count; i++) {
    const RecordUpdate *update = &updates.all.items[i];
    Item item = {.kind = OUTSIDE_RECORD, .name = update->name, .of = ""};
    item.access.span = code_at(search->draft->run, function, update->fetch)->span;
    item.access.reads = true;
    add(search, item, function, update->fetch);
    item.access.span = code_at(search->draft->run, function, update->save)->span;
    item.access.reads = false, item.access.writes = true;
    add(search, item, function, update->save);
  }
}

// --- Sessions ------------------------------------------------------------------------------------------------------

static void add_sessions(OutsideSearch *search, const Sessions *sessions, FunctionId function) {
  RuleRun *run = search->draft->run;
  const Function *code = module_function(run->file->module, function);
  for (uint32_t i = 0; i < code->code.count; i++) {
    const Instruction *call = &code->code.items[i];
    SessionUses uses = {0};
    if (!code_is_call(call))
      continue;
    if (values_callees(run->file->values, function, call).count)
      sessions_add_arguments(sessions, &uses, function, i);
    else
      sessions_add_call(sessions, &uses, function, i);
    for (uint32_t k = 0; k < uses.count; k++) {
      Item item = {.kind = OUTSIDE_SESSION, .name = uses.items[k].name, .of = "", .session = uses.items[k].session};
      item.access.span = call->span;
      item.access.reads = item.access.writes = true;
      if (uses.items[k].certain && *item.name)
        add(search, item, function, i);
    }
  }
}

// --- Telling -------------------------------------------------------------------------------------------------------

static int compare_things(const Item *left, const Item *right) {
  if (left->kind != right->kind)
    return (int)left->kind - (int)right->kind;
  if (left->session != right->session)
    return left->session < right->session ? -1 : 1;
  int names = left->session ? 0 : strcmp(left->name, right->name);
  return names || left->kind != OUTSIDE_ENTRY ? names : strcmp(left->of, right->of);
}

static int by_thing(const void *a, const void *b) {
  const Item *left = a, *right = b;
  int things = compare_things(left, right);
  if (things)
    return things;
  return left->access.span.start < right->access.span.start ? -1 : left->access.span.start > right->access.span.start;
}

static int by_first_access(const void *a, const void *b) {
  const OutsideThing *left = a, *right = b;
  uint32_t left_start = left->accesses[0].span.start, right_start = right->accesses[0].span.start;
  if (left->kind != right->kind)
    return (int)left->kind - (int)right->kind;
  return left_start < right_start ? -1 : left_start > right_start;
}

static OutsideThing tell(const AuditDraft *draft, const Item *items, uint32_t count) {
  SharedAccess *accesses = ARENA_ARRAY(draft->arena, SharedAccess, count);
  OutsideThing thing = {.kind = items[0].kind, .name = items[0].name, .of = items[0].of, .accesses = accesses};
  for (uint32_t i = 0; i < count; i++) {
    thing.of = *thing.of ? thing.of : items[i].of;
    SharedAccess *last = thing.access_count ? &accesses[thing.access_count - 1] : NULL;
    if (!last || last->span.start != items[i].access.span.start) {
      accesses[thing.access_count++] = items[i].access;
      continue;
    }
    last->reads |= items[i].access.reads; // a call that does both, or a copy that a `finally` is lowered to
    last->writes |= items[i].access.writes;
  }
  return thing;
}

void audit_find_outside(AuditDraft *draft) {
  RuleRun *run = draft->run;
  OutsideSearch search = {.draft = draft};
  External *external = external_new(run);
  const Sessions *sessions = sessions_new(run);
  for (FunctionId id = 1; id < run->file->module->functions.count && !cancel_raised(draft->cancel); id++) {
    if (!run->file->cfgs[id])
      continue;
    Operations operations = external_operations(external, id);
    add_operations(&search, id, &operations);
    add_records(&search, id);
    add_sessions(&search, sessions, id);
  }
  if (search.items.count)
    qsort(search.items.items, search.items.count, sizeof *search.items.items, by_thing);
  OutsideThing *things = ARENA_ARRAY(draft->arena, OutsideThing, search.items.count);
  for (uint32_t i = 0, end; i < search.items.count; i = end) {
    for (end = i + 1; end < search.items.count && !compare_things(&search.items.items[i], &search.items.items[end]);)
      end++;
    things[draft->audit.outside_count++] = tell(draft, &search.items.items[i], end - i);
  }
  if (draft->audit.outside_count)
    qsort(things, draft->audit.outside_count, sizeof *things, by_first_access);
  draft->audit.outside = things;
}
