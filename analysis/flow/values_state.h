// What the parts of the solver of values share: its state, and what each part does for the others. See values.h.
#ifndef RACEWISE_FLOW_VALUES_STATE_H
#define RACEWISE_FLOW_VALUES_STATE_H

#include "values.h"

// What a call means: asked again and again by the later stages.
typedef struct Answer {
  Callees callees;
  const Model *model;
  Symbol path;
} Answer;

struct Values {
  Arena *arena;
  const Module *module;
  Models *models;
  Locations *locations;
  uint32_t *first; // by function: its first value in `sets`
  ValueSet *sets;
  uint32_t *definitions;    // beside `sets`
  ValueSet *returns;        // by function
  ARRAY(ValueSet) contents; // by location
  ARRAY(Allocation) allocations;
  ARRAY(BoundMethod) bounds;
  uint32_t *bounds_of; // by function: its latest bound method + 1
  ARRAY(CoroutineCall) coroutines;
  uint32_t *allocation_sites; // by file-wide instruction: the allocation made there + 1
  uint32_t *coroutine_sites;  // the same for the coroutine
  uint32_t *first_instruction;
  uint32_t instruction_count; // of the file
  ClassId *families;          // by class: the topmost base in the file
  bool *records;              // by class: decorated as a record of a database
  bool *pooled;        // by class: its objects wait in a queue, and put themselves back when a task is done with them
  ARRAY(bool) of_type; // by symbol: the path of a member of some instance of an external type
  struct Member **members; // by class: its members by name, the later of two first
  Answer **answers;        // by file-wide instruction, once the sets are settled; NULL until asked for
  bool changed;            // a set has grown
};

// --- values.c

// Adds to a set, and notes in `values->changed` that it grew.
void values_add(Values *values, ValueSet *set, Abstract item);
void values_join(Values *values, ValueSet *set, const ValueSet *other);
// The set of a value, to be added to.
ValueSet *values_set(const Values *values, FunctionId function, Value value);
// Where an object stands, or that an instance or allocation is the root of; 0 for what is no place.
Location values_location_of(const Values *values, Abstract item);
// What may stand at an element of a container.
void values_add_elements(Values *values, ValueSet *result, Abstract container, Location element);
// The number of an instruction in the file.
uint32_t values_site(const Values *values, FunctionId function, const Instruction *instruction);
// The object that an instruction makes, the same at every call.
Abstract values_allocate(Values *values, FunctionId function, const Instruction *instruction, ClassId class_id,
                         Symbol type, const Model *model);
// The object made there before, or 0.
Abstract values_made_at(const Values *values, FunctionId function, const Instruction *instruction);
// What `.name` of one of an object's items gives: a member, what a getter returns, what was stored there.
void values_add_field(Values *values, const ValueSet *object, Abstract item, Symbol name, ValueSet *result);
// The same for an item of a value, which may be `super`.
void values_add_member(Values *values, FunctionId function, Value object, Abstract item, Symbol name, ValueSet *result);
// Whether a value is the receiver, seen as an object of the base class.
bool values_is_base(const Values *values, FunctionId function, Value value);
// Puts a value at a step of every object.
void values_store(Values *values, const ValueSet *objects, StepKind step, Symbol name, const ValueSet *value);
// Adds instances of the classes that an annotation names.
void values_annotate(Values *values, ValueSet *target, const ValueSet *type);

// --- values_classes.c

// Fills `values->members`.
void values_index_members(Values *values);
// Fills `values->families`.
void values_find_families(Values *values);
// Fills `values->records`.
void values_find_records(Values *values);
// Fills `values->pooled`.
void values_find_pooled(Values *values);
// The first base that is a class of the file; 0 for none.
ClassId values_first_base(const Values *values, ClassId id);
// A method by name, with those of base classes; its setter if asked for; 0 for none.
FunctionId values_find_member(const Values *values, ClassId id, Symbol name, bool setter);
// The class of the file, or external type, whose instance it is; 0 for none known.
ClassId values_class_of_item(const Values *values, Abstract item);
Symbol values_type_of_item(const Values *values, Abstract item);
ClassId values_class_of_location(const Values *values, Location location);
Symbol values_type_of_location(const Values *values, Location location);
// The same for one item of a set, in which a declared class may stand beside it.
ClassId values_class_of_value(const Values *values, const ValueSet *set, Abstract item);
Symbol values_type_of_value(const Values *values, const ValueSet *set, Abstract item);

// --- values_calls.c

// What a callee returns, with its parameters replaced by what this call passes.
void values_add_returned(Values *values, FunctionId caller, const Instruction *call, Callee callee, ValueSet *result);
// What iterating over the containers may give.
void values_add_elements_of(Values *values, ValueSet *result, const ValueSet *containers);
// Everything a call of the file or of a library gives.
void values_evaluate_call(Values *values, FunctionId function, const Instruction *call, ValueSet *result);

#endif
