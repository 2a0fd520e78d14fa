#include "python_lock.h"
#include "python_import.h"
#include <ctype.h>
#include <string.h>

const char *python_lock_library(const FixRun *run) {
  static const char *const OTHERS[] = {"anyio", "trio"};
  if (python_import_of(run, "asyncio"))
    return "asyncio";
  for (int i = 0; i < 2; i++)
    if (python_import_of(run, OTHERS[i]))
      return OTHERS[i];
  return "asyncio";
}

// "_lock", or "_items_lock" where that name is taken.
static const char *attribute_name(const FixRun *run, const char *field) {
  const Source *source = &run->source;
  if (!source_uses(source, (Span){0, source->length}, "_lock", true))
    return "_lock";
  return source_fresh_name(source, run->arena, arena_printf(run->arena, "_%s_lock", field + strspn(field, "_")), true);
}

// "visits_lock", "VISITS_LOCK".
static const char *variable_name(const FixRun *run, const char *base) {
  bool constant = true;
  for (const char *at = base; *at; at++)
    constant &= !islower((unsigned char)*at);
  const char *name = arena_printf(run->arena, constant ? "%s_LOCK" : "%s_lock", base);
  return source_fresh_name(&run->source, run->arena, name, true);
}

bool python_lock_plan(const FixRun *run, Location location, PythonPlace *lock) {
  bool found = python_place_of_location(run, location, lock);
  if (lock->class_id)
    lock->name = attribute_name(run, lock->field);
  else if (lock->beside)
    lock->name = variable_name(run, fix_symbol(run, module_variable(fix_module(run), lock->beside)->name));
  else
    lock->name = variable_name(run, lock->field);
  return found;
}

void python_lock_make(FixRun *run, Edits *edits, const PythonPlace *lock) {
  const char *type = python_import_member(run, edits, python_lock_library(run), "Lock");
  PythonObject object = {.made = arena_printf(run->arena, "%s()", type), .factory = type, .type = type};
  python_place_add(run, edits, lock, &object);
}

void python_lock_plan_for(const FixRun *run, FunctionId function, PythonPlace *lock) {
  python_place_of_function(run, function, lock);
  lock->name = lock->class_id ? attribute_name(run, "shared") : variable_name(run, "shared");
}

// --- taking it

static const char *const YIELDS[] = {"yield", NULL};

const char *python_lock_widen(FixRun *run, FunctionId function, Region *region) {
  if (!syntax_node_is_async(region->function))
    return arena_printf(run->arena, "`%s` is not async and cannot wait for a lock",
                        rule_function(run->rules, function));
  if (source_has(&run->source, region->span, YIELDS))
    return "the lock would be held while the generator's consumer runs";
  return NULL;
}

// `if x: total += await f()`: the statements move to lines of their own.
static void wrap_inside_line(const FixRun *run, Edits *edits, const Region *region, const char *lock) {
  const char *indent = source_indent(&run->source, run->arena, region->span.start);
  const char *unit = region_indent_unit(run, ts_node_parent(region->list));
  uint32_t end = region->span.start;
  uint32_t start = end;
  while (run->source.bytes[start - 1] == ' ' || run->source.bytes[start - 1] == '\t')
    start--;
  edits_replace(edits, (Span){start, end}, "\n%s%sasync with %s:\n%s%s%s", indent, unit, lock, indent, unit, unit);
}

void python_lock_wrap(const FixRun *run, Edits *edits, const Region *region, const char *lock) {
  if (region->inside_line) {
    wrap_inside_line(run, edits, region, lock);
    return;
  }
  const char *indent = source_indent(&run->source, run->arena, region->span.start);
  edits_insert(edits, source_line_start(&run->source, region->span.start), "%sasync with %s:\n", indent, lock);
  region_indent(run, edits, region, 1);
}
