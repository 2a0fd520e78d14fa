// Command-line options described by a table, parsed into the fields of a struct.
//
//     static const Option OPTIONS[] = {
//         {"jobs", 'j', OPTION_NUMBER, offsetof(Settings, jobs), "N", NULL, "files checked at the same time"},
//     };
//
// `--name VALUE`, `--name=VALUE`, `-n VALUE`, `-nVALUE` and `-abc` for flags are understood; `--` ends the options; `-`
// is an operand. Options and operands may be mixed.
#ifndef RACEWISE_CLI_OPTIONS_H
#define RACEWISE_CLI_OPTIONS_H

#include "../../analysis/base/array.h"
#include <stdbool.h>
#include <stdio.h>

typedef ARRAY(const char *) Words;

typedef enum OptionKind {
  OPTION_FLAG,   // bool
  OPTION_TEXT,   // const char *
  OPTION_NUMBER, // uint32_t, decimal, at least 1
  OPTION_COUNT,  // int64_t, decimal, at least 0, at most 2^32 - 1
  OPTION_CHOICE, // int: the index of the word in `choice`
  OPTION_LIST,   // Words: separated by commas; a repeated option adds to the list
} OptionKind;

typedef struct Option {
  const char *name; // without the dashes
  char letter;      // 0 when it has no short form
  OptionKind kind;
  size_t field;                     // where the value goes: offset in the struct
  const char *value;                // what the help calls the value; NULL for flags and choices
  const char *(*choice)(int index); // only for OPTION_CHOICE: its words, NULL past the last
  const char *help;                 // one line
} Option;

typedef struct OptionTable {
  const char *verb;     // "check"
  const char *operands; // "[PATH…]"
  const char *summary;  // what the verb does
  const Option *options;
  size_t count;
  const char *notes;              // printed below the options; may be NULL
  const char *(*word)(int index); // what the first operand can be, NULL past the last; NULL when it is no such word
} OptionTable;

// Parses `argv[1]` onwards into `values` and `operands`, which keep pointers into `argv` and `arena`. False, after a
// line on stderr that names what is wrong and the nearest right word, when the usage is wrong.
bool options_parse(const OptionTable *table, Arena *arena, int argc, char **argv, void *values, Words *operands);

void options_help(const OptionTable *table, FILE *out);

// The only option of a verb that has no other.
extern const Option HELP_ONLY[1];

// The same for such a verb. False when nothing is left to be done: then `*status` is how the program ends.
bool options_parse_plain(const OptionTable *table, Arena *arena, int argc, char **argv, Words *operands, int *status);

// Whether there are at most so many operands; else a line on stderr says so.
bool options_at_most(const OptionTable *table, const Words *operands, uint32_t most);

// Whether there is one operand, one of the table's words; else a line on stderr names the nearest.
bool options_word(const OptionTable *table, const Words *operands, int *index);

enum { OPTION_WORDS_SIZE = 160 };

// What an option's value can be: "N" or "auto|always|never"; "" for a flag.
void option_value(const Option *option, char *words, size_t size);

#endif
