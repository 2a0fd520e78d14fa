#include "discover.h"

#include "../../analysis/base/nearest.h"
#include "../../analysis/syntax/syntax.h"
#include "../config/path.h"
#include "complain.h"
#include "git.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uthash.h>

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

typedef struct Ignored {
  const char *path;
  UT_hash_handle hh;
} Ignored;

typedef struct Search {
  Arena *arena;
  SourceFiles *files;
  Words folders; // still to be listed
  DiscoverOptions options;
  Ignored *ignored; // uthash's: files and folders that git ignores
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

static bool is_ignored(const Search *search, const char *path) {
  Ignored *ignored;
  HASH_FIND_STR(search->ignored, path, ignored);
  return ignored;
}

static bool is_script(const char *path) {
  char line[256];
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0)
    return false;
  ssize_t got = read(file, line, sizeof line);
  close(file);
  return got > 0 && language_of_script(line, (size_t)got) != LANGUAGE_NONE;
}

static bool has_entry(const char *folder, const char *name, Arena *arena) {
  struct stat status;
  return !lstat(path_join(folder, name, arena), &status);
}

static bool is_in_working_copy(const char *folder, Arena *arena) {
  for (const char *at = path_absolute(folder, arena);; at = path_folder(at, arena)) {
    if (has_entry(at, ".git", arena))
      return true;
    if (!at[1])
      return false;
  }
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

// What git ignores below a folder. Folders that it ignores as a whole are listed as such, with a "/" behind, and the
// folder itself as "./", which counts for nothing: it was asked for.
static void ask_git(Search *search, const char *folder) {
  Words paths = {0};
  git_list(search->arena, folder,
           (const char *const[]){"ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory", NULL},
           &paths);
  for (uint32_t i = 0; i < paths.count; i++) {
    Ignored *ignored = ARENA_NEW(search->arena, Ignored);
    ignored->path = tidy(search->arena, paths.items[i]);
    if (!is_ignored(search, ignored->path))
      HASH_ADD_KEYPTR(hh, search->ignored, ignored->path, strlen(ignored->path), ignored);
  }
}

static void take_file(Search *search, const char *path, bool is_known_regular) {
  bool regular = is_known_regular || is_regular(path);
  if (regular && (language_of_path(path) != LANGUAGE_NONE || is_script(path)))
    array_push(search->arena, search->files, ((SourceFile){path, false}));
}

static void take_entry(Search *search, const char *folder, const struct dirent *entry) {
  const char *name = entry->d_name;
  bool source = language_of_path(name) != LANGUAGE_NONE || language_needs_text(name);
  if (!strcmp(name, ".") || !strcmp(name, "..") || (entry->d_type == DT_REG && !source))
    return;
  if (!search->options.everything && is_excluded(name, strlen(name)))
    return;
  if (entry->d_type == DT_LNK && !source)
    return;
  const char *path = join(search->arena, folder, name);
  if (search->ignored && is_ignored(search, path))
    return;
  if (entry->d_type == DT_DIR || (entry->d_type == DT_UNKNOWN && is_folder(path)))
    array_push(search->arena, &search->folders, path);
  else if (source)
    take_file(search, path, entry->d_type == DT_REG);
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

// A working copy inside of another one (a submodule) has rules of its own.
static void list_folders(Search *search, uint32_t operands) {
  while (search->folders.count) {
    bool is_operand = search->folders.count <= operands;
    const char *folder = search->folders.items[--search->folders.count];
    if (is_operand)
      operands = search->folders.count;
    if (search->options.git &&
        (is_operand ? is_in_working_copy(folder, search->arena) : has_entry(folder, ".git", search->arena)))
      ask_git(search, folder);
    if (search->options.listed)
      array_push(search->arena, search->options.listed, folder);
    list_folder(search, folder);
  }
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

bool discover(const Words *operands, DiscoverOptions options, Arena *arena, SourceFiles *files) {
  Search search = {.arena = arena, .files = files, .options = options};
  bool all_exist = true;
  for (uint32_t i = 0; i < operands->count; i++)
    all_exist = take_operand(&search, operands->items[i]) && all_exist;
  if (all_exist)
    list_folders(&search, search.folders.count);
  HASH_CLEAR(hh, search.ignored);
  sort(files);
  return all_exist;
}
