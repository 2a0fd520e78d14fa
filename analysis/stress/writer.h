// Plans written as programs, by language.
#ifndef RACEWISE_STRESS_WRITER_H
#define RACEWISE_STRESS_WRITER_H

#include "../analysis.h"
#include "output.h"
#include "plan.h"

const char *stress_write_python(const StressPlan *plan, const StressOptions *options);
const char *stress_write_javascript(const StressPlan *plan, const StressOptions *options);

// Texts as literals, separated by commas. Owned by the arena.
const char *stress_quoted_list(Arena *arena, const char *const *texts, uint32_t count);

// A text as a literal in double quotes that both languages read. Owned by the arena.
const char *stress_quoted(Arena *arena, const char *text);
// The text without what would end a comment or a line of it.
const char *stress_plain(Arena *arena, const char *text);

#endif
