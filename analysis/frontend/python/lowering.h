// The second pass over a Python file: lowers it to instructions, in order of evaluation.
//
// The state and the entry points that the files of this folder share. Handlers are named as kinds.def names them and
// found by a node's kind.
#ifndef RACEWISE_FRONTEND_PYTHON_LOWERING_H
#define RACEWISE_FRONTEND_PYTHON_LOWERING_H

#include "binder.h"
#include "reader.h"
#include "scopes.h"

typedef struct Lowering {
  Arena *arena;
  Builder *builder;
  Module *module;
  Symbols *symbols;
  const Nodes *nodes;
  Scopes *scopes;
  ScopeId scope; // the current one
  uint32_t depth;
  uint64_t copied; // bytes of source in `finally` clauses lowered so far, each copy counted
  uint64_t copied_limit;
} Lowering;

typedef Value (*ExpressionHandler)(Lowering *lowering, Node node);
typedef void (*StatementHandler)(Lowering *lowering, Node node);

// A list of operands on its way into an instruction.
typedef ARRAY(Operand) OperandList;

// --- expressions (expressions.c, conditions.c, comprehensions.c)
Value python_lower_expression(Lowering *lowering, Node node); // of a null or unknown node: OPAQUE
bool is_expression(Kind kind);
void lower_discarded(Lowering *lowering, Node node); // an expression statement: flags what nobody uses
void python_lower_condition(Lowering *lowering, Node node, BlockId if_true, BlockId if_false, uint32_t flags);
void add_operand(Lowering *lowering, OperandList *list, Value value, Symbol name, uint32_t flags);
// Evaluates the elements of an argument list or a display; `*x`, `**x` and `name=x` as operands say.
void python_lower_arguments(Lowering *lowering, Node list, OperandList *operands);
Value lower_key(Lowering *lowering, Children subscript); // what stands in the brackets
Value make(Lowering *lowering, MakeKind kind, const OperandList *operands, Span span);
Value make_string_constant(Lowering *lowering, Node string);
// The value itself, or a copy where it is a variable that later code may bind anew.
Value stable_value(Lowering *lowering, Value value, Span span);
// The elements of a comprehension as statements of their own, flagged as discarded.
void discard_comprehension(Lowering *lowering, Node node);

// --- names (names.c)
Value read_name(Lowering *lowering, Symbol symbol, Span span, uint32_t flags);
void write_name(Lowering *lowering, Symbol symbol, Value value, Span span, uint32_t flags);
void write_identifier(Lowering *lowering, Node identifier, Value value, Span span);
// The variable that a name means here, its value made where it is one of the current function; 0 for a class field.
VariableId find_variable(Lowering *lowering, Symbol symbol);

// --- targets (targets.c)
void assign(Lowering *lowering, Node target, Value value, Span span);

// --- annotations (annotations.c)
void annotate_target(Lowering *lowering, Node target, Node type, Span span);
// In a function's prologue; names are looked up in the scope around it.
void annotate_parameter(Lowering *lowering, Value value, Node type);

// --- patterns (patterns.c)
// Tests a value against a pattern and binds its names; goes to `fail` where it does not match.
void python_lower_pattern(Lowering *lowering, Node pattern, Value subject, BlockId fail);
void lower_sequence_pattern(Lowering *lowering, Children patterns, Value subject, BlockId fail, Span span);

// --- statements (statements.c, control.c, exceptions.c, definitions.c)
void python_lower_statement(Lowering *lowering, Node node);
void lower_block(Lowering *lowering, Node block); // null: nothing

// --- shared
Symbol lowering_symbol(const Lowering *lowering, Node node);
void mark_truncated(Lowering *lowering); // the current function
bool enter_depth(Lowering *lowering);    // false at the limit; each true one needs `leave_depth`
void leave_depth(Lowering *lowering);
Value opaque_value(Lowering *lowering, Span span);

// --- the handlers of kinds.def
#define NODE(kind, name, bind, expression, statement)                                                                  \
  Value expression_##expression(Lowering *lowering, Node node);                                                        \
  void statement_##statement(Lowering *lowering, Node node);
#include "kinds.def"
#undef NODE

#endif
