// The readable form of a module.
#include "ir.h"
#include <stdio.h>
#include <stdlib.h>

typedef struct Output {
  char *bytes; // malloc'ed while it grows, copied to the arena at the end
  size_t length, capacity;
} Output;

__attribute__((format(printf, 2, 3))) static void put(Output *out, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  size_t needed = (size_t)vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (out->length + needed + 1 > out->capacity) {
    out->capacity = (out->length + needed + 1) * 2;
    out->bytes = memory_resize(out->bytes, out->capacity);
  }
  vsnprintf(out->bytes + out->length, needed + 1, format, again);
  va_end(again);
  out->length += needed;
}

static const char *const CONSTANT_NAMES[] = {"other", "null", "false", "true", "number", "string"};
static const char *const MAKE_NAMES[] = {"list", "tuple", "set", "map", "object", "string", "slice"};
static const char *const OPERATOR_NAMES[] = {"other", "add",    "not",        "==",    "!=",   "<",     ">",
                                             "in",    "not-in", "instanceof", "match", "void", "typeof"};
static const char *const FLAG_NAMES[] = {"async",    "new",  "optional", "decorator",
                                         "delegate", "loop", "update",   "discarded"};
static const char *const FUNCTION_FLAG_NAMES[] = {"async",  "generator",   "method",   "static",   "getter",
                                                  "setter", "constructor", "lambda",   "exported", "private",
                                                  "module", "truncated",   "abstract", "cached"};

static const char *detail_name(const Instruction *instruction) {
  switch (instruction->op) {
  case OP_CONST:
    return CONSTANT_NAMES[instruction->detail];
  case OP_MAKE:
    return MAKE_NAMES[instruction->detail];
  case OP_COMPUTE:
    return OPERATOR_NAMES[instruction->detail];
  case OP_SELF:
    return instruction->detail == SELF_BASE ? "base" : "";
  case OP_ITERATE:
    return instruction->detail == ITERATION_KEYS ? "keys" : "";
  default:
    return "";
  }
}

static void put_value(Output *out, const Module *module, const Function *function, Value value) {
  VariableId variable = value ? function->values.items[value] : 0;
  if (variable)
    put(out, " %s.%u", symbol_text(module->symbols, module_variable(module, variable)->name), value);
  else
    put(out, " %%%u", value);
}

static void put_field(Output *out, const Module *module, const Function *function, char kind, uint32_t field) {
  switch (kind) {
  case 'V':
    put_value(out, module, function, field);
    break;
  case 'v':
    if (field)
      put_value(out, module, function, field);
    break;
  case 's':
    if (field)
      put(out, " '%s'", symbol_text(module->symbols, field));
    break;
  case 'S':
    put(out, " '%s'", symbol_text(module->symbols, field));
    break;
  case 'X':
    put(out, " @%s", symbol_text(module->symbols, module_variable(module, field)->name));
    break;
  case 'F':
    put(out, " function#%u", field);
    break;
  case 'C':
    if (field)
      put(out, " class#%u", field);
    break;
  default:
    break;
  }
}

static void put_args(Output *out, const Module *module, const Function *function, const Instruction *instruction) {
  uint32_t count;
  const Operand *args = instruction_args(module, instruction, &count);
  put(out, " (");
  for (uint32_t i = 0; i < count; i++) {
    if (i)
      put(out, ",");
    if (args[i].flags & OPERAND_SPREAD)
      put(out, " *");
    if (args[i].flags & OPERAND_SPREAD_MAP)
      put(out, " **");
    if (args[i].name)
      put(out, " %s=", symbol_text(module->symbols, args[i].name));
    put_value(out, module, function, args[i].value);
  }
  put(out, " )");
}

static void put_instruction(Output *out, const Module *module, const Function *function,
                            const Instruction *instruction) {
  const char *fields = op_fields(instruction->op), *detail = detail_name(instruction);
  put(out, "   ");
  if (instruction->result) {
    put_value(out, module, function, instruction->result);
    put(out, " =");
  }
  for (const char *c = op_name(instruction->op), *start = c; *c; c++)
    put(out, "%s%c", c == start ? " " : "", *c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
  if (*detail)
    put(out, " %s", detail);
  put_field(out, module, function, fields[1], instruction->a);
  put_field(out, module, function, fields[2], instruction->b);
  put_field(out, module, function, fields[3], instruction->c);
  if (op_has_args(instruction->op))
    put_args(out, module, function, instruction);
  for (unsigned bit = 0; bit < sizeof FLAG_NAMES / sizeof *FLAG_NAMES; bit++)
    if (instruction->flags >> bit & 1)
      put(out, " !%s", FLAG_NAMES[bit]);
}

static void put_block(Output *out, const Module *module, const Function *function, BlockId id) {
  const Block *block = &function->blocks.items[id];
  put(out, "  block %u", id);
  if (block->handler)
    put(out, " catch %u", block->handler);
  put(out, ":\n");
  for (uint32_t i = 0; i < block->count; i++) {
    put_instruction(out, module, function, &function->code.items[block->first + i]);
    if (i + 1 == block->count && block->successors[0])
      put(out, " -> %u", block->successors[0]);
    if (i + 1 == block->count && block->successors[1])
      put(out, " | %u", block->successors[1]);
    put(out, "\n");
  }
}

static void put_function(Output *out, const Module *module, FunctionId id) {
  const Function *function = module_function(module, id);
  put(out, "function#%u %s (", id, symbol_text(module->symbols, function->qualified));
  for (uint32_t i = 0; i < function->parameters.count; i++) {
    const Parameter *parameter = &function->parameters.items[i];
    put(out, "%s%s", i ? "," : "",
        parameter->flags & OPERAND_SPREAD       ? " *"
        : parameter->flags & OPERAND_SPREAD_MAP ? " **"
                                                : "");
    put_value(out, module, function, parameter->value);
  }
  put(out, " )");
  for (unsigned bit = 0; bit < sizeof FUNCTION_FLAG_NAMES / sizeof *FUNCTION_FLAG_NAMES; bit++)
    if (function->flags >> bit & 1)
      put(out, " !%s", FUNCTION_FLAG_NAMES[bit]);
  if (function->class_id)
    put(out, " of class#%u", function->class_id);
  put(out, "\n");
  for (BlockId block = 1; block < function->blocks.count; block++)
    put_block(out, module, function, block);
}

const char *module_print(const Module *module) {
  Output out = {0};
  for (ClassId id = 1; id < module->classes.count; id++) {
    const Class *class = module_class(module, id);
    put(&out, "class#%u %s", id, symbol_text(module->symbols, class->qualified));
    for (uint32_t i = 0; i < class->members.count; i++)
      put(&out, " %s=function#%u", symbol_text(module->symbols, class->members.items[i].name),
          class->members.items[i].function);
    put(&out, "\n");
  }
  for (FunctionId id = 1; id < module->functions.count; id++)
    put_function(&out, module, id);
  const char *text = arena_copy(module->arena, out.bytes ? out.bytes : "", out.length);
  free(out.bytes);
  return text;
}
