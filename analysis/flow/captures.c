// What closures that run later know of the past: values read before they were made, and state that a framework hands to
// each rendering anew.
#include "state.h"

enum { SOURCE_LIMIT = 8 };

typedef struct Search {
  Value pending[SOURCE_LIMIT];
  uint32_t count;
} Search;

static void search_add(Search *search, Value value) {
  if (value && search->count < SOURCE_LIMIT)
    search->pending[search->count++] = value;
}

// The STORE that binds a captured variable once, in its owner; NULL where there is none.
static const Instruction *binding_of(const FlowFile *file, VariableId id) {
  const Variable *variable = module_variable(file->module, id);
  if (variable->kind != VARIABLE_LOCAL || variable->parameter || !variable->constant)
    return NULL;
  const Function *owner = module_function(file->module, variable->owner);
  for (uint32_t i = 0; i < owner->code.count; i++)
    if (owner->code.items[i].op == OP_STORE && owner->code.items[i].a == id)
      return &owner->code.items[i];
  return NULL;
}

static void add_stale(Flow *flow, const Instruction *load, Location location, Span read) {
  if (!flow_is_interesting(flow, location))
    return;
  uint32_t token = flow_token(flow, location);
  flow->tokens.items[token].span = read;
  flow->tokens.items[token].suspension = flow->file->later[flow->id];
  facts_add(flow->now, (Fact){.holder = load->result, .token = token, .flags = FACT_STALE, .suspension = flow->index});
}

// A component's state is what it was when the component was rendered, however late a closure looks.
static void read_state(Flow *flow, const Instruction *load) {
  if (!flow->now->suspended)
    return;
  uint32_t end, start = facts_find(flow->now, load->result, &end);
  for (uint32_t i = start; i < end; i++) {
    flow->now->items[i].flags |= FACT_STALE;
    flow->now->items[i].suspension = flow->now->suspension;
  }
}

void flow_read_captured(Flow *flow, const Instruction *load) {
  FlowFile *file = flow->file;
  const Variable *variable = module_variable(file->module, load->a);
  if (file->is_state[load->a]) {
    read_state(flow, load);
    return;
  }
  if (!file->later[flow->id].end || variable->kind != VARIABLE_LOCAL || variable->owner == flow->id)
    return;
  const Instruction *binding = binding_of(file, load->a);
  if (!binding)
    return;
  const Function *owner = module_function(file->module, variable->owner);
  Search search = {{binding->b}, 1};
  for (uint32_t next = 0; next < search.count; next++) {
    uint32_t definition = values_definition(file->values, variable->owner, search.pending[next]);
    if (definition == UINT32_MAX)
      continue;
    const Instruction *made = &owner->code.items[definition];
    Location places[VALUE_SET_LIMIT];
    uint32_t count = values_places(file->values, variable->owner, made, places), args_count;
    for (uint32_t i = 0; i < count; i++)
      add_stale(flow, load, places[i], made->span);
    const Operand *args = instruction_args(file->module, made, &args_count);
    if (made->op == OP_MOVE)
      search_add(&search, made->a);
    for (uint32_t i = 0; made->op == OP_COMPUTE && i < args_count; i++)
      search_add(&search, args[i].value);
  }
}

// --- state setters

static bool is_state_call(FlowFile *file, FunctionId function, const Instruction *call) {
  if (call->op != OP_CALL && call->op != OP_CALL_METHOD)
    return false;
  const Model *model = values_model(file->values, function, call, NULL);
  return model && model->kind == MODEL_STATE;
}

// The variable that an item of the call's result is bound to.
static VariableId bound_variable(const FlowFile *file, FunctionId id, Value pair, const char *key) {
  const Function *function = module_function(file->module, id);
  Value item = 0;
  Symbol number = symbol_of_string(file->module->symbols, key);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *instruction = &function->code.items[i];
    if (instruction->op == OP_GET_ITEM && instruction->a == pair) {
      uint32_t definition = values_definition(file->values, id, instruction->b);
      if (definition != UINT32_MAX && function->code.items[definition].a == number)
        item = instruction->result;
    }
    if (item && instruction->op == OP_STORE && instruction->b == item)
      return instruction->a;
    if (item && instruction->op == OP_MOVE && instruction->a == item)
      return function->values.items[instruction->result];
  }
  return 0;
}

void flow_find_states(FlowFile *file) {
  for (FunctionId id = 1; id < file->module->functions.count; id++) {
    const Function *function = module_function(file->module, id);
    for (uint32_t i = 0; i < function->code.count; i++) {
      const Instruction *call = &function->code.items[i];
      if (!is_state_call(file, id, call))
        continue;
      VariableId state = bound_variable(file, id, call->result, "0"),
                 setter = bound_variable(file, id, call->result, "1");
      if (!state || !setter)
        continue;
      file->state_of[setter] = state;
      file->is_state[state] = true;
      file->mutable_variables[state] |= 1;
    }
  }
}

static VariableId called_variable(const Flow *flow, const Instruction *call) {
  const Instruction *source = call->op == OP_CALL ? values_source(flow->file->values, flow->id, call->a) : NULL;
  return source && source->op == OP_LOAD ? source->a : 0;
}

void flow_set_state(Flow *flow, const Instruction *call) {
  VariableId setter = called_variable(flow, call);
  VariableId state = setter ? flow->file->state_of[setter] : 0;
  uint32_t count;
  const Operand *args = instruction_args(flow->file->module, call, &count);
  if (!state || !count)
    return;
  flow_write(flow, (Write){.location = location_root(flow->file->locations, ROOT_VARIABLE, state),
                           .flags = flow_assign_flags(flow, args[0].value),
                           .value = args[0].value,
                           .span = call->span});
}
