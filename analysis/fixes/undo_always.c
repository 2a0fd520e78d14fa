// `self.busy = True`, `await work()`, `self.busy = False`: the claim is undone in a `finally`. The same for a lock of
// JavaScript: `const release = await mutex.acquire(); await work(); release();`.
#include "region.h"
#include "statement.h"
#include "template.h"
#include <string.h>

typedef struct Undo {
  TSNode made, undone; // two statements of one list
  bool repeats;        // may be undone twice: a plain assignment
} Undo;

// "X" of `const X = await …` and `X()`, which gives back what was taken; null nodes of others.
static TSNode taken_by(TSNode statement) {
  TSNode declarator = syntax_node_child(statement, 0), name = syntax_node_field(declarator, "name"), none = {0};
  bool declares = syntax_node_is(statement, "lexical_declaration") && !ts_node_is_null(statement_only_part(statement));
  return declares && syntax_node_is(name, "identifier") ? name : none;
}

static TSNode given_back_by(TSNode statement) {
  TSNode function = syntax_node_field(syntax_node_child(statement, 0), "function"), none = {0};
  bool calls = syntax_node_is(statement, "expression_statement") && syntax_node_is(function, "identifier");
  return calls ? function : none;
}

// "X" of `X[key]`, else the node itself.
static TSNode collection_of(TSNode node) {
  static const char *const ITEMS[] = {"subscript", "subscript_expression", NULL};
  if (!syntax_node_is_one_of(node, ITEMS))
    return node;
  return syntax_node_field(node, syntax_node_is(node, "subscript") ? "value" : "object");
}

// "X" of `X = true`, `X += 1`, `X++`, `X.add(key)`, `delete X[key]`, `del X[key]`; a null node of others.
static TSNode target_of(TSNode statement) {
  static const char *const CALLS[] = {"call", "call_expression", NULL};
  TSNode expression = syntax_node_child(statement, 0), none = {0};
  if (syntax_node_is(statement, "delete_statement"))
    return collection_of(expression);
  if (!syntax_node_is(statement, "expression_statement"))
    return none;
  if (syntax_node_is(expression, "update_expression"))
    return syntax_node_field(expression, "argument");
  if (syntax_node_is_one_of(expression, CALLS))
    return syntax_node_field(syntax_node_field(expression, "function"), "object");
  bool deletes = syntax_node_is(expression, "unary_expression") && syntax_node_has_token(expression, "delete");
  return collection_of(syntax_node_field(expression, deletes ? "argument" : "left"));
}

static bool undoes(const FixRun *run, TSNode made, TSNode other) {
  bool taken = !ts_node_is_null(taken_by(made));
  TSNode target = taken ? taken_by(made) : target_of(made);
  TSNode undone = taken ? given_back_by(other) : target_of(other);
  if (ts_node_is_null(target) || ts_node_is_null(undone))
    return false;
  return source_equals(&run->source, syntax_node_span(undone),
                       source_copy(&run->source, run->arena, syntax_node_span(target)));
}

static bool find(const FixRun *run, Undo *claim) {
  static const char *const ASSIGNMENTS[] = {"assignment", "assignment_expression", NULL};
  claim->made = syntax_node_statement(source_node(&run->source, run->report->finding.span));
  claim->undone = (TSNode){0};
  if (ts_node_is_null(claim->made))
    return false;
  for (TSNode node = ts_node_next_named_sibling(claim->made); !ts_node_is_null(node);
       node = ts_node_next_named_sibling(node))
    if (undoes(run, claim->made, node))
      claim->undone = node;
  claim->repeats = syntax_node_is_one_of(syntax_node_child(claim->made, 0), ASSIGNMENTS);
  return !ts_node_is_null(claim->undone) && statement_stands_alone(&run->source, claim->made) &&
         statement_stands_alone(&run->source, claim->undone);
}

// Whether something declared in the span is used behind the undoing: a block of JavaScript would hide it.
static bool declares_for_later(const FixRun *run, const Undo *claim, Span span) {
  Span behind = {ts_node_end_byte(claim->undone), ts_node_end_byte(ts_node_parent(claim->undone))};
  const Module *module = fix_module(run);
  for (VariableId id = 1; !run->source.python && id < module->variables.count; id++) {
    const Variable *variable = module_variable(module, id);
    if (span_holds(span, variable->declaration) && variable->declaration.end &&
        source_uses(&run->source, behind, fix_symbol(run, variable->name), false))
      return true;
  }
  return false;
}

static void write_finally(const FixRun *run, Edits *edits, const Undo *claim, Span span) {
  Region region = {.first = ts_node_next_named_sibling(claim->made), .span = span};
  edits_insert(edits, span.start, "%s", template_text(run, claim->made, run->source.python ? "\ftry:\n" : "\ftry {\n"));
  region_indent(run, edits, &region, 1);
}

// What the claim covers declares names for what follows: all of it goes into the `try`.
static void undo_at_end(const FixRun *run, Edits *edits, const Undo *claim, uint32_t start) {
  const Source *source = &run->source;
  uint32_t undone = ts_node_start_byte(claim->undone), end = ts_node_end_byte(claim->undone);
  uint32_t last = source_line_end(source, ts_node_end_byte(syntax_node_last_child(ts_node_parent(claim->undone))));
  edits_delete(edits, (Span){source_line_start(source, undone), source_next_line(source, end)});
  write_finally(run, edits, claim, (Span){start, last});
  edits_insert(edits, last, "%s",
               template_text(run, claim->made, "\n\f} finally {\n\f\t%s\n\f}",
                             source_copy(source, run->arena, (Span){undone, source_line_end(source, end)})));
}

static void undo_in_place(const FixRun *run, Edits *edits, const Undo *claim, Span span) {
  write_finally(run, edits, claim, span);
  const char *finally = run->source.python ? "finally:\n\f\t" : "} finally {\n\f\t";
  edits_insert(edits, ts_node_start_byte(claim->undone), "%s", template_text(run, claim->made, finally));
  if (run->source.python)
    return;
  edits_insert(edits, source_line_end(&run->source, ts_node_end_byte(claim->undone)), "%s",
               template_text(run, claim->made, "\n\f}"));
}

void undo_always_fix(FixRun *run) {
  const Source *source = &run->source;
  Undo claim;
  if (!find(run, &claim))
    return;
  Span span = {source_next_line(source, ts_node_end_byte(claim.made)),
               source_line_start(source, ts_node_start_byte(claim.undone))};
  TSNode taken = taken_by(claim.made), target = ts_node_is_null(taken) ? target_of(claim.made) : taken;
  const char *name = source_copy(source, run->arena, syntax_node_span(target));
  if (span.start >= span.end || (!claim.repeats && source_uses(source, span, name, true)))
    return;
  Edits edits = {.arena = run->arena};
  if (declares_for_later(run, &claim, span))
    undo_at_end(run, &edits, &claim, span.start);
  else
    undo_in_place(run, &edits, &claim, span);
  fix_offer(run, &edits, false, "%s", ts_node_is_null(taken) ? "Undo it in a `finally`" : "Release it in a `finally`");
}
