#include "ir.h"

typedef struct OpRow {
  const char *name;
  char fields[5]; // what result, a, b, c and args hold
} OpRow;

#define FIELD(letter) (#letter)[0]
static const OpRow OPS[OP_COUNT] = {
    [OP_NONE] = {"none", {'-', '-', '-', '-', '-'}},
#define OP(name, result, a, b, c, args)                                                                                \
  [OP_##name] = {#name, {FIELD(result), FIELD(a), FIELD(b), FIELD(c), FIELD(args)}},
#include "ops.def"
#undef OP
};

const char *op_name(Op op) {
  return OPS[op].name;
}

const char *op_fields(Op op) {
  return OPS[op].fields;
}

bool op_is_terminator(Op op) {
  return op >= OP_JUMP;
}

bool op_may_throw(Op op) {
  switch (op) {
  case OP_CALL:
  case OP_CALL_METHOD:
  case OP_AWAIT:
  case OP_YIELD:
  case OP_ENTER:
  case OP_EXIT:
  case OP_NEXT:
  case OP_GET_ITEM:
  case OP_THROW:
    return true;
  default:
    return false;
  }
}

bool op_has_args(Op op) {
  return OPS[op].fields[4] == '*';
}

BlockId function_block_of(const Function *function, uint32_t instruction) {
  for (BlockId id = 1; id < function->blocks.count; id++) {
    const Block *block = &function->blocks.items[id];
    if (instruction >= block->first && instruction < block->first + block->count)
      return id;
  }
  return 1;
}

const Operand *instruction_args(const Module *module, const Instruction *instruction, uint32_t *count) {
  *count = op_has_args(instruction->op) ? instruction->c : 0;
  return *count ? &module->operands.items[instruction->args] : NULL;
}

uint32_t instruction_values(const Instruction *instruction, Value values[3]) {
  const char *fields = OPS[instruction->op].fields;
  const uint32_t held[] = {instruction->a, instruction->b, op_has_args(instruction->op) ? 0 : instruction->c};
  uint32_t count = 0;
  for (int i = 0; i < 3; i++)
    if (held[i] && (fields[i + 1] == 'V' || fields[i + 1] == 'v'))
      values[count++] = held[i];
  return count;
}
