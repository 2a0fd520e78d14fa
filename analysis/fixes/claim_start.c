// `if not self._running: create_task(self._run())` where only the task itself sets the flag: it is set before the task
// is started, which runs later.
#include "python_insert.h"
#include "statement.h"

static const char *const TESTS[] = {"if_statement", NULL};
static const char *const STATEMENTS[] = {"expression_statement", NULL};

// `self._running = True`, as code that starts the task can write it too.
static TSNode find_flag(const FixRun *run) {
  TSNode statement = syntax_node_enclosing(source_node(&run->source, run->report->candidate.second), STATEMENTS);
  TSNode assignment = syntax_node_child(statement, 0), left = syntax_node_field(assignment, "left"), none = {0};
  bool set = syntax_node_is(assignment, "assignment") && syntax_node_is(syntax_node_field(assignment, "right"), "true");
  return set && syntax_node_is(left, "attribute") ? statement : none;
}

// The statement that starts the task, of the function that tests the flag.
static TSNode find_start(const FixRun *run) {
  const Candidate *candidate = &run->report->candidate;
  TSNode statement = syntax_node_statement(source_node(&run->source, candidate->suspension));
  TSNode tester = syntax_node_function(source_node(&run->source, candidate->first));
  TSNode starter = syntax_node_function(statement);
  TSNode setter = syntax_node_function(source_node(&run->source, candidate->second));
  TSNode test = syntax_node_enclosing(source_node(&run->source, candidate->first), TESTS), none = {0};
  if (ts_node_is_null(statement) || ts_node_is_null(tester) || ts_node_is_null(starter) || ts_node_is_null(setter) ||
      ts_node_is_null(test))
    return none;
  return ts_node_eq(tester, starter) && !ts_node_eq(starter, setter) ? statement : none;
}

void claim_start_fix(FixRun *run) {
  TSNode flag = find_flag(run), start = find_start(run);
  if (ts_node_is_null(flag) || ts_node_is_null(start) || !statement_stands_alone(&run->source, start))
    return;
  Edits edits = {.arena = run->arena};
  const char *text = source_copy(&run->source, run->arena, syntax_node_span(flag));
  python_insert_before(run, &edits, start, arena_printf(run->arena, "%s\n", text));
  TSNode name = syntax_node_field(syntax_node_child(flag, 0), "left");
  fix_offer(run, &edits, false, "Set `%s` before the task is started",
            source_copy(&run->source, run->arena, syntax_node_span(name)));
}
