// Walks the tree once with a cursor, keeping a frame for each node on the way down; what a name means depends on the
// place it stands in, its mode, which the node around it passes on.
#include "bindings.h"
#include <stdlib.h>
#include <string.h>

typedef enum Mode {
  MODE_READ,    // an expression
  MODE_INHERIT, // (in the table only) as the node around
  MODE_WRITE,   // what is assigned to
  MODE_VAR,     // declarations
  MODE_LET,
  MODE_CONST,
  MODE_PARAMETER,
  MODE_FUNCTION_NAME, // declared around the function
  MODE_CLASS_NAME,
  MODE_TYPE_NAME,
  MODE_TYPE, // names a type
  MODE_JSX_NAME,
  MODE_SKIP,
} Mode;

// How the children of a node stand: by its kind and the child's field.
static const uint8_t MODES[KIND_COUNT][FIELD_COUNT] = {
    [KIND_VARIABLE_DECLARATION] = {[FIELD_NONE] = MODE_VAR},
    [KIND_LEXICAL_DECLARATION] = {[FIELD_NONE] = MODE_INHERIT},
    [KIND_USING_DECLARATION] = {[FIELD_NONE] = MODE_CONST},
    [KIND_VARIABLE_DECLARATOR] = {[FIELD_NAME] = MODE_INHERIT, [FIELD_TYPE] = MODE_TYPE},
    [KIND_FOR_IN] = {[FIELD_LEFT] = MODE_INHERIT},
    [KIND_CATCH] = {[FIELD_PARAMETER] = MODE_LET, [FIELD_TYPE] = MODE_SKIP},
    [KIND_ASSIGNMENT] = {[FIELD_LEFT] = MODE_WRITE},
    [KIND_AUGMENTED_ASSIGNMENT] = {[FIELD_LEFT] = MODE_WRITE},
    [KIND_UPDATE] = {[FIELD_ARGUMENT] = MODE_WRITE},
    [KIND_OBJECT_PATTERN] = {[FIELD_NONE] = MODE_INHERIT},
    [KIND_ARRAY_PATTERN] = {[FIELD_NONE] = MODE_INHERIT},
    [KIND_REST_PATTERN] = {[FIELD_NONE] = MODE_INHERIT},
    [KIND_PAIR_PATTERN] = {[FIELD_VALUE] = MODE_INHERIT},
    [KIND_ASSIGNMENT_PATTERN] = {[FIELD_LEFT] = MODE_INHERIT},
    [KIND_PARENTHESIZED] = {[FIELD_NONE] = MODE_INHERIT},
    [KIND_NON_NULL] = {[FIELD_NONE] = MODE_INHERIT},
    [KIND_AS] = {[FIELD_NONE] = MODE_INHERIT},
    [KIND_PARAMETERS] = {[FIELD_NONE] = MODE_PARAMETER},
    [KIND_PARAMETER] = {[FIELD_PATTERN] = MODE_INHERIT, [FIELD_NAME] = MODE_INHERIT, [FIELD_TYPE] = MODE_TYPE},
    [KIND_ARROW] = {[FIELD_PARAMETER] = MODE_PARAMETER},
    [KIND_FUNCTION_DECLARATION] = {[FIELD_NAME] = MODE_FUNCTION_NAME},
    [KIND_FUNCTION_EXPRESSION] = {[FIELD_NAME] = MODE_CONST},
    [KIND_CLASS_DECLARATION] = {[FIELD_NAME] = MODE_CLASS_NAME},
    [KIND_CLASS_EXPRESSION] = {[FIELD_NAME] = MODE_CONST},
    [KIND_FIELD_DEFINITION] = {[FIELD_TYPE] = MODE_TYPE},
    [KIND_ENUM] = {[FIELD_NAME] = MODE_CONST},
    [KIND_NAMESPACE] = {[FIELD_NAME] = MODE_CONST},
    [KIND_IMPORT_ALIAS] = {[FIELD_NONE] = MODE_INHERIT},
    [KIND_EXPORT_SPECIFIER] = {[FIELD_ALIAS] = MODE_SKIP},
    [KIND_JSX_OPENING] = {[FIELD_NAME] = MODE_JSX_NAME},
    [KIND_JSX_SELF_CLOSING] = {[FIELD_NAME] = MODE_JSX_NAME},
    [KIND_TYPE_PARAMETER] = {[FIELD_NAME] = MODE_TYPE_NAME},
    [KIND_TYPE_DECLARATION] = {[FIELD_NAME] = MODE_TYPE_NAME},
    [KIND_TYPE_ANNOTATION] = {[FIELD_NONE] = MODE_INHERIT},
    [KIND_UNION_TYPE] = {[FIELD_NONE] = MODE_INHERIT},
    [KIND_WRAPPED_TYPE] = {[FIELD_NONE] = MODE_INHERIT},
    [KIND_GENERIC_TYPE] = {[FIELD_NAME] = MODE_INHERIT, [FIELD_TYPE_ARGUMENTS] = MODE_INHERIT},
    [KIND_TYPE_ARGUMENTS] = {[FIELD_NONE] = MODE_INHERIT},
    [KIND_NESTED_TYPE_IDENTIFIER] = {[FIELD_MODULE] = MODE_INHERIT, [FIELD_NAME] = MODE_SKIP},
};

// A node on the way from the root to where the cursor stands.
typedef struct Frame {
  uint8_t kind; // Kind
  uint8_t mode; // Mode
  bool is_static;
  ScopeId scope;       // that its children are in
  FunctionId function; // likewise
  Symbol import_path;  // of the value that a pattern takes apart
  Symbol base;         // of a class body: the name of the class that it extends
  FunctionId maker;    // of a class body: its constructor, once known
  Span body;           // of a class body
} Frame;

typedef struct Definition {
  uint32_t start;
  FunctionId function;
} Definition;

// Of a function: what the lowering asks for, and what finds the owner of `this`.
typedef struct FunctionFact {
  FunctionId parent;
  bool arrow, uses_this;
} FunctionFact;

struct Bindings {
  Arena *arena;
  Builder *builder;
  Nodes *nodes;
  Symbols *symbols;
  const Grammar *grammar;
  Scopes *scopes;
  ARRAY(Frame) frames;
  ARRAY(Definition) definitions;
  ARRAY(FunctionFact) functions; // by FunctionId
};

// --- functions

static FunctionId declare_function(Bindings *bindings, Span span, FunctionId parent, bool arrow) {
  FunctionId id;
  Function *function = builder_declare_function(bindings->builder, &id);
  function->parent = parent, function->span = span;
  array_push(bindings->arena, &bindings->functions, ((FunctionFact){parent, arrow, false}));
  array_push(bindings->arena, &bindings->definitions, ((Definition){span.start, id}));
  return id;
}

static void note_this(Bindings *bindings, FunctionId function) {
  while (bindings->functions.items[function].arrow)
    function = bindings->functions.items[function].parent;
  bindings->functions.items[function].uses_this = true;
}

// --- names

static Symbol text_of(const Bindings *bindings, TSNode node) {
  return nodes_symbol(bindings->nodes, bindings->symbols, node);
}

static void declare_in(Bindings *bindings, ScopeId scope, Mode mode, Symbol import_path, TSNode node) {
  Declaration declaration = {
      .name = text_of(bindings, node),
      .span = nodes_span(node),
      .import_path = import_path,
      .parameter = mode == MODE_PARAMETER,
      .constant = mode == MODE_CONST,
      .type_only = mode == MODE_TYPE_NAME,
  };
  if (mode == MODE_VAR)
    scope = scopes_hoisting(bindings->scopes, scope);
  scopes_declare(bindings->scopes, scope, &declaration);
}

static Frame *frame_around(Bindings *bindings, uint32_t levels) {
  uint32_t count = bindings->frames.count;
  return &bindings->frames.items[count > levels ? count - 1 - levels : 0];
}

static bool is_lower_case(const Bindings *bindings, TSNode node) {
  uint32_t length;
  const char *text = nodes_text(bindings->nodes, node, &length);
  return length && text[0] >= 'a' && text[0] <= 'z';
}

static bool enter_name(Bindings *bindings, Frame *frame, TSNode node) {
  if (ts_node_start_byte(node) == ts_node_end_byte(node))
    return false;
  switch ((Mode)frame->mode) {
  case MODE_READ:
  case MODE_TYPE:
  case MODE_WRITE:
    scopes_use(bindings->scopes, frame->scope, text_of(bindings, node), ts_node_start_byte(node),
               frame->mode == MODE_WRITE);
    break;
  case MODE_JSX_NAME:
    if (is_lower_case(bindings, node))
      break;
    scopes_use(bindings->scopes, frame->scope, text_of(bindings, node), ts_node_start_byte(node), false);
    break;
  // Declared around the node that the name belongs to.
  case MODE_FUNCTION_NAME:
  case MODE_CLASS_NAME:
    declare_in(bindings, frame_around(bindings, 2)->scope, frame->mode, 0, node);
    break;
  case MODE_TYPE_NAME:
    declare_in(bindings, frame->scope, frame->mode, 0, node);
    break;
  case MODE_INHERIT:
  case MODE_SKIP:
    break;
  default:
    declare_in(bindings, frame->scope, frame->mode, frame->import_path, node);
    break;
  }
  Frame *around = frame_around(bindings, 1);
  if (around->kind == KIND_IMPORT_ALIAS)
    around->mode = MODE_READ; // the names after the first
  return false;
}

static bool enter_type_name(Bindings *bindings, Frame *frame, TSNode node) {
  return frame->mode != MODE_READ && enter_name(bindings, frame, node);
}

// --- scopes

static void open_scope(Bindings *bindings, Frame *frame) {
  frame->scope = scopes_open(bindings->scopes, frame->scope, frame->function, false, false);
}

static bool enter_scope(Bindings *bindings, Frame *frame, TSNode node) {
  (void)node;
  open_scope(bindings, frame);
  return true;
}

static bool enter_block(Bindings *bindings, Frame *frame, TSNode node) {
  (void)node;
  switch (frame_around(bindings, 1)->kind) {
  case KIND_FUNCTION_DECLARATION:
  case KIND_FUNCTION_EXPRESSION:
  case KIND_ARROW:
  case KIND_METHOD:
  case KIND_CATCH:
    return true; // shares the scope of the parameters
  case KIND_NAMESPACE:
    frame->scope = scopes_open(bindings->scopes, frame->scope, 1, true, true);
    return true;
  case KIND_STATIC_BLOCK:
    frame->scope = scopes_open(bindings->scopes, frame->scope, frame->function, true, false);
    return true;
  default:
    open_scope(bindings, frame);
    return true;
  }
}

static void open_function(Bindings *bindings, Frame *frame, FunctionId function) {
  frame->function = function;
  frame->import_path = 0;
  frame->scope = scopes_open(bindings->scopes, frame->scope, function, true, false);
}

static bool enter_function(Bindings *bindings, Frame *frame, TSNode node) {
  open_function(bindings, frame,
                declare_function(bindings, nodes_span(node), frame->function, frame->kind == KIND_ARROW));
  return true;
}

// The explicit constructor is known since its class body was entered.
static bool enter_method(Bindings *bindings, Frame *frame, TSNode node) {
  Span span = nodes_span(node);
  FunctionId function = frame_around(bindings, 1)->maker;
  if (!function || builder_module(bindings->builder)->functions.items[function].span.start != span.start)
    function = declare_function(bindings, span, frame->function, false);
  open_function(bindings, frame, function);
  return true;
}

static bool enter_class(Bindings *bindings, Frame *frame, TSNode node) {
  (void)node;
  open_scope(bindings, frame);
  frame->base = 0;
  return true;
}

static bool is_constructor(const Bindings *bindings, TSNode method) {
  TSNode name = ts_node_child_by_field_id(method, bindings->grammar->field_ids[FIELD_NAME]);
  uint32_t length = 0;
  const char *text = ts_node_is_null(name) ? "" : nodes_text(bindings->nodes, name, &length);
  return length == 11 && !memcmp(text, "constructor", 11);
}

// Fields run in the constructor, wherever that stands.
static bool enter_class_body(Bindings *bindings, Frame *frame, TSNode node) {
  frame->maker = 0, frame->body = nodes_span(node);
  Children members = nodes_children(bindings->nodes, node);
  for (uint32_t i = 0; i < members.count && !frame->maker; i++) {
    const Child *member = nodes_child(bindings->nodes, members, i);
    if (member->kind == KIND_METHOD && is_constructor(bindings, member->node))
      frame->maker = declare_function(bindings, nodes_span(member->node), frame->function, false);
  }
  nodes_release(bindings->nodes, members);
  return true;
}

static bool enter_heritage(Bindings *bindings, Frame *frame, TSNode node) {
  (void)frame;
  TSNode base = ts_node_named_child(node, 0);
  if (nodes_kind(bindings->nodes, base) == KIND_EXTENDS)
    base = ts_node_named_child(base, 0);
  if (!ts_node_is_null(base) && nodes_kind(bindings->nodes, base) == KIND_IDENTIFIER)
    frame_around(bindings, 1)->base = text_of(bindings, base);
  return true;
}

// The value of a field that is not static belongs to the constructor, which is made for it where there is none.
static void enter_field_value(Bindings *bindings, Frame *field, Frame *class_body) {
  if (field->is_static)
    return;
  if (!class_body->maker)
    class_body->maker = declare_function(bindings, class_body->body, class_body->function, false);
  if (field->function != class_body->maker)
    open_function(bindings, field, class_body->maker);
}

static bool enter_field(Bindings *bindings, Frame *frame, TSNode node) {
  Frame *class_body = frame_around(bindings, 1);
  Children parts = nodes_children(bindings->nodes, node);
  bool runs = false;
  for (uint32_t i = 0; i < parts.count; i++) {
    const Child *part = nodes_child(bindings->nodes, parts, i);
    uint8_t field = bindings->grammar->fields[part->field];
    frame->is_static |= part->kind == KIND_STATIC;
    runs |= field == FIELD_VALUE || field == FIELD_TYPE;
  }
  nodes_release(bindings->nodes, parts);
  if (runs && class_body->kind == KIND_CLASS_BODY)
    enter_field_value(bindings, frame, class_body);
  return true;
}

static bool enter_this(Bindings *bindings, Frame *frame, TSNode node) {
  note_this(bindings, frame->function);
  if (frame->kind != KIND_SUPER)
    return false;
  for (uint32_t i = bindings->frames.count; i-- > 0;)
    if (bindings->frames.items[i].kind == KIND_CLASS_DECLARATION ||
        bindings->frames.items[i].kind == KIND_CLASS_EXPRESSION) {
      scopes_use(bindings->scopes, frame->scope, bindings->frames.items[i].base, ts_node_start_byte(node), false);
      break;
    }
  return false;
}

// --- declarations

static bool enter_for_in(Bindings *bindings, Frame *frame, TSNode node) {
  (void)node;
  open_scope(bindings, frame);
  frame->mode = MODE_WRITE;
  return true;
}

static bool enter_let(Bindings *bindings, Frame *frame, TSNode node) {
  (void)node;
  static const uint8_t MODE_OF[KIND_COUNT] = {
      [KIND_VAR] = MODE_VAR, [KIND_LET] = MODE_LET, [KIND_CONST] = MODE_CONST, [KIND_USING] = MODE_CONST};
  Frame *around = frame_around(bindings, 1);
  if (around->kind == KIND_FOR_IN || around->kind == KIND_LEXICAL_DECLARATION)
    around->mode = MODE_OF[frame->kind];
  return false;
}

static bool enter_declarator(Bindings *bindings, Frame *frame, TSNode node) {
  TSNode value = ts_node_child_by_field_id(node, bindings->grammar->field_ids[FIELD_VALUE]);
  frame->import_path =
      ts_node_is_null(value) ? 0 : bindings_require(bindings->nodes, bindings->grammar, bindings->symbols, value);
  return true;
}

// `{name: …}` of module m is "m.name".
static bool enter_pair_pattern(Bindings *bindings, Frame *frame, TSNode node) {
  TSNode key = ts_node_child_by_field_id(node, bindings->grammar->field_ids[FIELD_KEY]);
  if (!frame->import_path || ts_node_is_null(key))
    return true;
  bool plain = nodes_kind(bindings->nodes, key) == KIND_PROPERTY;
  frame->import_path = plain ? symbol_join(bindings->symbols, frame->import_path, text_of(bindings, key)) : 0;
  return true;
}

static bool enter_shorthand_pattern(Bindings *bindings, Frame *frame, TSNode node) {
  if (frame->import_path)
    frame->import_path = symbol_join(bindings->symbols, frame->import_path, text_of(bindings, node));
  return enter_name(bindings, frame, node);
}

static bool enter_other_pattern(Bindings *bindings, Frame *frame, TSNode node) {
  (void)bindings, (void)node;
  frame->import_path = 0;
  return true;
}

static bool enter_import_alias(Bindings *bindings, Frame *frame, TSNode node) {
  (void)bindings, (void)node;
  frame->mode = MODE_CONST;
  return true;
}

// `namespace A.B {}` declares A.
static bool enter_namespace(Bindings *bindings, Frame *frame, TSNode node) {
  TSNode name = ts_node_child_by_field_id(node, bindings->grammar->field_ids[FIELD_NAME]);
  frame->mode = MODE_READ;
  return !ts_node_is_null(name) && nodes_kind(bindings->nodes, name) != KIND_STRING;
}

// --- imports

static void import_name(Bindings *bindings, const Frame *frame, Symbol path, TSNode name) {
  declare_in(bindings, frame->scope, MODE_CONST, path, name);
}

// The default of a module is the module itself: "m", not "m.default".
static Symbol import_path_of(const Bindings *bindings, Symbol path, TSNode name) {
  Symbol text = text_of(bindings, name);
  bool is_default = text == symbol_of_string(bindings->symbols, "default");
  return is_default ? path : symbol_join(bindings->symbols, path, text);
}

static void import_specifier(Bindings *bindings, const Frame *frame, Symbol path, TSNode specifier) {
  TSNode name = ts_node_child_by_field_id(specifier, bindings->grammar->field_ids[FIELD_NAME]);
  TSNode alias = ts_node_child_by_field_id(specifier, bindings->grammar->field_ids[FIELD_ALIAS]);
  if (ts_node_is_null(name))
    return;
  import_name(bindings, frame, import_path_of(bindings, path, name), ts_node_is_null(alias) ? name : alias);
}

// Goes through an import clause; it is at most three levels deep.
static void import_from(Bindings *bindings, const Frame *frame, Symbol path, TSNode node) {
  Children parts = nodes_children(bindings->nodes, node);
  for (uint32_t i = 0; i < parts.count; i++) {
    Child part = *nodes_child(bindings->nodes, parts, i);
    switch ((Kind)part.kind) {
    case KIND_IDENTIFIER:
      import_name(bindings, frame, path, part.node);
      break;
    case KIND_IMPORT_SPECIFIER:
      import_specifier(bindings, frame, path, part.node);
      break;
    case KIND_IMPORT_CLAUSE:
    case KIND_NAMESPACE_IMPORT:
    case KIND_NAMED_IMPORTS:
      import_from(bindings, frame, path, part.node);
      break;
    default:
      break;
    }
  }
  nodes_release(bindings->nodes, parts);
}

static Symbol source_path(Bindings *bindings, TSNode node, TSNode *source) {
  *source = ts_node_child_by_field_id(node, bindings->grammar->field_ids[FIELD_SOURCE]);
  return ts_node_is_null(*source) ? 0 : bindings_module_path(bindings->nodes, bindings->symbols, *source);
}

static bool enter_import(Bindings *bindings, Frame *frame, TSNode node) {
  TSNode source;
  Symbol path = source_path(bindings, node, &source);
  if (!path)
    return true; // an `import x = require('m')` has its source a level below
  import_from(bindings, frame, path, node);
  return false;
}

static bool enter_import_require(Bindings *bindings, Frame *frame, TSNode node) {
  TSNode source;
  import_from(bindings, frame, source_path(bindings, node, &source), node);
  return false;
}

static void import_re_exports(Bindings *bindings, Symbol path, TSNode clause) {
  Children specifiers = nodes_children(bindings->nodes, clause);
  for (uint32_t i = 0; i < specifiers.count; i++) {
    Child specifier = *nodes_child(bindings->nodes, specifiers, i);
    if (specifier.kind != KIND_EXPORT_SPECIFIER)
      continue;
    TSNode name = ts_node_child_by_field_id(specifier.node, bindings->grammar->field_ids[FIELD_NAME]);
    if (ts_node_is_null(name))
      continue;
    scopes_import(bindings->scopes, import_path_of(bindings, path, name), nodes_span(name));
  }
  nodes_release(bindings->nodes, specifiers);
}

// `export … from 'm'` imports without a name.
static bool enter_export(Bindings *bindings, Frame *frame, TSNode node) {
  (void)frame;
  TSNode source;
  Symbol path = source_path(bindings, node, &source);
  if (!path)
    return true;
  Children parts = nodes_children(bindings->nodes, node);
  bool names = false;
  for (uint32_t i = 0; i < parts.count; i++) {
    Child part = *nodes_child(bindings->nodes, parts, i);
    if (part.kind != KIND_EXPORT_CLAUSE)
      continue;
    import_re_exports(bindings, path, part.node);
    names = true;
  }
  nodes_release(bindings->nodes, parts);
  if (!names)
    scopes_import(bindings->scopes, path, nodes_span(source));
  return false;
}

// --- types

static bool enter_type(Bindings *bindings, Frame *frame, TSNode node) {
  (void)bindings, (void)frame, (void)node;
  return false;
}

static bool enter_type_name_part(Bindings *bindings, Frame *frame, TSNode node) {
  (void)bindings, (void)node;
  return frame->mode == MODE_TYPE;
}

// Only their names matter.
static bool enter_type_declaration(Bindings *bindings, Frame *frame, TSNode node) {
  TSNode name = ts_node_child_by_field_id(node, bindings->grammar->field_ids[FIELD_NAME]);
  if (!ts_node_is_null(name))
    declare_in(bindings, frame->scope, MODE_TYPE_NAME, 0, name);
  return false;
}

// --- the walk

// Looks at a node on the way down; true to go on to its children. Nodes without an entry just pass through.
typedef bool (*Enter)(Bindings *bindings, Frame *frame, TSNode node);

static const Enter ENTER[KIND_COUNT] = {
    [KIND_IDENTIFIER] = enter_name,
    [KIND_SHORTHAND_PROPERTY] = enter_name,
    [KIND_SHORTHAND_PATTERN] = enter_shorthand_pattern,
    [KIND_IMPORT] = enter_name,
    [KIND_TYPE_IDENTIFIER] = enter_type_name,
    [KIND_THIS] = enter_this,
    [KIND_SUPER] = enter_this,
    [KIND_BLOCK] = enter_block,
    [KIND_SWITCH_BODY] = enter_scope,
    [KIND_FOR] = enter_scope,
    [KIND_FOR_IN] = enter_for_in,
    [KIND_CATCH] = enter_scope,
    [KIND_FUNCTION_DECLARATION] = enter_function,
    [KIND_FUNCTION_EXPRESSION] = enter_function,
    [KIND_ARROW] = enter_function,
    [KIND_METHOD] = enter_method,
    [KIND_CLASS_DECLARATION] = enter_class,
    [KIND_CLASS_EXPRESSION] = enter_class,
    [KIND_CLASS_BODY] = enter_class_body,
    [KIND_CLASS_HERITAGE] = enter_heritage,
    [KIND_FIELD_DEFINITION] = enter_field,
    [KIND_VAR] = enter_let,
    [KIND_LET] = enter_let,
    [KIND_CONST] = enter_let,
    [KIND_USING] = enter_let,
    [KIND_VARIABLE_DECLARATOR] = enter_declarator,
    [KIND_PAIR_PATTERN] = enter_pair_pattern,
    [KIND_ARRAY_PATTERN] = enter_other_pattern,
    [KIND_REST_PATTERN] = enter_other_pattern,
    [KIND_IMPORT_ALIAS] = enter_import_alias,
    [KIND_NAMESPACE] = enter_namespace,
    [KIND_IMPORT_STATEMENT] = enter_import,
    [KIND_IMPORT_REQUIRE] = enter_import_require,
    [KIND_EXPORT_STATEMENT] = enter_export,
    [KIND_TYPE] = enter_type,
    [KIND_TYPE_DECLARATION] = enter_type_declaration,
    [KIND_TYPE_ANNOTATION] = enter_type_name_part,
    [KIND_UNION_TYPE] = enter_type_name_part,
    [KIND_WRAPPED_TYPE] = enter_type_name_part,
    [KIND_GENERIC_TYPE] = enter_type_name_part,
    [KIND_TYPE_ARGUMENTS] = enter_type_name_part,
    [KIND_NESTED_TYPE_IDENTIFIER] = enter_type_name_part,
    [KIND_ARRAY_TYPE] = enter_type,
    [KIND_LITERAL_TYPE] = enter_type,
    [KIND_ABSTRACT_METHOD] = enter_type,
};

// What a class or method computes for its own definition is evaluated around it.
static bool is_outside(uint8_t kind, uint8_t field) {
  return (kind == KIND_METHOD || kind == KIND_FIELD_DEFINITION) &&
         (field == FIELD_NAME || field == FIELD_PROPERTY || field == FIELD_DECORATOR);
}

static bool enter(Bindings *bindings, TSTreeCursor *cursor) {
  TSNode node = ts_tree_cursor_current_node(cursor);
  uint8_t field = bindings->grammar->fields[ts_tree_cursor_current_field_id(cursor)];
  Frame around = array_last(&bindings->frames), frame = around;
  frame.kind = nodes_kind(bindings->nodes, node);
  uint8_t mode = MODES[around.kind][field];
  frame.mode = mode == MODE_INHERIT ? around.mode : mode;
  frame.is_static = false;
  if (is_outside(around.kind, field)) {
    frame.scope = frame_around(bindings, 1)->scope;
    frame.function = frame_around(bindings, 1)->function;
  }
  array_push(bindings->arena, &bindings->frames, frame);
  Enter handler = ENTER[frame.kind];
  return !handler || handler(bindings, &array_last(&bindings->frames), node);
}

static void walk(Bindings *bindings, TSNode root) {
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  uint32_t depth = 0;
  bool down = ts_tree_cursor_goto_first_child(&cursor);
  depth += down;
  while (depth) {
    if (enter(bindings, &cursor) && ts_tree_cursor_goto_first_child(&cursor)) {
      depth++;
      continue;
    }
    bindings->frames.count--;
    while (depth && !ts_tree_cursor_goto_next_sibling(&cursor)) {
      ts_tree_cursor_goto_parent(&cursor);
      bindings->frames.count -= --depth > 0;
    }
  }
  ts_tree_cursor_delete(&cursor);
}

static int compare_definitions(const void *a, const void *b) {
  const Definition *left = a, *right = b;
  return (left->start > right->start) - (left->start < right->start);
}

Bindings *bindings_new(Arena *arena, Builder *builder, Nodes *nodes, const Syntax *syntax, const Grammar *grammar) {
  Bindings *bindings = ARENA_NEW(arena, Bindings);
  *bindings = (Bindings){.arena = arena, .builder = builder, .nodes = nodes, .grammar = grammar};
  bindings->symbols = builder_module(builder)->symbols;
  bindings->scopes = scopes_new(arena, builder);
  (void)array_add(arena, &bindings->functions);
  (void)array_add(arena, &bindings->functions);
  ScopeId top = scopes_open(bindings->scopes, 0, 1, true, true);
  array_push(arena, &bindings->frames, ((Frame){.kind = KIND_PROGRAM, .scope = top, .function = 1}));
  walk(bindings, syntax_root(syntax));
  scopes_resolve(bindings->scopes);
  if (bindings->definitions.count)
    qsort(bindings->definitions.items, bindings->definitions.count, sizeof(Definition), compare_definitions);
  return bindings;
}

// --- asking

VariableId bindings_variable(Bindings *bindings, TSNode name) {
  return scopes_variable(bindings->scopes, ts_node_start_byte(name));
}

bool bindings_is_cell(const Bindings *bindings, VariableId variable) {
  return scopes_is_cell(bindings->scopes, variable);
}

bool bindings_is_read(const Bindings *bindings, VariableId variable) {
  return scopes_is_read(bindings->scopes, variable);
}

FunctionId bindings_function(const Bindings *bindings, TSNode node) {
  uint32_t start = ts_node_start_byte(node), low = 0, high = bindings->definitions.count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (bindings->definitions.items[middle].start < start)
      low = middle + 1;
    else
      high = middle;
  }
  bool found = low < bindings->definitions.count && bindings->definitions.items[low].start == start;
  return found ? bindings->definitions.items[low].function : 0;
}

bool bindings_uses_this(const Bindings *bindings, FunctionId function) {
  return bindings->functions.items[function].uses_this;
}
