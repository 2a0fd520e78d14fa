#include "path.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

static const char *working_folder(Arena *arena) {
  char folder[PATH_MAX];
  return getcwd(folder, sizeof folder) ? arena_copy(arena, folder, strlen(folder)) : "/";
}

const char *path_join(const char *folder, const char *name, Arena *arena) {
  size_t length = strlen(folder);
  return arena_printf(arena, "%s%s%s", folder, length && folder[length - 1] == '/' ? "" : "/", name);
}

const char *path_absolute(const char *path, Arena *arena) {
  const char *whole = path[0] == '/' ? path : path_join(working_folder(arena), path, arena);
  char *tidy = arena_alloc(arena, strlen(whole) + 2);
  size_t used = 0;
  for (size_t length; *whole; whole += length) {
    whole += strspn(whole, "/");
    length = strcspn(whole, "/");
    if (length == 2 && !strncmp(whole, "..", 2)) {
      while (used && tidy[--used] != '/') {}
    } else if (length && !(length == 1 && *whole == '.')) {
      tidy[used++] = '/';
      memcpy(tidy + used, whole, length);
      used += length;
    }
    tidy[used] = 0;
  }
  return used ? tidy : "/";
}

const char *path_folder(const char *path, Arena *arena) {
  const char *slash = strrchr(path, '/');
  return slash && slash > path ? arena_copy(arena, path, (size_t)(slash - path)) : "/";
}

const char *path_below(const char *path, const char *folder) {
  size_t length = strlen(folder);
  if (length == 1)
    return path[0] == '/' && path[1] ? path + 1 : NULL;
  return !strncmp(path, folder, length) && path[length] == '/' ? path + length + 1 : NULL;
}

const char *path_shown(const char *path, Arena *arena) {
  const char *below = path_below(path, working_folder(arena));
  return below ? below : path;
}
