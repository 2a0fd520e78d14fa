// What a frontend must have got right.
#include "ir.h"

typedef struct Verifier {
  const Module *module;
  const Function *function;
  FunctionId id;
  uint8_t *defined; // by value
  const char *fault;
} Verifier;

static void fault(Verifier *verifier, const Instruction *instruction, const char *what) {
  if (verifier->fault)
    return;
  verifier->fault = arena_printf(verifier->module->arena, "function#%u %s: %s%s%s", verifier->id,
                                 symbol_text(verifier->module->symbols, verifier->function->qualified), what,
                                 instruction ? " in " : "",
                                 instruction ? arena_printf(verifier->module->arena, "%s at byte %u",
                                                            op_name(instruction->op), instruction->span.start)
                                             : "");
}

static void check_value(Verifier *verifier, const Instruction *instruction, Value value) {
  if (value == 0 || value >= verifier->function->values.count)
    fault(verifier, instruction, "value out of range");
  else if (!verifier->function->values.items[value] && !verifier->defined[value])
    fault(verifier, instruction, "temporary used but never defined");
}

static void check_field(Verifier *verifier, const Instruction *instruction, char kind, uint32_t field) {
  const Module *module = verifier->module;
  switch (kind) {
  case 'V':
    check_value(verifier, instruction, field);
    break;
  case 'v':
    if (field)
      check_value(verifier, instruction, field);
    break;
  case 'S':
  case 's':
    if (field >= symbols_count(module->symbols))
      fault(verifier, instruction, "symbol out of range");
    break;
  case 'X':
    if (field == 0 || field >= module->variables.count)
      fault(verifier, instruction, "variable out of range");
    break;
  case 'F':
    if (field == 0 || field >= module->functions.count)
      fault(verifier, instruction, "function out of range");
    break;
  case 'C':
    if (field >= module->classes.count)
      fault(verifier, instruction, "class out of range");
    break;
  default:
    break;
  }
}

static void check_instruction(Verifier *verifier, const Instruction *instruction) {
  const char *fields = op_fields(instruction->op);
  uint32_t count;
  const Operand *args = instruction_args(verifier->module, instruction, &count);
  check_field(verifier, instruction, fields[0], instruction->result);
  check_field(verifier, instruction, fields[1], instruction->a);
  check_field(verifier, instruction, fields[2], instruction->b);
  if (!op_has_args(instruction->op))
    check_field(verifier, instruction, fields[3], instruction->c);
  for (uint32_t i = 0; i < count; i++)
    check_value(verifier, instruction, args[i].value);
  if (instruction->span.end < instruction->span.start)
    fault(verifier, instruction, "span ends before it starts");
}

static void check_block(Verifier *verifier, BlockId id) {
  const Function *function = verifier->function;
  const Block *block = &function->blocks.items[id];
  if (block->count == 0) {
    fault(verifier, NULL, "empty block");
    return;
  }
  for (uint32_t i = 0; i < block->count; i++) {
    const Instruction *instruction = &function->code.items[block->first + i];
    if (op_is_terminator(instruction->op) != (i + 1 == block->count))
      fault(verifier, instruction, "terminator misplaced");
    check_instruction(verifier, instruction);
  }
  if (block->successors[0] >= function->blocks.count || block->successors[1] >= function->blocks.count ||
      block->handler >= function->blocks.count)
    fault(verifier, NULL, "successor out of range");
}

static void check_function(Verifier *verifier, FunctionId id) {
  const Function *function = module_function(verifier->module, id);
  verifier->function = function, verifier->id = id;
  verifier->defined = arena_alloc(verifier->module->arena, function->values.count);
  for (uint32_t i = 0; i < function->parameters.count; i++)
    verifier->defined[function->parameters.items[i].value] = 1;
  for (uint32_t i = 0; i < function->code.count; i++)
    verifier->defined[function->code.items[i].result] = 1;
  if (function->blocks.count < 2)
    fault(verifier, NULL, "no entry block");
  for (BlockId block = 1; block < function->blocks.count; block++)
    check_block(verifier, block);
}

const char *module_verify(const Module *module) {
  Verifier verifier = {.module = module};
  for (FunctionId id = 1; id < module->functions.count && !verifier.fault; id++)
    check_function(&verifier, id);
  return verifier.fault;
}
