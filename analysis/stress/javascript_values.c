// JavaScript and TypeScript: arguments for parameters, by their types and, where they have none, by their names.
#include "plan.h"
#include <string.h>

enum { VALUE_DEPTH = 4 };

static const char *const CLASSES[] = {"class_declaration", "abstract_class_declaration", "class", NULL};

static StressValue *value_of(StressPlan *plan, TSNode type, const char *name, unsigned depth);
static void add_parameters(StressPlan *plan, StressCall *call, TSNode function, unsigned depth);

static const char *copy(StressPlan *plan, TSNode node) {
  return source_copy(&plan->source, plan->arena, syntax_node_span(node));
}

static bool is_text(StressPlan *plan, TSNode node, const char *text) {
  return !ts_node_is_null(node) && source_equals(&plan->source, syntax_node_span(node), text);
}

// --- declarations

typedef struct Search {
  StressPlan *plan;
  const char *name;
  TSNode found;
} Search;

static bool visit_declaration(TSNode node, void *context) {
  Search *search = context;
  static const char *const TYPES[] = {"interface_declaration",      "type_alias_declaration", "class_declaration",
                                      "abstract_class_declaration", "enum_declaration",       NULL};
  if (ts_node_is_null(search->found) && syntax_node_is_one_of(node, TYPES) &&
      is_text(search->plan, syntax_node_field(node, "name"), search->name))
    search->found = node;
  return ts_node_is_null(search->found) && !syntax_node_is_function(node);
}

static TSNode declaration_of(StressPlan *plan, const char *name) {
  Search search = {.plan = plan, .name = name};
  syntax_node_walk(plan->source.root, visit_declaration, &search);
  return search.found;
}

static TSNode constructor_of(StressPlan *plan, TSNode class) {
  TSNode body = syntax_node_field(class, "body"), none = {0};
  for (uint32_t i = 0; !ts_node_is_null(body) && i < ts_node_named_child_count(body); i++) {
    TSNode member = ts_node_named_child(body, i);
    if (syntax_node_is(member, "method_definition") && is_text(plan, syntax_node_field(member, "name"), "constructor"))
      return member;
  }
  return none;
}

// --- types

static bool names_state(const char *name) {
  static const char *const STATES[] = {"active", "busy",    "cancelled", "closed",  "deleted", "done", "failed",
                                       "locked", "running", "started",   "stopped", "used",    "paid", NULL};
  for (size_t i = 0; STATES[i]; i++)
    if (!strcmp(name, STATES[i]))
      return true;
  return false;
}

static StressValue *value_of_word(StressPlan *plan, const char *word, const char *name) {
  if (!strcmp(word, "string"))
    return stress_value_new(plan, stress_names_number(name) ? STRESS_NUMBER_TEXT : STRESS_TEXT, name);
  if (!strcmp(word, "number") || !strcmp(word, "bigint"))
    return stress_value_new(plan, STRESS_NUMBER, name);
  if (!strcmp(word, "boolean"))
    return stress_value_new(plan, names_state(name) ? STRESS_FALSE : STRESS_TRUE, name);
  return stress_value_named(plan, name);
}

static TSNode annotated(TSNode node) {
  TSNode type = syntax_node_field(node, "type");
  return !ts_node_is_null(type) && syntax_node_is(type, "type_annotation") ? syntax_node_child(type, 0) : type;
}

// The fields of an interface or an object type; what has only methods does not count as a record.
static StressValue *record_of(StressPlan *plan, TSNode body, const char *name, unsigned depth) {
  StressValue *record = stress_value_new(plan, STRESS_RECORD, name);
  bool has_data = false;
  for (uint32_t i = 0; !ts_node_is_null(body) && i < ts_node_named_child_count(body); i++) {
    TSNode member = ts_node_named_child(body, i), key = syntax_node_field(member, "name");
    bool property = syntax_node_is(member, "property_signature");
    if (ts_node_is_null(key) || (property && syntax_node_has_token(member, "?")))
      continue;
    const char *field = copy(plan, key);
    StressValue *value =
        property ? value_of(plan, annotated(member), field, depth + 1) : stress_value_new(plan, STRESS_FAKE, field);
    has_data |= value->kind != STRESS_FAKE;
    value->keyword = field;
    array_push(plan->arena, &record->parts, value);
  }
  return has_data ? record : stress_value_new(plan, STRESS_FAKE, name);
}

static StressValue *object_of(StressPlan *plan, TSNode class, const char *name, unsigned depth) {
  if (syntax_node_is(class, "abstract_class_declaration"))
    return stress_value_new(plan, STRESS_FAKE, name);
  StressValue *object = stress_value_new(plan, STRESS_OBJECT, name);
  object->class_name = copy(plan, syntax_node_field(class, "name"));
  StressCall call = {0};
  add_parameters(plan, &call, constructor_of(plan, class), depth + 1);
  object->parts.items = call.arguments.items;
  object->parts.count = call.arguments.count;
  return object;
}

static StressValue *value_of_type(StressPlan *plan, const char *type, const char *name, unsigned depth) {
  TSNode declaration = declaration_of(plan, type);
  if (ts_node_is_null(declaration))
    return stress_value_named(plan, name);
  if (syntax_node_is(declaration, "interface_declaration"))
    return record_of(plan, syntax_node_field(declaration, "body"), name, depth);
  if (syntax_node_is(declaration, "type_alias_declaration"))
    return value_of(plan, syntax_node_field(declaration, "value"), name, depth + 1);
  if (!syntax_node_is(declaration, "enum_declaration"))
    return object_of(plan, declaration, name, depth);
  StressValue *member = stress_value_new(plan, STRESS_MEMBER, name);
  member->class_name = type;
  return member;
}

static StressValue *list_of(StressPlan *plan, TSNode element, const char *name, unsigned depth) {
  StressValue *list = stress_value_new(plan, STRESS_LIST, name);
  array_push(plan->arena, &list->parts, value_of(plan, element, name, depth + 1));
  return list;
}

static StressValue *value_of_generic(StressPlan *plan, TSNode type, const char *name, unsigned depth) {
  static const char *const LISTS[] = {"Array", "ReadonlyArray", "Iterable", "Set", "ReadonlySet", NULL};
  const char *outer = copy(plan, syntax_node_field(type, "name"));
  TSNode inner = syntax_node_child(syntax_node_field(type, "type_arguments"), 0);
  for (size_t i = 0; LISTS[i]; i++)
    if (!strcmp(outer, LISTS[i]))
      return list_of(plan, inner, name, depth);
  if (!strcmp(outer, "Record"))
    return stress_value_new(plan, STRESS_MAP, name);
  if (!strcmp(outer, "Readonly") || !strcmp(outer, "Partial") || !strcmp(outer, "Required"))
    return value_of(plan, inner, name, depth + 1);
  return value_of_type(plan, outer, name, depth);
}

static StressValue *literal_of(StressPlan *plan, TSNode type, const char *name) {
  StressValue *value = stress_value_new(plan, STRESS_LITERAL, name);
  value->class_name = copy(plan, type);
  return value;
}

static StressValue *value_of(StressPlan *plan, TSNode type, const char *name, unsigned depth) {
  if (ts_node_is_null(type) || depth > VALUE_DEPTH)
    return stress_value_named(plan, name);
  if (syntax_node_is(type, "predefined_type"))
    return value_of_word(plan, copy(plan, type), name);
  if (syntax_node_is(type, "type_identifier"))
    return value_of_type(plan, copy(plan, type), name, depth);
  if (syntax_node_is(type, "generic_type"))
    return value_of_generic(plan, type, name, depth);
  if (syntax_node_is(type, "array_type"))
    return list_of(plan, syntax_node_child(type, 0), name, depth);
  if (syntax_node_is(type, "union_type") || syntax_node_is(type, "readonly_type") ||
      syntax_node_is(type, "parenthesized_type"))
    return value_of(plan, syntax_node_child(type, 0), name, depth + 1);
  if (syntax_node_is(type, "object_type"))
    return record_of(plan, type, name, depth);
  if (syntax_node_is(type, "literal_type"))
    return literal_of(plan, type, name);
  return syntax_node_is(type, "function_type") ? stress_value_new(plan, STRESS_FAKE, name)
                                               : stress_value_named(plan, name);
}

// --- parameters

// `{ sender, cents }`: an object with what is taken out of it.
static StressValue *value_of_pattern(StressPlan *plan, TSNode pattern) {
  StressValue *record = stress_value_new(plan, STRESS_RECORD, "options");
  for (uint32_t i = 0; i < ts_node_named_child_count(pattern); i++) {
    TSNode part = ts_node_named_child(pattern, i);
    TSNode key = syntax_node_is(part, "pair_pattern") ? syntax_node_field(part, "key") : part;
    if (!syntax_node_is(key, "shorthand_property_identifier_pattern") && !syntax_node_is(key, "property_identifier"))
      continue;
    StressValue *value = stress_value_named(plan, copy(plan, key));
    value->keyword = value->name;
    array_push(plan->arena, &record->parts, value);
  }
  return record;
}

static StressValue *argument_of(StressPlan *plan, TSNode parameter, unsigned depth) {
  TSNode pattern = syntax_node_field(parameter, "pattern"), type = annotated(parameter);
  if (ts_node_is_null(pattern))
    pattern = parameter;
  bool rest = syntax_node_is(pattern, "rest_pattern");
  TSNode name = rest ? syntax_node_child(pattern, 0) : pattern;
  if (rest && !ts_node_is_null(type) && syntax_node_is(type, "array_type"))
    type = syntax_node_child(type, 0);
  if (syntax_node_is(name, "object_pattern") && ts_node_is_null(type))
    return value_of_pattern(plan, name);
  return value_of(plan, type, syntax_node_is(name, "identifier") ? copy(plan, name) : "options", depth);
}

static bool has_default(TSNode parameter) {
  return syntax_node_is(parameter, "optional_parameter") || syntax_node_is(parameter, "assignment_pattern") ||
         !ts_node_is_null(syntax_node_field(parameter, "value"));
}

static void add_parameters(StressPlan *plan, StressCall *call, TSNode function, unsigned depth) {
  if (ts_node_is_null(function))
    return;
  TSNode single = syntax_node_field(function, "parameter"), parameters = syntax_node_field(function, "parameters");
  if (!ts_node_is_null(single))
    array_push(plan->arena, &call->arguments, argument_of(plan, single, depth));
  for (uint32_t i = 0; !ts_node_is_null(parameters) && i < ts_node_named_child_count(parameters); i++) {
    TSNode parameter = ts_node_named_child(parameters, i);
    if (syntax_node_is(parameter, "comment") || is_text(plan, syntax_node_field(parameter, "pattern"), "this"))
      continue;
    if (has_default(parameter))
      return;
    array_push(plan->arena, &call->arguments, argument_of(plan, parameter, depth));
  }
}

void stress_javascript_arguments(StressPlan *plan, StressCall *call, FunctionId id) {
  const Function *function = module_function(plan->rules->file->module, id);
  add_parameters(plan, call, syntax_node_function(source_node(&plan->source, function->span)), 1);
}

void stress_javascript_constructor(StressPlan *plan, StressCall *call, ClassId id) {
  const Module *module = plan->rules->file->module;
  const Class *class = module_class(module, id);
  call->name = symbol_text(module->symbols, class->qualified);
  TSNode node = syntax_node_enclosing(source_node(&plan->source, class->name_span), CLASSES);
  if (!ts_node_is_null(node))
    add_parameters(plan, call, constructor_of(plan, node), 1);
}
