// `for item in self.items:` becomes `for item in list(self.items):`: what other tasks do meanwhile does not matter.
#include "fix.h"
#include <string.h>

static const char *const LOOPS[] = {"for_statement", "for_in_clause", NULL};

// Whether the loop itself changes what it goes over, as one that works off a list does: a copy would not see it.
static bool changes_it(const FixRun *run, TSNode loop) {
  const FlowFile *file = run->rules->file;
  const Candidate *candidate = &run->report->candidate;
  const Summary *summary = &file->summaries[candidate->origin];
  Span span = syntax_node_span(loop);
  for (uint32_t i = 0; i < summary->accesses.count; i++) {
    const Access *access = &summary->accesses.items[i];
    if (access->flags & (ACCESS_ADD | ACCESS_REMOVE | ACCESS_CLEAR) && span_holds(span, access->span) &&
        location_overlaps(file->locations, candidate->location, access->location))
      return true;
  }
  return false;
}

// `list` may mean something else in the file.
static bool is_shadowed(const FixRun *run, const char *name) {
  const Module *module = fix_module(run);
  for (VariableId id = 1; id < module->variables.count; id++) {
    const Variable *variable = module_variable(module, id);
    if (variable->kind != VARIABLE_UNRESOLVED && strcmp(fix_symbol(run, variable->name), name) == 0)
      return true;
  }
  return false;
}

void snapshot_fix(FixRun *run) {
  TSNode loop = syntax_node_enclosing(source_node(&run->source, run->report->candidate.first), LOOPS);
  TSNode iterated = syntax_node_field(loop, "right");
  if (ts_node_is_null(iterated))
    return;
  bool shadowed = is_shadowed(run, "list");
  Edits edits = {.arena = run->arena};
  edits_insert(&edits, ts_node_start_byte(iterated), shadowed ? "[*" : "list(");
  edits_insert(&edits, ts_node_end_byte(iterated), shadowed ? "]" : ")");
  fix_offer(run, &edits, !changes_it(run, loop), "Iterate over a copy of `%s`", run->report->finding.variable);
}
