#define _GNU_SOURCE // dl_iterate_phdr
#include "cache_folder.h"

#include "../config/path.h"
#include "cache_key.h"
#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <inttypes.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char TAG[] = "Signature: 8a477f597d28d172789f06886806bc55\n"
                          "# This folder holds what Racewise has found before; `racewise cache clean` empties it.\n";

static const char *variable(const char *name) {
  const char *value = getenv(name);
  return value && *value ? value : NULL;
}

const char *cache_folder(const char *given, Arena *arena) {
  const char *base;
  if (given || (given = variable("RACEWISE_CACHE_DIR")))
    return path_absolute(given, arena);
  if ((base = variable("XDG_CACHE_HOME")) && base[0] == '/')
    return path_join(base, "racewise", arena);
  return (base = variable("HOME")) ? path_join(base, ".cache/racewise", arena) : NULL;
}

static bool make_folders(char *path) {
  for (char *at = path + 1; *at; at++) {
    if (*at != '/')
      continue;
    *at = 0;
    mkdir(path, 0777);
    *at = '/';
  }
  return !mkdir(path, 0777) || errno == EEXIST;
}

bool cache_folder_make(const char *folder, Arena *arena) {
  if (!make_folders(arena_copy(arena, folder, strlen(folder))))
    return false;
  FILE *tag = fopen(path_join(folder, "CACHEDIR.TAG", arena), "wx");
  if (tag) {
    fputs(TAG, tag);
    fclose(tag);
  }
  return true;
}

// --- Which program this is

// The linker's hash of what it has linked, which another build of the same version does not share.
static int take_build(struct dl_phdr_info *object, size_t size, void *key) {
  (void)size;
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &object->dlpi_phdr[i];
    const ElfW(Nhdr) *note = (const void *)(object->dlpi_addr + part->p_vaddr);
    if (part->p_type != PT_NOTE || note->n_type != NT_GNU_BUILD_ID || note->n_namesz != sizeof "GNU")
      continue;
    *(CacheKey *)key = cache_key(*(CacheKey *)key, (const char *)(note + 1) + note->n_namesz, note->n_descsz);
    return 1;
  }
  return 1; // the program itself comes first, libraries do not matter
}

static CacheKey program_key(void) {
  CacheKey key = cache_key((CacheKey){0}, RACEWISE_VERSION, sizeof RACEWISE_VERSION);
  struct stat status;
  CacheKey built = key;
  dl_iterate_phdr(take_build, &built);
  if (cache_key_compare(&built, &key) || stat("/proc/self/exe", &status))
    return built;
  const int64_t stamp[] = {status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
  return cache_key(key, stamp, sizeof stamp);
}

const char *cache_folder_pack(const char *folder, Arena *arena) {
  const char *here = path_absolute(".", arena);
  CacheKey program = program_key(), place = cache_key((CacheKey){0}, here, strlen(here));
  const char *name = arena_printf(arena, "%016" PRIx64 "-%016" PRIx64 ".pack", program.low, place.low);
  return path_join(folder, name, arena);
}

// --- Cleaning

static bool is_ours(const char *name) {
  const char *kind = strchr(name, '.');
  return strspn(name, "0123456789abcdef-") == 33 && kind &&
         (!strcmp(kind, ".pack") || !strcmp(kind, ".pack.new") || !strcmp(kind, ".pack.lock"));
}

static bool remove_entry(const char *path, int days, unsigned long long *bytes) {
  struct stat status;
  if (lstat(path, &status) || time(NULL) - status.st_mtime < (time_t)days * 24 * 60 * 60)
    return true;
  *bytes += (unsigned long long)status.st_size;
  return !unlink(path) || errno == ENOENT;
}

bool cache_folder_clean(const char *folder, int days, unsigned long long *bytes) {
  Arena *arena = arena_new();
  DIR *entries = opendir(folder);
  const struct dirent *entry;
  bool cleaned = entries || errno == ENOENT;
  int error = errno;
  *bytes = 0;
  while (entries && (entry = readdir(entries))) {
    if (!is_ours(entry->d_name) || remove_entry(path_join(folder, entry->d_name, arena), days, bytes))
      continue;
    cleaned = false;
    error = errno;
  }
  if (entries)
    closedir(entries);
  arena_free(arena);
  errno = error;
  return cleaned;
}
