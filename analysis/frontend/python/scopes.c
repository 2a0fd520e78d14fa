#include "scopes.h"

// Builtins are the names of scope 0.
enum { BUILTINS = 0, MODULE_SCOPE = 1 };

struct Scopes {
  Arena *arena;
  Builder *builder;
  ARRAY(Scope) scopes;  // [0] the builtins
  ARRAY(Name) names;    // [0] unused
  ARRAY(uint8_t) cells; // by variable
  uint32_t *slots;      // hash table of indexes into `names`, by scope and symbol; a power of two
  uint32_t slot_count;
};

static void grow_slots(Scopes *scopes, uint32_t count);

Scopes *python_scopes_new(Arena *arena, Builder *builder) {
  Scopes *scopes = ARENA_NEW(arena, Scopes);
  scopes->arena = arena;
  scopes->builder = builder;
  (void)array_add(arena, &scopes->scopes);
  (void)array_add(arena, &scopes->names);
  grow_slots(scopes, 256);
  return scopes;
}

Scope *scopes_add(Scopes *scopes, ScopeKind kind, ScopeId parent, Span span, ScopeId *id) {
  *id = scopes->scopes.count;
  Scope *scope = array_add(scopes->arena, &scopes->scopes);
  const Scope *outer = &scopes->scopes.items[parent];
  *scope =
      (Scope){.kind = kind, .parent = parent, .span = span, .function = outer->function, .qualified = outer->qualified};
  return scope;
}

Scope *scopes_get(const Scopes *scopes, ScopeId scope) {
  return &scopes->scopes.items[scope];
}

ScopeId scopes_at(const Scopes *scopes, Span span) {
  uint32_t low = MODULE_SCOPE + 1, high = scopes->scopes.count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (scopes->scopes.items[middle].span.start < span.start)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < scopes->scopes.count && scopes->scopes.items[low].span.start == span.start; low++)
    if (scopes->scopes.items[low].span.end == span.end)
      return low;
  return 0;
}

// --- the table of names

static uint32_t slot_of(const Scopes *scopes, ScopeId scope, Symbol symbol) {
  uint32_t mask = scopes->slot_count - 1;
  uint32_t slot = (uint32_t)(((uint64_t)scope * 0x9E3779B97F4A7C15u + symbol * 0xC2B2AE3D27D4EB4Fu) >> 32) & mask;
  for (; scopes->slots[slot]; slot = (slot + 1) & mask) {
    const Name *name = &scopes->names.items[scopes->slots[slot]];
    if (name->scope == scope && name->symbol == symbol)
      break;
  }
  return slot;
}

static void grow_slots(Scopes *scopes, uint32_t count) {
  scopes->slot_count = count;
  scopes->slots = ARENA_ARRAY(scopes->arena, uint32_t, count);
  for (uint32_t i = 1; i < scopes->names.count; i++)
    scopes->slots[slot_of(scopes, scopes->names.items[i].scope, scopes->names.items[i].symbol)] = i;
}

// The index of a name, made where it is new.
static uint32_t name_index(Scopes *scopes, ScopeId scope, Symbol symbol) {
  uint32_t slot = slot_of(scopes, scope, symbol);
  if (scopes->slots[slot])
    return scopes->slots[slot];
  uint32_t index = scopes->names.count;
  *array_add(scopes->arena, &scopes->names) = (Name){.scope = scope, .symbol = symbol};
  scopes->slots[slot] = index;
  if (scopes->names.count * 2 > scopes->slot_count)
    grow_slots(scopes, scopes->slot_count * 2);
  return index;
}

void python_scopes_use(Scopes *scopes, ScopeId scope, Symbol symbol) {
  name_index(scopes, scope, symbol);
}

Name *scopes_bind(Scopes *scopes, ScopeId scope, Symbol symbol, Span span) {
  uint32_t index = name_index(scopes, scope, symbol);
  Name *name = &scopes->names.items[index];
  if (!name->bindings++)
    name->declaration = span;
  name->flags |= NAME_BOUND;
  return name;
}

void python_scopes_declare(Scopes *scopes, ScopeId scope, Symbol symbol, NameFlag flag) {
  uint32_t index = name_index(scopes, scope, symbol);
  scopes->names.items[index].flags |= flag;
}

// --- resolution

static bool owns_itself(const Name *name) {
  return (name->flags & NAME_BOUND) && !(name->flags & (NAME_GLOBAL | NAME_NONLOCAL));
}

static uint32_t global_name(Scopes *scopes, Symbol symbol) {
  uint32_t found = scopes->slots[slot_of(scopes, MODULE_SCOPE, symbol)];
  return found && owns_itself(&scopes->names.items[found]) ? found : name_index(scopes, BUILTINS, symbol);
}

// The owner of a symbol, looked for from a scope outwards. Class bodies are passed over.
static uint32_t owner_from(Scopes *scopes, ScopeId scope, Symbol symbol) {
  for (; scope > MODULE_SCOPE; scope = scopes->scopes.items[scope].parent) {
    uint32_t found = scopes->slots[slot_of(scopes, scope, symbol)];
    if (!found || scopes->scopes.items[scope].kind == SCOPE_CLASS)
      continue;
    if (scopes->names.items[found].flags & NAME_GLOBAL)
      break;
    if (owns_itself(&scopes->names.items[found]))
      return found;
  }
  return global_name(scopes, symbol);
}

// `global x` in a function binds the module's x, which may have no other binding; so for `nonlocal`.
static void bind_through(Scopes *scopes, uint32_t index) {
  Name name = scopes->names.items[index];
  if (!(name.flags & (NAME_GLOBAL | NAME_NONLOCAL)) || name.scope == MODULE_SCOPE)
    return;
  uint32_t to = (name.flags & NAME_GLOBAL) ? name_index(scopes, MODULE_SCOPE, name.symbol)
                                           : owner_from(scopes, scopes->scopes.items[name.scope].parent, name.symbol);
  Name *owner = &scopes->names.items[to];
  if (!name.bindings || owner->scope == BUILTINS)
    return;
  if (!owner->bindings)
    owner->declaration = name.declaration;
  owner->bindings += name.bindings;
  owner->flags |= NAME_BOUND | (name.flags & NAME_IMPORT);
  if (!owner->import_path)
    owner->import_path = name.import_path;
}

static void find_owner(Scopes *scopes, uint32_t index) {
  Name name = scopes->names.items[index];
  uint32_t owner = index;
  if (name.scope != BUILTINS && (name.flags & NAME_GLOBAL) && name.scope != MODULE_SCOPE)
    owner = global_name(scopes, name.symbol);
  else if (name.scope != BUILTINS && !owns_itself(&name))
    owner = owner_from(scopes, scopes->scopes.items[name.scope].parent, name.symbol);
  scopes->names.items[index].owner = owner;
  ScopeId home = scopes->names.items[owner].scope;
  if (scopes->scopes.items[home].function != scopes->scopes.items[name.scope].function)
    scopes->names.items[owner].flags |= NAME_CAPTURED;
}

static VariableKind variable_kind(const Scopes *scopes, const Name *name) {
  if (name->scope == BUILTINS)
    return VARIABLE_UNRESOLVED;
  if ((name->flags & NAME_IMPORT) && !(name->flags & NAME_PARAMETER))
    return VARIABLE_IMPORT;
  return scopes->scopes.items[name->scope].kind == SCOPE_MODULE ? VARIABLE_MODULE : VARIABLE_LOCAL;
}

static void declare(Scopes *scopes, Name *name) {
  if (scopes_is_class_field(scopes, name) && !(name->flags & NAME_IMPORT))
    return;
  Variable *variable = builder_declare_variable(scopes->builder, &name->variable);
  while (scopes->cells.count <= name->variable)
    array_push(scopes->arena, &scopes->cells, 0);
  scopes->cells.items[name->variable] = (name->flags & NAME_CAPTURED) != 0;
  variable->name = name->symbol;
  variable->kind = variable_kind(scopes, name);
  variable->owner = variable->kind == VARIABLE_LOCAL ? scopes->scopes.items[name->scope].function : 1;
  variable->import_path = variable->kind == VARIABLE_IMPORT ? name->import_path : 0;
  variable->declaration = name->declaration;
  variable->parameter = name->flags & NAME_PARAMETER;
  variable->constant = name->bindings == 1;
  variable->is_self = name->flags & NAME_SELF;
  variable->exported = name->flags & NAME_EXPORTED;
}

void python_scopes_resolve(Scopes *scopes) {
  uint32_t seen = scopes->names.count;
  for (uint32_t i = 1; i < seen; i++)
    bind_through(scopes, i);
  for (uint32_t i = 1; i < scopes->names.count; i++)
    find_owner(scopes, i);
  for (uint32_t i = 1; i < scopes->names.count; i++)
    if (scopes->names.items[i].owner == i)
      declare(scopes, &scopes->names.items[i]);
  for (uint32_t i = 1; i < scopes->names.count; i++)
    scopes->names.items[i].variable = scopes->names.items[scopes->names.items[i].owner].variable;
}

// --- look-ups by the lowering

Name *scopes_find(const Scopes *scopes, ScopeId scope, Symbol symbol) {
  uint32_t found = scopes->slots[slot_of(scopes, scope, symbol)];
  return found ? &scopes->names.items[found] : NULL;
}

bool scopes_is_class_field(const Scopes *scopes, const Name *name) {
  return name->scope != BUILTINS && scopes->scopes.items[name->scope].kind == SCOPE_CLASS && owns_itself(name);
}

VariableId python_scopes_variable(Scopes *scopes, ScopeId scope, Symbol symbol, bool outer) {
  const Name *name = outer ? NULL : scopes_find(scopes, scope, symbol);
  if (name && name->owner)
    return name->variable;
  uint32_t index = owner_from(scopes, outer ? scopes->scopes.items[scope].parent : scope, symbol);
  Name *owner = &scopes->names.items[index];
  if (owner->scope == BUILTINS && !owner->variable) {
    owner->owner = index;
    declare(scopes, owner);
  }
  bool foreign = scopes->scopes.items[owner->scope].function != scopes->scopes.items[scope].function;
  bool local = variable_kind(scopes, owner) == VARIABLE_LOCAL;
  return local && foreign && !(owner->flags & NAME_CAPTURED) ? 0 : owner->variable;
}

bool python_scopes_is_cell(const Scopes *scopes, VariableId variable) {
  return scopes->cells.items[variable];
}
