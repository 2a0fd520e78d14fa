// `for item in self.items:` becomes `for item in list(self.items):`, `for (const item of this.items)` becomes
// `for (const item of [...this.items])`: what other tasks do meanwhile does not matter.
#include "collection.h"
#include <string.h>

static const char *const LOOPS[] = {"for_statement", "for_in_clause", "for_in_statement", NULL};

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

// Whether a run in which the collection changed on the way has failed: dictionaries, sets and deques raise an
// exception, while a list goes on with what it has become.
static bool raises_on_change(const FixRun *run, TSNode iterated) {
  static const char *const VIEWS[] = {"values", "items", "keys", NULL};
  TSNode view = syntax_node_field(syntax_node_field(iterated, "function"), "attribute");
  for (const char *const *name = VIEWS; !ts_node_is_null(view) && *name; name++)
    if (source_equals(&run->source, syntax_node_span(view), *name))
      return true;
  CollectionKind kind = collection_kind(run, run->report->candidate.location);
  return kind == COLLECTION_MAP || kind == COLLECTION_SET || kind == COLLECTION_DEQUE;
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

// JavaScript's `for…in` goes over names, and `for await` over what comes in time.
static bool is_over_elements(const FixRun *run, TSNode loop) {
  return run->source.python || (syntax_node_has_token(loop, "of") && !syntax_node_has_token(loop, "await"));
}

void snapshot_fix(FixRun *run) {
  TSNode loop = syntax_node_enclosing(source_node(&run->source, run->report->candidate.first), LOOPS);
  TSNode iterated = syntax_node_field(loop, "right");
  if (ts_node_is_null(iterated) || !is_over_elements(run, loop))
    return;
  bool spreads = !run->source.python || is_shadowed(run, "list");
  Edits edits = {.arena = run->arena};
  edits_insert(&edits, ts_node_start_byte(iterated), spreads ? run->source.python ? "[*" : "[..." : "list(");
  edits_insert(&edits, ts_node_end_byte(iterated), spreads ? "]" : ")");
  bool safe = run->source.python && raises_on_change(run, iterated) && !changes_it(run, loop);
  fix_offer(run, &edits, safe, "Iterate over a copy of `%s`", run->report->finding.variable);
}
