// Which functions may run at the same time.
#include "contexts_state.h"

// Two tasks that one activation starts one after the other, the first being waited for before the second begins.
static bool in_order(const Contexts *contexts, const Root *a, const Root *b) {
  if (a->spawner != b->spawner || contexts_roots(contexts, a->spawner) != BIT(ROOT_MAIN))
    return false;
  return (a->join && b->group > a->join) || (b->join && a->group > b->join);
}

// Whether an outsider's calls are what runs the tasks of a root.
static bool is_outside(const Contexts *contexts, uint32_t root) {
  return contexts->roots[root].kind == EDGE_CALLBACK;
}

// A task and one that it starts and waits for: together they run only where there are several of the first, or the
// second is started by others as well.
static RootEvidence with_child(const Contexts *contexts, uint32_t parent, uint32_t child) {
  RootSet others = contexts_roots(contexts, contexts->roots[child].spawner) & ~BIT(parent);
  if (contexts_in_view(contexts, others) || contexts->roots[parent].many_in_view)
    return EVIDENCE_IN_VIEW;
  return others || contexts->roots[parent].many ? EVIDENCE_OUTSIDE : EVIDENCE_NONE;
}

// Whether the spawner does nothing but wait once it has started the task: `await asyncio.wait_for(work(), 5)`.
static bool is_waited_for_at_once(const Contexts *contexts, const Root *root) {
  const Function *spawner = module_function(contexts_module(contexts), root->spawner);
  for (uint32_t i = root->group + 1; i < root->join; i++)
    if (spawner->code.items[i].op == OP_AWAIT || spawner->code.items[i].flags & INSTRUCTION_ASYNC)
      return false;
  return root->joined;
}

static bool is_child(const Contexts *contexts, uint32_t parent, uint32_t child) {
  const Root *root = &contexts->roots[child];
  bool starts = parent != ROOT_PUBLIC && contexts_roots(contexts, root->spawner) & BIT(parent);
  return starts && is_waited_for_at_once(contexts, root);
}

// Whether the spawner starts the one or the other, but not both.
static bool is_either(const Contexts *contexts, const Root *a, const Root *b) {
  const Cfg *cfg = contexts->file->cfgs[a->spawner];
  if (!cfg || a->spawner != b->spawner || !a->entry || a->entry != b->entry || a->many || b->many)
    return false;
  const Function *spawner = module_function(contexts_module(contexts), a->spawner);
  BlockId first = function_block_of(spawner, a->group), second = function_block_of(spawner, b->group);
  return first != second && !cfg_reaches(cfg, first, second) && !cfg_reaches(cfg, second, first);
}

static RootEvidence roots_parallel(const Contexts *contexts, uint32_t a, uint32_t b) {
  const Root *first = &contexts->roots[a], *second = &contexts->roots[b];
  RootEvidence evidence = is_outside(contexts, a) || is_outside(contexts, b) ? EVIDENCE_OUTSIDE : EVIDENCE_IN_VIEW;
  if (a == b)
    return !first->many ? EVIDENCE_NONE : first->many_in_view ? evidence : EVIDENCE_OUTSIDE;
  if (first->during == b || second->during == a)
    return evidence;
  const Root *spawned = a == ROOT_MAIN ? second : b == ROOT_MAIN ? first : NULL;
  if (spawned && b != ROOT_PUBLIC && a != ROOT_PUBLIC)
    return !spawned->joined && spawned->kind != EDGE_RUN ? evidence : EVIDENCE_NONE;
  if (is_child(contexts, a, b))
    return with_child(contexts, a, b);
  if (is_child(contexts, b, a))
    return with_child(contexts, b, a);
  return in_order(contexts, first, second) || is_either(contexts, first, second) ? EVIDENCE_NONE : evidence;
}

static bool is_nested_in(const Contexts *contexts, FunctionId function, FunctionId outer) {
  while (function && function != outer)
    function = module_function(contexts_module(contexts), function)->parent;
  return function == outer;
}

// Whether a task of the root that is in `function` was started within an activation of `owner`: it begins with a
// closure of it, or beside something that the activation waits for.
static bool begins_within(const Contexts *contexts, uint32_t root, FunctionId owner, FunctionId function) {
  const Root *item = &contexts->roots[root];
  if (root == ROOT_PUBLIC || root == ROOT_SEQUENTIAL)
    return contexts->handed_depth[function] >= contexts_nesting(contexts, owner);
  if (root == ROOT_MAIN)
    return false;
  if (root == ROOT_OVERFLOW)
    return true;
  if (!item->entry)
    return is_nested_in(contexts, item->spawner, owner);
  return item->entry != owner && is_nested_in(contexts, item->entry, owner);
}

// Whether one activation of `owner` may have several tasks of a root that begins within it.
static bool many_within(const Contexts *contexts, uint32_t root, FunctionId owner, unsigned depth) {
  const Root *item = &contexts->roots[root];
  if (root == ROOT_PUBLIC || (item->many_here && !item->in_turn))
    return true;
  if (!depth || item->spawner == owner || !is_nested_in(contexts, item->spawner, owner))
    return false;
  if (contexts->overlapping[item->spawner])
    return true;
  RootSet spawner = contexts_roots(contexts, item->spawner);
  for (uint32_t r = 0; r < contexts->root_count; r++)
    if (spawner >> r & 1 && begins_within(contexts, r, owner, item->spawner) &&
        many_within(contexts, r, owner, depth - 1))
      return true;
  return false;
}

// Whether what a value was taken from is a collection or an object, which others may hold as well.
static bool is_element(const Contexts *contexts, FunctionId function, Value value) {
  const Instruction *source = values_source(contexts->file->values, function, value);
  if (!source)
    return false;
  const Model *model =
      source->op == OP_CALL_METHOD ? values_model(contexts->file->values, function, source, NULL) : NULL;
  return source->op == OP_NEXT || source->op == OP_GET_ITEM || source->op == OP_GET_FIELD ||
         (model && model->effects & EFFECT_ELEMENT);
}

// Whether the activation that owns a captured variable alone has what stands at the location: the variable itself, or
// a part of an object that is not taken from elsewhere.
static bool belongs_to_activation(const Contexts *contexts, VariableId variable, Location location) {
  const Locations *locations = contexts->file->locations;
  if (!location_row(locations, location)->depth)
    return true;
  FunctionId owner = module_variable(contexts_module(contexts), variable)->owner;
  const Function *function = module_function(contexts_module(contexts), owner);
  for (uint32_t i = 0; i < function->code.count; i++)
    if (function->code.items[i].op == OP_STORE && function->code.items[i].a == variable &&
        is_element(contexts, owner, function->code.items[i].b))
      return false;
  return true;
}

// A captured variable belongs to one activation of its owner: only the activation itself, the tasks that it starts, and
// the closures that it hands out, share it.
static bool shares_activation(const Contexts *contexts, VariableId variable, Location location, FunctionId first,
                              FunctionId second, uint32_t a, uint32_t b) {
  FunctionId owner = module_variable(contexts_module(contexts), variable)->owner;
  if (first == owner && second == owner)
    return false;
  // An owner that never suspends has ended before any task that it starts goes on.
  if ((first == owner || second == owner) && !contexts->file->summaries[owner].may_suspend)
    return false;
  if (!belongs_to_activation(contexts, variable, location) && (a != b || contexts->roots[a].many_here))
    return true;
  bool first_within = begins_within(contexts, a, owner, first);
  bool second_within = begins_within(contexts, b, owner, second);
  if (first_within && second_within)
    return a != b || many_within(contexts, a, owner, 4);
  return first_within || second_within;
}

// Whether two tasks of these roots see one receiver: each its own does not.
static bool shares_receiver(const Contexts *contexts, FunctionId first, FunctionId second, uint32_t a, uint32_t b) {
  bool first_owns = !(contexts->shared[first] >> a & 1), second_owns = !(contexts->shared[second] >> b & 1);
  if (a == b)
    return !first_owns && !second_owns && !contexts->roots[a].own_receiver;
  if (!first_owns && !second_owns)
    return true;
  return first_owns && second_owns && contexts->roots[a].receiver &&
         contexts->roots[a].receiver == contexts->roots[b].receiver;
}

RootEvidence contexts_parallel(const Contexts *contexts, FunctionId first, FunctionId second, Location location,
                               Span *spawn) {
  const Locations *locations = contexts->file->locations;
  const LocationRow *root = location_row(locations, location_root_of(locations, location));
  bool of_receiver = root->root == ROOT_SELF || root->root == ROOT_RECEIVER;
  VariableId captured = 0;
  if (root->root == ROOT_VARIABLE && module_variable(contexts_module(contexts), root->name)->kind == VARIABLE_LOCAL)
    captured = root->name;
  RootSet a = contexts_roots(contexts, first), b = contexts_roots(contexts, second);
  RootEvidence best = EVIDENCE_NONE;
  for (uint32_t i = 0; i < 64; i++) {
    if (!(a >> i & 1))
      continue;
    for (uint32_t j = 0; j < 64; j++) {
      RootEvidence evidence = b >> j & 1 ? roots_parallel(contexts, i, j) : EVIDENCE_NONE;
      if (evidence <= best)
        continue;
      if (of_receiver && !shares_receiver(contexts, first, second, i, j))
        continue;
      if (captured && !shares_activation(contexts, captured, location, first, second, i, j))
        continue;
      best = evidence;
      if (spawn)
        *spawn = contexts->roots[j].span;
    }
  }
  return best;
}

// Whether the function has waited, before `at`, for what the field keeps.
static bool waits_for_field(const Contexts *contexts, FunctionId id, Location field, Span at) {
  const Function *function = module_function(contexts_module(contexts), id);
  for (uint32_t i = 0; i < function->code.count; i++) {
    const Instruction *await = &function->code.items[i];
    if (await->op != OP_AWAIT || await->span.end > at.start || flow_in_loop(contexts->file, id, i))
      continue;
    const Instruction *read = values_source(contexts->file->values, id, await->a);
    Location places[VALUE_SET_LIMIT];
    bool reads = read && read->op == OP_GET_FIELD && values_places(contexts->file->values, id, read, places);
    if (reads && places[0] == field)
      return true;
  }
  return false;
}

// Whether the function waits, before `at`, for the one task that its object was started with.
static bool waits_for_task(const Contexts *contexts, FunctionId id, const Root *root, Span at) {
  if (root->kind != EDGE_SPAWN || !root->of_self || !contexts_starts_by_name(contexts, root->spawner))
    return false;
  Location field = contexts_kept_in(contexts, root);
  return field && waits_for_field(contexts, id, field, at);
}

bool contexts_has_ended(const Contexts *contexts, FunctionId first, FunctionId second, Span at) {
  RootSet roots = contexts->shared[second] | contexts->owned[second];
  const Function *function = module_function(contexts_module(contexts), first);
  for (uint32_t r = 0; r < contexts->root_count; r++) {
    if (!(roots >> r & 1))
      continue;
    const Root *root = &contexts->roots[r];
    bool waited = root->kind == EDGE_CALLBACK && root->joined && root->spawner == first;
    bool before = waited && function->code.items[root->join].span.end <= at.start;
    if (before && !flow_in_loop(contexts->file, first, root->join))
      continue;
    if (!waits_for_task(contexts, first, root, at))
      return false;
  }
  return roots && !(roots >> contexts->root_count);
}
