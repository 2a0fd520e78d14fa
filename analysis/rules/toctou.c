#include "external.h"
#include "records.h"
#include <string.h>

static const char DOCUMENTATION[] =
    "# toctou\n"
    "\n"
    "## What it does\n"
    "Reports a check and an act on the same thing outside the program (a path, a key of a remote store, a record) with "
    "a\n"
    "suspension point between them: time of check to time of use.\n"
    "\n"
    "## Why is this bad?\n"
    "What the check found is no longer certain when the act happens. Two tasks find no folder and both make it; two "
    "tasks\n"
    "read a counter of 5 and both write 6. No lock of the program holds off another process either.\n"
    "\n"
    "## Example\n"
    "```python\n"
    "votes = int(await redis.get(key) or 0)\n"
    "await redis.set(key, votes + 1)\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "One operation that does both:\n"
    "```python\n"
    "await redis.incr(key)\n"
    "```\n"
    "`mkdir(exist_ok=True)`, `open(path, \"x\")`, `SET … NX`, `UPDATE … WHERE`, an upsert, `F()` expressions, a "
    "transaction.\n";

typedef struct Finder {
  RuleRun *run;
  External *external;
  bool *guarded; // by function: runs inside of a transaction or lock of a library
} Finder;

static const Module *module_of(const Finder *finder) {
  return finder->run->file->module;
}

static const char *text_of(const Finder *finder, Symbol symbol) {
  return symbol_text(module_of(finder)->symbols, symbol);
}

// --- what keeps others out

static void mark_guarded(Finder *finder, FunctionId id, const Instruction *call) {
  const Resource *row = code_is_call(call) ? code_resource(finder->run, id, call) : NULL;
  if (!row || !(row->uses & RESOURCE_ATOMIC))
    return;
  uint32_t count;
  const Operand *args = instruction_args(module_of(finder), call, &count);
  for (uint32_t i = 0; i < count; i++) {
    Callees callees = code_functions(finder->run, id, args[i].value);
    for (uint32_t c = 0; c < callees.count; c++)
      finder->guarded[callees.items[c].function] = true;
  }
}

// A function that only guarded ones call is guarded.
static void spread_guards(Finder *finder) {
  uint32_t count = module_of(finder)->functions.count;
  for (uint32_t n = finder->run->graph->function_count; n-- > 0;) {
    FunctionId id = finder->run->graph->bottom_up[n];
    bool all = id < count && module_function(module_of(finder), id)->flags & FUNCTION_PRIVATE, any = false;
    for (const Edge *edge = finder->run->graph->into[id]; all && edge; edge = edge->next_into) {
      any = true, all = edge->kind == EDGE_CALL && finder->guarded[edge->caller];
    }
    if (all && any)
      finder->guarded[id] = true;
  }
}

static void find_guarded(Finder *finder) {
  for (FunctionId id = 1; id < module_of(finder)->functions.count; id++) {
    const Function *function = module_function(module_of(finder), id);
    for (uint32_t i = 0; i < function->code.count; i++)
      mark_guarded(finder, id, &function->code.items[i]);
  }
  spread_guards(finder);
}

static bool is_locked(const Finder *finder, FunctionId id, uint32_t check, uint32_t act) {
  const LockSet *held = finder->run->file->held_at[id];
  if (lock_set_has_lock(contexts_entry_locks(finder->run->contexts, id)) ||
      lock_sets_meet(finder->run->file->locations, &held[check], &held[act]))
    return true;
  return code_is_guarded(finder->run, id, check, act, RESOURCE_ATOMIC);
}

// --- forms of an act that are safe

static bool is_exclusive_word(const char *word) {
  static const char *const WORDS[] = {"x", "xb", "wx", "ax", "wx+", "ax+", "xt", "NX", "nx"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (strcmp(word, WORDS[i]) == 0)
      return true;
  return false;
}

static bool is_exclusive_option(const char *name) {
  static const char *const NAMES[] = {"exist_ok", "missing_ok",    "recursive", "force",       "nx",      "NX",
                                      "upsert",   "ignore_errors", "session",   "transaction", "ifMatch", "if_match"};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (strcmp(name, NAMES[i]) == 0)
      return true;
  return false;
}

static bool is_false(const Finder *finder, FunctionId function, Value value) {
  const ValueSet *set = values_of(finder->run->file->values, function, value);
  return set->count == 1 &&
         (abstract_kind(set->items[0]) == ABSTRACT_FALSE || abstract_kind(set->items[0]) == ABSTRACT_NULL);
}

// An argument, or a property of an options object, makes the act fail or do nothing where another was first.
static bool is_exclusive(const Finder *finder, FunctionId function, const Instruction *holder) {
  uint32_t count;
  const Operand *args = instruction_args(module_of(finder), holder, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (args[i].name && is_exclusive_option(text_of(finder, args[i].name)) &&
        !is_false(finder, function, args[i].value))
      return true;
    uint32_t index = values_definition(finder->run->file->values, function, args[i].value);
    if (index == UINT32_MAX)
      continue;
    const Instruction *made = code_at(finder->run, function, index);
    bool word = made->op == OP_CONST && made->a && is_exclusive_word(text_of(finder, made->a));
    bool options = made->op == OP_MAKE && holder->op != OP_MAKE && is_exclusive(finder, function, made);
    if (word || options)
      return true;
  }
  return false;
}

// A handler that knows the failure of coming second: `except FileExistsError`, `error.code === "EEXIST"`.
static bool is_handled(const Finder *finder, Site act) {
  const Function *function = module_function(module_of(finder), act.function);
  if (code_is_guarded(finder->run, act.function, act.index, act.index, RESOURCE_HANDLES))
    return true;
  BlockId handler = function->blocks.items[code_block(finder->run, act.function, act.index)].handler;
  if (!handler)
    return false;
  uint32_t first = function->blocks.items[handler].first;
  for (uint32_t i = first; i < function->code.count && i < first + 16; i++) {
    const Instruction *instruction = &function->code.items[i];
    const char *name =
        instruction->op == OP_CATCH && instruction->a ? code_name(finder->run, act.function, instruction->a) : "";
    if (*name && strcmp(name, "Exception") != 0 && strcmp(name, "BaseException") != 0)
      return true;
    if (instruction->op == OP_GET_FIELD && strcmp(text_of(finder, instruction->b), "code") == 0)
      return true;
  }
  return false;
}

// --- does the act rely on the check

// `try { await access(path) } catch { await mkdir(path) }`: the check's failure leads to the act.
static bool failure_leads(const Finder *finder, FunctionId id, uint32_t check, uint32_t act) {
  const Function *function = module_function(module_of(finder), id);
  BlockId block = code_block(finder->run, id, check), handler = function->blocks.items[block].handler, after = block;
  if (!handler || act < function->blocks.items[handler].first)
    return false;
  for (unsigned steps = 0; steps < 8 && after && function->blocks.items[after].handler == handler; steps++)
    after = function->blocks.items[after].successors[0];
  if (after && act >= function->blocks.items[after].first &&
      function->blocks.items[after].first > function->blocks.items[handler].first)
    return false;
  BlockId to = code_block(finder->run, id, act);
  return to == handler || cfg_reaches(finder->run->file->cfgs[id], handler, to);
}

// What is written through a handle that the act opened.
static bool handle_is_fed(const Finder *finder, FunctionId id, const Slice *slice, uint32_t act) {
  const Function *function = module_function(module_of(finder), id);
  Slice handle = code_slice(finder->run, id, act);
  for (uint32_t i = act + 1; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    if (!code_is_call(call) || !code_slice_feeds(finder->run, slice, call))
      continue;
    if (handle.values[call->a] || code_slice_feeds(finder->run, &handle, call))
      return true;
  }
  return false;
}

static bool relies_on(const Finder *finder, FunctionId id, const Operation *check, const Operation *act) {
  Slice slice = code_slice(finder->run, id, check->index);
  // What was fetched and is saved again is a matter of records.h; here a new record is saved.
  if (act->uses & RESOURCE_SAVE && code_slice_feeds(finder->run, &slice, code_at(finder->run, id, act->index)))
    return false;
  if (code_slice_decides(finder->run, &slice, check->index, act->index))
    return true;
  if (check->uses & RESOURCE_TEST)
    return failure_leads(finder, id, check->index, act->index);
  const Instruction *call = code_at(finder->run, id, act->index);
  return code_slice_feeds(finder->run, &slice, call) || handle_is_fed(finder, id, &slice, act->index);
}

// --- pairs

static bool same_thing(const Operation *check, const Operation *act) {
  uint32_t domain = RESOURCE_RECORD | RESOURCE_STORE;
  if ((check->uses & domain) != (act->uses & domain) || strcmp(check->thing, act->thing) != 0)
    return false;
  return !*act->filter || strcmp(check->filter, act->filter) == 0;
}

static bool can_race(const Finder *finder, const Operation *check, const Operation *act) {
  if (!(check->uses & (RESOURCE_TEST | RESOURCE_READ)) || act->index <= check->index)
    return false;
  if (act->uses & (RESOURCE_WRITE | RESOURCE_REMOVE))
    return true;
  // Reading what was found is wrong only where somebody takes things away.
  return act->uses & RESOURCE_READ && check->uses & RESOURCE_TEST && external_removes(finder->external);
}

static uint32_t suspension_of(const Finder *finder, FunctionId id, const Operation *check, const Operation *act) {
  uint32_t between = code_suspension_between(finder->run, id, check->index, act->index);
  if (between != CODE_NONE)
    return between;
  // An asynchronous act on a file is only begun at the call.
  return act->awaited ? code_awaited_at(finder->run, id, act->index) : CODE_NONE;
}

// The thing is checked once more behind the suspension.
static bool is_checked_again(const Finder *finder, FunctionId id, const Operations *operations, const Operation *check,
                             const Operation *act) {
  for (uint32_t i = 0; i < operations->all.count; i++) {
    const Operation *other = &operations->all.items[i];
    bool between = other->index > check->index && other->index < act->index;
    if (between && other->uses & (RESOURCE_TEST | RESOURCE_READ) && same_thing(other, act) &&
        suspension_of(finder, id, other, act) == CODE_NONE)
      return true;
    // Written in between: that pair is the one to tell of.
    if (between && other->uses & act->uses & RESOURCE_WRITE && same_thing(other, act) &&
        !(act->uses & RESOURCE_REMOVE) && code_leads(finder->run, id, other->index, act->index))
      return true;
  }
  return false;
}

static void report(const Finder *finder, FunctionId id, const Operation *check, const Operation *act,
                   uint32_t suspension, RootEvidence evidence, Span spawn) {
  RuleRun *run = finder->run;
  Span first = code_at(run, id, check->index)->span, second = code_at(run, id, act->index)->span;
  Span gap = code_at(run, id, suspension)->span;
  const char *name = *act->name ? act->name : *check->name ? check->name : "it";
  Candidate candidate = {.function = id, .origin = id, .first = first, .suspension = gap, .second = second};
  Report *report =
      rule_report(run, &candidate, evidence, second,
                  "this acts on `%s` as line %u found it, but other tasks may have changed it since (line %u)", name,
                  rule_line(run, first), rule_line(run, gap));
  report->finding.variable = name;
  report->covers = true;
  rule_place(run, report, PLACE_FIRST_ACCESS, first, "`%s` is looked at here", name);
  if (gap.start != second.start)
    rule_place(run, report, PLACE_SUSPENSION, gap, "other tasks may run here");
  if (!act->own)
    rule_place(run, report, PLACE_SECOND_ACCESS, code_at(run, act->site.function, act->site.index)->span,
               "it is changed here");
  if (spawn.end)
    rule_place(run, report, PLACE_SPAWN, spawn, "the tasks are started here");
  rule_step(run, report, 0, first, "looks at `%s`", name);
  rule_step(run, report, 0, gap, "is suspended");
  rule_step(run, report, 1, second, "has seen the same and acts on `%s`", name);
  rule_step(run, report, 0, second, "acts on `%s` as it was", name);
}

// Whether the pair was reported.
static bool judge(const Finder *finder, FunctionId id, const Operations *operations, const Operation *check,
                  const Operation *act) {
  if (!can_race(finder, check, act) || !same_thing(check, act))
    return false;
  if (!code_leads(finder->run, id, check->index, act->index))
    return false;
  Span spawn = {0, 0};
  RootEvidence evidence = contexts_parallel(finder->run->contexts, id, id, 0, &spawn);
  uint32_t suspension = suspension_of(finder, id, check, act);
  if (!evidence || suspension == CODE_NONE || is_locked(finder, id, check->index, act->index))
    return false;
  const Instruction *call = code_at(finder->run, act->site.function, act->site.index);
  if (is_exclusive(finder, act->site.function, call) || is_handled(finder, act->site))
    return false;
  if (!act->own && is_handled(finder, (Site){id, act->index}))
    return false;
  if (is_checked_again(finder, id, operations, check, act) || !relies_on(finder, id, check, act))
    return false;
  report(finder, id, check, act, suspension, evidence, spawn);
  return true;
}

// Test functions run one after another.
static bool is_test(const Finder *finder, FunctionId id) {
  return strncmp(text_of(finder, module_function(module_of(finder), id)->name), "test", 4) == 0;
}

static void visit_function(const Finder *finder, FunctionId id) {
  Operations operations = external_operations(finder->external, id);
  for (uint32_t a = 0; a < operations.all.count; a++)
    for (uint32_t c = operations.all.count; c-- > 0;)
      if (a != c && judge(finder, id, &operations, &operations.all.items[c], &operations.all.items[a]))
        break;
}

static void report_record(const Finder *finder, FunctionId id, const RecordUpdate *update) {
  RuleRun *run = finder->run;
  Span spawn = {0, 0};
  RootEvidence evidence = contexts_parallel(run->contexts, id, id, 0, &spawn);
  if (!evidence || is_locked(finder, id, update->fetch, update->save))
    return;
  Span fetch = code_at(run, id, update->fetch)->span, change = code_at(run, id, update->change)->span;
  Span save = code_at(run, id, update->save)->span;
  Candidate candidate = {.function = id, .origin = id, .first = fetch, .suspension = save, .second = save};
  Report *report = rule_report(
      run, &candidate, evidence, save,
      "`%s` is saved with a value computed from the record as line %u fetched it; what another task or process has "
      "saved since is lost",
      update->name, rule_line(run, fetch));
  report->finding.variable = update->name;
  report->covers = true;
  rule_place(run, report, PLACE_FIRST_ACCESS, fetch, "the record is fetched here");
  rule_place(run, report, PLACE_SECOND_ACCESS, change, "`%s` is computed from what it was", update->name);
  if (spawn.end)
    rule_place(run, report, PLACE_SPAWN, spawn, "the tasks are started here");
  rule_step(run, report, 0, fetch, "fetches the record");
  rule_step(run, report, 1, save, "saves another `%s`", update->name);
  rule_step(run, report, 0, save, "saves `%s`, computed from the old one", update->name);
}

static void visit_records(const Finder *finder, FunctionId id) {
  RecordUpdates updates = records_of(finder->run, id);
  for (uint32_t i = 0; i < updates.all.count; i++)
    report_record(finder, id, &updates.all.items[i]);
}

static void check(RuleRun *run) {
  Finder finder = {run, external_new(run), ARENA_ARRAY(run->file->arena, bool, run->file->module->functions.count)};
  find_guarded(&finder);
  for (FunctionId id = 1; id < run->file->module->functions.count; id++)
    if (!finder.guarded[id] && !is_test(&finder, id) && run->file->cfgs[id]) {
      visit_function(&finder, id);
      visit_records(&finder, id);
    }
}

const Rule toctou_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
