// The verbs of the program, with the tables that parsing, help, completions and manual pages are made of.
#ifndef RACEWISE_CLI_VERBS_H
#define RACEWISE_CLI_VERBS_H

#include "options.h"

typedef struct Verb {
  const OptionTable *table; // its name and all that it takes
  int (*main)(int argc, char **argv);
} Verb;

// In the order of the help; NULL past the last.
const Verb *verb_at(int index);
const char *verb_name(int index);

// NULL when there is none of this name.
const Verb *verb_find(const char *name);

// What the program is for, and the list of its verbs.
void verbs_help(FILE *out);

#endif
