// `if (!cache.has(key)) { …await…; cache.set(key, value); }`: who comes while it is under way waits for the same
// promise. It is forgotten when it has settled: by then the value is there, or it failed and the next one may try
// again.
#include "javascript_place.h"
#include "region.h"
#include "template.h"

static const char *const TESTS[] = {"if_statement", NULL};
static const char *const LEAVING[] = {"return_statement", "break_statement", "continue_statement", "yield_expression",
                                      NULL};

typedef struct Share {
  TSNode body; // the block that the test leads to
  Region work;
  const char *key; // what the source writes for the key; NULL where the location has none
} Share;

// Whether the work sets a local of the function around it: who only waits for the work would not get it.
static bool sets_locals(const FixRun *run, FunctionId id, Span work) {
  const Function *function = fix_function(run, id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    VariableId variable = 0;
    if (!span_holds(work, instruction->span))
      continue;
    if (instruction->op == OP_STORE)
      variable = instruction->a;
    if (instruction->op == OP_MOVE)
      variable = function->values.items[instruction->result];
    const Variable *item = module_variable(fix_module(run), variable);
    if (variable && item->kind == VARIABLE_LOCAL && item->owner == id && !span_holds(work, item->declaration))
      return true;
  }
  return false;
}

// Only what makes a thing, and makes it once, can be shared: whoever takes a seat or adds an entry wants one of their
// own.
static bool makes_it(const Candidate *candidate) {
  uint32_t others = ACCESS_UPDATE | ACCESS_REMOVE | ACCESS_CLEAR | ACCESS_NULLS;
  return candidate->flags & ACCESS_ASSIGN && !(candidate->flags & others);
}

// Without a key, work that depends on what the caller passed is not the same work for all.
static bool uses_parameters(const FixRun *run, FunctionId id, Span work) {
  const Function *function = fix_function(run, id);
  for (uint32_t i = 0; i < function->parameters.count; i++) {
    VariableId variable = function->parameters.items[i].variable;
    const char *name = fix_symbol(run, function->parameters.items[i].name);
    if (!variable || source_uses(&run->source, work, name, false))
      return true;
  }
  return false;
}

// The last step of the location, as the source writes it: `cache[key]`, `cache.has(key)`, `cache.get(key)`.
static const char *key_of(const FixRun *run) {
  const FlowFile *file = run->rules->file;
  const LocationRow *row = location_row(file->locations, run->report->candidate.location);
  bool keyed = row->step != STEP_FIELD && row->step != STEP_NONE;
  if (!keyed)
    return NULL;
  TSNode access = source_node(&run->source, run->report->candidate.first);
  TSNode key = syntax_node_field(access, "index");
  TSNode arguments = syntax_node_field(access, "arguments");
  if (ts_node_is_null(key) && !ts_node_is_null(arguments))
    key = ts_node_named_child(arguments, 0);
  return ts_node_is_null(key) ? "" : source_copy(&run->source, run->arena, syntax_node_span(key));
}

static bool find(const FixRun *run, Share *share) {
  const Candidate *candidate = &run->report->candidate;
  TSNode test = syntax_node_enclosing(source_node(&run->source, candidate->first), TESTS);
  if (ts_node_is_null(test) || !makes_it(candidate) || !ts_node_is_null(syntax_node_field(test, "alternative")))
    return false;
  TSNode condition = syntax_node_field(test, "condition");
  share->body = syntax_node_field(test, "consequence");
  if (!span_holds(syntax_node_span(condition), candidate->first) || !syntax_node_is(share->body, "statement_block"))
    return false;
  Span body = syntax_node_span(share->body);
  if (!span_holds(body, candidate->suspension) || !span_holds(body, candidate->second))
    return false;
  if (!region_of(run, candidate->origin, span_join(candidate->suspension, candidate->second), &share->work))
    return false;
  share->work.first = ts_node_named_child(share->body, 0);
  share->work.span.start = ts_node_start_byte(share->work.first);
  region_to_end(&share->work);
  share->key = key_of(run);
  return ts_node_eq(share->work.list, share->body) && !share->work.inside_line && !(share->key && !*share->key) &&
         syntax_node_is_async(share->work.function) && !source_has(&run->source, share->work.span, LEAVING) &&
         !sets_locals(run, candidate->origin, share->work.span) &&
         (share->key || !uses_parameters(run, candidate->origin, share->work.span));
}

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

void share_in_flight_fix(FixRun *run) {
  Share share;
  JavaScriptPlace place;
  if (!find(run, &share) || !javascript_place_plan(run, &place))
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
