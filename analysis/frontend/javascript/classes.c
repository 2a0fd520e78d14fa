#include "lowering.h"

void add_member(Lowering *lowering, ClassId class_id, Symbol name, FunctionId function) {
  Class *class = &lowering->module->classes.items[class_id];
  array_push(lowering->arena, &class->members, ((ClassMember){name, function}));
}

// A class under definition.
typedef struct Definition {
  ClassContext *context;
  Value value;
  NodeList decorators; // of the member to come, or of the class
} Definition;

// --- heritage

// The nodes of what a class extends; TypeScript wraps them in a clause.
static NodeList base_nodes(Lowering *lowering, Node heritage) {
  NodeList bases = {0}, nodes = lowering_named(lowering, heritage);
  if (nodes.count && lowering_kind(lowering, nodes.items[0]) == KIND_EXTENDS)
    nodes = lowering_named(lowering, nodes.items[0]);
  for (uint32_t i = 0; i < nodes.count; i++) {
    Kind kind = lowering_kind(lowering, nodes.items[i]);
    if (kind != KIND_TYPE_ARGUMENTS && kind != KIND_TYPE)
      array_push(lowering->arena, &bases, nodes.items[i]);
  }
  return bases;
}

static void push_bases(Lowering *lowering, ClassId class_id, Node heritage) {
  NodeList bases = base_nodes(lowering, heritage);
  for (uint32_t i = 0; i < bases.count; i++) {
    bool named = lowering_kind(lowering, bases.items[i]) == KIND_IDENTIFIER;
    VariableId variable = named ? bindings_variable(lowering->bindings, bases.items[i]) : 0;
    if (variable)
      array_push(lowering->arena, &lowering->module->classes.items[class_id].bases, variable);
    operands_push(lowering, (Operand){.value = lower_expression(lowering, bases.items[i])});
  }
}

// --- decorators

static void apply_decorators(Lowering *lowering, Definition *definition, Value target) {
  for (uint32_t i = definition->decorators.count; i-- > 0;) {
    Node decorator = definition->decorators.items[i], expression = lowering_operand(lowering, decorator);
    if (!expression)
      continue;
    Value callee = lower_expression(lowering, expression);
    Operand argument = {.value = target};
    builder_emit_args(lowering->builder, OP_CALL, callee, 0, &argument, 1, lowering_span(lowering, decorator));
    builder_last(lowering->builder)->flags = INSTRUCTION_DECORATOR;
  }
  definition->decorators.count = 0;
}

// JavaScript's grammar has the decorators inside of the member.
static void gather_decorators(Lowering *lowering, Definition *definition, Node member) {
  for (Node part = tree_first(lowering->tree, member); part < tree_end(lowering->tree, member); part++)
    if (lowering_kind(lowering, part) == KIND_DECORATOR)
      array_push(lowering->arena, &definition->decorators, part);
}

// What the decorators of a method's parameters compute, for the class's definition: `@Inject(tokens.store)`.
static void lower_parameter_decorators(Lowering *lowering, Node method) {
  Node parameters = lowering_field(lowering, method, FIELD_PARAMETERS);
  NodeList list = parameters ? lowering_named(lowering, parameters) : (NodeList){0};
  for (uint32_t i = 0; i < list.count; i++) {
    Definition parameter = {0};
    gather_decorators(lowering, &parameter, list.items[i]);
    for (uint32_t d = 0; d < parameter.decorators.count; d++) {
      Node expression = lowering_operand(lowering, parameter.decorators.items[d]);
      if (expression)
        lower_expression(lowering, expression);
    }
  }
}

// --- members

static Naming member_naming(const Lowering *lowering, const ClassContext *context, Symbol name) {
  return (Naming){.name = name, .qualified = symbol_join(lowering->symbols, context->qualified, name)};
}

static void lower_method(Lowering *lowering, Definition *definition, Node node) {
  Node name_node = lowering_field(lowering, node, FIELD_NAME);
  Symbol name = lowering_property(lowering, name_node);
  ClassContext *context = definition->context;
  FunctionId function = bindings_function(lowering->bindings, node);
  bool is_maker = function && lowering_is_token(lowering, name_node, "constructor");
  if (is_maker)
    context->maker = function;
  gather_decorators(lowering, definition, node);
  uint32_t flags = FUNCTION_METHOD | (is_maker ? FUNCTION_CONSTRUCTOR : 0);
  if (!lower_function(lowering, node, member_naming(lowering, context, name), flags, context))
    return;
  add_member(lowering, context->id, name, function);
  lower_parameter_decorators(lowering, node);
  if (!definition->decorators.count)
    return;
  apply_decorators(lowering, definition, emit_closure(lowering, function, lowering_span(lowering, node)));
}

typedef struct FieldNode {
  Node name, value, type; // the latter two may be null
  bool is_static, is_declared_only;
} FieldNode;

static FieldNode read_field(Lowering *lowering, Node node) {
  FieldNode field = {0};
  field.name = lowering_field(lowering, node, FIELD_NAME);
  if (!field.name)
    field.name = lowering_field(lowering, node, FIELD_PROPERTY);
  field.value = lowering_field(lowering, node, FIELD_VALUE);
  field.type = lowering_field(lowering, node, FIELD_TYPE);
  for (Node part = tree_first(lowering->tree, node); part < tree_end(lowering->tree, node); part++)
    field.is_static |= lowering_kind(lowering, part) == KIND_STATIC;
  return field;
}

static bool is_function(Kind kind) {
  return kind == KIND_ARROW || kind == KIND_FUNCTION_EXPRESSION;
}

// Gives a field its type and value: of the class itself when static, else of the object under construction.
static void lower_field(Lowering *lowering, const ClassContext *context, Node node, const FieldNode *field,
                        Value self) {
  Symbol name = lowering_property(lowering, field->name);
  Value type = name && field->type ? lower_type_name(lowering, field->type) : 0;
  if (type)
    builder_emit(lowering->builder, OP_ANNOTATE_FIELD, self, name, type, lowering_span(lowering, field->type));
  if (!field->value)
    return;
  Value value = lower_named(lowering, field->value, member_naming(lowering, context, name));
  Function *function = &lowering->module->functions.items[lowering->made.function];
  if (lowering->made.function && name && !field->is_static)
    function->flags |= FUNCTION_METHOD, function->class_id = context->id;
  if (name)
    builder_emit(lowering->builder, OP_SET_FIELD, self, name, value, lowering_span(lowering, node));
  else
    builder_opaque(lowering->builder, (Value[]){self, value}, 2, lowering_span(lowering, node));
}

void lower_fields(Lowering *lowering, const ClassContext *class) {
  for (uint32_t i = 0; i < class->fields.count; i++) {
    Node node = class->fields.items[i];
    FieldNode field = read_field(lowering, node);
    Value self =
        builder_emit(lowering->builder, OP_SELF, lowering->function, 0, 0, lowering_span(lowering, field.name));
    lower_field(lowering, class, node, &field, self);
  }
}

static void lower_field_member(Lowering *lowering, Definition *definition, Node node) {
  FieldNode field = read_field(lowering, node);
  gather_decorators(lowering, definition, node);
  if (definition->decorators.count)
    apply_decorators(lowering, definition, definition->value);
  if (!field.name)
    return;
  if (field.is_static) {
    lower_field(lowering, definition->context, node, &field, definition->value);
    return;
  }
  if (!field.value && !field.type)
    return;
  array_push(lowering->arena, &definition->context->fields, node);
  Symbol name = lowering_property(lowering, field.name);
  FunctionId function =
      is_function(lowering_kind(lowering, field.value)) ? bindings_function(lowering->bindings, field.value) : 0;
  if (function && name)
    add_member(lowering, definition->context->id, name, function);
}

static void lower_static_block(Lowering *lowering, Definition *definition, Node node) {
  (void)definition;
  Node body = lowering_field(lowering, node, FIELD_BODY);
  if (body)
    lower_statement(lowering, body);
}

static void note_decorator(Lowering *lowering, Definition *definition, Node node) {
  array_push(lowering->arena, &definition->decorators, node);
}

typedef void (*MemberHandler)(Lowering *lowering, Definition *definition, Node node);

static const MemberHandler MEMBERS[KIND_COUNT] = {
    [KIND_METHOD] = lower_method,
    [KIND_FIELD_DEFINITION] = lower_field_member,
    [KIND_STATIC_BLOCK] = lower_static_block,
    [KIND_DECORATOR] = note_decorator,
};

// The fields of a class without a constructor make one.
static void add_maker(Lowering *lowering, Definition *definition, Node body) {
  FunctionId id = bindings_function(lowering->bindings, body);
  ClassContext *context = definition->context;
  if (!id || context->maker)
    return;
  Symbol name = symbol_of_string(lowering->symbols, "constructor");
  context->maker = id;
  Function *function = &lowering->module->functions.items[id];
  function->name = name;
  function->qualified = symbol_join(lowering->symbols, context->qualified, name);
  function->class_id = context->id;
  function->flags |= FUNCTION_METHOD | FUNCTION_CONSTRUCTOR;
  function->name_span = module_class(lowering->module, context->id)->name_span;
  add_member(lowering, context->id, name, id);
  if (lowering->queued[id])
    return;
  lowering->queued[id] = true;
  array_push(lowering->arena, &lowering->tasks, ((Task){body, id, id, context}));
}

// Static parts run now, with the class as `this`.
static void lower_members(Lowering *lowering, Definition *definition, Node body) {
  Value outer_value = lowering->class_value;
  Symbol outer_prefix = lowering->qualified;
  lowering->class_value = definition->value;
  lowering->qualified = definition->context->qualified;
  NodeList members = lowering_named(lowering, body);
  for (uint32_t i = 0; i < members.count; i++) {
    MemberHandler handler = MEMBERS[lowering_kind(lowering, members.items[i])];
    if (handler)
      handler(lowering, definition, members.items[i]);
    else if (lowering_kind(lowering, members.items[i]) == KIND_NONE)
      lower_expression(lowering, members.items[i]); // a syntax error
  }
  lowering->class_value = outer_value;
  lowering->qualified = outer_prefix;
  add_maker(lowering, definition, body);
}

// --- the class

static Definition declare_class(Lowering *lowering, Node node, Node name, Naming naming) {
  Definition definition = {.context = ARENA_NEW(lowering->arena, ClassContext)};
  if (name)
    naming = lowering_naming(lowering, lowering_text(lowering, name));
  Class *class = builder_declare_class(lowering->builder, &definition.context->id);
  class->name = naming.name;
  class->qualified = definition.context->qualified = naming.qualified ? naming.qualified : lowering->qualified;
  class->flags = naming.exported ? CLASS_EXPORTED : 0;
  class->function = lowering->function;
  class->span = lowering_span(lowering, node);
  class->name_span = !name ? (Span){class->span.start, class->span.start + 5} : lowering_span(lowering, name);
  return definition;
}

Value lower_class_value(Lowering *lowering, Node node) {
  Naming naming = lowering->naming;
  Node exporting = lowering->exporting;
  lowering->exporting = 0;
  Node name = lowering_field(lowering, node, FIELD_NAME), body = lowering_field(lowering, node, FIELD_BODY);
  Node heritage = tree_of_kind(lowering->tree, node, KIND_CLASS_HERITAGE);
  Definition definition = declare_class(lowering, node, name, naming);
  uint32_t mark = operands_mark(lowering);
  if (heritage)
    push_bases(lowering, definition.context->id, heritage);
  definition.value = operands_emit(lowering, mark, OP_CLASS, definition.context->id, 0, lowering_span(lowering, node));
  VariableId variable = !name ? 0 : bindings_variable(lowering->bindings, name);
  if (variable)
    lowering_write(lowering, variable, definition.value, lowering_span(lowering, name));
  if (variable)
    lowering_meaning(lowering, variable)->class_id = definition.context->id;
  if (body)
    lower_members(lowering, &definition, body);
  definition.decorators.count = 0;
  if (exporting)
    gather_decorators(lowering, &definition, exporting);
  gather_decorators(lowering, &definition, node);
  apply_decorators(lowering, &definition, definition.value);
  lowering->made = (Meaning){.class_id = definition.context->id};
  return definition.value;
}

void lower_class_declaration(Lowering *lowering, Node node) {
  lowering->naming = (Naming){0};
  lower_class_value(lowering, node);
}
