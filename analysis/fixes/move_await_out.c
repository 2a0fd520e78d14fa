// `x += await f()` becomes `value = await f()` and `x += value`: the read and the write in one atomic section.
#include "effects.h"
#include "region.h"
#include <ctype.h>
#include <string.h>

enum { AWAIT_LIMIT = 4 };

typedef struct Awaits {
  TSNode items[AWAIT_LIMIT];
  uint32_t count;
  bool too_many;
} Awaits;

static const char *const AWAITS[] = {"await", "await_expression", NULL};
static const char *const STATEMENTS[] = {"expression_statement", NULL};
// Where an operand may not be evaluated at all, or more than once.
static const char *const CONDITIONAL[] = {
    "conditional_expression", "boolean_operator",
    "ternary_expression",     "list_comprehension",
    "set_comprehension",      "dictionary_comprehension",
    "generator_expression",   "comparison_operator",
    "optional_chain",         NULL,
};
static const char *const LOGICAL[] = {"&&", "||", "??", "&&=", "||=", "?\?=", NULL};
static const char *const LISTS[] = {
    "block", "module", "statement_block", "program", "switch_case", "switch_default", NULL,
};

static bool collect(TSNode node, void *context) {
  Awaits *awaits = context;
  if (syntax_node_is_function(node))
    return false;
  if (!ts_node_is_named(node) || !syntax_node_is_one_of(node, AWAITS))
    return true;
  if (awaits->count < AWAIT_LIMIT)
    awaits->items[awaits->count++] = node;
  else
    awaits->too_many = true;
  return false;
}

static bool is_unconditional(TSNode await, TSNode statement) {
  for (TSNode node = ts_node_parent(await); !ts_node_eq(node, statement); node = ts_node_parent(node)) {
    if (ts_node_is_null(node) || syntax_node_is_one_of(node, CONDITIONAL))
      return false;
    for (const char *const *operator_ = LOGICAL; *operator_; operator_++)
      if (syntax_node_has_token(node, *operator_))
        return false;
  }
  return true;
}

// What is evaluated before the last await moves behind it: nobody may notice.
static bool can_move(const FixRun *run, TSNode statement, const Awaits *awaits) {
  const Candidate *candidate = &run->report->candidate;
  Span statement_span = syntax_node_span(statement);
  bool suspended = false;
  uint32_t start = statement_span.start;
  for (uint32_t i = 0; i < awaits->count; i++) {
    Span span = syntax_node_span(awaits->items[i]);
    if (!is_unconditional(awaits->items[i], statement) || span_holds(span, candidate->first))
      return false;
    if (!effects_calls_are_pure(run, candidate->origin, (Span){start, span.start}))
      return false;
    suspended |= span_holds(span, candidate->suspension);
    start = span.end;
  }
  return awaits->count && !awaits->too_many && suspended && span_holds(statement_span, candidate->first);
}

static TSNode without_parentheses_around(TSNode await) {
  TSNode parent = ts_node_parent(await);
  return syntax_node_is(parent, "parenthesized_expression") ? parent : await;
}

// "size" of `fetch_size(…)` and `api.getSize(…)`; NULL where the name of what is called tells of no result.
static const char *noun_of(const FixRun *run, TSNode await) {
  static const char *const VERBS[] = {"get",   "fetch",   "load",      "read",  "find",
                                      "query", "compute", "calculate", "count", NULL};
  TSNode called = syntax_node_field(ts_node_named_child(await, 0), "function");
  if (ts_node_is_null(called))
    return NULL;
  if (ts_node_named_child_count(called))
    called = ts_node_named_child(called, ts_node_named_child_count(called) - 1);
  char *name = source_copy(&run->source, run->arena, syntax_node_span(called));
  for (const char *const *verb = VERBS; *verb; verb++) {
    size_t length = strlen(*verb);
    char *noun = name + strspn(name, "_#");
    if (strncmp(noun, *verb, length) != 0)
      continue;
    noun += length;
    bool snake = *noun == '_', camel = isupper((unsigned char)*noun);
    if ((!snake && !camel) || strlen(noun) < 4)
      return NULL;
    if (snake)
      return noun + 1;
    *noun = (char)tolower((unsigned char)*noun);
    return noun;
  }
  return NULL;
}

static const char *name_for(const FixRun *run, TSNode await, uint32_t index) {
  const char *noun = noun_of(run, await);
  const char *base = noun ? noun : index ? arena_printf(run->arena, "value%u", index + 1) : "value";
  return source_fresh_name(&run->source, run->arena, base, false);
}

// Before the statement, on lines of their own where it has one.
static void write_bindings(const FixRun *run, Edits *edits, TSNode statement, const char *bindings, bool braces) {
  uint32_t start = ts_node_start_byte(statement);
  bool line = source_starts_line(&run->source, start) && !braces;
  const char *indent = source_indent(&run->source, run->arena, start);
  edits_insert(edits, start, "%s%s%s%s", braces ? "{ " : "", bindings, line ? "\n" : "", line ? indent : "");
  if (braces)
    edits_insert(edits, ts_node_end_byte(statement), " }");
}

static const char *write_awaits(const FixRun *run, Edits *edits, const Awaits *awaits, bool semicolon,
                                const char *separator) {
  const char *bindings = "";
  for (uint32_t i = 0; i < awaits->count; i++) {
    const char *name = name_for(run, awaits->items[i], i);
    const char *awaited = source_copy(&run->source, run->arena, syntax_node_span(awaits->items[i]));
    bindings = arena_printf(run->arena, "%s%s%s%s = %s%s", bindings, i ? separator : "",
                            run->source.python ? "" : "const ", name, awaited, semicolon ? ";" : "");
    edits_replace(edits, syntax_node_span(without_parentheses_around(awaits->items[i])), "%s", name);
  }
  return bindings;
}

void move_await_out_fix(FixRun *run) {
  const Candidate *candidate = &run->report->candidate;
  const Source *source = &run->source;
  TSNode statement = syntax_node_enclosing(source_node(source, candidate->second), STATEMENTS);
  Awaits awaits = {0};
  if (ts_node_is_null(statement))
    return;
  syntax_node_walk(statement, collect, &awaits);
  if (!can_move(run, statement, &awaits))
    return;
  Edits edits = {.arena = run->arena};
  uint32_t start = ts_node_start_byte(statement), end = ts_node_end_byte(statement);
  bool braces = !source->python && !syntax_node_is_one_of(ts_node_parent(statement), LISTS);
  bool line = source_starts_line(source, start) && !braces;
  bool semicolon = !source->python && (!line || source->bytes[end - 1] == ';');
  const char *separator = line             ? arena_printf(run->arena, "\n%s", source_indent(source, run->arena, start))
                          : source->python ? "; "
                                           : " ";
  const char *bindings = write_awaits(run, &edits, &awaits, semicolon, separator);
  if (!line)
    bindings = arena_printf(run->arena, "%s%s", bindings, source->python ? "; " : " ");
  write_bindings(run, &edits, statement, bindings, braces);
  fix_offer(run, &edits, true, "Move the await out of the update");
}
