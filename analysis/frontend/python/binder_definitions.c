// Functions and classes: what the binder can tell of them without knowing what names mean.
#include "binder.h"
#include "parameters.h"
#include <string.h>

typedef enum DecoratorFlag {
  DECORATOR_STATIC = 1 << 0,
  DECORATOR_CLASS = 1 << 1,
  DECORATOR_GETTER = 1 << 2,
  DECORATOR_SETTER = 1 << 3,
  DECORATOR_ABSTRACT = 1 << 4,
  DECORATOR_CACHED = 1 << 5,
} DecoratorFlag;

// By the last part of the decorator's name.
static const struct {
  const char *name;
  uint32_t flags;
} DECORATORS[] = {
    {"staticmethod", DECORATOR_STATIC},
    {"classmethod", DECORATOR_CLASS},
    {"abstractclassmethod", DECORATOR_CLASS | DECORATOR_ABSTRACT},
    {"abstractstaticmethod", DECORATOR_STATIC | DECORATOR_ABSTRACT},
    {"abstractmethod", DECORATOR_ABSTRACT},
    {"abstractproperty", DECORATOR_GETTER | DECORATOR_ABSTRACT},
    {"overload", DECORATOR_ABSTRACT},
    {"property", DECORATOR_GETTER},
    {"cached_property", DECORATOR_GETTER | DECORATOR_CACHED},
    {"async_cached_property", DECORATOR_GETTER | DECORATOR_CACHED},
    {"cache", DECORATOR_CACHED},
    {"lru_cache", DECORATOR_CACHED},
    {"alru_cache", DECORATOR_CACHED},
    {"hybrid_property", DECORATOR_GETTER},
    {"getter", DECORATOR_GETTER},
    {"setter", DECORATOR_SETTER},
    {"deleter", DECORATOR_SETTER},
};

static const struct {
  const char *name;
  uint32_t flags;
} SPECIAL_METHODS[] = {
    {"__init__", FUNCTION_CONSTRUCTOR},      {"__new__", FUNCTION_CONSTRUCTOR | FUNCTION_STATIC},
    {"__post_init__", FUNCTION_CONSTRUCTOR}, {"__init_subclass__", FUNCTION_STATIC},
    {"__class_getitem__", FUNCTION_STATIC},
};

// --- what names and decorators say

static bool is_private(const char *name) {
  size_t length = strlen(name);
  bool dunder = length > 4 && strncmp(name, "__", 2) == 0 && strcmp(name + length - 2, "__") == 0;
  return name[0] == '_' && !dunder;
}

static uint32_t decorator_flags(Binder *binder, Node decorator) {
  Node name = node_named(binder->nodes, decorator, 0);
  if (kind_of(binder->nodes, name) == KIND_CALL)
    name = node_field(binder->nodes, name, FIELD_FUNCTION);
  if (kind_of(binder->nodes, name) == KIND_ATTRIBUTE)
    name = node_field(binder->nodes, name, FIELD_ATTRIBUTE);
  if (kind_of(binder->nodes, name) != KIND_IDENTIFIER)
    return 0;
  const char *text = symbol_text(binder->symbols, binder_symbol(binder, name));
  for (size_t i = 0; i < sizeof DECORATORS / sizeof *DECORATORS; i++)
    if (strcmp(DECORATORS[i].name, text) == 0)
      return DECORATORS[i].flags;
  return 0;
}

void bind_decorated(Binder *binder, Node node) {
  Children children = nodes_children(binder->nodes, node);
  uint32_t flags = 0;
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(binder->nodes, children, i);
    Node part = child->node;
    if (child->kind == KIND_DECORATOR) {
      bind_all(binder, part);
      flags |= decorator_flags(binder, part);
    } else if (child->named) {
      binder->decorators = flags;
      bind_node(binder, part);
      binder->decorators = 0;
    }
  }
}

static uint32_t method_flags(const char *name, uint32_t decorators) {
  uint32_t flags = (decorators & DECORATOR_STATIC) ? FUNCTION_STATIC : FUNCTION_METHOD;
  if (decorators & DECORATOR_CLASS)
    flags |= FUNCTION_STATIC;
  if (decorators & DECORATOR_GETTER)
    flags |= FUNCTION_GETTER;
  if (decorators & DECORATOR_SETTER)
    flags |= FUNCTION_SETTER;
  if (decorators & DECORATOR_CACHED)
    flags |= FUNCTION_CACHED;
  for (size_t i = 0; i < sizeof SPECIAL_METHODS / sizeof *SPECIAL_METHODS; i++)
    if (strcmp(SPECIAL_METHODS[i].name, name) == 0)
      flags |= SPECIAL_METHODS[i].flags;
  return flags;
}

// --- bodies that say nothing

typedef enum BodyKind { BODY_REAL, BODY_EMPTY, BODY_ELLIPSIS } BodyKind;

// Of one statement: nothing (`pass`, a string, raising NotImplementedError), `...`, or something real.
static BodyKind statement_kind(Binder *binder, Node statement) {
  Kind kind = kind_of(binder->nodes, statement);
  if (kind == KIND_PASS_STATEMENT)
    return BODY_EMPTY;
  if (kind != KIND_EXPRESSION_STATEMENT && kind != KIND_RAISE_STATEMENT)
    return BODY_REAL;
  Node value = node_named(binder->nodes, statement, 0);
  if (kind == KIND_RAISE_STATEMENT) {
    if (kind_of(binder->nodes, value) == KIND_CALL)
      value = node_field(binder->nodes, value, FIELD_FUNCTION);
    bool is_abstract = kind_of(binder->nodes, value) == KIND_IDENTIFIER &&
                       strcmp(symbol_text(binder->symbols, binder_symbol(binder, value)), "NotImplementedError") == 0;
    return is_abstract ? BODY_EMPTY : BODY_REAL;
  }
  if (kind_of(binder->nodes, value) == KIND_ELLIPSIS)
    return BODY_ELLIPSIS;
  return kind_of(binder->nodes, value) == KIND_STRING ? BODY_EMPTY : BODY_REAL;
}

static BodyKind body_kind(Binder *binder, Node body) {
  Children children = nodes_children(binder->nodes, body);
  BodyKind kind = BODY_EMPTY;
  for (uint32_t i = 0, seen = 0; i < children.count && kind != BODY_REAL; i++) {
    const Child *child = nodes_child(binder->nodes, children, i);
    if (!child->named)
      continue;
    BodyKind next = ++seen > 2 ? BODY_REAL : statement_kind(binder, child->node);
    if (next != BODY_EMPTY)
      kind = next;
  }
  return kind;
}

static bool is_protocol(Binder *binder, ScopeId scope) {
  return scopes_get(binder->scopes, scope)->protocol;
}

static bool is_abstract(Binder *binder, ScopeId scope, Node body, uint32_t decorators) {
  BodyKind kind = body_kind(binder, body);
  bool declared = (decorators & DECORATOR_ABSTRACT) || is_protocol(binder, scope);
  return kind == BODY_ELLIPSIS || (kind == BODY_EMPTY && declared);
}

// --- functions

// Makes the scope of a definition, before those of its default values and type parameters: scopes are added in the
// order of the source.
static ScopeId add_scope(Binder *binder, ScopeKind kind, Node node) {
  ScopeId id;
  scopes_add(binder->scopes, kind, binder->scope, nodes_span(binder->nodes, node), &id);
  return id;
}

// Puts a scope that was added earlier into the current one and makes it the current one.
static Scope *open_scope(Binder *binder, ScopeId id) {
  Scope *scope = scopes_get(binder->scopes, id);
  scope->parent = binder->scope;
  binder->scope = id;
  return scope;
}

// Declares a function whose name stands in the scope `outer`, and opens its own scope.
static Function *open_function(Binder *binder, ScopeId outer_id, ScopeId scope_id, Node node, Symbol name,
                               uint32_t decorators) {
  Scope outer = *scopes_get(binder->scopes, outer_id);
  FunctionId id;
  Function *function = builder_declare_function(binder->builder, &id);
  const char *text = symbol_text(binder->symbols, name);
  function->name = name;
  function->qualified = symbol_join(binder->symbols, outer.qualified, name);
  function->parent = outer.function;
  function->span = nodes_span(binder->nodes, node);
  if (is_private(text))
    function->flags |= FUNCTION_PRIVATE;
  if (outer.kind == SCOPE_CLASS && name) {
    function->class_id = outer.class_id;
    function->flags |= method_flags(text, decorators);
    array_push(binder->arena, &binder->module->classes.items[outer.class_id].members, ((ClassMember){name, id}));
  }
  Scope *inner = open_scope(binder, scope_id);
  inner->function = id, inner->qualified = function->qualified;
  return function;
}

static void bind_parameter_name(Binder *binder, Node node, bool receiver) {
  if (kind_of(binder->nodes, node) != KIND_IDENTIFIER) {
    bind_as_target(binder, node);
    return;
  }
  bind_name(binder, node)->flags |= NAME_PARAMETER | (receiver ? NAME_SELF : 0);
}

static void bind_parameters(Binder *binder, Node parameters, bool has_receiver) {
  Children children = nodes_children(binder->nodes, parameters);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(binder->nodes, children, i);
    if (!child->named)
      continue;
    ParameterSyntax parameter = parameter_read(binder->nodes, child->node);
    if (!parameter.name)
      continue;
    bind_parameter_name(binder, parameter.name, has_receiver && !parameter.flags);
    has_receiver = false;
  }
}

// Default values and annotations, which belong to the scope around the function.
static void bind_parameter_expressions(Binder *binder, Node parameters) {
  Children children = nodes_children(binder->nodes, parameters);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(binder->nodes, children, i);
    if (!child->named)
      continue;
    ParameterSyntax parameter = parameter_read(binder->nodes, child->node);
    bind_node(binder, parameter.type);
    bind_node(binder, parameter.standard);
  }
}

// `[T: bound, *Ts, **P]`: a scope of its own around what it belongs to; each parameter's first identifier is its name.
static void open_type_parameters(Binder *binder, Node node) {
  if (!node)
    return;
  scopes_add(binder->scopes, SCOPE_INLINE, binder->scope, nodes_span(binder->nodes, node), &binder->scope);
  Children children = nodes_children(binder->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    Node name = nodes_child(binder->nodes, children, i)->node;
    bind_node(binder, name);
    while (name && kind_of(binder->nodes, name) != KIND_IDENTIFIER)
      name = node_named(binder->nodes, name, 0);
    if (name)
      bind_name(binder, name);
  }
}

void bind_function(Binder *binder, Node node) {
  uint32_t decorators = binder->decorators;
  binder->decorators = 0;
  ScopeId outer = binder->scope;
  Children children = nodes_children(binder->nodes, node);
  Node name = nodes_field(binder->nodes, children, FIELD_NAME);
  Node parameters = nodes_field(binder->nodes, children, FIELD_PARAMETERS);
  Node body = nodes_field(binder->nodes, children, FIELD_BODY);
  Node type_parameters = nodes_field(binder->nodes, children, FIELD_TYPE_PARAMETERS);
  Node return_type = nodes_field(binder->nodes, children, FIELD_RETURN_TYPE);
  bool async = has_kind(binder->nodes, children, KIND_TOKEN_ASYNC);
  Symbol symbol = name ? binder_symbol(binder, name) : 0;
  if (symbol)
    bind_name(binder, name);
  ScopeId scope = add_scope(binder, SCOPE_FUNCTION, node);
  open_type_parameters(binder, type_parameters);
  bind_parameter_expressions(binder, parameters);
  bind_node(binder, return_type);
  bool abstract = is_abstract(binder, outer, body, decorators);
  Function *function = open_function(binder, outer, scope, node, symbol, decorators);
  function->name_span = nodes_span(binder->nodes, name ? name : node);
  function->flags |= (async ? FUNCTION_ASYNC : 0) | (abstract ? FUNCTION_ABSTRACT : 0);
  bind_parameters(binder, parameters, function->flags & FUNCTION_METHOD);
  bind_all(binder, body);
  binder->scope = outer;
}

void bind_lambda(Binder *binder, Node node) {
  ScopeId outer = binder->scope;
  Symbol name = binder->assigned_name;
  binder->assigned_name = 0;
  Children children = nodes_children(binder->nodes, node);
  Node parameters = nodes_field(binder->nodes, children, FIELD_PARAMETERS);
  Node body = nodes_field(binder->nodes, children, FIELD_BODY);
  ScopeId scope = add_scope(binder, SCOPE_FUNCTION, node);
  bind_parameter_expressions(binder, parameters);
  Function *function = open_function(binder, outer, scope, node, name, 0);
  function->name_span = (Span){function->span.start, function->span.start + (uint32_t)strlen("lambda")};
  function->flags |= FUNCTION_LAMBDA;
  bind_parameters(binder, parameters, function->flags & FUNCTION_METHOD);
  bind_node(binder, body);
  binder->scope = outer;
}

// --- classes

static bool names_protocol(Binder *binder, Node base) {
  if (kind_of(binder->nodes, base) == KIND_SUBSCRIPT)
    base = node_field(binder->nodes, base, FIELD_VALUE);
  if (kind_of(binder->nodes, base) == KIND_ATTRIBUTE)
    base = node_field(binder->nodes, base, FIELD_ATTRIBUTE);
  return kind_of(binder->nodes, base) == KIND_IDENTIFIER &&
         strcmp(symbol_text(binder->symbols, binder_symbol(binder, base)), "Protocol") == 0;
}

static bool has_protocol_base(Binder *binder, Node bases) {
  Children children = nodes_children(binder->nodes, bases);
  bool found = false;
  for (uint32_t i = 0; i < children.count && !found; i++)
    found = names_protocol(binder, nodes_child(binder->nodes, children, i)->node);
  return found;
}

static void open_class(Binder *binder, ScopeId outer_id, ScopeId scope_id, Node node, Node name) {
  Scope outer = *scopes_get(binder->scopes, outer_id);
  ClassId id;
  Class *class = builder_declare_class(binder->builder, &id);
  class->name = name ? binder_symbol(binder, name) : 0;
  class->qualified = symbol_join(binder->symbols, outer.qualified, class->name);
  class->function = outer.function;
  class->span = nodes_span(binder->nodes, node);
  class->name_span = nodes_span(binder->nodes, name ? name : node);
  Scope *inner = open_scope(binder, scope_id);
  inner->class_id = id, inner->qualified = class->qualified;
}

void bind_class(Binder *binder, Node node) {
  binder->decorators = 0;
  ScopeId outer = binder->scope;
  Children children = nodes_children(binder->nodes, node);
  Node name = nodes_field(binder->nodes, children, FIELD_NAME);
  Node bases = nodes_field(binder->nodes, children, FIELD_SUPERCLASSES);
  Node body = nodes_field(binder->nodes, children, FIELD_BODY);
  Node type_parameters = nodes_field(binder->nodes, children, FIELD_TYPE_PARAMETERS);
  if (name)
    bind_name(binder, name);
  ScopeId scope = add_scope(binder, SCOPE_CLASS, node);
  open_type_parameters(binder, type_parameters);
  bind_node(binder, bases);
  open_class(binder, outer, scope, node, name);
  scopes_get(binder->scopes, scope)->protocol = has_protocol_base(binder, bases);
  bind_all(binder, body);
  binder->scope = outer;
}

// --- exports

// Without `__all__`, what does not start with an underscore.
static bool is_exported(const Binder *binder, Symbol name) {
  if (!binder->module->has_exports)
    return name && !is_private(symbol_text(binder->symbols, name));
  const Name *entry = scopes_find(binder->scopes, 1, name);
  return entry && (entry->flags & NAME_EXPORTED);
}

// A class of the module's top level, or one inside such a class.
static void export_class(Binder *binder, Class *class) {
  const char *dot = strchr(symbol_text(binder->symbols, class->qualified), '.');
  bool exported = dot ? !is_private(symbol_text(binder->symbols, class->name)) : is_exported(binder, class->name);
  if (class->function == 1 && exported)
    class->flags |= CLASS_EXPORTED;
}

void bind_exports(Binder *binder) {
  Module *module = binder->module;
  for (ClassId id = 1; id < module->classes.count; id++)
    export_class(binder, &module->classes.items[id]);
  for (FunctionId id = 2; id < module->functions.count; id++) {
    Function *function = &module->functions.items[id];
    bool exported = function->class_id ? (module->classes.items[function->class_id].flags & CLASS_EXPORTED) &&
                                             !(function->flags & FUNCTION_PRIVATE)
                                       : function->parent == 1 && is_exported(binder, function->name);
    if (exported)
      function->flags |= FUNCTION_EXPORTED;
  }
}
