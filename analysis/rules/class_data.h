// What belongs to a class rather than to its objects, and how many objects there are.
#ifndef RACEWISE_RULES_CLASS_DATA_H
#define RACEWISE_RULES_CLASS_DATA_H

#include "rule.h"

// Whether a location lies in an attribute of a class body, or a static one, that no object has for itself.
bool class_data_holds(const RuleRun *run, Location location);

// Whether the object that a call in `function` makes is kept where there is room for one: `handler = Handler()`,
// `cls._instance = cls()`.
bool class_data_keeps_one(const RuleRun *run, FunctionId function, Value object);

// Whether the class, or what decorates it, may see to it that there is one object only.
bool class_data_may_be_single(const RuleRun *run, ClassId id);

#endif
