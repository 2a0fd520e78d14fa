#include "code.h"
#include <string.h>

static const char DOCUMENTATION[] =
  "# cross-thread-call\n"
  "\n"
  "## What it does\n"
  "Reports calls of the event loop's objects (queues, events, futures, tasks, the loop itself) from code that runs on\n"
  "another thread.\n"
  "\n"
  "## Why is this bad?\n"
  "These objects are not thread-safe, and the loop sleeps until something wakes it: an item that another thread puts into\n"
  "an `asyncio.Queue` may be seen late, or never.\n"
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
  if (!row || !(row->uses & RESOURCE_THREAD)) return;
  Value started = code_argument(run, call, row->key < 0 ? 0 : (uint32_t)row->key, "target");
  if (!started) return;
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
      if (edge->kind != EDGE_CALL || async || !threads->runs[edge->caller] || threads->runs[to]) continue;
      threads->runs[to] = changed = true;
      threads->start[to] = threads->start[edge->caller];
    }
  }
}

static const char *const LOOP_OWNERS[] = {"new_event_loop", "set_event_loop", "run_forever", "run_until_complete",
                                          "run", "Runner", NULL};

// Whether the function makes or runs a loop of the thread's own: what it touches then may belong to that.
static bool owns_loop(RuleRun *run, FunctionId id) {
  const Function *function = module_function(run->file->module, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    if (!code_is_call(call)) continue;
    const char *path = code_path(run, id, call), *last = strrchr(path, '.');
    const char *name = call->op == OP_CALL_METHOD ? symbol_text(run->file->module->symbols, call->b) : last ? last + 1 : path;
    for (const char *const *owner = LOOP_OWNERS; *owner; owner++)
      if (strcmp(name, *owner) == 0) return true;
  }
  return false;
}

// A row found by the receiver's name alone says nothing of an object whose type is known to be another.
static bool is_by_name_only(RuleRun *run, FunctionId id, const Instruction *call, const Resource *row) {
  return row->path[0] == '?' && *code_path(run, id, call);
}

static void check_function(RuleRun *run, FunctionId id, Span start) {
  const Function *function = module_function(run->file->module, id);
  if (owns_loop(run, id)) return;
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *call = &function->code.items[i];
    const Resource *row = code_is_call(call) ? code_resource(run, id, call) : NULL;
    if (!row || !(row->uses & RESOURCE_LOOP) || row->uses & RESOURCE_CURRENT) continue;
    if (is_by_name_only(run, id, call, row)) continue;
    Candidate candidate = {.function = id, .origin = id, .first = call->span, .suspension = call->span, .second = call->span};
    const char *name = call->op == OP_CALL_METHOD ? symbol_text(run->file->module->symbols, call->b) : code_name(run, id, call->a);
    Report *report = rule_report(run, &candidate, EVIDENCE_IN_VIEW, call->span,
                                 "`%s` belongs to the event loop, but `%s` runs on another thread (started on line %u): hand it "
                                 "over with `call_soon_threadsafe` or `run_coroutine_threadsafe`",
                                 name, rule_function(run, id), rule_line(run, start));
    rule_place(run, report, PLACE_SPAWN, start, "the thread is started here");
    rule_step(run, report, 1, call->span, "calls `%s` on its own thread", name);
    rule_step(run, report, 0, call->span, "the event loop sleeps on, or sees a half-made change");
  }
}

static void check(RuleRun *run) {
  const Module *module = run->file->module;
  Threads threads = {.runs = ARENA_ARRAY(run->file->arena, bool, module->functions.count),
                     .start = ARENA_ARRAY(run->file->arena, Span, module->functions.count)};
  if (!module->traits.receiver_is_parameter) return; // JavaScript's threads share no objects
  for (FunctionId id = 1; id < module->functions.count; id++)
    for (uint32_t i = 0; i < module_function(module, id)->code.count; i++)
      mark_started(run, id, &module_function(module, id)->code.items[i], &threads);
  spread(run, &threads);
  for (FunctionId id = 1; id < module->functions.count; id++)
    if (threads.runs[id] && !(module_function(module, id)->flags & FUNCTION_ASYNC)) check_function(run, id, threads.start[id]);
}

const Rule cross_thread_call_rule = {
  .documentation = DOCUMENTATION,
  .check = check,
};
