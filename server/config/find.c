// The nearest configuration of a file.
#include "config.h"
#include "forms.h"
#include "path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uthash.h>

// When a file that has the same stamp as before is the same.
typedef struct Stamp {
  int64_t seconds, nanoseconds, size, inode;
} Stamp;

typedef struct Remembered {
  char *path;
  Stamp stamp;
  Config *config;
  UT_hash_handle hh;
} Remembered;

struct Configs {
  Remembered *files; // uthash's, by path
};

Configs *configs_new(void) {
  return memory_alloc(sizeof(Configs));
}

static void forget(Configs *configs, Remembered *file) {
  HASH_DEL(configs->files, file);
  config_free(file->config);
  free(file->path);
  free(file);
}

void configs_free(Configs *configs) {
  if (!configs)
    return;
  Remembered *file, *next;
  HASH_ITER(hh, configs->files, file, next) {
    forget(configs, file);
  }
  free(configs);
}

static bool stamp_of(const char *path, Stamp *stamp) {
  struct stat status;
  if (stat(path, &status) || S_ISDIR(status.st_mode))
    return false;
  *stamp = (Stamp){status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_size, (int64_t)status.st_ino};
  return true;
}

static Remembered *remember(Configs *configs, const char *path, Stamp stamp) {
  Remembered *file = memory_alloc(sizeof *file);
  size_t length = strlen(path);
  file->path = memory_alloc(length + 1);
  memcpy(file->path, path, length);
  file->stamp = stamp;
  file->config = config_read_file(path);
  HASH_ADD_KEYPTR(hh, configs->files, file->path, length, file);
  return file;
}

// What the file says; NULL where it is not there or says nothing to Racewise.
static Config *look_into(Configs *configs, const char *path) {
  Stamp stamp;
  Remembered *file;
  bool there = stamp_of(path, &stamp);
  HASH_FIND_STR(configs->files, path, file);
  if (file && (!there || memcmp(&file->stamp, &stamp, sizeof stamp))) {
    forget(configs, file);
    file = NULL;
  }
  if (there && !file)
    file = remember(configs, path, stamp);
  return file && config_is_present(file->config) ? file->config : NULL;
}

static Config *find_in(Configs *configs, const char *folder, Arena *arena) {
  Config *config = NULL;
  const char *name;
  for (int i = 0; !config && (name = config_file_name(i)); i++)
    config = look_into(configs, path_join(folder, name, arena));
  return config;
}

Config *configs_find(Configs *configs, const char *path) {
  Arena *arena = arena_new();
  const char *folder = path_folder(path_absolute(path, arena), arena);
  Config *config = find_in(configs, folder, arena);
  while (!config && folder[1]) {
    folder = path_folder(folder, arena);
    config = find_in(configs, folder, arena);
  }
  arena_free(arena);
  return config ? config_ref(config) : NULL;
}
