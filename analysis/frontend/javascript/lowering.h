// The second pass: from syntax nodes to instructions. One file of source for each subject; this header is what they
// share.
//
// Functions are lowered one after another, never inside each other: a closure is queued where it is met. Deep nesting
// is cut off at DEPTH_LIMIT and leaves an OPAQUE; chains that grow to one side are walked by loops.
#ifndef RACEWISE_JAVASCRIPT_LOWERING_H
#define RACEWISE_JAVASCRIPT_LOWERING_H

#include "bindings.h"

enum { DEPTH_LIMIT = 400 };

// What becomes of an expression's value. An anonymous function, class or object literal is called after what it is
// assigned to.
typedef struct Naming {
  Symbol name, qualified; // 0: nothing
  bool exported;
  bool discarded; // nobody uses it
} Naming;

typedef ARRAY(Node) NodeList;

// Of the class whose body is being defined or whose method is being lowered.
typedef struct ClassContext {
  ClassId id;
  FunctionId maker; // its constructor, or 0
  Symbol qualified;
  NodeList fields; // what the constructor initialises
} ClassContext;

// A function that waits to be lowered.
typedef struct Task {
  Node node; // a class body for a constructor that only initialises fields
  FunctionId function;
  FunctionId receiver;       // the function whose `this` is meant inside; 0: none
  const ClassContext *class; // of a method; NULL otherwise
} Task;

// What a variable was first given, for the flags of what is exported by name.
typedef struct Meaning {
  FunctionId function;
  ClassId class_id;
} Meaning;

typedef struct Lowering {
  Arena *arena;
  Tree *tree;
  Builder *builder;
  Module *module;
  Symbols *symbols;
  Bindings *bindings;
  ARRAY(Task) tasks;
  uint32_t next_task;
  bool *queued;            // by function
  ARRAY(Meaning) meanings; // by variable, as far as known
  ARRAY(Operand) operands; // a stack
  // Of the function being lowered:
  FunctionId function;
  FunctionId receiver;
  const ClassContext *class;
  Value class_value;     // `this` in a class's static parts; 0 elsewhere
  Node exporting;        // the export whose declaration is being lowered: the decorators before it are the class's
  Value namespace_value; // the object that exports of a namespace go to; 0 elsewhere
  Symbol qualified;      // what names inside are prefixed with
  Symbol label;          // of the statement to come
  Naming naming;         // of the expression to come
  Meaning made;          // what the last expression's value was, where it was made right there
  uint32_t depth;
  ClassId literal_class; // whose members the object literal to come has; 0: its own
  uint32_t cleanups;     // how many `finally` bodies this code is inside of
} Lowering;

// --- parts.c: looking into nodes
Node lowering_field(const Lowering *lowering, Node node, Field field); // its child of that field; 0: none
Node lowering_operand(const Lowering *lowering, Node node);            // its first named child; 0: none
NodeList lowering_named(const Lowering *lowering, Node node);          // its named children, in the arena
bool lowering_has(const Lowering *lowering, Node node, Kind kind);     // a child of that kind
Kind lowering_kind(const Lowering *lowering, Node node);               // KIND_NONE for no node
Span lowering_span(const Lowering *lowering, Node node);
Symbol lowering_text(const Lowering *lowering, Node node);
bool lowering_is_token(const Lowering *lowering, Node node, const char *text);
Symbol lowering_string(const Lowering *lowering, Node string); // its contents; 0 when escaped or long
// The name that a property name node stands for; 0 for a computed one whose value is not a plain string.
Symbol lowering_property(const Lowering *lowering, Node name);
Node lowering_unwrap(const Lowering *lowering, Node node); // inside parentheses and type assertions

// --- javascript.c
Value lowering_opaque(Lowering *lowering, Node node);
void lowering_truncate(Lowering *lowering); // the function is cut off here
Value lowering_null(Lowering *lowering, Node node);
Value lowering_read(Lowering *lowering, VariableId variable, Span span);
void lowering_write(Lowering *lowering, VariableId variable, Value value, Span span);
Meaning *lowering_meaning(Lowering *lowering, VariableId variable);
void lowering_mark_discarded(Lowering *lowering, Value value);
Naming lowering_naming(Lowering *lowering, Symbol name); // inside the current prefix

// --- operands: push, then emit from a mark
uint32_t operands_mark(const Lowering *lowering);
void operands_push(Lowering *lowering, Operand operand);
Value operands_emit(Lowering *lowering, uint32_t mark, Op op, uint32_t a, uint32_t b,
                    Span span); // pops down to the mark

// --- statements.c
void lower_statement(Lowering *lowering, Node node);
bool is_statement(Kind kind);                         // that lower_statement has a handler for
void lower_statements(Lowering *lowering, Node node); // the children of a block, hoisted functions first
void lower_statement_list(Lowering *lowering, const NodeList *nodes);
void lower_declarator(Lowering *lowering, Node node, bool exported);
// The handlers of statements.c's table that live in files of their own.
void lower_for(Lowering *lowering, Node node);
void lower_for_in(Lowering *lowering, Node node);
void lower_while(Lowering *lowering, Node node);
void lower_do(Lowering *lowering, Node node);
void lower_switch(Lowering *lowering, Node node);
void lower_try(Lowering *lowering, Node node);
void lower_import(Lowering *lowering, Node node);
void lower_import_alias(Lowering *lowering, Node node);
void lower_export(Lowering *lowering, Node node);
void lower_class_declaration(Lowering *lowering, Node node);
void lower_enum(Lowering *lowering, Node node);
void lower_namespace(Lowering *lowering, Node node);

// `using` in a block: what it opens is closed at the end of the block, on every way out.
typedef struct Using {
  Lowering *lowering;
  Value value;
  bool async;
  Span span;
  BlockId failed; // where exceptions go
  BlockId outer;
} Using;
Using *using_open(Lowering *lowering, Value value, bool async, Span span);
void using_close(Lowering *lowering, Using *using);

// --- expressions.c
Value lower_expression(Lowering *lowering, Node node); // any node: what is no expression becomes OPAQUE
Value lower_named(Lowering *lowering, Node node, Naming naming);
void lower_effect(Lowering *lowering, Node node); // for its effect only
// Goes to one of the blocks; `flags` are the BRANCH's.
void lower_condition(Lowering *lowering, Node node, BlockId if_true, BlockId if_false, uint32_t flags);
void lower_arguments(Lowering *lowering, Node node); // pushes operands
// The handlers of expressions.c's table that live in files of their own.
Value lower_unary(Lowering *lowering, Node node);
Value lower_binary(Lowering *lowering, Node node);
Value lower_ternary(Lowering *lowering, Node node);
Value lower_assignment(Lowering *lowering, Node node);
Value lower_augmented(Lowering *lowering, Node node);
Value lower_update(Lowering *lowering, Node node);
Value lower_chain(Lowering *lowering, Node node);
Value lower_new(Lowering *lowering, Node node);
Value lower_object(Lowering *lowering, Node node);
Value lower_function_value(Lowering *lowering, Node node);
Value lower_class_value(Lowering *lowering, Node node);
Value lower_jsx(Lowering *lowering, Node node);
Value lower_this(Lowering *lowering, Node node);

// --- access.c: what can be read and assigned
typedef enum ReferenceKind { REFERENCE_NONE, REFERENCE_VARIABLE, REFERENCE_FIELD, REFERENCE_ITEM } ReferenceKind;
typedef struct Reference {
  ReferenceKind kind;
  uint32_t object; // the variable, or the value of the object
  uint32_t key;    // the field's symbol, or the value of the key
  Span span;
} Reference;
Reference reference_of(Lowering *lowering, Node node); // evaluates object and key
// `flags` are for the instruction, where there is one.
Value reference_read(Lowering *lowering, const Reference *reference, uint8_t flags);
void reference_write(Lowering *lowering, const Reference *reference, Value value, Span span, uint8_t flags);
void reference_delete(Lowering *lowering, const Reference *reference, Span span);
// object[key] where the key is a constant name or a value
Reference member_reference(Lowering *lowering, Value object, Node key);

// --- patterns.c
// Gives the value to what the pattern names: a name, a member, an object or array pattern, with defaults.
void lower_pattern(Lowering *lowering, Node pattern, Value value, Span span);
// `value`, or the default where it is undefined.
Value lower_default(Lowering *lowering, Value value, Node fallback, Naming naming);

// --- functions.c
void lower_task(Lowering *lowering, const Task *task);
// Describes the function of a node and queues it; 0 when the binder saw none. `flags` are added to what the node says.
FunctionId lower_function(Lowering *lowering, Node node, Naming naming, uint32_t flags, const ClassContext *class);
Value emit_closure(Lowering *lowering, FunctionId function, Span span);
void lower_hoisted(Lowering *lowering, Node declaration);
bool is_private_name(const Lowering *lowering, Symbol name); // `_x`, `#x`

// --- classes.c
void add_member(Lowering *lowering, ClassId class_id, Symbol name, FunctionId function);
void lower_fields(Lowering *lowering, const ClassContext *class); // in its constructor

// --- prototypes.c
// The class that F makes where the node is `F.prototype` and F a function or class of the file; 0 otherwise.
ClassId prototype_class(Lowering *lowering, Node node);
// What was just lowered from `value` is a member of the class if it is a function.
void prototype_add(Lowering *lowering, ClassId class_id, Symbol name, Node value);

// --- modules.c
// Lowers `module.exports = …` and `exports.x = …`; false when the assignment is neither.
bool lower_export_assignment(Lowering *lowering, Node left, Node right, Value *value);
void finish_exports(Lowering *lowering);

// --- typescript.c
Value lower_type_name(Lowering *lowering, Node annotation); // the value of the class it names; 0 when it names none
void lower_variable_type(Lowering *lowering, VariableId variable, Node annotation);

#endif
