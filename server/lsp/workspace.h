// The folders that the client has open, and the settings that count in them.
//
// Settings come from `initializationOptions`, from `workspace/didChangeConfiguration` where the client pushes them, and
// from `workspace/configuration` where it can be asked, for each folder apart. Later ones win, key by key.
#ifndef RACEWISE_SERVER_LSP_WORKSPACE_H
#define RACEWISE_SERVER_LSP_WORKSPACE_H

#include "../log.h"
#include "settings.h"

typedef struct Folder {
  char *uri, *path; // the path is NULL where the URI names no folder of this machine
  json_t *said;     // what the client answered for it; NULL before it has
  Settings settings;
  struct Folder *prev, *next;
} Folder;

typedef struct Workspace {
  Folder *folders;
  json_t *initial, *said; // what the client said at first, and later, for all folders; NULL for nothing
  Settings settings;      // outside of all folders
} Workspace;

// Takes the parameters of `initialize`.
void workspace_start(Workspace *workspace, const json_t *params, const Log *log);
void workspace_done(Workspace *workspace);

void workspace_add(Workspace *workspace, const char *uri);
void workspace_remove(Workspace *workspace, const char *uri);

// Reads the settings anew from what the client has said.
void workspace_settle(Workspace *workspace, const Log *log);

// The settings for a file: those of the innermost folder that holds it. `path` may be NULL.
const Settings *workspace_settings(const Workspace *workspace, const char *path);

#endif
