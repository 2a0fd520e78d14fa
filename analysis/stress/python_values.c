// Python: arguments for parameters, by their annotations and, where they have none, by their names.
#include "plan.h"
#include <string.h>

enum { VALUE_DEPTH = 4 };

static const char *const FUNCTIONS[] = {"function_definition", NULL};
static const char *const CLASSES[] = {"class_definition", NULL};

static StressValue *value_of(StressPlan *plan, TSNode type, const char *name, unsigned depth);

static const char *copy(StressPlan *plan, TSNode node) {
  return source_copy(&plan->source, plan->arena, syntax_node_span(node));
}

static ClassId class_called(StressPlan *plan, const char *name) {
  const Module *module = plan->rules->file->module;
  for (ClassId id = 1; id < module->classes.count; id++)
    if (!strcmp(symbol_text(module->symbols, module_class(module, id)->qualified), name))
      return id;
  return 0;
}

static TSNode class_node(StressPlan *plan, ClassId id) {
  Span name = module_class(plan->rules->file->module, id)->name_span;
  return syntax_node_enclosing(source_node(&plan->source, name), CLASSES);
}

static bool has_base(StressPlan *plan, TSNode class, const char *base) {
  TSNode bases = syntax_node_field(class, "superclasses");
  return !ts_node_is_null(bases) && source_uses(&plan->source, syntax_node_span(bases), base, true);
}

static FunctionId constructor_of(StressPlan *plan, ClassId id) {
  const Module *module = plan->rules->file->module;
  const Class *class = module_class(module, id);
  for (uint32_t i = 0; i < class->members.count; i++)
    if (!strcmp(symbol_text(module->symbols, class->members.items[i].name), "__init__"))
      return class->members.items[i].function;
  return 0;
}

// --- types

typedef struct TypeName {
  const char *name;
  StressValueKind kind;
} TypeName;

static const TypeName TYPES[] = {
    {"int", STRESS_NUMBER},      {"float", STRESS_NUMBER},       {"Decimal", STRESS_NUMBER}, {"str", STRESS_TEXT},
    {"bytes", STRESS_BYTES},     {"bool", STRESS_TRUE},          {"dict", STRESS_MAP},       {"Mapping", STRESS_MAP},
    {"Dict", STRESS_MAP},        {"list", STRESS_LIST},          {"List", STRESS_LIST},      {"tuple", STRESS_LIST},
    {"Tuple", STRESS_LIST},      {"set", STRESS_LIST},           {"Iterable", STRESS_LIST},  {"Sequence", STRESS_LIST},
    {"Collection", STRESS_LIST}, {"MutableMapping", STRESS_MAP}, {"Set", STRESS_LIST},
};

static StressValue *object_of(StressPlan *plan, ClassId id, const char *name, unsigned depth) {
  TSNode node = class_node(plan, id);
  static const char *const FAKED[] = {"Protocol", "ABC", "ABCMeta"};
  for (size_t i = 0; i < sizeof FAKED / sizeof *FAKED; i++)
    if (has_base(plan, node, FAKED[i]) || depth >= VALUE_DEPTH)
      return stress_value_new(plan, STRESS_FAKE, name);
  bool enumeration = has_base(plan, node, "Enum") || has_base(plan, node, "StrEnum") || has_base(plan, node, "IntEnum");
  StressValue *value = stress_value_new(plan, enumeration ? STRESS_MEMBER : STRESS_OBJECT, name);
  const Module *module = plan->rules->file->module;
  value->class_name = symbol_text(module->symbols, module_class(module, id)->qualified);
  if (enumeration)
    return value;
  StressCall call = {0};
  stress_python_constructor(plan, &call, id);
  value->parts.items = call.arguments.items;
  value->parts.count = call.arguments.count;
  return value;
}

static StressValue *value_of_name(StressPlan *plan, const char *type, TSNode element, const char *name,
                                  unsigned depth) {
  const char *dot = strrchr(type, '.');
  const char *last = dot ? dot + 1 : type;
  ClassId class = class_called(plan, type);
  if (class)
    return object_of(plan, class, name, depth);
  for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
    if (strcmp(TYPES[i].name, last))
      continue;
    bool counted = TYPES[i].kind == STRESS_TEXT && stress_names_number(name);
    StressValue *value = stress_value_new(plan, counted ? STRESS_NUMBER_TEXT : TYPES[i].kind, name);
    if (value->kind == STRESS_LIST)
      array_push(plan->arena, &value->parts, value_of(plan, element, name, depth + 1));
    return value;
  }
  return stress_value_new(plan, STRESS_FAKE, name);
}

// `X | None`, `Optional[X]`, `list[X]`, `"X"`, `mod.X`.
static StressValue *value_of(StressPlan *plan, TSNode type, const char *name, unsigned depth) {
  TSNode none = {0};
  if (ts_node_is_null(type) || depth > VALUE_DEPTH)
    return stress_value_named(plan, name);
  if (syntax_node_is(type, "type"))
    return value_of(plan, syntax_node_child(type, 0), name, depth);
  if (syntax_node_is(type, "binary_operator") || syntax_node_is(type, "union_type"))
    return value_of(plan, syntax_node_child(type, 0), name, depth + 1);
  if (syntax_node_is(type, "generic_type")) {
    const char *outer = copy(plan, syntax_node_child(type, 0));
    TSNode inner = syntax_node_child(syntax_node_child(type, 1), 0);
    return !strcmp(outer, "Optional") ? value_of(plan, inner, name, depth + 1)
                                      : value_of_name(plan, outer, inner, name, depth);
  }
  if (syntax_node_is(type, "subscript"))
    return value_of_name(plan, copy(plan, syntax_node_field(type, "value")), syntax_node_field(type, "subscript"), name,
                         depth);
  if (syntax_node_is(type, "string")) {
    Span span = syntax_node_span(type);
    return value_of_name(plan, source_copy(&plan->source, plan->arena, (Span){span.start + 1, span.end - 1}), none,
                         name, depth);
  }
  return value_of_name(plan, copy(plan, type), none, name, depth);
}

// --- parameters

static void add_argument(StressPlan *plan, StressCall *call, TSNode name, TSNode type, bool keyword, unsigned depth) {
  const char *text = copy(plan, name);
  StressValue *value = value_of(plan, type, text, depth);
  value->keyword = keyword ? text : NULL;
  array_push(plan->arena, &call->arguments, value);
}

void stress_python_arguments(StressPlan *plan, StressCall *call, FunctionId id) {
  const Function *function = module_function(plan->rules->file->module, id);
  TSNode node = syntax_node_enclosing(source_node(&plan->source, function->name_span), FUNCTIONS);
  TSNode parameters = syntax_node_field(node, "parameters");
  bool receiver = (function->flags & FUNCTION_METHOD) != 0, keyword = false;
  for (uint32_t i = 0; !ts_node_is_null(parameters) && i < ts_node_named_child_count(parameters); i++) {
    TSNode parameter = ts_node_named_child(parameters, i);
    if (syntax_node_is(parameter, "keyword_separator") || syntax_node_is(parameter, "list_splat_pattern"))
      keyword = true;
    bool typed = syntax_node_is(parameter, "typed_parameter");
    if (!typed && !syntax_node_is(parameter, "identifier"))
      continue;
    TSNode name = typed ? syntax_node_child(parameter, 0) : parameter;
    if (!syntax_node_is(name, "identifier"))
      keyword |= syntax_node_is(name, "list_splat_pattern");
    else if (receiver)
      receiver = false;
    else
      add_argument(plan, call, name, syntax_node_field(parameter, "type"), keyword, 1);
  }
}

// `name: type` in the body of a data class.
static void field_arguments(StressPlan *plan, StressCall *call, TSNode class) {
  TSNode body = syntax_node_field(class, "body");
  bool keyword = has_base(plan, class, "BaseModel");
  for (uint32_t i = 0; !ts_node_is_null(body) && i < ts_node_named_child_count(body); i++) {
    TSNode field = syntax_node_child(ts_node_named_child(body, i), 0);
    if (ts_node_is_null(field) || !syntax_node_is(field, "assignment"))
      continue;
    TSNode type = syntax_node_field(field, "type");
    if (ts_node_is_null(type) || !ts_node_is_null(syntax_node_field(field, "right")) ||
        source_uses(&plan->source, syntax_node_span(type), "ClassVar", true))
      continue;
    add_argument(plan, call, syntax_node_field(field, "left"), type, keyword, 2);
  }
}

static bool is_data_class(StressPlan *plan, TSNode class) {
  TSNode above = ts_node_parent(class);
  if (has_base(plan, class, "NamedTuple") || has_base(plan, class, "BaseModel"))
    return true;
  Span head = {ts_node_start_byte(above), ts_node_start_byte(class)};
  return syntax_node_is(above, "decorated_definition") &&
         (source_uses(&plan->source, head, "dataclass", true) || source_uses(&plan->source, head, "define", true));
}

void stress_python_constructor(StressPlan *plan, StressCall *call, ClassId id) {
  const Module *module = plan->rules->file->module;
  call->name = symbol_text(module->symbols, module_class(module, id)->qualified);
  call->function = constructor_of(plan, id);
  TSNode node = class_node(plan, id);
  if (call->function)
    stress_python_arguments(plan, call, call->function);
  else if (is_data_class(plan, node))
    field_arguments(plan, call, node);
}
