// Walks the tree once without recursion, keeping a frame for each node on the way down; what a name means depends on
// the place it stands in, its mode, which the node around it passes on.
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

// A node on the way from the root to where the walk stands.
typedef struct Frame {
  uint8_t kind; // Kind
  uint8_t mode; // Mode
  bool is_static;
  ScopeId scope;       // that its children are in
  FunctionId function; // likewise
  Symbol import_path;  // of the value that a pattern takes apart
  Symbol base;         // of a class body: the name of the class that it extends
  FunctionId maker;    // of a class body: its constructor, once known
  Node next, end;      // the children to come
  Node body;           // of a class body: itself
} Frame;

typedef struct Definition {
  uint32_t start;
  FunctionId function;
} Definition;

// Of a function: what the lowering asks for, and what finds the owner of `this`.
typedef struct FunctionFact {
  Node node;
  FunctionId parent;
  bool arrow, uses_this;
} FunctionFact;

struct Bindings {
  Arena *arena;
  Builder *builder;
  const Tree *tree;
  Symbols *symbols;
  Scopes *scopes;
  ARRAY(Frame) frames;
  ARRAY(Definition) definitions;
  ARRAY(FunctionFact) functions; // by FunctionId
};

// --- functions

static FunctionId declare_function(Bindings *bindings, Node node, FunctionId parent, bool arrow) {
  Span span = tree_span(bindings->tree, node);
  FunctionId id;
  Function *function = builder_declare_function(bindings->builder, &id);
  function->parent = parent, function->span = span;
  array_push(bindings->arena, &bindings->functions, ((FunctionFact){node, parent, arrow, false}));
  array_push(bindings->arena, &bindings->definitions, ((Definition){span.start, id}));
  return id;
}

static void note_this(Bindings *bindings, FunctionId function) {
  while (bindings->functions.items[function].arrow)
    function = bindings->functions.items[function].parent;
  bindings->functions.items[function].uses_this = true;
}

// --- names

static Symbol text_of(const Bindings *bindings, Node node) {
  return tree_symbol(bindings->tree, bindings->symbols, node);
}

static void declare_in(Bindings *bindings, ScopeId scope, Mode mode, Symbol import_path, Node node) {
  Declaration declaration = {
      .name = text_of(bindings, node),
      .span = tree_span(bindings->tree, node),
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

static bool is_lower_case(const Bindings *bindings, Node node) {
  uint32_t length;
  const char *text = tree_text(bindings->tree, node, &length);
  return length && text[0] >= 'a' && text[0] <= 'z';
}

static bool enter_name(Bindings *bindings, Frame *frame, Node node) {
  if (tree_span(bindings->tree, node).start == tree_span(bindings->tree, node).end)
    return false;
  switch ((Mode)frame->mode) {
  case MODE_READ:
  case MODE_TYPE:
  case MODE_WRITE:
    scopes_use(bindings->scopes, frame->scope, text_of(bindings, node), tree_span(bindings->tree, node).start,
               frame->mode == MODE_WRITE);
    break;
  case MODE_JSX_NAME:
    if (is_lower_case(bindings, node))
      break;
    scopes_use(bindings->scopes, frame->scope, text_of(bindings, node), tree_span(bindings->tree, node).start, false);
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

static bool enter_type_name(Bindings *bindings, Frame *frame, Node node) {
  return frame->mode != MODE_READ && enter_name(bindings, frame, node);
}

// --- scopes

static void open_scope(Bindings *bindings, Frame *frame) {
  frame->scope = scopes_open(bindings->scopes, frame->scope, frame->function, false, false);
}

static bool enter_scope(Bindings *bindings, Frame *frame, Node node) {
  (void)node;
  open_scope(bindings, frame);
  return true;
}

static bool enter_block(Bindings *bindings, Frame *frame, Node node) {
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

static bool enter_function(Bindings *bindings, Frame *frame, Node node) {
  open_function(bindings, frame, declare_function(bindings, node, frame->function, frame->kind == KIND_ARROW));
  return true;
}

// The explicit constructor is known since its class body was entered.
static bool enter_method(Bindings *bindings, Frame *frame, Node node) {
  FunctionId function = frame_around(bindings, 1)->maker;
  if (!function || bindings_node(bindings, function) != node)
    function = declare_function(bindings, node, frame->function, false);
  open_function(bindings, frame, function);
  return true;
}

static bool enter_class(Bindings *bindings, Frame *frame, Node node) {
  (void)node;
  open_scope(bindings, frame);
  frame->base = 0;
  return true;
}

static bool is_constructor(const Bindings *bindings, Node method) {
  return tree_is(bindings->tree, tree_field(bindings->tree, method, FIELD_NAME), "constructor");
}

// Fields run in the constructor, wherever that stands.
static bool enter_class_body(Bindings *bindings, Frame *frame, Node node) {
  frame->maker = 0, frame->body = node;
  for (Node part = tree_first(bindings->tree, node); part < tree_end(bindings->tree, node); part++)
    if (!frame->maker && tree_kind(bindings->tree, part) == KIND_METHOD && is_constructor(bindings, part))
      frame->maker = declare_function(bindings, part, frame->function, false);
  return true;
}

static bool enter_heritage(Bindings *bindings, Frame *frame, Node node) {
  (void)frame;
  Node base = tree_operand(bindings->tree, node);
  if (tree_kind(bindings->tree, base) == KIND_EXTENDS)
    base = tree_operand(bindings->tree, base);
  if (base && tree_kind(bindings->tree, base) == KIND_IDENTIFIER)
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

static bool enter_field(Bindings *bindings, Frame *frame, Node node) {
  Frame *class_body = frame_around(bindings, 1);
  frame->is_static = tree_of_kind(bindings->tree, node, KIND_STATIC) != 0;
  bool runs = tree_field(bindings->tree, node, FIELD_VALUE) || tree_field(bindings->tree, node, FIELD_TYPE);
  if (runs && class_body->kind == KIND_CLASS_BODY)
    enter_field_value(bindings, frame, class_body);
  return true;
}

static bool enter_this(Bindings *bindings, Frame *frame, Node node) {
  note_this(bindings, frame->function);
  if (frame->kind != KIND_SUPER)
    return false;
  for (uint32_t i = bindings->frames.count; i-- > 0;)
    if (bindings->frames.items[i].kind == KIND_CLASS_DECLARATION ||
        bindings->frames.items[i].kind == KIND_CLASS_EXPRESSION) {
      scopes_use(bindings->scopes, frame->scope, bindings->frames.items[i].base, tree_span(bindings->tree, node).start,
                 false);
      break;
    }
  return false;
}

// --- declarations

static bool enter_for_in(Bindings *bindings, Frame *frame, Node node) {
  (void)node;
  open_scope(bindings, frame);
  frame->mode = MODE_WRITE;
  return true;
}

static bool enter_let(Bindings *bindings, Frame *frame, Node node) {
  (void)node;
  static const uint8_t MODE_OF[KIND_COUNT] = {
      [KIND_VAR] = MODE_VAR, [KIND_LET] = MODE_LET, [KIND_CONST] = MODE_CONST, [KIND_USING] = MODE_CONST};
  Frame *around = frame_around(bindings, 1);
  if (around->kind == KIND_FOR_IN || around->kind == KIND_LEXICAL_DECLARATION)
    around->mode = MODE_OF[frame->kind];
  return false;
}

static bool enter_declarator(Bindings *bindings, Frame *frame, Node node) {
  Node value = tree_field(bindings->tree, node, FIELD_VALUE);
  frame->import_path = !value ? 0 : bindings_require(bindings->tree, bindings->symbols, value);
  return true;
}

// `{name: …}` of module m is "m.name".
static bool enter_pair_pattern(Bindings *bindings, Frame *frame, Node node) {
  Node key = tree_field(bindings->tree, node, FIELD_KEY);
  if (!frame->import_path || !key)
    return true;
  bool plain = tree_kind(bindings->tree, key) == KIND_PROPERTY;
  frame->import_path = plain ? symbol_join(bindings->symbols, frame->import_path, text_of(bindings, key)) : 0;
  return true;
}

static bool enter_shorthand_pattern(Bindings *bindings, Frame *frame, Node node) {
  if (frame->import_path)
    frame->import_path = symbol_join(bindings->symbols, frame->import_path, text_of(bindings, node));
  return enter_name(bindings, frame, node);
}

static bool enter_other_pattern(Bindings *bindings, Frame *frame, Node node) {
  (void)bindings, (void)node;
  frame->import_path = 0;
  return true;
}

static bool enter_import_alias(Bindings *bindings, Frame *frame, Node node) {
  (void)bindings, (void)node;
  frame->mode = MODE_CONST;
  return true;
}

// `namespace A.B {}` declares A.
static bool enter_namespace(Bindings *bindings, Frame *frame, Node node) {
  Node name = tree_field(bindings->tree, node, FIELD_NAME);
  frame->mode = MODE_READ;
  return name && tree_kind(bindings->tree, name) != KIND_STRING;
}

// --- imports

static void import_name(Bindings *bindings, const Frame *frame, Symbol path, Node name) {
  declare_in(bindings, frame->scope, MODE_CONST, path, name);
}

// The default of a module is the module itself: "m", not "m.default".
static Symbol import_path_of(const Bindings *bindings, Symbol path, Node name) {
  Symbol text = text_of(bindings, name);
  bool is_default = text == symbol_of_string(bindings->symbols, "default");
  return is_default ? path : symbol_join(bindings->symbols, path, text);
}

static void import_specifier(Bindings *bindings, const Frame *frame, Symbol path, Node specifier) {
  Node name = tree_field(bindings->tree, specifier, FIELD_NAME);
  Node alias = tree_field(bindings->tree, specifier, FIELD_ALIAS);
  if (!name)
    return;
  import_name(bindings, frame, import_path_of(bindings, path, name), !alias ? name : alias);
}

// Goes through an import clause; it is at most three levels deep.
static void import_from(Bindings *bindings, const Frame *frame, Symbol path, Node node) {
  for (Node part = tree_first(bindings->tree, node); part < tree_end(bindings->tree, node); part++) {
    switch (tree_kind(bindings->tree, part)) {
    case KIND_IDENTIFIER:
      import_name(bindings, frame, path, part);
      break;
    case KIND_IMPORT_SPECIFIER:
      import_specifier(bindings, frame, path, part);
      break;
    case KIND_IMPORT_CLAUSE:
    case KIND_NAMESPACE_IMPORT:
    case KIND_NAMED_IMPORTS:
      import_from(bindings, frame, path, part);
      break;
    default:
      break;
    }
  }
}

static Symbol source_path(Bindings *bindings, Node node, Node *source) {
  *source = tree_field(bindings->tree, node, FIELD_SOURCE);
  return !*source ? 0 : bindings_module_path(bindings->tree, bindings->symbols, *source);
}

static bool enter_import(Bindings *bindings, Frame *frame, Node node) {
  Node source;
  Symbol path = source_path(bindings, node, &source);
  if (!path)
    return true; // an `import x = require('m')` has its source a level below
  import_from(bindings, frame, path, node);
  return false;
}

static bool enter_import_require(Bindings *bindings, Frame *frame, Node node) {
  Node source;
  import_from(bindings, frame, source_path(bindings, node, &source), node);
  return false;
}

static void import_re_exports(Bindings *bindings, Symbol path, Node clause) {
  for (Node part = tree_first(bindings->tree, clause); part < tree_end(bindings->tree, clause); part++) {
    Node name = tree_field(bindings->tree, part, FIELD_NAME);
    if (tree_kind(bindings->tree, part) == KIND_EXPORT_SPECIFIER && name)
      scopes_import(bindings->scopes, import_path_of(bindings, path, name), tree_span(bindings->tree, name));
  }
}

// `export … from 'm'` imports without a name.
static bool enter_export(Bindings *bindings, Frame *frame, Node node) {
  (void)frame;
  Node source;
  Symbol path = source_path(bindings, node, &source);
  if (!path)
    return true;
  Node clause = tree_of_kind(bindings->tree, node, KIND_EXPORT_CLAUSE);
  if (clause)
    import_re_exports(bindings, path, clause);
  else
    scopes_import(bindings->scopes, path, tree_span(bindings->tree, source));
  return false;
}

// --- types

static bool enter_type(Bindings *bindings, Frame *frame, Node node) {
  (void)bindings, (void)frame, (void)node;
  return false;
}

static bool enter_type_name_part(Bindings *bindings, Frame *frame, Node node) {
  (void)bindings, (void)node;
  return frame->mode == MODE_TYPE;
}

// Only their names matter.
static bool enter_type_declaration(Bindings *bindings, Frame *frame, Node node) {
  Node name = tree_field(bindings->tree, node, FIELD_NAME);
  if (name)
    declare_in(bindings, frame->scope, MODE_TYPE_NAME, 0, name);
  return false;
}

// --- the walk

// Looks at a node on the way down; true to go on to its children. Nodes without an entry just pass through.
typedef bool (*Enter)(Bindings *bindings, Frame *frame, Node node);

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

// The frame around the class member whose definition computes the child of that field; NULL where the child is its own.
static const Frame *frame_outside(Bindings *bindings, uint8_t kind, uint8_t field) {
  if (is_outside(kind, field))
    return frame_around(bindings, 1);
  // The decorator of a parameter, in the parameters of a method.
  bool of_parameter =
      kind == KIND_PARAMETER && field == FIELD_DECORATOR && frame_around(bindings, 2)->kind == KIND_METHOD;
  return of_parameter ? frame_around(bindings, 3) : NULL;
}

static void enter(Bindings *bindings, Node node) {
  const Child *record = tree_node(bindings->tree, node);
  Frame around = array_last(&bindings->frames), frame = around;
  frame.kind = record->kind;
  uint8_t mode = MODES[around.kind][record->field];
  frame.mode = mode == MODE_INHERIT ? around.mode : mode;
  frame.is_static = false;
  frame.next = record->first, frame.end = record->first + record->count;
  const Frame *outside = frame_outside(bindings, around.kind, record->field);
  if (outside)
    frame.scope = outside->scope, frame.function = outside->function;
  array_push(bindings->arena, &bindings->frames, frame);
  Enter handler = ENTER[frame.kind];
  if (handler && !handler(bindings, &array_last(&bindings->frames), node))
    bindings->frames.count--;
}

static void walk(Bindings *bindings) {
  while (bindings->frames.count) {
    Frame *frame = &array_last(&bindings->frames);
    if (frame->next < frame->end)
      enter(bindings, frame->next++);
    else
      bindings->frames.count--;
  }
}

static int compare_definitions(const void *a, const void *b) {
  const Definition *left = a, *right = b;
  return (left->start > right->start) - (left->start < right->start);
}

Bindings *bindings_new(Arena *arena, Builder *builder, const Tree *tree) {
  Bindings *bindings = ARENA_NEW(arena, Bindings);
  *bindings = (Bindings){.arena = arena, .builder = builder, .tree = tree};
  bindings->symbols = builder_module(builder)->symbols;
  bindings->scopes = scopes_new(arena, builder);
  (void)array_add(arena, &bindings->functions);
  (void)array_add(arena, &bindings->functions);
  ScopeId top = scopes_open(bindings->scopes, 0, 1, true, true);
  Frame program = {.kind = KIND_PROGRAM, .scope = top, .function = 1};
  program.next = tree_first(tree, tree->root), program.end = tree_end(tree, tree->root);
  array_push(arena, &bindings->frames, program);
  walk(bindings);
  scopes_resolve(bindings->scopes);
  if (bindings->definitions.count)
    qsort(bindings->definitions.items, bindings->definitions.count, sizeof(Definition), compare_definitions);
  return bindings;
}

// --- asking

VariableId bindings_variable(Bindings *bindings, Node name) {
  return scopes_variable(bindings->scopes, tree_span(bindings->tree, name).start);
}

bool bindings_is_cell(const Bindings *bindings, VariableId variable) {
  return scopes_is_cell(bindings->scopes, variable);
}

bool bindings_is_read(const Bindings *bindings, VariableId variable) {
  return scopes_is_read(bindings->scopes, variable);
}

FunctionId bindings_function(const Bindings *bindings, Node node) {
  uint32_t start = tree_span(bindings->tree, node).start, low = 0, high = bindings->definitions.count;
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

Node bindings_node(const Bindings *bindings, FunctionId function) {
  return bindings->functions.items[function].node;
}

bool bindings_uses_this(const Bindings *bindings, FunctionId function) {
  return bindings->functions.items[function].uses_this;
}
