// `x += await f()` becomes `value = await f()` and `x += value`: the read and the write in one atomic section.
#include "hoist.h"

static const char *const STATEMENTS[] = {"expression_statement", NULL};
static const char *const LISTS[] = {
    "block", "module", "statement_block", "program", "switch_case", "switch_default", NULL,
};

// `if (c) x += await f();` needs braces for two statements.
static bool needs_braces(const FixRun *run, TSNode statement) {
  return !run->source.python && !syntax_node_is_one_of(ts_node_parent(statement), LISTS);
}

static void write_before(const FixRun *run, Edits *edits, const Hoist *hoist) {
  const Source *source = &run->source;
  uint32_t start = ts_node_start_byte(hoist->statement), end = ts_node_end_byte(hoist->statement);
  bool braces = needs_braces(run, hoist->statement), line = source_starts_line(source, start) && !braces;
  bool semicolons = !source->python && (!line || source->bytes[end - 1] == ';');
  const char *gap = source->python ? "; " : " ";
  if (line)
    gap = arena_printf(run->arena, "\n%s", source_indent(source, run->arena, start));
  const char *bindings = hoist_write(run, edits, hoist, semicolons, gap);
  edits_insert(edits, start, "%s%s%s", braces ? "{ " : "", bindings, gap);
  if (braces)
    edits_insert(edits, end, " }");
}

void move_await_out_fix(FixRun *run) {
  const Candidate *candidate = &run->report->candidate;
  TSNode statement = syntax_node_enclosing(source_node(&run->source, candidate->second), STATEMENTS);
  Hoist hoist;
  if (ts_node_is_null(statement) || !span_holds(syntax_node_span(statement), candidate->first))
    return;
  if (!hoist_plan(run, candidate->origin, statement, &hoist) || hoist_takes(&hoist, candidate->first))
    return;
  if (!hoist_takes(&hoist, candidate->suspension))
    return;
  Edits edits = {.arena = run->arena};
  write_before(run, &edits, &hoist);
  fix_offer(run, &edits, true, "Move the await out of the update");
}
