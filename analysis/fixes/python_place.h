// Where a Python file keeps something that several tasks share: an attribute of their object, a variable beside another
// one, or one of the module.
#ifndef RACEWISE_FIXES_PYTHON_PLACE_H
#define RACEWISE_FIXES_PYTHON_PLACE_H

#include "fix.h"

typedef struct PythonPlace {
  const char *name;  // of what is kept there, without a receiver; the caller sets it
  ClassId class_id;  // 0 where it is a variable
  VariableId beside; // the variable it stands beside; 0 for behind the imports
  const char *field; // the attribute it stands beside in `__init__`; NULL for the end
} PythonPlace;

// What is kept.
typedef struct PythonObject {
  const char *made;    // the expression that makes it: "asyncio.Lock()"
  const char *factory; // what makes it when called: "asyncio.Lock"
  const char *type;    // "asyncio.Lock"
  bool hint;           // to be given a type hint where its neighbours have one
} PythonObject;

// The place that all who share a location of the report's function can reach. False where there is none.
bool python_place_of_location(const FixRun *run, Location location, PythonPlace *place);
// The place that all runs of a function on one object can reach.
void python_place_of_function(const FixRun *run, FunctionId function, PythonPlace *place);

// How code of a function names what is kept; NULL where it cannot reach it.
const char *python_place_reach(const FixRun *run, const PythonPlace *place, FunctionId function);

// Adds the statement that makes it.
void python_place_add(FixRun *run, Edits *edits, const PythonPlace *place, const PythonObject *object);

#endif
