// The command-line verbs.
//
// Each takes what follows the program's name: `argv[0]` is the verb itself. Each returns the process's exit status:
// 0 all well, 1 findings, 2 wrong usage or a failure (told on stderr).
#ifndef RACEWISE_CLI_CLI_H
#define RACEWISE_CLI_CLI_H

#include "options.h"

int audit_main(int argc, char **argv);       // racewise audit [OPTION…] PATH…
int cache_main(int argc, char **argv);       // racewise cache clean|path
int check_main(int argc, char **argv);       // racewise check [OPTION…] [PATH…]
int completions_main(int argc, char **argv); // racewise completions bash|zsh|fish
int debug_main(int argc, char **argv);       // racewise debug ir|cfg|facts|replay FILE
int doctor_main(int argc, char **argv);      // racewise doctor [PATH]
int explain_main(int argc, char **argv);     // racewise explain [RULE|TOPIC]
int man_main(int argc, char **argv);         // racewise man [VERB]
int prompt_main(int argc, char **argv);      // racewise prompt write|audit|fix|test [FILE[:LINE]]
int report_main(int argc, char **argv);      // racewise report PATH… -o FILE.html
int rules_main(int argc, char **argv);       // racewise rules
int stress_main(int argc, char **argv);      // racewise stress [OPTION…] FILE:FUNCTION|FILE:LINE

// What they take.
extern const OptionTable AUDIT_TABLE, CACHE_TABLE, CHECK_TABLE, COMPLETIONS_TABLE, DEBUG_TABLE, DOCTOR_TABLE,
    EXPLAIN_TABLE, MAN_TABLE, PROMPT_TABLE, REPORT_TABLE, RULES_TABLE, STRESS_TABLE;

#endif
