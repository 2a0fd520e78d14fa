// Templates with their marks filled in.
#ifndef RACEWISE_STRESS_OUTPUT_H
#define RACEWISE_STRESS_OUTPUT_H

#include "../base/array.h"

typedef struct Output {
  Arena *arena;
  ARRAY(char) bytes;
} Output;

void output_add(Output *output, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *output_text(Output *output); // what was added; owned by the arena

typedef struct Mark {
  const char *name;
  const char *text;
} Mark;

// The template with each `{{name}}` replaced by its text. What is between such marks without a text stays.
const char *output_fill(Arena *arena, const char *template, const Mark *marks, size_t count);

#endif
