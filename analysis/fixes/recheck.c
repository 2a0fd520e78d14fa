// The test once more, between the suspension and what relies on it.
#include "effects.h"
#include "hoist.h"
#include "region.h"
#include <stdio.h>
#include <string.h>

static const char *const EXITS[] = {
    "return_statement", "raise_statement", "throw_statement", "continue_statement", "break_statement", NULL,
};
static const char *const BLOCKS[] = {"block", "statement_block", NULL};
static const char *const TESTS[] = {"if_statement", "while_statement", NULL};

typedef struct Recheck {
  TSNode test;      // the `if` or `while` of the first access
  TSNode condition; // what it tests
  TSNode body;      // what it does when the condition holds
  TSNode act;       // the statement of the second access
  Hoist hoist;      // the awaits to move out of the act; none where it has none
} Recheck;

static bool is_inside(TSNode outer, TSNode inner) {
  return !ts_node_is_null(outer) && !ts_node_is_null(inner) &&
         span_holds(syntax_node_span(outer), syntax_node_span(inner));
}

// The child of `list` that holds a span; a null node where none does.
static TSNode statement_of(TSNode list, Span span) {
  TSNode none = {0};
  for (uint32_t i = 0; !ts_node_is_null(list) && i < ts_node_named_child_count(list); i++) {
    TSNode child = ts_node_named_child(list, i);
    if (span_holds(syntax_node_span(child), span))
      return child;
  }
  return none;
}

static bool find_test(const FixRun *run, Recheck *recheck) {
  const Candidate *candidate = &run->report->candidate;
  TSNode test = syntax_node_enclosing(source_node(&run->source, candidate->first), TESTS);
  if (ts_node_is_null(test) || !span_holds(fix_function(run, candidate->origin)->span, syntax_node_span(test)))
    return false;
  recheck->test = test;
  recheck->condition = syntax_node_field(test, "condition");
  TSNode consequence = syntax_node_field(test, "consequence");
  recheck->body = ts_node_is_null(consequence) ? syntax_node_field(test, "body") : consequence;
  return !ts_node_is_null(recheck->condition) && span_holds(syntax_node_span(recheck->condition), candidate->first) &&
         effects_is_pure(run, candidate->origin, syntax_node_span(recheck->condition));
}

// Whether nothing between the test and the act changes what the condition's names mean, and the suspension lies there.
static bool is_between(const FixRun *run, const Recheck *recheck) {
  const Candidate *candidate = &run->report->candidate;
  Span condition = syntax_node_span(recheck->condition);
  Span between = {condition.end, ts_node_start_byte(recheck->act)};
  if (between.end <= between.start || effects_rebinds(run, candidate->origin, between, condition))
    return false;
  return span_holds(between, candidate->suspension) || hoist_takes(&recheck->hoist, candidate->suspension);
}

// Finds the act in a list of statements, and plans to move its awaits out.
static bool find_act(const FixRun *run, TSNode list, Recheck *recheck) {
  const Candidate *candidate = &run->report->candidate;
  recheck->act = statement_of(list, candidate->second);
  if (ts_node_is_null(recheck->act) || !source_starts_line(&run->source, ts_node_start_byte(recheck->act)))
    return false;
  bool suspends = span_holds(syntax_node_span(recheck->act), candidate->suspension);
  if (suspends && !syntax_node_is(recheck->act, "expression_statement"))
    return false;
  if (suspends && !hoist_plan(run, candidate->origin, recheck->act, &recheck->hoist))
    return false;
  return is_between(run, recheck);
}

static const char *indent_of(const FixRun *run, TSNode node) {
  return source_indent(&run->source, run->arena, ts_node_start_byte(node));
}

// The bindings of the awaits that move out, each on a line of its own.
static const char *write_hoist(const FixRun *run, Edits *edits, const Recheck *recheck) {
  const Source *source = &run->source;
  if (!recheck->hoist.count)
    return "";
  const char *indent = indent_of(run, recheck->act);
  bool semicolons = !source->python && source->bytes[ts_node_end_byte(recheck->act) - 1] == ';';
  const char *gap = arena_printf(run->arena, "\n%s", indent);
  return arena_printf(run->arena, "%s%s", hoist_write(run, edits, &recheck->hoist, semicolons, gap), gap);
}

static bool offer(FixRun *run, Edits *edits) {
  return fix_offer(run, edits, false, "Check `%s` again after the await", run->report->finding.variable);
}

// --- `if …: return`, `await`, act

static bool leaves(TSNode body) {
  if (!syntax_node_is_one_of(body, BLOCKS))
    return syntax_node_is_one_of(body, EXITS);
  uint32_t count = ts_node_named_child_count(body);
  while (count && syntax_node_is(ts_node_named_child(body, count - 1), "comment"))
    count--;
  return count && syntax_node_is_one_of(ts_node_named_child(body, count - 1), EXITS);
}

static bool has_alternative(TSNode test) {
  return !ts_node_is_null(syntax_node_field(test, "alternative"));
}

// The guard as it stands at another indentation.
static const char *guard_at(const FixRun *run, TSNode test, const char *indent) {
  const Source *source = &run->source;
  const char *old = indent_of(run, test), *text = "";
  Span span = syntax_node_span(test);
  for (uint32_t at = span.start; at < span.end;) {
    uint32_t end = source_next_line(source, at) < span.end ? source_next_line(source, at) : span.end;
    bool moves = at > span.start && strncmp(source->bytes + at, old, strlen(old)) == 0;
    uint32_t start = moves ? at + (uint32_t)strlen(old) : at;
    text = arena_printf(run->arena, "%s%s%s", text, moves ? indent : "",
                        source_copy(source, run->arena, (Span){start, end}));
    at = end;
  }
  return text;
}

static bool copy_guard(FixRun *run, Recheck *recheck, TSNode before) {
  Edits edits = {.arena = run->arena};
  const char *hoisted = write_hoist(run, &edits, recheck), *indent = indent_of(run, before);
  edits_insert(&edits, ts_node_start_byte(before), "%s%s\n%s", hoisted, guard_at(run, recheck->test, indent), indent);
  return offer(run, &edits);
}

// The act is deep inside what follows the guard, as in a loop: the guard is copied in front of it where it leaves the
// whole function.
static void before_deep_act(FixRun *run, Recheck *recheck) {
  static const char *const LEAVES_FUNCTION[] = {"return_statement", "raise_statement", "throw_statement", NULL};
  const Candidate *candidate = &run->report->candidate;
  TSNode last = recheck->body;
  while (syntax_node_is_one_of(last, BLOCKS))
    last = syntax_node_last_child(last);
  TSNode act = syntax_node_statement(source_node(&run->source, candidate->second));
  if (!syntax_node_is_one_of(last, LEAVES_FUNCTION) || ts_node_is_null(act) ||
      !syntax_node_is_one_of(ts_node_parent(act), BLOCKS) ||
      !source_starts_line(&run->source, ts_node_start_byte(act)) ||
      !ts_node_eq(syntax_node_function(act), syntax_node_function(recheck->test)))
    return;
  Span condition = syntax_node_span(recheck->condition), between = {condition.end, ts_node_start_byte(act)};
  if (between.end <= between.start || effects_rebinds(run, candidate->origin, between, condition))
    return;
  copy_guard(run, recheck, act);
}

// The guard is copied: behind the suspension, or, where others follow, in front of the act.
static void after_guard(FixRun *run, Recheck *recheck) {
  TSNode list = ts_node_parent(recheck->test);
  if (!find_act(run, list, recheck)) {
    recheck->hoist = (Hoist){0};
    before_deep_act(run, recheck);
    return;
  }
  TSNode next = ts_node_next_named_sibling(statement_of(list, run->report->candidate.suspension));
  while (syntax_node_is(next, "comment"))
    next = ts_node_next_named_sibling(next);
  bool early = !recheck->hoist.count && !ts_node_is_null(next) &&
               ts_node_start_byte(next) < ts_node_start_byte(recheck->act) &&
               source_starts_line(&run->source, ts_node_start_byte(next));
  if (!early || !copy_guard(run, recheck, next))
    copy_guard(run, recheck, recheck->act);
}

// --- `while …: await`, act

// Without parentheses, unless these let it go on on the next line.
static const char *bare_condition(const FixRun *run, TSNode condition) {
  Span span = syntax_node_span(condition);
  bool one_line = source_line_end(&run->source, span.start) >= span.end;
  if (syntax_node_is(condition, "parenthesized_expression") && (one_line || !run->source.python))
    condition = ts_node_named_child(condition, 0);
  return source_copy(&run->source, run->arena, syntax_node_span(condition));
}

static const char *negated(const FixRun *run, TSNode condition) {
  const char *text = bare_condition(run, condition);
  TSNode bare = syntax_node_is(condition, "parenthesized_expression") ? ts_node_named_child(condition, 0) : condition;
  bool simple = syntax_node_is(bare, "identifier") || syntax_node_is(bare, "attribute") ||
                syntax_node_is(bare, "call") || syntax_node_is(bare, "member_expression") ||
                syntax_node_is(bare, "call_expression");
  const char *format = run->source.python ? simple ? "not %s" : "not (%s)" : simple ? "!%s" : "!(%s)";
  char *result = arena_alloc(run->arena, strlen(text) + 8);
  snprintf(result, strlen(text) + 8, format, text);
  return result;
}

static void in_loop(FixRun *run, Recheck *recheck) {
  if (!find_act(run, recheck->body, recheck))
    return;
  Edits edits = {.arena = run->arena};
  const char *hoisted = write_hoist(run, &edits, recheck), *indent = indent_of(run, recheck->act);
  const char *condition = negated(run, recheck->condition);
  if (run->source.python)
    edits_insert(&edits, ts_node_start_byte(recheck->act), "%sif %s:\n%s%sbreak\n%s", hoisted, condition, indent,
                 region_indent_unit(run, recheck->act), indent);
  else
    edits_insert(&edits, ts_node_start_byte(recheck->act), "%sif (%s) break;\n%s", hoisted, condition, indent);
  offer(run, &edits);
}

// --- `if …:` `await`, act

static void in_consequence(FixRun *run, Recheck *recheck) {
  Region region;
  if (!find_act(run, recheck->body, recheck))
    return;
  if (!region_of(run, run->report->candidate.origin, syntax_node_span(recheck->act), &region))
    return;
  region_to_end(&region);
  Edits edits = {.arena = run->arena};
  const char *indent = indent_of(run, recheck->act), *hoisted = write_hoist(run, &edits, recheck);
  const char *condition = bare_condition(run, recheck->condition);
  bool python = run->source.python;
  edits_insert(&edits, source_line_start(&run->source, region.span.start), "%s%sif %s%s%s\n", indent, hoisted,
               python ? "" : "(", condition, python ? ":" : ") {");
  region_indent(run, &edits, &region, 1);
  if (!python)
    edits_insert(&edits, source_line_end(&run->source, region.span.end), "\n%s}", indent);
  offer(run, &edits);
}

static void recheck_kind(FixRun *run, bool use) {
  Recheck recheck = {0};
  if ((run->report->candidate.kind == CANDIDATE_USE) != use || !find_test(run, &recheck))
    return;
  TSNode second = source_node(&run->source, run->report->candidate.second);
  if (syntax_node_is(recheck.test, "while_statement"))
    in_loop(run, &recheck);
  else if (is_inside(recheck.body, second))
    in_consequence(run, &recheck);
  else if (leaves(recheck.body) && !has_alternative(recheck.test))
    after_guard(run, &recheck);
}

// A mere use is served best by it: no lock is held, and who writes goes on as before.
void recheck_use_fix(FixRun *run) {
  recheck_kind(run, true);
}

void recheck_act_fix(FixRun *run) {
  recheck_kind(run, false);
}
