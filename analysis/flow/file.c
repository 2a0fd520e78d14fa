// What all functions of a file share, before any is solved.
#include "flow.h"
#include <string.h>

static uint8_t *mutability_of(const FlowFile *file, Location location, uint32_t *level) {
  const LocationRow *row = location_row(file->locations, location);
  for (*level = 0; row->parent && row->step != STEP_FIELD; ++*level)
    row = location_row(file->locations, row->parent);
  if (row->root == ROOT_EXTERNAL || row->step == STEP_FIELD)
    return row->name < file->symbol_count ? &file->mutable_fields[row->name] : NULL;
  return row->root == ROOT_VARIABLE ? &file->mutable_variables[row->name] : NULL;
}

uint8_t flow_mutability(const FlowFile *file, Location location, uint32_t *level) {
  const uint8_t *bits = mutability_of(file, location, level);
  if (bits)
    return *bits;
  // What has no name in this function may have one in its callers'.
  RootKind root = location_row(file->locations, location_root_of(file->locations, location))->root;
  return root == ROOT_PARAMETER || root == ROOT_ALLOCATION ? 0xff : 0;
}

static void mark(FlowFile *file, Location location, uint32_t below) {
  uint32_t level;
  uint8_t *bits = mutability_of(file, location, &level);
  if (bits && level + below < MUTABLE_LEVELS)
    *bits |= (uint8_t)(1u << (level + below));
}

bool flow_cuts(const FlowFile *file, const Instruction *instruction) {
  return file->module->traits.length_cuts && instruction->op == OP_SET_FIELD &&
         strcmp(symbol_text(file->module->symbols, instruction->b), "length") == 0;
}

static void mark_instruction(FlowFile *file, FunctionId function, const Instruction *instruction) {
  Location places[VALUE_SET_LIMIT];
  uint32_t count = 0, below = 0;
  switch (instruction->op) {
  case OP_STORE:
  case OP_SET_FIELD:
  case OP_DELETE_FIELD:
  case OP_SET_ITEM:
  case OP_DELETE_ITEM:
    count = values_places(file->values, function, instruction, places);
    break;
  case OP_CALL_METHOD: {
    const Model *model = values_model(file->values, function, instruction, NULL);
    if (!model || model->kind != MODEL_METHOD || !(model->effects & EFFECT_WRITES))
      return;
    count = values_locations(file->values, function, instruction->a, places);
    below = 1;
    break;
  }
  default:
    return;
  }
  if (flow_cuts(file, instruction)) {
    count = values_locations(file->values, function, instruction->a, places);
    below = 1;
  }
  for (uint32_t i = 0; i < count; i++)
    mark(file, places[i], below);
}

// Construction and the file's top level write before anybody else can look.
static bool runs_before_others(const Module *module, FunctionId function) {
  return module_function(module, function)->flags & (FUNCTION_CONSTRUCTOR | FUNCTION_MODULE);
}

static void find_mutable(FlowFile *file) {
  const Module *module = file->module;
  for (FunctionId id = 1; id < module->functions.count; id++) {
    if (runs_before_others(module, id))
      continue;
    const Function *function = module_function(module, id);
    for (uint32_t i = 0; i < function->code.count; i++)
      mark_instruction(file, id, &function->code.items[i]);
  }
}

FlowFile *flow_file_new(Arena *arena, const Module *module, Cancel *cancel) {
  FlowFile *file = ARENA_NEW(arena, FlowFile);
  *file = (FlowFile){.arena = arena, .module = module};
  file->models = models_new(arena, module);
  file->locations = locations_new(arena, module);
  file->values = values_solve(arena, module, file->models, file->locations, cancel);
  if (!file->values)
    return NULL;
  file->symbol_count = symbols_count(module->symbols);
  file->mutable_fields = ARENA_ARRAY(arena, uint8_t, file->symbol_count);
  file->mutable_variables = ARENA_ARRAY(arena, uint8_t, module->variables.count);
  file->summaries = ARENA_ARRAY(arena, Summary, module->functions.count);
  file->cfgs = ARENA_ARRAY(arena, Cfg *, module->functions.count);
  file->held_at = ARENA_ARRAY(arena, LockSet *, module->functions.count);
  file->held_while = ARENA_ARRAY(arena, LockSet *, module->functions.count);
  file->suspends_at = ARENA_ARRAY(arena, bool *, module->functions.count);
  file->states_at = ARENA_ARRAY(arena, StateSet *, module->functions.count);
  file->claimed_at = ARENA_ARRAY(arena, Location *, module->functions.count);
  file->premises = ARENA_ARRAY(arena, struct Premises *, module->functions.count);
  file->later = ARENA_ARRAY(arena, Span, module->functions.count);
  file->state_of = ARENA_ARRAY(arena, VariableId, module->variables.count);
  file->is_state = ARENA_ARRAY(arena, bool, module->variables.count);
  file->around = ARENA_ARRAY(arena, LockSet, module->functions.count);
  for (FunctionId id = 1; id < module->functions.count; id++) {
    const Function *function = module_function(module, id);
    file->cfgs[id] = function->flags & FUNCTION_TRUNCATED ? NULL : cfg_new(arena, function);
  }
  find_mutable(file);
  flow_find_states(file);
  flow_find_decorated(file);
  return file;
}

bool flow_in_loop(const FlowFile *file, FunctionId function, uint32_t instruction) {
  const Cfg *cfg = file->cfgs[function];
  if (!cfg)
    return true;
  const Function *item = module_function(file->module, function);
  // Blocks are in order of their code.
  BlockId low = 1, high = item->blocks.count;
  while (high - low > 1) {
    BlockId middle = (low + high) / 2;
    if (item->blocks.items[middle].first <= instruction)
      low = middle;
    else
      high = middle;
  }
  return cfg_position(cfg, low) != UINT32_MAX && cfg_in_loop(cfg, low);
}

// --- from a callee to its caller

// Where the callee's receiver lies for the caller: nowhere, where the caller owns it.
static uint32_t receiver_places(const FlowFile *file, Callee callee, Location self, Location places[VALUE_SET_LIMIT]) {
  bool constructs = module_function(file->module, callee.function)->flags & FUNCTION_CONSTRUCTOR;
  places[0] = self;
  switch (abstract_kind(callee.receiver)) {
  case ABSTRACT_FRESH:
    return !constructs && values_allocation(file->values, abstract_number(callee.receiver))->escapes;
  case ABSTRACT_OBJECT:
    places[0] = abstract_number(callee.receiver);
    return 1;
  default:
    return 1;
  }
}

// What the caller passes for a parameter of the callee; 0 where it cannot be told.
static Value passed_value(const FlowFile *file, const Instruction *call, Callee callee, uint32_t parameter) {
  uint32_t count, index = parameter;
  const Operand *args = instruction_args(file->module, call, &count);
  if (callee.receiver && file->module->traits.receiver_is_parameter)
    index--;
  Symbol name = module_function(file->module, callee.function)->parameters.items[parameter].name;
  for (uint32_t i = 0; i < count && !args[i].flags; i++)
    if (args[i].name ? args[i].name == name : i == index)
      return args[i].value;
  return 0;
}

// The parameter of the callee that a location is rooted in; false for other roots.
static bool parameter_of(const FlowFile *file, Callee callee, Location root, uint32_t *parameter) {
  const LocationRow *row = location_row(file->locations, root);
  *parameter = row->name & 63;
  return row->root == ROOT_PARAMETER && row->name >> 6 == callee.function &&
         *parameter < module_function(file->module, callee.function)->parameters.count;
}

static bool has_key_location(const FlowFile *file, Location location) {
  const LocationRow *row = location_row(file->locations, location);
  for (; row->parent; row = location_row(file->locations, row->parent))
    if (row->step == STEP_KEY_LOCATION)
      return true;
  return false;
}

// Keys that the callee got from its caller, in the caller's terms: `d[k]` of `get(k)` is `d[name]` for `get(name)`.
static Location translate_keys(FlowFile *file, FunctionId caller, const Instruction *call, Callee callee,
                               Location location) {
  LocationRow row = *location_row(file->locations, location);
  if (!row.parent)
    return location;
  Location parent = translate_keys(file, caller, call, callee, row.parent);
  uint32_t parameter;
  Location root = row.step == STEP_KEY_LOCATION ? location_root_of(file->locations, row.name) : 0;
  if (root && parameter_of(file, callee, root, &parameter)) {
    Value passed = passed_value(file, call, callee, parameter);
    Location places[VALUE_SET_LIMIT];
    if (passed && row.name == root)
      return values_element(file->values, caller, parent, passed);
    if (passed && values_locations(file->values, caller, passed, places) == 1)
      row.name = location_rebase(file->locations, row.name, root, places[0]);
  }
  return location_step(file->locations, parent, row.step, row.name);
}

uint32_t flow_translate(FlowFile *file, FunctionId caller, const Instruction *call, Callee callee, Location location,
                        Location places[VALUE_SET_LIMIT]) {
  Location root = location_root_of(file->locations, location);
  const LocationRow *row = location_row(file->locations, root);
  uint32_t count = 0, parameter;
  if (parameter_of(file, callee, root, &parameter)) {
    Value passed = passed_value(file, call, callee, parameter);
    if (passed)
      count = values_locations(file->values, caller, passed, places);
  } else if (row->root == ROOT_SELF && callee.receiver) {
    count = receiver_places(file, callee, root, places);
  } else {
    places[0] = root, count = 1;
  }
  bool keyed = has_key_location(file, location);
  for (uint32_t i = 0; i < count; i++) {
    places[i] = location_rebase(file->locations, location, root, places[i]);
    if (keyed)
      places[i] = translate_keys(file, caller, call, callee, places[i]);
  }
  return count;
}
