// Where a JavaScript file keeps something that all who share a location can reach.
#ifndef RACEWISE_FIXES_JAVASCRIPT_PLACE_H
#define RACEWISE_FIXES_JAVASCRIPT_PLACE_H

#include "fix.h"

typedef struct JavaScriptPlace {
  ClassId class_id;  // a class, for private members; 0 for none
  VariableId beside; // behind this variable; 0 for before the report's function
} JavaScriptPlace;

// Plans a place for the report's location; where it has none, for its function. False where there is no place, as for a
// component's state.
bool javascript_place_plan(const FixRun *run, JavaScriptPlace *place);

// What stands before the name of something at the place, in code of a function: "this." or "". NULL where the code
// cannot reach it.
const char *javascript_place_reach(const FixRun *run, const JavaScriptPlace *place, FunctionId function);

// A name for something there, which the file does not use yet: "#tail", "tail".
const char *javascript_place_name(const FixRun *run, const JavaScriptPlace *place, const char *name);

// "let ", "const ", or nothing for a member.
const char *javascript_place_keyword(const JavaScriptPlace *place, const char *keyword);

// Adds declarations there. In `text`, a form feed at the beginning of a line stands for the indentation of the place,
// each tab behind it for one more level; semicolons that end a line are left out where the file does without.
void javascript_place_add(const FixRun *run, Edits *edits, const JavaScriptPlace *place, const char *text);

// Inserts text before a node and the comments that belong to it.
void javascript_insert_before(const FixRun *run, Edits *edits, TSNode node, const char *text);

#endif
