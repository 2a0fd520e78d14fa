// Builds a Module, instruction by instruction, in order of evaluation.
//
// A frontend keeps one Builder for a file. It declares functions, classes and variables, then lowers one function at a
// time between `builder_begin` and `builder_end`; these nest (a lambda inside an expression). After a terminator the
// next instruction must follow a `builder_enter`; code after a `return` is entered as a block that nothing jumps to,
// and `builder_end` drops such blocks.
//
// Ways out of a region. `with`, `finally` and JavaScript's `using` put a cleanup on a stack; `break`, `continue` and
// `return` run the cleanups between here and there, innermost first, by calling back the frontend, which lowers the
// cleanup's code once more at the current place. Exceptions take the handler that was set when the block was entered.
//
//     BlockId handler = builder_block(b), after = builder_block(b);
//     builder_push_cleanup(b, lower_finally, node);
//     BlockId outer = builder_set_handler(b, handler);
//     lower body …
//     builder_set_handler(b, outer);
//     builder_pop_cleanup(b);
//     lower_finally(b, node); builder_jump(b, after);                   // the normal way
//     builder_enter(b, handler); lower_finally(b, node); throw …        // the exceptional way
//     builder_enter(b, after);
#ifndef RACEWISE_IR_BUILDER_H
#define RACEWISE_IR_BUILDER_H

#include "ir.h"

typedef struct Builder Builder;

// Both live in the arena. The module's function 1 (the top level) is there and not yet begun.
Builder *builder_new(Arena *arena, Traits traits);
Module *builder_module(Builder *builder);

// --- declarations: fill in the fields of the returned item; the pointer is good until the next declaration
Function *builder_declare_function(Builder *builder, FunctionId *id);
Class *builder_declare_class(Builder *builder, ClassId *id);
Variable *builder_declare_variable(Builder *builder, VariableId *id);

// --- functions
// Starts lowering a function: its entry block is current, no cleanups, no handler.
void builder_begin(Builder *builder, FunctionId function);
// Ends it: what falls off the end returns; unreachable blocks are dropped.
void builder_end(Builder *builder);
FunctionId builder_function(const Builder *builder); // the one being lowered

// --- values
Value builder_temporary(Builder *builder);
// The value of a variable of the current function that is not a cell; made at the first call.
Value builder_local(Builder *builder, VariableId variable);
// The variable of the current function that a value is, or 0 for a temporary.
VariableId builder_variable(const Builder *builder, Value value);

// --- instructions; each returns its result where it has one
// The general form: result is a new temporary when ops.def says that the op has one.
Value builder_emit(Builder *builder, Op op, uint32_t a, uint32_t b, uint32_t c, Span span);
// The same with operands (copied), for ops with args.
Value builder_emit_args(Builder *builder, Op op, uint32_t a, uint32_t b, const Operand *operands, uint32_t count,
                        Span span);
// The instruction emitted last, to set `flags` and `detail`, or to give it another result; NULL before the first one.
Instruction *builder_last(Builder *builder);

Value builder_constant(Builder *builder, ConstantKind kind, Symbol text, Span span);
void builder_move(Builder *builder, Value to, Value from, Span span); // `to` may be any value of the function
Value builder_compute(Builder *builder, Operator op, Value left, Value right, Span span); // right may be 0
Value builder_opaque(Builder *builder, const Value *values, uint32_t count, Span span);

// The item of a sequence that is taken apart (`a, b = x, y`): the very operand where the sequence was just made of
// plain ones, else a GET_ITEM.
Value builder_item(Builder *builder, Value sequence, uint32_t index, Span span);

// Reads or writes a variable wherever it lives: a local's value, or a LOAD or STORE.
Value builder_read(Builder *builder, VariableId variable, Span span);
void builder_write(Builder *builder, VariableId variable, Value value, Span span);

// --- blocks
BlockId builder_block(Builder *builder);             // a new one, not yet entered
void builder_enter(Builder *builder, BlockId block); // makes it current; jumps there if the current one is open
bool builder_is_open(const Builder *builder);        // false after a terminator
void builder_jump(Builder *builder, BlockId target); // does nothing when the current block is not open
void builder_branch(Builder *builder, Value condition, BlockId if_true, BlockId if_false, uint32_t flags, Span span);
Value builder_next(Builder *builder, Value iterator, BlockId body, BlockId done, uint32_t flags, Span span);
void builder_throw(Builder *builder, Value exception, Span span); // exception 0: the one under way
// Sets where exceptions of the code that follows go (0: out of the function); starts a new block if need be. Returns
// the handler set before.
BlockId builder_set_handler(Builder *builder, BlockId handler);

// --- ways out
typedef void (*BuilderCleanup)(Builder *builder, void *context);

void builder_push_cleanup(Builder *builder, BuilderCleanup lower, void *context);
void builder_pop_cleanup(Builder *builder);

// `label` 0 where there is none. `continue_to` 0 for what only `break` can leave (switch, a labelled block).
void builder_push_loop(Builder *builder, BlockId break_to, BlockId continue_to, Symbol label);
void builder_pop_loop(Builder *builder);

// `break`, `continue`, `return`: runs the cleanups in between and ends the block. A label that names nothing, or a
// `break` outside a loop (half-typed code), ends the block like a throw.
void builder_break(Builder *builder, Symbol label, Span span);
void builder_continue(Builder *builder, Symbol label, Span span);
void builder_return(Builder *builder, Value value, Span span);

#endif
