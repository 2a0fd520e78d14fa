// `votes = int(await redis.get(key) or 0)`, `await redis.set(key, votes + 1)` becomes `await redis.incr(key)`; a key
// that is set where none was found is set by a call that only sets what is not there.
#include "statement.h"
#include <string.h>

static const char *const AWAITS[] = {"await", "await_expression", NULL};
static const char *const CALLS[] = {"call", "call_expression", NULL};

// `store.method(key, …)`.
typedef struct StoreCall {
  TSNode call, arguments, value; // the second argument; a null node for none
  const char *store, *method, *key;
  uint32_t count; // of arguments
} StoreCall;

static const char *text_of(const FixRun *run, TSNode node) {
  return source_copy(&run->source, run->arena, syntax_node_span(node));
}

static bool take_apart(const FixRun *run, TSNode node, StoreCall *call) {
  node = syntax_node_is_one_of(node, AWAITS) ? syntax_node_child(node, 0) : node;
  TSNode called = syntax_node_field(node, "function"), object = syntax_node_field(called, "object");
  call->arguments = syntax_node_field(node, "arguments");
  if (!syntax_node_is_one_of(node, CALLS) || ts_node_is_null(object) || !ts_node_named_child_count(call->arguments))
    return false;
  call->call = node;
  call->count = ts_node_named_child_count(call->arguments);
  call->store = text_of(run, object);
  call->method = text_of(run, syntax_node_last_child(called));
  call->key = text_of(run, syntax_node_child(call->arguments, 0));
  call->value = call->count > 1 ? syntax_node_child(call->arguments, 1) : (TSNode){0};
  return true;
}

// The look at the entry and the change of it, of the same function.
typedef struct Pair {
  StoreCall look, set;
  TSNode looks, sets; // the statements
} Pair;

static bool find(const FixRun *run, Pair *pair) {
  const Candidate *candidate = &run->report->candidate;
  if (!take_apart(run, source_node(&run->source, candidate->first), &pair->look) ||
      !take_apart(run, source_node(&run->source, candidate->second), &pair->set))
    return false;
  pair->looks = syntax_node_statement(pair->look.call);
  pair->sets = syntax_node_statement(pair->set.call);
  TSNode awaited = syntax_node_child(pair->sets, 0);
  return strcmp(pair->look.store, pair->set.store) == 0 && strcmp(pair->look.key, pair->set.key) == 0 &&
         strcmp(pair->set.method, "set") == 0 && syntax_node_is(pair->sets, "expression_statement") &&
         syntax_node_is_one_of(awaited, AWAITS) && !ts_node_is_null(pair->set.value) &&
         statement_stands_alone(&run->source, pair->sets);
}

// --- a number

// The variable that a statement gives what it reads; NULL for none, or for more than one.
static const char *variable_of(const FixRun *run, TSNode statement) {
  TSNode binding = statement_only_part(statement);
  TSNode name = syntax_node_field(binding, run->source.python ? "left" : "name");
  return syntax_node_is(name, "identifier") ? text_of(run, name) : NULL;
}

// "incr" for `votes + 1`, "decr" for `votes - 1`; NULL for others.
static const char *step_of(const FixRun *run, TSNode value, const char *name) {
  while (ts_node_named_child_count(value) == 1 && syntax_node_is(value, "call"))
    value = syntax_node_child(syntax_node_field(value, "arguments"), 0);
  if (source_equals(&run->source, syntax_node_span(value), arena_printf(run->arena, "%s + 1", name)))
    return "incr";
  return source_equals(&run->source, syntax_node_span(value), arena_printf(run->arena, "%s - 1", name)) ? "decr" : NULL;
}

typedef struct LaterUses {
  const FixRun *run;
  Edits *edits;
  const char *name, *stepped; // "votes", "votes + 1"
  uint32_t from;
  uint32_t stepped_count, other_count;
} LaterUses;

static bool look_for_use(TSNode node, void *context) {
  LaterUses *uses = context;
  const Source *source = &uses->run->source;
  if (ts_node_start_byte(node) >= uses->from && source_equals(source, syntax_node_span(node), uses->stepped)) {
    edits_replace(uses->edits, syntax_node_span(node), "%s", uses->name);
    uses->stepped_count++;
    return false;
  }
  uses->other_count += syntax_node_is(node, "identifier") && source_equals(source, syntax_node_span(node), uses->name);
  return true;
}

static bool count_in_store(FixRun *run, const Pair *pair) {
  const char *name = variable_of(run, pair->looks);
  const char *step = name && pair->set.count == 2 ? step_of(run, pair->set.value, name) : NULL;
  if (!step || strcmp(pair->look.method, "get") != 0 || !statement_stands_alone(&run->source, pair->looks) ||
      !ts_node_eq(ts_node_parent(pair->looks), ts_node_parent(pair->sets)))
    return false;
  Edits edits = {.arena = run->arena};
  LaterUses uses = {run, &edits, name, text_of(run, pair->set.value), ts_node_end_byte(pair->sets), 0, 0};
  TSNode body = syntax_node_field(syntax_node_function(pair->sets), "body");
  syntax_node_walk(body, look_for_use, &uses);
  if (uses.other_count != 2) // where it is bound, and in the step itself
    return false;
  const char *keyword = uses.stepped_count && !run->source.python ? "const " : "";
  const char *binding = uses.stepped_count ? arena_printf(run->arena, "%s%s = ", keyword, name) : "";
  statement_remove(run, &edits, pair->looks);
  edits_replace(&edits, syntax_node_span(syntax_node_child(pair->sets, 0)), "%sawait %s.%s(%s)", binding,
                pair->set.store, step, pair->set.key);
  return fix_offer(run, &edits, false, "Count in the store, with `%s`", step);
}

// --- what is set only where nothing is

// The test without the call ("@"), blanks, parentheses and awaits.
static const char *form_of(const FixRun *run, TSNode condition, Span call) {
  Span span = syntax_node_span(condition);
  char *form = arena_alloc(run->arena, span.end - span.start + 2), *out = form;
  for (uint32_t at = span.start; at < span.end; at++) {
    char byte = run->source.bytes[at];
    if (at == call.start) {
      *out++ = '@';
      at = call.end - 1;
    } else if (span.end - at > 6 && memcmp(run->source.bytes + at, "await ", 6) == 0)
      at += 5;
    else if (byte != ' ' && byte != '(' && byte != ')')
      *out++ = byte;
  }
  *out = '\0';
  return form;
}

static bool is_among(const char *form, const char *const *forms) {
  for (; *forms; forms++)
    if (strcmp(form, *forms) == 0)
      return true;
  return false;
}

// The argument that makes `set` only set what is not there.
static const char *only_new(const FixRun *run, const StoreCall *set) {
  if (run->source.python)
    return ", nx=True";
  if (set->count != 2)
    return NULL;
  for (VariableId id = 1; id < fix_module(run)->variables.count; id++) {
    const Variable *variable = module_variable(fix_module(run), id);
    if (variable->kind == VARIABLE_IMPORT && strncmp(fix_symbol(run, variable->import_path), "ioredis", 7) == 0)
      return ", 'NX'";
  }
  return ", { NX: true }";
}

static bool claim_in_store(FixRun *run, const Pair *pair) {
  static const char *const ABSENT[] = {"not@", "@isNone", "!@", "@===null", "@==null", "@===undefined", NULL};
  static const char *const PRESENT[] = {"@", "@isnotNone", "@!==null", "@!=null", "@!==undefined", NULL};
  TSNode condition = syntax_node_field(pair->looks, "condition"), body = syntax_node_field(pair->looks, "consequence");
  const char *argument = only_new(run, &pair->set);
  if (!syntax_node_is(pair->looks, "if_statement") || !argument ||
      !span_holds(syntax_node_span(condition), syntax_node_span(pair->look.call)) ||
      !ts_node_is_null(syntax_node_field(pair->looks, "alternative")))
    return false;
  const char *form = form_of(run, condition, syntax_node_span(pair->look.call));
  bool inside = is_among(form, ABSENT) && ts_node_eq(syntax_node_child(body, 0), pair->sets) &&
                ts_node_named_child_count(body) > 1;
  bool behind = is_among(form, PRESENT) && ts_node_eq(ts_node_next_named_sibling(pair->looks), pair->sets);
  if (!inside && !behind)
    return false;
  Edits edits = {.arena = run->arena};
  Span set = syntax_node_span(pair->set.call);
  const char *open = source_copy(&run->source, run->arena, (Span){set.start, set.end - 1});
  const char *call = arena_printf(run->arena, "await %s%s)", open, argument);
  const char *test = run->source.python ? arena_printf(run->arena, inside ? "%s" : "not %s", call)
                                        : arena_printf(run->arena, inside ? "(%s)" : "(!(%s))", call);
  edits_replace(&edits, syntax_node_span(condition), "%s", test);
  statement_remove(run, &edits, pair->sets);
  return fix_offer(run, &edits, false, "Set it only where it is not set, in one step");
}

void atomic_store_fix(FixRun *run) {
  Pair pair;
  if (find(run, &pair) && !count_in_store(run, &pair))
    claim_in_store(run, &pair);
}
