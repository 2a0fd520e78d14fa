// Where what a function starts is waited for.
#include "contexts_state.h"

typedef struct Watched {
  Value items[16];
  uint32_t count;
} Watched;

static bool watches(const Watched *watched, Value value) {
  for (uint32_t i = 0; i < watched->count; i++)
    if (watched->items[i] == value)
      return true;
  return false;
}

static void watch(Watched *watched, Value value) {
  if (value && watched->count < 16 && !watches(watched, value))
    watched->items[watched->count++] = value;
}

// The task goes on living in what it is stored in: a local, a list, a gather.
static void follow(const Contexts *contexts, FunctionId function, const Instruction *instruction, Watched *watched) {
  uint32_t count;
  const Operand *args = instruction_args(contexts_module(contexts), instruction, &count);
  if (instruction->op == OP_MOVE && watches(watched, instruction->a))
    watch(watched, instruction->result);
  for (uint32_t i = 0; i < count; i++) {
    if (!watches(watched, args[i].value))
      continue;
    const Model *model = NULL;
    if (instruction->op == OP_CALL || instruction->op == OP_CALL_METHOD)
      model = values_model(contexts->file->values, function, instruction, NULL);
    if (instruction->op == OP_MAKE || (model && (model->kind == MODEL_GATHER || model->kind == MODEL_WAIT)))
      watch(watched, instruction->result);
    else if (model && model->kind == MODEL_METHOD && model->effects & EFFECT_ADD)
      watch(watched, instruction->a);
  }
}

static const Allocation *task_group_of(const Contexts *contexts, FunctionId function, Value value) {
  const ValueSet *set = values_of(contexts->file->values, function, value);
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_FRESH)
      continue;
    const Allocation *made = values_allocation(contexts->file->values, abstract_number(set->items[i]));
    if (made->model && made->model->kind == MODEL_TASK_GROUP && made->function == function)
      return made;
  }
  return NULL;
}

// The instruction at which the spawner waits for what it starts at `start`; 0 where it does not.
uint32_t contexts_find_join(const Contexts *contexts, FunctionId spawner, uint32_t start) {
  const Function *function = module_function(contexts_module(contexts), spawner);
  const Instruction *spawn = &function->code.items[start];
  const Allocation *group = spawn->op == OP_CALL_METHOD ? task_group_of(contexts, spawner, spawn->a) : NULL;
  Watched watched = {{spawn->result}, 1};
  uint32_t join = 0;
  for (uint32_t i = start + 1; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (group && instruction->op == OP_EXIT && task_group_of(contexts, spawner, instruction->a) == group)
      join = i;
    if (group)
      continue;
    if (instruction->op == OP_AWAIT && watches(&watched, instruction->a))
      return i;
    follow(contexts, spawner, instruction, &watched);
  }
  return join;
}

bool contexts_joins(const Contexts *contexts, const Edge *edge, uint32_t *instruction) {
  uint32_t join = contexts_find_join(contexts, edge->caller, edge->instruction);
  if (instruction)
    *instruction = join;
  return join != 0;
}
