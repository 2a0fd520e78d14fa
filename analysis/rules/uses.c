#include "uses.h"

enum { NAME_LIMIT = 16, USE_LIMIT = 256 };

struct Uses {
  Arena *arena;
  const Module *module;
  const Function *function;
  uint32_t *first; // by value: its uses in `all`, one more entry than values
  Use *all;
};

typedef void (*Visit)(Uses *uses, Value value, Use use);

static void each_use(Uses *uses, Visit visit) {
  for (uint32_t i = 0; i < uses->function->code.count; i++) {
    const Instruction *instruction = &uses->function->code.items[i];
    if (instruction->op == OP_ANNOTATE)
      continue;
    const char *fields = op_fields(instruction->op);
    const uint32_t operands[] = {instruction->a, instruction->b, instruction->c};
    for (int field = USE_A; field <= USE_C; field++)
      if ((fields[field + 1] == 'V' || fields[field + 1] == 'v') && operands[field])
        visit(uses, operands[field], (Use){instruction, (UseField)field, NULL});
    if (!op_has_args(instruction->op))
      continue;
    uint32_t count;
    const Operand *args = instruction_args(uses->module, instruction, &count);
    for (uint32_t arg = 0; arg < count; arg++)
      visit(uses, args[arg].value, (Use){instruction, USE_ARGUMENT, &args[arg]});
  }
}

static void count_use(Uses *uses, Value value, Use use) {
  (void)use;
  uses->first[value + 1]++;
}

// Leaves `first` one place on, where the next value's uses begin.
static void note_use(Uses *uses, Value value, Use use) {
  uses->all[uses->first[value]++] = use;
}

Uses *uses_new(Arena *arena, const Module *module, FunctionId id) {
  Uses *uses = ARENA_NEW(arena, Uses);
  const Function *function = module_function(module, id);
  *uses = (Uses){.arena = arena, .module = module, .function = function};
  uint32_t values = function->values.count;
  uses->first = ARENA_ARRAY(arena, uint32_t, values + 2);
  each_use(uses, count_use);
  for (uint32_t value = 0; value < values; value++)
    uses->first[value + 1] += uses->first[value];
  uses->all = ARENA_ARRAY(arena, Use, uses->first[values] + 1);
  each_use(uses, note_use);
  for (uint32_t value = values; value > 0; value--)
    uses->first[value] = uses->first[value - 1];
  uses->first[0] = 0;
  return uses;
}

static bool add_name(Value names[NAME_LIMIT], uint32_t *count, Value name) {
  for (uint32_t i = 0; i < *count; i++)
    if (names[i] == name)
      return true;
  if (*count == NAME_LIMIT)
    return false;
  names[(*count)++] = name;
  return true;
}

UseList uses_of(Uses *uses, Value value) {
  Value names[NAME_LIMIT] = {value};
  uint32_t name_count = 1;
  bool complete = true;
  ARRAY(Use) found = {0};
  for (uint32_t n = 0; n < name_count; n++)
    for (uint32_t i = uses->first[names[n]]; i < uses->first[names[n] + 1]; i++) {
      if (uses->all[i].instruction->op == OP_MOVE)
        complete &= add_name(names, &name_count, uses->all[i].instruction->result);
      else if (found.count == USE_LIMIT)
        return (UseList){found.items, found.count, false};
      else
        array_push(uses->arena, &found, uses->all[i]);
    }
  return (UseList){found.items, found.count, complete};
}

bool uses_named(const Uses *uses, Value value) {
  for (uint32_t i = uses->first[value]; i < uses->first[value + 1]; i++) {
    const Instruction *use = uses->all[i].instruction;
    if (use->op == OP_MOVE && uses->function->values.items[use->result])
      return true;
  }
  return false;
}
