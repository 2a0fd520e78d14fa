// What a stress test does, before it is written in a language.
//
// A plan says how to make what tasks share, what each of them calls and with which arguments, what others do at the
// same time, and which state is compared. It is found from the report, the summaries of the file and, for parameters
// and their types, the syntax. What cannot be found is a gap: the writer marks the place.
#ifndef RACEWISE_STRESS_PLAN_H
#define RACEWISE_STRESS_PLAN_H

#include "../fixes/source.h"
#include "../rules/rule.h"

typedef enum StressValueKind {
  STRESS_FAKE,        // an object that does whatever is asked of it
  STRESS_NUMBER,      // a number that the code computes with
  STRESS_COUNT,       // a number that says how often or how many: 1
  STRESS_NUMBER_TEXT, // the same written as a text
  STRESS_TEXT,        // a key, a name, a message
  STRESS_BYTES,
  STRESS_TRUE,
  STRESS_FALSE,
  STRESS_MAP,     // an empty dictionary
  STRESS_LIST,    // of `parts[0]`
  STRESS_OBJECT,  // of a class of the file: `parts` are its constructor's arguments
  STRESS_MEMBER,  // of an enumeration of the file
  STRESS_RECORD,  // a plain object with fields
  STRESS_LITERAL, // as the source writes it
  STRESS_KIND_COUNT,
} StressValueKind;

typedef struct StressValue StressValue;
struct StressValue {
  StressValueKind kind;
  const char *name;          // of the parameter or field
  const char *keyword;       // where it has to be passed by its name; else NULL
  const char *class_name;    // of an OBJECT or a MEMBER: "Account"; of a LITERAL its text
  bool prepared;             // a TEXT that what prepares an element may have given
  ARRAY(const char *) texts; // of a TEXT: what the code has such a thing for, if it has a table of them
  ARRAY(StressValue *) parts;
};

// A call of a function or constructor of the file.
typedef struct StressCall {
  FunctionId function; // 0 for a constructor that the file does not write
  const char *name;    // "charge", "Wallets"
  bool method;         // called on what is shared
  ARRAY(StressValue *) arguments;
} StressCall;

typedef enum StressStateKind {
  STRESS_STATE_NONE,     // out of reach: what the calls give has to tell
  STRESS_STATE_VARIABLE, // of the module
  STRESS_STATE_FIELD,    // of the shared object
  STRESS_STATE_FOUND,    // a field of objects of a class that the shared object leads to
} StressStateKind;

typedef enum StressResults {
  STRESS_RESULTS_IGNORED,
  STRESS_RESULTS_BY_KIND, // of numbers and texts only that they are such
  STRESS_RESULTS_WHOLE,
} StressResults;

enum { STRESS_RIVAL_LIMIT = 3 };

typedef struct StressPlan {
  Arena *arena;
  Source source;
  RuleRun *rules;
  const Report *report;
  StressCall call; // `function` is 0 where nothing can be called from outside
  bool has_receiver;
  bool factory;           // the receiver is what a function gives, with functions in it
  const char *handler;    // the call is of a function that was registered for this place; NULL otherwise
  StressCall construct;   // of the receiver
  StressCall preparation; // fills what the call reads; `function` is 0 for none
  StressCall rivals[STRESS_RIVAL_LIMIT];
  bool rival_adds[STRESS_RIVAL_LIMIT]; // and takes nothing away
  uint32_t rival_count;
  StressStateKind state;
  const char *state_class, *state_name;
  StressResults results;         // what of that which the calls give is compared too
  bool calls;                    // how often what is faked was called is compared too
  ARRAY(const char *) keys;      // the texts that the call takes, by name, where there are several
  ARRAY(const char *) observers; // functions of the receiver that tell of the state, where it is out of reach
  ARRAY(const char *) exclusive; // what is called while the location is claimed: for one task at a time
  ARRAY(const char *) replaced; // what is faked: imported variables that the code awaits (Python), modules (JavaScript)
  ARRAY(const char *) gaps;     // what could not be found, as sentences
} StressPlan;

// The plan lives in the arena of the run's file.
StressPlan *stress_plan(RuleRun *rules, const Syntax *syntax, const Report *report);

// Notes what could not be found.
void stress_gap(StressPlan *plan, const char *format, ...) __attribute__((format(printf, 2, 3)));

// The arguments for a function's or a class's parameters; adds to `call->arguments`. By language.
void stress_python_arguments(StressPlan *plan, StressCall *call, FunctionId function);
void stress_python_constructor(StressPlan *plan, StressCall *call, ClassId class_id);
void stress_javascript_arguments(StressPlan *plan, StressCall *call, FunctionId function);
void stress_javascript_constructor(StressPlan *plan, StressCall *call, ClassId class_id);

// The value for a name alone, as people call things: "amount" is a number, "user_id" a text.
StressValue *stress_value_named(StressPlan *plan, const char *name);
StressValue *stress_value_new(StressPlan *plan, StressValueKind kind, const char *name);
// Whether people call numbers so.
bool stress_names_number(const char *name);
// Fills the texts that a parameter of this name is looked up with: the keys of tables in the module.
void stress_value_texts(StressPlan *plan, StressValue *value);

#endif
