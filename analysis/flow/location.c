#include "location.h"
#include "../base/hash.h"
#include "../base/index.h"
#include <string.h>

struct Locations {
  Arena *arena;
  const Module *module;
  ARRAY(LocationRow) rows;
  Index index; // of the rows
};

Locations *locations_new(Arena *arena, const Module *module) {
  Locations *locations = ARENA_NEW(arena, Locations);
  locations->arena = arena, locations->module = module;
  (void)array_add(arena, &locations->rows);
  return locations;
}

static Location intern(Locations *locations, LocationRow row) {
  uint32_t hash = hash_bytes(&row, sizeof row), probe = 0;
  for (Location at; (at = index_next(&locations->index, hash, &probe)) != (Location)INDEX_NONE;)
    if (memcmp(&locations->rows.items[at], &row, sizeof row) == 0)
      return at;
  Location location = locations->rows.count;
  array_push(locations->arena, &locations->rows, row);
  index_add(locations->arena, &locations->index, hash, location);
  return location;
}

static LocationRow make_row(RootKind root, StepKind step, unsigned depth, Location parent, uint32_t name) {
  return (LocationRow){(uint8_t)root, (uint8_t)step, (uint8_t)depth, 0, parent, name};
}

Location location_root(Locations *locations, RootKind kind, uint32_t number) {
  return intern(locations, make_row(kind, STEP_NONE, 0, 0, number));
}

Location location_step(Locations *locations, Location base, StepKind step, uint32_t name) {
  const LocationRow *row = location_row(locations, base);
  if (row->depth == LOCATION_MAX_STEPS)
    return base;
  if (row->depth + 1 == LOCATION_MAX_STEPS)
    step = STEP_ANY, name = 0;
  return intern(locations, make_row(ROOT_NONE, step, row->depth + 1u, base, name));
}

uint32_t location_parameter_number(FunctionId function, uint32_t index) {
  return function << 6 | (index < 63 ? index : 63);
}

const LocationRow *location_row(const Locations *locations, Location location) {
  return &locations->rows.items[location];
}

uint32_t locations_count(const Locations *locations) {
  return locations->rows.count;
}

Location location_root_of(const Locations *locations, Location location) {
  while (location_row(locations, location)->parent)
    location = location_row(locations, location)->parent;
  return location;
}

Location location_rebase(Locations *locations, Location location, Location from, Location to) {
  if (from == to)
    return location;
  if (location == from)
    return to;
  LocationRow row = *location_row(locations, location);
  if (!row.parent)
    return location;
  Location parent = location_rebase(locations, row.parent, from, to);
  return parent == row.parent ? location : location_step(locations, parent, row.step, row.name);
}

static bool is_key(StepKind step) {
  return step == STEP_KEY_CONSTANT || step == STEP_KEY_LOCATION || step == STEP_KEY_VALUE || step == STEP_ANY;
}

// Whether two steps from one place may lead to one place, in two activations: keys held in variables may be equal.
static bool steps_meet(const LocationRow *a, const LocationRow *b) {
  if (a->step == STEP_ANY || b->step == STEP_ANY)
    return true;
  if (a->step == b->step && a->step != STEP_KEY_LOCATION && a->step != STEP_KEY_VALUE)
    return a->name == b->name;
  return is_key(a->step) && is_key(b->step);
}

static uint32_t path_of(const Locations *locations, Location location, Location path[LOCATION_MAX_STEPS + 1]) {
  uint32_t depth = location_row(locations, location)->depth;
  for (uint32_t i = depth + 1; i-- > 0; location = location_row(locations, location)->parent)
    path[i] = location;
  return depth;
}

bool location_overlaps(const Locations *locations, Location read, Location written) {
  if (read == written)
    return true;
  Location a[LOCATION_MAX_STEPS + 1], b[LOCATION_MAX_STEPS + 1];
  uint32_t a_depth = path_of(locations, read, a), b_depth = path_of(locations, written, b);
  if (a[0] != b[0])
    return false;
  uint32_t common = a_depth < b_depth ? a_depth : b_depth;
  for (uint32_t i = 1; i <= common; i++)
    if (!steps_meet(location_row(locations, a[i]), location_row(locations, b[i])))
      return false;
  // A field of the object that was read is not what was read; an element of the collection is.
  return b_depth <= a_depth || location_row(locations, b[common + 1])->step != STEP_FIELD;
}

// Without the folders of a module: "state.cache" of "../lib/state.cache".
static const char *external_text(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash && slash[1] ? slash + 1 : path;
}

static const char *root_text(const Locations *locations, const LocationRow *row) {
  const Module *module = locations->module;
  switch (row->root) {
  case ROOT_VARIABLE:
    return symbol_text(module->symbols, module_variable(module, row->name)->name);
  case ROOT_SELF:
    return module->traits.receiver_is_parameter ? "self" : "this";
  case ROOT_RECEIVER:
    return module->traits.receiver_is_parameter ? "self" : "this";
  case ROOT_EXTERNAL:
    return external_text(symbol_text(module->symbols, row->name));
  case ROOT_PARAMETER: {
    const Function *function = module_function(module, row->name >> 6);
    uint32_t index = row->name & 63;
    if (index < function->parameters.count)
      return symbol_text(module->symbols, function->parameters.items[index].name);
    return "argument";
  }
  default:
    return "object";
  }
}

static const char *key_text(const Locations *locations, const LocationRow *row) {
  switch (row->step) {
  case STEP_KEY_CONSTANT:
    return symbol_text(locations->module->symbols, row->name);
  case STEP_KEY_LOCATION:
    return location_text(locations, row->name);
  default:
    return "…";
  }
}

const char *location_text(const Locations *locations, Location location) {
  const LocationRow *row = location_row(locations, location);
  if (!row->parent)
    return root_text(locations, row);
  const char *base = location_text(locations, row->parent);
  if (row->step == STEP_FIELD)
    return arena_printf(locations->arena, "%s.%s", base, symbol_text(locations->module->symbols, row->name));
  return arena_printf(locations->arena, "%s[%s]", base, key_text(locations, row));
}
