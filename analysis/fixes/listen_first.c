// A listener that is attached behind an await is attached before it; where it needs what was awaited, what tells the
// event is started only then.
#include "javascript_call.h"
#include "statement.h"
#include "template.h"
#include <string.h>

// Three statements of one list.
typedef struct Late {
  TSNode made;    // starts what tells the event
  TSNode awaits;  // the first behind it that suspends
  TSNode listens; // attaches the listener
} Late;

static TSNode statement_of(TSNode list, Span span) {
  for (uint32_t i = 0; i < ts_node_named_child_count(list); i++)
    if (span_holds(syntax_node_span(ts_node_named_child(list, i)), span))
      return ts_node_named_child(list, i);
  return (TSNode){0};
}

static bool find(const FixRun *run, Late *late) {
  const Candidate *candidate = &run->report->candidate;
  if (candidate->location)
    return false;
  late->made = syntax_node_statement(source_node(&run->source, candidate->first));
  if (ts_node_is_null(late->made))
    return false;
  TSNode list = ts_node_parent(late->made);
  late->awaits = statement_of(list, candidate->suspension);
  late->listens = statement_of(list, candidate->second);
  return !ts_node_is_null(late->awaits) && !ts_node_is_null(late->listens) &&
         ts_node_start_byte(late->awaits) < ts_node_start_byte(late->listens) &&
         statement_stands_alone(&run->source, late->made) && statement_stands_alone(&run->source, late->awaits) &&
         statement_stands_alone(&run->source, late->listens);
}

// Whether the span uses a variable that is declared or given a value in the other.
static bool needs(const FixRun *run, Span span, Span other) {
  const Module *module = fix_module(run);
  for (VariableId id = 1; id < module->variables.count; id++) {
    const Variable *variable = module_variable(module, id);
    if (variable->declaration.end && span_holds(other, variable->declaration) &&
        source_uses(&run->source, span, fix_symbol(run, variable->name), false))
      return true;
  }
  return false;
}

static Span lines_of(const FixRun *run, TSNode statement) {
  return (Span){source_line_start(&run->source, ts_node_start_byte(statement)),
                source_next_line(&run->source, ts_node_end_byte(statement))};
}

static const char *whole_lines(const FixRun *run, TSNode statement) {
  Span lines = lines_of(run, statement);
  lines.end = source_line_end(&run->source, ts_node_end_byte(statement));
  return source_copy(&run->source, run->arena, lines);
}

static void move_before(const FixRun *run, Edits *edits, TSNode statement, TSNode before) {
  edits_insert(edits, source_line_start(&run->source, ts_node_start_byte(before)), "%s\n", whole_lines(run, statement));
  edits_delete(edits, lines_of(run, statement));
}

// "exit" of `once(child, 'exit')`.
static const char *name_of_event(const FixRun *run, TSNode call) {
  TSNode event = syntax_node_last_child(syntax_node_field(call, "arguments"));
  const char *name = syntax_node_is(event, "string")
                         ? source_copy(&run->source, run->arena, syntax_node_span(syntax_node_child(event, 0)))
                         : "event";
  bool plain = *name && strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(name);
  if (plain && !javascript_names(run, run->source.root, name))
    return name;
  return source_fresh_name(&run->source, run->arena, plain ? name : "event", false);
}

// `await once(child, 'exit')`: only the promise is made before.
static bool promise_first(FixRun *run, const Late *late, Span between) {
  TSNode await = source_node(&run->source, run->report->candidate.second);
  if (syntax_node_is(await, "call_expression"))
    await = ts_node_parent(await);
  TSNode call = syntax_node_child(await, 0);
  if (!syntax_node_is(await, "await_expression") || !syntax_node_is(call, "call_expression") ||
      needs(run, syntax_node_span(call), between))
    return false;
  Edits edits = {.arena = run->arena};
  const char *name = name_of_event(run, call);
  edits_insert(&edits, source_line_start(&run->source, ts_node_start_byte(late->awaits)), "%s",
               template_text(run, late->awaits, "\fconst %s = %s;\n", name,
                             source_copy(&run->source, run->arena, syntax_node_span(call))));
  edits_replace(&edits, syntax_node_span(call), "%s", name);
  return fix_offer(run, &edits, false, "Listen before the `await`");
}

void listen_first_fix(FixRun *run) {
  Late late;
  if (!find(run, &late))
    return;
  Span between = {ts_node_start_byte(late.awaits), ts_node_start_byte(late.listens)};
  Edits edits = {.arena = run->arena};
  if (promise_first(run, &late, between))
    return;
  if (!needs(run, syntax_node_span(late.listens), between)) {
    move_before(run, &edits, late.listens, late.awaits);
    fix_offer(run, &edits, false, "Listen before the `await`");
    return;
  }
  Span kept = {ts_node_end_byte(late.made), between.end};
  if (needs(run, kept, syntax_node_span(late.made)))
    return;
  move_before(run, &edits, late.made, late.listens);
  fix_offer(run, &edits, false, "Start it only when the listener is attached too");
}
