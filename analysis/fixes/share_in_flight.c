#include "share_in_flight.h"

static const char *const TESTS[] = {"if_statement", NULL};
static const char *const BLOCKS[] = {"block", "statement_block", NULL};
static const char *const LEAVING[] = {"return_statement", "break_statement", "continue_statement",
                                      "yield_expression", "yield",           NULL};

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

// Without a key, work that depends on what the caller passed is not the same work for all. The receiver is the same.
static bool uses_parameters(const FixRun *run, FunctionId id, Span work) {
  const Function *function = fix_function(run, id);
  bool receiver = run->source.python && function->flags & FUNCTION_METHOD;
  for (uint32_t i = receiver; i < function->parameters.count; i++) {
    VariableId variable = function->parameters.items[i].variable;
    const char *name = fix_symbol(run, function->parameters.items[i].name);
    if (!variable || source_uses(&run->source, work, name, false))
      return true;
  }
  return false;
}

// The last step of the location, as the source writes it: `cache[key]`, `cache.has(key)`, `key not in cache`.
static const char *key_of(const FixRun *run) {
  const FlowFile *file = run->rules->file;
  const LocationRow *row = location_row(file->locations, run->report->candidate.location);
  if (row->step == STEP_FIELD || row->step == STEP_NONE)
    return NULL;
  TSNode access = source_node(&run->source, run->report->candidate.first);
  TSNode key = syntax_node_field(access, run->source.python ? "subscript" : "index");
  TSNode arguments = syntax_node_field(access, "arguments");
  if (ts_node_is_null(key) && !ts_node_is_null(arguments))
    key = ts_node_named_child(arguments, 0);
  if (syntax_node_is(access, "comparison_operator"))
    key = ts_node_named_child(access, 0);
  return ts_node_is_null(key) ? "" : source_copy(&run->source, run->arena, syntax_node_span(key));
}

static bool find_body(const FixRun *run, Share *share) {
  const Candidate *candidate = &run->report->candidate;
  TSNode test = syntax_node_enclosing(source_node(&run->source, candidate->first), TESTS);
  if (ts_node_is_null(test) || !makes_it(candidate) || !ts_node_is_null(syntax_node_field(test, "alternative")))
    return false;
  share->body = syntax_node_field(test, "consequence");
  Span body = syntax_node_span(share->body);
  return span_holds(syntax_node_span(syntax_node_field(test, "condition")), candidate->first) &&
         syntax_node_is_one_of(share->body, BLOCKS) && span_holds(body, candidate->suspension) &&
         span_holds(body, candidate->second);
}

bool share_find(const FixRun *run, Share *share) {
  const Candidate *candidate = &run->report->candidate;
  if (!find_body(run, share) ||
      !region_of(run, candidate->origin, span_join(candidate->suspension, candidate->second), &share->work))
    return false;
  Region *work = &share->work;
  work->first = ts_node_named_child(share->body, 0);
  work->span.start = ts_node_start_byte(work->first);
  region_to_end(work);
  share->key = key_of(run);
  return ts_node_eq(work->list, share->body) && !work->inside_line && !(share->key && !*share->key) &&
         syntax_node_is_async(work->function) && !source_has(&run->source, work->span, LEAVING) &&
         !sets_locals(run, candidate->origin, work->span) &&
         (share->key || !uses_parameters(run, candidate->origin, work->span));
}
