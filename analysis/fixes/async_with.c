// `with lock:` becomes `async with lock:` for a lock of the event loop, and the other way round for one of threads.
#include "fix.h"

static const char *const WITHS[] = {"with_statement", NULL};

void async_with_fix(FixRun *run) {
  static const char TITLE[] = "Use `async with`";
  TSNode item = source_node(&run->source, run->report->finding.span);
  TSNode with = syntax_node_enclosing(item, WITHS), clause = syntax_node_child(with, 0);
  if (ts_node_is_null(clause) || !span_holds(syntax_node_span(clause), syntax_node_span(item)))
    return;
  Edits edits = {.arena = run->arena};
  if (ts_node_named_child_count(clause) != 1) {
    fix_refuse(run, TITLE, "the statement enters other context managers too: give the lock one of its own");
    return;
  }
  if (!syntax_node_is_async(with)) {
    edits_insert(&edits, ts_node_start_byte(with), "async ");
    fix_offer(run, &edits, true, TITLE);
    return;
  }
  TSNode token = ts_node_child(with, 0);
  edits_delete(&edits, (Span){ts_node_start_byte(token), ts_node_start_byte(ts_node_next_sibling(token))});
  fix_offer(run, &edits, true, "Use `with`");
}
