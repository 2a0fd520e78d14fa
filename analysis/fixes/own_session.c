// `async with Session() as session: await gather(session.execute(a), session.execute(b))`: each piece of work gets a
// session of its own.
#include "python_insert.h"
#include "python_with.h"

typedef struct Owners {
  const FixRun *run;
  const char *name;
  TSNode item; // `Session() as session`
} Owners;

static bool look_for_item(TSNode node, void *context) {
  Owners *owners = context;
  TSNode pattern = syntax_node_is(node, "as_pattern") ? syntax_node_field(node, "alias") : (TSNode){0};
  if (!ts_node_is_null(pattern) && source_equals(&owners->run->source, syntax_node_span(pattern), owners->name))
    owners->item = node;
  return true;
}

// The item of the `async with` around the node that binds the name.
static TSNode find_item(const FixRun *run, TSNode node, const char *name) {
  static const char *const WITHS[] = {"with_statement", NULL};
  Owners owners = {.run = run, .name = name};
  TSNode with = syntax_node_enclosing(node, WITHS);
  for (; !ts_node_is_null(with) && ts_node_is_null(owners.item);
       with = syntax_node_enclosing(ts_node_parent(with), WITHS))
    if (syntax_node_has_token(with, "async"))
      syntax_node_walk(syntax_node_child(with, 0), look_for_item, &owners);
  return owners.item;
}

void own_session_fix(FixRun *run) {
  TSNode gather = source_node(&run->source, fix_place(run, PLACE_SPAWN));
  TSNode arguments = syntax_node_field(gather, "arguments");
  const char *name = run->report->finding.variable;
  TSNode item = syntax_node_is(arguments, "argument_list") ? find_item(run, gather, name) : (TSNode){0};
  TSNode make = syntax_node_child(item, 0), statement = syntax_node_statement(gather);
  if (!syntax_node_is(make, "call") || ts_node_is_null(statement) ||
      !source_starts_line(&run->source, ts_node_start_byte(statement)))
    return;
  Edits edits = {.arena = run->arena};
  const char *helper = source_fresh_name(&run->source, run->arena, "with_own_session", false);
  const char *made = source_copy(&run->source, run->arena, syntax_node_span(make));
  python_insert_before(run, &edits, statement,
                       arena_printf(run->arena,
                                    "async def %s(work):\n\tasync with %s as %s:\n\t\treturn await work(%s)\n\n",
                                    helper, made, name, name));
  for (uint32_t i = 0; i < ts_node_named_child_count(arguments); i++) {
    TSNode argument = ts_node_named_child(arguments, i);
    if (!syntax_node_is(argument, "call"))
      return;
    if (!source_uses(&run->source, syntax_node_span(argument), name, false))
      continue;
    edits_insert(&edits, ts_node_start_byte(argument), "%s(lambda %s: ", helper, name);
    edits_insert(&edits, ts_node_end_byte(argument), ")");
  }
  fix_offer(run, &edits, false, "Give each its own `%s`", name);
}
