// Locations: the access paths that tasks share.
//
// A location is a root and at most LOCATION_MAX_STEPS steps from it: `self._pool`, `cache[key]`, `state.items`. Equal
// paths have equal numbers. A path that would grow too long ends in STEP_ANY, which stands for anything below it.
//
// Instances are merged by class: `self` in any method of a class and every shared variable that holds an object of it
// are one root. Whether an object is really shared is asked separately.
#ifndef RACEWISE_FLOW_LOCATION_H
#define RACEWISE_FLOW_LOCATION_H

#include "../ir/ir.h"

typedef uint32_t Location; // 0: none

enum { LOCATION_MAX_STEPS = 4 };

typedef enum RootKind {
  ROOT_NONE,
  ROOT_VARIABLE,   // a module variable or a captured one; number = VariableId
  ROOT_SELF,       // an instance of a class; number = ClassId
  ROOT_PARAMETER,  // what a caller passed; number = location_parameter_number
  ROOT_ALLOCATION, // made by the activation; number = the allocation's
  ROOT_EXTERNAL,   // something of another module; number = Symbol of its path
  ROOT_RECEIVER,   // the receiver of a function that has no class; number = FunctionId
} RootKind;

typedef enum StepKind {
  STEP_NONE,
  STEP_FIELD,        // name = Symbol
  STEP_KEY_CONSTANT, // d["a"]; name = Symbol
  STEP_KEY_LOCATION, // d[k] where k is what stands at a location; name = Location
  STEP_KEY_VALUE,    // d[k] with a local k; name = the file-wide number of the value
  STEP_ANY,          // some element
} StepKind;

typedef struct LocationRow {
  uint8_t root, step, depth, zero; // `zero` leaves no padding: rows are compared as bytes
  Location parent;                 // 0 for a root
  uint32_t name;                   // the root's number or the step's name
} LocationRow;

typedef struct Locations Locations;

Locations *locations_new(Arena *arena, const Module *module);

Location location_root(Locations *locations, RootKind kind, uint32_t number);
// `base` is returned unchanged where it ends in STEP_ANY because it grew too long.
Location location_step(Locations *locations, Location base, StepKind step, uint32_t name);

uint32_t location_parameter_number(FunctionId function, uint32_t index);

const LocationRow *location_row(const Locations *locations, Location location);
uint32_t locations_count(const Locations *locations);
Location location_root_of(const Locations *locations, Location location);

// The location with its root `from` replaced by `to`; unchanged where its root is another.
Location location_rebase(Locations *locations, Location location, Location from, Location to);

// Whether a write to `written` may change what was read at `read` when another task does it: the same path, one that
// holds it, or an element of it; a field of the object read does not, nor do different constant keys or fields.
bool location_overlaps(const Locations *locations, Location read, Location written);

// Whether both are certainly the same place within one activation: equal numbers.
static inline bool location_same(Location a, Location b) {
  return a == b;
}

// As the source would write it: "self._pool", "cache[key]", "visits". Owned by the arena.
const char *location_text(const Locations *locations, Location location);

#endif
