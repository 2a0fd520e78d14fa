// A task that holds a lock calls a function that takes it again: what that function does under the lock becomes a
// function of its own, which is called instead.
#include "javascript_call.h"
#include "template.h"
#include <string.h>

static const char TITLE[] = "Call what needs no lock of its own";

typedef struct Split {
  TSNode function;         // that takes the lock again
  TSNode name, parameters; // its own
  TSNode taken;            // `lock.runExclusive(work)`, which is all it does
  JavaScriptCallback take;
  bool method;
} Split;

// What an expression comes down to: `return await x;` is x.
static TSNode bare(TSNode node) {
  while (syntax_node_is(node, "expression_statement") || syntax_node_is(node, "return_statement") ||
         syntax_node_is(node, "await_expression"))
    node = ts_node_named_child(node, 0);
  return node;
}

static bool find_split(const FixRun *run, Split *split) {
  Span lock = fix_place(run, PLACE_LOCK);
  if (lock.end)
    split->taken = javascript_call_at(run, lock);
  if (ts_node_is_null(split->taken) || !javascript_callback_of(split->taken, &split->take))
    return false;
  split->function = syntax_node_function(split->taken);
  split->method = syntax_node_is(split->function, "method_definition");
  TSNode body = syntax_node_field(split->function, "body");
  if (!split->method && !syntax_node_is(split->function, "function_declaration"))
    return false;
  split->name = syntax_node_field(split->function, "name");
  split->parameters = syntax_node_field(split->function, "parameters");
  return ts_node_named_child_count(body) == 1 && ts_node_eq(bare(ts_node_named_child(body, 0)), split->taken) &&
         split->take.arrow && !split->take.parameter_count && split->take.plain;
}

// "path, text" of "(path: string, text = '')"; NULL where one of them is no name.
static const char *arguments_of(const FixRun *run, const Split *split) {
  const char *arguments = "";
  for (uint32_t i = 0; i < ts_node_named_child_count(split->parameters); i++) {
    TSNode parameter = ts_node_named_child(split->parameters, i), pattern = syntax_node_field(parameter, "pattern");
    TSNode name = ts_node_is_null(pattern) ? parameter : pattern;
    if (syntax_node_is(name, "assignment_pattern"))
      name = syntax_node_field(name, "left");
    if (!syntax_node_is(name, "identifier"))
      return NULL;
    arguments = arena_printf(run->arena, "%s%s%s", arguments, i ? ", " : "",
                             source_copy(&run->source, run->arena, syntax_node_span(name)));
  }
  return arguments;
}

// The text of a block that moves from one indentation to another.
static const char *moved(const FixRun *run, TSNode block, const char *from, const char *to) {
  const Source *source = &run->source;
  static const char *const STRINGS[] = {"template_string", NULL};
  const char *text = "";
  for (uint32_t at = ts_node_start_byte(block); at < ts_node_end_byte(block);) {
    uint32_t next = source_next_line(source, at), end = ts_node_end_byte(block);
    bool first = at == ts_node_start_byte(block);
    bool string = !ts_node_is_null(syntax_node_enclosing(source_node(source, (Span){at, at}), STRINGS));
    bool indented = !first && !string && strncmp(source->bytes + at, from, strlen(from)) == 0;
    uint32_t start = indented ? at + (uint32_t)strlen(from) : at;
    text = arena_printf(run->arena, "%s%s%s", text, indented ? to : "",
                        source_copy(source, run->arena, (Span){start, next < end ? next : end}));
    if (next <= at)
      break;
    at = next;
  }
  return text;
}

static const char *body_of(const FixRun *run, const Split *split) {
  const Source *source = &run->source;
  TSNode body = split->take.body;
  if (!syntax_node_is(body, "statement_block"))
    return template_text(run, split->function, "{\n\f\treturn %s;\n\f}",
                         source_copy(source, run->arena, syntax_node_span(body)));
  return moved(run, body, source_indent(source, run->arena, ts_node_start_byte(split->taken)),
               source_indent(source, run->arena, ts_node_start_byte(split->function)));
}

void split_exclusive_fix(FixRun *run) {
  const Source *source = &run->source;
  Split split = {0};
  TSNode call = javascript_call_at(run, run->report->finding.span);
  if (ts_node_is_null(call) || !find_split(run, &split))
    return;
  TSNode called = syntax_node_field(call, "function");
  TSNode property = split.method ? syntax_node_field(called, "property") : called;
  const char *arguments = arguments_of(run, &split);
  const char *name = source_copy(source, run->arena, syntax_node_span(split.name));
  if (!arguments || ts_node_is_null(property) || !source_equals(source, syntax_node_span(property), name) ||
      (split.method && !syntax_node_is(syntax_node_field(called, "object"), "this")))
    return;
  const char *bare_name = name[0] == '#' ? name + 1 : name;
  const char *fresh = source_fresh_name(source, run->arena, arena_printf(run->arena, "%sUnlocked", bare_name), true);
  const char *new_name = arena_printf(run->arena, "%s%s", split.method ? "#" : "", fresh);
  TSNode type = syntax_node_field(split.function, "return_type");
  const char *returns = ts_node_is_null(type) ? "" : source_copy(source, run->arena, syntax_node_span(type));
  Edits edits = {.arena = run->arena};
  edits_replace(&edits, syntax_node_span(property), "%s", new_name);
  edits_replace(&edits, syntax_node_span(split.take.argument), "() => %s%s(%s)", split.method ? "this." : "", new_name,
                arguments);
  edits_insert(&edits, ts_node_end_byte(split.function), "%s",
               template_text(run, split.function, "\n\n\f%s%s%s%s%s %s",
                             syntax_node_is_async(split.take.argument) ? "async " : "", split.method ? "" : "function ",
                             new_name, source_copy(source, run->arena, syntax_node_span(split.parameters)), returns,
                             body_of(run, &split)));
  if (!fix_offer(run, &edits, false, "%s", TITLE))
    fix_refuse(run, TITLE, "it would %s", run->objection);
}
