// What the parts of a plan share; for plan.c and companions.c alone.
#ifndef RACEWISE_STRESS_PLAN_PARTS_H
#define RACEWISE_STRESS_PLAN_PARTS_H

#include "plan.h"

const Function *plan_function(const StressPlan *plan, FunctionId id);
const char *plan_text(const StressPlan *plan, Symbol symbol);

// Whether who holds the module, or an object of the class, can call the function.
bool plan_can_call(const StressPlan *plan, FunctionId id);
// Whether it is called on an object.
bool plan_has_receiver(const Function *function);
StressCall plan_call(StressPlan *plan, FunctionId id); // with its arguments

// What a location lies in: a variable of the module, or a field of an object; 0 for others.
Location plan_container(const StressPlan *plan, Location location);

// Once the call is known.
void plan_find_companions(StressPlan *plan); // the preparation and the rivals
void plan_find_keys(StressPlan *plan);

#endif
