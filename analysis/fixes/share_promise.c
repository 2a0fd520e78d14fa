// `if (!cache.has(key)) { …await…; cache.set(key, value); }`: who comes while it is under way waits for the same
// promise. It is forgotten when it has settled: by then the value is there, or it failed and the next one may try
// again.
#include "javascript_place.h"
#include "share_in_flight.h"
#include "template.h"

static void declare(const FixRun *run, Edits *edits, const JavaScriptPlace *place, const char *name, bool keyed) {
  bool types = run->source.typescript;
  const char *text;
  if (keyed)
    text = arena_printf(run->arena, "%s%s = new Map%s();", javascript_place_keyword(place, "const "), name,
                        types ? "<unknown, Promise<void>>" : "");
  else
    text = arena_printf(run->arena, "%s%s%s;", javascript_place_keyword(place, "let "), name,
                        types ? ": Promise<void> | undefined" : "");
  javascript_place_add(run, edits, place, text);
}

static void write(const FixRun *run, Edits *edits, const Share *share, const char *pending) {
  const Region *work = &share->work;
  TSNode first = work->first;
  uint32_t start = source_line_start(&run->source, work->span.start);
  uint32_t end = source_line_end(&run->source, work->span.end);
  if (!share->key) {
    edits_insert(edits, start, "%s", template_text(run, first, "\f%s ?\?= (async () => {\n", pending));
    region_indent(run, edits, work, 1);
    edits_insert(edits, end, "%s",
                 template_text(run, first, "\n\f})().finally(() => {\n\f\t%s = undefined;\n\f});\n\fawait %s;", pending,
                               pending));
    return;
  }
  edits_insert(edits, start, "%s",
               template_text(run, first,
                             "\flet running = %s.get(%s);\n\fif (!running) {\n\f\trunning = (async () => {\n", pending,
                             share->key));
  region_indent(run, edits, work, 2);
  edits_insert(edits, end, "%s",
               template_text(run, first,
                             "\n\f\t})().finally(() => {\n\f\t\t%s.delete(%s);\n\f\t});\n\f\t%s.set(%s, running);\n"
                             "\f}\n\fawait running;",
                             pending, share->key, pending, share->key));
}

void share_promise_fix(FixRun *run) {
  Share share;
  JavaScriptPlace place;
  if (!share_find(run, &share) || !javascript_place_plan(run, &place))
    return;
  const char *reach = javascript_place_reach(run, &place, run->report->candidate.origin);
  if (!reach || source_uses(&run->source, syntax_node_span(share.work.function), "running", false))
    return;
  const char *base = "pending";
  if (place.beside) {
    const Variable *variable = module_variable(fix_module(run), place.beside);
    base = arena_printf(run->arena, "%sPending", fix_symbol(run, variable->name));
  }
  const char *name = javascript_place_name(run, &place, base);
  Edits edits = {.arena = run->arena};
  declare(run, &edits, &place, name, share.key != NULL);
  write(run, &edits, &share, arena_printf(run->arena, "%s%s", reach, name));
  fix_offer(run, &edits, false, "Share the promise that is under way");
}
