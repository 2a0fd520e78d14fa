// The program: picks the verb and runs it.
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "--version") == 0) {
    puts("racewise " RACEWISE_VERSION);
    return 0;
  }
  fputs("usage: racewise --version\n", stderr);
  return 2;
}
