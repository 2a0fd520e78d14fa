// A lock that is made anew each time becomes one that is made once, where all who take it find it.
#include "python_lock.h"
#include "statement.h"
#include <string.h>

static bool is_creation(const FixRun *run, TSNode node) {
  TSNode arguments = syntax_node_field(node, "arguments");
  return syntax_node_is(node, "call") && !ts_node_is_null(arguments) &&
         !source_uses(&run->source, syntax_node_span(arguments), "self", false);
}

// Where the lock is made.
static TSNode find_creation(const FixRun *run) {
  const Finding *finding = &run->report->finding;
  for (uint32_t i = 0; i < finding->related_count; i++)
    if (finding->related[i].role == PLACE_LOCK) {
      TSNode node = source_node(&run->source, finding->related[i].span);
      return is_creation(run, node) ? node : (TSNode){0};
    }
  return (TSNode){0};
}

// The innermost function of the file whose code a node is.
static FunctionId function_of(const FixRun *run, TSNode node) {
  for (FunctionId id = fix_module(run)->functions.count - 1; id; id--)
    if (span_holds(fix_function(run, id)->span, syntax_node_span(node)))
      return id;
  return 0;
}

// `lock = asyncio.Lock()` as a statement of its own, of a name that the function uses for nothing else.
static TSNode binding_of(const FixRun *run, TSNode creation) {
  TSNode assignment = ts_node_parent(creation), statement = ts_node_parent(assignment);
  TSNode name = syntax_node_field(assignment, "left"), function = syntax_node_function(creation);
  bool simple = syntax_node_is(assignment, "assignment") && syntax_node_is(name, "identifier") &&
                ts_node_eq(syntax_node_field(assignment, "right"), creation) && !ts_node_is_null(function) &&
                statement_stands_alone(&run->source, statement);
  return simple ? statement : (TSNode){0};
}

typedef struct Renaming {
  const FixRun *run;
  Edits *edits;
  const char *from, *to;
  bool simple; // every use is the context manager of a `with`
} Renaming;

static bool rename_use(TSNode node, void *context) {
  Renaming *renaming = context;
  if (!syntax_node_is(node, "identifier") ||
      !source_equals(&renaming->run->source, syntax_node_span(node), renaming->from))
    return true;
  if (syntax_node_is(ts_node_parent(node), "with_item"))
    edits_replace(renaming->edits, syntax_node_span(node), "%s", renaming->to);
  else if (!syntax_node_is(ts_node_parent(node), "assignment"))
    renaming->simple = false;
  return true;
}

// The local name goes where a `with` is its only use.
static bool drop_name(const FixRun *run, Edits *edits, TSNode creation, const char *lock) {
  TSNode statement = binding_of(run, creation);
  if (ts_node_is_null(statement))
    return false;
  TSNode name = syntax_node_field(ts_node_parent(creation), "left");
  Renaming renaming = {run, edits, source_copy(&run->source, run->arena, syntax_node_span(name)), lock, true};
  syntax_node_walk(syntax_node_field(syntax_node_function(creation), "body"), rename_use, &renaming);
  if (renaming.simple)
    statement_remove(run, edits, statement);
  return renaming.simple;
}

static const char *name_of(const FixRun *run, const PythonPlace *place) {
  const char *base = place->class_id ? "_lock" : "lock";
  if (source_uses(&run->source, (Span){0, run->source.length}, base, true))
    base = place->class_id ? "_shared_lock" : "shared_lock";
  return source_fresh_name(&run->source, run->arena, base, true);
}

static bool offer(FixRun *run, TSNode creation, PythonPlace place, bool drop) {
  FunctionId function = function_of(run, creation);
  place.name = name_of(run, &place);
  const char *lock = python_place_reach(run, &place, function);
  if (!lock)
    return false;
  const Source *source = &run->source;
  const char *made = source_copy(source, run->arena, syntax_node_span(creation));
  const char *type = source_copy(source, run->arena, syntax_node_span(syntax_node_field(creation, "function")));
  Edits edits = {.arena = run->arena};
  python_place_add(run, &edits, &place, &(PythonObject){.made = made, .factory = type, .type = type});
  if (drop && !drop_name(run, &edits, creation, lock))
    return false;
  if (!drop)
    edits_replace(&edits, syntax_node_span(creation), "%s", lock);
  return fix_offer(run, &edits, false, "Make the lock once: `%s`", lock);
}

// Best where the local name goes too.
static bool offer_at(FixRun *run, TSNode creation, const PythonPlace *place) {
  return offer(run, creation, *place, true) || offer(run, creation, *place, false);
}

void share_lock_fix(FixRun *run) {
  TSNode creation = find_creation(run);
  if (ts_node_is_null(creation) || ts_node_is_null(syntax_node_function(creation)))
    return;
  PythonPlace own, module = {0};
  python_place_of_function(run, function_of(run, creation), &own);
  if (own.class_id && offer_at(run, creation, &own))
    return;
  offer_at(run, creation, &module);
}
