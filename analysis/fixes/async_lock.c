// A thread lock that is held while coroutines wait becomes one of the event loop.
#include "held_lock.h"
#include "lock_sites.h"
#include "python_import.h"
#include "python_with.h"
#include <string.h>

// The lock that the report is about; 0 where it cannot be told.
static Location lock_of(const FixRun *run) {
  const Function *function = fix_function(run, run->report->function);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *enter = &function->code.items[i];
    Location places[VALUE_SET_LIMIT];
    Span span = run->report->finding.span;
    if (enter->op == OP_ENTER && enter->span.start == span.start && enter->span.end == span.end &&
        values_locations(run->rules->file->values, run->report->function, enter->a, places) == 1)
      return places[0];
  }
  return 0;
}

// The call that makes it: `threading.Lock()`.
static TSNode creation_of(const FixRun *run, Location lock) {
  const FlowFile *file = run->rules->file;
  const ValueSet *content = values_content(file->values, lock);
  if (content->count != 1 || content->open || abstract_kind(content->items[0]) != ABSTRACT_FRESH)
    return (TSNode){0};
  const Allocation *made = values_allocation(file->values, abstract_number(content->items[0]));
  TSNode node = source_node(&run->source, fix_function(run, made->function)->code.items[made->instruction].span);
  return syntax_node_is(node, "call") ? node : (TSNode){0};
}

// Whether code of the file runs on other threads: only a thread lock keeps these apart.
static bool has_threads(const FixRun *run) {
  static const char *const SIGNS[] = {"Thread", "to_thread", "run_in_executor", "ThreadPoolExecutor", "run_sync", NULL};
  for (const char *const *sign = SIGNS; *sign; sign++)
    if (source_uses(&run->source, (Span){0, run->source.length}, *sign, true))
      return true;
  return false;
}

// --- its uses

static bool change_with(const FixRun *run, Edits *edits, FunctionId id, const Instruction *enter) {
  TSNode item = python_with_item(run, enter->span), with = python_with_statement(item);
  if (ts_node_is_null(item) || syntax_node_is_async(with))
    return false;
  if (!(fix_function(run, id)->flags & FUNCTION_ASYNC))
    return python_with_remove(run, edits, item);
  if (ts_node_named_child_count(ts_node_parent(item)) != 1)
    return false;
  edits_insert(edits, ts_node_start_byte(with), "async ");
  return true;
}

static bool change_call(const FixRun *run, Edits *edits, FunctionId id, const Instruction *call) {
  const char *name = fix_symbol(run, call->b);
  bool async = fix_function(run, id)->flags & FUNCTION_ASYNC;
  if (async && strcmp(name, "acquire") == 0 && call->c == 0)
    edits_insert(edits, call->span.start, "await ");
  else if (!async || (strcmp(name, "release") != 0 && strcmp(name, "locked") != 0))
    return false;
  return true;
}

static bool change_uses(const FixRun *run, Edits *edits, Location lock) {
  const FlowFile *file = run->rules->file;
  for (FunctionId id = 1; id < fix_module(run)->functions.count; id++) {
    const Function *function = fix_function(run, id);
    for (uint32_t i = 0; i < function->code.count; i++) {
      const Instruction *use = &function->code.items[i];
      Location places[VALUE_SET_LIMIT];
      if (use->op != OP_ENTER && use->op != OP_CALL_METHOD)
        continue;
      if (!values_locations(file->values, id, use->a, places) || places[0] != lock)
        continue;
      if (!(use->op == OP_ENTER ? change_with(run, edits, id, use) : change_call(run, edits, id, use)))
        return false;
    }
  }
  return true;
}

// --- its making

static unsigned count_uses(const Source *source, const char *name) {
  unsigned count = 0;
  for (uint32_t at = 0; at < source->length; at++)
    count += strncmp(source->bytes + at, name, strlen(name)) == 0;
  return count;
}

// `import threading` goes where nothing else needs it, and makes room for `asyncio`.
static bool replace_import(const FixRun *run, Edits *edits) {
  if (count_uses(&run->source, "threading") != 2 || python_import_of(run, "asyncio"))
    return false;
  for (uint32_t i = 0; i < ts_node_named_child_count(run->source.root); i++) {
    TSNode child = ts_node_named_child(run->source.root, i);
    if (!syntax_node_is(child, "import_statement") ||
        !source_equals(&run->source, syntax_node_span(child), "import threading"))
      continue;
    edits_replace(edits, syntax_node_span(child), "import asyncio");
    return true;
  }
  return false;
}

static void change_making(FixRun *run, Edits *edits, TSNode creation) {
  TSNode called = syntax_node_field(creation, "function");
  const char *type = replace_import(run, edits) ? "asyncio.Lock" : python_import_member(run, edits, "asyncio", "Lock");
  edits_replace(edits, syntax_node_span(called), "%s", type);
}

void async_lock_fix(FixRun *run) {
  static const char TITLE[] = "Make it an asyncio.Lock";
  Location lock = lock_of(run);
  TSNode creation = lock ? creation_of(run, lock) : (TSNode){0};
  if (ts_node_is_null(creation))
    return;
  if (has_threads(run)) {
    fix_refuse(run, TITLE, "other threads run code of this file, and a lock of the event loop does not keep them out");
    return;
  }
  Edits edits = {.arena = run->arena};
  if (!change_uses(run, &edits, lock)) {
    fix_refuse(run, TITLE, "it is also used where nothing can wait for it");
    return;
  }
  change_making(run, &edits, creation);
  fix_offer(run, &edits, false, "%s", TITLE);
}
