// What a call has put where others put theirs is read from a local instead.
#include "parked.h"

void keep_local_fix(FixRun *run) {
  const Candidate *candidate = &run->report->candidate;
  Parked parked;
  TSNode function = syntax_node_function(source_node(&run->source, candidate->first));
  if (!parked_find(run, &parked) || ts_node_is_null(function) ||
      !span_holds(syntax_node_span(function), candidate->second) || candidate->second.start < candidate->first.end)
    return;
  Edits edits = {.arena = run->arena};
  const char *local = parked_local(run, &edits, &parked, candidate->second.end);
  if (parked_replace(run, &edits, &parked, syntax_node_field(function, "body"), ts_node_end_byte(parked.statement),
                     local))
    fix_offer(run, &edits, false, "Use `%s` instead of `%s`", local, parked.text);
}
