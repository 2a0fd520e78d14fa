// What a call has put where others put theirs is read from a local instead.
#include "effects.h"
#include "python_insert.h"
#include <string.h>

typedef struct Parked {
  TSNode statement, place, value;
  const char *text; // of the place
} Parked;

static bool find(const FixRun *run, Parked *parked) {
  static const char *const STATEMENTS[] = {"expression_statement", NULL};
  parked->statement = syntax_node_enclosing(source_node(&run->source, run->report->candidate.first), STATEMENTS);
  TSNode assignment = syntax_node_child(parked->statement, 0);
  parked->place = syntax_node_field(assignment, "left");
  parked->value = syntax_node_field(assignment, "right");
  if (!syntax_node_is(assignment, "assignment") || ts_node_is_null(parked->value) ||
      syntax_node_is(parked->value, "assignment"))
    return false;
  parked->text = source_copy(&run->source, run->arena, syntax_node_span(parked->place));
  return syntax_node_is(parked->place, "attribute") || syntax_node_is(parked->place, "identifier");
}

typedef struct Reads {
  const FixRun *run;
  Edits *edits;
  const char *text, *local;
  uint32_t after;
  uint32_t count;
  bool written; // it is given another value in between
} Reads;

static bool replace_read(TSNode node, void *context) {
  Reads *reads = context;
  if (syntax_node_is_function(node))
    return false;
  if (!ts_node_is_named(node) || ts_node_start_byte(node) < reads->after ||
      !source_equals(&reads->run->source, syntax_node_span(node), reads->text))
    return true;
  TSNode parent = ts_node_parent(node);
  if (syntax_node_is(parent, "attribute") && ts_node_eq(syntax_node_field(parent, "attribute"), node))
    return true;
  TSNode left = syntax_node_field(parent, "left");
  bool target = !ts_node_is_null(left) && ts_node_eq(left, node);
  if (target || reads->written) {
    reads->written = true;
    return false;
  }
  edits_replace(reads->edits, syntax_node_span(node), "%s", reads->local);
  reads->count++;
  return false;
}

static const char *base_name(const char *text) {
  const char *dot = strrchr(text, '.');
  text = dot ? dot + 1 : text;
  return text + strspn(text, "_");
}

void keep_local_fix(FixRun *run) {
  const Candidate *candidate = &run->report->candidate;
  Parked parked;
  TSNode function = syntax_node_function(source_node(&run->source, candidate->first));
  if (!find(run, &parked) || ts_node_is_null(function) || !span_holds(syntax_node_span(function), candidate->second) ||
      candidate->second.start < candidate->first.end)
    return;
  Edits edits = {.arena = run->arena};
  const char *local = source_copy(&run->source, run->arena, syntax_node_span(parked.value));
  Span between = {ts_node_end_byte(parked.statement), candidate->second.end};
  if (!syntax_node_is(parked.value, "identifier") ||
      effects_rebinds(run, candidate->origin, between, syntax_node_span(parked.value))) {
    local = python_local_name(run, parked.place, base_name(parked.text));
    python_insert_before(run, &edits, parked.statement,
                         arena_printf(run->arena, "%s = %s\n", local,
                                      source_copy(&run->source, run->arena, syntax_node_span(parked.value))));
    edits_replace(&edits, syntax_node_span(parked.value), "%s", local);
  }
  Reads reads = {run, &edits, parked.text, local, ts_node_end_byte(parked.statement), 0, false};
  syntax_node_walk(syntax_node_field(function, "body"), replace_read, &reads);
  if (reads.count)
    fix_offer(run, &edits, false, "Use `%s` instead of `%s`", local, parked.text);
}
