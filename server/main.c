// The program: picks the verb and runs it.
#include "cli/cli.h"
#include "lsp/lsp.h"
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct Verb {
  const char *name;
  int (*main)(int argc, char **argv); // `argv[0]` is the verb
  const char *summary;
} Verb;

static const Verb VERBS[] = {
    {"check", check_main, "find races in files and folders"},
    {"audit", audit_main, "list what tasks share and where they give way"},
    {"lsp", lsp_main, "serve an editor"},
    {"rules", rules_main, "list the rules"},
    {"cache", cache_main, "show or empty the cache of `check`"},
    {"debug", debug_main, "show how Racewise reads a file"},
};
enum { VERB_COUNT = sizeof VERBS / sizeof *VERBS };

static void print_help(FILE *stream) {
  fputs("usage: racewise VERB [ARGUMENT…]\n"
        "\n"
        "Finds race conditions in asynchronous Python, JavaScript and TypeScript.\n"
        "\n",
        stream);
  for (size_t i = 0; i < VERB_COUNT; i++)
    fprintf(stream, "  %-8s %s\n", VERBS[i].name, VERBS[i].summary);
  fputs("\n`racewise VERB --help` tells more; `racewise --version` tells which Racewise this is.\n", stream);
}

// Opens what of standard input, output and error our parent has closed: else the next file we open would become it.
static void open_standard_streams(void) {
  int descriptor;
  do
    descriptor = open("/dev/null", O_RDWR);
  while (descriptor >= 0 && descriptor <= STDERR_FILENO);
  if (descriptor >= 0)
    close(descriptor);
}

// What one analysis frees the next one takes. Given back to the system in between, as glibc does with large blocks, it
// would be fetched and cleared page by page each time: a seventh of the time of an analysis.
static void keep_memory(void) {
#ifdef __GLIBC__
  enum { KEPT = 64 << 20, MAPPED_ALONE = 32 << 20 };
  mallopt(M_TRIM_THRESHOLD, KEPT);
  mallopt(M_MMAP_THRESHOLD, MAPPED_ALONE);
#endif
}

int main(int argc, char **argv) {
  open_standard_streams();
  keep_memory();
  const char *first = argc > 1 ? argv[1] : "";
  for (size_t i = 0; i < VERB_COUNT; i++)
    if (strcmp(first, VERBS[i].name) == 0)
      return VERBS[i].main(argc - 1, argv + 1);
  if (strcmp(first, "--version") == 0) {
    puts("racewise " RACEWISE_VERSION);
    return 0;
  }
  if (strcmp(first, "--help") == 0) {
    print_help(stdout);
    return 0;
  }
  if (first[0] != '\0')
    fprintf(stderr, "racewise: there is no verb \"%s\"\n", first);
  print_help(stderr);
  return 2;
}
