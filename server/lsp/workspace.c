#include "workspace.h"
#include "../uri.h"
#include "base/arena.h"
#include <stdlib.h>
#include <string.h>
#include <utlist.h>

static void folder_free(Folder *folder) {
  settings_done(&folder->settings);
  json_decref(folder->said);
  free(folder->uri);
  free(folder->path);
  free(folder);
}

void workspace_add(Workspace *workspace, const char *uri) {
  workspace_remove(workspace, uri);
  Folder *folder = memory_alloc(sizeof *folder);
  folder->uri = memory_alloc(strlen(uri) + 1);
  strcpy(folder->uri, uri);
  folder->path = uri_path(uri);
  for (size_t length = folder->path ? strlen(folder->path) : 0; length > 1 && folder->path[length - 1] == '/';)
    folder->path[--length] = '\0';
  DL_APPEND(workspace->folders, folder);
}

void workspace_remove(Workspace *workspace, const char *uri) {
  Folder *folder, *next;
  DL_FOREACH_SAFE(workspace->folders, folder, next) {
    if (strcmp(folder->uri, uri) != 0)
      continue;
    DL_DELETE(workspace->folders, folder);
    folder_free(folder);
  }
}

// `workspaceFolders` where the client knows them, else the one root of older clients.
static void add_folders(Workspace *workspace, const json_t *params) {
  const json_t *folders = json_object_get(params, "workspaceFolders");
  const char *root = json_string_value(json_object_get(params, "rootUri"));
  for (size_t i = 0; i < json_array_size(folders); i++) {
    const char *uri = json_string_value(json_object_get(json_array_get(folders, i), "uri"));
    if (uri)
      workspace_add(workspace, uri);
  }
  if (!json_is_array(folders) && root)
    workspace_add(workspace, root);
}

void workspace_start(Workspace *workspace, const json_t *params, const Log *log) {
  json_t *initial = json_object_get(params, "initializationOptions");
  workspace->initial = json_is_object(initial) ? json_incref(initial) : NULL;
  add_folders(workspace, params);
  workspace_settle(workspace, log);
}

void workspace_done(Workspace *workspace) {
  Folder *folder, *next;
  DL_FOREACH_SAFE(workspace->folders, folder, next) {
    folder_free(folder);
  }
  settings_done(&workspace->settings);
  json_decref(workspace->initial);
  json_decref(workspace->said);
  *workspace = (Workspace){0};
}

static Settings settle(const Workspace *workspace, const json_t *said, const char *path, const Log *log) {
  const json_t *sources[] = {workspace->initial, workspace->said, said};
  json_t *all = json_object();
  for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)sources[i], name, value) {
      if (!json_is_null(value))
        json_object_set(all, name, value);
    }
  }
  Settings settings = settings_read(all, path, log);
  json_decref(all);
  return settings;
}

void workspace_settle(Workspace *workspace, const Log *log) {
  settings_done(&workspace->settings);
  workspace->settings = settle(workspace, NULL, NULL, log);
  Folder *folder;
  DL_FOREACH(workspace->folders, folder) {
    settings_done(&folder->settings);
    folder->settings = settle(workspace, folder->said, folder->path, log);
  }
}

const Settings *workspace_settings(const Workspace *workspace, const char *path) {
  const Settings *found = &workspace->settings;
  size_t longest = 0;
  const Folder *folder;
  DL_FOREACH(workspace->folders, folder) {
    size_t length = folder->path ? strlen(folder->path) : 0;
    bool holds = path && length > longest && strncmp(path, folder->path, length) == 0 &&
                 (path[length] == '/' || path[length] == '\0' || folder->path[length - 1] == '/');
    if (!holds)
      continue;
    found = &folder->settings;
    longest = length;
  }
  return found;
}
