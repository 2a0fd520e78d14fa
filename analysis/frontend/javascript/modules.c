// Imports and exports, of ECMAScript modules and of CommonJS.
#include "lowering.h"

// The binder has told all that an import says.
void lower_import(Lowering *lowering, Node node) {
  (void)lowering, (void)node;
}

// `import A = B.C`
void lower_import_alias(Lowering *lowering, Node node) {
  NodeList names = lowering_named(lowering, node);
  if (names.count < 2)
    return;
  VariableId variable = bindings_variable(lowering->bindings, names.items[0]);
  Value value = lower_expression(lowering, names.items[1]);
  if (variable)
    lowering_write(lowering, variable, value, lowering_span(lowering, node));
}

// --- exports

static Symbol export_name(Lowering *lowering, Node name) {
  if (lowering_is_token(lowering, name, "default"))
    return 0;
  return lowering_kind(lowering, name) == KIND_STRING ? lowering_string(lowering, name) : lowering_text(lowering, name);
}

// The exports of a namespace are its object's fields.
static void emit_export(Lowering *lowering, Value value, Symbol name, Span span) {
  if (lowering->namespace_value)
    builder_emit(lowering->builder, OP_SET_FIELD, lowering->namespace_value, name, value, span);
  else
    builder_emit(lowering->builder, OP_EXPORT, value, name, 0, span);
}

static void export_variable(Lowering *lowering, VariableId variable, Symbol name, Span span) {
  if (!variable)
    return;
  lowering->module->variables.items[variable].exported = true;
  emit_export(lowering, lowering_read(lowering, variable, span), name, span);
}

static void export_specifier(Lowering *lowering, Node node) {
  Node name = lowering_field(lowering, node, FIELD_NAME), alias = lowering_field(lowering, node, FIELD_ALIAS);
  if (!name)
    return;
  VariableId variable = bindings_variable(lowering->bindings, name);
  export_variable(lowering, variable, export_name(lowering, !alias ? name : alias), lowering_span(lowering, node));
}

static void export_clause(Lowering *lowering, Node clause) {
  NodeList specifiers = lowering_named(lowering, clause);
  for (uint32_t i = 0; i < specifiers.count; i++)
    if (lowering_kind(lowering, specifiers.items[i]) == KIND_EXPORT_SPECIFIER)
      export_specifier(lowering, specifiers.items[i]);
}

// The names that a declaration's pattern binds.
static void export_pattern(Lowering *lowering, Node pattern) {
  switch (lowering_kind(lowering, pattern)) {
  case KIND_IDENTIFIER:
  case KIND_SHORTHAND_PATTERN:
    export_variable(lowering, bindings_variable(lowering->bindings, pattern), lowering_text(lowering, pattern),
                    lowering_span(lowering, pattern));
    return;
  case KIND_OBJECT_PATTERN:
  case KIND_ARRAY_PATTERN:
  case KIND_REST_PATTERN:
  case KIND_PAIR_PATTERN:
  case KIND_ASSIGNMENT_PATTERN:
    break;
  default:
    return;
  }
  if (lowering->depth >= DEPTH_LIMIT)
    return;
  lowering->depth++;
  NodeList parts = lowering_named(lowering, pattern);
  for (uint32_t i = 0; i < parts.count; i++)
    export_pattern(lowering, parts.items[i]);
  lowering->depth--;
}

static void export_declarators(Lowering *lowering, Node declaration) {
  NodeList declarators = lowering_named(lowering, declaration);
  for (uint32_t i = 0; i < declarators.count; i++) {
    if (lowering_kind(lowering, declarators.items[i]) != KIND_VARIABLE_DECLARATOR)
      continue;
    lower_declarator(lowering, declarators.items[i], true);
    Node name = lowering_field(lowering, declarators.items[i], FIELD_NAME);
    if (name)
      export_pattern(lowering, name);
  }
}

static void export_declaration(Lowering *lowering, Node declaration, bool is_default) {
  Kind kind = lowering_kind(lowering, declaration);
  if (kind == KIND_VARIABLE_DECLARATION || kind == KIND_LEXICAL_DECLARATION || kind == KIND_USING_DECLARATION) {
    export_declarators(lowering, declaration);
    return;
  }
  lower_statement(lowering, declaration);
  Node name = kind == KIND_IMPORT_ALIAS ? lowering_operand(lowering, declaration)
                                        : lowering_field(lowering, declaration, FIELD_NAME);
  Kind name_kind = lowering_kind(lowering, name);
  bool plain = name_kind == KIND_IDENTIFIER || name_kind == KIND_TYPE_IDENTIFIER;
  if (kind == KIND_TYPE_DECLARATION || kind == KIND_TYPE || !plain)
    return;
  export_variable(lowering, bindings_variable(lowering->bindings, name), is_default ? 0 : lowering_text(lowering, name),
                  lowering_span(lowering, name));
}

static void mark_class_exported(Lowering *lowering, ClassId class_id) {
  if (class_id)
    lowering->module->classes.items[class_id].flags |= CLASS_EXPORTED;
}

// A value that importers get, with what it names marked.
static Value lower_exported(Lowering *lowering, Node node) {
  Value value = lower_named(lowering, node, (Naming){.exported = true});
  mark_class_exported(lowering, lowering->made.class_id);
  Node inner = lowering_unwrap(lowering, node);
  VariableId variable =
      lowering_kind(lowering, inner) == KIND_IDENTIFIER ? bindings_variable(lowering->bindings, inner) : 0;
  if (variable)
    lowering->module->variables.items[variable].exported = true;
  return value;
}

static void export_all(Lowering *lowering, Node node, Node source) {
  Symbol name = symbol_of_string(lowering->symbols, "*");
  Node alias = lowering_operand(lowering, tree_of_kind(lowering->tree, node, KIND_NAMESPACE_EXPORT));
  if (alias)
    name = export_name(lowering, alias);
  export_variable(lowering, bindings_variable(lowering->bindings, source), name, lowering_span(lowering, node));
}

typedef struct Export {
  Node declaration, value, source, clause, bare; // bare: of `export = x`
  bool is_default, assigns;
} Export;

static Export read_export(Lowering *lowering, Node node) {
  Export found = {0};
  found.declaration = lowering_field(lowering, node, FIELD_DECLARATION);
  found.value = lowering_field(lowering, node, FIELD_VALUE);
  found.source = lowering_field(lowering, node, FIELD_SOURCE);
  for (Node part = tree_first(lowering->tree, node); part < tree_end(lowering->tree, node); part++) {
    const Child *record = tree_node(lowering->tree, part);
    if (record->kind == KIND_EXPORT_CLAUSE)
      found.clause = part;
    if (record->kind == KIND_DEFAULT)
      found.is_default = true;
    if (record->kind == KIND_ASSIGN)
      found.assigns = true;
    if (record->named && !record->field)
      found.bare = part;
  }
  if (!found.value && found.assigns)
    found.value = found.bare;
  return found;
}

void lower_export(Lowering *lowering, Node node) {
  Export export = read_export(lowering, node);
  if (!lowering->namespace_value)
    lowering->module->has_exports = true;
  lowering->exporting = node;
  if (export.declaration)
    export_declaration(lowering, export.declaration, export.is_default);
  else if (export.value)
    emit_export(lowering, lower_exported(lowering, export.value), 0, lowering_span(lowering, node));
  else if (export.clause)
    export_clause(lowering, export.clause);
  else if (export.source)
    export_all(lowering, node, export.source);
  lowering->exporting = 0;
}

// --- CommonJS

static bool is_free_name(Lowering *lowering, Node node, const char *name) {
  if (lowering_kind(lowering, node) != KIND_IDENTIFIER || !lowering_is_token(lowering, node, name))
    return false;
  VariableId variable = bindings_variable(lowering->bindings, node);
  return variable && module_variable(lowering->module, variable)->kind == VARIABLE_UNRESOLVED;
}

static bool is_module_exports(Lowering *lowering, Node node) {
  if (lowering_kind(lowering, node) != KIND_MEMBER)
    return false;
  Node object = lowering_field(lowering, node, FIELD_OBJECT);
  Node property = lowering_field(lowering, node, FIELD_PROPERTY);
  return lowering_is_token(lowering, property, "exports") && is_free_name(lowering, object, "module");
}

// What the object literal's properties name is exported, each under its name.
static void export_properties(Lowering *lowering, Node object, Span span) {
  Instruction made = *builder_last(lowering->builder);
  for (uint32_t i = 0; i < made.c; i++) {
    Operand property = lowering->module->operands.items[made.args + i];
    if (property.name)
      builder_emit(lowering->builder, OP_EXPORT, property.value, property.name, 0, span);
  }
  NodeList nodes = lowering_named(lowering, object);
  for (uint32_t i = 0; i < nodes.count; i++) {
    Node name = nodes.items[i];
    if (lowering_kind(lowering, name) == KIND_PAIR)
      name = lowering_field(lowering, name, FIELD_VALUE);
    Kind kind = lowering_kind(lowering, name);
    if (kind != KIND_IDENTIFIER && kind != KIND_SHORTHAND_PROPERTY)
      continue;
    VariableId variable = bindings_variable(lowering->bindings, name);
    if (variable)
      lowering->module->variables.items[variable].exported = true;
  }
}

static Value export_whole(Lowering *lowering, Node right, Span span) {
  Value value = lower_exported(lowering, right);
  Node object = lowering_unwrap(lowering, right);
  bool made = lowering_kind(lowering, object) == KIND_OBJECT && builder_last(lowering->builder)->op == OP_MAKE;
  if (made)
    export_properties(lowering, object, span);
  else
    builder_emit(lowering->builder, OP_EXPORT, value, 0, 0, span);
  return value;
}

static Value export_one(Lowering *lowering, Symbol name, Node right, Span span) {
  Naming naming = lowering_naming(lowering, name);
  naming.exported = true;
  Value value = lower_named(lowering, right, naming);
  mark_class_exported(lowering, lowering->made.class_id);
  Node inner = lowering_unwrap(lowering, right);
  if (lowering_kind(lowering, inner) == KIND_IDENTIFIER) {
    VariableId variable = bindings_variable(lowering->bindings, inner);
    if (variable)
      lowering->module->variables.items[variable].exported = true;
  }
  builder_emit(lowering->builder, OP_EXPORT, value, name, 0, span);
  return value;
}

bool lower_export_assignment(Lowering *lowering, Node left, Node right, Value *value) {
  if (lowering_kind(lowering, left) != KIND_MEMBER)
    return false;
  Span span = {lowering_span(lowering, left).start, lowering_span(lowering, right).end};
  bool whole = is_module_exports(lowering, left);
  if (!whole) {
    Node object = lowering_field(lowering, left, FIELD_OBJECT);
    if (!is_free_name(lowering, object, "exports") && !is_module_exports(lowering, object))
      return false;
  }
  lowering->module->has_exports = true;
  Node property = lowering_field(lowering, left, FIELD_PROPERTY);
  if (!property)
    return false;
  *value = whole ? export_whole(lowering, right, span)
                 : export_one(lowering, lowering_text(lowering, property), right, span);
  return true;
}

// --- the end

void finish_exports(Lowering *lowering) {
  for (VariableId id = 1; id < lowering->meanings.count; id++) {
    if (!module_variable(lowering->module, id)->exported)
      continue;
    Meaning meaning = lowering->meanings.items[id];
    if (meaning.function)
      lowering->module->functions.items[meaning.function].flags |= FUNCTION_EXPORTED;
    mark_class_exported(lowering, meaning.class_id);
  }
}
