#include "python_lock.h"
#include <string.h>

static const char *const CLASSES[] = {"class_definition", NULL};
static const char *const STATEMENTS[] = {"expression_statement", "assignment", "augmented_assignment", NULL};

static const Variable *import_of(const FixRun *run, const char *path) {
  const Module *module = fix_module(run);
  for (VariableId id = 1; id < module->variables.count; id++) {
    const Variable *variable = module_variable(module, id);
    if (variable->kind == VARIABLE_IMPORT && strcmp(fix_symbol(run, variable->import_path), path) == 0) return variable;
  }
  return NULL;
}

const char *python_lock_library(const FixRun *run) {
  static const char *const OTHERS[] = {"anyio", "trio"};
  if (import_of(run, "asyncio")) return "asyncio";
  for (int i = 0; i < 2; i++)
    if (import_of(run, OTHERS[i])) return OTHERS[i];
  return "asyncio";
}

const char *python_lock_existing(const FixRun *run, Location lock) {
  const Locations *locations = run->rules->file->locations;
  RootKind root = location_row(locations, location_root_of(locations, lock))->root;
  bool plain = location_row(locations, lock)->step == STEP_FIELD || location_row(locations, lock)->step == STEP_NONE;
  return plain && (root == ROOT_SELF || root == ROOT_VARIABLE) ? location_text(locations, lock) : NULL;
}

// Where a new import stands: before the first import that is not of `__future__`, else behind the docstring.
static uint32_t import_place(const Source *source) {
  uint32_t place = 0;
  for (uint32_t i = 0; i < ts_node_named_child_count(source->root); i++) {
    TSNode child = ts_node_named_child(source->root, i);
    if (syntax_node_is(child, "import_statement") || syntax_node_is(child, "import_from_statement")) return ts_node_start_byte(child);
    bool heads = syntax_node_is(child, "future_import_statement") || syntax_node_is(child, "comment") ||
                 (i == 0 && syntax_node_is(child, "expression_statement"));
    if (!heads) break;
    place = source_next_line(source, ts_node_end_byte(child));
  }
  return place;
}

// How the file makes a lock; adds the import where it has none.
static const char *constructor(FixRun *run, Edits *edits) {
  const char *library = python_lock_library(run);
  const Variable *module = import_of(run, library);
  if (module) return arena_printf(run->arena, "%s.Lock()", fix_symbol(run, module->name));
  const Variable *class = import_of(run, arena_printf(run->arena, "%s.Lock", library));
  if (class) return arena_printf(run->arena, "%s()", fix_symbol(run, class->name));
  edits_insert(edits, import_place(&run->source), "import %s\n", library);
  return arena_printf(run->arena, "%s.Lock()", library);
}

// Behind a statement, on a line of its own with the same indentation.
static void insert_behind(FixRun *run, Edits *edits, TSNode statement, const char *text) {
  const Source *source = &run->source;
  edits_insert(edits, source_line_end(source, ts_node_end_byte(statement)), "\n%s%s",
               source_indent(source, run->arena, ts_node_start_byte(statement)), text);
}

static TSNode method_named(const FixRun *run, TSNode body, const char *name) {
  TSNode none = {0};
  for (uint32_t i = 0; i < ts_node_named_child_count(body); i++) {
    TSNode child = ts_node_named_child(body, i);
    if (syntax_node_is(child, "function_definition") && source_equals(&run->source, syntax_node_span(syntax_node_field(child, "name")), name))
      return child;
  }
  return none;
}

static bool is_docstring(TSNode statement) {
  return syntax_node_is(statement, "expression_statement") && syntax_node_is(ts_node_named_child(statement, 0), "string");
}

// A class without a constructor of its own gets the lock as a class attribute: all its instances share it.
static void insert_in_class(FixRun *run, Edits *edits, TSNode body, const char *text) {
  const Source *source = &run->source;
  TSNode first = ts_node_named_child(body, 0);
  const char *indent = source_indent(source, run->arena, ts_node_start_byte(first));
  if (is_docstring(first))
    edits_insert(edits, source_line_end(source, ts_node_end_byte(first)), "\n\n%s%s", indent, text);
  else
    edits_insert(edits, source_line_start(source, ts_node_start_byte(first)), "%s%s\n\n", indent, text);
}

static const char *in_instance(FixRun *run, Edits *edits) {
  const Source *source = &run->source;
  Span function = fix_function(run, run->report->candidate.origin)->span;
  TSNode class = syntax_node_enclosing(source_node(source, function), CLASSES);
  if (ts_node_is_null(class)) return NULL;
  TSNode body = syntax_node_field(class, "body");
  const char *name = source_fresh_name(source, run->arena, "_lock", true);
  const char *made = constructor(run, edits);
  TSNode init = method_named(run, body, "__init__");
  TSNode statements = ts_node_is_null(init) ? init : syntax_node_field(init, "body");
  uint32_t count = ts_node_is_null(statements) ? 0 : ts_node_named_child_count(statements);
  if (count && source_starts_line(source, ts_node_start_byte(ts_node_named_child(statements, 0))))
    insert_behind(run, edits, ts_node_named_child(statements, count - 1),
                  arena_printf(run->arena, "self.%s = %s", name, made));
  else
    insert_in_class(run, edits, body, arena_printf(run->arena, "%s = %s", name, made));
  return arena_printf(run->arena, "self.%s", name);
}

static const char *beside_variable(FixRun *run, VariableId id, Edits *edits) {
  const Source *source = &run->source;
  const Variable *variable = module_variable(fix_module(run), id);
  const char *base = fix_symbol(run, variable->name);
  TSNode name = source_node(source, variable->declaration);
  TSNode statement = syntax_node_enclosing(name, STATEMENTS);
  if (ts_node_is_null(statement) || !source_starts_line(source, ts_node_start_byte(statement))) return NULL;
  const char *lock = source_fresh_name(source, run->arena, arena_printf(run->arena, "%s_lock", base), false);
  const char *made = constructor(run, edits);
  insert_behind(run, edits, statement, arena_printf(run->arena, "%s = %s", lock, made));
  return lock;
}

const char *python_lock_new(FixRun *run, Location location, Edits *edits) {
  const Locations *locations = run->rules->file->locations;
  const LocationRow *root = location_row(locations, location_root_of(locations, location));
  switch (root->root) {
  case ROOT_SELF: return in_instance(run, edits);
  case ROOT_VARIABLE: return beside_variable(run, root->name, edits);
  default: return NULL;
  }
}
