#include "code.h"
#include <string.h>

static const char DOCUMENTATION[] =
    "# cross-thread-call\n"
    "\n"
    "## What it does\n"
    "Reports calls of the event loop's objects (queues, events, futures, tasks, the loop itself) from code that runs "
    "on\n"
    "another thread, and state that both such code and a coroutine update.\n"
    "\n"
    "## Why is this bad?\n"
    "These objects are not thread-safe, and the loop sleeps until something wakes it: an item that another thread puts "
    "into\n"
    "an `asyncio.Queue` may be seen late, or never. An `asyncio.Lock` does not keep a thread out.\n"
    "\n"
    "## Example\n"
    "```python\n"
    "def on_message(self, message):  # a reader thread\n"
    "    self.queue.put_nowait(message)\n"
    "```\n"
    "\n"
    "## Use instead\n"
    "```python\n"
    "    self.loop.call_soon_threadsafe(self.queue.put_nowait, message)\n"
    "```\n";

typedef struct Threads {
  bool *runs;  // by function: on another thread
  Span *start; // by function: where the thread is started
} Threads;

static void mark_started(RuleRun *run, FunctionId id, const Instruction *call, Threads *threads) {
  const Resource *row = code_is_call(call) ? code_resource(run, id, call) : NULL;
  if (!row || !(row->uses & RESOURCE_THREAD))
    return;
  Value started = code_argument(run, call, row->key < 0 ? 0 : (uint32_t)row->key, "target");
  if (!started)
    return;
  Callees callees = code_functions(run, id, started);
  for (uint32_t c = 0; c < callees.count; c++) {
    threads->runs[callees.items[c].function] = true;
    threads->start[callees.items[c].function] = call->span;
  }
}

// What a thread's function calls runs on the thread too; a coroutine does not, whoever makes it.
static void spread(RuleRun *run, Threads *threads) {
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 0; i < run->graph->count; i++) {
      const Edge *edge = &run->graph->edges[i];
      FunctionId to = edge->callee.function;
      bool async = module_function(run->file->module, to)->flags & FUNCTION_ASYNC;
      if (edge->kind != EDGE_CALL || async || !threads->runs[edge->caller] || threads->runs[to])
        continue;
      threads->runs[to] = changed = true;
      threads->start[to] = threads->start[edge->caller];
    }
  }
}

static const char *const LOOP_OWNERS[] = {
    "new_event_loop", "set_event_loop", "run_forever", "run_until_complete", "run", "Runner", NULL};

// Whether the function makes or runs a loop of the thread's own: what it touches then may belong to that.
static bool owns_loop(RuleRun *run, FunctionId id) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    if (!code_is_call(call))
      continue;
    const char *path = code_path(run, id, call), *last = strrchr(path, '.');
    const char *name = call->op == OP_CALL_METHOD ? symbol_text(run->file->module->symbols, call->b)
                       : last                     ? last + 1
                                                  : path;
    for (const char *const *owner = LOOP_OWNERS; *owner; owner++)
      if (strcmp(name, *owner) == 0)
        return true;
  }
  return false;
}

// A row found by the receiver's name alone says nothing of an object whose type is known to be another.
static bool is_by_name_only(RuleRun *run, FunctionId id, const Instruction *call, const Resource *row) {
  return row->path[0] == '?' && *code_path(run, id, call);
}

static void check_function(RuleRun *run, FunctionId id, Span start) {
  const Function *function = module_function(run->file->module, id);
  if (owns_loop(run, id))
    return;
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    const Resource *row = code_is_call(call) ? code_resource(run, id, call) : NULL;
    if (!row || !(row->uses & RESOURCE_LOOP) || row->uses & RESOURCE_CURRENT)
      continue;
    if (is_by_name_only(run, id, call, row))
      continue;
    Candidate candidate = {
        .function = id, .origin = id, .first = call->span, .suspension = call->span, .second = call->span};
    const char *name =
        call->op == OP_CALL_METHOD ? symbol_text(run->file->module->symbols, call->b) : code_name(run, id, call->a);
    Report *report =
        rule_report(run, &candidate, EVIDENCE_IN_VIEW, call->span,
                    "`%s` belongs to the event loop, but `%s` runs on another thread (started on line %u): hand it "
                    "over with `call_soon_threadsafe` or `run_coroutine_threadsafe`",
                    name, rule_function(run, id), rule_line(run, start));
    rule_place(run, report, PLACE_SPAWN, start, "the thread is started here");
    rule_step(run, report, 1, call->span, "calls `%s` on its own thread", name);
    rule_step(run, report, 0, call->span, "the event loop sleeps on, or sees a half-made change");
  }
}

// --- state that both sides write

// Whether the instruction that the span shows stands in a `with` of a lock of threads.
static bool is_under_thread_lock(RuleRun *run, FunctionId id, Span span) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *enter = &function->code.items[i];
    if (enter->op != OP_ENTER || enter->flags & INSTRUCTION_ASYNC || enter->span.start > span.start)
      continue;
    if (!model_name_is_lock(code_name(run, id, enter->a)) && !code_is_thread_lock(run, id, enter->a))
      continue;
    for (uint32_t e = i + 1; e < function->code.count; e++)
      if (function->code.items[e].op == OP_EXIT && function->code.items[e].a == enter->a) {
        if (code_at(run, id, e - 1)->span.end >= span.start)
          return true;
        break;
      }
  }
  return false;
}

static bool is_own_write(const Access *access, FunctionId id) {
  return access->function == id && access->flags & ACCESS_ASSIGN && !(access->flags & ACCESS_CALLEE);
}

// A coroutine's write of what a thread writes: it must rely on the old value (a plain one mostly prepares the thread's
// work), and the thread's must not be a mere flag.
static bool conflicts(const Access *thread, const Access *task) {
  return thread->location == task->location && task->flags & ACCESS_UPDATE && !(thread->flags & ACCESS_CONSTANT);
}

static const Access *task_write(RuleRun *run, const Threads *threads, const Access *write) {
  const Module *module = run->file->module;
  for (FunctionId id = 2; id < module->functions.count; id++) {
    if (threads->runs[id] || !(module_function(module, id)->flags & FUNCTION_ASYNC))
      continue;
    const Summary *summary = &run->file->summaries[id];
    for (uint32_t i = 0; i < summary->accesses.count; i++) {
      const Access *access = &summary->accesses.items[i];
      if (!is_own_write(access, id) || !conflicts(write, access))
        continue;
      if (is_under_thread_lock(run, write->function, write->span) && is_under_thread_lock(run, id, access->span))
        continue;
      return access;
    }
  }
  return NULL;
}

static bool is_shared(const RuleRun *run, Location location) {
  const Locations *locations = run->file->locations;
  const LocationRow *root = location_row(locations, location_root_of(locations, location));
  return root->root == ROOT_SELF || root->root == ROOT_VARIABLE;
}

static void check_state(RuleRun *run, FunctionId id, const Threads *threads) {
  const Summary *summary = &run->file->summaries[id];
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *write = &summary->accesses.items[i];
    if (!is_own_write(write, id) || !is_shared(run, write->location))
      continue;
    const Access *other = task_write(run, threads, write);
    if (!other)
      continue;
    const char *name = rule_location(run, write->location);
    Candidate candidate = {.location = write->location,
                           .function = id,
                           .origin = id,
                           .first = write->span,
                           .suspension = write->span,
                           .second = write->span};
    Report *report = rule_report(
        run, &candidate, EVIDENCE_IN_VIEW, write->span,
        "`%s` is written here on another thread (started on line %u) and by the coroutine `%s` on line "
        "%u: only a lock of threads keeps these apart",
        name, rule_line(run, threads->start[id]), rule_function(run, other->function), rule_line(run, other->span));
    rule_place(run, report, PLACE_CONFLICT, other->span, "a coroutine writes `%s` here", name);
    rule_place(run, report, PLACE_SPAWN, threads->start[id], "the thread is started here");
    rule_step(run, report, 1, write->span, "reads `%s` on its own thread", name);
    rule_step(run, report, 0, other->span, "writes `%s`", name);
    rule_step(run, report, 1, write->span, "writes `%s`: the other update is lost", name);
    return;
  }
}

static void check(RuleRun *run) {
  const Module *module = run->file->module;
  Threads threads = {.runs = ARENA_ARRAY(run->file->arena, bool, module->functions.count),
                     .start = ARENA_ARRAY(run->file->arena, Span, module->functions.count)};
  if (!module->traits.receiver_is_parameter)
    return; // JavaScript's threads share no objects
  for (FunctionId id = 1; id < module->functions.count; id++)
    for (uint32_t i = 0; i < module_function(module, id)->code.count; i++)
      mark_started(run, id, &module_function(module, id)->code.items[i], &threads);
  spread(run, &threads);
  for (FunctionId id = 1; id < module->functions.count; id++)
    if (threads.runs[id] && !(module_function(module, id)->flags & FUNCTION_ASYNC)) {
      check_function(run, id, threads.start[id]);
      check_state(run, id, &threads);
    }
}

const Rule cross_thread_call_rule = {
    .documentation = DOCUMENTATION,
    .check = check,
};
