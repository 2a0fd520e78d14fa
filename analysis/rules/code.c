#include "code.h"
#include <string.h>

enum { TRACE_LIMIT = 16, TEXT_DEPTH = 7, TEXT_LIMIT = 240, AWAIT_DISTANCE = 48, SLICE_ROUNDS = 4 };

typedef struct CodeIndex {
  BlockId **blocks;            // by function, by instruction; NULL until asked for
  const Resource ***resources; // the same for the rows of calls
  Site *stores;                // by variable: its only STORE; index CODE_NONE where there are none or several
} CodeIndex;

static const Function *function_of(const RuleRun *run, FunctionId id) {
  return module_function(run->file->module, id);
}

static const Operand *args_of(const RuleRun *run, const Instruction *instruction, uint32_t *count) {
  return instruction_args(run->file->module, instruction, count);
}

static const char *text_of(const RuleRun *run, Symbol symbol) {
  return symbol_text(run->file->module->symbols, symbol);
}

static void find_stores(RuleRun *run, CodeIndex *index) {
  const Module *module = run->file->module;
  index->stores = ARENA_ARRAY(run->file->arena, Site, module->variables.count);
  for (VariableId id = 0; id < module->variables.count; id++)
    index->stores[id].index = CODE_NONE;
  for (FunctionId id = 1; id < module->functions.count; id++)
    for (uint32_t i = 0; i < function_of(run, id)->code.count; i++) {
      const Instruction *store = code_at(run, id, i);
      if (store->op != OP_STORE)
        continue;
      Site *site = &index->stores[store->a];
      *site = (Site){id, site->function ? CODE_NONE : i};
    }
}

static CodeIndex *index_of(RuleRun *run) {
  if (run->code)
    return run->code;
  run->code = ARENA_NEW(run->file->arena, CodeIndex);
  run->code->resources = ARENA_ARRAY(run->file->arena, const Resource **, run->file->module->functions.count);
  run->code->blocks = ARENA_ARRAY(run->file->arena, BlockId *, run->file->module->functions.count);
  find_stores(run, run->code);
  return run->code;
}

BlockId code_block(RuleRun *run, FunctionId id, uint32_t index) {
  BlockId **blocks = &index_of(run)->blocks[id];
  const Function *function = function_of(run, id);
  if (!*blocks) {
    *blocks = ARENA_ARRAY(run->file->arena, BlockId, function->code.count);
    for (BlockId block = 1; block < function->blocks.count; block++)
      for (uint32_t i = 0; i < function->blocks.items[block].count; i++)
        (*blocks)[function->blocks.items[block].first + i] = block;
  }
  return (*blocks)[index];
}

Site code_source(RuleRun *run, FunctionId function, Value value) {
  for (uint32_t steps = 0; steps < TRACE_LIMIT; steps++) {
    uint32_t index = values_definition(run->file->values, function, value);
    if (index == UINT32_MAX)
      break;
    const Instruction *instruction = code_at(run, function, index);
    if (instruction->op == OP_MOVE) {
      value = instruction->a;
    } else if (instruction->op == OP_LOAD && index_of(run)->stores[instruction->a].index != CODE_NONE) {
      Site store = index_of(run)->stores[instruction->a];
      function = store.function, value = code_at(run, store.function, store.index)->b;
    } else {
      return (Site){function, index};
    }
  }
  return (Site){function, CODE_NONE};
}

const char *code_name(RuleRun *run, FunctionId function, Value value) {
  VariableId variable = function_of(run, function)->values.items[value];
  if (variable)
    return text_of(run, module_variable(run->file->module, variable)->name);
  uint32_t index = values_definition(run->file->values, function, value);
  if (index == UINT32_MAX)
    return "";
  const Instruction *instruction = code_at(run, function, index);
  switch (instruction->op) {
  case OP_LOAD:
    return text_of(run, module_variable(run->file->module, instruction->a)->name);
  case OP_GET_FIELD:
    return text_of(run, instruction->b);
  case OP_MOVE:
  case OP_AWAIT:
  case OP_GET_ITEM:
    return code_name(run, function, instruction->a);
  case OP_MAKE: {
    uint32_t count;
    const Operand *args = instruction_args(run->file->module, instruction, &count);
    return instruction->detail == MAKE_SLICE ? code_name(run, function, args[0].value) : "";
  }
  default:
    return "";
  }
}

const char *code_display(RuleRun *run, FunctionId function, Value value) {
  uint32_t index = values_definition(run->file->values, function, value);
  if (index == UINT32_MAX || function_of(run, function)->values.items[value])
    return code_name(run, function, value);
  const Instruction *instruction = code_at(run, function, index);
  if (instruction->op == OP_SELF && instruction->detail == SELF_BASE)
    return run->file->module->traits.receiver_is_parameter ? "super()" : "super";
  if (instruction->op == OP_SELF)
    return "this";
  if (instruction->op != OP_GET_FIELD)
    return code_name(run, function, value);
  const char *object = code_display(run, function, instruction->a);
  return *object ? arena_printf(run->file->arena, "%s.%s", object, text_of(run, instruction->b))
                 : text_of(run, instruction->b);
}

// --- calls

bool code_is_call(const Instruction *instruction) {
  return (instruction->op == OP_CALL || instruction->op == OP_CALL_METHOD) &&
         !(instruction->flags & INSTRUCTION_DECORATOR);
}

const char *code_path(RuleRun *run, FunctionId function, const Instruction *call) {
  Values *values = run->file->values;
  Symbol path = 0, types[VALUE_SET_LIMIT];
  if (values_callees(values, function, call).count)
    return "";
  (void)values_model(values, function, call, &path);
  if (!path && call->op == OP_CALL && values_types(values, function, call->a, types))
    path = types[0];
  return text_of(run, path);
}

static bool has_collection(const RuleRun *run, const ValueSet *set) {
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_FRESH)
      continue;
    const Allocation *made = values_allocation(run->file->values, abstract_number(set->items[i]));
    bool literal = !made->type && !made->class_id;
    if (literal || (made->model && made->model->kind == MODEL_COLLECTION))
      return true;
  }
  return false;
}

// Whether a value is a collection in memory, whatever its name says.
static bool is_collection(const RuleRun *run, FunctionId function, Value value) {
  Location places[VALUE_SET_LIMIT];
  if (has_collection(run, values_of(run->file->values, function, value)))
    return true;
  uint32_t count = values_locations(run->file->values, function, value, places);
  for (uint32_t i = 0; i < count; i++)
    if (has_collection(run, values_content(run->file->values, places[i])))
      return true;
  return false;
}

static const Resource *find_resource(RuleRun *run, FunctionId function, const Instruction *call) {
  const Module *module = run->file->module;
  if (values_callees(run->file->values, function, call).count)
    return NULL;
  bool method = call->op == OP_CALL_METHOD;
  const char *path = code_path(run, function, call), *receiver = code_name(run, function, call->a);
  const Resource *row = *path ? resource_find(module, path) : NULL;
  if (!row && method && is_collection(run, function, call->a))
    return NULL;
  if (!row)
    return resource_find_method(module, method ? receiver : "", method ? text_of(run, call->b) : receiver);
  if (strcmp(row->path, path) == 0 || !method)
    return row;
  // The row of all methods of a type may be refined by that of the name alone.
  const Resource *named = resource_find_method(module, "", text_of(run, call->b));
  return named && (named->uses & row->uses) == row->uses ? named : row;
}

// Every rule asks about every call: the answers are kept, NONE for those without a row.
const Resource *code_resource(RuleRun *run, FunctionId function, const Instruction *call) {
  static const Resource NONE = {0};
  CodeIndex *index = index_of(run);
  const Function *item = function_of(run, function);
  if (!index->resources[function])
    index->resources[function] = ARENA_ARRAY(run->file->arena, const Resource *, item->code.count);
  const Resource **row = &index->resources[function][call - item->code.items];
  if (!*row) {
    const Resource *found = find_resource(run, function, call);
    *row = found ? found : &NONE;
  }
  return *row == &NONE ? NULL : *row;
}

static bool row_uses(const Resource *row, uint32_t uses) {
  return row && row->uses & uses;
}

// What calling `call` gives, as a type.
static bool result_uses(RuleRun *run, FunctionId function, const Instruction *call, uint32_t uses) {
  const Module *module = run->file->module;
  if (values_callees(run->file->values, function, call).count)
    return false;
  const char *path = code_path(run, function, call);
  if (*path && row_uses(resource_find(module, arena_printf(run->file->arena, "%s()", path)), uses))
    return true;
  bool method = call->op == OP_CALL_METHOD;
  const char *receiver = method ? code_name(run, function, call->a) : "";
  const char *name = method ? text_of(run, call->b) : code_name(run, function, call->a);
  return row_uses(resource_find_method(module, receiver, arena_printf(run->file->arena, "%s()", name)), uses);
}

// "a.b()": known as what a call gives, not as a class of its own.
static bool is_result_type(const char *type) {
  size_t length = strlen(type);
  return length > 2 && type[length - 1] == ')';
}

bool code_value_uses(RuleRun *run, FunctionId function, Value value, uint32_t uses) {
  Symbol types[VALUE_SET_LIMIT];
  uint32_t count = values_types(run->file->values, function, value, types);
  for (uint32_t i = 0; i < count; i++)
    if (row_uses(resource_find(run->file->module, text_of(run, types[i])), uses))
      return true;
  for (uint32_t i = 0; i < count; i++)
    if (!is_result_type(text_of(run, types[i])))
      return false;
  Site site = code_source(run, function, value);
  for (uint32_t steps = 0; site.index != CODE_NONE && steps < TRACE_LIMIT; steps++) {
    const Instruction *instruction = code_at(run, site.function, site.index);
    if (instruction->op == OP_AWAIT || instruction->op == OP_ENTER || instruction->op == OP_GET_ITEM)
      site = code_source(run, site.function, instruction->a);
    else
      return code_is_call(instruction) && result_uses(run, site.function, instruction, uses);
  }
  return false;
}

uint32_t code_awaited_at(RuleRun *run, FunctionId id, uint32_t index) {
  const Function *function = function_of(run, id);
  Value value = function->code.items[index].result;
  for (uint32_t i = index + 1; value && i < function->code.count && i < index + AWAIT_DISTANCE; i++) {
    const Instruction *user = &function->code.items[i];
    bool waits =
        user->op == OP_AWAIT || ((user->op == OP_ENTER || user->op == OP_ITERATE) && user->flags & INSTRUCTION_ASYNC);
    if (waits && user->a == value)
      return i;
    if (user->op == OP_MOVE && user->a == value)
      value = user->result;
    // A chain (`Model.find().lean()`) or `wait_for(call)` is awaited for the call.
    if (user->op == OP_CALL_METHOD && user->a == value)
      value = user->result;
    if (!code_is_call(user))
      continue;
    const Model *model = values_model(run->file->values, id, user, NULL);
    uint32_t count;
    const Operand *args = args_of(run, user, &count);
    if (model && model->kind == MODEL_WAIT && count && args[0].value == value)
      value = user->result;
  }
  return CODE_NONE;
}

bool code_is_waited_for(RuleRun *run, FunctionId id, uint32_t index) {
  if (code_awaited_at(run, id, index) != CODE_NONE)
    return true;
  const Function *function = function_of(run, id);
  for (uint32_t i = index + 1; i < function->code.count; i++)
    if (function->code.items[i].op == OP_RETURN && function->code.items[i].a == function->code.items[index].result)
      return true;
  return false;
}

Value code_argument(RuleRun *run, const Instruction *call, uint32_t position, const char *name) {
  uint32_t count;
  const Operand *args = args_of(run, call, &count);
  for (uint32_t i = 0; i < count; i++)
    if (args[i].name && name && strcmp(text_of(run, args[i].name), name) == 0)
      return args[i].value;
  for (uint32_t i = 0; i <= position && i < count; i++) {
    if (args[i].flags || args[i].name)
      return 0;
    if (i == position)
      return args[i].value;
  }
  return 0;
}

static void add_functions(RuleRun *run, FunctionId function, Value value, Callees *callees) {
  const ValueSet *set = values_of(run->file->values, function, value);
  for (uint32_t i = 0; i < set->count && callees->count < CALLEE_LIMIT; i++) {
    uint32_t number = abstract_number(set->items[i]);
    if (abstract_kind(set->items[i]) == ABSTRACT_FUNCTION)
      callees->items[callees->count++] = (Callee){.function = number};
    if (abstract_kind(set->items[i]) == ABSTRACT_BOUND)
      callees->items[callees->count++] = (Callee){values_bound(run->file->values, number)->function,
                                                  values_bound(run->file->values, number)->receiver};
  }
}

Callees code_functions(RuleRun *run, FunctionId function, Value value) {
  Callees callees = {0};
  add_functions(run, function, value, &callees);
  Site site = code_source(run, function, value);
  if (callees.count || site.index == CODE_NONE)
    return callees;
  const Instruction *call = code_at(run, site.function, site.index);
  if (!code_is_call(call))
    return callees;
  uint32_t count;
  const Operand *args = args_of(run, call, &count); // partial(f, …), useCallback(f, …)
  if (count)
    add_functions(run, site.function, args[0].value, &callees);
  return callees;
}

// --- order and dependence

static bool awaits_coroutine_that_runs_through(RuleRun *run, FunctionId function, const Instruction *await) {
  if (run->file->module->traits.await_always_suspends)
    return false;
  const ValueSet *set = values_of(run->file->values, function, await->a);
  for (uint32_t i = 0; i < set->count; i++) {
    if (abstract_kind(set->items[i]) != ABSTRACT_COROUTINE)
      return false;
    FunctionId callee = values_coroutine(run->file->values, abstract_number(set->items[i]))->callee.function;
    if (run->file->summaries[callee].may_suspend || function_of(run, callee)->flags & FUNCTION_ABSTRACT)
      return false;
  }
  return set->count && !set->open;
}

static bool is_timeout(RuleRun *run, FunctionId function, Value manager) {
  Site site = code_source(run, function, manager);
  if (site.index == CODE_NONE)
    return false;
  const Instruction *call = code_at(run, site.function, site.index);
  const Model *model = code_is_call(call) ? values_model(run->file->values, site.function, call, NULL) : NULL;
  return model && (model->kind == MODEL_NEVER_SUSPENDS || model->kind == MODEL_TASK_GROUP);
}

bool code_suspends(RuleRun *run, FunctionId function, uint32_t index) {
  const Instruction *instruction = code_at(run, function, index);
  switch (instruction->op) {
  case OP_AWAIT:
    return !awaits_coroutine_that_runs_through(run, function, instruction);
  case OP_YIELD:
    return function_of(run, function)->flags & FUNCTION_ASYNC;
  case OP_ENTER:
  case OP_EXIT:
    return instruction->flags & INSTRUCTION_ASYNC && !is_timeout(run, function, instruction->a);
  case OP_NEXT:
    return instruction->flags & INSTRUCTION_ASYNC;
  default:
    return false;
  }
}

bool code_leads(RuleRun *run, FunctionId function, uint32_t from, uint32_t to) {
  if (to <= from)
    return false;
  BlockId a = code_block(run, function, from), b = code_block(run, function, to);
  const Cfg *cfg = run->file->cfgs[function];
  return cfg && (a == b || cfg_reaches(cfg, a, b));
}

uint32_t code_suspension_between(RuleRun *run, FunctionId function, uint32_t from, uint32_t to) {
  for (uint32_t i = from + 1; i < to; i++)
    if (code_suspends(run, function, i) && code_leads(run, function, from, i) && code_leads(run, function, i, to))
      return i;
  return CODE_NONE;
}

typedef struct Slicer {
  RuleRun *run;
  Slice slice;
  bool *variables;
  bool changed;
} Slicer;

static void taint(Slicer *slicer, Value value) {
  if (!value || slicer->slice.values[value])
    return;
  slicer->slice.values[value] = slicer->changed = true;
}

static bool is_tainted(const Slicer *slicer, const Instruction *instruction) {
  const char *fields = op_fields((Op)instruction->op);
  const uint32_t operands[] = {instruction->a, instruction->b, instruction->c};
  for (int i = 0; i < 3; i++) {
    bool value = (fields[i + 1] == 'V' || fields[i + 1] == 'v') && !(i == 2 && fields[4] == '*');
    if (value && operands[i] && slicer->slice.values[operands[i]])
      return true;
  }
  return code_slice_feeds(slicer->run, &slicer->slice, instruction);
}

static void pass_on(Slicer *slicer, const Instruction *instruction) {
  if (instruction->op == OP_LOAD && slicer->variables[instruction->a])
    taint(slicer, instruction->result);
  if (!is_tainted(slicer, instruction))
    return;
  taint(slicer, instruction->result);
  if (instruction->op == OP_STORE && !slicer->variables[instruction->a])
    slicer->variables[instruction->a] = slicer->changed = true;
}

static Slice solve_slice(Slicer *slicer) {
  const Function *function = function_of(slicer->run, slicer->slice.function);
  slicer->changed = true;
  for (uint32_t round = 0; slicer->changed && round < SLICE_ROUNDS; round++) {
    slicer->changed = false;
    for (uint32_t i = 0; i < function->code.count; i++)
      pass_on(slicer, &function->code.items[i]);
  }
  return slicer->slice;
}

static Slicer new_slicer(RuleRun *run, FunctionId function) {
  Arena *arena = run->file->arena;
  return (Slicer){.run = run,
                  .slice = {function, ARENA_ARRAY(arena, bool, function_of(run, function)->values.count)},
                  .variables = ARENA_ARRAY(arena, bool, run->file->module->variables.count)};
}

Slice code_slice(RuleRun *run, FunctionId function, uint32_t index) {
  Slicer slicer = new_slicer(run, function);
  taint(&slicer, code_at(run, function, index)->result);
  return solve_slice(&slicer);
}

Slice code_slice_of_value(RuleRun *run, FunctionId function, Value value) {
  Slicer slicer = new_slicer(run, function);
  taint(&slicer, value);
  return solve_slice(&slicer);
}

bool code_slice_feeds(RuleRun *run, const Slice *slice, const Instruction *instruction) {
  uint32_t count;
  const Operand *args = args_of(run, instruction, &count);
  for (uint32_t i = 0; i < count; i++)
    if (slice->values[args[i].value])
      return true;
  return false;
}

bool code_slice_decides(RuleRun *run, const Slice *slice, uint32_t after, uint32_t index) {
  const Function *function = function_of(run, slice->function);
  const Cfg *cfg = run->file->cfgs[slice->function];
  BlockId block = code_block(run, slice->function, index);
  for (BlockId b = 1; cfg && b < function->blocks.count; b++) {
    const Block *candidate = &function->blocks.items[b];
    uint32_t last = candidate->first + candidate->count - 1;
    if (!candidate->successors[1] || last < after || last > index)
      continue;
    const Instruction *branch = &function->code.items[last];
    if (branch->op == OP_BRANCH && slice->values[branch->a] && cfg_controls(cfg, b, block))
      return true;
  }
  return false;
}

Loop code_loop(RuleRun *run, FunctionId id, uint32_t index) {
  const Function *function = function_of(run, id);
  Loop best = {.head = CODE_NONE};
  for (BlockId b = 1; b < function->blocks.count; b++) {
    const Block *block = &function->blocks.items[b];
    if (!block->count || !block->successors[1])
      continue;
    uint32_t head = block->first + block->count - 1;
    const Instruction *last = &function->code.items[head];
    bool loops = last->op == OP_NEXT || (last->op == OP_BRANCH && last->flags & INSTRUCTION_LOOP);
    // Of the two ways on, a negated test has the way out first; the body always comes first in the source.
    uint32_t one = function->blocks.items[block->successors[0]].first;
    uint32_t other = function->blocks.items[block->successors[1]].first;
    Loop loop = {head, one > other ? one : other};
    if (loops && code_loop_holds(loop, index) && (best.head == CODE_NONE || head > best.head))
      best = loop;
  }
  return best;
}

static bool manager_guards(RuleRun *run, FunctionId function, Value manager, uint32_t uses) {
  if (flow_lock_of(run->file, function, manager, NULL) || model_name_is_lock(code_name(run, function, manager)))
    return true;
  Symbol types[VALUE_SET_LIMIT];
  uint32_t count = values_types(run->file->values, function, manager, types);
  for (uint32_t i = 0; i < count; i++)
    if (row_uses(resource_find(run->file->module, text_of(run, types[i])), uses))
      return true;
  Site site = code_source(run, function, manager);
  if (site.index == CODE_NONE)
    return false;
  const Instruction *call = code_at(run, site.function, site.index);
  if (!code_is_call(call))
    return row_uses(resource_find_method(run->file->module, code_name(run, function, manager), "acquire"), uses);
  const Resource *row = code_resource(run, site.function, call);
  return row_uses(row, uses) || model_name_is_lock(code_name(run, site.function, call->a)) ||
         (call->op == OP_CALL_METHOD && model_name_is_lock(text_of(run, call->b)));
}

bool code_is_guarded(RuleRun *run, FunctionId id, uint32_t from, uint32_t to, uint32_t uses) {
  const Function *function = function_of(run, id);
  for (uint32_t i = 0; i < from; i++) {
    const Instruction *enter = &function->code.items[i];
    if (enter->op != OP_ENTER || !manager_guards(run, id, enter->a, uses))
      continue;
    for (uint32_t e = i + 1; e < function->code.count; e++) {
      const Instruction *exit = &function->code.items[e];
      if (exit->op != OP_EXIT || exit->a != enter->a)
        continue;
      if (e > to)
        return true;
      if (e > from)
        break;
    }
  }
  return false;
}

bool code_is_thread_lock(RuleRun *run, FunctionId function, Value value) {
  Symbol types[VALUE_SET_LIMIT];
  uint32_t count = values_types(run->file->values, function, value, types);
  for (uint32_t i = 0; i < count; i++) {
    const Model *model = models_find(run->file->models, types[i]);
    if (model && model->kind == MODEL_THREAD_LOCK)
      return true;
  }
  return false;
}

// --- expressions

typedef struct Writer {
  RuleRun *run;
  const Bindings *bindings;
} Writer;

static const char *unique(Writer *writer, FunctionId function, const char *kind, uint32_t number) {
  return arena_printf(writer->run->file->arena, "%s#%u:%u", kind, function, number);
}

// The source of a text without what is filled in between braces.
static const char *literal_parts(Arena *arena, const char *source) {
  char *parts = arena_alloc(arena, strlen(source) + 1);
  uint32_t length = 0, depth = 0;
  for (; *source; source++) {
    depth -= *source == '}' && depth ? 1 : 0;
    if (!depth)
      parts[length++] = *source;
    depth += *source == '{';
  }
  return parts;
}

static const char *write_value(Writer *writer, FunctionId function, Value value, unsigned depth);

static const char *write_args(Writer *writer, FunctionId function, const Instruction *instruction, unsigned depth) {
  Arena *arena = writer->run->file->arena;
  uint32_t count;
  const Operand *args = args_of(writer->run, instruction, &count);
  const char *text = "";
  for (uint32_t i = 0; i < count; i++)
    text = arena_printf(arena, "%s%s%s%s%s%s", text, i ? ", " : "", args[i].flags ? "*" : "",
                        text_of(writer->run, args[i].name), args[i].name ? "=" : "",
                        write_value(writer, function, args[i].value, depth));
  return text;
}

// `str(path)`, `Path(path)`, `String(id)` name the same thing as their argument.
static bool keeps_identity(RuleRun *run, FunctionId function, const Instruction *call) {
  static const char *const PATHS[] = {"str", "pathlib.Path", "pathlib.PurePath", "String", "os.fspath", "anyio.Path",
                                      "int", "Number"};
  uint32_t count;
  const Operand *args = args_of(run, call, &count);
  if (call->op != OP_CALL || count != 1 || args[0].flags)
    return false;
  const char *path = code_path(run, function, call);
  for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++)
    if (strcmp(path, PATHS[i]) == 0)
      return true;
  return false;
}

static const char *write_call(Writer *writer, FunctionId function, uint32_t index, unsigned depth) {
  const Instruction *call = code_at(writer->run, function, index);
  Arena *arena = writer->run->file->arena;
  if (keeps_identity(writer->run, function, call)) {
    uint32_t count;
    return write_value(writer, function, args_of(writer->run, call, &count)[0].value, depth);
  }
  const char *object = write_value(writer, function, call->a, depth);
  const char *args = write_args(writer, function, call, depth);
  if (call->op == OP_CALL)
    return arena_printf(arena, "%s(%s)", object, args);
  return arena_printf(arena, "%s.%s(%s)", object, text_of(writer->run, call->b), args);
}

static const char *write_load(Writer *writer, FunctionId function, VariableId variable, unsigned depth) {
  Site store = index_of(writer->run)->stores[variable];
  if (store.index != CODE_NONE && store.function == function)
    return write_value(writer, function, code_at(writer->run, function, store.index)->b, depth);
  return unique(writer, 0, text_of(writer->run, module_variable(writer->run->file->module, variable)->name), variable);
}

static const char *write_instruction(Writer *writer, FunctionId function, uint32_t index, unsigned depth) {
  const Instruction *instruction = code_at(writer->run, function, index);
  Arena *arena = writer->run->file->arena;
  switch (instruction->op) {
  case OP_CONST:
    return instruction->a || instruction->detail != CONSTANT_OTHER
               ? arena_printf(arena, "%u'%s'", instruction->detail, text_of(writer->run, instruction->a))
               : unique(writer, function, "const", index);
  case OP_MOVE:
    return write_value(writer, function, instruction->a, depth);
  case OP_LOAD:
    return write_load(writer, function, instruction->a, depth);
  case OP_SELF:
    return writer->bindings && writer->bindings->receiver ? writer->bindings->receiver : "this";
  case OP_GET_FIELD:
    return arena_printf(arena, "%s.%s", write_value(writer, function, instruction->a, depth),
                        text_of(writer->run, instruction->b));
  case OP_GET_ITEM:
    return arena_printf(arena, "%s[%s]", write_value(writer, function, instruction->a, depth),
                        write_value(writer, function, instruction->b, depth));
  case OP_CALL:
  case OP_CALL_METHOD:
    return write_call(writer, function, index, depth);
  case OP_COMPUTE:
  case OP_MAKE:
    return arena_printf(arena, "%s%u%s(%s)", op_name((Op)instruction->op), instruction->detail,
                        literal_parts(arena, text_of(writer->run, instruction->b)),
                        write_args(writer, function, instruction, depth));
  default:
    return unique(writer, function, op_name((Op)instruction->op), index);
  }
}

static const char *write_parameter(Writer *writer, FunctionId id, Value value) {
  const Function *function = function_of(writer->run, id);
  for (uint32_t i = 0; i < function->parameters.count; i++) {
    const Parameter *parameter = &function->parameters.items[i];
    if (parameter->value != value)
      continue;
    if (writer->bindings && writer->bindings->parameters[i])
      return writer->bindings->parameters[i];
    if (parameter->variable && module_variable(writer->run->file->module, parameter->variable)->is_self)
      return "this";
  }
  return NULL;
}

static const char *write_value(Writer *writer, FunctionId function, Value value, unsigned depth) {
  const char *parameter = write_parameter(writer, function, value);
  if (parameter)
    return parameter;
  uint32_t index = values_definition(writer->run->file->values, function, value);
  if (!depth || index == UINT32_MAX)
    return unique(writer, function, code_name(writer->run, function, value), value);
  const char *text = write_instruction(writer, function, index, depth - 1);
  return strlen(text) < TEXT_LIMIT ? text : unique(writer, function, "value", value);
}

const char *code_text(RuleRun *run, FunctionId function, Value value, const Bindings *bindings) {
  Writer writer = {run, bindings};
  return write_value(&writer, function, value, TEXT_DEPTH);
}
