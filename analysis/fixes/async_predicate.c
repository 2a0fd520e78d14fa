// `items.filter(async (item) => …)`: the answers are awaited first, and the items chosen by them.
#include "effects.h"
#include "javascript_call.h"
#include "template.h"

static const char TITLE[] = "Await the answers first";

static bool calls_one_of(const FixRun *run, const JavaScriptCallback *callback, const char *const *names) {
  for (; *names; names++)
    if (javascript_calls(run, callback, *names))
      return true;
  return false;
}

static bool is_simple(TSNode node) {
  while (syntax_node_is(node, "member_expression"))
    node = syntax_node_field(node, "object");
  return syntax_node_is(node, "identifier") || syntax_node_is(node, "this");
}

// `some`, `every` and `findIndex` only look at the answers.
static void ask_all(const FixRun *run, Edits *edits, const JavaScriptCallback *callback) {
  Span method = syntax_node_span(callback->method);
  edits_insert(edits, ts_node_start_byte(callback->call), "(await Promise.all(");
  edits_replace(edits, method, "map");
  edits_insert(edits, ts_node_end_byte(callback->call), ")).%s(Boolean)",
               source_copy(&run->source, run->arena, method));
}

// Where nothing before the call in its statement can matter, the answers get a statement of their own.
static TSNode statement_to_precede(const FixRun *run, const JavaScriptCallback *callback) {
  static const char *const STATEMENTS[] = {"lexical_declaration", "variable_declaration", "expression_statement",
                                           "return_statement", NULL};
  static const char *const LISTS[] = {"statement_block", "program", "switch_case", "switch_default", NULL};
  static const char *const CONDITIONAL[] = {"ternary_expression", "binary_expression", NULL};
  TSNode none = {0}, statement = syntax_node_statement(callback->call);
  for (TSNode node = ts_node_parent(callback->call); !ts_node_is_null(node) && !ts_node_eq(node, statement);
       node = ts_node_parent(node))
    if (syntax_node_is_one_of(node, CONDITIONAL) || syntax_node_is_function(node))
      return none;
  Span before = {ts_node_start_byte(statement), ts_node_start_byte(callback->call)};
  bool fits = syntax_node_is_one_of(statement, STATEMENTS) && syntax_node_is_one_of(ts_node_parent(statement), LISTS) &&
              effects_is_pure(run, run->report->function, before) && is_simple(callback->receiver);
  return fits ? statement : none;
}

// `filter` and `find` choose by position.
static bool choose(const FixRun *run, Edits *edits, const JavaScriptCallback *callback) {
  TSNode statement = statement_to_precede(run, callback);
  if (ts_node_is_null(statement))
    return false;
  const Source *source = &run->source;
  const char *items = source_copy(source, run->arena, syntax_node_span(callback->receiver));
  const char *answers = source_fresh_name(source, run->arena, "answers", false);
  const char *function = source_copy(source, run->arena, syntax_node_span(callback->argument));
  edits_insert(
      edits, ts_node_start_byte(statement), "%s",
      template_text(run, statement, "const %s = await Promise.all(%s.map(%s));\n\f", answers, items, function));
  edits_replace(edits, syntax_node_span(callback->argument), "(_, index) => %s[index]", answers);
  return true;
}

void async_predicate_fix(FixRun *run) {
  static const char *const LOOKING[] = {"some", "every", "findIndex", "findLastIndex", NULL};
  static const char *const CHOOSING[] = {"filter", "find", "findLast", NULL};
  JavaScriptCallback callback;
  TSNode call = javascript_call_at(run, run->report->finding.span);
  if (ts_node_is_null(call) || !javascript_callback_of(call, &callback))
    return;
  bool looks = calls_one_of(run, &callback, LOOKING), chooses = calls_one_of(run, &callback, CHOOSING);
  if ((!looks && !chooses) || !syntax_node_has_token(syntax_node_field(call, "function"), "."))
    return;
  if (!javascript_can_await(run, call)) {
    fix_refuse(run, TITLE, "%s", javascript_why_no_await(run));
    return;
  }
  Edits edits = {.arena = run->arena};
  if (looks)
    ask_all(run, &edits, &callback);
  if ((looks || choose(run, &edits, &callback)) && !fix_offer(run, &edits, false, "%s", TITLE))
    fix_refuse(run, TITLE, "it would %s", run->objection);
}
