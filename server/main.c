// The program: picks the verb and runs it.
#include "../analysis/base/nearest.h"
#include "cli/complain.h"
#include "cli/verbs.h"
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

// A path in the place of a verb is meant to be checked.
static int unknown_verb(const char *name) {
  Nearest nearest = nearest_to(name);
  for (int i = 0; verb_name(i); i++)
    nearest_offer(&nearest, verb_name(i));
  const char *word = nearest_word(&nearest);
  if (word)
    complain("there is no verb %s; did you mean %s?", name, word);
  else if (!access(name, F_OK))
    complain("there is no verb %s; did you mean racewise check %s?", name, name);
  else
    complain("there is no %s %s; racewise --help lists the verbs", name[0] == '-' ? "option" : "verb", name);
  return 2;
}

int main(int argc, char **argv) {
  open_standard_streams();
  keep_memory();
  const char *first = argc > 1 ? argv[1] : "";
  const Verb *verb = verb_find(first);
  if (verb)
    return verb->main(argc - 1, argv + 1);
  if (!strcmp(first, "--version") || !strcmp(first, "-V")) {
    puts("racewise " RACEWISE_VERSION);
    return 0;
  }
  if (!strcmp(first, "--help") || !strcmp(first, "-h") || !*first) {
    verbs_help(*first ? stdout : stderr);
    return *first ? 0 : 2;
  }
  return unknown_verb(first);
}
