#include "folders.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool folders_add(Folders *folders, const char *path, char *problem, size_t size) {
  char real[PATH_MAX];
  struct stat status;
  if (!realpath(path, real) || stat(real, &status) != 0) {
    snprintf(problem, size, "%s", strerror(errno));
    return false;
  }
  if (!S_ISDIR(status.st_mode)) {
    snprintf(problem, size, "is not a folder");
    return false;
  }
  const char *copy = arena_copy(folders->arena, real, strlen(real));
  array_push(folders->arena, &folders->items, copy);
  return true;
}

static bool is_below(const char *path, const char *folder) {
  size_t length = strlen(folder);
  return !strcmp(folder, "/") || (!strncmp(path, folder, length) && (path[length] == '/' || !path[length]));
}

// One answer for all that may not be read, there or not: nobody is told what lies outside.
static const char *refuse(char *problem, size_t size) {
  snprintf(problem, size, "there is no such file below the folders that may be read");
  return NULL;
}

const char *folders_resolve(const Folders *folders, const char *path, Arena *arena, char *problem, size_t size) {
  const char *start = folders->items.items[0];
  const char *whole = path[0] == '/' ? path : arena_printf(arena, "%s/%s", start, path);
  char real[PATH_MAX];
  if (strlen(whole) >= PATH_MAX || !realpath(whole, real))
    return refuse(problem, size);
  for (uint32_t i = 0; i < folders->items.count; i++)
    if (is_below(real, folders->items.items[i]))
      return arena_copy(arena, real, strlen(real));
  return refuse(problem, size);
}
