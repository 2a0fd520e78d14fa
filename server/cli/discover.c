#include "discover.h"

#include "../../analysis/base/nearest.h"
#include "../../analysis/syntax/syntax.h"
#include "complain.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// Ruff's defaults and those of the JavaScript tools. Folders whose name ends with "/site-packages" and the like sit in
// one of these.
static const char *const EXCLUDED[] = {
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".hg",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".next",
    ".nox",
    ".nuxt",
    ".pants.d",
    ".pyenv",
    ".pytest_cache",
    ".pytype",
    ".ruff_cache",
    ".svelte-kit",
    ".svn",
    ".tox",
    ".venv",
    ".vscode",
    ".yarn",
    "__pycache__",
    "__pypackages__",
    "_build",
    "bower_components",
    "build",
    "buck-out",
    "coverage",
    "dist",
    "node_modules",
    "site-packages",
    "venv",
};

typedef struct Search {
  Arena *arena;
  SourceFiles *files;
  Words folders; // still to be listed
  bool everything;
} Search;

static bool is_excluded(const char *name, size_t length) {
  for (size_t i = 0; i < sizeof EXCLUDED / sizeof *EXCLUDED; i++)
    if (strlen(EXCLUDED[i]) == length && !memcmp(name, EXCLUDED[i], length))
      return true;
  return false;
}

bool discover_excludes(const char *path) {
  for (size_t length; *path; path += length + (path[length] == '/')) {
    length = strcspn(path, "/");
    if (is_excluded(path, length))
      return true;
  }
  return false;
}

static const char *join(Arena *arena, const char *folder, const char *name) {
  size_t length = strlen(folder);
  const char *between = length && folder[length - 1] == '/' ? "" : "/";
  return strcmp(folder, ".") ? arena_printf(arena, "%s%s%s", folder, between, name) : arena_printf(arena, "%s", name);
}

static bool is_regular(const char *path) {
  struct stat status;
  return !stat(path, &status) && S_ISREG(status.st_mode);
}

static bool is_folder(const char *path) {
  struct stat status;
  return !lstat(path, &status) && S_ISDIR(status.st_mode);
}

static void take_entry(Search *search, const char *folder, const struct dirent *entry) {
  const char *name = entry->d_name;
  bool source = language_of_path(name) != LANGUAGE_NONE;
  if (!strcmp(name, ".") || !strcmp(name, "..") || (entry->d_type == DT_REG && !source))
    return;
  if (!search->everything && is_excluded(name, strlen(name)))
    return;
  if (entry->d_type == DT_LNK && !source)
    return;
  const char *path = join(search->arena, folder, name);
  if (entry->d_type == DT_DIR || (entry->d_type == DT_UNKNOWN && is_folder(path)))
    array_push(search->arena, &search->folders, path);
  else if (source && (entry->d_type == DT_REG || is_regular(path)))
    array_push(search->arena, search->files, ((SourceFile){path, false}));
}

static void list_folder(Search *search, const char *folder) {
  DIR *entries = opendir(folder);
  if (!entries) {
    complain("%s: cannot be listed: %s", folder, strerror(errno));
    return;
  }
  const struct dirent *entry;
  while ((entry = readdir(entries)))
    take_entry(search, folder, entry);
  closedir(entries);
}

// The entry of the missing path's folder that it most resembles; NULL when none does.
static const char *nearest_entry(Arena *arena, const char *path) {
  const char *slash = strrchr(path, '/');
  const char *folder = slash ? arena_copy(arena, path, (size_t)(slash - path) + (slash == path)) : ".";
  Nearest nearest = nearest_to(slash ? slash + 1 : path);
  DIR *entries = opendir(folder);
  const struct dirent *entry;
  while (entries && (entry = readdir(entries)))
    if (entry->d_name[0] != '.')
      nearest_offer(&nearest, arena_copy(arena, entry->d_name, strlen(entry->d_name)));
  if (entries)
    closedir(entries);
  return nearest_word(&nearest) ? join(arena, folder, nearest_word(&nearest)) : NULL;
}

static bool missing(Arena *arena, const char *path) {
  int error = errno;
  const char *near = error == ENOENT || error == ENOTDIR ? nearest_entry(arena, path) : NULL;
  complain("%s: %s%s%s%s", path, strerror(error), near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  return false;
}

// "./a/" and "a" are the same operand.
static const char *tidy(Arena *arena, const char *path) {
  while (path[0] == '.' && path[1] == '/' && path[2] && path[2] != '/')
    path += 2;
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/')
    length--;
  return arena_copy(arena, path, length);
}

static bool take_operand(Search *search, const char *operand) {
  struct stat status;
  const char *path = tidy(search->arena, operand);
  if (stat(path, &status))
    return missing(search->arena, path);
  if (S_ISDIR(status.st_mode))
    array_push(search->arena, &search->folders, path);
  else
    array_push(search->arena, search->files, ((SourceFile){path, true}));
  return true;
}

// By path; the named one first, so that it is the one that stays.
static int compare(const void *left, const void *right) {
  const SourceFile *a = left, *b = right;
  int order = strcmp(a->path, b->path);
  return order ? order : (int)b->named - (int)a->named;
}

static void sort(SourceFiles *files) {
  if (!files->count)
    return;
  qsort(files->items, files->count, sizeof *files->items, compare);
  uint32_t kept = 1;
  for (uint32_t i = 1; i < files->count; i++)
    if (strcmp(files->items[i].path, files->items[kept - 1].path))
      files->items[kept++] = files->items[i];
  files->count = kept;
}

bool discover(const Words *operands, bool everything, Arena *arena, SourceFiles *files) {
  Search search = {.arena = arena, .files = files, .everything = everything};
  bool all_exist = true;
  for (uint32_t i = 0; i < operands->count; i++)
    all_exist = take_operand(&search, operands->items[i]) && all_exist;
  while (all_exist && search.folders.count)
    list_folder(&search, search.folders.items[--search.folders.count]);
  sort(files);
  return all_exist;
}
