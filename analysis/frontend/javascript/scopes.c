#include "scopes.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

typedef struct Scope {
  ScopeId parent; // the nearest around it that declares something, once resolved
  FunctionId function;
  bool hoists, module;
  bool declares;
} Scope;

typedef struct Use {
  uint32_t start;
  ScopeId scope;
  Symbol name;
  VariableId variable; // known at once for a declaration
  bool writes;
} Use;

// What the IR's Variable does not say.
typedef struct Fact {
  uint32_t bindings;
  bool captured, constant, read;
} Fact;

// From (scope, name) to the variable, by open addressing.
typedef struct Entry {
  uint64_t key;        // 0: free
  VariableId variable; // 0: a type
} Entry;

struct Scopes {
  Arena *arena;
  Builder *builder;
  ARRAY(Scope) scopes;
  ARRAY(Use) uses;
  ARRAY(Fact) facts; // by variable
  Entry *entries;
  uint32_t entry_count, entry_capacity; // the capacity is a power of two
  uint32_t hint;                        // the use looked up last: the next one is usually beside it
};

// --- the table

static Entry *find_entry(Entry *entries, uint32_t capacity, uint64_t key) {
  uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);
  uint32_t slot = (uint32_t)(hash >> 32) & (capacity - 1);
  while (entries[slot].key && entries[slot].key != key)
    slot = (slot + 1) & (capacity - 1);
  return &entries[slot];
}

static void grow_entries(Scopes *scopes) {
  uint32_t capacity = scopes->entry_capacity * 2;
  Entry *entries = ARENA_ARRAY(scopes->arena, Entry, capacity);
  for (uint32_t i = 0; i < scopes->entry_capacity; i++)
    if (scopes->entries[i].key)
      *find_entry(entries, capacity, scopes->entries[i].key) = scopes->entries[i];
  scopes->entries = entries, scopes->entry_capacity = capacity;
}

// Scope 0 holds what nobody declares; names are never 0, so neither is a key.
static uint64_t entry_key(ScopeId scope, Symbol name) {
  return (uint64_t)scope << 32 | name;
}

static Entry *entry_of(Scopes *scopes, ScopeId scope, Symbol name) {
  return find_entry(scopes->entries, scopes->entry_capacity, entry_key(scope, name));
}

static void add_entry(Scopes *scopes, ScopeId scope, Symbol name, VariableId variable) {
  if (scopes->entry_count * 2 >= scopes->entry_capacity)
    grow_entries(scopes);
  *entry_of(scopes, scope, name) = (Entry){entry_key(scope, name), variable};
  scopes->entry_count++;
}

// --- building

Scopes *scopes_new(Arena *arena, Builder *builder) {
  Scopes *scopes = ARENA_NEW(arena, Scopes);
  *scopes = (Scopes){.arena = arena, .builder = builder, .entry_capacity = 256};
  scopes->entries = ARENA_ARRAY(arena, Entry, scopes->entry_capacity);
  (void)array_add(arena, &scopes->scopes);
  (void)array_add(arena, &scopes->facts);
  return scopes;
}

ScopeId scopes_open(Scopes *scopes, ScopeId parent, FunctionId function, bool hoists, bool module) {
  Scope scope = {.parent = parent, .function = function, .hoists = hoists, .module = module};
  array_push(scopes->arena, &scopes->scopes, scope);
  return scopes->scopes.count - 1;
}

ScopeId scopes_hoisting(const Scopes *scopes, ScopeId scope) {
  while (!scopes->scopes.items[scope].hoists && scopes->scopes.items[scope].parent)
    scope = scopes->scopes.items[scope].parent;
  return scope;
}

static VariableId new_variable(Scopes *scopes, VariableKind kind, FunctionId owner, Symbol name, Span span) {
  VariableId id;
  Variable *variable = builder_declare_variable(scopes->builder, &id);
  variable->kind = kind, variable->owner = owner, variable->name = name, variable->declaration = span;
  array_push(scopes->arena, &scopes->facts, (Fact){0});
  return id;
}

static VariableId declare_variable(Scopes *scopes, ScopeId scope_id, const Declaration *declaration) {
  const Scope *scope = &scopes->scopes.items[scope_id];
  bool local = !scope->module && !declaration->import_path;
  VariableKind kind = declaration->import_path ? VARIABLE_IMPORT : local ? VARIABLE_LOCAL : VARIABLE_MODULE;
  VariableId id = new_variable(scopes, kind, local ? scope->function : 1, declaration->name, declaration->span);
  Variable *variable = &builder_module(scopes->builder)->variables.items[id];
  variable->import_path = declaration->import_path, variable->parameter = declaration->parameter;
  return id;
}

void scopes_declare(Scopes *scopes, ScopeId scope, const Declaration *declaration) {
  if (!declaration->name)
    return;
  scopes->scopes.items[scope].declares = true;
  Entry *entry = entry_of(scopes, scope, declaration->name);
  if (declaration->type_only) {
    if (!entry->key)
      add_entry(scopes, scope, declaration->name, 0);
    return;
  }
  VariableId variable = entry->variable;
  if (!variable) {
    variable = declare_variable(scopes, scope, declaration);
    if (entry->key)
      entry->variable = variable;
    else
      add_entry(scopes, scope, declaration->name, variable);
  }
  scopes->facts.items[variable].constant |= declaration->constant;
  array_push(scopes->arena, &scopes->uses, ((Use){declaration->span.start, scope, declaration->name, variable, true}));
}

void scopes_use(Scopes *scopes, ScopeId scope, Symbol name, uint32_t start, bool writes) {
  if (name)
    array_push(scopes->arena, &scopes->uses, ((Use){start, scope, name, 0, writes}));
}

void scopes_import(Scopes *scopes, Symbol import_path, Span span) {
  VariableId id = new_variable(scopes, VARIABLE_IMPORT, 1, 0, span);
  builder_module(scopes->builder)->variables.items[id].import_path = import_path;
  array_push(scopes->arena, &scopes->uses, ((Use){span.start, 1, 0, id, true}));
}

// --- resolving

// Lets every scope's parent be one that declares something: most blocks do not.
static void skip_empty_parents(Scopes *scopes) {
  for (ScopeId id = 1; id < scopes->scopes.count; id++) {
    Scope *scope = &scopes->scopes.items[id];
    // Parents come before their children, so one step suffices.
    if (scope->parent && !scopes->scopes.items[scope->parent].declares)
      scope->parent = scopes->scopes.items[scope->parent].parent;
  }
}

static VariableId unresolved_variable(Scopes *scopes, Symbol name, uint32_t start) {
  VariableId variable = entry_of(scopes, 0, name)->variable;
  if (!variable) {
    variable = new_variable(scopes, VARIABLE_UNRESOLVED, 1, name, (Span){start, start});
    add_entry(scopes, 0, name, variable);
  }
  return variable;
}

static VariableId resolve_use(Scopes *scopes, const Use *use) {
  for (ScopeId id = use->scope; id; id = scopes->scopes.items[id].parent) {
    const Scope *scope = &scopes->scopes.items[id];
    if (!scope->declares)
      continue;
    const Entry *entry = entry_of(scopes, id, use->name);
    if (entry->key && entry->variable)
      return entry->variable;
    if (entry->key && !use->writes)
      return 0; // a type
  }
  return unresolved_variable(scopes, use->name, use->start);
}

static void note_use(Scopes *scopes, const Use *use) {
  if (!use->variable)
    return;
  Fact *fact = &scopes->facts.items[use->variable];
  fact->bindings += use->writes;
  fact->read |= !use->writes;
  const Variable *variable = module_variable(builder_module(scopes->builder), use->variable);
  if (variable->owner != scopes->scopes.items[use->scope].function)
    fact->captured = true;
}

// What is bound again is no import and no constant.
static void settle_variable(Scopes *scopes, VariableId id) {
  Variable *variable = &builder_module(scopes->builder)->variables.items[id];
  const Fact *fact = &scopes->facts.items[id];
  variable->constant = variable->kind != VARIABLE_UNRESOLVED && (fact->constant || fact->bindings <= 1);
  if (variable->kind == VARIABLE_IMPORT && !variable->constant)
    variable->kind = VARIABLE_MODULE, variable->import_path = 0;
}

// Whether the names are those of a state and its setter: `items`, `setItems`.
static bool is_setter_of(const char *setter, const char *state) {
  return strncmp(setter, "set", 3) == 0 && setter[3] == toupper((unsigned char)state[0]) && *state &&
         strcmp(setter + 4, state + 1) == 0;
}

// What a state's setter changes in a closure is read in the state, though nobody else captures that.
static void capture_states(Scopes *scopes) {
  const Module *module = builder_module(scopes->builder);
  for (VariableId id = 2; id < scopes->facts.count; id++) {
    const Variable *setter = module_variable(module, id), *state = module_variable(module, id - 1);
    if (scopes->facts.items[id].captured && setter->kind == VARIABLE_LOCAL && state->owner == setter->owner &&
        is_setter_of(symbol_text(module->symbols, setter->name), symbol_text(module->symbols, state->name)))
      scopes->facts.items[id - 1].captured = true;
  }
}

static int compare_uses(const void *a, const void *b) {
  const Use *left = a, *right = b;
  return (left->start > right->start) - (left->start < right->start);
}

static void sort_uses(Scopes *scopes) {
  for (uint32_t i = 1; i < scopes->uses.count; i++)
    if (scopes->uses.items[i - 1].start > scopes->uses.items[i].start) {
      qsort(scopes->uses.items, scopes->uses.count, sizeof(Use), compare_uses);
      return;
    }
}

void scopes_resolve(Scopes *scopes) {
  skip_empty_parents(scopes);
  for (uint32_t i = 0; i < scopes->uses.count; i++) {
    Use *use = &scopes->uses.items[i];
    if (!use->variable)
      use->variable = resolve_use(scopes, use);
    note_use(scopes, use);
  }
  for (VariableId id = 1; id < scopes->facts.count; id++)
    settle_variable(scopes, id);
  capture_states(scopes);
  sort_uses(scopes);
}

// --- looking up

VariableId scopes_variable(Scopes *scopes, uint32_t start) {
  const Use *uses = scopes->uses.items;
  uint32_t low = 0, high = scopes->uses.count;
  for (uint32_t i = scopes->hint; i < high && i < scopes->hint + 4; i++)
    if (uses[i].start == start)
      return scopes->hint = i, uses[i].variable;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (uses[middle].start < start)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == scopes->uses.count || uses[low].start != start)
    return 0;
  scopes->hint = low;
  return uses[low].variable;
}

bool scopes_is_cell(const Scopes *scopes, VariableId variable) {
  const Variable *item = module_variable(builder_module(scopes->builder), variable);
  return item->kind != VARIABLE_LOCAL || scopes->facts.items[variable].captured;
}

bool scopes_is_read(const Scopes *scopes, VariableId variable) {
  return scopes->facts.items[variable].read;
}
