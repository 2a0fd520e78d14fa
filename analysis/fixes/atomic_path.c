// A file or folder is made, or removed, in one step that does not depend on what was looked at before.
#include "python_import.h"
#include <string.h>

typedef struct Atomic {
  const char *method, *argument, *call; // `call`: what is called instead; NULL for the same
} Atomic;

static const Atomic ATOMIC[] = {
    {"mkdir", "exist_ok=True", NULL},
    {"makedirs", "exist_ok=True", NULL},
    {"unlink", "missing_ok=True", NULL},
    {"touch", "exist_ok=True", NULL},
};

static const char *last_name(const FixRun *run, TSNode called) {
  TSNode attribute = syntax_node_field(called, "attribute");
  return source_copy(&run->source, run->arena, syntax_node_span(ts_node_is_null(attribute) ? called : attribute));
}

static TSNode call_at(const FixRun *run) {
  TSNode call = source_node(&run->source, run->report->candidate.second);
  return syntax_node_is(call, "await") ? syntax_node_child(call, 0) : call;
}

// `os.mkdir(path)`: only `makedirs` takes `exist_ok`, and `os.unlink` takes nothing of the kind.
static bool is_of_os(const FixRun *run, TSNode called) {
  TSNode object = syntax_node_field(called, "object");
  return ts_node_is_null(object) || source_equals(&run->source, syntax_node_span(object), "os");
}

static void append(Edits *edits, TSNode arguments, const char *text) {
  TSNode last = syntax_node_last_child(arguments);
  if (ts_node_is_null(last))
    edits_insert(edits, ts_node_start_byte(arguments) + 1, "%s", text);
  else
    edits_insert(edits, ts_node_end_byte(last), ", %s", text);
}

void atomic_path_fix(FixRun *run) {
  TSNode call = call_at(run), called = syntax_node_field(call, "function");
  TSNode arguments = syntax_node_field(call, "arguments");
  if (!syntax_node_is(arguments, "argument_list") || ts_node_is_null(called))
    return;
  const char *name = last_name(run, called);
  for (size_t i = 0; i < sizeof ATOMIC / sizeof *ATOMIC; i++) {
    bool makedirs = strcmp(name, "makedirs") == 0;
    if (strcmp(name, ATOMIC[i].method) != 0 || (is_of_os(run, called) && !makedirs))
      continue;
    if (source_uses(&run->source, syntax_node_span(arguments), ATOMIC[i].argument, true))
      return;
    Edits edits = {.arena = run->arena};
    append(&edits, arguments, ATOMIC[i].argument);
    fix_offer(run, &edits, false, "Add `%s`", ATOMIC[i].argument);
    return;
  }
}

// --- `open(path, "w")` of what was not there becomes `open(path, "x")`

static TSNode mode_of(const FixRun *run, TSNode arguments) {
  for (uint32_t i = 0; i < ts_node_named_child_count(arguments); i++) {
    TSNode argument = ts_node_named_child(arguments, i);
    TSNode name = syntax_node_field(argument, "name");
    if (!ts_node_is_null(name) && source_equals(&run->source, syntax_node_span(name), "mode"))
      return syntax_node_field(argument, "value");
    if (syntax_node_is(argument, "string"))
      return argument;
  }
  return (TSNode){0};
}

void exclusive_open_fix(FixRun *run) {
  TSNode call = call_at(run), called = syntax_node_field(call, "function");
  TSNode arguments = syntax_node_field(call, "arguments");
  if (!syntax_node_is(arguments, "argument_list") || strcmp(last_name(run, called), "open") != 0)
    return;
  TSNode mode = mode_of(run, arguments);
  Span text = ts_node_is_null(mode) ? (Span){0, 0} : syntax_node_span(mode);
  const char *w = memchr(run->source.bytes + text.start, 'w', text.end - text.start);
  if (!w || text.end - text.start > 5)
    return;
  uint32_t at = (uint32_t)(w - run->source.bytes);
  Edits edits = {.arena = run->arena};
  edits_replace(&edits, (Span){at, at + 1}, "x");
  fix_offer(run, &edits, false, "Open with `x`, which fails where the file exists");
}
