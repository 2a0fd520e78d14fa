// `if not ready: await condition.wait()` becomes `while not ready: …`: who wakes up looks again.
#include "fix.h"

void wait_in_loop_fix(FixRun *run) {
  static const char *const TESTS[] = {"if_statement", NULL};
  TSNode wait = source_node(&run->source, run->report->finding.span);
  TSNode test = syntax_node_enclosing(wait, TESTS), body = syntax_node_field(test, "consequence");
  if (ts_node_is_null(body) || !ts_node_eq(syntax_node_function(test), syntax_node_function(wait)))
    return;
  TSNode last = syntax_node_last_child(body);
  if (!ts_node_is_null(syntax_node_field(test, "alternative")) ||
      !span_holds(syntax_node_span(last), run->report->finding.span))
    return;
  Edits edits = {.arena = run->arena};
  edits_replace(&edits, syntax_node_span(ts_node_child(test, 0)), "while");
  fix_offer(run, &edits, false, "Wait in a loop that tests again");
}
