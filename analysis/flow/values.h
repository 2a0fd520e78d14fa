// Which objects a value can be: the functions it may call, the types it may have, the locations it may stand for.
//
// One answer for the whole file, the same at every point of a function (flow-insensitive, Andersen-style inclusion with
// small sets): a set that would grow past VALUE_SET_LIMIT becomes open, which means "and things unknown". Parameters
// stay symbolic: what a caller passes is put in where a summary is applied.
#ifndef RACEWISE_FLOW_VALUES_H
#define RACEWISE_FLOW_VALUES_H

#include "../base/cancel.h"
#include "../models/model.h"
#include "location.h"

typedef enum AbstractKind {
  ABSTRACT_NONE,
  ABSTRACT_NULL,
  ABSTRACT_FALSE,
  ABSTRACT_TRUE,
  ABSTRACT_CONSTANT,
  ABSTRACT_EXTERNAL,  // a function, class or module of another module; number = Symbol of its path
  ABSTRACT_TYPED,     // some instance of an external type; number = Symbol of its path
  ABSTRACT_OBJECT,    // what stands at a location; number = Location
  ABSTRACT_SELF,      // a shared instance of a class of the file; number = ClassId
  ABSTRACT_INSTANCE,  // some instance of a class of the file, identity unknown; number = ClassId
  ABSTRACT_FRESH,     // number = allocation
  ABSTRACT_FUNCTION,  // number = FunctionId
  ABSTRACT_CLASS,     // number = ClassId
  ABSTRACT_BOUND,     // a method with its receiver; number = index of a BoundMethod
  ABSTRACT_COROUTINE, // what a call of an async function returns; number = index of a CoroutineCall
} AbstractKind;

// The kind in the top 5 bits, the number below.
typedef uint32_t Abstract;

static inline Abstract abstract_of(AbstractKind kind, uint32_t number) {
  return (uint32_t)kind << 27 | (number & 0x7ffffff);
}
static inline AbstractKind abstract_kind(Abstract item) {
  return (AbstractKind)(item >> 27);
}
static inline uint32_t abstract_number(Abstract item) {
  return item & 0x7ffffff;
}

enum { VALUE_SET_LIMIT = 4 };

typedef struct ValueSet {
  Abstract items[VALUE_SET_LIMIT];
  uint8_t count;
  bool open;    // there may be others
  bool passing; // made for one step of the solver: that it grows is no news
} ValueSet;

// An object made by the code of the file.
typedef struct Allocation {
  FunctionId function;
  uint32_t instruction;
  ClassId class_id;   // 0 where it is of no class of the file
  Symbol type;        // path of the external type or of the call that made it; 0 for a literal
  const Model *model; // of the type, or NULL
  bool single;        // a semaphore of one
  bool escapes;       // is stored where other tasks may find it
  Location home;      // the first location that holds it and nothing else; 0 for none
} Allocation;

typedef struct BoundMethod {
  FunctionId function;
  Abstract receiver;
  uint32_t next; // the number of another one of the function + 1; 0 for none
} BoundMethod;

// One call of a function of the file.
typedef struct Callee {
  FunctionId function;
  Abstract receiver; // ABSTRACT_NONE for plain functions
} Callee;

typedef struct CoroutineCall {
  FunctionId caller;
  uint32_t instruction;
  Callee callee;
} CoroutineCall;

enum { CALLEE_LIMIT = 4 };

typedef struct Callees {
  Callee items[CALLEE_LIMIT];
  uint32_t count;
} Callees;

typedef struct Values Values;

// Lives in the arena. `models` and `locations` are kept. NULL when cancelled.
Values *values_solve(Arena *arena, const Module *module, Models *models, Locations *locations, Cancel *cancel);

const ValueSet *values_of(const Values *values, FunctionId function, Value value);
// What is stored at a location somewhere in the file.
// Whether an external path is that of a member of some instance of a type, which everybody may have for himself.
bool values_is_of_type(const Values *values, Symbol path);
const ValueSet *values_content(const Values *values, Location location);

uint32_t values_allocation_count(const Values *values);
const Allocation *values_allocation(const Values *values, uint32_t number);
// Marks an allocation as reachable for other tasks; other values are left alone.
void values_escape(Values *values, Abstract item);
const CoroutineCall *values_coroutine(const Values *values, uint32_t number);
uint32_t values_coroutine_count(const Values *values);
const BoundMethod *values_bound(const Values *values, uint32_t number);

// The instruction that defines a temporary, as an index into the function's code; UINT32_MAX for parameters and for
// values defined more than once.
uint32_t values_definition(const Values *values, FunctionId function, Value value);

// The instruction that gave a value what it holds, through plain moves; NULL where it cannot be told.
const Instruction *values_source(const Values *values, FunctionId function, Value value);
// Whether a value was found in a place rather than made: read from a variable, a field or an element.
bool values_is_loaded(const Values *values, FunctionId function, Value value);

// The functions of the file that a CALL or CALL_METHOD may enter, constructors included.
Callees values_callees(Values *values, FunctionId function, const Instruction *call);

// The getters of the file that a GET_FIELD may run.
Callees values_getters(Values *values, FunctionId function, const Instruction *read);

// The library function or method that a CALL, CALL_METHOD or decorator means, or NULL. `*path` (may be NULL) gets the
// path of what is called, 0 where it is unknown.
const Model *values_model(Values *values, FunctionId function, const Instruction *call, Symbol *path);

// The paths of the external types that a value may be of: at most VALUE_SET_LIMIT. What calling "a.b" gives is of type
// "a.b()", unless a.b is a class.
uint32_t values_types(const Values *values, FunctionId function, Value value, Symbol types[VALUE_SET_LIMIT]);

// The locations that an instruction reads or writes directly: at most VALUE_SET_LIMIT; objects that the activation
// made and nobody else can reach have none. For LOAD, STORE, *_FIELD and *_ITEM.
uint32_t values_places(Values *values, FunctionId function, const Instruction *instruction,
                       Location places[VALUE_SET_LIMIT]);
// The locations an object may stand at (none for owned ones).
uint32_t values_locations(Values *values, FunctionId function, Value value, Location places[VALUE_SET_LIMIT]);
// The location of the element of `base` at the key that `key` holds.
Location values_element(Values *values, FunctionId function, Location base, Value key);

// The class whose method `function` is or lies in; 0 for none.
ClassId values_class_of(const Values *values, FunctionId function);
// Whether objects of the class are for one task each: by its name or a base's, or because they wait in a queue for the
// task that takes them, and go back there. False for 0.
bool values_class_is_sequential(const Values *values, ClassId id);
// Whether one is the other or one of its bases in the file.
bool values_classes_related(const Values *values, ClassId a, ClassId b);

// The objects that a function returns.
const ValueSet *values_returns(const Values *values, FunctionId function);

#endif
