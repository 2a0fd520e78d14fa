#include "python_lock.h"
#include "python_import.h"
#include <ctype.h>
#include <string.h>

static const char *const CLASSES[] = {"class_definition", NULL};

const char *python_lock_library(const FixRun *run) {
  static const char *const OTHERS[] = {"anyio", "trio"};
  if (python_import_of(run, "asyncio"))
    return "asyncio";
  for (int i = 0; i < 2; i++)
    if (python_import_of(run, OTHERS[i]))
      return OTHERS[i];
  return "asyncio";
}

// --- planning

static TSNode class_node(const FixRun *run, ClassId id) {
  Span name = module_class(fix_module(run), id)->name_span;
  return syntax_node_enclosing(source_node(&run->source, name), CLASSES);
}

// Whether objects of the class have room for one more attribute.
static bool is_open_class(const FixRun *run, ClassId id) {
  static const char *const CLOSED[] = {"__slots__", "NamedTuple", "BaseModel", "Enum", "TypedDict", "Struct"};
  TSNode node = class_node(run, id);
  if (ts_node_is_null(node))
    return false;
  for (size_t i = 0; i < sizeof CLOSED / sizeof *CLOSED; i++)
    if (source_uses(&run->source, syntax_node_span(node), CLOSED[i], true))
      return false;
  return true;
}

// "_lock", or "_items_lock" where that name is taken.
static const char *attribute_name(const FixRun *run, const char *field) {
  const Source *source = &run->source;
  if (!source_uses(source, (Span){0, source->length}, "_lock", true))
    return "_lock";
  return source_fresh_name(source, run->arena, arena_printf(run->arena, "_%s_lock", field + strspn(field, "_")), true);
}

// "visits_lock", "VISITS_LOCK".
static const char *variable_name(const FixRun *run, const char *base) {
  bool constant = true;
  for (const char *at = base; *at; at++)
    constant &= !islower((unsigned char)*at);
  const char *name = arena_printf(run->arena, constant ? "%s_LOCK" : "%s_lock", base);
  return source_fresh_name(&run->source, run->arena, name, true);
}

// The first field of a location: "balance" of `self.balance[key]`.
static const char *field_of(const FixRun *run, Location location) {
  const Locations *locations = run->rules->file->locations;
  while (location_row(locations, location)->depth > 1)
    location = location_row(locations, location)->parent;
  const LocationRow *row = location_row(locations, location);
  return row->step == STEP_FIELD ? fix_symbol(run, row->name) : "state";
}

bool python_lock_plan(const FixRun *run, PythonLock *lock) {
  const Candidate *candidate = &run->report->candidate;
  const FlowFile *file = run->rules->file;
  const LocationRow *root = location_row(file->locations, location_root_of(file->locations, candidate->location));
  *lock = (PythonLock){0};
  if (root->root == ROOT_VARIABLE) {
    lock->beside = root->name;
    lock->name = variable_name(run, fix_symbol(run, module_variable(fix_module(run), root->name)->name));
    return true;
  }
  FunctionId method = lock_receiver_method(run, candidate->origin);
  ClassId own = method ? fix_function(run, method)->class_id : 0;
  bool same = root->root == ROOT_SELF && values_classes_related(file->values, own, root->name);
  ClassId class = same ? root->name : own;
  if (class && is_open_class(run, class)) {
    lock->class_id = class;
    lock->name = attribute_name(run, field_of(run, candidate->location));
  } else {
    lock->name = variable_name(run, field_of(run, candidate->location));
  }
  return root->root == ROOT_SELF || root->root == ROOT_EXTERNAL;
}

const char *python_lock_name(const FixRun *run, const PythonLock *lock, FunctionId function) {
  if (!lock->class_id) {
    const Variable *variable = lock->beside ? module_variable(fix_module(run), lock->beside) : NULL;
    while (variable && variable->kind == VARIABLE_LOCAL && function && function != variable->owner)
      function = fix_function(run, function)->parent;
    return function ? lock->name : NULL;
  }
  FunctionId method = lock_receiver_method(run, function);
  if (!method || !values_classes_related(run->rules->file->values, fix_function(run, method)->class_id, lock->class_id))
    return NULL;
  return arena_printf(run->arena, "%s.%s", lock_receiver(run, method), lock->name);
}

// --- making

// Behind a statement, on a line of its own with the same indentation.
static void insert_behind(const FixRun *run, Edits *edits, TSNode statement, const char *text) {
  const Source *source = &run->source;
  edits_insert(edits, source_line_end(source, ts_node_end_byte(statement)), "\n%s%s",
               source_indent(source, run->arena, ts_node_start_byte(statement)), text);
}

static void insert_before(const FixRun *run, Edits *edits, TSNode statement, const char *text) {
  const Source *source = &run->source;
  edits_insert(edits, ts_node_start_byte(statement), "%s\n%s", text,
               source_indent(source, run->arena, ts_node_start_byte(statement)));
}

static TSNode definition_in(TSNode child) {
  TSNode definition = syntax_node_field(child, "definition");
  return ts_node_is_null(definition) ? child : definition;
}

static TSNode find_init(const FixRun *run, TSNode body) {
  TSNode none = {0};
  for (uint32_t i = 0; i < ts_node_named_child_count(body); i++) {
    TSNode child = definition_in(ts_node_named_child(body, i));
    if (syntax_node_is(child, "function_definition") &&
        source_equals(&run->source, syntax_node_span(syntax_node_field(child, "name")), "__init__"))
      return child;
  }
  return none;
}

static bool is_docstring(TSNode statement) {
  return syntax_node_is(statement, "expression_statement") &&
         syntax_node_is(ts_node_named_child(statement, 0), "string");
}

static bool is_dataclass(const FixRun *run, TSNode class) {
  TSNode outside = ts_node_parent(class);
  if (!syntax_node_is(outside, "decorated_definition"))
    return false;
  return source_uses(&run->source, (Span){ts_node_start_byte(outside), ts_node_start_byte(class)}, "dataclass", true);
}

// The last statement that says something of the class's fields, before its methods; a null node where there is none.
static TSNode last_field(TSNode body) {
  TSNode found = {0};
  for (uint32_t i = 0; i < ts_node_named_child_count(body); i++) {
    TSNode child = ts_node_named_child(body, i);
    if (syntax_node_is(child, "comment"))
      continue;
    if (!syntax_node_is(child, "expression_statement"))
      break;
    found = child;
  }
  return found;
}

static void add_dataclass_field(FixRun *run, Edits *edits, const PythonLock *lock, TSNode body, const char *type) {
  const char *field = python_import_member(run, edits, "dataclasses", "field");
  const char *text = arena_printf(run->arena, "%s: %s = %s(default_factory=%s, init=False, repr=False, compare=False)",
                                  lock->name, type, field, type);
  TSNode last = last_field(body);
  if (ts_node_is_null(last))
    insert_before(run, edits, ts_node_named_child(body, 0), text);
  else
    insert_behind(run, edits, last, text);
}

// The statement of `__init__` behind which the lock stands: the one that makes the field, or the last that always runs.
static TSNode place_in_init(const FixRun *run, TSNode body, const char *assigned) {
  TSNode place = {0};
  for (uint32_t i = 0; i < ts_node_named_child_count(body); i++) {
    TSNode child = ts_node_named_child(body, i);
    TSNode assignment = ts_node_named_child(child, 0);
    if (syntax_node_is(child, "comment"))
      continue;
    if (syntax_node_is(child, "return_statement") || syntax_node_is(child, "raise_statement"))
      break;
    place = child;
    if (syntax_node_is(assignment, "assignment") &&
        source_equals(&run->source, syntax_node_span(syntax_node_field(assignment, "left")), assigned))
      break;
  }
  return place;
}

static void add_to_init(const FixRun *run, Edits *edits, const PythonLock *lock, TSNode init, const char *made) {
  TSNode body = syntax_node_field(init, "body");
  const Candidate *candidate = &run->report->candidate;
  TSNode receiver = ts_node_named_child(syntax_node_field(init, "parameters"), 0);
  const char *self = source_copy(&run->source, run->arena, syntax_node_span(receiver));
  const char *field = field_of(run, candidate->location);
  TSNode place = place_in_init(run, body, arena_printf(run->arena, "%s.%s", self, field));
  const char *text = arena_printf(run->arena, "%s.%s = %s", self, lock->name, made);
  if (ts_node_is_null(place))
    insert_before(run, edits, ts_node_named_child(body, 0), text);
  else if (source_starts_line(&run->source, ts_node_start_byte(ts_node_named_child(body, 0))))
    insert_behind(run, edits, place, text);
  else
    edits_insert(edits, ts_node_end_byte(place), "; %s", text);
}

// A class that inherits from others keeps their constructor, and has the lock as an attribute that its instances share.
static void add_without_init(const FixRun *run, Edits *edits, const PythonLock *lock, TSNode class, const char *made) {
  TSNode body = syntax_node_field(class, "body"), last = last_field(body), first = ts_node_named_child(body, 0);
  bool inherits = !ts_node_is_null(syntax_node_field(class, "superclasses"));
  const char *unit = region_indent_unit(run, first),
             *indent = source_indent(&run->source, run->arena, ts_node_start_byte(first));
  const char *hint = source_uses(&run->source, (Span){0, run->source.length}, "None:", false) ? " -> None" : "";
  const char *text = inherits ? arena_printf(run->arena, "%s = %s", lock->name, made)
                              : arena_printf(run->arena, "def __init__(self)%s:\n%s%sself.%s = %s", hint, indent, unit,
                                             lock->name, made);
  bool docstring = !ts_node_is_null(last) && is_docstring(last);
  if (ts_node_is_null(last))
    insert_before(run, edits, first, arena_printf(run->arena, "%s\n", text));
  else if (inherits && !docstring)
    insert_behind(run, edits, last, text);
  else
    edits_insert(edits, source_line_end(&run->source, ts_node_end_byte(last)), "\n\n%s%s", indent, text);
}

static void add_to_class(FixRun *run, Edits *edits, const PythonLock *lock, const char *type) {
  TSNode class = class_node(run, lock->class_id), body = syntax_node_field(class, "body"), init = find_init(run, body);
  const char *made = arena_printf(run->arena, "%s()", type);
  if (!ts_node_is_null(init))
    add_to_init(run, edits, lock, init, made);
  else if (is_dataclass(run, class))
    add_dataclass_field(run, edits, lock, body, type);
  else
    add_without_init(run, edits, lock, class, made);
}

// The statement of `list` that holds an offset; a null node where none does.
static TSNode statement_in(TSNode list, uint32_t at) {
  TSNode none = {0};
  for (uint32_t i = 0; i < ts_node_named_child_count(list); i++) {
    TSNode child = ts_node_named_child(list, i);
    if (ts_node_start_byte(child) <= at && at < ts_node_end_byte(child))
      return child;
  }
  return none;
}

static void add_to_function(const FixRun *run, Edits *edits, const Variable *variable, const char *text) {
  Span span = fix_function(run, variable->owner)->span;
  TSNode function = syntax_node_function(source_node(&run->source, span)), body = syntax_node_field(function, "body");
  TSNode statement = statement_in(body, variable->declaration.start), first = ts_node_named_child(body, 0);
  if (!ts_node_is_null(statement))
    insert_behind(run, edits, statement, text);
  else if (is_docstring(first))
    insert_behind(run, edits, first, text);
  else
    insert_before(run, edits, first, text);
}

// Behind the statement that makes the variable, or behind the imports.
static void add_to_module(const FixRun *run, Edits *edits, const Variable *variable, const char *text) {
  const Source *source = &run->source;
  TSNode statement = {0};
  if (variable)
    statement = statement_in(source->root, variable->declaration.start);
  uint32_t imports = python_import_end(run);
  bool bound = !ts_node_is_null(statement) && !syntax_node_is(statement, "function_definition") &&
               !syntax_node_is(statement, "class_definition") && !syntax_node_is(statement, "decorated_definition");
  if (bound && ts_node_end_byte(statement) > imports)
    edits_insert(edits, source_line_end(source, ts_node_end_byte(statement)), "\n%s", text);
  else if (imports)
    edits_insert(edits, source_line_end(source, imports), "\n\n%s", text);
  else
    edits_insert(edits, ts_node_start_byte(ts_node_named_child(source->root, 0)), "%s\n\n", text);
}

void python_lock_make(FixRun *run, Edits *edits, const PythonLock *lock) {
  const char *type = python_import_member(run, edits, python_lock_library(run), "Lock");
  const Variable *variable = lock->beside ? module_variable(fix_module(run), lock->beside) : NULL;
  const char *text = arena_printf(run->arena, "%s = %s()", lock->name, type);
  if (lock->class_id)
    add_to_class(run, edits, lock, type);
  else if (variable && variable->kind == VARIABLE_LOCAL)
    add_to_function(run, edits, variable, text);
  else
    add_to_module(run, edits, variable, text);
}
