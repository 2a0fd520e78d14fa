// A function that takes a lock around all it does is split in two: one that takes it, and one for those who hold it.
#include "held_lock.h"
#include "lock_sites.h"
#include "python_with.h"
#include "region.h"
#include <string.h>

typedef struct Split {
  FunctionId function;
  TSNode definition, body, with, inner; // of the function; the `with` in it, and that one's body
  const char *name;                     // of the new function
} Split;

static bool is_docstring(TSNode statement) {
  return syntax_node_is(statement, "expression_statement") && syntax_node_is(syntax_node_child(statement, 0), "string");
}

// A function of one `with`, but for a docstring.
static bool find(const FixRun *run, Split *split) {
  Span taken = held_lock_taken(run);
  TSNode item = python_with_item(run, taken);
  split->function = held_lock_function(run, taken);
  split->with = python_with_statement(item);
  split->definition = syntax_node_function(item);
  split->body = syntax_node_field(split->definition, "body");
  split->inner = syntax_node_field(split->with, "body");
  uint32_t count = ts_node_is_null(split->body) ? 0 : ts_node_named_child_count(split->body);
  if (!count || count > 2 || !ts_node_eq(syntax_node_last_child(split->body), split->with))
    return false;
  if (count == 2 && !is_docstring(syntax_node_child(split->body, 0)))
    return false;
  return ts_node_named_child_count(ts_node_parent(item)) == 1 && syntax_node_is_async(split->definition) &&
         source_starts_line(&run->source, ts_node_start_byte(syntax_node_child(split->inner, 0))) &&
         !(fix_function(run, split->function)->flags & FUNCTION_GENERATOR);
}

// "_add_locked" of `add` and of `_add`.
static const char *new_name(const FixRun *run, const Split *split) {
  const char *old = fix_symbol(run, fix_function(run, split->function)->name);
  const char *name = arena_printf(run->arena, "_%s_locked", old + strspn(old, "_"));
  return source_fresh_name(&run->source, run->arena, name, true);
}

// "path, *rest, key=key, **options"
static const char *arguments(const FixRun *run, TSNode parameters, bool method) {
  const char *text = "";
  bool keyword = false;
  for (uint32_t i = method; i < ts_node_named_child_count(parameters); i++) {
    TSNode parameter = ts_node_named_child(parameters, i), name = parameter;
    const char *type = ts_node_type(parameter), *stars = "";
    if (strcmp(type, "keyword_separator") == 0) {
      keyword = true;
      continue;
    }
    if (strcmp(type, "positional_separator") == 0 || strcmp(type, "comment") == 0)
      continue;
    if (strcmp(type, "typed_parameter") == 0)
      name = ts_node_named_child(parameter, 0);
    if (!ts_node_is_null(syntax_node_field(parameter, "name")))
      name = syntax_node_field(parameter, "name");
    if (syntax_node_is(name, "list_splat_pattern"))
      stars = "*";
    if (syntax_node_is(name, "dictionary_splat_pattern"))
      stars = "**";
    if (*stars)
      name = ts_node_named_child(name, 0);
    const char *argument = source_copy(&run->source, run->arena, syntax_node_span(name));
    bool named = keyword && !*stars;
    text = arena_printf(run->arena, "%s%s%s%s%s%s", text, *text ? ", " : "", stars, argument, named ? "=" : "",
                        named ? argument : "");
    keyword |= strcmp(stars, "*") == 0;
  }
  return text;
}

// "(self, path: str) -> int": from the parameters to the colon.
static const char *signature(const FixRun *run, const Split *split) {
  TSNode result = syntax_node_field(split->definition, "return_type");
  TSNode parameters = syntax_node_field(split->definition, "parameters");
  uint32_t end = ts_node_is_null(result) ? ts_node_end_byte(parameters) : ts_node_end_byte(result);
  return source_copy(&run->source, run->arena, (Span){ts_node_start_byte(parameters), end});
}

static void write(const FixRun *run, Edits *edits, const Split *split, const char *receiver) {
  const Source *source = &run->source;
  TSNode first = syntax_node_child(split->inner, 0);
  const char *outer = source_indent(source, run->arena, ts_node_start_byte(split->definition));
  const char *inner = source_indent(source, run->arena, ts_node_start_byte(first));
  size_t between = strlen(source_indent(source, run->arena, ts_node_start_byte(split->with)));
  static const char *const RETURNS[] = {"return_statement", NULL};
  bool returns = source_has(source, syntax_node_span(split->inner), RETURNS);
  uint32_t start = source_next_line(source, python_with_colon(split->with));
  edits_insert(edits, start, "%s%sawait %s%s(%s)\n\n%s%sasync def %s%s:\n", inner, returns ? "return " : "", receiver,
               split->name, arguments(run, syntax_node_field(split->definition, "parameters"), *receiver),
               *outer ? "" : "\n", outer, split->name, signature(run, split));
  Region region = {.first = first, .span = {start, ts_node_end_byte(split->inner)}};
  region_dedent(run, edits, &region, strlen(inner) - between);
}

// The calls of the function where the lock is held go to the new one.
static uint32_t redirect(const FixRun *run, Edits *edits, const Split *split) {
  const CallGraph *graph = run->rules->graph;
  const char *old = fix_symbol(run, fix_function(run, split->function)->name);
  uint32_t count = 0;
  for (uint32_t i = 0; i < graph->count; i++) {
    const Edge *edge = &graph->edges[i];
    if (edge->callee.function != split->function || !held_lock_at(run, edge, run->report->candidate.location))
      continue;
    TSNode call = source_node(&run->source, fix_function(run, edge->maker)->code.items[edge->made].span);
    if (syntax_node_is(call, "await"))
      call = syntax_node_child(call, 0);
    TSNode called = syntax_node_field(call, "function");
    if (syntax_node_is(called, "attribute"))
      called = syntax_node_field(called, "attribute");
    if (ts_node_is_null(called) || !source_equals(&run->source, syntax_node_span(called), old))
      return 0;
    edits_replace(edits, syntax_node_span(called), "%s", split->name);
    count++;
  }
  return count;
}

void split_locked_fix(FixRun *run) {
  Split split;
  if (!find(run, &split))
    return;
  FunctionId method = lock_receiver_method(run, split.function);
  if (method && method != split.function)
    return;
  split.name = new_name(run, &split);
  if (syntax_node_is(ts_node_parent(split.definition), "decorated_definition")) {
    fix_refuse(run, "Split it into a part that expects the lock to be held",
               "what decorates `%s` would be passed by where the lock is held",
               fix_symbol(run, fix_function(run, split.function)->name));
    return;
  }
  Edits edits = {.arena = run->arena};
  write(run, &edits, &split, method ? arena_printf(run->arena, "%s.", lock_receiver(run, method)) : "");
  if (redirect(run, &edits, &split))
    fix_offer(run, &edits, false, "Call a `%s` that expects `%s` to be held", split.name,
              run->report->finding.variable);
}
