// A lock that each call makes anew moves to where all calls find it: beside the function, into the class, or into the
// map that it is looked up in.
#include "javascript_call.h"
#include "javascript_place.h"
#include "lock_sites.h"
#include "statement.h"
#include "template.h"

static const char *const NEWS[] = {"new_expression", "call_expression", NULL};

static Span place_of(const FixRun *run, PlaceRole role) {
  for (uint32_t i = 0; i < run->report->finding.related_count; i++)
    if (run->report->finding.related[i].role == role)
      return run->report->finding.related[i].span;
  return (Span){0, 0};
}

// --- `const lock = locks.get(key) ?? new Mutex();`

static bool keep_in_map(FixRun *run, TSNode made) {
  TSNode either = ts_node_parent(made), looked_up = syntax_node_field(either, "left"), outside = ts_node_parent(either);
  if (!syntax_node_is(either, "binary_expression") || !ts_node_eq(syntax_node_field(either, "right"), made))
    return false;
  Edits edits = {.arena = run->arena};
  TSNode operator= syntax_node_field(either, "operator");
  if (syntax_node_is(looked_up, "subscript_expression") || syntax_node_is(looked_up, "member_expression")) {
    edits_insert(&edits, ts_node_end_byte(operator), "=");
    return fix_offer(run, &edits, false, "Keep the lock where it is looked up");
  }
  JavaScriptCallback get;
  if (!syntax_node_is(looked_up, "call_expression") || !javascript_callback_of(looked_up, &get) ||
      !javascript_calls(run, &get, "get"))
    return false;
  const char *map = source_copy(&run->source, run->arena, syntax_node_span(get.receiver));
  const char *key = source_copy(&run->source, run->arena, syntax_node_span(get.argument));
  bool declared = syntax_node_is(outside, "variable_declarator");
  bool returned = syntax_node_is(outside, "return_statement");
  TSNode statement = declared ? ts_node_parent(outside) : outside;
  if ((!declared && !returned) || (declared && !syntax_node_is(syntax_node_field(outside, "name"), "identifier")))
    return false;
  const char *name = returned
                         ? source_fresh_name(&run->source, run->arena, "lock", false)
                         : source_copy(&run->source, run->arena, syntax_node_span(syntax_node_field(outside, "name")));
  if (returned)
    edits_replace(&edits, (Span){ts_node_start_byte(statement), ts_node_start_byte(either)}, "const %s = ", name);
  edits_insert(&edits, ts_node_end_byte(statement), "%s",
               template_text(run, statement, "\n\f%s.set(%s, %s);", map, key, name));
  if (returned)
    edits_insert(&edits, ts_node_end_byte(statement), "%s", template_text(run, statement, "\n\freturn %s;", name));
  return fix_offer(run, &edits, false, "Keep the lock in `%s`", map);
}

// --- `const lock = new Mutex();`

typedef struct Renaming {
  const FixRun *run;
  Edits *edits;
  const char *from, *to;
  Span declaration;
} Renaming;

static bool rename_lock(TSNode node, void *context) {
  Renaming *renaming = context;
  if (syntax_node_is(node, "identifier") && !span_holds(renaming->declaration, syntax_node_span(node)) &&
      source_equals(&renaming->run->source, syntax_node_span(node), renaming->from))
    edits_replace(renaming->edits, syntax_node_span(node), "%s", renaming->to);
  return true;
}

typedef struct NameSearch {
  const FixRun *run;
  TSNode function;
  const char *name;
  bool found;
} NameSearch;

static bool look_outside(TSNode node, void *context) {
  NameSearch *search = context;
  if (ts_node_eq(node, search->function))
    return false;
  bool named =
      syntax_node_is(node, "identifier") && source_equals(&search->run->source, syntax_node_span(node), search->name);
  search->found |= named;
  return !search->found;
}

// Whether the name means something outside of the function.
static bool is_used_outside(const FixRun *run, TSNode function, const char *name) {
  NameSearch search = {run, function, name, false};
  syntax_node_walk(run->source.root, look_outside, &search);
  return search.found;
}

// Where the lock is to be: in the class when it guards what the receiver has.
static JavaScriptPlace place_for(const FixRun *run) {
  Span second = place_of(run, PLACE_SECOND_ACCESS);
  FunctionId method = lock_receiver_method(run, run->report->candidate.origin);
  JavaScriptPlace place = {.class_id = method ? fix_function(run, method)->class_id : 0};
  bool receiver =
      second.end > second.start + 5 && source_equals(&run->source, (Span){second.start, second.start + 5}, "this.");
  if (!receiver || !javascript_place_reach(run, &place, run->report->candidate.origin))
    place.class_id = 0;
  return place;
}

static void delete_statement(const FixRun *run, Edits *edits, TSNode statement) {
  const Source *source = &run->source;
  uint32_t start = ts_node_start_byte(statement), end = statement_span(statement).end;
  bool alone = source_starts_line(source, start) && source_line_end(source, end) == end;
  edits_delete(edits,
               alone ? (Span){source_line_start(source, start), source_next_line(source, end)} : (Span){start, end});
}

static bool move_out(FixRun *run, TSNode made) {
  TSNode declarator = ts_node_parent(made), statement = ts_node_parent(declarator);
  TSNode name_node = syntax_node_field(declarator, "name"), function = syntax_node_function(made);
  if (!syntax_node_is(declarator, "variable_declarator") || ts_node_is_null(statement_only_part(statement)) ||
      !syntax_node_is(name_node, "identifier") || ts_node_is_null(function) ||
      ts_node_named_child_count(syntax_node_field(made, "arguments")))
    return false;
  Edits edits = {.arena = run->arena};
  const char *name = source_copy(&run->source, run->arena, syntax_node_span(name_node));
  const char *value = source_copy(&run->source, run->arena, syntax_node_span(made));
  JavaScriptPlace place = place_for(run);
  bool renamed = place.class_id || is_used_outside(run, function, name);
  const char *new_name = renamed ? javascript_place_name(run, &place, name) : name;
  const char *reach = javascript_place_reach(run, &place, run->report->candidate.origin);
  javascript_place_add(
      run, &edits, &place,
      arena_printf(run->arena, "%s%s = %s;", javascript_place_keyword(&place, "const "), new_name, value));
  delete_statement(run, &edits, statement);
  Renaming renaming = {run, &edits, name, arena_printf(run->arena, "%s%s", reach, new_name),
                       syntax_node_span(statement)};
  if (renamed)
    syntax_node_walk(function, rename_lock, &renaming);
  return fix_offer(run, &edits, false, "Share the lock among all calls");
}

void share_mutex_fix(FixRun *run) {
  TSNode made = syntax_node_enclosing(source_node(&run->source, place_of(run, PLACE_LOCK)), NEWS);
  if (ts_node_is_null(made) || !span_holds(place_of(run, PLACE_LOCK), syntax_node_span(made)))
    return;
  if (!keep_in_map(run, made) && !move_out(run, made) && run->objection)
    fix_refuse(run, "Share the lock among all calls", "it would %s", run->objection);
}
