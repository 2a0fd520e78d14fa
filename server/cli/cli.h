// The command-line verbs.
//
// Each takes what follows the program's name: `argv[0]` is the verb itself. Each returns the process's exit status:
// 0 all well, 1 findings, 2 wrong usage or a failure (told on stderr).
#ifndef RACEWISE_CLI_CLI_H
#define RACEWISE_CLI_CLI_H

int cache_main(int argc, char **argv); // racewise cache clean|path
int check_main(int argc, char **argv); // racewise check [OPTION…] [PATH…]
int audit_main(int argc, char **argv); // racewise audit [OPTION…] PATH…
int debug_main(int argc, char **argv); // racewise debug ir|cfg|facts FILE
int rules_main(int argc, char **argv); // racewise rules

#endif
