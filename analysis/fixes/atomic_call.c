// What was looked at before is left to the call itself: `mkdir` that does not mind a folder that is there, a file that
// is written only where there is none, a removal that does not mind what is gone.
#include "javascript_call.h"
#include <string.h>

typedef struct AtomicCall {
  const char *name;
  uint32_t position; // of the options among the arguments
  const char *option;
  const char *other; // what another value in the place of the options is the value of
  const char *title;
} AtomicCall;

static const AtomicCall CALLS[] = {
    {"mkdir", 1, "recursive: true", "mode", "Create the folder whether it is there or not"},
    {"mkdirSync", 1, "recursive: true", "mode", "Create the folder whether it is there or not"},
    {"rm", 1, "force: true", NULL, "Remove it whether it is there or not"},
    {"rmSync", 1, "force: true", NULL, "Remove it whether it is there or not"},
    {"writeFile", 2, "flag: 'wx'", "encoding", "Write the file only where there is none"},
    {"writeFileSync", 2, "flag: 'wx'", "encoding", "Write the file only where there is none"},
};

static const AtomicCall *row_of(const FixRun *run, TSNode call) {
  TSNode called = syntax_node_field(call, "function");
  if (syntax_node_is(called, "member_expression"))
    called = syntax_node_field(called, "property");
  for (size_t i = 0; i < sizeof CALLS / sizeof *CALLS; i++)
    if (!ts_node_is_null(called) && source_equals(&run->source, syntax_node_span(called), CALLS[i].name))
      return &CALLS[i];
  return NULL;
}

// The option with the quotes that the file uses.
static const char *option_of(const FixRun *run, const AtomicCall *row) {
  const Source *source = &run->source;
  char *option = arena_copy(run->arena, row->option, strlen(row->option));
  uint32_t single = 0, twice = 0;
  for (uint32_t i = 0; i < source->length; i++) {
    single += source->bytes[i] == '\'';
    twice += source->bytes[i] == '"';
  }
  for (char *at = option; *at; at++)
    if (*at == '\'' && twice > single)
      *at = '"';
  return option;
}

static bool write_option(const FixRun *run, Edits *edits, TSNode arguments, const AtomicCall *row) {
  uint32_t count = ts_node_named_child_count(arguments);
  const char *option = option_of(run, row);
  if (count == row->position) {
    edits_insert(edits, ts_node_end_byte(syntax_node_last_child(arguments)), ", { %s }", option);
    return true;
  }
  TSNode given = syntax_node_child(arguments, row->position);
  if (count != row->position + 1 || ts_node_is_null(given))
    return false;
  if (syntax_node_is(given, "object") && ts_node_named_child_count(given)) {
    edits_insert(edits, ts_node_start_byte(ts_node_named_child(given, 0)), "%s, ", option);
    return true;
  }
  bool value = syntax_node_is(given, "number") || syntax_node_is(given, "string");
  if (!value || !row->other)
    return false;
  edits_insert(edits, ts_node_start_byte(given), "{ %s, %s: ", option, row->other);
  edits_insert(edits, ts_node_end_byte(given), " }");
  return true;
}

static Span act_of(const FixRun *run) {
  Span act = fix_place(run, PLACE_SECOND_ACCESS);
  return act.end ? act : run->report->candidate.second;
}

// What was read is written anew: the file is there, and is to be overwritten.
static bool was_read(const FixRun *run) {
  TSNode call = javascript_call_at(run, run->report->candidate.first);
  TSNode called = ts_node_is_null(call) ? call : syntax_node_field(call, "function");
  if (syntax_node_is(called, "member_expression"))
    called = syntax_node_field(called, "property");
  return !ts_node_is_null(called) &&
         strncmp(source_copy(&run->source, run->arena, syntax_node_span(called)), "read", 4) == 0;
}

void atomic_call_fix(FixRun *run) {
  TSNode call = javascript_call_at(run, act_of(run));
  const AtomicCall *row = ts_node_is_null(call) || was_read(run) ? NULL : row_of(run, call);
  Edits edits = {.arena = run->arena};
  if (row && write_option(run, &edits, syntax_node_field(call, "arguments"), row))
    fix_offer(run, &edits, false, "%s", row->title);
}
