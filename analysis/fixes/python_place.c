#include "python_place.h"
#include "lock_sites.h"
#include "python_import.h"
#include "region.h"
#include <ctype.h>
#include <string.h>

static const char *const CLASSES[] = {"class_definition", NULL};

// --- planning

// The first field of a location: "balance" of `self.balance[key]`.
static const char *field_of(const FixRun *run, Location location) {
  const Locations *locations = run->rules->file->locations;
  while (location_row(locations, location)->depth > 1)
    location = location_row(locations, location)->parent;
  const LocationRow *row = location_row(locations, location);
  return row->step == STEP_FIELD ? fix_symbol(run, row->name) : "state";
}

static TSNode class_node(const FixRun *run, ClassId id) {
  Span name = module_class(fix_module(run), id)->name_span;
  return syntax_node_enclosing(source_node(&run->source, name), CLASSES);
}

// A class that pytest makes objects of has no constructor.
static bool is_test(const FixRun *run, TSNode class) {
  const char *name = source_copy(&run->source, run->arena, syntax_node_span(syntax_node_field(class, "name")));
  return strncmp(name, "Test", 4) == 0;
}

// Whether objects of the class have room for one more attribute.
static bool is_open_class(const FixRun *run, ClassId id) {
  static const char *const CLOSED[] = {"__slots__", "NamedTuple", "BaseModel", "Enum",
                                       "TypedDict", "Struct",     "Protocol",  "TestCase"};
  TSNode node = class_node(run, id);
  if (!syntax_node_is(syntax_node_field(node, "body"), "block") || is_test(run, node))
    return false;
  for (size_t i = 0; i < sizeof CLOSED / sizeof *CLOSED; i++)
    if (source_uses(&run->source, syntax_node_span(node), CLOSED[i], true))
      return false;
  return true;
}

bool python_place_of_location(const FixRun *run, Location location, PythonPlace *place) {
  const FlowFile *file = run->rules->file;
  const LocationRow *root = location_row(file->locations, location_root_of(file->locations, location));
  *place = (PythonPlace){0};
  if (root->root == ROOT_VARIABLE) {
    place->beside = root->name;
    return true;
  }
  FunctionId method = lock_receiver_method(run, run->report->candidate.origin);
  ClassId own = method ? fix_function(run, method)->class_id : 0;
  bool same = root->root == ROOT_SELF && values_classes_related(file->values, own, root->name);
  ClassId class = same ? root->name : own;
  place->field = field_of(run, location);
  if (class && is_open_class(run, class))
    place->class_id = class;
  return root->root == ROOT_SELF || root->root == ROOT_EXTERNAL;
}

void python_place_of_function(const FixRun *run, FunctionId function, PythonPlace *place) {
  FunctionId method = lock_receiver_method(run, function);
  ClassId class = method ? fix_function(run, method)->class_id : 0;
  *place = (PythonPlace){.class_id = class && is_open_class(run, class) ? class : 0};
}

const char *python_place_reach(const FixRun *run, const PythonPlace *place, FunctionId function) {
  if (!place->class_id) {
    const Variable *variable = place->beside ? module_variable(fix_module(run), place->beside) : NULL;
    while (variable && variable->kind == VARIABLE_LOCAL && function && function != variable->owner)
      function = fix_function(run, function)->parent;
    return function ? place->name : NULL;
  }
  FunctionId method = lock_receiver_method(run, function);
  if (!method ||
      !values_classes_related(run->rules->file->values, fix_function(run, method)->class_id, place->class_id))
    return NULL;
  return arena_printf(run->arena, "%s.%s", lock_receiver(run, method), place->name);
}

// --- adding

// Whether an assignment of the list has a type hint: `self.jobs: list[Job] = []`.
static bool has_hint(TSNode list) {
  for (uint32_t i = 0; i < ts_node_named_child_count(list); i++)
    if (!ts_node_is_null(syntax_node_field(syntax_node_child(ts_node_named_child(list, i), 0), "type")))
      return true;
  return false;
}

static const char *binding(const FixRun *run, const char *name, const PythonObject *object, bool hinted) {
  if (hinted && object->hint)
    return arena_printf(run->arena, "%s: %s = %s", name, object->type, object->made);
  return arena_printf(run->arena, "%s = %s", name, object->made);
}

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

static void add_dataclass_field(FixRun *run, Edits *edits, const PythonPlace *place, TSNode body,
                                const PythonObject *object) {
  const char *field = python_import_member(run, edits, "dataclasses", "field");
  const char *text = arena_printf(run->arena, "%s: %s = %s(default_factory=%s, init=False, repr=False, compare=False)",
                                  place->name, object->type, field, object->factory);
  TSNode last = last_field(body);
  if (ts_node_is_null(last))
    insert_before(run, edits, ts_node_named_child(body, 0), text);
  else
    insert_behind(run, edits, last, text);
}

// The statement of `__init__` behind which it stands: the one that makes the field, or the last that always runs.
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

static void add_to_init(const FixRun *run, Edits *edits, const PythonPlace *place, TSNode init,
                        const PythonObject *object) {
  TSNode body = syntax_node_field(init, "body");
  TSNode receiver = ts_node_named_child(syntax_node_field(init, "parameters"), 0);
  const char *self = source_copy(&run->source, run->arena, syntax_node_span(receiver));
  const char *beside = place->field ? arena_printf(run->arena, "%s.%s", self, place->field) : "";
  TSNode before = place_in_init(run, body, beside);
  const char *text = binding(run, arena_printf(run->arena, "%s.%s", self, place->name), object, has_hint(body));
  if (ts_node_is_null(before))
    insert_before(run, edits, ts_node_named_child(body, 0), text);
  else if (source_starts_line(&run->source, ts_node_start_byte(ts_node_named_child(body, 0))))
    insert_behind(run, edits, before, text);
  else
    edits_insert(edits, ts_node_end_byte(before), "; %s", text);
}

// A class that inherits from others passes on what its constructor is given.
static void add_without_init(const FixRun *run, Edits *edits, const PythonPlace *place, TSNode class,
                             const PythonObject *object) {
  TSNode body = syntax_node_field(class, "body"), last = last_field(body), first = ts_node_named_child(body, 0);
  bool inherits = !ts_node_is_null(syntax_node_field(class, "superclasses"));
  const char *unit = region_indent_unit(run, first),
             *indent = source_indent(&run->source, run->arena, ts_node_start_byte(first));
  const char *hint = source_uses(&run->source, (Span){0, run->source.length}, "None:", false) ? " -> None" : "";
  const char *inner = arena_printf(run->arena, "%s%s", indent, unit);
  const char *passed = "";
  if (inherits)
    passed = arena_printf(run->arena, "%ssuper().__init__(*arguments, **options)\n", inner);
  const char *text =
      arena_printf(run->arena, "def __init__(self%s)%s:\n%s%s%s", inherits ? ", *arguments, **options" : "", hint,
                   passed, inner, binding(run, arena_printf(run->arena, "self.%s", place->name), object, *hint));
  if (ts_node_is_null(last))
    insert_before(run, edits, first, arena_printf(run->arena, "%s\n", text));
  else {
    uint32_t end = source_line_end(&run->source, ts_node_end_byte(last)), next = source_next_line(&run->source, end);
    bool blank = source_line_end(&run->source, next) == next;
    edits_insert(edits, end, "\n\n%s%s%s", indent, text, blank ? "" : "\n");
  }
}

// The class of the file that a variable names; 0 for others.
static ClassId class_of_variable(const FixRun *run, VariableId id) {
  const Module *module = fix_module(run);
  const Variable *variable = module_variable(module, id);
  for (ClassId class = 1; class < module->classes.count; class ++)
    if (span_holds(module_class(module, class)->name_span, variable->declaration) && variable->declaration.end)
      return class;
  return 0;
}

// The class, or the nearest of its bases in the file that has a constructor: what it makes is there for all.
static TSNode class_with_init(const FixRun *run, ClassId id) {
  TSNode class = class_node(run, id);
  for (unsigned depth = 0; depth < 8; depth++) {
    TSNode node = class_node(run, id);
    if (!ts_node_is_null(find_init(run, syntax_node_field(node, "body"))))
      return node;
    const Class *item = module_class(fix_module(run), id);
    ClassId base = 0;
    for (uint32_t i = 0; i < item->bases.count && !base; i++)
      base = class_of_variable(run, item->bases.items[i]);
    if (!base || !is_open_class(run, base))
      break;
    id = base;
  }
  return class;
}

static void add_to_class(FixRun *run, Edits *edits, const PythonPlace *place, const PythonObject *object) {
  TSNode class = class_with_init(run, place->class_id), body = syntax_node_field(class, "body");
  TSNode init = find_init(run, body);
  if (!ts_node_is_null(init))
    add_to_init(run, edits, place, init, object);
  else if (is_dataclass(run, class))
    add_dataclass_field(run, edits, place, body, object);
  else
    add_without_init(run, edits, place, class, object);
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

void python_place_add(FixRun *run, Edits *edits, const PythonPlace *place, const PythonObject *object) {
  const Variable *variable = place->beside ? module_variable(fix_module(run), place->beside) : NULL;
  if (place->class_id)
    add_to_class(run, edits, place, object);
  else if (variable && variable->kind == VARIABLE_LOCAL)
    add_to_function(run, edits, variable, arena_printf(run->arena, "%s = %s", place->name, object->made));
  else
    add_to_module(run, edits, variable, binding(run, place->name, object, has_hint(run->source.root)));
}
