#include "check_configs.h"

#include "complain.h"
#include <string.h>

typedef struct Search {
  const CheckOptions *options;
  Arena *arena;
  Configs *files;     // NULL where one configuration is given for all
  Config *given;      // that one; NULL for none
  const char *folder; // of the file before
  Config *found;      // what was found there
  FileFilter filter;
} Search;

static bool accept(const Config *config, Arena *arena) {
  const char *complaint = config ? config_complaint(config, arena) : NULL;
  if (complaint)
    complain("%s", complaint);
  return !complaint;
}

static bool read_given(Search *search) {
  const char *path = search->options->config;
  if (!path)
    return true;
  search->given = config_read_file(path);
  if (!accept(search->given, search->arena))
    return false;
  if (!config_is_present(search->given))
    complain("%s: says nothing to Racewise: give it the table [tool.racewise], or the key \"racewise\" in JSON", path);
  return config_is_present(search->given);
}

static bool is_of_folder(const char *path, const char *folder) {
  const char *slash = strrchr(path, '/');
  size_t length = slash ? (size_t)(slash - path) + 1 : 0;
  return folder && strlen(folder) == length && !memcmp(path, folder, length);
}

static const char *folder_of(const char *path, Arena *arena) {
  const char *slash = strrchr(path, '/');
  return arena_copy(arena, path, slash ? (size_t)(slash - path) + 1 : 0);
}

// Files are in order of their paths, so that those of a folder mostly stand together.
static Config *config_of(Search *search, const char *path) {
  if (!search->files)
    return search->given ? config_ref(search->given) : NULL;
  if (!is_of_folder(path, search->folder)) {
    config_free(search->found);
    search->found = configs_find(search->files, path);
    search->folder = folder_of(path, search->arena);
  }
  return search->found ? config_ref(search->found) : NULL;
}

static bool take_file(Search *search, SourceFile file, SourceFiles *kept, ConfigList *configs) {
  Config *config = config_of(search, file.path);
  bool accepted = accept(config, search->arena);
  if (!accepted || !file_filter_takes(&search->filter, &file, config, search->arena)) {
    config_free(config);
    return accepted;
  }
  array_push(search->arena, kept, file);
  array_push(search->arena, configs, config);
  return true;
}

bool check_configs_find(const CheckOptions *options, Arena *arena, SourceFiles *files, ConfigList *configs) {
  bool one = options->config || options->isolated;
  Search search = {.options = options, .arena = arena, .files = one ? NULL : configs_new()};
  SourceFiles kept = {0};
  bool accepted = file_filter_start(&search.filter, options, arena) && read_given(&search);
  for (uint32_t i = 0; accepted && i < files->count; i++)
    accepted = take_file(&search, files->items[i], &kept, configs);
  *files = kept;
  config_free(search.given);
  config_free(search.found);
  configs_free(search.files);
  return accepted;
}

void check_configs_free(ConfigList *configs) {
  for (uint32_t i = 0; i < configs->count; i++)
    config_free(configs->items[i]);
}
