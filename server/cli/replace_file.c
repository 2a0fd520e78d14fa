#include "replace_file.h"

#include "../../analysis/base/arena.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PERMISSIONS = 0644 };

static void release(Replacement *replacement) {
  free(replacement->target);
  free(replacement->scratch);
}

// A link stays one: what it leads to is replaced.
bool replacement_open(Replacement *replacement, const char *path) {
  char *real = realpath(path, NULL);
  const char *target = real ? real : path;
  *replacement = (Replacement){.target = memory_alloc(strlen(target) + 1),
                               .scratch = memory_alloc(strlen(target) + sizeof ".racewise-XXXXXX")};
  strcpy(replacement->target, target);
  sprintf(replacement->scratch, "%s.racewise-XXXXXX", target);
  free(real);
  int file = mkstemp(replacement->scratch);
  if (file >= 0 && (replacement->stream = fdopen(file, "w")))
    return true;
  int error = errno;
  if (file >= 0) {
    close(file);
    unlink(replacement->scratch);
  }
  release(replacement);
  errno = error;
  return false;
}

static mode_t permissions_of(const char *path) {
  struct stat status;
  return stat(path, &status) ? PERMISSIONS : status.st_mode & 07777;
}

bool replacement_finish(Replacement *replacement) {
  FILE *stream = replacement->stream;
  bool done = !fflush(stream) && !ferror(stream) && !fchmod(fileno(stream), permissions_of(replacement->target));
  done = !fclose(stream) && done;
  done = done && !rename(replacement->scratch, replacement->target);
  int error = errno;
  if (!done)
    unlink(replacement->scratch);
  release(replacement);
  errno = error;
  return done;
}
