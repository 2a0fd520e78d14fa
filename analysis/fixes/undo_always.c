// A claim that is undone behind an await is undone in a `finally`.
#include "region.h"
#include "statement.h"
#include <string.h>

typedef struct Undo {
  TSNode made, undone; // two statements of one list
  bool repeats;        // may be undone twice: a plain assignment
} Undo;

static bool same_text(const Source *source, TSNode a, TSNode b) {
  Span first = syntax_node_span(a), second = syntax_node_span(b);
  return first.end - first.start == second.end - second.start &&
         memcmp(source->bytes + first.start, source->bytes + second.start, first.end - first.start) == 0;
}

// "X" of `X = True`, `X += 1`, `X.add(key)`, `del X[key]`.
static TSNode target_of(TSNode statement) {
  TSNode expression = syntax_node_child(statement, 0);
  if (syntax_node_is(statement, "delete_statement"))
    return syntax_node_field(expression, "value");
  if (syntax_node_is(expression, "call"))
    return syntax_node_field(syntax_node_field(expression, "function"), "object");
  TSNode left = syntax_node_field(expression, "left");
  return syntax_node_is(left, "subscript") ? syntax_node_field(left, "value") : left;
}

// Whether one statement undoes what the other did: of the same kind, or a call or `del` of what was added.
static bool undoes(const FixRun *run, TSNode made, TSNode other) {
  static const char *const STATEMENTS[] = {"expression_statement", "delete_statement", NULL};
  TSNode target = target_of(made), undone = target_of(other);
  if (!syntax_node_is_one_of(other, STATEMENTS) || ts_node_is_null(target) || ts_node_is_null(undone))
    return false;
  return same_text(&run->source, target, undone);
}

static bool find(const FixRun *run, Undo *claim) {
  static const char *const STATEMENTS[] = {"expression_statement", NULL};
  claim->made = syntax_node_enclosing(source_node(&run->source, run->report->finding.span), STATEMENTS);
  claim->undone = (TSNode){0};
  if (ts_node_is_null(claim->made))
    return false;
  for (TSNode node = ts_node_next_named_sibling(claim->made); !ts_node_is_null(node);
       node = ts_node_next_named_sibling(node))
    if (undoes(run, claim->made, node))
      claim->undone = node;
  claim->repeats = syntax_node_is(syntax_node_child(claim->made, 0), "assignment");
  return !ts_node_is_null(claim->undone) && statement_stands_alone(&run->source, claim->made) &&
         statement_stands_alone(&run->source, claim->undone);
}

void undo_always_fix(FixRun *run) {
  Undo claim;
  if (!find(run, &claim))
    return;
  const Source *source = &run->source;
  uint32_t start = source_next_line(source, ts_node_end_byte(claim.made));
  uint32_t end = source_line_start(source, ts_node_start_byte(claim.undone));
  const char *name = source_copy(source, run->arena, syntax_node_span(target_of(claim.made)));
  if (start >= end || (!claim.repeats && source_uses(source, (Span){start, end}, name, true)))
    return;
  TSNode first = ts_node_next_named_sibling(claim.made);
  const char *indent = source_indent(source, run->arena, ts_node_start_byte(claim.made));
  const char *unit = region_indent_unit(run, claim.made);
  Region region = {.first = first, .span = {start, end}};
  Edits edits = {.arena = run->arena};
  edits_insert(&edits, start, "%stry:\n", indent);
  region_indent(run, &edits, &region, 1);
  edits_insert(&edits, ts_node_start_byte(claim.undone), "finally:\n%s%s", indent, unit);
  fix_offer(run, &edits, false, "Undo it in a `finally`");
}
