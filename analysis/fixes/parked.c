#include "parked.h"
#include "effects.h"
#include "javascript_place.h"
#include "python_insert.h"
#include "template.h"
#include <string.h>

static const char *const MEMBERS[] = {"attribute", "member_expression", NULL};
static const char *const ASSIGNMENTS[] = {"assignment", "assignment_expression", NULL};

static const char *last_part(const char *text) {
  const char *dot = strrchr(text, '.');
  text = dot ? dot + 1 : text;
  return text + strspn(text, "_#");
}

bool parked_find(const FixRun *run, Parked *parked) {
  static const char *const STATEMENTS[] = {"expression_statement", NULL};
  parked->statement = syntax_node_enclosing(source_node(&run->source, run->report->candidate.first), STATEMENTS);
  TSNode assignment = syntax_node_child(parked->statement, 0);
  parked->place = syntax_node_field(assignment, "left");
  parked->value = syntax_node_field(assignment, "right");
  if (!syntax_node_is_one_of(assignment, ASSIGNMENTS) || ts_node_is_null(parked->value) ||
      syntax_node_is_one_of(parked->value, ASSIGNMENTS))
    return false;
  parked->text = source_copy(&run->source, run->arena, syntax_node_span(parked->place));
  parked->name = last_part(parked->text);
  return syntax_node_is_one_of(parked->place, MEMBERS) || syntax_node_is(parked->place, "identifier");
}

static void bind(const FixRun *run, Edits *edits, const Parked *parked, const char *name, const char *value) {
  if (run->source.python)
    python_insert_before(run, edits, parked->statement, arena_printf(run->arena, "%s = %s\n", name, value));
  else
    javascript_insert_before(run, edits, parked->statement,
                             template_text(run, parked->statement, "const %s = %s;\n\f", name, value));
}

const char *parked_local(const FixRun *run, Edits *edits, const Parked *parked, uint32_t end) {
  const char *value = source_copy(&run->source, run->arena, syntax_node_span(parked->value));
  Span behind = {ts_node_end_byte(parked->statement), end};
  if (syntax_node_is(parked->value, "identifier") &&
      !effects_rebinds(run, run->report->candidate.origin, behind, syntax_node_span(parked->value)))
    return value;
  const char *name = source_local_name(&run->source, run->arena, parked->place, parked->name);
  bind(run, edits, parked, name, value);
  edits_replace(edits, syntax_node_span(parked->value), "%s", name);
  return name;
}

typedef struct Reads {
  const FixRun *run;
  Edits *edits;
  const char *text, *name;
  uint32_t from, count;
  bool written; // it is given another value in between
} Reads;

static bool is_target(TSNode node) {
  TSNode parent = ts_node_parent(node), left = syntax_node_field(parent, "left");
  return syntax_node_is(parent, "update_expression") ||
         (!ts_node_is_null(left) && ts_node_eq(left, node) && strstr(ts_node_type(parent), "assignment"));
}

static bool replace_read(TSNode node, void *context) {
  Reads *reads = context;
  if (syntax_node_is_function(node))
    return false;
  if (!ts_node_is_named(node) || ts_node_start_byte(node) < reads->from ||
      !source_equals(&reads->run->source, syntax_node_span(node), reads->text) || syntax_node_is_member_name(node))
    return true;
  reads->written |= is_target(node);
  if (!reads->written) {
    edits_replace(reads->edits, syntax_node_span(node), "%s", reads->name);
    reads->count++;
  }
  return false;
}

uint32_t parked_replace(const FixRun *run, Edits *edits, const Parked *parked, TSNode body, uint32_t from,
                        const char *name) {
  Reads reads = {run, edits, parked->text, name, from, 0, false};
  syntax_node_walk(body, replace_read, &reads);
  return reads.count;
}
