#include "lowering.h"

// --- describing

// What the words before a function say.
typedef struct Header {
  Node name, first;
  uint32_t flags;
} Header;

static const uint32_t WORD_FLAGS[KIND_COUNT] = {
    [KIND_ASYNC] = FUNCTION_ASYNC,   [KIND_STAR] = FUNCTION_GENERATOR,
    [KIND_GET] = FUNCTION_GETTER,    [KIND_SET] = FUNCTION_SETTER,
    [KIND_STATIC] = FUNCTION_STATIC, [KIND_STATIC_GET] = FUNCTION_STATIC | FUNCTION_GETTER,
};

static Header read_header(Lowering *lowering, Node node) {
  Header header = {0};
  header.name = lowering_field(lowering, node, FIELD_NAME);
  for (Node part = tree_first(lowering->tree, node); part < tree_end(lowering->tree, node); part++) {
    header.flags |= WORD_FLAGS[lowering_kind(lowering, part)];
    if (lowering_kind(lowering, part) == KIND_ACCESSIBILITY && !lowering_is_token(lowering, part, "public"))
      header.flags |= FUNCTION_PRIVATE;
    if (!header.first)
      header.first = part;
  }
  return header;
}

bool is_private_name(const Lowering *lowering, Symbol name) {
  const char *text = symbol_text(lowering->symbols, name);
  return text[0] == '_' || text[0] == '#';
}

static void queue(Lowering *lowering, const Task *task) {
  lowering->queued[task->function] = true;
  array_push(lowering->arena, &lowering->tasks, *task);
}

// An arrow function has the receiver of what it stands in; in a class's static parts that is no function.
static FunctionId receiver_of(const Lowering *lowering, Node node, FunctionId function) {
  return lowering_kind(lowering, node) == KIND_ARROW ? lowering->receiver : function;
}

static void describe(Lowering *lowering, Node node, FunctionId id, Naming naming, uint32_t flags) {
  Header header = read_header(lowering, node);
  Function *function = &lowering->module->functions.items[id];
  bool named = header.name && lowering_kind(lowering, node) != KIND_METHOD;
  if (named)
    naming = lowering_naming(lowering, lowering_text(lowering, header.name));
  function->name = naming.name;
  function->qualified = naming.qualified ? naming.qualified : lowering->qualified;
  function->flags |= header.flags | flags;
  if (!named && lowering_kind(lowering, node) != KIND_METHOD)
    function->flags |= FUNCTION_LAMBDA;
  if (is_private_name(lowering, naming.name))
    function->flags |= FUNCTION_PRIVATE;
  function->name_span = !header.name ? function->span : lowering_span(lowering, header.name);
  if (!header.name && header.first)
    function->name_span = lowering_span(lowering, header.first);
}

FunctionId lower_function(Lowering *lowering, Node node, Naming naming, uint32_t flags, const ClassContext *class) {
  FunctionId id = bindings_function(lowering->bindings, node);
  if (!id || lowering->queued[id])
    return id; // in a `finally`, which is lowered more than once
  bool arrow = lowering_kind(lowering, node) == KIND_ARROW;
  if (naming.exported)
    flags |= FUNCTION_EXPORTED;
  if (class)
    lowering->module->functions.items[id].class_id = class->id;
  if (!arrow && bindings_uses_this(lowering->bindings, id))
    flags |= FUNCTION_METHOD;
  describe(lowering, node, id, naming, flags);
  queue(lowering, &(Task){.node = node,
                          .function = id,
                          .receiver = receiver_of(lowering, node, id),
                          .class = class   ? class
                                   : arrow ? lowering->class
                                           : NULL});
  return id;
}

Value emit_closure(Lowering *lowering, FunctionId function, Span span) {
  return builder_emit(lowering->builder, OP_CLOSURE, function, 0, 0, span);
}

Value lower_function_value(Lowering *lowering, Node node) {
  Naming naming = lowering->naming;
  FunctionId function = lower_function(lowering, node, naming, 0, NULL);
  lowering->made = (Meaning){.function = function};
  return function ? emit_closure(lowering, function, lowering_span(lowering, node)) : lowering_opaque(lowering, node);
}

void lower_hoisted(Lowering *lowering, Node declaration) {
  Node name = lowering_field(lowering, declaration, FIELD_NAME);
  VariableId variable = !name ? 0 : bindings_variable(lowering->bindings, name);
  FunctionId function = lower_function(lowering, declaration, (Naming){0}, 0, NULL);
  if (!function || !variable)
    return;
  lowering_meaning(lowering, variable)->function = function;
  Value closure = emit_closure(lowering, function, lowering_span(lowering, declaration));
  lowering_write(lowering, variable, closure, lowering_span(lowering, name));
}

// --- parameters

typedef struct ParameterNode {
  Node pattern, fallback, type; // the latter two may be null
  bool rest, property;          // property: TypeScript's `private x` in a constructor
  Value value;
} ParameterNode;

typedef ARRAY(ParameterNode) ParameterList;

static ParameterNode read_typed_parameter(Lowering *lowering, Node node) {
  ParameterNode parameter = {0};
  parameter.pattern = lowering_field(lowering, node, FIELD_PATTERN);
  parameter.fallback = lowering_field(lowering, node, FIELD_VALUE);
  parameter.type = lowering_field(lowering, node, FIELD_TYPE);
  for (Node part = tree_first(lowering->tree, node); part < tree_end(lowering->tree, node); part++) {
    Kind kind = lowering_kind(lowering, part);
    parameter.property |= kind == KIND_ACCESSIBILITY || kind == KIND_READONLY;
  }
  return parameter;
}

static ParameterNode read_parameter(Lowering *lowering, Node node) {
  ParameterNode parameter = {.pattern = node};
  if (lowering_kind(lowering, node) == KIND_PARAMETER)
    parameter = read_typed_parameter(lowering, node);
  if (lowering_kind(lowering, parameter.pattern) == KIND_ASSIGNMENT_PATTERN) {
    parameter.fallback = lowering_field(lowering, node, FIELD_RIGHT);
    parameter.pattern = lowering_field(lowering, node, FIELD_LEFT);
  }
  if (lowering_kind(lowering, parameter.pattern) == KIND_REST_PATTERN) {
    parameter.rest = true;
    parameter.pattern = lowering_operand(lowering, parameter.pattern);
  }
  return parameter;
}

static ParameterList read_parameters(Lowering *lowering, Node function) {
  ParameterList list = {0};
  Node several = lowering_field(lowering, function, FIELD_PARAMETERS);
  Node single = lowering_field(lowering, function, FIELD_PARAMETER);
  NodeList nodes = {0};
  if (several)
    nodes = lowering_named(lowering, several);
  if (single)
    array_push(lowering->arena, &nodes, single);
  for (uint32_t i = 0; i < nodes.count; i++) {
    ParameterNode parameter = read_parameter(lowering, nodes.items[i]);
    Kind kind = lowering_kind(lowering, parameter.pattern);
    if (kind != KIND_THIS && kind != KIND_NONE)
      array_push(lowering->arena, &list, parameter);
  }
  return list;
}

// A plain parameter's value is its variable's; all others are given to theirs in the prologue.
static void declare_parameter(Lowering *lowering, ParameterNode *node) {
  bool simple = lowering_kind(lowering, node->pattern) == KIND_IDENTIFIER;
  VariableId variable = simple ? bindings_variable(lowering->bindings, node->pattern) : 0;
  bool plain = variable && !node->fallback && !bindings_is_cell(lowering->bindings, variable);
  node->value = plain ? builder_local(lowering->builder, variable) : builder_temporary(lowering->builder);
  Parameter parameter = {.variable = variable,
                         .value = node->value,
                         .name = simple ? lowering_text(lowering, node->pattern) : 0,
                         .flags = node->rest ? OPERAND_SPREAD : 0};
  array_push(lowering->arena, &lowering->module->functions.items[lowering->function].parameters, parameter);
  if (plain)
    node->pattern = 0; // nothing left to do
  if (variable && node->type)
    lower_variable_type(lowering, variable, node->type);
}

static void lower_property_parameter(Lowering *lowering, const ParameterNode *node, Symbol name, Value value) {
  Span span = node->rest ? (Span){0, 0} : lowering_span(lowering, node->pattern);
  Value self = builder_emit(lowering->builder, OP_SELF, lowering->function, 0, 0, span);
  Value type = !node->type ? 0 : lower_type_name(lowering, node->type);
  if (type)
    builder_emit(lowering->builder, OP_ANNOTATE_FIELD, self, name, type, span);
  builder_emit(lowering->builder, OP_SET_FIELD, self, name, value, span);
}

static void lower_parameter(Lowering *lowering, ParameterNode *node) {
  Node pattern = node->pattern;
  declare_parameter(lowering, node);
  Value value = node->value;
  Symbol name = lowering_kind(lowering, pattern) == KIND_IDENTIFIER ? lowering_text(lowering, pattern) : 0;
  if (node->fallback)
    value = lower_default(lowering, value, node->fallback, lowering_naming(lowering, name));
  if (node->pattern)
    lower_pattern(lowering, node->pattern, value, lowering_span(lowering, pattern));
  node->pattern = pattern;
  if (node->property && name && lowering->class)
    lower_property_parameter(lowering, node, name, value);
}

// --- bodies

static void lower_body(Lowering *lowering, Node node) {
  Node body = lowering_field(lowering, node, FIELD_BODY);
  if (!body)
    return;
  if (lowering_kind(lowering, body) == KIND_BLOCK) {
    lower_statement(lowering, body);
    return;
  }
  builder_return(lowering->builder, lower_expression(lowering, body), lowering_span(lowering, body));
}

// The name of a function expression stands for itself inside of it.
static void lower_own_name(Lowering *lowering, const Task *task) {
  if (lowering_kind(lowering, task->node) != KIND_FUNCTION_EXPRESSION)
    return;
  Node name = lowering_field(lowering, task->node, FIELD_NAME);
  VariableId variable = !name ? 0 : bindings_variable(lowering->bindings, name);
  if (!variable || !bindings_is_read(lowering->bindings, variable))
    return;
  lowering_meaning(lowering, variable)->function = task->function;
  lowering_write(lowering, variable, emit_closure(lowering, task->function, lowering_span(lowering, name)),
                 lowering_span(lowering, name));
}

static void start_function(Lowering *lowering, const Task *task) {
  lowering->function = task->function;
  lowering->receiver = task->receiver;
  lowering->class = task->class;
  lowering->class_value = lowering->namespace_value = 0;
  lowering->qualified = module_function(lowering->module, task->function)->qualified;
  lowering->label = 0;
  lowering->depth = lowering->cleanups = 0;
}

void lower_task(Lowering *lowering, const Task *task) {
  start_function(lowering, task);
  builder_begin(lowering->builder, task->function);
  bool has_body = lowering_kind(lowering, task->node) != KIND_CLASS_BODY;
  ParameterList parameters = {0};
  if (has_body)
    parameters = read_parameters(lowering, task->node);
  if (has_body)
    lower_own_name(lowering, task);
  for (uint32_t i = 0; i < parameters.count; i++)
    lower_parameter(lowering, &parameters.items[i]);
  if (task->class && task->class->maker == task->function)
    lower_fields(lowering, task->class);
  if (has_body)
    lower_body(lowering, task->node);
  builder_end(lowering->builder);
}
