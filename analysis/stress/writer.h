// Plans written as programs. What languages have in common is written by writer.c, in the words of a dialect.
#ifndef RACEWISE_STRESS_WRITER_H
#define RACEWISE_STRESS_WRITER_H

#include "../analysis.h"
#include "output.h"
#include "plan.h"

// Where arguments stand: in `call`, where each task has its number, or where what they share is made.
typedef enum StressWhere { STRESS_IN_TASK, STRESS_IN_CONSTRUCTOR } StressWhere;

typedef struct StressDialect StressDialect;

// A program in the making.
typedef struct StressWriter {
  const StressPlan *plan;
  const StressDialect *dialect;
  Output output;
} StressWriter;

// What stands before and behind something.
typedef struct StressAround {
  const char *before, *behind;
} StressAround;

struct StressDialect {
  const char *name;                        // of its template
  const char *words[STRESS_KIND_COUNT][2]; // of values that are told by their kind, by StressWhere; NULL for others
  const char *key, *given;                 // what gives a text: one of the task's own; one that a preparation gave
  StressAround list[2];                    // its element, by StressWhere
  StressAround member;                     // the name of an enumeration: one of its members
  const char *make;                        // before the name of a class: "new module."
  StressAround statement;
  const char *declare;      // before what tasks share
  StressAround preparation; // the call that makes an element before the tasks start
  StressAround rival;       // a call, and the number that it starts from
  const char *no_call, *no_state;
  const char *results[3]; // by StressResults
  const char *truths[2];
  void (*write_record)(StressWriter *writer, const StressValue *value, StressWhere where); // NULL where there is none
};

const char *stress_write_python(const StressPlan *plan, const StressOptions *options);
const char *stress_write_javascript(const StressPlan *plan, const StressOptions *options);

// The dialect's template with the plan in it, and with what the dialect alone has marks for.
const char *stress_write_plan(const StressDialect *dialect, const StressPlan *plan, const StressOptions *options,
                              const Mark *own, size_t own_count);

void stress_write_value(StressWriter *writer, const StressValue *value, StressWhere where);

// Texts as literals, separated by commas. Owned by the arena.
const char *stress_quoted_list(Arena *arena, const char *const *texts, uint32_t count);

// A text as a literal in double quotes that both languages read. Owned by the arena.
const char *stress_quoted(Arena *arena, const char *text);
// The text without what would end a comment or a line of it.
const char *stress_plain(Arena *arena, const char *text);

#endif
