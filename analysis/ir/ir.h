// The intermediate representation: one file of any language as functions of basic blocks.
//
// A frontend makes it from a syntax tree (builder.h); everything behind it sees nothing else of the source. It says
// what the source does in order of evaluation, with names resolved and syntax gone, and leaves to later stages what
// needs knowledge: which object a value is, whether an `await` suspends, what a library call does.
//
// Everything is a number into a table; 0 is "none" everywhere. Functions, classes, variables and operands are numbered
// by file, values and blocks by function.
//
// Values. An expression's value is a temporary: defined once, used in evaluation order. A variable of a function that
// no inner function uses is a value too, which MOVE defines any number of times. All other variables are cells, touched
// by LOAD and STORE only. A value that joins two paths (`a if c else b`, `a && b`) is one that MOVE defines on each.
//
// Blocks. A block ends with one terminator. An exception in it goes to its `handler`, or out of the function where that
// is 0. Every CALL, CALL_METHOD, AWAIT, YIELD, ENTER, EXIT, NEXT, GET_ITEM and THROW may raise. `finally` bodies and
// the EXIT of a `with` are lowered once for each way out, so that every path reads straight.
//
// Spans are of the smallest piece of source that shows the instruction: the whole assignment for a write, the target
// for a plain read, the condition for a BRANCH, the `await` expression for an AWAIT.
#ifndef RACEWISE_IR_IR_H
#define RACEWISE_IR_IR_H

#include "../base/array.h"
#include "../base/own_model.h"
#include "../base/span.h"
#include "../base/symbols.h"
#include <stdbool.h>

typedef uint32_t Value;
typedef uint32_t BlockId;
typedef uint32_t FunctionId;
typedef uint32_t ClassId;
typedef uint32_t VariableId;

typedef enum Op {
  OP_NONE,
#define OP(name, result, a, b, c, args) OP_##name,
#include "ops.def"
#undef OP
  OP_COUNT,
} Op;

const char *op_name(Op op); // "get_field"
// Five letters: what result, a, b, c and args of the op hold, as ops.def says.
const char *op_fields(Op op);
bool op_is_terminator(Op op);
bool op_may_throw(Op op);
bool op_has_args(Op op);

typedef enum InstructionFlag {
  INSTRUCTION_ASYNC = 1 << 0,     // `async with`, `async for`, `for await`, `await using`
  INSTRUCTION_NEW = 1 << 1,       // JavaScript's `new`
  INSTRUCTION_OPTIONAL = 1 << 2,  // `?.`: nothing happens when the object is null
  INSTRUCTION_DECORATOR = 1 << 3, // the call that applies a decorator
  INSTRUCTION_DELEGATE = 1 << 4,  // `yield from`, `yield*`
  INSTRUCTION_LOOP = 1 << 5,      // the BRANCH that tests a loop's condition
  INSTRUCTION_UPDATE = 1 << 6,    // the read and the write of an augmented assignment (`x += …`, `x++`)
  INSTRUCTION_DISCARDED = 1 << 7, // the result is an expression statement's: nobody uses it
} InstructionFlag;

typedef enum ConstantKind {
  CONSTANT_OTHER, // a literal whose value does not matter, never empty or zero
  CONSTANT_NULL,  // None, null, undefined
  CONSTANT_FALSE,
  CONSTANT_TRUE,
  CONSTANT_NUMBER, // a = its text
  CONSTANT_STRING, // a = its contents, where they are plain and short (at most 64 bytes); else 0
} ConstantKind;

// SLICE: a copy of a part of the one operand, which is spread.
typedef enum MakeKind { MAKE_LIST, MAKE_TUPLE, MAKE_SET, MAKE_MAP, MAKE_OBJECT, MAKE_STRING, MAKE_SLICE } MakeKind;

typedef enum Operator {
  OPERATOR_OTHER, // arithmetic and the like: new value from the args
  OPERATOR_ADD,   // + - * / and other arithmetic: may carry the old value on
  OPERATOR_NOT,
  OPERATOR_EQUAL,     // == === `is`
  OPERATOR_NOT_EQUAL, // != !== `is not`
  OPERATOR_LESS,      // < <=
  OPERATOR_GREATER,   // > >=
  OPERATOR_IN,        // args: key, container
  OPERATOR_NOT_IN,
  OPERATOR_INSTANCE_OF, // instanceof; isinstance() is a call
  OPERATOR_MATCH,       // a pattern is tested against args[0]
  OPERATOR_VOID,        // JavaScript's `void x`
  OPERATOR_TYPEOF,
} Operator;

typedef enum SelfKind {
  SELF_OBJECT,
  SELF_BASE
} SelfKind; // BASE: seen as an object of the base class (`super`)
typedef enum IterationKind { ITERATION_ELEMENTS, ITERATION_KEYS } IterationKind; // KEYS: JavaScript's `for … in`

typedef struct Instruction {
  uint8_t op;      // Op
  uint8_t flags;   // InstructionFlag
  uint16_t detail; // ConstantKind, MakeKind, Operator, IterationKind, SelfKind
  Value result;
  uint32_t a, b, c; // as ops.def says
  uint32_t args;    // first operand, in Module.operands; the count is `c` for every op with args
  Span span;
} Instruction;

typedef enum OperandFlag {
  OPERAND_SPREAD = 1 << 0,     // `*x`, `...x`
  OPERAND_SPREAD_MAP = 1 << 1, // `**x`, `{...x}`
} OperandFlag;

typedef struct Operand {
  Value value;
  Symbol name; // keyword of an argument; property name in an object literal (MAKE_OBJECT, MAKE_MAP with constant keys)
  uint32_t flags;
} Operand;

typedef struct Block {
  uint32_t first, count; // its instructions, in Function.code
  BlockId successors[2]; // by terminator: JUMP 1, BRANCH and NEXT 2, RETURN and THROW 0
  BlockId handler;       // where an exception in this block goes; 0: out of the function
} Block;

typedef enum VariableKind {
  VARIABLE_LOCAL, // of a function, a parameter included
  VARIABLE_MODULE,
  VARIABLE_IMPORT,     // `import_path` says of what
  VARIABLE_UNRESOLVED, // a builtin or a global of the runtime: `len`, `Promise`, `setTimeout`
} VariableKind;

typedef struct Variable {
  Symbol name;
  VariableKind kind;
  FunctionId owner;   // the function whose activation holds it; 1 (the module) for the other kinds
  Symbol import_path; // dotted: "asyncio", "asyncio.Lock", "async-mutex.Mutex", "./store.load"; "fs.promises"
  Value local;        // its value in the owner; 0 for a cell
  Span declaration;   // the name, where it is first bound
  bool parameter;
  bool constant; // bound once and never again (JavaScript's const, a def, a class, an import, a single assignment)
  bool is_self;  // the receiver parameter of a Python method
  bool exported; // visible to importers by `export`, or listed in `__all__`
} Variable;

typedef enum FunctionFlag {
  FUNCTION_ASYNC = 1 << 0,
  FUNCTION_GENERATOR = 1 << 1,
  FUNCTION_METHOD = 1 << 2, // has a receiver: Python's parameter 0, JavaScript's `this`
  FUNCTION_STATIC = 1 << 3, // a static or class method: the receiver, if any, is the class
  FUNCTION_GETTER = 1 << 4, // property, `get x()`
  FUNCTION_SETTER = 1 << 5,
  FUNCTION_CONSTRUCTOR =
      1 << 6,                 // __init__, __new__, __post_init__, constructor; a JavaScript class's field initialisers
  FUNCTION_LAMBDA = 1 << 7,   // lambda, arrow, anonymous function expression
  FUNCTION_EXPORTED = 1 << 8, // an importer can name it
  FUNCTION_PRIVATE = 1 << 9,  // by convention or by law: `_x`, `#x`, TypeScript's private
  FUNCTION_MODULE = 1 << 10,  // the file's top level
  FUNCTION_TRUNCATED = 1 << 11, // too large or too deep: the rules stay silent about it
  FUNCTION_CACHED = 1 << 13,    // gives what it gave the first time: cached_property, functools.cache
  FUNCTION_ABSTRACT = 1 << 12,  // has no body of its own (protocols, overloads, abstract methods, `...`)
} FunctionFlag;

typedef struct Parameter {
  VariableId variable; // 0 for a pattern (its parts are read from `value` in the prologue)
  Value value;         // what the caller passed; where the variable is a cell, the prologue stores it
  Symbol name;
  uint32_t flags; // OPERAND_SPREAD: takes the rest; OPERAND_SPREAD_MAP: takes the other keywords
} Parameter;

typedef struct Function {
  Symbol name;      // "" for anonymous ones, or the name of what they are assigned to
  Symbol qualified; // "Class.method", "outer.inner"; for anonymous ones of no name the enclosing function's
  FunctionId parent;
  ClassId class_id; // the class it is a method of
  uint32_t flags;
  Span span, name_span;        // name_span is the span's first token for anonymous ones
  ARRAY(Parameter) parameters; // a Python method's receiver is parameter 0
  ARRAY(Block) blocks;         // [0] unused; block 1 is the entry
  ARRAY(Instruction) code;
  ARRAY(VariableId) values; // the variable of each value, 0 for a temporary; [0] unused
} Function;

typedef enum ClassFlag {
  CLASS_EXPORTED = 1 << 0,
  CLASS_LITERAL = 1 << 1,   // a JavaScript object literal that has methods: one object, its own class
  CLASS_PROTOTYPE = 1 << 3, // a JavaScript constructor function, whose methods are assigned to its prototype
  CLASS_FACTORY = 1 << 2,   // reserved for functions that return closures over their variables
} ClassFlag;

typedef struct ClassMember {
  Symbol name;
  FunctionId function;
} ClassMember;

typedef struct Class {
  Symbol name, qualified;
  uint32_t flags;
  FunctionId function; // the function whose body defines it
  Span span, name_span;
  ARRAY(VariableId) bases;    // variables that name bases; other base expressions are in the CLASS instruction only
  ARRAY(ClassMember) members; // its functions, in order; a getter and a setter are two
} Class;

// How a language differs where the analysis must know.
typedef struct Traits {
  bool await_always_suspends; // JavaScript
  bool call_starts_async;     // JavaScript: a called async function runs to its first suspension at once
  bool receiver_is_parameter; // Python
  bool length_cuts;           // JavaScript: writing an array's `length` removes elements
} Traits;

typedef struct Module {
  Arena *arena;
  Symbols *symbols;
  Traits traits;
  const OwnModel *own; // what the project tells of its own libraries; the caller's, to be set before any look-up
  uint32_t own_count;
  bool main_guard;           // Python's `if __name__ == "__main__"`
  bool has_exports;          // an `export` statement, `module.exports`, `__all__`
  ARRAY(Function) functions; // [0] unused; 1 is the module's top level
  ARRAY(Class) classes;      // [0] unused
  ARRAY(Variable) variables; // [0] unused
  ARRAY(Operand) operands;   // [0] unused
} Module;

static inline const Function *module_function(const Module *module, FunctionId id) {
  return &module->functions.items[id];
}
static inline const Class *module_class(const Module *module, ClassId id) {
  return &module->classes.items[id];
}
static inline const Variable *module_variable(const Module *module, VariableId id) {
  return &module->variables.items[id];
}

// The block that an instruction stands in.
BlockId function_block_of(const Function *function, uint32_t instruction);

// The operands of an instruction that has `args`; `*count` is how many.
const Operand *instruction_args(const Module *module, const Instruction *instruction, uint32_t *count);
// The values that the instruction reads besides its arguments; returns how many.
uint32_t instruction_values(const Instruction *instruction, Value values[3]);

// What is wrong with the module as a frontend made it, or NULL: every reference in range, every block terminated,
// every temporary defined. For tests and debug builds. The text is owned by the module's arena.
const char *module_verify(const Module *module);

// The readable form that snapshot tests compare. Owned by the module's arena.
const char *module_print(const Module *module);

#endif
