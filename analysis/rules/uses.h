// What becomes of a value in its function: every instruction that uses it, under whatever local name.
#ifndef RACEWISE_RULES_USES_H
#define RACEWISE_RULES_USES_H

#include "../flow/values.h"

typedef enum UseField { USE_A, USE_B, USE_C, USE_ARGUMENT } UseField;

typedef struct Use {
  const Instruction *instruction; // never a MOVE or an ANNOTATE
  UseField field;                 // which of its fields holds the value
  const Operand *operand;         // of a USE_ARGUMENT; else NULL
} Use;

typedef struct UseList {
  const Use *items;
  uint32_t count;
  bool complete; // false: there are more uses or names than are followed
} UseList;

typedef struct Uses Uses;

// The uses of all values of a function. Lives in the arena.
Uses *uses_new(Arena *arena, const Module *module, FunctionId function);

// The uses of a value and of all that MOVE makes of it. Lives in the arena.
UseList uses_of(Uses *uses, Value value);

// Whether a MOVE gives the value to a variable of the source (then no expression statement need have dropped it).
bool uses_named(const Uses *uses, Value value);

#endif
