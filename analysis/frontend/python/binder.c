#include "binder.h"
#include <string.h>

typedef void (*BindHandler)(Binder *binder, Node node);

static BindHandler handler_of(Kind kind);

Symbol binder_symbol(const Binder *binder, Node node) {
  return nodes_symbol(binder->nodes, binder->symbols, node);
}

static void bind_kind(Binder *binder, Node node, Kind kind) {
  BindHandler handler = handler_of(kind);
  if (!handler || binder->depth >= PYTHON_DEPTH_LIMIT)
    return;
  binder->depth++;
  handler(binder, node);
  binder->depth--;
}

void bind_node(Binder *binder, Node node) {
  if (node)
    bind_kind(binder, node, kind_of(binder->nodes, node));
}

void bind_all(Binder *binder, Node node) {
  Children children = nodes_children(binder->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(binder->nodes, children, i);
    if (child->named)
      bind_kind(binder, child->node, child->kind);
  }
}

Name *bind_name(Binder *binder, Node identifier) {
  return scopes_bind(binder->scopes, binder->scope, binder_symbol(binder, identifier),
                     nodes_span(binder->nodes, identifier));
}

static void bind_children(Binder *binder, Node node) {
  bind_all(binder, node);
}

static void bind_use(Binder *binder, Node node) {
  python_scopes_use(binder->scopes, binder->scope, binder_symbol(binder, node));
}

// Binds the children, those with the field as targets.
static void bind_with_target(Binder *binder, Node node, Field field) {
  Children children = nodes_children(binder->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(binder->nodes, children, i);
    if (child->field == field)
      bind_as_target(binder, child->node);
    else if (child->named)
      bind_node(binder, child->node);
  }
}

// --- targets

static bool holds_targets(Kind kind) {
  switch (kind) {
  case KIND_PATTERN_LIST:
  case KIND_TUPLE_PATTERN:
  case KIND_LIST_PATTERN:
  case KIND_LIST_SPLAT_PATTERN:
  case KIND_LIST_SPLAT:
  case KIND_TUPLE:
  case KIND_LIST:
  case KIND_EXPRESSION_LIST:
  case KIND_PARENTHESIZED_EXPRESSION:
  case KIND_AS_PATTERN_TARGET:
    return true;
  default:
    return false;
  }
}

static void bind_target(Binder *binder, Node node) {
  Children children = nodes_children(binder->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(binder->nodes, children, i);
    if (child->named)
      bind_as_target(binder, child->node);
  }
}

void bind_as_target(Binder *binder, Node target) {
  Kind kind = kind_of(binder->nodes, target);
  if (kind == KIND_IDENTIFIER) {
    bind_name(binder, target);
  } else if (holds_targets(kind) && binder->depth < PYTHON_DEPTH_LIMIT) {
    binder->depth++;
    bind_target(binder, target);
    binder->depth--;
  } else {
    bind_node(binder, target);
  }
}

// --- statements that bind

static bool is_text(const Binder *binder, Node node, const char *text) {
  uint32_t length;
  const char *bytes = nodes_text(binder->nodes, node, &length);
  return length == strlen(text) && memcmp(bytes, text, length) == 0;
}

// `__all__ = ["a", "b"]`: the strings right in the value.
static void bind_exported_names(Binder *binder, Node list) {
  Children children = nodes_children(binder->nodes, list);
  for (uint32_t i = 0; i < children.count; i++) {
    Node node = nodes_child(binder->nodes, children, i)->node;
    Span span;
    if (kind_of(binder->nodes, node) != KIND_STRING || !string_contents(binder->nodes, node, &span))
      continue;
    uint32_t length;
    const char *bytes = nodes_text(binder->nodes, node, &length) + (span.start - nodes_span(binder->nodes, node).start);
    Symbol symbol = symbol_of(binder->symbols, bytes, span.end - span.start);
    python_scopes_declare(binder->scopes, 1, symbol, NAME_EXPORTED);
  }
}

static void note_exports(Binder *binder, Node left, Node right) {
  bool is_all = scopes_get(binder->scopes, binder->scope)->kind == SCOPE_MODULE &&
                kind_of(binder->nodes, left) == KIND_IDENTIFIER && is_text(binder, left, "__all__");
  if (!is_all)
    return;
  binder->module->has_exports = true;
  bind_exported_names(binder, right);
}

static void bind_assignment(Binder *binder, Node node) {
  Children children = nodes_children(binder->nodes, node);
  Node left = nodes_field(binder->nodes, children, FIELD_LEFT);
  Node right = nodes_field(binder->nodes, children, FIELD_RIGHT);
  Node type = nodes_field(binder->nodes, children, FIELD_TYPE);
  bool plain = kind_of(binder->nodes, left) == KIND_IDENTIFIER;
  note_exports(binder, left, right);
  if (plain && !right) // `x: int` makes x a name of the scope and gives it no value
    python_scopes_declare(binder->scopes, binder->scope, binder_symbol(binder, left), NAME_BOUND);
  else
    bind_as_target(binder, left);
  bind_node(binder, type);
  binder->assigned_name = plain && kind_of(binder->nodes, right) == KIND_LAMBDA ? binder_symbol(binder, left) : 0;
  bind_node(binder, right);
  binder->assigned_name = 0;
}

static void bind_augmented(Binder *binder, Node node) {
  Children children = nodes_children(binder->nodes, node);
  Node left = nodes_field(binder->nodes, children, FIELD_LEFT);
  note_exports(binder, left, nodes_field(binder->nodes, children, FIELD_RIGHT));
  bind_with_target(binder, node, FIELD_LEFT);
}

static void bind_delete(Binder *binder, Node node) {
  bind_target(binder, node);
}

static void bind_for(Binder *binder, Node node) {
  bind_with_target(binder, node, FIELD_LEFT);
}

static void bind_except(Binder *binder, Node node) {
  bind_with_target(binder, node, FIELD_ALIAS);
}

// A walrus binds in the scope around the comprehensions that it is in.
static void bind_named(Binder *binder, Node node) {
  Children children = nodes_children(binder->nodes, node);
  Node name = nodes_field(binder->nodes, children, FIELD_NAME),
       value = nodes_field(binder->nodes, children, FIELD_VALUE);
  ScopeId inner = binder->scope;
  while (scopes_get(binder->scopes, binder->scope)->kind == SCOPE_INLINE)
    binder->scope = scopes_get(binder->scopes, binder->scope)->parent;
  if (name)
    bind_name(binder, name);
  binder->scope = inner;
  bind_node(binder, value);
}

static void declare_names(Binder *binder, Node node, NameFlag flag) {
  if (binder->scope == 1)
    return;
  Children children = nodes_children(binder->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(binder->nodes, children, i);
    if (child->kind == KIND_IDENTIFIER)
      python_scopes_declare(binder->scopes, binder->scope, binder_symbol(binder, child->node), flag);
  }
}

static void bind_global(Binder *binder, Node node) {
  declare_names(binder, node, NAME_GLOBAL);
}

static void bind_nonlocal(Binder *binder, Node node) {
  declare_names(binder, node, NAME_NONLOCAL);
}

// `type X[T] = …`: the right side is evaluated when somebody asks for it, outside of what is analysed.
static void bind_type_alias(Binder *binder, Node node) {
  Node left = node_field(binder->nodes, node, FIELD_LEFT);
  while (left && kind_of(binder->nodes, left) != KIND_IDENTIFIER)
    left = node_named(binder->nodes, left, 0);
  if (left)
    bind_name(binder, left);
}

// --- imports

static void bind_import_as(Binder *binder, Node name_node, Symbol name, Symbol path) {
  Name *bound = scopes_bind(binder->scopes, binder->scope, name, nodes_span(binder->nodes, name_node));
  bound->flags |= NAME_IMPORT;
  if (!bound->import_path)
    bound->import_path = path;
}

// `package` and what is imported from it; a package that ends with a dot (`from . import x`) needs no other.
static Symbol import_path(Binder *binder, Symbol package, Symbol name) {
  const char *text = symbol_text(binder->symbols, package);
  size_t length = symbol_length(binder->symbols, package);
  if (!length || text[length - 1] != '.')
    return symbol_join(binder->symbols, package, name);
  return symbol_of_string(binder->symbols,
                          arena_printf(binder->arena, "%s%s", text, symbol_text(binder->symbols, name)));
}

// One name of an import list; `package` 0 for `import a.b`.
static void bind_imported(Binder *binder, Node node, Symbol package) {
  bool aliased = kind_of(binder->nodes, node) == KIND_ALIASED_IMPORT;
  Node dotted = aliased ? node_field(binder->nodes, node, FIELD_NAME) : node;
  Node alias = aliased ? node_field(binder->nodes, node, FIELD_ALIAS) : 0;
  Node first = node_named(binder->nodes, dotted, 0);
  if (!first)
    return;
  Symbol path = dotted_symbol(binder->nodes, binder->symbols, dotted);
  if (alias)
    bind_import_as(binder, alias, binder_symbol(binder, alias), import_path(binder, package, path));
  else // `import a.b` binds a
    bind_import_as(binder, first, binder_symbol(binder, first),
                   package ? import_path(binder, package, path) : binder_symbol(binder, first));
}

static void bind_import_list(Binder *binder, Node node, Symbol package) {
  Children children = nodes_children(binder->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(binder->nodes, children, i);
    if (child->field == FIELD_NAME)
      bind_imported(binder, child->node, package);
  }
}

static void bind_import(Binder *binder, Node node) {
  bind_import_list(binder, node, 0);
}

static Symbol package_of(Binder *binder, Node node) {
  if (kind_of(binder->nodes, node) != KIND_RELATIVE_IMPORT)
    return dotted_symbol(binder->nodes, binder->symbols, node);
  Node prefix = node_named(binder->nodes, node, 0);
  Symbol dots = prefix ? binder_symbol(binder, prefix) : 0;
  Symbol name = dotted_symbol(binder->nodes, binder->symbols, node_named(binder->nodes, node, 1));
  return import_path(binder, dots, name);
}

static void bind_import_from(Binder *binder, Node node) {
  Node module = node_field(binder->nodes, node, FIELD_MODULE_NAME);
  if (module)
    bind_import_list(binder, node, package_of(binder, module));
}

// --- expressions

static void bind_attribute(Binder *binder, Node node) {
  bind_node(binder, node_field(binder->nodes, node, FIELD_OBJECT));
}

static void bind_keyword_argument(Binder *binder, Node node) {
  bind_node(binder, node_field(binder->nodes, node, FIELD_VALUE));
}

static void bind_member_type(Binder *binder, Node node) {
  bind_node(binder, node_named(binder->nodes, node, 0));
}

static void bind_yield(Binder *binder, Node node) {
  FunctionId function = scopes_get(binder->scopes, binder->scope)->function;
  if (function != 1)
    binder->module->functions.items[function].flags |= FUNCTION_GENERATOR;
  bind_all(binder, node);
}

// The targets and sources of a `for … in …` clause; `outer` is the scope that the sources are read in.
static void bind_for_in(Binder *binder, Node clause, ScopeId outer) {
  ScopeId inner = binder->scope;
  Children children = nodes_children(binder->nodes, clause);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(binder->nodes, children, i);
    if (!child->named)
      continue;
    if (child->field == FIELD_LEFT) {
      bind_as_target(binder, child->node);
    } else {
      binder->scope = outer;
      bind_node(binder, child->node);
      binder->scope = inner;
    }
  }
}

static void bind_comprehension(Binder *binder, Node node) {
  ScopeId outer = binder->scope, source = outer;
  scopes_add(binder->scopes, SCOPE_INLINE, outer, nodes_span(binder->nodes, node), &binder->scope);
  Children children = nodes_children(binder->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(binder->nodes, children, i);
    if (child->kind == KIND_FOR_IN_CLAUSE) {
      bind_for_in(binder, child->node, source);
      source = binder->scope;
    } else if (child->named) {
      bind_node(binder, child->node);
    }
  }
  binder->scope = outer;
}

// --- patterns

static void bind_unless_wildcard(Binder *binder, Node identifier) {
  if (identifier && !is_text(binder, identifier, "_"))
    bind_name(binder, identifier);
}

// `case x` binds x, `case a.b` reads a.
static void bind_capture(Binder *binder, Node node) {
  Node first = node_named(binder->nodes, node, 0);
  if (node_named_count(binder->nodes, node) == 1)
    bind_unless_wildcard(binder, first);
  else
    bind_node(binder, first);
}

static void bind_as_pattern(Binder *binder, Node node) {
  Children children = nodes_children(binder->nodes, node);
  Node value = named_of(binder->nodes, children, 0), target = named_of(binder->nodes, children, 1);
  bind_node(binder, value);
  bind_as_target(binder, target);
}

// Binds the children but for the first, which names a class or an attribute.
static void bind_rest(Binder *binder, Node node, bool use_first) {
  Children children = nodes_children(binder->nodes, node);
  for (uint32_t i = 0, seen = 0; i < children.count; i++) {
    const Child *child = nodes_child(binder->nodes, children, i);
    if (!child->named)
      continue;
    Node part = child->node;
    if (seen++)
      bind_node(binder, part);
    else if (use_first)
      bind_node(binder, node_named(binder->nodes, part, 0));
  }
}

static void bind_class_pattern(Binder *binder, Node node) {
  bind_rest(binder, node, true);
}

static void bind_keyword_pattern(Binder *binder, Node node) {
  bind_rest(binder, node, false);
}

static void bind_dict_pattern(Binder *binder, Node node) {
  Children children = nodes_children(binder->nodes, node);
  for (uint32_t i = 0; i < children.count; i++) {
    const Child *child = nodes_child(binder->nodes, children, i);
    if (!child->named)
      continue;
    bool key = child->field == FIELD_KEY && child->kind == KIND_DOTTED_NAME;
    bind_node(binder, key ? node_named(binder->nodes, child->node, 0) : child->node);
  }
}

static void bind_splat_pattern(Binder *binder, Node node) {
  bind_unless_wildcard(binder, node_named(binder->nodes, node, 0));
}

// --- the table

#define bind_none NULL
static const BindHandler HANDLERS[KIND_COUNT] = {
    [KIND_OTHER] = bind_children,
#define NODE(kind, name, bind, expression, statement) [KIND_##kind] = bind_##bind,
#include "kinds.def"
#undef NODE
};

static BindHandler handler_of(Kind kind) {
  return HANDLERS[kind];
}

Scopes *python_bind(Arena *arena, Builder *builder, const Nodes *nodes, Node root) {
  Module *module = builder_module(builder);
  Binder binder = {.arena = arena, .builder = builder, .module = module, .symbols = module->symbols, .nodes = nodes};
  binder.scopes = python_scopes_new(arena, builder);
  scopes_add(binder.scopes, SCOPE_MODULE, 0, nodes_span(nodes, root), &binder.scope)->function = 1;
  bind_all(&binder, root);
  bind_exports(&binder);
  python_scopes_resolve(binder.scopes);
  return binder.scopes;
}
